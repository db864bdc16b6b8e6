"""Which of two actions the group puts first, where they rank alike."""

from dataclasses import replace

from model.edits.errors import EditError
from model.edits.records import by_key
from model.ids import derive
from model.session import Comparison, Session


def comparison_id(one: str, other: str) -> str:
    """The id of the answer about two actions, whichever is named first."""
    return derive("comparison", "c", *sorted((one, other)))


def put_first(session: Session, first: str, second: str) -> Session:
    """Keep that one action comes before another; a new answer takes the place of an old one.

    Raises `EditError` where one of the two is no longer there, or both are one.
    """
    if first == second:
        raise EditError("An action cannot be put before itself. Choose two.")
    for action in (first, second):
        by_key(session, "actions", action)
    answer = Comparison(comparison_id(first, second), first, second)
    others = tuple(one for one in session.comparisons if one.id != answer.id)
    return replace(session, comparisons=(*others, answer))


def forget_answers(session: Session, action: str = "") -> Session:
    """Take away the answers about an action, or all of them."""
    kept = (one for one in session.comparisons if action and action not in (one.first, one.second))
    return replace(session, comparisons=tuple(kept))
