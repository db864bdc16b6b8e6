"""One table on one sheet: title, what it is, one header row, the rows, and the dropdowns."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from model.exchange.excel.size import size
from model.exchange.excel.styles import FILLS, Styles
from model.exchange.excel.text import FORMULA_MARKS, cell_text
from model.tables import Column, Table, Value

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

FIRST_YEAR = 1900
"""Excel counts days from here; an earlier date is written as text."""

UPRIGHT_FROM = 6
"""Columns of letters from which their headers stand upright, so that the page stays readable."""


def fill(sheet: Worksheet, table: Table, line: str, styles: Styles, offered: set[str]) -> None:
    """Write a table on an empty sheet. ``line`` stands under the title and what it is.

    ``offered`` names the lists that have values and so can be a dropdown.
    """
    table = replace(table, rows=tuple(row for row in table.rows if _says_anything(row)))
    writer = _Writer(sheet, styles)
    for text, look in ((table.title, "title"), (table.about, "about"), (line, "about")):
        writer.append([(text, look)])
    turned = _turned(table)
    heads = ["upright" if place in turned else "header" for place in range(len(table.columns))]
    looks = [_look(column) for column in table.columns]
    writer.append(zip((column.header for column in table.columns), heads, strict=True))
    for row in _rows(table):
        writer.append(zip(row, looks, strict=True))
    size(sheet, table, HEADER_ROW, turned)
    _frame(sheet, table)
    for place, column in enumerate(table.columns, 1):
        _offer(sheet, column, _cells(table, place), offered)
        _colour(sheet, column, _cells(table, place))


class _Writer:
    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self._sheet, self._styles = sheet, styles

    def append(self, values: Iterator[tuple[Value, str]] | list[tuple[Value, str]]) -> None:
        self._sheet.append([self._cell(value, look) for value, look in values])

    def _cell(self, value: Value, look: str) -> Cell:
        if isinstance(value, dt.date) and value.year < FIRST_YEAR:
            value = value.isoformat()
        text = isinstance(value, str)
        quoted = text and str(value).startswith(FORMULA_MARKS)
        style = self._styles.array(look, quoted=quoted)
        cell = Cell(self._sheet, row=1, column=1, style_array=style)
        if text:
            cell.value = cell_text(str(value)) or None
            # openpyxl takes "=1+1" for a formula and "#N/A" for an error: it is what was said.
            if cell.value is not None:
                cell.data_type = "s"
        else:
            cell.value = value
        return cell


def _says_anything(row: tuple[Value, ...]) -> bool:
    """Whether a row is not blank: a blank one would end the table for whoever hears it read."""
    return any(value not in ("", None) for value in row)


def _rows(table: Table) -> tuple[tuple[Value, ...], ...]:
    """The rows; a table in a workbook needs one at least, so an empty one gets an empty row."""
    return table.rows or ((None,) * len(table.columns),)


def _letter(column: Column) -> bool:
    return column.choices == "letters"


def _turned(table: Table) -> set[int]:
    """The places of the columns whose headers stand upright: many columns of letters."""
    found = {place for place, column in enumerate(table.columns) if _letter(column)}
    return found if len(found) >= UPRIGHT_FROM else set()


def _look(column: Column) -> str:
    return "letter" if _letter(column) or column.choices == "codes" else str(column.kind)


def _last(table: Table) -> int:
    return HEADER_ROW + len(_rows(table))


def _cells(table: Table, place: int) -> str:
    letter = get_column_letter(place)
    return f"{letter}{FIRST_ROW}:{letter}{_last(table)}"


def _frame(sheet: Worksheet, table: Table) -> None:
    last = get_column_letter(len(table.columns))
    block = ExcelTable(displayName=table.name, ref=f"A{HEADER_ROW}:{last}{_last(table)}")
    block.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(block)
    sheet.freeze_panes = f"{get_column_letter(table.pinned + 1)}{FIRST_ROW}"
    sheet.sheet_view.showGridLines = False


def _offer(sheet: Worksheet, column: Column, cells: str, offered: set[str]) -> None:
    """A dropdown that warns of other values and lets them stand: people know better."""
    if column.choices not in offered:
        return
    rule = DataValidation(
        type="list", formula1=f"={list_name(column.choices)}", allow_blank=True, sqref=cells
    )
    rule.errorStyle = "warning"
    rule.errorTitle = "Not in the list"
    rule.error = "This is not in the list. Keep it all the same?"
    sheet.add_data_validation(rule)


def list_name(key: str) -> str:
    """The workbook's name for the values of a list."""
    return f"list_{key}"


def _colour(sheet: Worksheet, column: Column, cells: str) -> None:
    for word, colour in FILLS.get(column.choices or column.key, {}).items():
        ground = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        rule = Rule("cellIs", operator="equal", formula=[f'"{word}"'], dxf=ground)
        sheet.conditional_formatting.add(cells, rule)
