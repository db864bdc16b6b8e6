"""Meetings: a body, when it sits, when its papers are due; and the public notice before a
decision.

`offwall.model.actions.deadlines` says by which rules the days are counted.
"""

import datetime as dt
from dataclasses import replace

from offwall.model.records import (
    EditError,
    Session,
    derive,
    excerpt,
    line_of,
    say_date,
    short_date,
    text_from,
    updated,
    whole_number,
    without,
)
from offwall.model.records.edit import put_record, record_by_key
from offwall.model.records.session import Meeting, Notice
from offwall.model.records.text import date_from, join_texts

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
    return put_record(session, "meetings", meeting, beside, before)


def change_meeting(
    session: Session, meeting: str, *, body: str, date: str, papers_by: str, today: dt.date
) -> Session:
    """Change a meeting. Raises `EditError` as `add_meeting` does."""
    old: Meeting = record_by_key(session, "meetings", meeting)
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
    return without(session, "meetings", record_by_key(session, "meetings", meeting))


def _check_order(date: dt.date | None, papers_by: dt.date | None) -> None:
    if date and papers_by and papers_by > date:
        raise EditError(
            f"The papers would be due on {say_date(papers_by)}, after the meeting on "
            f"{say_date(date)}. Correct one of the two dates."
        )


# How long before a decision the public is told; `model.actions.deadlines` says by which rules.

MOST_NOTICE_DAYS = 90
"""Days of notice that are taken for a slip when there are more of them."""


def said_closed(notice: Notice) -> str:
    """The days on which nobody works, as a form shows them."""
    return join_texts(map(short_date, notice.closed), ",")


def set_notice(
    session: Session, *, agenda_days: str, forward_plan_days: str, closed: str, today: dt.date
) -> Session:
    """Say how many days an agenda and the forward plan need, and on which days nobody works.

    An empty number is England's rule. Raises `EditError` for what is no number of days or no date.
    """
    usual = Notice()
    return replace(
        session,
        notice=replace(
            session.notice,
            agenda_days=_days(agenda_days, usual.agenda_days),
            forward_plan_days=_days(forward_plan_days, usual.forward_plan_days),
            closed=_closed(session.notice, closed, today),
        ),
    )


def _days(said: str, usual: int) -> int:
    words = line_of(said)
    if not words:
        return usual
    if (number := whole_number(words, 0, MOST_NOTICE_DAYS)) is None:
        raise EditError(
            f"{excerpt(words)} is no number of days. Type one from 0 to {MOST_NOTICE_DAYS}, "
            "or nothing for"
            f" {usual}."
        )
    return number


def _closed(notice: Notice, said: str, today: dt.date) -> tuple[dt.date, ...]:
    """The days named. Those that were there keep their year, however long ago they are."""
    had = {short_date(date): date for date in notice.closed}
    words = filter(None, map(line_of, said.split(",")))
    dates = (date_from(word, today, had.get(word)) for word in words)
    return tuple(sorted({date for date in dates if date}))
