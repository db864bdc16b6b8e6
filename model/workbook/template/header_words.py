"""Which column of ours a header means, and which sheet a name.

The words stand with the sheets' descriptions (`model.tables`); they were gathered from process
maps, RACI charts, action plans and issue logs that English councils publish. A session adds its
own under ``[export]``.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
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
