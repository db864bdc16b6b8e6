"""The minutes that the parts of the afternoon take."""

from dataclasses import replace
from typing import Any

from model.edits.answers import brief, whole
from model.edits.errors import EditError
from model.edits.texts import line_of
from model.session import PartTime, Session


def spend(session: Session, part: str, minutes: int, topic: str = "") -> Session:
    """Add minutes to what a part (``topic``, ``record`` or ``plan``) has used, and to a topic."""
    time: PartTime = getattr(session.clock, part)
    topics = tuple(
        replace(one, minutes=one.minutes + minutes) if topic and one.id == topic else one
        for one in session.topics
    )
    return _with(replace(session, topics=topics), part, replace(time, used=time.used + minutes))


def plan_minutes(session: Session, part: str, minutes: str) -> Session:
    """Say how many minutes a part may take. Raises `EditError` unless it is a whole number."""
    text = line_of(minutes)
    if (number := whole(text, 1, 24 * 60)) is None:
        raise EditError(f"{brief(text) or 'Nothing'} is no number of minutes. Type one such as 60.")
    return _with(session, part, replace(getattr(session.clock, part), planned=number))


def _with(session: Session, part: str, time: PartTime) -> Session:
    fields: dict[str, Any] = {part: time}
    return replace(session, clock=replace(session.clock, **fields))
