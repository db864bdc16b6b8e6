"""What the words in a council's workbook mean: which column of ours a header is and which sheet a
name, which letters of a RACI a cell holds, and what the cells under a header are.

The words of headers stand with the sheets' descriptions (`model.tables`); they were gathered from
process maps, RACI charts, action plans and issue logs that English councils publish. A session adds
its own under ``[export]``.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from offwall.model.records import line_of
from offwall.model.records.text import fold
from offwall.model.tables import ACTIONS, ISSUES, header_words, sheet_of, template_kinds
from offwall.model.tables.actions import STATUS_WORDS
from offwall.model.tables.read_back import NOTHING_SAID

if TYPE_CHECKING:
    from offwall.model.workbook.template.read_sheet import ReadSheet

LEAVE = "leave"
"""What a header means that is to be left alone."""

_NO_LETTER = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")


def fold_header(text: str) -> str:
    """A header or a name without regard to capitals, signs and spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(_NO_LETTER.sub(" ", text).split()) or text.strip()


def without_aside(text: str) -> str:
    """A header without what stands in brackets: ``Owner (name)`` is ``Owner``."""
    return _ASIDE.sub(" ", text).strip()


@cache
def words_of(kind: str) -> Mapping[str, str]:
    """The column that each folded header means in a table of a kind; the first one wins."""
    found: dict[str, str] = {}
    for means, words in header_words(kind).items():
        for word in words:
            found.setdefault(word if word == "#" else fold_header(word), means)
    return MappingProxyType(found)


_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRIMMINGS = frozenset({"tbl", "table", "t", "lst", "list", "data", "range", "rng", "offwall"})


def kind_named(name: str) -> str:
    """The kind of table that a name stands for, such as ``tblActionPlan``; empty for none."""
    words = fold_header(_HUMPS.sub(" ", name)).rstrip("0123456789 ").split()
    kept = " ".join(word for word in words if word not in _TRIMMINGS)
    named = ((kind, sheet_of(kind).called.split(", ")) for kind in template_kinds())
    return next((kind for kind, names in named if kept in names), "")


# What a header means that no list has: by its parts, and nearly.
#
# ``Documents / forms used`` speaks of documents, ``Project Activity`` of activities,
# ``Responsable`` nearly of who is responsible.

EXACT, ASIDE, PARTS, NEAR = 1.0, 0.9, 0.8, 0.7
"""How surely a header means a column: its words, without what is in brackets, a part, nearly."""

ALIKE = 88
"""How alike two words are, of 100, that are taken for one (rapidfuzz's ``ratio``)."""

SHORTEST = 5
"""Letters of a header at least that is matched nearly."""

_PARTS = re.compile(r"\s*[/,;:|\n]\s*|\s+(?:or|and|&)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(issue|risk|action)\s*(?:id|no|ref|number|log)\b")

TOO_WIDE = frozenset(
    {
        *("number", "no", "item", "what", "time", "target", "value", "with", "state", "code"),
        *("codes", "type", "category", "reference", "ref", "group", "area", "order", "check"),
        *("records", "risk", "concern", "weakness", "finding", "mitigation"),
    }
)
"""Words that mean a column alone, and nothing as a part of a header."""


NUMBERS = frozenset({"id", "no", "ref", "number", "code", "cost", "link", "count", "total", "%"})
"""Words that head a column about something, and not the thing itself."""


@lru_cache(maxsize=4096)
def meaning(kind: str, text: str) -> tuple[str, float]:
    """The column that a header means in a table of a kind, and how surely; empty for none."""
    words, plain = words_of(kind), without_aside(text)
    if found := words.get(fold_header(text)):
        return found, EXACT
    if found := words.get(fold_header(plain)):
        return found, ASIDE
    for part in _PARTS.split(plain):
        if found := words.get(fold_header(part)):
            return found, PARTS
    return _by_part(words, fold_header(plain))


def _by_part(words: Mapping[str, str], folded: str) -> tuple[str, float]:
    """By the words that it ends with, else begins with; the longest first; else nearly."""
    single = [one.removesuffix("s") if len(one) > 3 else one for one in folded.split()]
    lengths = range(1, len(single)) if len(single) < 9 else range(0)
    ways = [single[at:] for at in lengths]
    if not NUMBERS.intersection(single[-1:]):
        # "Issue ID" and "Action cost" speak of numbers, not of what they number.
        ways += [single[:-at] for at in lengths]
    for said in map(" ".join, ways):
        for form in (said, f"{said}s"):
            found = words.get(form, "")
            if found and found != "id" and form not in TOO_WIDE and len(form) > 2:
                return found, PARTS
    if whole := words.get(" ".join(single)):
        return whole, PARTS
    near = nearest(words, folded, ALIKE)
    return (near, NEAR) if near else ("", 0.0)


def nearest(words: Mapping[str, str], folded: str, alike: float) -> str:
    """What the word means that a header is nearly, ``alike`` of 100; empty for none."""
    if len(folded) < SHORTEST:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(folded, words.keys(), scorer=fuzz.ratio, score_cutoff=alike)
    return words[found[0]] if found and len(found[0]) >= SHORTEST else ""


def kind_hinted(text: str) -> str:
    """The kind that a sheet's name, a title or a header such as ``Issue ID`` hints at."""
    if found := kind_named(text):
        return found
    told = _NUMBERED.search(fold_header(text))
    return {"action": "actions"}.get(told[1], "issues") if told else ""


# The letters of a RACI as people write them in cells, and the key that says what marks mean.
#
# ``R/A``, ``a``, ``R (lead)``, ``A*``, ``Responsible`` and RASCI's ``S`` are letters; a tick is one
# where a key on the sheet says which.

WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("responsible", "responsable", "verantwortlich", "cyfrifol"), "R"),
        **dict.fromkeys(("accountable", "atebol"), "A"),
        **dict.fromkeys(("consulted", "consult", "consulté", "konsultiert"), "C"),
        **dict.fromkeys(("informed", "inform", "informé", "informiert"), "I"),
        **dict.fromkeys(("support", "supports", "supporting", "supportive"), "S"),
    }
)
"""The whole words, by the letter that each stands for."""

LETTERS = frozenset(WORDS.values())

TICKS = frozenset("\u2713\u2714\u2611\u221a\u2717\u2718\u2612\u25cf\u2022xX")
"""Ticks, crosses, filled boxes and bullets: marks that say nothing without a key."""

LONGEST = 60
"""Characters of a cell at most that holds letters, with what is noted beside them."""

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SIGNS = "*†‡?!^#¹²³()[]{}\"'"
_BETWEEN = re.compile(r"[\s,;/&+.|\\–—-]+|\band\b", re.IGNORECASE)
_KEY = re.compile(r"^(\S{1,3})\s*[=:–-]\s*(\w+)", re.UNICODE)
_NO_MARKS: Mapping[str, str] = MappingProxyType({})


def letters_of(value: Any, marks: Mapping[str, str] = _NO_MARKS) -> frozenset[str] | None:
    """The letters in a cell, in any order and case; none where it holds anything else."""
    if value is None:
        return frozenset()
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    said = marks.get(value.strip())
    return frozenset(said) if said else _letters(value)


@lru_cache(maxsize=4096)
def _letters(value: str) -> frozenset[str] | None:
    said = fold(value)
    if said in NOTHING_SAID:
        return frozenset()
    bare = _BRACKETS.sub(_in_brackets, said).strip() or said
    found: set[str] = set()
    for part in _BETWEEN.split(bare):
        token = part.strip(_SIGNS)
        if token in WORDS:
            found.add(WORDS[token])
        elif token and set(token) <= set("racis") and len(set(token)) == len(token):
            found |= set(token.upper())
        elif token:
            return None
    return frozenset(found)


def _in_brackets(aside: re.Match[str]) -> str:
    """Letters in brackets are letters too; anything else there is a note."""
    inside = aside[0][1:-1].strip()
    return f" {inside} " if len(inside) < 3 and set(inside) <= set("raci") else " "


def first_letters(value: Any) -> frozenset[str]:
    """The letters of a cell that says more beside them, such as ``A/V`` and ``C - the board``.

    Its first word must be a capital letter of them, or the cell says something else.
    """
    found: set[str] = set()
    for part in _BETWEEN.split(line_of(str(value))):
        token = part.strip(_SIGNS)
        if token in LETTERS:
            found.add(token)
        elif not found:
            break
    return frozenset(found)


def key_of(sheet: "ReadSheet") -> Mapping[str, str]:
    """What marks mean on a sheet, by its key: ``✓ = Responsible``, or two cells side by side."""
    found: dict[str, str] = {}
    for row in sheet.cells.values():
        for at, value in row.items():
            if not isinstance(value, str) or len(value) > LONGEST:
                continue
            if told := _KEY.match(value.strip()):
                mark, word = told[1], told[2]
            else:
                mark, word = value.strip(), str(row.get(at + 1, "")).strip()
            letter = WORDS.get(word.casefold(), "")
            # Beside one another in a chart, an I and a "Responsible" are no key.
            plain = mark.upper() in LETTERS - {letter}
            if letter and len(mark) <= 3 and not plain:
                found.setdefault(mark, letter)
    return found


def is_key(row: Mapping[int, Any], at: int) -> bool:
    """Whether a cell and the one beside it say what a letter means, as a key does."""
    one, beside = row.get(at), row.get(at + 1)
    if not isinstance(one, str) or not isinstance(beside, str) or len(one.strip()) > 1:
        return False
    said = WORDS.get(next(iter(beside.casefold().split()), "").strip(_SIGNS + ":,;"))
    return said is not None and said == one.strip().upper()


# What the cells under a header are.

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


def _values(sheet: "ReadSheet", at: int, first: int, last: int) -> list[Any]:
    rows = range(first, min(last, first + MOST) + 1)
    return [value for row in rows if (value := sheet.row(row).get(at)) not in (None, "")]


def sort_of(sheet: "ReadSheet", at: int, first: int, last: int) -> Sort:
    """What a column's cells are, from one row to another."""
    values = _values(sheet, at, first, last)
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
    # One letter all the way down is no choice among codes.
    codes = () if len(set(said)) == 1 < number and len(said[0]) == 1 else CODES
    for sort, words in ((Sort.LEVELS, LEVELS), (Sort.CODES, codes), (Sort.STATUS, STATUS)):
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


def _is_title(text: str) -> bool:
    """Whether all words of a text begin with a capital, as a name's do."""
    words = [one for one in text.split() if one not in _SMALL]
    return 1 < len(words) < 6 and all(word[:1].isupper() for word in words)


def is_value(text: str) -> bool:
    """Whether a text is a date or a status, which heads no column."""
    return _is_date(text) or text.strip().casefold() in STATUS


GIVEN: Mapping[str, tuple[tuple[str, Sort], ...]] = {
    ACTIONS: (("due", Sort.DATES), ("status", Sort.STATUS), ("owner", Sort.NAMES)),
    ISSUES: (("code", Sort.CODES), ("status", Sort.STATUS), ("raised_by", Sort.NAMES)),
}
"""What cells of a sort mean in a plan and in a log; the first is what makes it one."""


def longest_texts(sheet: "ReadSheet", columns: Sequence[int], first: int, last: int) -> int:
    """The column of the longest and most different texts; 0 for none."""
    best, found = 0.0, 0
    for at in columns:
        said = [line_of(one) for one in _values(sheet, at, first, last) if isinstance(one, str)]
        if said and sort_of_values(said) in (Sort.TEXTS, Sort.NAMES):
            weight = 40 * len(set(said)) / len(said) + sum(map(len, said)) / len(said)
            if weight > best and len(said) * 2 > last - first:
                best, found = weight, at
    return found
