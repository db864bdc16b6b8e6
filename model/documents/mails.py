"""Mails ready to be sent: to those who took part, to corporate colleagues, to senior managers, and
to each who took something on; as text, and as a file.
"""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath
from typing import NamedTuple

from offwall.model.actions.facts import Facts, draft_note, full_date
from offwall.model.actions.plan import stands_for
from offwall.model.documents.brief.asks import by_request, in_time, meetings
from offwall.model.documents.brief.readers import Asked, Audience
from offwall.model.documents.brief.workshop import OF_THE_WORKSHOP, recorded
from offwall.model.documents.paper import Bullets, Heading, Paragraph, Part, plain
from offwall.model.records import Action, ActionKind, ActionStatus, Group, Session, counted, line_of
from offwall.model.records.session import Person
from offwall.model.records.text import as_sentence, english_list, shorten, unturned
from offwall.model.records.uses import called_gone
from offwall.model.review.progress import as_printed

WIDTH = 200
"""Characters of the session's own text in one item of a mail; the workbook has all."""

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
            return "\n".join("- " + _plain(item).replace("\n", "\n  ") for item in part.items)
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
    usual = named and len(first) > 1 and first not in (*TITLES, *COUNCILLOR)
    return f"Dear {words[0]}," if usual else f"Dear {line_of(name) or 'all'},"


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
    confirmed = any(activity.confirmed for activity in session.activities)
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
    title, files = _process(session) or "Process map", tuple(map(line_of, attached))
    if held.date:
        title += f", workshop of {full_date(held.date)}"
    marking = shorten(held.marking, 80)
    return Mail(name, f"{title}: {subject}", to, (*found, signed), attached=files, marking=marking)


def _attached(names: Sequence[str]) -> str:
    return f"Attached: {english_list(map(line_of, names))}." if names else ""


def _in(session: Session, groups: Sequence[Group]) -> tuple[str, ...]:
    return tuple(
        shorten(person.name, 60)
        for person in session.people
        if person.group in groups and line_of(person.name)
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
    """What the group came to; the next steps as a list, else all that is to be done; the meetings
    that decide, and what goes with the mail.
    """
    yield recorded(facts.session)
    plan = in_time(facts.session)
    steps = [
        Paragraph(
            f"{shorten(as_printed(one.text), WIDTH).rstrip('.')}: {facts.who(one)}. "
            f"{as_sentence(facts.when(one))}"
        )
        for one in [one for one in plan if one.kind is ActionKind.NEXT_STEP] or plan
    ]
    yield "What happens next:" if steps else "The next steps are still to be agreed."
    if steps:
        yield Bullets(tuple(steps))
    yield from meetings(facts.session)
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


# A short mail to each who took something on: what it is, by when, and with whom.


class _Owner(NamedTuple):
    """Who carries or helps: a person, or a group that stands for nobody by name.

    ``meant`` are the keys, as `owner_keys` has them, that mean this owner.
    """

    name: str
    meant: Container[str]
    person: Person | None = None


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
    """Makes the mails of one session on one day; ``reminded`` are the actions of a reminder."""

    def __init__(
        self,
        session: Session,
        today: dt.date,
        diaries: Mapping[str, str],
        reminded: Sequence[Action] = (),
    ) -> None:
        self.session, self.today, self.diaries = session, today, diaries
        self.facts = Facts(session, today)
        self.reminding = bool(reminded)
        self.actions = reminded or in_time(session)
        self.people = [person for person in session.people if line_of(person.name)]
        self.have = {person.id: stands_for(session, person) for person in self.people}

    def made(self) -> Iterator[Mail]:
        """The mails: first the people, in their order, then groups."""
        for owner in self._owners():
            own = [action for action in self.actions if self._key(action.owner) in owner.meant]
            helped = [
                action
                for action in self.actions
                if action not in own and self._key(action.helper) in owner.meant
            ]
            if own or helped:
                yield self._mail(owner, own, helped)

    def _key(self, words: str) -> str:
        return self.facts.keys.get(words, "")

    def _owners(self) -> Iterator[_Owner]:
        known = {*called_gone(self.session), *self.session.role_by_code}
        for person in self.people:
            known |= self.have[person.id]
            yield _Owner(shorten(person.name, 60), self.have[person.id], person)
        said = (self._key(words) for action in self.actions for words in action.who)
        for key in dict.fromkeys(said):
            if key and key not in known:
                yield _Owner(shorten(key, 60), {key})

    def _mail(self, owner: _Owner, own: list[Action], helped: list[Action]) -> Mail:
        also = "You also help with this:" if own else "You help with this:"
        files = tuple(name for key, name in self.diaries.items() if key in owner.meant)
        undated = not all(one.due for one in (*own, *helped))
        if self.reminding:
            about = f"{'took on in' if own else 'help with since'} the workshop"
            opening = f"This is a reminder of what you {about}{_about(self.session)}."
            begins, subject = "Overdue or due soon:", "what is due now"
            closing = "Please reply and say how far each is: done, or by when it will be."
        else:
            there = owner.person and owner.person.group in OF_THE_WORKSHOP
            opening = thanks(self.session) if there else news(self.session)
            begins = "Here is what you took on:"
            subject = "what you took on" if own else "what you help with"
            closing = _joined(DIARY if files else "", UNDATED if undated else "", WRONG)
        parts = (
            greeting(owner.name) if owner.person else f"Dear {owner.name},",
            _joined(opening, begins if own else ""),
            Bullets(tuple(self._own(one, owner) for one in own)) if own else "",
            also if helped else "",
            Bullets(tuple(self._said(one, [one.owner], "") for one in helped)) if helped else "",
            closing,
        )
        to = (owner.name,)
        return _mail(self.session, subject, parts, name=owner.name, to=to, attached=files)

    def _own(self, action: Action, owner: _Owner) -> Paragraph:
        """An action with the others who have the role that it belongs to, and that role."""
        key, person = self._key(action.owner), owner.person.id if owner.person else ""
        sharing = [
            shorten(one.name, 60)
            for one in self.people
            if key in self.have[one.id] and one.id not in (person, key)
        ]
        role = self._name(key) if person and key != person else ""
        return self._said(action, [action.helper], role, sharing)

    def _said(
        self, action: Action, others: Iterable[str], role: str, names: Iterable[str] = ()
    ) -> Paragraph:
        """The action, and on a line of its own its dates, whose approval, with whom and why."""
        found = (self._who(key) for key in map(self._key, others) if key)
        together = english_list(dict.fromkeys(filter(None, (*names, *found))))
        late = action.due and action.due < self.today
        approval, reason = self.facts.approval(action), self.facts.reason(action)
        facts = (
            self.facts.when(action),
            "this date has gone by" if late else "",
            "already begun" if action.status is ActionStatus.DOING else "",
            f"with {together}" if together else "",
            f"as {role}" if role else "",
        )
        said = _joined(
            as_sentence("; ".join(filter(None, facts))),
            f"Approval: {as_sentence(approval)}" if approval else "",
            f"Why: {as_sentence(reason)}" if reason else "",
        )
        return Paragraph(said, shorten(as_printed(action.text), WIDTH))

    def _name(self, key: str) -> str:
        return self.facts.names.get(key) or shorten(key, 60)

    def _who(self, key: str) -> str:
        """What a key is called in somebody else's mail: the people of a role, else its name."""
        found = [shorten(person.name, 60) for person in self.people if key in self.have[person.id]]
        return english_list(found) or self._name(key)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


# Weeks later: what is overdue or due soon, to each who owns or helps with it.


def reminders(session: Session, today: dt.date, actions: Sequence[Action]) -> tuple[Mail, ...]:
    """A mail for each who owns or helps with one of ``actions``, which are still to be done."""
    return tuple(_Mails(session, today, {}, actions).made()) if actions else ()


def report_mail(session: Session, parts: Iterable[Part | str]) -> Mail:
    """A report to the senior managers on the list; to whoever sponsors it where none is."""
    to = _in(session, (Group.SENIOR,))
    dear = greeting(to[0]) if len(to) == 1 else "Dear all,"
    return _mail(session, "how the actions stand", (dear, *parts), name="sponsor", to=to)


# A mail as a file that mail programs open as a draft (RFC 5322), with what is attached to it. It
# has no address, as a session has none: whom it is for stands in the same mail as text.

EML = ".eml"

_OFFICE = "vnd.openxmlformats-officedocument"
TYPES = {
    ".docx": ("application", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": ("application", f"{_OFFICE}.spreadsheetml.sheet"),
    ".pptx": ("application", f"{_OFFICE}.presentationml.presentation"),
    ".pdf": ("application", "pdf"),
    ".svg": ("image", "svg+xml"),
    ".ics": ("text", "calendar"),
}
"""What each kind of file is, by its ending; anything else is a file of no known kind."""


def mail_file(mail: Mail, attached: Mapping[str, bytes], *, now: dt.datetime) -> bytes:
    """The mail with the files ``attached``, by their names; the same gives the same bytes."""
    from email.message import EmailMessage
    from email.policy import SMTP

    body = "\n\n".join(filter(None, (mail.marking, mail_body(mail))))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = unturned(line_of(mail.subject))
    message["Date"] = now
    # Outlook opens what is so marked to be sent, and not as a mail that came.
    message["X-Unsent"] = "1"
    message.set_content(plain(body), cte="quoted-printable")
    for name, content in attached.items():
        main, sub = TYPES.get(PurePath(name).suffix.lower(), ("application", "octet-stream"))
        letters = {"charset": "utf-8"} if main == "text" else {}
        message.add_attachment(content, main, sub, filename=name, params=letters)
    if attached:
        # A boundary of chance would make every file another.
        message.set_boundary(blake2b(body.encode(), digest_size=16).hexdigest())
    return message.as_bytes()
