"""Read an OpenDocument spreadsheet, as LibreOffice saves a workbook of ours.

calamine reads the values. What it does not tell is read beside it, from the same XML: comments,
errors, merged cells, named blocks. Repeated cells are counted before anything is unfolded: a file
of a kilobyte may stand for a milliard of them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl.utils import range_boundaries

from offwall.model.records.text import on_one_line
from offwall.model.store import ExportError
from offwall.model.tables.read_back import UnreadableCell
from offwall.model.workbook.import_.copied_rows import CellComment
from offwall.model.workbook.read.workbook import CellCounter, Places, Workbook, filled_down
from offwall.model.workbook.template.package import Package
from offwall.model.workbook.template.read_sheet import (
    NamedBlock,
    ReadBook,
    ReadSheet,
    cells_of_rows,
)
from offwall.model.workbook.write.export import MARK

MOST_ROWS, MOST_COLUMNS = 100_000, 2_000
"""Rows and columns of a sheet up to the last filled one: what lies empty between them is read."""


def _ns(name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"


TABLE, OFFICE, META, TEXT = map(_ns, ("table", "office", "meta", "text"))
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"

_SHEET, _ROW, _RANGE = f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}database-range"
_COLUMN = f"{TABLE}table-column"
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_ADDRESS = re.compile(
    r"^(?:'((?:[^']|'')+)'|([^'.]+))\.(\$?[A-Z]+\$?\d+):[^:]*\.(\$?[A-Z]+\$?\d+)$"
)


@dataclass
class _SheetExtras:
    """What is told beside the values of one sheet."""

    name: str
    row: int = 0
    unread: dict[tuple[int, int], UnreadableCell] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: list[CellComment] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    column: int = 0
    filtered: bool = False


def read_ods(content: bytes, package: Package) -> Workbook:
    """What a spreadsheet holds. Raises `ExportError` where it is damaged, locked or too large."""
    beside, blocks = _scanned(package)
    values = _values(content, package)
    found: list[ReadSheet] = []
    merged: dict[str, Places] = {}
    for one in beside:
        cells = values.get(one.name, {})
        for (row, place), why in one.unread.items():
            cells.setdefault(row, {})[place] = why
        merged[one.name] = filled_down(cells, one.merges)
        hidden = frozenset(one.hidden_rows), frozenset(one.hidden_columns)
        found.append(ReadSheet(one.name, cells, tuple(one.merges), *hidden, one.filtered))
    by, mark = _meta(package)
    comments = tuple(comment for one in beside for comment in one.comments)
    formulas = {one.name: frozenset(one.formulas) for one in beside}
    return Workbook(ReadBook(tuple(found), tuple(blocks)), by, mark, comments, merged, formulas)


def _values(content: bytes, package: Package) -> dict[str, dict[int, dict[int, Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        read = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
        rows = ((name, one.to_python(skip_empty_area=False)) for name, one in read)
        return {name: cells_of_rows([*map(_plain, row)] for row in of) for name, of in rows}
    except (CalamineError, ValueError, OSError) as error:
        raise ExportError(f"{package.name} is damaged: its cells cannot be read.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.date() if isinstance(value, dt.datetime) else value


def _scanned(package: Package) -> tuple[list[_SheetExtras], list[NamedBlock]]:
    """The sheets with what calamine does not tell, and the named blocks."""
    sheets: list[_SheetExtras] = []
    blocks: list[NamedBlock] = []
    counter = CellCounter(package.name)
    tags = _SHEET, _ROW, _COLUMN, _RANGE
    for event, element in package.elements("content.xml", *tags, events=("start", "end")):
        if event == "start":
            if element.tag == _SHEET:
                sheets.append(_SheetExtras(element.get(f"{TABLE}name", "")))
            continue
        if element.tag == _RANGE:
            blocks += _block(element)
        elif element.tag == _COLUMN and sheets:
            times = min(_times(element, f"{TABLE}number-columns-repeated"), MOST_COLUMNS)
            first = sheets[-1].column + 1
            if element.get(f"{TABLE}visibility", "visible") != "visible":
                sheets[-1].hidden_columns.update(range(first, first + times))
            sheets[-1].column += times
        elif element.tag == _ROW and sheets:
            _row(element, sheets[-1], counter, package.name)
            element.clear()
    return sheets, blocks


def _row(row: Any, sheet: _SheetExtras, counter: CellCounter, name: str) -> None:
    times = _times(row, f"{TABLE}number-rows-repeated")
    place = filled = letters = 0
    for cell in row.iterchildren(*_CELLS):
        wide = _times(cell, f"{TABLE}number-columns-repeated")
        if cell.get(f"{OFFICE}value-type") is not None or cell.find(f"{TEXT}p") is not None:
            letters += _length(cell) * wide
            filled, last = filled + wide, place + wide
            if sheet.row + times > MOST_ROWS or last > MOST_COLUMNS:
                raise ExportError(
                    f"{name}: sheet {sheet.name} is filled beyond {MOST_ROWS:,} rows or "
                    f"{MOST_COLUMNS:,} columns. Take out what is not needed."
                )
        _note(cell, sheet, place + 1)
        place += wide
    if filled and (seen := row.get(f"{TABLE}visibility", "visible")) != "visible":
        sheet.hidden_rows.update(range(sheet.row + 1, sheet.row + min(times, MOST_ROWS) + 1))
        sheet.filtered |= seen == "filter"
    counter.count(filled * times, letters * times)
    sheet.row += times


def _length(cell: Any) -> int:
    """The letters of a cell's text; a run of spaces is one element, however long."""
    spaces = sum(_times(run, f"{TEXT}c") for run in cell.iter(f"{TEXT}s"))
    return spaces + sum(map(len, cell.itertext()))


def _times(element: Any, name: str) -> int:
    said = element.get(name, "1")
    if not said.isdecimal():
        return 1
    return int(said) if len(said) < 10 else 10**9


def _note(cell: Any, sheet: _SheetExtras, place: int) -> None:
    """What is to be known of a cell besides its value."""
    row = sheet.row + 1
    if cell.get(f"{TABLE}formula"):
        sheet.formulas.add((row, place))
    if cell.get(f"{CALC}value-type") == "error":
        shown = " ".join("".join(one.itertext()) for one in cell.iterchildren(f"{TEXT}p"))
        sheet.unread[row, place] = UnreadableCell(f"is an error ({shown})")
    deep = _times(cell, f"{TABLE}number-rows-spanned")
    across = _times(cell, f"{TABLE}number-columns-spanned")
    if deep > 1 or across > 1:
        sheet.merges.append((place, row, place + across - 1, row + deep - 1))
    for said in cell.iterchildren(f"{OFFICE}annotation"):
        by = said.findtext(f"{DC}creator", "") or ""
        words = "\n".join("".join(one.itertext()) for one in said.iterchildren(f"{TEXT}p"))
        if words.strip():
            found = CellComment(sheet.name, row, f"row {row}", by.strip(), words.strip())
            sheet.comments.append(found)


def _block(element: Any) -> Iterator[NamedBlock]:
    """A database range is what becomes of an Excel table."""
    told = _ADDRESS.match(element.get(f"{TABLE}target-range-address", ""))
    name = element.get(f"{TABLE}name", "")
    if told is None or name.startswith("__"):
        return
    cells = f"{told[3]}:{told[4]}".replace("$", "")
    left, top, right, bottom = range_boundaries(cells)
    if left and top and right and bottom:
        sheet = (told[1] or told[2]).replace("''", "'")
        yield NamedBlock(name, sheet, left, top, right, bottom)


def _meta(package: Package) -> tuple[str, str]:
    """Who saved it last, and our own mark."""
    if "meta.xml" not in package:
        return "", ""
    root = package.xml("meta.xml").getroot()
    by = next((one.text or "" for one in root.iter(f"{DC}creator")), "")
    marks = (
        (one.text or "").strip()
        for one in root.iter(f"{META}user-defined")
        if one.get(f"{META}name") == MARK
    )
    return on_one_line(by), next(marks, "")
