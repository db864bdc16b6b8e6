"""Dot votes, as people call them out: the numbers of actions, one dot a number."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from offwall.model.actions.ranking import improvements
from offwall.model.records import (
    Action,
    ActionStatus,
    EditError,
    Session,
    counted,
    excerpt,
    line_of,
)
from offwall.model.records.edit import changed
from offwall.model.records.ids import ActionId
from offwall.model.records.text import number_from

MOST_VOTES = 999
"""More votes than a room has dots are a slip of the finger."""

MOST_VOTERS, MOST_DOTS = 500, 50
"""More people, or more dots each, are no vote in a room."""

_WRONG = "number of {}. Type one from 1 to {}."
_CALL = re.compile(r"(-?)([0-9]{1,4})(?:x([0-9]{1,3}))?", re.IGNORECASE)


def numbered_improvements(session: Session) -> Mapping[int, Action]:
    """Each improvement under the number that it is voted for by: its place in the file.

    That stays while votes come in, unlike its rank.
    """
    return dict(enumerate(improvements(session), 1))


def dots_left(session: Session) -> int | None:
    """How many dots are still to be given; None where nobody said how many there are."""
    voting = session.voting
    if voting.voters is None or voting.dots is None:
        return None
    return voting.voters * voting.dots - votes_cast(session)


def votes_cast(session: Session) -> int:
    """How many votes all improvements have together."""
    return sum(action.votes for action in improvements(session))


def parse_votes(session: Session, said: str) -> Mapping[ActionId, int]:
    """The votes that are meant, by the actions' ids: ``3 7 -5``, ``3x2``.

    A minus takes back. Raises `EditError` for what is no number of the list, and for what is done
    or dropped.
    """
    words = line_of(said).replace(",", " ").split()
    if not words:
        raise EditError("Type the number of an action, such as 3; 3x2 gives it two.")
    listed = numbered_improvements(session)
    votes: Counter[ActionId] = Counter()
    for word in words:
        sign, number, times = _parts(word, len(listed))
        action = listed[number]
        if action.status in (ActionStatus.DONE, ActionStatus.DROPPED):
            raise EditError(
                f"{number} is {action.status}: {excerpt(action.text)}. Vote for another."
            )
        votes[action.id] += sign * times
    return votes


def _parts(word: str, most: int) -> tuple[int, int, int]:
    """The sign, the number and how often it is meant."""
    found = _CALL.fullmatch(word)
    if not most:
        raise EditError("There is no action to vote for yet. Press n in the list to type one.")
    if found is None or not 1 <= int(found[2]) <= most or found[3] == "0":
        raise EditError(f"{excerpt(word)} is no number of the list. Type one from 1 to {most}.")
    return (-1 if found[1] else 1), int(found[2]), int(found[3] or 1)


def cast_votes(session: Session, said: str) -> Session:
    """Give the votes that were called out, all of them or none.

    Raises `EditError` as `called_out` does, where an action would have fewer votes than none or
    more than `MOST_VOTES`, and where there are not so many dots left.
    """
    votes = parse_votes(session, said)
    more, left = sum(votes.values()), dots_left(session)
    if left is not None and more > max(left, 0):
        raise EditError(
            f"The dots left are {max(left, 0)}, and these are {more}. "
            "Take votes back (-3), or press Esc and Q for more dots."
        )
    actions = session.actions
    for action in session.actions:
        total = action.votes + votes.get(action.id, 0)
        if action.id in votes and not 0 <= total <= MOST_VOTES:
            had = counted(action.votes, "vote")
            raise EditError(f"{excerpt(action.text)} has {had}: {total} is no number of votes.")
        if total != action.votes:
            actions = changed(actions, action, replace(action, votes=total))
    return replace(session, actions=actions)


def set_voting(session: Session, voters: str, dots: str) -> Session:
    """Say how many vote, and with how many dots each; both empty, nobody counts them.

    Raises `EditError` for what is no such number, and where only one of the two is said.
    """
    if bool(line_of(voters)) != bool(line_of(dots)):
        raise EditError("Say both: how many people vote, and how many dots each has.")
    return replace(
        session,
        voting=replace(
            session.voting,
            voters=number_from(voters, 1, MOST_VOTERS, _WRONG.format("people", MOST_VOTERS)),
            dots=number_from(dots, 1, MOST_DOTS, _WRONG.format("dots", MOST_DOTS)),
        ),
    )


def clear_votes(session: Session) -> Session:
    """Take every vote away, to vote again."""
    actions = tuple(replace(one, votes=0) if one.votes else one for one in session.actions)
    return replace(session, actions=actions)
