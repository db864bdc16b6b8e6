"""The action plan: every action in the group's order, what it lacks, and how the work is spread.

The afternoon ends well when each action has an owner and a target date and the work is spread
over the core group.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from offwall.model.actions.ranking import rank
from offwall.model.process import owner_labels, role_labels
from offwall.model.records import Action, ActionKind, Group, Session, line_of, say_date
from offwall.model.records.dates import day_off
from offwall.model.records.fields import NO_ROLE, RoleCode
from offwall.model.records.session import Nation, Person
from offwall.model.review.progress import LIVE


def action_plan(session: Session) -> tuple[Action, ...]:
    """All actions: the improvements as they rank, then the next steps as the file has them."""
    steps = (action for action in session.actions if action.kind is ActionKind.NEXT_STEP)
    return (*rank(session), *steps)


def live(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that are neither done nor dropped."""
    return tuple(action for action in actions if action.status in LIVE)


def missing_in_action(action: Action) -> bool:
    """Whether a live action has no owner or no target date."""
    return action.status in LIVE and not (action.owner and action.due)


def say_due(due: dt.date, nation: Nation) -> str:
    """A target date with its weekday, and why nobody works on it, where that is so."""
    off = day_off(due, nation)
    return f"{say_date(due)}, {off}" if off else say_date(due)


def owner_keys(session: Session) -> dict[str, str]:
    """Who is meant by each whom the actions name, under the words as written.

    It is a role's code, a person's id, or the words for a group as they were first written.
    """
    from offwall.model.line import Vocabulary

    # No date is read here; and what an action says is no name for anybody yet.
    known = Vocabulary.of(replace(session, actions=()), dt.date.min).owners
    exact = {*session.role_by_code, *(person.id for person in session.people)}
    roles = (line_of(person.role) for person in session.people)
    groups = {role.casefold(): role for role in roles}
    keys: dict[str, str] = {}
    for action in session.actions:
        for said in filter(None, action.who):
            words = line_of(said)
            meant = said if said in exact else known.find(words)
            keys[said] = meant or groups.setdefault(words.casefold(), words)
    return keys


def stands_for(session: Session, person: Person) -> set[str]:
    """The owners, as `owner_keys` has them, that mean this person: also the role of the person."""
    codes = {code.casefold(): code for code in session.role_by_code}
    role = line_of(person.role)
    return {person.id, *filter(None, (role, codes.get(role.casefold())))}


def without_action(session: Session) -> tuple[Person, ...]:
    """The people of the core group who own no live action and help with none.

    An action of a role counts for everybody who has the role.
    """
    keys = owner_keys(session)
    said = (words for action in live(session.actions) for words in action.who)
    carrying = {keys[words] for words in said if words}
    return tuple(
        person
        for person in session.people
        if person.group is Group.CORE and not carrying & stands_for(session, person)
    )


def due_within(session: Session, today: dt.date, days: int) -> tuple[Action, ...]:
    """The live actions due up to some days from today, overdue ones too, the soonest first."""
    last = today + min(dt.timedelta(days), dt.date.max - today)
    dated = [(action.due, action) for action in live(action_plan(session)) if action.due]
    dated.sort(key=lambda pair: pair[0])
    return tuple(action for due, action in dated if due <= last)


# The workload: how the actions to be done are spread over people and weeks.

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
