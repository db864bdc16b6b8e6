"""Meetings: a body, when it sits, and when its papers are due."""

import datetime as dt

from model.dates import say_date
from model.edits.answers import date_from, text_from
from model.edits.errors import EditError
from model.edits.lists import found, put
from model.edits.records import updated, without
from model.edits.texts import line_of
from model.ids import derive
from model.session import Meeting, Session

_BODY = "Say who meets, such as Cabinet."


def add_meeting(
    session: Session,
    body: str,
    *,
    date: str,
    papers_by: str,
    today: dt.date,
    seed: str,
    beside: str = "",
    before: bool = False,
) -> Session:
    """Add a meeting beside another, or at the end.

    Raises `EditError` without a body, for what is no date, and for papers due after the meeting.
    """
    meeting = Meeting(
        derive(seed, "m"),
        line_of(body, _BODY),
        date_from(date, today),
        date_from(papers_by, today),
    )
    _check_order(meeting.date, meeting.papers_by)
    return put(session, "meetings", meeting, beside, before)


def change_meeting(
    session: Session, meeting: str, *, body: str, date: str, papers_by: str, today: dt.date
) -> Session:
    """Change a meeting. Raises `EditError` as `add_meeting` does."""
    old: Meeting = found(session, "meetings", meeting)
    sits, due = date_from(date, today, old.date), date_from(papers_by, today, old.papers_by)
    if (sits, due) != (old.date, old.papers_by):
        _check_order(sits, due)
    return updated(
        session,
        "meetings",
        old,
        body=text_from(body, old.body, _BODY),
        date=sits,
        papers_by=due,
    )


def remove_meeting(session: Session, meeting: str) -> Session:
    """Take a meeting away; nothing points to one."""
    return without(session, "meetings", found(session, "meetings", meeting))


def _check_order(date: dt.date | None, papers_by: dt.date | None) -> None:
    if date and papers_by and papers_by > date:
        raise EditError(
            f"The papers would be due on {say_date(papers_by)}, after the meeting on "
            f"{say_date(date)}. Correct one of the two dates."
        )
