"""The action plan: every action in the group's order, and what it still lacks.

The afternoon ends well when each action has an owner and a target date and the work is spread
over the core group.
"""

import datetime as dt
from collections.abc import Iterable

from model.checks.completeness import LIVE
from model.edits.texts import line_of
from model.line.vocabulary import Vocabulary
from model.ranking import rank
from model.session import Action, ActionKind, Group, Person, Session


def plan(session: Session) -> tuple[Action, ...]:
    """All actions: the improvements as they rank, then the next steps as the file has them."""
    steps = (action for action in session.actions if action.kind is ActionKind.NEXT_STEP)
    return (*rank(session), *steps)


def live(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that are neither done nor dropped."""
    return tuple(action for action in actions if action.status in LIVE)


def lacks(action: Action) -> bool:
    """Whether a live action has no owner or no target date."""
    return action.status in LIVE and not (action.owner and action.due)


def owner_keys(session: Session) -> dict[str, str]:
    """Who is meant by each owner and helper that the actions name, under the words as written.

    It is a role's code, a person's id, or the words for a group as they were first written.
    """
    known = Vocabulary.of(session, dt.date.min).owners  # no date is read here
    exact = {*session.role_by_code, *(person.id for person in session.people)}
    said = {words for action in session.actions for words in (action.owner, action.helper)}
    return {
        words: words if words in exact else known.find(line_of(words)) or line_of(words)
        for words in said
        if words
    }


def without_action(session: Session) -> tuple[Person, ...]:
    """The people of the core group who own no live action and help with none.

    An action of a role counts for everybody who has the role.
    """
    carrying = {said for action in live(session.actions) for said in (action.owner, action.helper)}
    carrying = {" ".join(said.split()).casefold() for said in carrying if said}
    return tuple(
        person
        for person in session.people
        if person.group is Group.CORE and not carrying & _names(person)
    )


def due_within(session: Session, today: dt.date, days: int) -> tuple[Action, ...]:
    """The live actions due up to some days from today, overdue ones too, the soonest first."""
    last = today + min(dt.timedelta(days), dt.date.max - today)
    dated = [(action.due, action) for action in live(plan(session)) if action.due]
    dated.sort(key=lambda pair: pair[0])
    return tuple(action for due, action in dated if due <= last)


def _names(person: Person) -> set[str]:
    """What an action may call its owner by when it means this person."""
    said = (person.id, person.name, person.role)
    return {" ".join(name.split()).casefold() for name in said if name}
