"""What the mails share: how they begin, how they end, and how they say a date."""

import datetime as dt
from collections.abc import Iterable

from model.dates import DAYS, short_date
from model.report.words import day, short
from model.session import Session

WIDTH = 200
"""Characters of the session's own text in one item of a mail; the workbook has all."""


def letter(session: Session, subject: str, parts: Iterable[str], heads: Iterable[str] = ()) -> str:
    """A mail: the marking, the lines of its head, and its paragraphs with the name under them.

    Parts that are empty are left out.
    """
    marking = short(session.workshop.marking, 80)
    head = [*([marking] if marking else []), f"Subject: {subject}", *filter(None, heads)]
    name = short(session.workshop.facilitator, 80) or "The facilitator"
    return "\n\n".join(filter(None, ("\n".join(head), *parts, name))) + "\n"


def title(session: Session) -> str:
    """What the mails call the work: the session's title, else its process."""
    held = session.workshop
    return short(held.title, 100) or short(held.process, 100) or "Process map"


def thanks(session: Session) -> str:
    """The first sentence to those who were there."""
    return f"Thank you for working on {_process(session)}{_on(session)}."


def news(session: Session) -> str:
    """The first sentence to those who were not there."""
    return f"A group of colleagues worked on {_process(session)}{_on(session)}."


def _process(session: Session) -> str:
    name = short(session.workshop.process, 100)
    return f"the process “{name}”" if name else "our process"


def _on(session: Session) -> str:
    return f" on {day(session.workshop.date)}" if session.workshop.date else ""


def by_when(due: dt.date | None) -> str:
    """A target date with its weekday, or that there is none yet."""
    return f"by {DAYS[due.weekday()]} {short_date(due)}" if due else "no date yet"


def items(lines: Iterable[str]) -> str:
    """Lines as a list that every mail program shows as one."""
    return "\n".join(f"- {line}" for line in lines)
