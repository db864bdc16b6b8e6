"""Dates as people say them, in English and in any locale: ``29/1``, ``Monday week``; the days one
works.

A phrase is read whole or not at all: where a word that belongs to it is not understood, or where
its parts do not agree, there is a doubt and no date. Today always comes in, and the meetings for
``before Cabinet``, so that the same words on the same day give the same date.
"""

import calendar
import datetime as dt
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import Any

from offwall.model.records.session import Nation

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LEAP_GAP = 8
"""Years between two 29 Februaries at most (1896 to 1904, 2096 to 2104)."""
_LONGEST = 8
"""Words in the longest phrase: ``two weeks before the Corporate Leadership Team meeting``."""
_SUNDAY, _MARCH = 6, 3
_NO_MEETINGS: Mapping[str, tuple[dt.date, dt.date]] = MappingProxyType({})
_NEAR = 0.8
"""How alike a word and a day's or month's name must be (difflib's ratio) to be its slip."""


def _begun(names: Sequence[str], *more: str) -> str:
    """Matches each name and each beginning of it that has three letters."""
    found = (name[:length] for name in names for length in range(len(name), 2, -1))
    return "|".join([*more, *found])


_W, _M = f"(?P<name>{_begun(FULL_DAYS, 'weds')})", f"(?P<month>{_begun(_FULL_MONTHS)})"
_N, _D = f"(?P<count>[0-9]{{1,4}}|an?|{'|'.join(_COUNTS[1:])})", "(?P<day>[0-9]{1,2})"
_TH, _Y = "(?:st|nd|rd|th)", "(?: (?P<year>[0-9]{4}))?"
_SPAN = f"{_N} ?(?P<unit>d|days?|w|wks?|weeks?|fortnights?|m|months?|years?)"
_PART = (
    f"{_begun(FULL_DAYS, 'weds')}|{_begun(_FULL_MONTHS)}|[0-9]+{_TH}|[0-9.:]+ ?(?:am|pm|noon)"
    "|[0-9]{1,2}:[0-9]{2}|am|pm|noon|midday|midnight|morning|afternoon|evening|night|lunchtime"
    "|weeks?|fortnight|next|last|ago|later|meeting|midweek|20[0-9]{2}(?:/[0-9]+)?"
)
_BELONGS = (
    rf"(?:{_PART}|or|of|-|–|&|(?:and|to|at|the|in|on|before|after) (?:{_PART})|at [0-9]+)(?!\S)"
)
"""What goes on with a date: behind one that is understood it puts the whole in doubt."""
_BEGINS = (
    "(?:the |an? |by |on |in |this |no later than )*"
    rf"(?:[0-9]+[/.-]|[0-9]\S*(?:$| (?:{_PART}|or|and|to|&|[-–]|working)(?!\S))"
    rf"|(?:{_PART}|end|mid|middle|early|late|beginning|start|month|year|yesterday|tonight|easter"
    "|christmas|xmas|new year|half[- ]term|spring|summer|autumn|winter|soon|asap|first"
    r"|close o[fn]|cop|cob|eod|w/?[ce]|q[0-9]|quarter|before|after)\b)"
)
"""What begins like a date, whatever it is."""
_PLAIN = re.compile(r"(?!by\b|[1-5?]/[1-5?]$)\w")


class _DoubtError(ValueError):
    """Why a phrase that has the form of a date is none."""


class _ShorterError(ValueError):
    """The last word is no part of the date."""


@dataclass(frozen=True, slots=True)
class When:
    """What stands where a date can: the date, or why there is none, and how many words it takes.

    ``doubt`` is a clause, such as ``5 Jan 2027 is a Tuesday``; with a date, it counts only where
    nothing but a date can be meant. ``means`` says what is not plain from the date; ``span`` that
    it is a length of time. No word at all: nothing there begins like a date.
    """

    date: dt.date | None = None
    words: int = 0
    doubt: str = ""
    means: str = ""
    span: bool = False


def say_date(date: dt.date) -> str:
    """A date with its weekday, such as ``Fri 29 Jan 2027``."""
    return f"{DAYS[date.weekday()]} {short_date(date)}"


def short_date(date: dt.date) -> str:
    """A date without its weekday, such as ``29 Jan 2027``; `parse_when` reads it back."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year:04}"


def parse_when(text: str, today: dt.date) -> dt.date | None:
    """The date that the words mean, or None where they are no date, or an impossible one.

    All that `read_when` understands, as a whole; a date that is past as well.
    """
    words = text.split()
    found = read_when(words, today)
    return found.date if found.words == len(words) else None


def parse_past(text: str, today: dt.date) -> dt.date | None:
    """The date that the words mean of something that has been: ``29/1`` is the last, not the next.

    The same words as `parse_when` are understood; a date said with its year stays as said, and so
    may lie ahead.
    """
    words = text.split()
    read = read_when(words, today)
    found = read.date if read.words == len(words) else None
    if read.span or text.strip().lower() == "tomorrow" or (found and found <= today):
        return found
    back = dt.timedelta(7 if re.fullmatch(_W, text.strip().lower()) else 365)
    before = parse_when(text, today - min(back, today - dt.date.min))
    return before if before and before <= today else found


def read_when(
    words: Sequence[str],
    today: dt.date,
    meetings: Mapping[str, tuple[dt.date, dt.date]] = _NO_MEETINGS,
) -> When:
    """The date that the words begin with.

    ``meetings`` has, by a body's name in small letters, the day it sits next and the day for
    which *before* it stands. Understood: days and months in any order, ``29/1`` and the like (the
    next one, today included), weekdays (the next one, after today) alone or before a date that
    falls on it, ``Monday week``, ``Friday next week``, lengths of time from today, ``end of`` and
    ``mid`` a month, ends of a financial year's quarters, ``w/c`` a Monday, ``2w before Cabinet``.
    """
    said = [word.lower().replace("’", "'") for word in words[:_LONGEST]]
    stops = [at for at, word in enumerate(said, 1) if word[-1:] in ";:!?)"]
    for count in range(min([len(said), *stops]), 0, -1):
        phrase = " ".join(word.rstrip(".,;:!?)") for word in said[:count])
        ahead = "" if count in stops else " ".join(said[count:])
        if found := _Grammar(today, meetings, count, ahead).read(phrase):
            return found
    from difflib import get_close_matches

    line, known = " ".join(said), (*FULL_DAYS, *_FULL_MONTHS)
    named = any(f"{line} ".startswith(f"{body} ") for body in meetings)
    slips = (get_close_matches(word, known, 1, _NEAR) for word in said[:2])
    if named or re.match(_BEGINS, line) or any(slips):
        return When(None, 1 + _belonging(" ".join(said[1:])), "it is no date that is understood")
    return When()


def _belonging(ahead: str) -> int:
    """How many words go on with what stands before them."""
    words = 0
    while found := re.match(_BELONGS, ahead):
        words += found[0].count(" ") + 1
        ahead = ahead[found.end() :].lstrip(" ,.")
    return words


def _number(names: Sequence[str], text: str) -> int:
    """The place among the names of the one that begins as said."""
    return next(at for at, name in enumerate(names) if name.startswith(text[:3]))


@dataclass(slots=True)
class _Grammar:
    """Reads a phrase of ``words`` words, with ``ahead`` of it the words that follow."""

    today: dt.date
    meetings: Mapping[str, tuple[dt.date, dt.date]]
    words: int
    ahead: str
    doubt: str = ""
    means: str = ""
    span: bool = False

    def read(self, phrase: str) -> When | None:
        """The date, or the doubt; None where the phrase has not the form of a date."""
        date = None
        try:
            date = self.date(phrase, _FORMS)
        except _ShorterError:
            return None
        except _DoubtError as why:
            self.doubt = str(why)
        except (ValueError, OverflowError):
            self.doubt = "there is no such date"
        if on := _belonging(self.ahead):
            return When(None, self.words + on, "it is no date that is understood")
        if date and date < self.today:
            self.doubt = f"{short_date(date)} is past"
        return When(date, self.words, self.doubt, self.means, self.span)

    def date(self, phrase: str, forms: "_Forms") -> dt.date:
        """Read it as the first form that fits. Raises `_ShorterError` where none does."""
        for form, rule in forms:
            if found := re.fullmatch(form, phrase):
                return rule(self, **found.groupdict())
        raise _ShorterError

    def numbered(self, day: str, month: str, year: str | None) -> dt.date:
        return self.next_one(int(day), int(month), year)

    def named(self, day: str, month: str, year: str | None) -> dt.date:
        if year and len(year) < len("2027") and _PLAIN.match(self.ahead):
            if 2000 + int(year) < self.today.year:
                raise _ShorterError
            raise _DoubtError(f"{year} may be the year, or what follows")
        return self.next_one(int(day), 1 + _number(_FULL_MONTHS, month), year)

    def month_first(self, month: str, day: str, th: str | None, year: str | None) -> dt.date:
        if not (year or th) and 0 <= 2000 + int(day) - self.today.year < _LEAP_GAP:
            raise _DoubtError(f"{day} may be the day, or the year")
        return self.next_one(int(day), 1 + _number(_FULL_MONTHS, month), year)

    def next_one(self, day: int, month: int, year: str | None = None) -> dt.date:
        """That day of a year, or the next one, today included."""
        if year:
            return dt.date(int(year) + (0 if len(year) > len("27") else 2000), month, day)
        for candidate in range(self.today.year, self.today.year + _LEAP_GAP + 1):
            if day <= calendar.monthrange(candidate, month)[1]:  # 29 February waits for its year
                date = dt.date(candidate, month, day)
                if date >= self.today:
                    return date
        raise ValueError(day)

    def ordinal(self, day: str, which: str | None) -> dt.date:
        last = calendar.monthrange(self.today.year, self.today.month)[1]
        later = which == "next" or (not which and not self.today.day <= int(day) <= last)
        if not which and _PLAIN.match(self.ahead):  # "3rd parties"
            raise _DoubtError("what follows may belong to it")
        return (self.later(1, "m") if later else self.today).replace(day=int(day))

    def near(self, word: str | None) -> dt.date:
        return self.today + dt.timedelta(("yesterday", "today", "tomorrow").index(word or "") - 1)

    def weekday(self, name: str) -> dt.date:
        gap = (_number(FULL_DAYS, name) - self.today.weekday() - 1) % 7 + 1
        return self.today + dt.timedelta(gap)

    def next_weekday(self, name: str) -> dt.date:
        found, other = self.weekday(name), self.in_week(name, "next")
        if found != other and self.today.weekday() != _SUNDAY:
            raise _DoubtError(f"it may be {say_date(found)} or {say_date(other)}")
        return found

    def in_week(self, name: str, which: str) -> dt.date:
        """``Friday next week``; on a Sunday, this week is the one that begins tomorrow."""
        since = self.today.weekday()
        monday = self.today + dt.timedelta(1 if since == _SUNDAY else -since)
        return monday + dt.timedelta(_number(FULL_DAYS, name) + 7 * (which == "next"))

    def weeks_on(self, name: str | None, word: str | None, unit: str, count: str = "a") -> dt.date:
        """``Monday week``, ``a fortnight on Friday``, ``two weeks tomorrow``."""
        return self.later(_count(count), unit, self.weekday(name) if name else self.near(word))

    def on_weekday(self, rest: str, name: str = "mon") -> dt.date:
        date = self.date(rest, _FORMS[:_ABSOLUTE])
        if DAYS[date.weekday()].lower() != name[:3]:
            raise _DoubtError(f"{short_date(date)} is a {FULL_DAYS[date.weekday()].capitalize()}")
        return date

    def span_on(self, count: str, unit: str) -> dt.date:
        self.span = True
        if unit == "m":
            self.doubt = "m may be months, or millions"
        return self.later(_count(count), unit)

    def later(self, count: int, unit: str, since: dt.date | None = None) -> dt.date:
        since = since or self.today
        if unit[0] in "dwf":
            return since + dt.timedelta(count * {"d": 1, "w": 7, "f": 14}[unit[0]])
        years, month = divmod(since.month - 1 + count * (12 if unit[0] == "y" else 1), 12)
        year = since.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(since.day, last))

    def end_of(
        self, which: str | None = None, month: str | None = None, year: str | None = None
    ) -> dt.date:
        """The last day of a month: this one, the next, or one that is named."""
        within = self.later(which == "next", "m")
        if month:
            number = 1 + _number(_FULL_MONTHS, month)
            here = not year and self.today.month == number
            within = self.today if here else self.next_one(1, number, year)
        return within.replace(day=calendar.monthrange(within.year, within.month)[1])

    def quarter(self, number: str, year: str | None) -> dt.date:
        """The end of a quarter of a financial year, which begins in April."""
        day, month = ((30, 6), (30, 9), (31, 12), (31, _MARCH))[int(number) - 1]
        date = self.next_one(day, month)
        if year:
            date = date.replace(year=int(year) + (month == _MARCH))
        start = date.year - (month == _MARCH)
        self.means = f"Q{number} of the financial year {start}/{(start + 1) % 100:02}"
        return date

    def before(self, count: str | None, unit: str | None, body: str) -> dt.date:
        if body not in self.meetings:
            raise _ShorterError
        if _PLAIN.match(self.ahead) and not re.match("and |then ", self.ahead):
            raise _DoubtError("what follows may belong to it")
        sits, due = self.meetings[body]
        return self.later(-_count(count), unit, sits) if count and unit else due


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _COUNTS.index(text) if text in _COUNTS else 1


_Forms = tuple[tuple[str, Callable[..., dt.date]], ...]
_FORMS: _Forms = (
    ("(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", _Grammar.numbered),
    (f"{_D}/(?P<month>[0-9]{{1,2}})(?:/(?P<year>[0-9]{{4}}|[0-9]{{2}}))?", _Grammar.numbered),
    (f"(?:the )?{_D}{_TH}?(?: of)? ?{_M}(?: '?(?P<year>[0-9]{{4}}|[0-9]{{2}}))?", _Grammar.named),
    (f"{_M} (?:the )?{_D}(?P<th>{_TH})?{_Y}", _Grammar.month_first),
    (f"(?:the )?{_D}{_TH}(?: of (?P<which>this|next) month)?", _Grammar.ordinal),
    ("(?P<word>today|tomorrow|yesterday)", _Grammar.near),
    (f"(?:on |this |coming |this coming )?{_W}", _Grammar.weekday),
    (f"next {_W}", _Grammar.next_weekday),
    (f"{_W} (?:of )?(?P<which>this|next) week", _Grammar.in_week),
    (f"(?:{_W}|(?P<word>today|tomorrow)) (?P<unit>week|fortnight)", _Grammar.weeks_on),
    (
        f"{_N} (?P<unit>weeks?|fortnights?)(?: on| from)? (?:{_W}|(?P<word>today|tomorrow))",
        _Grammar.weeks_on,
    ),
    (f"(?:on )?{_W} (?P<rest>.+)", _Grammar.on_weekday),
    ("(?:w/?c|week commencing) (?P<rest>.+)", _Grammar.on_weekday),
    ("(?:w/?e|week ending) (?P<rest>.+)", lambda self, rest: self.date(rest, _FORMS[:_ABSOLUTE])),
    (f"(?:in )?{_SPAN}(?:'?s?'? time| from now| from today)?", _Grammar.span_on),
    (f"(?:the )?end(?: of)? {_M}{_Y}", _Grammar.end_of),
    ("(?:the )?end of (?:(?P<which>this|next|the) )?month|month end", _Grammar.end_of),
    (f"(?:mid[- ]|(?:the )?middle of ){_M}{_Y}", lambda self, **text: self.named("15", **text)),
    ("(?:the )?end of (?P<year>[0-9]{4})", lambda self, year: self.next_one(31, 12, year)),
    (
        "(?:the )?end of (?:the |this )?financial year",
        lambda self: self.next_one(31, _MARCH),
    ),
    (
        "(?:(?:the )?end(?: of)? )?q(?P<number>[1-4])(?: (?P<year>[0-9]{4})/[0-9]{2})?",
        _Grammar.quarter,
    ),
    (f"(?:{_SPAN} )?before (?:the )?(?P<body>.+?)(?: meeting)?", _Grammar.before),
)
_ABSOLUTE = 5
"""Forms that say a day of a month: what may follow a weekday."""


# Bank holidays in England and Wales, Scotland and Northern Ireland, and the days one works.
#
# The days are the library `holidays`': substitute days included, local holidays of one council not.
# It is loaded when the first date is asked about: nobody needs it before part 3.

SATURDAY = 5

_SUBDIVISIONS = {
    Nation.ENGLAND_AND_WALES: "ENG",  # Wales keeps the same days
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def bank_holiday(date: dt.date, nation: Nation) -> str:
    """The name of the bank holiday on that day; empty where there is none."""
    return _of_year(date.year, nation).get(date, "")


def day_off(date: dt.date, nation: Nation) -> str:
    """Why nobody works on that day, such as ``a Saturday``; empty for a working day."""
    if date.weekday() >= SATURDAY:
        return f"a {FULL_DAYS[date.weekday()].capitalize()}"
    name = bank_holiday(date, nation)
    return f"a bank holiday in {nation}: {name}" if name else ""


def working_day(date: dt.date, nation: Nation) -> dt.date:
    """The date, or the first working day after it; the date where the calendar ends before."""
    day = date
    while day_off(day, nation):
        if day == dt.date.max:
            return date
        day += dt.timedelta(1)
    return day


@cache
def _of_year(year: int, nation: Nation) -> Mapping[dt.date, str]:
    found = _united_kingdom()(
        subdiv=_SUBDIVISIONS[nation], years=year, language="en_GB", expand=False
    )
    # A day that stands in for one at a weekend is called as gov.uk calls it.
    named = ((day, name.replace("(observed)", "(substitute day)")) for day, name in found.items())
    return MappingProxyType(dict(named))


@cache
def _united_kingdom() -> Any:
    """The library's class for the one country.

    Asked for it, the library loads all its 250, and looks its own version up: two tenths of a
    second, and eight megabytes. Empty packages in the place of its own, meanwhile, spare that.
    """
    spec = find_spec("holidays")
    (folder,) = (spec and spec.submodule_search_locations) or [""]
    alone = {"holidays": folder, "holidays.countries": f"{folder}/countries"}
    before = {name: sys.modules[name] for name in alone if name in sys.modules}
    for name, path in alone.items():
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__path__ = [path]
    try:
        from holidays.countries.united_kingdom import UnitedKingdom
    finally:
        for name in alone:
            del sys.modules[name]
        sys.modules.update(before)
    return UnitedKingdom
