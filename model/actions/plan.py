"""The action plan: every action in the group's order, and what it still lacks.

The afternoon ends well when each action has an owner and a target date and the work is spread
over the core group.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from offwall.model.actions.ranking import rank
from offwall.model.line import Vocabulary
from offwall.model.records import Action, ActionKind, Group, Session, line_of, say_date
from offwall.model.records.bank_holidays import day_off
from offwall.model.records.session import Nation, Person
from offwall.model.review.missing import LIVE


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
    said = (words for one in live(session.actions) for words in one.who)
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
