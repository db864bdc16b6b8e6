"""How long and how often, as people say it: ranges, which stay ranges.

Minutes of work: a day has 7.4 hours (37 a week, as most councils' contracts of employment have),
a week five days.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from offwall.model.records.text import fold

HOUR = 60
DAY = 444
"""Minutes of a working day."""

ONE = Fraction(1)

UNITS = {"m": 1, "h": HOUR, "d": DAY, "w": 5 * DAY}
OFTEN = {"weekly": 52, "monthly": 12, "quarterly": 4, "yearly": 1}
"""How often a year, in words."""

WRONG_TIME = "no time. Say such as 30 min, 2h, 2-3h, 1 to 2 days or 3w."
WRONG_SHARE = "no share of the cases. Say such as 1 in 5, 20 % or 10-20 %."
WRONG_OFTEN = f"no number of times a year. Say such as 12, 4-6, {', '.join(OFTEN)}."

_UNIT = r"(?:working\s*)?(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b\.?"
_NUMBER = r"(\d{1,4}(?:\.\d{1,2})?)"
_TIME = re.compile(rf"{_NUMBER}\s*(?:{_UNIT})?(?:\s*(?:-|–|to)\s*{_NUMBER}\s*(?:{_UNIT}))?")
_OFTEN = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?")
_SHARE = re.compile(rf"{_OFTEN.pattern}\s*(?:%|in\s*{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Span:
    """From at least to at most: minutes, or how often."""

    low: Fraction = Fraction()
    high: Fraction = Fraction()

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    def __mul__(self, other: "Span") -> "Span":
        return Span(self.low * other.low, self.high * other.high)

    def said(self, unit: int = 1, each: Fraction = ONE) -> str:
        """In units of so many minutes, such as ``12 to 18``: one figure where both are one."""
        low, high = (_figure(one * each / unit) for one in (self.low, self.high))
        return low if low == high else f"{low} to {high}"


NONE = Span()
ONCE = Span(ONE, ONE)


def _figure(number: Fraction) -> str:
    return f"{round(number):,}" if number >= 10 else f"{float(round(number, 1)):g}"


def read_time(text: str) -> Span | None:
    """The minutes that are said, added up; None where one is no time, or ends before it begins."""
    total = NONE
    for part in text.split("+"):
        found = _TIME.fullmatch(fold(part))
        first, unit, second, last = found.groups() if found else ("", "", "", "")
        if not (ends := last or unit):
            return None
        low = Fraction(first) * UNITS[(unit or ends)[0]]
        high = Fraction(second) * UNITS[ends[0]] if second else low
        if low > high:
            return None
        total += Span(low, high)
    return total


def read_often(text: str) -> Span | None:
    """How often a year; None where that is not said, or the most is less than the least."""
    if times := OFTEN.get(fold(text)):
        return Span(Fraction(times), Fraction(times))
    if not (found := _OFTEN.fullmatch(fold(text))):
        return None
    low, high = Fraction(found[1]), Fraction(found[2] or found[1])
    return Span(low, high) if low <= high else None


def read_share(text: str) -> Span | None:
    """A share that is said, from 0 to less than 1; None where it is none, or is of all."""
    if not (found := _SHARE.fullmatch(fold(text))):
        return None
    low, high, of = Fraction(found[1]), Fraction(found[2] or found[1]), Fraction(found[3] or 100)
    return Span(low / of, high / of) if low <= high < of else None


TIME_FIELDS: Mapping[str, tuple[Callable[[str], Span | None], str]] = {
    "hands_on": (read_time, WRONG_TIME),
    "waiting": (read_time, WRONG_TIME),
    "per_year": (read_often, WRONG_OFTEN),
    "goes_back": (read_share, WRONG_SHARE),
}
"""What reads each field of a stage and of an activity that says it (the last of an activity alone),
and what is said of one that it cannot read: such as ``“ages” is no time. Say such as 2h.``
"""
