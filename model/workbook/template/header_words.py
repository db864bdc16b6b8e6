"""Which column of ours a header means, and which sheet a name.

The words stand with the sheets' descriptions (`model.tables`); they were gathered from process
maps, RACI charts, action plans and issue logs that English councils publish. A session adds its
own under ``[export]``.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from offwall.model.tables import header_words, sheet_of, template_kinds

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
def meaning(kind: str, said: str) -> tuple[str, float]:
    """The column that a header means in a table of a kind, and how surely; empty for none."""
    words = words_of(kind)
    if found := words.get(fold_header(said)):
        return found, EXACT
    if found := words.get(fold_header(without_aside(said))):
        return found, ASIDE
    for part in _PARTS.split(without_aside(said)):
        if found := words.get(fold_header(part)):
            return found, PARTS
    return _by_part(words, fold_header(without_aside(said)))


def _by_part(words: Mapping[str, str], folded: str) -> tuple[str, float]:
    """By the words that it ends with, else begins with; the longest first; else nearly."""
    single = [one.removesuffix("s") if len(one) > 3 else one for one in folded.split()]
    ways = [(single[at:], single[:-at]) for at in range(1, len(single))] if len(single) < 9 else []
    # "Issue ID" and "Action cost" speak of numbers, not of what they number.
    sides = (0,) if single[-1:] and single[-1] in NUMBERS else (0, 1)
    for side in sides:
        for way in ways:
            said = " ".join(way[side])
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


def kind_hinted(said: str) -> str:
    """The kind that a sheet's name, a title or a header such as ``Issue ID`` hints at."""
    if found := kind_named(said):
        return found
    told = _NUMBERED.search(fold_header(said))
    return {"action": "actions"}.get(told[1], "issues") if told else ""
