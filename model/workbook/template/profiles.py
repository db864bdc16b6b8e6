"""What the cells under a header are: dates, codes of issues, words for a status, names, texts."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from offwall.model.records import line_of
from offwall.model.records.text import fold
from offwall.model.tables import ACTIONS, ISSUES
from offwall.model.tables.actions import STATUS_WORDS
from offwall.model.workbook.template.read_sheet import ReadSheet

MOST = 200
"""Rows of a body at most that are looked at."""

MOSTLY = 0.7
"""The share of a column's cells that must be of a sort."""


class Sort(StrEnum):
    """What the cells of a column mostly are."""

    DATES = "dates"
    CODES = "codes of issues"
    STATUS = "words for a status"
    NUMBERS = "numbers"
    NAMES = "names"
    TEXTS = "texts"
    LEVELS = "levels"
    MIXED = ""


CODES = frozenset(
    {
        *"dgtr",
        *("documentation", "governance", "time", "time risk", "risk", "gap", "gaps", "risks"),
        *("gap in documentation", "gap in governance", "risk in the current process"),
    }
)
"""What people write for a code of an issue."""

LEVELS = frozenset(
    {"low", "medium", "high", "very high", "very low", "critical", "urgent", "normal"}
)
"""What people write for how much of something there is."""

STATUS = frozenset({*STATUS_WORDS, "open", "doing", "done", "dropped"})
"""What people write for a status."""

_DATE = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}.*"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -][^\W\d]{3,9}[ -]?(?:\d{2,4})?"
)
_PERCENT = re.compile(r"\d{1,3}\s*%")
_NAME = re.compile(r"[^\W\d_a-z].{0,59}")


def sort_of(sheet: ReadSheet, at: int, first: int, last: int) -> Sort:
    """What a column's cells are, from one row to another."""
    values = [
        value
        for row in range(first, min(last, first + MOST) + 1)
        if (value := sheet.row(row).get(at)) not in (None, "")
    ]
    return sort_of_values(values) if values else Sort.MIXED


def sort_of_values(values: Sequence[Any]) -> Sort:
    """What some cells are."""
    number = len(values)
    if sum(map(_is_date, values)) >= MOSTLY * number:
        return Sort.DATES
    if sum(isinstance(one, int | float) for one in values) >= MOSTLY * number:
        return Sort.NUMBERS
    said = [fold(one) for one in values if isinstance(one, str)]
    if len(said) < MOSTLY * number:
        return Sort.MIXED
    for sort, words in ((Sort.LEVELS, LEVELS), (Sort.CODES, CODES), (Sort.STATUS, STATUS)):
        percent = sort is Sort.STATUS
        fits = (one in words or (percent and bool(_PERCENT.fullmatch(one))) for one in said)
        if sum(fits) >= MOSTLY * number:
            return sort
    return _texts_or_names([line_of(one) for one in values if isinstance(one, str)])


def _texts_or_names(said: Sequence[str]) -> Sort:
    """Names are short and begin with a capital, and most stand more than once."""
    mean = sum(map(len, said)) / len(said)
    named = sum(bool(_NAME.fullmatch(one)) and len(one.split()) <= 6 for one in said)
    if named >= MOSTLY * len(said) and mean <= 32 and len(set(said)) <= max(0.8 * len(said), 1):
        return Sort.NAMES
    if mean <= 32 and sum(map(_is_title, said)) >= MOSTLY * len(said):
        return Sort.NAMES
    return Sort.TEXTS if mean >= 3 and len(set(said)) > len(said) / 2 else Sort.MIXED


def _is_date(value: Any) -> bool:
    if isinstance(value, dt.date):
        return True
    return isinstance(value, str) and bool(_DATE.fullmatch(value.strip()))


_SMALL = frozenset({"of", "the", "and", "for", "de", "du", "des", "y", "&"})


def _is_title(said: str) -> bool:
    """Whether all words of a text begin with a capital, as a name's do."""
    words = [one for one in said.split() if one not in _SMALL]
    return 1 < len(words) < 6 and all(one[:1].isupper() for one in words)


def is_value(said: str) -> bool:
    """Whether a text is a date or a status, which heads no column."""
    return _is_date(said) or said.strip().casefold() in STATUS


GIVEN: Mapping[str, tuple[tuple[str, Sort], ...]] = {
    ACTIONS: (("due", Sort.DATES), ("status", Sort.STATUS), ("owner", Sort.NAMES)),
    ISSUES: (("code", Sort.CODES), ("status", Sort.STATUS), ("raised_by", Sort.NAMES)),
}
"""What cells of a sort mean in a plan and in a log; the first is what makes it one."""


def longest_texts(sheet: ReadSheet, columns: Sequence[int], first: int, last: int) -> int:
    """The column of the longest and most different texts; 0 for none."""
    best, found = 0.0, 0
    for at in columns:
        said = [
            line_of(value)
            for row in range(first, min(last, first + MOST) + 1)
            if isinstance(value := sheet.row(row).get(at), str)
        ]
        if said and sort_of_values(said) in (Sort.TEXTS, Sort.NAMES):
            weight = 40 * len(set(said)) / len(said) + sum(map(len, said)) / len(said)
            if weight > best and len(said) * 2 > last - first:
                best, found = weight, at
    return found
