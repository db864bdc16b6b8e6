"""What stands in a workbook's cells and which of them have names. Rows and columns count from 1."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string, range_boundaries

from offwall.model.workbook.template.package import (
    Package,
    defined_names,
    main_tag,
    related,
    sheets,
)

# Whoever reads a workbook makes one of these, from the parts of an Excel file or from the rows that
# a reader of any format hands over; `tables_and_alike` looks at nothing else.

Block = tuple[int, int, int, int]
"""Cells: the first column and row, the last column and row."""


@dataclass(frozen=True, slots=True)
class NamedBlock:
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
class ReadSheet:
    """A sheet by its name; ``cells`` are values by row and then by column, an empty one not there.

    ``filtered`` says that a filter is set, which may be why rows are hidden.
    """

    name: str
    cells: Mapping[int, Mapping[int, Any]]
    merges: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False

    def row(self, number: int) -> Mapping[int, Any]:
        """The values of a row, by column."""
        return self.cells.get(number, {})

    @property
    def last_row(self) -> int:
        """The last row that holds a value; 0 for an empty sheet."""
        return max(self.cells, default=0)


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The sheets in order, and the blocks on them."""

    sheets: tuple[ReadSheet, ...]
    blocks: tuple[NamedBlock, ...] = ()

    def sheet(self, name: str) -> ReadSheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def book_of_rows(
    rows: Mapping[str, Iterable[Sequence[Any]]], blocks: Iterable[NamedBlock] = ()
) -> ReadBook:
    """A book from whole rows, each sheet's first row and column being 1."""
    return ReadBook(
        tuple(ReadSheet(name, cells_of_rows(found)) for name, found in rows.items()), tuple(blocks)
    )


def cells_of_rows(rows: Iterable[Sequence[Any]]) -> dict[int, dict[int, Any]]:
    """The values of whole rows that say anything."""
    held = (
        {place: value for place, value in enumerate(row, 1) if value not in ("", None)}
        for row in rows
    )
    return {number: said for number, said in enumerate(held, 1) if said}


# The same, from the parts themselves.

ROW, CELL, VALUE, TEXT, INLINE, FORMULA = map(main_tag, ("row", "c", "v", "t", "is", "f"))
_PHONETIC = main_tag("rPh")

NAMED_CELLS = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)$")
"""A defined name that stands for one block of cells: a sheet, quoted or not, and the cells."""


def blocks_of(package: Package) -> Iterator[NamedBlock]:
    """The tables, and the cells that have a name."""
    for sheet in sheets(package):
        for part in related(package, sheet.part, "table"):
            root = package.xml(part).getroot()
            if root.get("headerRowCount", "1") == "1":
                name = root.get("displayName") or root.get("name", "")
                place, totals = bounds(root.get("ref", "A1")), int(root.get("totalsRowCount", "0"))
                yield NamedBlock(name, sheet.name, *place, totals=totals)
    for one in defined_names(package):
        told = NAMED_CELLS.match((one.text or "").strip())
        name = one.get("name", "")
        if told and not name.startswith("_xlnm."):
            where = (told[1] or told[2]).replace("''", "'")
            yield NamedBlock(name, where, *bounds(told[3].replace("$", "")), is_table=False)


def rows_of(tree: Any) -> Iterator[tuple[int, Any]]:
    """The rows of a sheet with their numbers; a row may leave its own out."""
    number = 0
    for row in tree.iterfind(f"{main_tag('sheetData')}/{ROW}"):
        said = row.get("r")
        number = int(said) if said else number + 1
        yield number, row


def cells_of(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row with their columns, from 1; a cell may leave its own out."""
    place = 0
    for cell in row.iterchildren(CELL):
        said = cell.get("r")
        place = column_of(said) if said else place + 1
        yield place, cell


def column_of(name: str) -> int:
    """The column of a cell's name such as ``AB12``, from 1."""
    return column_index_from_string(name.rstrip("0123456789"))


def value_of(cell: Any, strings: list[str]) -> Any:
    """A cell's value: text, a number, or None; of a formula, what was last worked out."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text_of(one) for one in cell.iterchildren(INLINE))
    said = cell.findtext(VALUE, "")
    if kind == "s":
        return strings[int(said)] if said.isdigit() and int(said) < len(strings) else ""
    if kind != "n":
        return said
    try:
        number = float(said)
    except ValueError:
        return said
    return int(number) if number.is_integer() else number


def text_of(element: Any) -> str:
    """The text of a rich or plain string, without what tells how it is read aloud."""
    return "".join(
        one.text or ""
        for one in element.iter(TEXT)
        if not any(parent.tag == _PHONETIC for parent in one.iterancestors(_PHONETIC))
    )


def bounds(cells: str) -> Block:
    """First column, first row, last column, last row of cells such as ``A4:H20``."""
    left, top, right, bottom = range_boundaries(cells)
    return left or 1, top or 1, right or left or 1, bottom or top or 1
