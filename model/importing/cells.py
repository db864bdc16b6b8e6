"""What a cell of an edited workbook says, whatever program wrote it: text, whole numbers, dates."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Any

from model.dates import parse_when, short_date
from model.edits.texts import block_of, line_of

FIRST_DAY = dt.date(1899, 12, 30)
"""The day from which a workbook counts, as it comes out after February 1900."""

SERIALS = range(20_000, 80_000)
"""Numbers that are taken for a day in a column of dates: 1954 to 2119."""

NOTHING_SAID = frozenset({"", "-", "–", "—", "?", "n/a", "na", "none", "tbc", "tbd", "nobody"})
"""What people put in a cell to say that there is nothing to say."""

_DOTTED = re.compile(r"(\d{1,2})[.\-](\d{1,2})[.\-](\d{4}|\d{2})")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds no value that could be meant: ``why`` ends a sentence about it."""

    why: str


def text(value: Any) -> str:
    """A cell's value as people read it, its line breaks kept."""
    if value is None or isinstance(value, Unread):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return short_date(value.date())
    if isinstance(value, dt.date):
        return short_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return block_of(str(value))


def line(value: Any) -> str:
    """A cell's value on one line."""
    return line_of(text(value))


def folded(value: Any) -> str:
    """A cell's value without regard to capitals and spaces."""
    return line(value).casefold()


def says_nothing(value: Any) -> bool:
    """Whether a cell is empty, or says that there is nothing to say."""
    return folded(value) in NOTHING_SAID


def same(value: Any, before: Any, today: dt.date) -> bool:
    """Whether a cell still says what it said before."""
    if isinstance(before, dt.date):
        return day(value, today) == before
    if value == before:
        return True
    return line(value) == line(before)


def day(value: Any, today: dt.date) -> dt.date | None:
    """The day that a cell of a column of dates means; none where it means none.

    Text counts as people write it; a bare number is how a workbook counts days.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float):
        counts = math.isfinite(value) and int(value) in SERIALS
        return FIRST_DAY + dt.timedelta(int(value)) if counts else None
    words = line(value)
    if found := _WITH_TIME.fullmatch(words):
        words = found[1]
    if found := _DOTTED.fullmatch(words):
        words = f"{found[1]}/{found[2]}/{found[3]}"
    return parse_when(words, today)


def number(value: Any) -> int | None:
    """The whole number in a cell; none where it is none."""
    words = line(value)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None


_ITEMS = re.compile(r"[;\n]")


def items(value: Any) -> tuple[str, ...]:
    """The items of a list in one cell, each once."""
    found = (line_of(part).lstrip("•*- ").strip() for part in _ITEMS.split(text(value)))
    return tuple(dict.fromkeys(filter(None, found)))
