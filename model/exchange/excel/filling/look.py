"""What stands in a workbook's cells and which of them have names, from the parts themselves."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.utils import column_index_from_string, range_boundaries

from model.exchange.excel.filling.book import Block, Book, Sheet
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import defined_names, related, sheets, workbook_part
from model.exchange.excel.filling.xml import main

ROW, CELL, VALUE, TEXT, INLINE, FORMULA = map(main, ("row", "c", "v", "t", "is", "f"))
_PHONETIC = main("rPh")

NAMED_CELLS = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)$")
"""A defined name that stands for one block of cells: a sheet, quoted or not, and the cells."""


def look_at(package: Package) -> Book:
    """The book that `find_tables` looks at."""
    strings = shared_strings(package)
    found: list[Sheet] = []
    for sheet in sheets(package):
        tree = package.xml(sheet.part)
        cells = {number: values for number, values in _rows(tree, strings) if values}
        found.append(Sheet(sheet.name, cells))
    return Book(tuple(found), tuple(blocks_of(package)))


def blocks_of(package: Package) -> Iterator[Block]:
    """The tables, and the cells that have a name."""
    for sheet in sheets(package):
        for part in related(package, sheet.part, "table"):
            yield from _table(package.xml(part).getroot(), sheet.name)
    yield from _named(package)


def _rows(tree: Any, strings: list[str]) -> Iterator[tuple[int, dict[int, Any]]]:
    for number, row in rows_of(tree):
        values = {}
        for place, cell in cells_of(row):
            value = value_of(cell, strings)
            if value not in ("", None):
                values[place] = value
        yield number, values


def rows_of(tree: Any) -> Iterator[tuple[int, Any]]:
    """The rows of a sheet with their numbers; a row may leave its own out."""
    number = 0
    data = tree.getroot().find(main("sheetData"))
    for row in data.iterchildren(ROW) if data is not None else ():
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
    value = cell.find(VALUE)
    said = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(said)] if said.isdigit() and int(said) < len(strings) else ""
    return _number(said) if kind == "n" and said else said


def _number(said: str) -> int | float | str:
    try:
        number = float(said)
    except ValueError:
        return said
    return int(number) if number.is_integer() else number


def shared_strings(package: Package) -> list[str]:
    """The texts that cells point to by number."""
    for part in related(package, workbook_part(package), "sharedStrings"):
        root = package.xml(part).getroot()
        return [text_of(one) for one in root.iterchildren(main("si"))]
    return []


def text_of(element: Any) -> str:
    """The text of a rich or plain string, without what tells how it is read aloud."""
    return "".join(
        one.text or ""
        for one in element.iter(TEXT)
        if not any(parent.tag == _PHONETIC for parent in one.iterancestors(_PHONETIC))
    )


def _table(root: Any, sheet: str) -> Iterator[Block]:
    if root.get("headerRowCount", "1") != "1":
        return
    left, top, right, bottom = bounds(root.get("ref", "A1"))
    totals = int(root.get("totalsRowCount", "0"))
    name = root.get("displayName") or root.get("name", "")
    yield Block(name, sheet, left, top, right, bottom, totals=totals)


def _named(package: Package) -> Iterator[Block]:
    for one in defined_names(package):
        told = NAMED_CELLS.match((one.text or "").strip())
        name = one.get("name", "")
        if told is None or name.startswith("_xlnm."):
            continue
        sheet = (told[1] or told[2]).replace("''", "'")
        left, top, right, bottom = bounds(told[3].replace("$", ""))
        yield Block(name, sheet, left, top, right, bottom, is_table=False)


def bounds(cells: str) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row of cells such as ``A4:H20``."""
    left, top, right, bottom = range_boundaries(cells)
    return left or 1, top or 1, right or left or 1, bottom or top or 1
