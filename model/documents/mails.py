"""Mails ready to be sent: one to all who took part, one to each who took something on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offwall.model.actions.plan import owner_keys, stands_for
from offwall.model.documents.brief.content import carriers, full_date, labels_of
from offwall.model.documents.brief.decisions import in_time, who
from offwall.model.documents.brief.findings import open_lines
from offwall.model.documents.brief.workshop import recorded
from offwall.model.records import (
    Action,
    ActionKind,
    ActionStatus,
    Group,
    Session,
    line_of,
    short_date,
)
from offwall.model.records.dates import DAYS
from offwall.model.records.session import Person
from offwall.model.records.text import as_sentence, english_list, shorten
from offwall.model.records.uses import called_gone
from offwall.model.review.progress import as_printed

WIDTH = 200
"""Characters of the session's own text in one item of a mail; the workbook has all."""


def letter(session: Session, subject: str, parts: Iterable[str], heads: Iterable[str] = ()) -> str:
    """A mail: the marking, the lines of its head, and its paragraphs with the name under them.

    Parts that are empty are left out.
    """
    marking = shorten(session.workshop.marking, 80)
    head = [*([marking] if marking else []), f"Subject: {subject}", *filter(None, heads)]
    name = shorten(session.workshop.facilitator, 80) or "The facilitator"
    return "\n\n".join(filter(None, ("\n".join(head), *parts, name))) + "\n"


def mail_title(session: Session) -> str:
    """What the mails call the work: the session's title, else its process."""
    held = session.workshop
    return shorten(held.title, 100) or shorten(held.process, 100) or "Process map"


def thanks(session: Session) -> str:
    """The first sentence to those who were there."""
    return f"Thank you for working on {_process(session)}{_on(session)}."


def news(session: Session) -> str:
    """The first sentence to those who were not there."""
    return f"A group of colleagues worked on {_process(session)}{_on(session)}."


def _process(session: Session) -> str:
    name = shorten(session.workshop.process, 100)
    return f"the process “{name}”" if name else "our process"


def _on(session: Session) -> str:
    return f" on {full_date(session.workshop.date)}" if session.workshop.date else ""


def by_when(due: dt.date | None) -> str:
    """A target date with its weekday, or that there is none yet."""
    return f"by {DAYS[due.weekday()]} {short_date(due)}" if due else "no date yet"


def items(lines: Iterable[str]) -> str:
    """Lines as a list that every mail program shows as one."""
    return "\n".join(f"- {line}" for line in lines)


# A short mail to each who took something on: what it is, by when, and with whom.

THERE = (Group.CORE, Group.PARTICIPANT)
"""Who took part."""

DIARY = "What comes with this mail puts the dates into your diary."
WRONG = "If I noted something wrongly, or a date does not suit you, please tell me."
UNDATED = "Where there is no date yet, please tell me by when you can do it."


@dataclass(frozen=True, slots=True)
class OwnerMail:
    """To whom, and the mail."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who carries or helps: a person, or a role or a group that stands for nobody by name.

    ``meant`` are the keys, as `owner_keys` has them, that mean this owner.
    """

    name: str
    meant: frozenset[str]
    there: bool = False
    person: str = ""


def owner_mails(
    session: Session, today: dt.date, diaries: Mapping[str, str] | None = None
) -> tuple[OwnerMail, ...]:
    """A mail for each person who owns or helps with an action that is still to be done.

    An action of a role is everybody's who has that role; a role that nobody has, and a group, get
    a mail of their own. An action whose date has gone by before ``today`` says so. ``diaries`` are
    the calendar files that go with the mails, by who is meant, as `owner_keys` has it.
    """
    return tuple(_Mails(session, today, diaries or {}).made())


class _Mails:
    """Makes the mails of one session on one day."""

    def __init__(self, session: Session, today: dt.date, diaries: Mapping[str, str]) -> None:
        self.session = session
        self.today = today
        self.diaries = diaries
        self.keys = owner_keys(session)
        self.called = labels_of(session)
        self.actions = in_time(session)
        self.have = {person.id: stands_for(session, person) for person in _named(session)}

    def made(self) -> Iterator[OwnerMail]:
        """The mails: first the people, in their order, then roles and groups."""
        for owner in self._owners():
            own = [one for one in self.actions if self._key(one.owner) in owner.meant]
            helped = [
                one
                for one in self.actions
                if one not in own and self._key(one.helper) in owner.meant
            ]
            if own or helped:
                yield OwnerMail(owner.name, self._mail(owner, own, helped))

    def _key(self, words: str) -> str:
        return self.keys.get(words, "")

    def _owners(self) -> Iterator[_Owner]:
        known, gone = set[str](), called_gone(self.session)
        for person in _named(self.session):
            meant = self.have[person.id]
            known |= meant
            there = person.group in THERE
            yield _Owner(self.called[person.id], frozenset(meant), there, person.id)
        said = (self._key(words) for one in self.actions for words in one.who)
        for key in dict.fromkeys(said):
            if key and key not in known and key not in gone:
                yield _Owner(self._name(key), frozenset({key}), there=True)

    def _name(self, key: str) -> str:
        return self.called.get(key) or shorten(key, 60)

    def _mail(self, owner: _Owner, own: list[Action], helped: list[Action]) -> str:
        session = self.session
        took = "I noted what you took on:" if own else ""
        also = "You also help with this:" if own else "I noted that you help with this:"
        files = [name for key, name in self.diaries.items() if key in owner.meant]
        undated = not all(one.due for one in (*own, *helped))
        parts = (
            f"Dear {owner.name},",
            " ".join(filter(None, (thanks(session) if owner.there else news(session), took))),
            items(self._own(one, owner) for one in own),
            also if helped else "",
            items(self._helped(one) for one in helped),
            " ".join(filter(None, (DIARY if files else "", UNDATED if undated else "", WRONG))),
        )
        heads = (f"Attach: {', '.join(files)}" if files else "",)
        return letter(session, f"What you took on: {mail_title(session)}", parts, heads)

    def _own(self, action: Action, owner: _Owner) -> str:
        helper = self._key(action.helper)
        others = [*self._sharing(action, owner), *([self._who(helper)] if helper else [])]
        return self._said(action, others, self._role(action, owner))

    def _helped(self, action: Action) -> str:
        key = self._key(action.owner)
        return self._said(action, [self._who(key)] if key else [], "")

    def _said(self, action: Action, others: Iterable[str], role: str) -> str:
        """The action, and on a line of its own by when, with whom and by whose leave."""
        names = english_list(dict.fromkeys(filter(None, others)))
        facts = (
            by_when(action.due) + self._late(action),
            f"with {names}" if names else "",
            f"as {role}" if role else "",
            "already begun" if action.status is ActionStatus.DOING else "",
        )
        said = ", ".join(filter(None, facts))
        approval = shorten(action.approval, 60)
        last = f" Approval: {as_sentence(approval)}" if approval else ""
        return f"{shorten(as_printed(action.text), WIDTH)}\n  {said[:1].upper()}{said[1:]}.{last}"

    def _late(self, action: Action) -> str:
        return " (that has gone by)" if action.due and action.due < self.today else ""

    def _role(self, action: Action, owner: _Owner) -> str:
        """The role by which an action is a person's; empty where it is the person's by name."""
        key = self._key(action.owner)
        return self._name(key) if owner.person and key != owner.person else ""

    def _sharing(self, action: Action, owner: _Owner) -> Iterator[str]:
        """The others who have the role that an action belongs to."""
        key = self._key(action.owner)
        for person, meant in self.have.items():
            if key in meant and person not in (owner.person, key):
                yield self.called[person]

    def _who(self, key: str) -> str:
        """What a key is called in somebody else's mail: the people of a role, else its name."""
        found = [self.called[person] for person, meant in self.have.items() if key in meant]
        return english_list(found) or self._name(key)


def _named(session: Session) -> tuple[Person, ...]:
    return tuple(person for person in session.people if line_of(person.name))


# The mail to those who took part and to corporate colleagues: what came of it, what comes next.

COMMENTS = (
    "Please tell me what is wrong or missing: write it in the column Your comment of the workbook"
    " and send that back to me, or simply reply. Nothing is changed without the group."
)


def participants_mail(session: Session, attached: Sequence[str]) -> str:
    """The mail, with the names of the files that go with it."""
    attached = [line_of(name) for name in attached]
    open_still = open_lines(session)
    parts = (
        "Dear all,",
        thanks(session),
        recorded(session),
        f"Still open: {open_still}" if open_still else "",
        "What happens next:\n" + (items(_next(session)) or "The next steps are to be agreed."),
        _meetings(session),
        f"With this mail come: {english_list(attached)}." if attached else "",
        COMMENTS,
    )
    heads = (
        _names("To", session, THERE),
        _names("Copy to", session, (Group.CORPORATE,)),
        f"Attach: {', '.join(attached)}" if attached else "",
    )
    return letter(session, f"What came of our workshop: {mail_title(session)}", parts, heads)


def _names(label: str, session: Session, groups: Sequence[Group]) -> str:
    names = labels_of(session)
    found = [names[one.id] for one in session.people if one.group in groups and line_of(one.name)]
    return f"{label}: {', '.join(found)}" if found else ""


def _next(session: Session) -> Iterator[str]:
    names = carriers(session)
    for action in in_time(session):
        if action.kind is ActionKind.NEXT_STEP:
            text = shorten(as_printed(action.text), WIDTH).rstrip(".")
            yield f"{text}: {who(action, names)}, {by_when(action.due)}"


def _meetings(session: Session) -> str:
    dated = sorted((one for one in session.meetings if one.date), key=lambda one: str(one.date))
    said = english_list(f"{shorten(one.body, 60)} on {full_date(one.date)}" for one in dated)
    return f"Meetings that decide: {said}." if said else ""
