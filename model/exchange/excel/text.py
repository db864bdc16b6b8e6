"""Text as a spreadsheet can bear it: never a formula, never broken XML, never cut unsaid."""

import re

from model.exchange.clean import clean

LONGEST = 32_767
"""Characters of a cell, in UTF-16 units (Excel's specifications and limits)."""

CUT = " … (cut: see the session file)"

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "'")
"""What a typed cell would be taken for something else by; such a cell is marked as text."""

# In a workbook `_x0041_` stands for the letter A (ECMA-376, ST_Xstring); text that happens to look
# like that is told apart by writing its first underscore so.
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """A text as a cell holds it; one too long ends in words that say that it was cut."""
    return _fitted(_ESCAPE_LIKE.sub("_x005F_", clean(text)))


def _fitted(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST:
        return text
    # A pair cut in half is dropped by the decoder.
    kept = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def page_text(text: str, most: int) -> str:
    """A text on one line for a page's header, where an ampersand begins a code unless doubled."""
    line = " ".join(clean(text).split())
    if len(line) > most:
        line = line[: most - 1] + "…"
    return line.replace("&", "&&")
