"""A table's rows as a sheet's XML, made where a session is read.

openpyxl takes six microseconds a cell in one process, 25 seconds for a thousand sessions. It
writes all else of the workbook, and the rows are put between (see `xlsx`).
"""

import datetime as dt
from collections.abc import Sequence
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from model.exchange.excel.sheet import FIRST_YEAR
from model.exchange.excel.text import FORMULA_MARKS, cell_text
from model.tables import Row, Table

NUMBER = "\0"
"""Stands where the number of the row comes: no text in XML can hold it."""

PLAIN, DATE, QUOTED = 0, 1, 2
"""The places of the three looks of a cell in the workbook's list of looks."""

_LETTERS = tuple(get_column_letter(place) for place in range(1, 101))


def prepare(table: Table) -> Sequence[str]:
    """Each row of the table as XML, with `NUMBER` for the number of the row."""
    return [_row(row) for row in table.rows]


def numbered(row: str, number: int) -> str:
    """The row as it stands at that place of the sheet, counted from 1."""
    return row.replace(NUMBER, str(number))


def _row(row: Row) -> str:
    cells = (
        _cell(f"{letter}{NUMBER}", value)
        for letter, value in zip(_LETTERS, row, strict=False)
        if value is not None and value != ""
    )
    return f'<row r="{NUMBER}">{"".join(cells)}</row>'


def _cell(place: str, value: str | int | dt.date) -> str:
    if isinstance(value, dt.date):
        if value.year >= FIRST_YEAR:
            day = to_excel(value)  # type: ignore[no-untyped-call]
            return f'<c r="{place}" s="{DATE}"><v>{day:.0f}</v></c>'
        value = value.isoformat()
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    look = f' s="{QUOTED}"' if value.startswith(FORMULA_MARKS) else ""
    text = cell_text(value)
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c r="{place}"{look} t="inlineStr"><is><t{keep}>{escape(text)}</t></is></c>'
