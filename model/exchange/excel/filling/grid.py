"""The rows of a sheet's XML: looked up by number, moved down, put in, written anew."""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.look import CELL, FORMULA, INLINE, ROW, VALUE, cells_of, rows_of
from model.exchange.excel.filling.xml import main


class Grid:
    """The cells of one sheet, by row and column from 1."""

    def __init__(self, tree: Any, sheet: str) -> None:
        self.tree, self.sheet = tree, sheet
        self._data = tree.getroot().find(main("sheetData"))
        self._rows = dict(rows_of(tree))
        self._cells: dict[int, dict[int, Any]] = {}

    def row(self, number: int) -> Any | None:
        """The element of a row, if it is there."""
        return self._rows.get(number)

    def cells(self, number: int) -> dict[int, Any]:
        """The cells of a row by column."""
        if number not in self._cells:
            row = self._rows.get(number)
            self._cells[number] = {} if row is None else dict(cells_of(row))
        return self._cells[number]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows that are there."""
        return sorted(self._rows)

    def between(self, first: int, last: int) -> list[int]:
        """The numbers of the rows that are there: a table may claim a million."""
        return [number for number in self.numbers if first <= number <= last]

    def bears(self, number: int, left: int, right: int) -> bool:
        """Whether a row has a value or a formula between two columns."""
        return any(
            left <= place <= right and is_filled(cell) for place, cell in self.cells(number).items()
        )

    def grow(self, growth: Growth) -> None:
        """Move what is below down, and let the sheet's formulas speak of the new places."""
        if growth.moved:
            for number in [one for one in reversed(self.numbers) if one > growth.last]:
                self._move(number, growth.row(number))
        if growth.by:
            for formula in self._data.iter(FORMULA):
                if formula.text:
                    formula.text = growth.formula(formula.text, self.sheet)
                if formula.get("ref"):
                    formula.set("ref", growth.cells(formula.get("ref")))

    def _move(self, number: int, to: int) -> None:
        cells = self.cells(number)
        row = self._rows.pop(number)
        del self._cells[number]
        row.set("r", str(to))
        for place, cell in cells.items():
            cell.set("r", f"{get_column_letter(place)}{to}")
        self._rows[to] = row

    def put(self, number: int, cells: Mapping[int, Any], like: Mapping[str, str]) -> Any:
        """Write the cells of a row and return it; a new one has the attributes ``like``."""
        row = self._rows.get(number)
        if row is None:
            row = self._new(number, like)
        kept = [one for one in row if one.tag != CELL]
        for one in list(row):
            row.remove(one)
        for place in sorted(cells):
            cells[place].set("r", f"{get_column_letter(place)}{number}")
            row.append(cells[place])
        row.extend(kept)
        row.attrib.pop("spans", None)
        row.attrib.pop("hidden", None)
        self._cells[number] = dict(cells)
        return row

    def _new(self, number: int, like: Mapping[str, str]) -> Any:
        row = etree.Element(ROW, dict(like))
        row.set("r", str(number))
        before = number - 1
        while before and before not in self._rows:
            before -= 1
        if before:
            self._rows[before].addnext(row)
        else:
            self._data.insert(0, row)
        self._rows[number] = row
        return row


def is_filled(cell: Any) -> bool:
    """Whether a cell has a value or a formula."""
    return any(one.tag in (VALUE, FORMULA, INLINE) for one in cell)


def formula_of(cell: Any) -> Any | None:
    """The element of a cell's formula, if it has one."""
    return cell.find(FORMULA)
