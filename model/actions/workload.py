"""The workload: how the actions to be done are spread over people and weeks."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offwall.model.actions.plan import action_plan, live, owner_keys, stands_for
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, Group, Session
from offwall.model.records.ids import NO_ROLE, RoleCode
from offwall.model.records.session import Person

TOO_MANY = 4
"""Fewer actions than this are never too many for one person, nor for one week."""

EVEN_SHARES = 2
"""So many times the even share are still well spread; more are too many."""

THERE = (Group.CORE, Group.PARTICIPANT)
"""The groups that were in the room."""


@dataclass(frozen=True, slots=True)
class OwnerLoad:
    """What one who carries actions carries.

    ``key`` is a person's id, a role's code, the words for a group, or empty for nobody yet;
    ``there`` says that it is a person who was there; ``role`` is the role that the person has,
    and ``helps`` counts the actions that the person helps with.
    """

    key: str
    name: str
    actions: tuple[Action, ...]
    there: bool = False
    role: RoleCode = NO_ROLE
    helps: int = 0
    too_many: bool = False

    @property
    def has_none(self) -> bool:
        """Whether a person who was there carries nothing and helps with nothing."""
        return self.there and not self.actions and not self.helps


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What is due in the week that begins on ``monday``; ``overdue`` says that it is over."""

    monday: dt.date
    actions: tuple[Action, ...]
    overdue: bool = False
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Workload:
    """The loads and the weeks; ``undated`` are the actions without a target date.

    ``share`` and ``week_share`` are the even shares, in actions: of each person who was there,
    and of each week in which something is due.
    """

    loads: tuple[OwnerLoad, ...]
    weeks: tuple[WeekLoad, ...]
    undated: tuple[Action, ...]
    share: float
    week_share: float


def workload(session: Session, today: dt.date) -> Workload:
    """How the live actions are spread."""
    actions = live(action_plan(session))
    dated = [action for action in actions if action.due]
    mondays: dict[dt.date, list[Action]] = {}
    for action in dated:
        day = _due(action).toordinal()  # the first of all was a Monday
        monday = dt.date.fromordinal(day - _due(action).weekday())
        mondays.setdefault(monday, []).append(action)
    share = len(actions) / max(1, len(people_there(session)))
    week_share = len(dated) / max(1, len(mondays))
    this_week = today.toordinal() - today.weekday()
    return Workload(
        tuple(_loads(session, actions, share)),
        tuple(
            WeekLoad(
                monday,
                tuple(sorted(mondays[monday], key=_due)),
                monday.toordinal() < this_week,
                _too_many(len(mondays[monday]), week_share),
            )
            for monday in sorted(mondays)
        ),
        tuple(action for action in actions if not action.due),
        share,
        week_share,
    )


def _due(action: Action) -> dt.date:
    return action.due or dt.date.max


def _too_many(number: int, share: float) -> bool:
    return number >= TOO_MANY and number > EVEN_SHARES * share


def people_there(session: Session) -> tuple[Person, ...]:
    """Who was in the room, the core group first."""
    found = (person for person in session.people if person.group in THERE)
    return tuple(sorted(found, key=lambda person: THERE.index(person.group)))


def _loads(session: Session, actions: tuple[Action, ...], share: float) -> Iterator[OwnerLoad]:
    """The people who were there, then the other owners in the order of the plan, then nobody."""
    keys = owner_keys(session)
    by_owner: dict[str, list[Action]] = {}
    for action in actions:
        by_owner.setdefault(keys.get(action.owner, ""), []).append(action)
    nobody = tuple(by_owner.pop("", ()))
    helped = [keys.get(action.helper, "") for action in actions]
    theirs: set[str] = set()
    for person in people_there(session):
        meant = stands_for(session, person)
        theirs |= meant
        own = tuple(a for a in actions if keys.get(a.owner, "") in meant)
        helps = sum(key in meant for key in helped)
        too_many = _too_many(len(own), share)
        yield OwnerLoad(person.id, person.name, own, True, person.role, helps, too_many)
    called: Mapping[str, str] = owner_labels(session, role_labels(session))
    for key, found in by_owner.items():
        if key not in theirs:
            yield OwnerLoad(key, called.get(key, key), tuple(found))
    if nobody:
        yield OwnerLoad("", "", nobody)
