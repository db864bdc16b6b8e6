"""Fill the body of one table: a row a record, in the looks of the template's first row.

A council's own columns are never written over. A formula in them is carried down; what people
wrote in them moves with its record.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from openpyxl.utils import get_column_letter

from model.exchange.excel.filling.before import Before, Kept
from model.exchange.excel.filling.cell import cell
from model.exchange.excel.filling.find_tables import Found
from model.exchange.excel.filling.formulas import Formula, formulas_in
from model.exchange.excel.filling.grid import Grid, formula_of
from model.exchange.excel.filling.heights import Heights, give
from model.exchange.excel.filling.look import VALUE
from model.exchange.excel.filling.looks import Looks
from model.exchange.excel.filling.values import Record
from model.tables.table import Value

NONE: Mapping[int, Formula] = MappingProxyType({})

NOT_WRITTEN = frozenset({"comment"})
"""Columns of ours that others write in."""


class Body:
    """The body of a table in a sheet's grid, from its first row to ``last``.

    ``calculated`` are the formulas that the table itself has for whole columns.
    """

    def __init__(
        self,
        grid: Grid,
        found: Found,
        last: int,
        looks: Looks,
        calculated: Mapping[int, Formula] = NONE,
    ) -> None:
        self._grid, self._found, self._last, self._looks = grid, found, last, looks
        self._heights = Heights(grid.tree, looks)
        self._places = range(found.left, found.right + 1)
        self._model = {at: one for at, one in grid.cells(found.first).items() if at in self._places}
        row = grid.row(found.first)
        self._row = dict(row.attrib) if row is not None else {}
        self.formulas = {**calculated, **formulas_in(grid, found.first, self._places)}
        self.written = {
            place: means
            for place, means in found.columns.items()
            if means not in NOT_WRITTEN and place not in self.formulas
        }
        self.dates_as_text: set[str] = set()
        self.left_out = self.replaced = 0

    def fill(self, records: Sequence[Record], strings: list[str]) -> None:
        """Write the records from the first row on, and empty the rows that are left over."""
        own = [at for at in self._places if at not in self.written and at not in self.formulas]
        before = Before(self._grid, self._found, self._last, own, strings)
        taken = [before.take(record) for record in records]
        self.left_out, self.replaced = len(before.left), before.strangers
        for number, (record, kept) in enumerate(
            zip(records, taken, strict=True), self._found.first
        ):
            self._write(number, self._values(record), kept)
        for number in self._grid.between(self._found.first + len(records), self._found.last):
            self._write(number, {}, {})

    def _values(self, record: Record) -> dict[int, Value]:
        """What is written where: our columns, and the own ones that the session keeps."""
        own = {at: record.own[said] for at, said in self._found.own.items() if said in record.own}
        return own | {at: record.values.get(means) for at, means in self.written.items()}

    def _write(self, number: int, values: Mapping[int, Value], kept: Mapping[int, Kept]) -> None:
        cells = dict(self._grid.cells(number))
        shown = []
        for place in self._places:
            old = cells.get(place)
            style = self._style(number, place, old)
            name = f"{get_column_letter(place)}{number}"
            if place in self.formulas:
                cells[place] = self._calculated(name, place, old, style)
            elif place in kept:
                cells[place] = kept[place].placed(name)
            elif old is not None or style or values.get(place) not in ("", None):
                self._note(place, values.get(place), style)
                cells[place] = cell(name, style, values.get(place), self._looks)
                shown.append((place, style, values.get(place)))
        give(self._grid.put(number, cells, self._row), self._heights.needed(shown))

    def _style(self, number: int, place: int, old: Any | None) -> str:
        """The style of a cell: its own in a row of the template, else the first row's."""
        if number > self._last or old is None:
            old = self._model.get(place)
        return str(old.get("s", "")) if old is not None else ""

    def _note(self, place: int, value: Value, style: str) -> None:
        if isinstance(value, dt.date) and not self._looks.of(style).is_date:
            self.dates_as_text.add(self._found.headers.get(place, ""))

    def _calculated(self, name: str, place: int, old: Any | None, style: str) -> Any:
        """A cell of a calculated column, its last result taken out: it was another row's."""
        if old is not None and formula_of(old) is not None:
            for value in old.findall(VALUE):
                old.remove(value)
            old.attrib.pop("t", None)
            return old
        return self.formulas[place].cell(name, style)
