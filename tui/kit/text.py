"""All that is shown passes through here: text as data, without anything a terminal would obey.

The session may hold any text that TOML can. What would move the cursor, set a title, hide a word
or turn the direction of a line is taken out for showing; the session keeps it as it is.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from unicodedata import category

from offwall.model.records.text import counted as counted  # noqa: PLC0414  (handed on to forms)

_SPACES = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 (ESC among them), DEL and C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"  # soft hyphen, joiners and marks without a shape
    "\u180b-\u180f\u3164\uffa0"  # Mongolian selectors, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width and bidi controls
    "\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e0fff"  # selectors, annotations and tags
    "\U0001d173-\U0001d17a"  # controls of musical notation
    "\ud800-\udfff]"  # surrogates, which no terminal can be sent
)

ONE_CELL = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
"""Letters and signs of Latin script, each of one cell and safe: most texts are of nothing else."""

MOST_MARKS = 4
"""Combining marks shown on one letter: more than any script writes, fewer than a tower."""


def plain(text: str) -> str:
    """The text on one line, safe to send to any terminal."""
    if ONE_CELL.fullmatch(text):
        return text
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    return text if text.isascii() else _without_towers(text)


def plain_lines(text: str) -> str:
    """The text with its line breaks, safe to send to any terminal."""
    return "\n".join(plain(line) for line in text.splitlines())


def _without_towers(text: str) -> str:
    """The text with at most `MARKS` combining marks on a letter."""
    shown: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if category(character) in ("Mn", "Me") else 0
        if height <= MOST_MARKS:
            shown.append(character)
    return "".join(shown)


# Rows as text that a spreadsheet takes: tab-separated, with titles, and no formula in it.

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a spreadsheet takes the rest of a cell for a formula after."""


def as_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their titles, as lines of cells parted by tabs."""
    made = io.StringIO()
    writer = csv.writer(made, dialect="excel-tab", lineterminator="\n")
    writer.writerow([_as_cell(title) or "Mark" for title in titles])
    writer.writerows([_as_cell(cell) for cell in row] for row in rows)
    return made.getvalue()


def _as_cell(text: str) -> str:
    """The text on one line; an apostrophe before what would be a formula makes it text."""
    said = " ".join(plain(text).split())
    return f"'{said}" if said.startswith(FORMULA_SIGNS) else said
