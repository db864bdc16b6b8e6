"""How wide columns are and how high rows: enough for the text, in every program that opens it."""

import unicodedata
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from model.tables import Row, Table

LINE = 13.0
"""Points that a line of the body takes."""

HIGHEST = 409.0
"""Points that a row can be (Excel's specifications and limits)."""

TURNED_WIDTH = 5.5
"""Characters that a column with an upright header is wide."""

TURNED = (60.0, 200.0)
"""Points that a row of upright headers is high, at least and at most."""

BUTTON = 3
"""Characters of a header's width that its filter button covers."""


class _Row(RowDimension):
    """A row whose height is a first guess: Excel measures it anew when somebody edits it.

    openpyxl marks every height as the user's own, and such a row would never grow.
    """

    @property
    def customHeight(self) -> bool:  # noqa: N802
        """Whether the height is the user's own."""
        return False


def size(sheet: Worksheet, table: Table, header_row: int, turned: set[int]) -> None:
    """Set the columns' widths and the rows' heights.

    ``turned`` are the places, from 0, of the columns whose headers stand upright.
    """
    widths = [
        TURNED_WIDTH if place in turned else column.width
        for place, column in enumerate(table.columns)
    ]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _set(sheet, header_row, _header_height(table, turned))
    for number, row in enumerate(table.rows, header_row + 1):
        _set(sheet, number, _height(row, widths))


def _set(sheet: Worksheet, number: int, height: float) -> None:
    sheet.row_dimensions[number] = _Row(sheet, index=number, ht=height)


def _header_height(table: Table, turned: set[int]) -> float:
    low, high = TURNED
    flat = [
        LINE * lines(column.header, column.width - BUTTON) + 4
        for place, column in enumerate(table.columns)
        if place not in turned
    ]
    upright = [25 + 5.6 * len(table.columns[place].header) for place in turned]
    return max([*flat, *(min(max(low, height), high) for height in upright)])


def _height(row: Row, widths: list[float]) -> float:
    texts = zip(row, widths, strict=True)
    most = max((lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return min(LINE * most + 2, HIGHEST)


def lines(text: str, width: float) -> int:
    """The lines that a text takes in a cell of a width, in characters: a guess, rather too many."""
    if len(text) <= width // 2:
        return 1 + text.count("\n")
    room = max(width - 1, 1)
    return sum(max(ceil(_wide(part) / room), 1) for part in text.split("\n"))


def _wide(text: str) -> int:
    """How wide a text is: characters of East Asia and most pictures take two places."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
