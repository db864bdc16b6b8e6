"""Mails ready to be sent: to those who took part, to corporate colleagues, to senior managers, and
to each who took something on.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offwall.model.actions.facts import Facts, draft_note, full_date
from offwall.model.actions.plan import stands_for
from offwall.model.documents.brief.asks import by_request, in_time, meetings
from offwall.model.documents.brief.readers import Asked, Audience
from offwall.model.documents.brief.workshop import OF_THE_WORKSHOP, recorded
from offwall.model.documents.paper import Bullets, Heading, Paragraph, Part
from offwall.model.records import Action, ActionKind, ActionStatus, Group, Session, counted, line_of
from offwall.model.records.session import Person
from offwall.model.records.text import as_sentence, english_list, shorten, unturned
from offwall.model.records.uses import called_gone
from offwall.model.review.progress import as_printed

WIDTH = 200
"""Characters of the session's own text in one item of a mail; the workbook has all."""

ATTACHED = "Attached:"
NEXT = "and what happens next"

DIARY = "Open the attached calendar file to add these dates to your diary."
WRONG = "If I have noted something wrongly, or a date does not suit you, please tell me."
UNDATED = "Where there is no date yet, please tell me by when you can do it."

COMMENTS = (
    "Please tell me what is wrong or missing: write it in the column Your comment of the workbook"
    " and send that back to me, or simply reply. Nothing is changed without the group."
)

TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady")
"""Words before a name after which nobody is called by a first name; a councillor's, too."""

COUNCILLOR = ("cllr", "councillor", "alderman", "the", "mayor")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail before it has a format.

    ``name`` is whom it is for; ``to`` are names, as nobody's address is known;
    ``parts`` are its text, from the greeting to the signature.
    """

    name: str
    subject: str
    to: tuple[str, ...]
    parts: tuple[Part, ...]
    attached: tuple[str, ...] = ()
    marking: str = ""

    @property
    def text(self) -> str:
        """The mail as plain text: the marking, the lines of the head, and the paragraphs."""
        heads = (
            self.marking,
            f"Subject: {self.subject}",
            f"To: {', '.join(self.to)}" if self.to else "",
            f"Attach: {', '.join(self.attached)}" if self.attached else "",
        )
        return unturned("\n\n".join(["\n".join(filter(None, heads)), mail_body(self)]))


# A mail as plain text: what every mail program shows as it stands.


def mail_body(mail: Mail) -> str:
    """The paragraphs alone, for a mail whose head has fields of its own."""
    return unturned("\n\n".join(filter(None, map(_plain, mail.parts)))) + "\n"


def _plain(part: Part) -> str:
    match part:
        case Paragraph():
            return f"{part.lead}\n{part.text}" if part.lead else part.text
        case Bullets():
            return "\n".join(
                f"- {item.lead}\n  {item.text}" if item.lead else f"- {item.text}"
                for item in part.items
            )
        case Heading():
            return part.text
    return ""


# What all mails share.


def greeting(name: str) -> str:
    """How a mail begins: by the first name, or by the whole of what is no plain name."""
    words = line_of(name).split()
    first = words[0].casefold().rstrip(".") if words else ""
    if len(words) > 2 and first in TITLES:
        return f"Dear {words[0]} {words[-1]},"
    named = len(words) > 1 and words[0].istitle() and words[-1].istitle()
    plain = named and len(first) > 1 and first not in (*TITLES, *COUNCILLOR)
    return f"Dear {words[0]}," if plain else f"Dear {line_of(name) or 'all'},"


def mail_title(session: Session) -> str:
    """What a subject says first: the process, and the day of the workshop."""
    held, name = session.workshop, _process(session) or "Process map"
    return f"{name}, workshop of {full_date(held.date)}" if held.date else name


def _process(session: Session) -> str:
    """What was mapped, else what the workshop is called; empty where neither is said."""
    held = session.workshop
    return shorten(held.process, 100) or shorten(held.title, 100)


def thanks(session: Session) -> str:
    """The first sentence to those who were there."""
    return f"Thank you for taking part in the workshop{_about(session)}."


def news(session: Session) -> str:
    """The first sentence to those who were not there."""
    return f"A group of colleagues held a workshop{_about(session)}."


def _about(session: Session) -> str:
    held, name = session.workshop, _process(session)
    about = f" on “{name}”" if name else ""
    return f"{about} on {full_date(held.date)}" if held.date else about


def _came_to(session: Session) -> str:
    """What the group did with the process: of a first draft nothing is agreed."""
    confirmed = any(one.confirmed for one in session.activities)
    return "agreed" if confirmed else "recorded"


def _mail(
    session: Session,
    subject: str,
    parts: Iterable[Part | str],
    *,
    name: str,
    to: tuple[str, ...],
    attached: Sequence[str] = (),
) -> Mail:
    """A mail with its signature; parts that are empty are left out."""
    found = [Paragraph(part) if isinstance(part, str) else part for part in parts if part]
    held = session.workshop
    signed = Paragraph(shorten(held.facilitator, 80) or "The facilitator")
    title, files = f"{mail_title(session)}: {subject}", tuple(map(line_of, attached))
    marking = shorten(held.marking, 80)
    return Mail(name, title, to, (*found, signed), attached=files, marking=marking)


def _attached(names: Sequence[str]) -> str:
    return f"{ATTACHED} {english_list(map(line_of, names))}." if names else ""


def _in(session: Session, groups: Sequence[Group]) -> tuple[str, ...]:
    return tuple(
        shorten(one.name, 60) for one in session.people if one.group in groups and line_of(one.name)
    )


# To those who took part, to corporate colleagues, and to senior managers.


def participants_mail(session: Session, today: dt.date, attached: Sequence[str]) -> Mail:
    """To those who took part, with the names of the files that go with it."""
    to, said = _in(session, OF_THE_WORKSHOP), f"what we {_came_to(session)}"
    about = _recorded(Facts(session, today), attached)
    parts = ("Dear all,", thanks(session), *about, COMMENTS)
    return _mail(session, f"{said} {NEXT}", parts, name="participants", to=to, attached=attached)


def corporate_mail(session: Session, today: dt.date, attached: Sequence[str]) -> Mail | None:
    """To corporate colleagues, who were not there; None where none is listed."""
    to, name = _in(session, (Group.CORPORATE,)), "corporate colleagues"
    if not to:
        return None
    begun = f"{news(session)} This is for your information, as the process touches your work."
    asked = "If any of it affects your service in a way that we have missed, please reply."
    parts = ("Dear all,", begun, *_recorded(Facts(session, today), attached), asked)
    said = f"what was {_came_to(session)} {NEXT}"
    return _mail(session, said, parts, name=name, to=to, attached=attached)


def _recorded(facts: Facts, attached: Sequence[str]) -> Iterator[Part | str]:
    """What the group came to, what happens next, and what goes with the mail."""
    yield recorded(facts.session)
    yield from _what_next(facts)
    yield _attached(attached)


def senior_mail(session: Session, attached: Sequence[str], audience: Audience) -> Mail | None:
    """The cover of the brief, to senior managers; None where none is listed."""
    to = _in(session, (Group.SENIOR,))
    if not to:
        return None
    asked = by_request(session, audience)
    counts = [
        f"{kind.lower()} {counted(len(asked[kind]), 'change')}" for kind in Asked if asked[kind]
    ]
    ask = f"The brief asks you to {english_list(counts)}." if counts else ""
    parts = (
        greeting(to[0]) if len(to) == 1 else "Dear all,",
        f"{news(session)} {ask}".strip(),
        draft_note(session) and f"{draft_note(session)}.",
        *meetings(session),
        _attached(attached),
        "Please tell me if you would like to talk it through before you decide.",
    )
    said = "recommendations for you to consider"
    return _mail(session, said, parts, name="senior managers", to=to, attached=attached)


def _what_next(facts: Facts) -> Iterator[Part]:
    """The next steps as a list, else all that is to be done, and the meetings that decide."""
    plan = in_time(facts.session)
    steps = [
        Paragraph(
            f"{shorten(as_printed(one.text), WIDTH).rstrip('.')}: {facts.who(one)}. "
            f"{as_sentence(facts.when(one))}"
        )
        for one in [one for one in plan if one.kind is ActionKind.NEXT_STEP] or plan
    ]
    yield Paragraph("What happens next:" if steps else "The next steps are still to be agreed.")
    if steps:
        yield Bullets(tuple(steps))
    yield from meetings(facts.session)


# A short mail to each who took something on: what it is, by when, and with whom.


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who carries or helps: a person, or a group that stands for nobody by name.

    ``meant`` are the keys, as `owner_keys` has them, that mean this owner.
    """

    name: str
    meant: frozenset[str]
    there: bool = False
    person: str = ""


def owner_mails(
    session: Session, today: dt.date, diaries: Mapping[str, str] | None = None
) -> tuple[Mail, ...]:
    """A mail for each person who owns or helps with an action that is still to be done.

    An action of a role is everybody's who has that role; a role that nobody has gets no letter, it
    is in `roles_without_people`; a group gets one of its own. An action whose date has gone by
    before ``today`` says so. ``diaries`` are the calendar files that go with the mails, by who is
    meant, as `owner_keys` has it.
    """
    return tuple(_Mails(session, today, diaries or {}).made())


def roles_without_people(session: Session) -> dict[str, tuple[Action, ...]]:
    """The actions still to be done of each role that nobody on the list has, by its code."""
    facts = Facts(session, dt.date.min)
    found: dict[str, list[Action]] = {}
    for action in in_time(session):
        key = facts.keys.get(action.owner, "")
        if key in session.role_by_code and key not in facts.holders:
            found.setdefault(key, []).append(action)
    return {key: tuple(actions) for key, actions in found.items()}


class _Mails:
    """Makes the mails of one session on one day."""

    def __init__(self, session: Session, today: dt.date, diaries: Mapping[str, str]) -> None:
        self.session = session
        self.today = today
        self.diaries = diaries
        self.facts = Facts(session, today)
        self.actions = in_time(session)
        self.have = {person.id: stands_for(session, person) for person in _named(session)}

    def made(self) -> Iterator[Mail]:
        """The mails: first the people, in their order, then groups."""
        for owner in self._owners():
            own = [one for one in self.actions if self._key(one.owner) in owner.meant]
            helped = [
                one
                for one in self.actions
                if one not in own and self._key(one.helper) in owner.meant
            ]
            if own or helped:
                yield self._mail(owner, own, helped)

    def _key(self, words: str) -> str:
        return self.facts.keys.get(words, "")

    def _owners(self) -> Iterator[_Owner]:
        known, gone = set[str](), called_gone(self.session)
        for person in _named(self.session):
            meant = self.have[person.id]
            known |= meant
            there = person.group in OF_THE_WORKSHOP
            yield _Owner(shorten(person.name, 60), frozenset(meant), there, person.id)
        said = (self._key(words) for one in self.actions for words in one.who)
        for key in dict.fromkeys(said):
            if key and key not in (*known, *gone, *self.session.role_by_code):
                yield _Owner(shorten(key, 60), frozenset({key}))

    def _mail(self, owner: _Owner, own: list[Action], helped: list[Action]) -> Mail:
        also = "You also help with this:" if own else "You help with this:"
        files = tuple(name for key, name in self.diaries.items() if key in owner.meant)
        undated = not all(one.due for one in (*own, *helped))
        parts = (
            greeting(owner.name) if owner.person else f"Dear {owner.name},",
            self._opening(owner, own),
            Bullets(tuple(self._own(one, owner) for one in own)) if own else "",
            also if helped else "",
            Bullets(tuple(self._helped(one) for one in helped)) if helped else "",
            self._closing(undated, files),
        )
        said = self._subject(own)
        return _mail(self.session, said, parts, name=owner.name, to=(owner.name,), attached=files)

    def _opening(self, owner: _Owner, own: list[Action]) -> str:
        took = "Here is what you took on:" if own else ""
        first = thanks(self.session) if owner.there else news(self.session)
        return " ".join(filter(None, (first, took)))

    def _closing(self, undated: bool, files: Sequence[str]) -> str:
        return " ".join(filter(None, (DIARY if files else "", UNDATED if undated else "", WRONG)))

    def _subject(self, own: list[Action]) -> str:
        return "what you took on" if own else "what you help with"

    def _own(self, action: Action, owner: _Owner) -> Paragraph:
        helper = self._key(action.helper)
        others = [*self._sharing(action, owner), *([self._who(helper)] if helper else [])]
        return self._said(action, others, self._role(action, owner))

    def _helped(self, action: Action) -> Paragraph:
        key = self._key(action.owner)
        return self._said(action, [self._who(key)] if key else [], "")

    def _said(self, action: Action, others: Iterable[str], role: str) -> Paragraph:
        """The action, and on a line of its own its dates, whose approval, with whom and why."""
        names = english_list(dict.fromkeys(filter(None, others)))
        late = action.due and action.due < self.today
        approval, reason = self.facts.approval(action), self.facts.reason(action)
        facts = (
            self.facts.when(action),
            "this date has gone by" if late else "",
            "already begun" if action.status is ActionStatus.DOING else "",
            f"with {names}" if names else "",
            f"as {role}" if role else "",
        )
        said = (
            as_sentence("; ".join(filter(None, facts))),
            f"Approval: {as_sentence(approval)}" if approval else "",
            f"Why: {as_sentence(reason)}" if reason else "",
        )
        text = shorten(as_printed(action.text), WIDTH)
        return Paragraph(" ".join(filter(None, said)), text)

    def _role(self, action: Action, owner: _Owner) -> str:
        """The role by which an action is a person's; empty where it is the person's by name."""
        key = self._key(action.owner)
        return self._name(key) if owner.person and key != owner.person else ""

    def _name(self, key: str) -> str:
        return self.facts.names.get(key) or shorten(key, 60)

    def _sharing(self, action: Action, owner: _Owner) -> Iterator[str]:
        """The others who have the role that an action belongs to."""
        key = self._key(action.owner)
        for person in _named(self.session):
            if key in self.have[person.id] and person.id not in (owner.person, key):
                yield shorten(person.name, 60)

    def _who(self, key: str) -> str:
        """What a key is called in somebody else's mail: the people of a role, else its name."""
        found = [shorten(p.name, 60) for p in _named(self.session) if key in self.have[p.id]]
        return english_list(found) or self._name(key)


# Weeks later: what is overdue or due soon, to each who owns or helps with it.


def reminders(session: Session, today: dt.date, actions: Sequence[Action]) -> tuple[Mail, ...]:
    """A mail for each who owns or helps with one of ``actions``, which are still to be done."""
    made = _Reminders(session, today, {})
    made.actions = tuple(actions)
    return tuple(made.made())


class _Reminders(_Mails):
    """The mails some weeks later, on the same actions in the same words."""

    def _opening(self, owner: _Owner, own: list[Action]) -> str:
        what = "took on in" if own else "help with since"
        about = f"This is a reminder of what you {what} the workshop{_about(self.session)}."
        return f"{about} Overdue or due soon:" if own else about

    def _closing(self, undated: bool, files: Sequence[str]) -> str:
        return "Please reply and say how far each is: done, or by when it will be."

    def _subject(self, own: list[Action]) -> str:
        return "what is due now"


def report_mail(session: Session, parts: Iterable[Part | str]) -> Mail:
    """A report to the senior managers on the list; to whoever sponsors it where none is."""
    to = _in(session, (Group.SENIOR,))
    dear = greeting(to[0]) if len(to) == 1 else "Dear all,"
    return _mail(session, "how the actions stand", (dear, *parts), name="sponsor", to=to)


def _named(session: Session) -> tuple[Person, ...]:
    return tuple(person for person in session.people if line_of(person.name))
