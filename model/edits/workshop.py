"""The heading of the session: what is mapped, where, when, by whom and why; the time planned."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from model.edits.answers import date_from, kind_from, text_from, texts_from
from model.edits.clock import plan_minutes
from model.session import Nation, Session

TEXTS = ("title", "council", "process", "marking", "facilitator", "recorder", "purpose")
"""The fields of the workshop that take one line of text."""

PARTS = ("topic", "record", "plan")
"""The parts of the afternoon, whose minutes are planned."""


def change_workshop(session: Session, said: Mapping[str, str], *, today: dt.date) -> Session:
    """Take over answers by the names of the workshop's fields, and of the parts for minutes.

    What is not named stays. Objectives come between semicolons. Raises `EditError` for what is no
    date, no nation whose bank holidays are known, and no number of minutes.
    """
    old = session.workshop
    values: dict[str, Any] = {
        name: text_from(said[name], getattr(old, name)) for name in TEXTS if name in said
    }
    if "date" in said:
        values["date"] = date_from(said["date"], today, old.date)
    if "holidays" in said:
        values["holidays"] = _nation(said["holidays"])
    if "objectives" in said:
        values["objectives"] = texts_from(said["objectives"], ";", old.objectives)
    session = replace(session, workshop=replace(old, **values))
    for part in PARTS:
        if part in said:
            session = _planned(session, part, said[part])
    return session


def _nation(said: str) -> Nation | None:
    """The nation named; none is written where none is said."""
    found = kind_from(said, Nation, Nation.ENGLAND_AND_WALES, "nation's bank holidays")
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
