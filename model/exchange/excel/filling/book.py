"""A workbook as plain data: cells by row and column, and the blocks that somebody named.

Whoever reads a workbook makes one of these, from the parts of an Excel file or from the rows that
a reader of any format hands over; `find_tables` looks at nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cells = Mapping[int, Mapping[int, Any]]
"""Values by row and then by column, both counted from 1; an empty cell is not there."""


@dataclass(frozen=True, slots=True)
class Block:
    """Cells with a name: an Excel table, or a defined name. Rows and columns count from 1.

    ``totals`` is how many of a table's last rows hold its totals.
    """

    name: str
    sheet: str
    left: int
    top: int
    right: int
    bottom: int
    is_table: bool = True
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name."""

    name: str
    cells: Cells

    def row(self, number: int) -> Mapping[int, Any]:
        """The values of a row, by column."""
        return self.cells.get(number, {})

    @property
    def last_row(self) -> int:
        """The last row that holds a value; 0 for an empty sheet."""
        return max(self.cells, default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets in order, and the blocks on them."""

    sheets: tuple[Sheet, ...]
    blocks: tuple[Block, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def book_of_rows(rows: Mapping[str, Iterable[Sequence[Any]]], blocks: Iterable[Block] = ()) -> Book:
    """A book from whole rows, each sheet's first row and column being 1."""
    return Book(
        tuple(Sheet(name, cells_of_rows(found)) for name, found in rows.items()), tuple(blocks)
    )


def cells_of_rows(rows: Iterable[Sequence[Any]]) -> Cells:
    """The values of whole rows that say anything."""
    found = {}
    for number, row in enumerate(rows, 1):
        said = {place: value for place, value in enumerate(row, 1) if value not in ("", None)}
        if said:
            found[number] = said
    return found
