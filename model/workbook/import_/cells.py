"""What a cell of an edited workbook says, whatever program wrote it: text, numbers, dates, RACI
letters.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from offwall.model.records import Activity, line_of, short_date
from offwall.model.records.dates import parse_when
from offwall.model.records.text import block_of
from offwall.model.workbook.template.letters import NOTHING_SAID, letters_of

__all__ = ["letters_of"]

FIRST_DAY = dt.date(1899, 12, 30)
"""The day from which a workbook counts, as it comes out after February 1900."""

SERIALS = range(20_000, 80_000)
"""Numbers that are taken for a day in a column of dates: 1954 to 2119."""

_DOTTED = re.compile(r"(\d{1,2})[.\-](\d{1,2})[.\-](\d{4}|\d{2})")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*")


@dataclass(frozen=True, slots=True)
class UnreadableCell:
    """A cell that holds no value that could be meant: ``why`` ends a sentence about it."""

    why: str


def cell_as_text(value: Any) -> str:
    """A cell's value as people read it, its line breaks kept."""
    if value is None or isinstance(value, UnreadableCell):
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


def cell_as_line(value: Any) -> str:
    """A cell's value on one line."""
    return line_of(cell_as_text(value))


def fold_cell(value: Any) -> str:
    """A cell's value without regard to capitals and spaces."""
    return cell_as_line(value).casefold()


_LOOKS_LIKE = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑–—−", "-")}
)


def fold_name(value: Any) -> str:
    """A name as it looks: without what nobody sees, and with one sort of quote, dash and space."""
    said = unicodedata.normalize("NFKC", cell_as_line(value)).translate(_LOOKS_LIKE)
    seen = "".join(one for one in said if unicodedata.category(one) != "Cf")
    return " ".join(seen.split()).casefold()


_BEFORE = re.compile(r"^\s*(?:[•·▪◦*–—-]\s*|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)+")


def without_bullet(said: str) -> str:
    """A name without the bullet or the number before it."""
    return _BEFORE.sub("", said).strip() or said.strip()


def says_nothing(value: Any) -> bool:
    """Whether a cell is empty, or says that there is nothing to say."""
    return fold_cell(value) in NOTHING_SAID


def same_cell(value: Any, before: Any, today: dt.date) -> bool:
    """Whether a cell still says what it said before."""
    if isinstance(before, dt.date):
        return cell_as_date(value, today) == before
    if value == before:
        return True
    return cell_as_line(value) == cell_as_line(before)


def cell_as_date(value: Any, today: dt.date) -> dt.date | None:
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
    words = cell_as_line(value)
    if found := _WITH_TIME.fullmatch(words):
        words = found[1]
    if found := _DOTTED.fullmatch(words):
        words = f"{found[1]}/{found[2]}/{found[3]}"
    return parse_when(words, today)


def cell_as_number(value: Any) -> int | None:
    """The whole number in a cell; none where it is none."""
    words = cell_as_line(value)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None


_ITEMS = re.compile(r"[;\n]")


def cell_as_items(value: Any) -> tuple[str, ...]:
    """The items of a list in one cell, each once."""
    found = (line_of(part).lstrip("•*- ").strip() for part in _ITEMS.split(cell_as_text(value)))
    return tuple(dict.fromkeys(filter(None, found)))


# A row of RACI letters read against the lead and the rest of what is known of the people.
#
# The lead is the R; a second R also does the work. Exactly one role is accountable. Where a row
# says otherwise, both readings are given: the group decides, not the program.

Readings = tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass
class LetterGrid:
    """The letters of one activity: of each role those it had, and those that it has now."""

    old: Mapping[str, frozenset[str]]
    new: Mapping[str, frozenset[str]]
    known: Mapping[str, str]
    doubts: list[tuple[str, Readings]] = field(default_factory=list)

    def bearing(self, letter: str) -> tuple[str, ...]:
        """The roles that bear a letter now, in the order of the columns."""
        return tuple(code for code, found in self.new.items() if letter in found)

    def touched(self, letter: str) -> bool:
        """Whether a role gained or lost the letter."""
        codes = {*self.old, *self.new}
        return any(
            (letter in self.old.get(code, ())) != (letter in self.new.get(code, ()))
            for code in codes
        )

    def name(self, code: str) -> str:
        """What a role is called."""
        return self.known.get(code, code)


def people_fields(grid: LetterGrid, activity: Activity, lead: str | None) -> dict[str, Any]:
    """What the letters make of an activity's people; ``lead`` is the lead's own cell, if edited."""
    found: dict[str, Any] = {}
    if grid.touched("R"):
        found |= _responsible(grid, activity, lead)
    elif lead is not None:
        found["lead"] = lead
        found["also"] = tuple(code for code in activity.also if code != lead)
    if grid.touched("A"):
        found |= _accountable(grid)
    for letter, name in (("C", "consulted"), ("I", "informed")):
        if grid.touched(letter):
            found[name] = in_order(getattr(activity, name), grid.bearing(letter))
    return found


def in_order(before: Sequence[str], now: Iterable[str]) -> tuple[str, ...]:
    """Those of now, in the order of before as far as they were there."""
    now = tuple(now)
    return (*(code for code in before if code in now), *(one for one in now if one not in before))


def _responsible(grid: LetterGrid, activity: Activity, lead: str | None) -> dict[str, Any]:
    bearing = grid.bearing("R")
    told = activity.lead if lead is None else lead
    if lead is not None and lead != activity.lead and "R" in grid.old.get(activity.lead, ()):
        # Whoever names another lead often leaves the old one's letter where it was.
        bearing = tuple(one for one in bearing if one != activity.lead) or bearing
    if told in bearing:
        return _led_by(told, activity, bearing)
    if not told and len(bearing) == 1:
        return _led_by(bearing[0], activity, bearing)
    gained = tuple(one for one in bearing if one not in activity.also) or bearing
    readings = [
        (f"{grid.name(one)} leads, as the R says", _led_by(one, activity, bearing))
        for one in gained
    ]
    if told:
        kept = {"lead": told, "also": in_order(activity.also, bearing)}
        readings.insert(0, (f"{grid.name(told)} leads, as the lead's column says", kept))
    if not bearing:
        readings.append(("nobody leads", {"lead": "", "also": ()}))
    why = "the R is not with the lead" if told else "several have an R, and nobody is the lead"
    grid.doubts.append((why, tuple(readings)))
    if not told and not activity.also:
        # Who leads is asked; that all of them do the work is said.
        return {"also": bearing}
    return {"lead": lead} if lead else {}


def _led_by(lead: str, activity: Activity, bearing: Sequence[str]) -> dict[str, Any]:
    others = (code for code in bearing if code != lead)
    return {"lead": lead, "also": in_order(activity.also, others)}


def _accountable(grid: LetterGrid) -> dict[str, Any]:
    bearing = grid.bearing("A")
    if len(bearing) < 2:
        return {"accountable": bearing[0] if bearing else ""}
    grid.doubts.append((f"{len(bearing)} roles have an A", readings_of_a(grid.known, bearing)))
    return {}


def readings_of_a(names: Mapping[str, str], codes: Iterable[str]) -> Readings:
    """One reading for each who may be the one who is accountable."""
    return tuple(
        (f"{names.get(code, code)} is accountable", {"accountable": code}) for code in codes
    )


_PARTS = re.compile(r"(?:^|(?<=[\s;,]))([raciRACI])\s*:")


def said_others(value: Any) -> Iterator[tuple[str, tuple[str, ...]]] | None:
    """Other people as ``r:pro a:hos c:fin,leg``: letter and names; none for other words."""
    words = cell_as_line(value)
    parts = _PARTS.split(words)
    if parts[0].strip():
        return None
    return (
        (letter.lower(), tuple(one.strip() for one in re.split(r"[,;]", names) if one.strip()))
        for letter, names in zip(parts[1::2], parts[2::2], strict=True)
    )
