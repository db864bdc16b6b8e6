"""How a report says things: on one line, short, with plain lists and dates."""

import datetime as dt
from collections.abc import Iterable, Sequence

from model.dates import short_date
from model.edits.texts import line_of
from model.session import Session
from model.tables.names import owners, role_labels

LONGEST = 160
"""Characters of the session's own text where a report has to stay short; the workbook has all."""

CELL = 110
"""Characters of the session's own text in a cell of a table that has to stay short."""

NAME = 60
"""Characters of a name in a report."""

NOBODY = "nobody yet"


def short(text: str, most: int = LONGEST) -> str:
    """A text on one line, cut at a word where it is longer than ``most`` characters."""
    line = line_of(text)
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    at_word = kept.rpartition(" ")[0]
    return f"{at_word if len(at_word) > most // 2 else kept}…"


def ended(text: str) -> str:
    """A text as a sentence: with a full stop where nothing ends it."""
    return text if not text or text[-1] in ".!?…:;" else f"{text}."


def listed(texts: Iterable[str]) -> str:
    """Words as English lists them: ``A, B and C``."""
    *first, last = (*texts,) or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def first_of(texts: Sequence[str], most: int, where: str) -> str:
    """The first few of a list, and how many more there are and where."""
    if len(texts) <= most:
        return listed(texts)
    return f"{', '.join(texts[:most])} and {len(texts) - most} more, {where}"


def day(date: dt.date | None, none: str = "no date yet") -> str:
    """A date in full, such as ``9 February 2027``."""
    return f"{date.day} {date:%B} {date.year}" if date else none


def cell_day(date: dt.date | None) -> str:
    """A date where there is little room, such as ``9 Feb 2027``."""
    return short_date(date) if date else "no date yet"


def called(session: Session) -> dict[str, str]:
    """What roles and people are called, by code and by id."""
    return {code: short(name, NAME) for code, name in owners(session, role_labels(session)).items()}


def carriers(session: Session) -> dict[str, str]:
    """What an action's owner is called: a role with its person, where just one person has it."""
    names = called(session)
    for role in session.roles:
        has = [short(person.name, NAME) for person in session.people if person.role == role.code]
        if len(has) == 1 and has[0]:
            names[role.code] = f"{names[role.code]} ({has[0]})"
    return names
