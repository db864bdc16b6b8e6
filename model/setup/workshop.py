"""The heading of the session, and the minutes that the parts of the afternoon take and may take."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from offwall.model.records import EditError, Session, excerpt, line_of, text_from, whole_number
from offwall.model.records.session import Nation, PartTime
from offwall.model.records.text import choice_from, date_from, texts_from


def add_minutes(session: Session, part: str, minutes: int, topic: str = "") -> Session:
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
    if (number := whole_number(text, 1, 24 * 60)) is None:
        raise EditError(
            f"{excerpt(text) or 'Nothing'} is no number of minutes. Type one such as 60."
        )
    return _with(session, part, replace(getattr(session.clock, part), planned=number))


def _with(session: Session, part: str, time: PartTime) -> Session:
    fields: dict[str, Any] = {part: time}
    return replace(session, clock=replace(session.clock, **fields))


# The heading of the session: what is mapped, where, when, by whom and why; the time planned.

WORKSHOP_TEXTS = ("title", "council", "process", "marking", "facilitator", "recorder", "purpose")
"""The fields of the workshop that take one line of text."""

TIMED_PARTS = ("topic", "record", "plan")
"""The parts of the afternoon, whose minutes are planned."""


def change_workshop(session: Session, said: Mapping[str, str], *, today: dt.date) -> Session:
    """Take over answers by the names of the workshop's fields, and of the parts for minutes.

    What is not named stays. Objectives come between semicolons. Raises `EditError` for what is no
    date, no nation whose bank holidays are known, and no number of minutes.
    """
    old = session.workshop
    values: dict[str, Any] = {
        name: text_from(said[name], getattr(old, name)) for name in WORKSHOP_TEXTS if name in said
    }
    if "date" in said:
        values["date"] = date_from(said["date"], today, old.date)
    if "holidays" in said:
        values["holidays"] = _nation(said["holidays"])
    if "objectives" in said:
        values["objectives"] = texts_from(said["objectives"], ";", old.objectives)
    session = replace(session, workshop=replace(old, **values))
    for part in TIMED_PARTS:
        if part in said:
            session = _planned(session, part, said[part])
    return session


def _nation(said: str) -> Nation | None:
    """The nation named; none is written where none is said."""
    found = choice_from(said, Nation, Nation.ENGLAND_AND_WALES, "nation's bank holidays")
    return found if said.strip() else None


def _planned(session: Session, part: str, said: str) -> Session:
    """No answer leaves a part the time that it has without one."""
    planned = getattr(session.clock, part).planned
    if planned is not None and said.strip() == str(planned):
        return session
    if said.strip():
        return plan_minutes(session, part, said)
    fields: dict[str, Any] = {part: replace(getattr(session.clock, part), planned=None)}
    return replace(session, clock=replace(session.clock, **fields))
