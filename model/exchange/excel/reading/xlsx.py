"""Read an Excel workbook with care: a row at a time, and no more than people write.

Values are what the cells show: dates as dates, of a formula what was last worked out. An error,
and a formula that no program worked out yet, is an `Unread`: nobody wrote that value.
"""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from model.exchange.excel.filling import Book, Sheet
from model.exchange.excel.filling.look import (
    FORMULA,
    ROW,
    blocks_of,
    bounds,
    cells_of,
    text_of,
    value_of,
)
from model.exchange.excel.filling.looks import Looks
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import SheetPart, related, sheets, workbook_part
from model.exchange.excel.filling.xml import main
from model.exchange.excel.reading.comments import comments_of
from model.exchange.excel.reading.properties import mark_of, saved_by
from model.exchange.excel.reading.workbook import Counter, Places, Workbook, filled_down
from model.exchange.files import ExportError
from model.importing.cells import Unread

_MERGE, _STRING = main("mergeCell"), main("si")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

MOST_ROWS = 1_048_576
"""Rows that a sheet can have (Excel's specifications and limits)."""

A_DAY = dt.date(2000, 1, 1)
"""A day whose number says from which day a workbook counts."""


def read_xlsx(package: Package) -> Workbook:
    """What a package holds.

    Raises:
        ExportError: it is damaged, or too large.
    """
    reader = _Reader(package)
    found: list[Sheet] = []
    merged: dict[str, Places] = {}
    formulas: dict[str, Places] = {}
    for sheet in sheets(package):
        cells, merged[sheet.name], formulas[sheet.name] = reader.sheet(sheet)
        found.append(Sheet(sheet.name, cells))
    return Workbook(
        Book(tuple(found), tuple(blocks_of(package))),
        saved_by(package),
        mark_of(package),
        tuple(comments_of(package)),
        merged,
        formulas,
    )


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._strings = _strings(package)
        self._looks, self._counter = Looks(package), Counter(package.name)
        self._from = self._looks.number(A_DAY)

    def sheet(self, sheet: SheetPart) -> tuple[dict[int, dict[int, Any]], Places, Places]:
        """The cells of a sheet that say anything, those that a merged block fills, and formulas."""
        cells: dict[int, dict[int, Any]] = {}
        formulas: set[tuple[int, int]] = set()
        merges = []
        number = 0
        for seen, element in enumerate(_elements(self._package, sheet.part, ROW, _MERGE)):
            if seen > MOST_ROWS:
                raise ExportError(
                    f"{self._package.name}: sheet {sheet.name} has more rows than Excel knows. "
                    "Open it in Excel or LibreOffice, save it anew, and use that."
                )
            if element.tag == _MERGE:
                merges.append(bounds(element.get("ref", "A1")))
                continue
            said = element.get("r")
            number = int(said) if said else number + 1
            row = {}
            for place, cell in cells_of(element):
                value = self._value(cell)
                if value not in ("", None):
                    row[place] = value
                if cell.find(FORMULA) is not None:
                    formulas.add((number, place))
            if row:
                self._counter.count(len(row))
                cells[number] = row
        return cells, filled_down(cells, merges), frozenset(formulas)

    def _value(self, cell: Any) -> Any:
        kind = cell.get("t", "n")
        value = value_of(cell, self._strings)
        if kind == "e":
            return Unread(f"is an error ({value})")
        if value == "" and kind != "str" and cell.find(FORMULA) is not None:
            return Unread("is a formula that was not worked out")
        if kind == "b":
            return value == "1"
        if isinstance(value, str):
            return value if kind == "s" else _unescaped(value)
        return self._shown(value, cell.get("s", ""))

    def _shown(self, value: int | float, style: str) -> Any:
        """A number, or the day that it is where its style shows a date."""
        if value >= 1 and self._looks.of(style).is_date:
            try:
                return A_DAY + dt.timedelta(int(value) - self._from)
            except OverflowError:
                return value
        return value


def _strings(package: Package) -> list[str]:
    """The texts that cells point to by number."""
    return [
        _unescaped(text_of(one))
        for part in related(package, workbook_part(package), "sharedStrings")[:1]
        for one in _elements(package, part, _STRING)
    ]


def _elements(package: Package, part: str, *tags: str) -> Iterator[Any]:
    """The elements of a part that have these tags, each forgotten when it was seen."""
    held = BytesIO(package.read(part))
    events = etree.iterparse(
        held,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _, element in events:
            _refuse_doctype(element, package.name, part)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        _refuse_doctype(events.root, package.name, part)
    except etree.XMLSyntaxError as error:
        raise ExportError(
            f"{package.name} is damaged: its part {part} is not well-formed XML."
        ) from error


def _refuse_doctype(element: Any, name: str, part: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise ExportError(
            f"{name}: its part {part} declares a document type, which no workbook needs; "
            "it was not read."
        )


def _unescaped(text: str) -> str:
    """A text without the workbook's way to write what XML cannot (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
