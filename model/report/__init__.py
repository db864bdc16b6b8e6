"""What leaves in words: the brief for senior management and the feedback to participants.

Plain content derived from a session; `model.exchange.brief` makes Word and Markdown of it.
"""

import datetime as dt

from model.edits.texts import line_of
from model.report.content import Audience, Content
from model.report.management import management
from model.report.participants import participants
from model.report.words import day, short
from model.session import Session

__all__ = ["Audience", "Content", "report"]


def report(
    session: Session, audience: Audience, today: dt.date, *, earlier: Session | None = None
) -> Content:
    """What a session has to say to an audience on a day.

    Meetings of which the papers were due before ``today`` no longer serve. With ``earlier``, the
    session that this one follows, the feedback says what changed since.
    """
    held = session.workshop
    kind = "Brief for senior management" if audience is Audience.MANAGEMENT else "Feedback"
    subtitle = (
        kind,
        short(held.council, 100),
        f"workshop of {day(held.date)}" if held.date else "",
    )
    blocks = (
        management(session, today)
        if audience is Audience.MANAGEMENT
        else participants(session, earlier)
    )
    return Content(
        audience=audience,
        title=short(held.title, 200) or short(held.process, 200) or "Process map",
        subtitle=" · ".join(filter(None, subtitle)),
        marking=short(held.marking, 80),
        author=line_of(held.facilitator) or line_of(held.council),
        subject=line_of(held.process),
        dated=today,
        blocks=tuple(blocks),
    )
