"""Meetings: a body, when it sits, when its papers are due; and the public notice.

`offwall.model.actions.deadlines` says by which rules the days are counted.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from offwall.model.records import (
    EditError,
    Session,
    line_of,
    say_date,
    short_date,
)
from offwall.model.records.fields import MeetingId
from offwall.model.records.record_kind import (
    Ask,
    Column,
    HeadingKind,
    Reading,
    RecordKind,
    date_ask,
    needed,
    values_of,
)
from offwall.model.records.session import Meeting, Notice
from offwall.model.records.text import date_from, join_texts, number_from


def _detail(_: Session, meeting: Meeting) -> Iterator[str]:
    sits = f"sits on {say_date(meeting.date)}" if meeting.date else "has no date yet"
    due = f"; papers are due by {say_date(meeting.papers_by)}" if meeting.papers_by else ""
    yield f"{meeting.body} {sits}{due}"


def _check(_: Session, new: Meeting, old: Meeting | None) -> None:
    same = old and (new.date, new.papers_by) == (old.date, old.papers_by)
    if not same and new.date and new.papers_by and new.papers_by > new.date:
        raise EditError(
            f"The papers would be due on {say_date(new.papers_by)}, after the meeting on "
            f"{say_date(new.date)}. Correct one of the two dates."
        )


MEETINGS = RecordKind(
    collection="meetings",
    noun="meeting",
    blank=lambda _: Meeting(MeetingId(""), ""),
    asks=(
        Ask(
            "body", "Who meets", "Such as Cabinet.", read=needed("Say who meets, such as Cabinet.")
        ),
        date_ask("date", "Sits on"),
        date_ask("papers_by", "Papers due"),
    ),
    columns=(Column("body", title="Meeting"), Column("date", 15), Column("papers_by", 15)),
    empty="No meetings yet. Press n and name the first, such as Cabinet.",
    detail=_detail,
    check=_check,
)


# How long before a decision the public is told, and on which days nobody works.

MOST_NOTICE_DAYS = 90
"""Days of notice that are taken for a slip when there are more of them."""


def _days_ask(name: str, label: str, hint: str) -> Ask:
    """Asks for a number of days; none is England's rule."""
    usual: int = getattr(Notice(), name)
    wrong = f"number of days. Type one from 0 to {MOST_NOTICE_DAYS}, or nothing for {usual}."

    def read(_: Reading, text: str) -> int:
        number = number_from(text, 0, MOST_NOTICE_DAYS, wrong)
        return usual if number is None else number

    return Ask(name, label, hint, read=read, chosen=True)


def _read_closed(reading: Reading, text: str) -> tuple[dt.date, ...]:
    """The days named. Those that were there keep their year, however long ago they are."""
    had = {short_date(date): date for date in reading.session.notice.closed}
    words = filter(None, map(line_of, text.split(",")))
    dates = (date_from(word, reading.day, had.get(word)) for word in words)
    return tuple(sorted({date for date in dates if date}))


NOTICE = HeadingKind(
    title="How long before a decision",
    label="Changed the days of notice",
    asks=(
        _days_ask(
            "agenda_days",
            "Agenda, days",
            "Clear working days before a meeting; England's rule is 5.",
        ),
        _days_ask(
            "forward_plan_days",
            "Forward plan",
            "Clear days before a key decision; England's rule is 28.",
        ),
        Ask(
            "closed",
            "Nobody works on",
            "Besides weekends and bank holidays, such as 29 Dec, 30 Dec.",
            read=_read_closed,
            show=lambda _, closed: join_texts(map(short_date, closed), ","),
        ),
    ),
    values=lambda session: values_of(session.notice),
    put=lambda session, values: replace(session, notice=replace(session.notice, **values)),
)
