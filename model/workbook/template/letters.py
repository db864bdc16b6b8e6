"""The letters of a RACI as people write them in cells, and the key that says what marks mean.

``R/A``, ``a``, ``R (lead)``, ``A*``, ``Responsible`` and RASCI's ``S`` are letters; a tick is one
where a key on the sheet says which.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from offwall.model.records import line_of
from offwall.model.records.text import fold
from offwall.model.tables.read_back import NOTHING_SAID

if TYPE_CHECKING:
    from offwall.model.workbook.template.read_sheet import ReadSheet

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

TICKS = frozenset("\u2713\u2714\u2611\u221a\u2717\u2718\u2612\u25cf\u2022xX")
"""Ticks, crosses, filled boxes and bullets: marks that say nothing without a key."""

LONGEST = 60
"""Characters of a cell at most that holds letters, with what is noted beside them."""

_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SIGNS = "*†‡?!^#¹²³()[]{}\"'"
_BETWEEN = re.compile(r"[\s,;/&+.|\\–—-]+|\band\b", re.IGNORECASE)
_KEY = re.compile(r"^(\S{1,3})\s*[=:–-]\s*(\w+)", re.UNICODE)
_NO_MARKS: Mapping[str, str] = MappingProxyType({})


def letters_of(value: Any, marks: Mapping[str, str] = _NO_MARKS) -> frozenset[str] | None:
    """The letters in a cell, in any order and case; none where it holds anything else."""
    if value is None:
        return frozenset()
    if not isinstance(value, str):
        return None
    if len(value) > LONGEST:
        return None
    if marks and (said := marks.get(value.strip())):
        return frozenset(said)
    return _letters(value)


@lru_cache(maxsize=4096)
def _letters(value: str) -> frozenset[str] | None:
    said = fold(value)
    if said in NOTHING_SAID:
        return frozenset()
    bare = _ASIDE.sub(" ", said).strip() or said
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


def first_letters(value: Any) -> frozenset[str]:
    """The letters of a cell that says more beside them, such as ``A/V`` and ``C - the board``.

    Its first word must be a capital letter of them, or the cell says something else.
    """
    found: set[str] = set()
    for part in _BETWEEN.split(line_of(str(value))):
        token = part.strip(_SIGNS)
        if len(token) == 1 and token in set(WORDS.values()):
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
            plain = mark.upper() in set(WORDS.values()) - {letter}
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
