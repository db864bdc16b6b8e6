"""A short mail to each who took something on: what it is, by when, and with whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from model.edits.texts import line_of
from model.mails.words import WIDTH, by_when, items, letter, news, thanks, title
from model.plan import owner_keys, stands_for
from model.report.planned import in_time
from model.report.words import called, ended, listed, short
from model.session import Action, ActionStatus, Group, Person, Session

THERE = (Group.CORE, Group.PARTICIPANT)

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
        self.called = called(session)
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
        known: set[str] = set()
        for person in _named(self.session):
            meant = self.have[person.id]
            known |= meant
            there = person.group in THERE
            yield _Owner(self.called[person.id], frozenset(meant), there, person.id)
        said = (self._key(words) for one in self.actions for words in (one.owner, one.helper))
        for key in dict.fromkeys(said):
            if key and key not in known:
                yield _Owner(self._name(key), frozenset({key}), there=True)

    def _name(self, key: str) -> str:
        return self.called.get(key) or short(key, 60)

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
        return letter(session, f"What you took on: {title(session)}", parts, heads)

    def _own(self, action: Action, owner: _Owner) -> str:
        helper = self._key(action.helper)
        others = [*self._sharing(action, owner), *([self._who(helper)] if helper else [])]
        return self._said(action, others, self._role(action, owner))

    def _helped(self, action: Action) -> str:
        key = self._key(action.owner)
        return self._said(action, [self._who(key)] if key else [], "")

    def _said(self, action: Action, others: Iterable[str], role: str) -> str:
        """The action, and on a line of its own by when, with whom and by whose leave."""
        names = listed(dict.fromkeys(filter(None, others)))
        facts = (
            by_when(action.due) + self._late(action),
            f"with {names}" if names else "",
            f"as {role}" if role else "",
            "already begun" if action.status is ActionStatus.DOING else "",
        )
        said = ", ".join(filter(None, facts))
        approval = short(action.approval, 60)
        last = f" Approval: {ended(approval)}" if approval else ""
        return f"{short(action.text, WIDTH)}\n  {said[:1].upper()}{said[1:]}.{last}"

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
        return listed(found) or self._name(key)


def _named(session: Session) -> tuple[Person, ...]:
    return tuple(person for person in session.people if line_of(person.name))
