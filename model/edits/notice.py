"""How long before a decision the public is told; `model.council_dates` says by which rules."""

import datetime as dt
from dataclasses import replace

from model.dates import short_date
from model.edits.answers import brief, date_from, joined, whole
from model.edits.errors import EditError
from model.edits.texts import line_of
from model.session import Notice, Session

MOST_DAYS = 90
"""Days of notice that are taken for a slip when there are more of them."""


def said_closed(notice: Notice) -> str:
    """The days on which nobody works, as a form shows them."""
    return joined(map(short_date, notice.closed), ",")


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
    if (number := whole(words, 0, MOST_DAYS)) is None:
        raise EditError(
            f"{brief(words)} is no number of days. Type one from 0 to {MOST_DAYS}, or nothing for"
            f" {usual}."
        )
    return number


def _closed(notice: Notice, said: str, today: dt.date) -> tuple[dt.date, ...]:
    """The days named. Those that were there keep their year, however long ago they are."""
    had = {short_date(date): date for date in notice.closed}
    words = filter(None, map(line_of, said.split(",")))
    dates = (date_from(word, today, had.get(word)) for word in words)
    return tuple(sorted({date for date in dates if date}))
