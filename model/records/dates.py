"""Dates as people say them, in English and in any locale: ``29/1``, ``29 Jan``, ``2w``, ``fri``.

Today always comes in, so that the same words on the same day give the same date.
"""

import calendar
import datetime as dt
import re

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LEAP_GAP = 8
"""Years between two 29 Februaries at most (1896 to 1904, 2096 to 2104)."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]+)(?: ([0-9]{4}|[0-9]{2}))?")
_SPAN = re.compile(r"([0-9]{1,4})([dwm])")


def say_date(date: dt.date) -> str:
    """A date with its weekday, such as ``Fri 29 Jan 2027``."""
    return f"{DAYS[date.weekday()]} {short_date(date)}"


def short_date(date: dt.date) -> str:
    """A date without its weekday, such as ``29 Jan 2027``; `parse_when` reads it back."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year:04}"


def parse_when(text: str, today: dt.date) -> dt.date | None:
    """The date that the words mean, or None where they are no date, or an impossible one.

    Understood: ``29/1`` and ``29 Jan`` (the next one, today included), either with a year of two
    or four digits, ``2027-01-29``, ``3d`` ``2w`` ``1m`` from today, a weekday (the next one,
    after today), a weekday before a date that falls on it, ``today`` and ``tomorrow``.
    """
    words = " ".join(text.split()).lower().rstrip(".,;")
    try:
        return _parse(words, today)
    except (ValueError, OverflowError):
        return None


def parse_past(text: str, today: dt.date) -> dt.date | None:
    """The date that the words mean of something that has been: ``29/1`` is the last, not the next.

    The same words as `parse_when` are understood; a date said with its year stays as said, and so
    may lie ahead.
    """
    found = parse_when(text, today)
    words = text.strip().lower()
    ahead = words == "tomorrow" or _SPAN.match(words)
    if ahead or (found and found <= today):
        return found
    back = dt.timedelta(7 if _weekday(words) is not None else 365)
    before = parse_when(text, today - min(back, today - dt.date.min))
    return before if before and before <= today else found


def _parse(words: str, today: dt.date) -> dt.date | None:
    first, _, rest = words.partition(" ")
    weekday = _weekday(first)
    if weekday is not None:
        return _on_weekday(weekday, rest, today)
    if words in ("today", "tomorrow"):
        return today + dt.timedelta(days=words == "tomorrow")
    return _parse_pattern(words, today)


def _parse_pattern(words: str, today: dt.date) -> dt.date | None:
    if found := _ISO.fullmatch(words):
        return dt.date(*(int(part) for part in found.groups()))
    if found := _SPAN.fullmatch(words):
        return _later(int(found[1]), found[2], today)
    if found := _SLASHED.fullmatch(words):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    if found := _NAMED.fullmatch(words):
        return _dated(int(found[1]), _month(found[2]), found[3], today)
    return None


def _weekday(word: str) -> int | None:
    for number, name in enumerate(_FULL_DAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
    return None


def _month(word: str) -> int:
    for number, name in enumerate(_FULL_MONTHS, 1):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise ValueError(word)


def _on_weekday(weekday: int, rest: str, today: dt.date) -> dt.date | None:
    if not rest:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    date = _parse(rest, today)
    return date if date and date.weekday() == weekday else None


def _later(count: int, unit: str, today: dt.date) -> dt.date:
    if unit != "m":
        return today + dt.timedelta(days=count * (7 if unit == "w" else 1))
    years, month = divmod(today.month - 1 + count, 12)
    year = today.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(today.day, last))


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + _LEAP_GAP + 1):
        try:
            date = dt.date(candidate, month, day)
        except ValueError:
            continue  # 29 February waits for its year
        if date >= today:
            return date
    return None
