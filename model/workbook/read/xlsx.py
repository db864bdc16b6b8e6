"""Read an Excel workbook: cells a row at a time, comments with their authors, who saved it last."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from offwall.model.store import ExportError
from offwall.model.tables.read_back import UnreadableCell
from offwall.model.workbook.import_.copied_rows import CellComment
from offwall.model.workbook.read.workbook import CellCounter, Places, Workbook, filled_down
from offwall.model.workbook.template.package import (
    Package,
    SheetPart,
    main_tag,
    related,
    sheets,
    workbook_part,
)
from offwall.model.workbook.template.read_sheet import (
    FORMULA,
    ROW,
    ReadBook,
    ReadSheet,
    blocks_of,
    bounds,
    cells_of,
    text_of,
    value_of,
)
from offwall.model.workbook.template.styles import TemplateStyles
from offwall.model.workbook.write.export import MARK

THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"


def comments_of(package: Package) -> Iterator[CellComment]:
    """All comments, sheet by sheet: the threads, then the notes that stand for none of them."""
    people = {
        one.get("id", ""): one.get("displayName", "")
        for part in related(package, workbook_part(package), "person")
        for one in package.xml(part).getroot().iter(f"{THREADS}person")
    }
    for sheet in sheets(package):
        threads = list(_threads(package, sheet, people))
        yield from threads
        yield from _notes(package, sheet, {one.cell for one in threads})


def _threads(package: Package, sheet: SheetPart, people: dict[str, str]) -> Iterator[CellComment]:
    for part in related(package, sheet.part, "threadedComment"):
        for one in package.xml(part).getroot().iter(f"{THREADS}threadedComment"):
            by = people.get(one.get("personId"), "")
            if words := (one.findtext(f"{THREADS}text") or "").strip():
                yield _comment(sheet, one.get("ref", ""), by, words)


def _notes(package: Package, sheet: SheetPart, threads: set[str]) -> Iterator[CellComment]:
    for part in related(package, sheet.part, "comments"):
        root = package.xml(part).getroot()
        authors = [one.text or "" for one in root.iter(main_tag("author"))]
        for one in root.iter(main_tag("comment")):
            said = one.get("authorId", "")
            named = said.isdigit() and int(said) < len(authors)
            by = authors[int(said)].strip() if named else ""
            words = "".join(map(text_of, one.iterchildren(main_tag("text")))).strip()
            if by.startswith("tc="):
                # It stands for a thread, for programs that know none, and says what that says.
                if one.get("ref") in threads:
                    continue
                by, words = "", words.partition("Comment:")[2].strip() or words
            words = words.removeprefix(f"{by}:").strip() if by else words
            if words:
                yield _comment(sheet, one.get("ref", ""), by, words)


def _comment(sheet: SheetPart, cell: str, by: str, words: str) -> CellComment:
    number = re.search(r"\d+", cell)
    return CellComment(sheet.name, int(number[0]) if number else 0, cell, by, words)


# What a workbook's properties say: who saved it last, and what it was exported from.

CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"


def _properties(package: Package) -> tuple[str, str]:
    """Who saved it last, and our own mark."""
    core, custom = (
        (package.xml(part).getroot() for part in related(package, "", f"{kind}-properties"))
        for kind in ("core", "custom")
    )
    by = next((one.findtext(f"{CORE}lastModifiedBy") or "" for one in core), "")
    told = (one for root in custom for one in root.iter(f"{CUSTOM}property"))
    marks = ("".join(one.itertext()).strip() for one in told if one.get("name") == MARK)
    return " ".join(by.split()), next(marks, "")


# Values are what the cells show: dates as dates, of a formula what was last worked out. An error,
# and a formula that no program worked out yet, is an `UnreadableCell`: nobody wrote that value.

_MERGE, _STRING = main_tag("mergeCell"), main_tag("si")
_COLUMN, _FILTER = main_tag("col"), main_tag("filterColumn")
MOST_HIDDEN = 500
"""Columns that one element hides at most: beyond them nothing stands."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

MOST_ROWS = 1_048_576
"""Rows that a sheet can have (Excel's specifications and limits)."""

MOST_FILLED = 50_000
"""Rows of a sheet with something in them that are read: a session's file holds fewer records."""

A_DAY = dt.date(2000, 1, 1)
"""A day whose number says from which day a workbook counts."""


def read_xlsx(package: Package) -> Workbook:
    """What a package holds. Raises `ExportError` where it is damaged, or too large."""
    reader = _XlsxReader(package)
    found = tuple(reader.sheet(sheet) for sheet in sheets(package))
    return Workbook(
        ReadBook(found, tuple(blocks_of(package))),
        *_properties(package),
        tuple(comments_of(package)),
        reader.merged,
        reader.formulas,
    )


class _XlsxReader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._strings = shared_strings(package)
        self._looks, self._counter = TemplateStyles(package), CellCounter(package.name)
        self._from = self._looks.number(A_DAY)
        self.merged: dict[str, Places] = {}
        self.formulas: dict[str, Places] = {}

    def sheet(self, sheet: SheetPart) -> ReadSheet:
        """A sheet's cells that say anything; what a merged block fills, and formulas, are kept."""
        cells: dict[int, dict[int, Any]] = {}
        formulas: set[tuple[int, int]] = set()
        hidden: tuple[set[int], set[int]] = set(), set()
        merges, filtered = [], False
        number = 0
        tags = ROW, _MERGE, _COLUMN, _FILTER
        for seen, element in enumerate(_elements(self._package, sheet.part, *tags)):
            if seen > MOST_ROWS:
                raise ExportError(
                    f"{self._package.name}: sheet {sheet.name} has more rows than Excel knows. "
                    "Open it in Excel or LibreOffice, save it anew, and use that."
                )
            if element.tag == _MERGE:
                merges.append(bounds(element.get("ref", "A1")))
            if element.tag == _COLUMN and _is_hidden(element):
                first = int(element.get("min", "1"))
                last = min(int(element.get("max", "1")), first + MOST_HIDDEN)
                hidden[1].update(range(first, last + 1))
            filtered |= element.tag == _FILTER
            if element.tag != ROW:
                continue
            said = element.get("r")
            number = int(said) if said else number + 1
            if _is_hidden(element):
                hidden[0].add(number)
            if row := self._row(element, number, formulas):
                cells[number] = row
            if len(cells) > MOST_FILLED:
                raise ExportError(
                    f"{self._package.name}: sheet {sheet.name} fills more than {MOST_FILLED:,} "
                    "rows, and no session holds so many. Take out what is not needed."
                )
        self.merged[sheet.name] = filled_down(cells, merges)
        self.formulas[sheet.name] = frozenset(formulas)
        rows, columns = map(frozenset, hidden)
        return ReadSheet(sheet.name, cells, tuple(merges), rows, columns, filtered)

    def _row(self, element: Any, number: int, formulas: set[tuple[int, int]]) -> dict[int, Any]:
        """The cells of a row that say anything, counted; those with a formula are noted."""
        row = {}
        for place, cell in cells_of(element):
            value = self._value(cell)
            if value not in ("", None):
                row[place] = value
            if cell.find(FORMULA) is not None:
                formulas.add((number, place))
        letters = sum(len(one) for one in row.values() if isinstance(one, str))
        self._counter.count(len(row), letters)
        return row

    def _value(self, cell: Any) -> Any:
        kind = cell.get("t", "n")
        value = value_of(cell, self._strings)
        if kind == "e":
            return UnreadableCell(f"is an error ({value})")
        if value == "" and kind != "str" and cell.find(FORMULA) is not None:
            return UnreadableCell("is a formula that was not worked out")
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


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in ("1", "true")


def shared_strings(package: Package) -> list[str]:
    """The texts that cells point to by number."""
    return [
        _unescaped(text_of(one))
        for part in related(package, workbook_part(package), "sharedStrings")[:1]
        for one in _elements(package, part, _STRING)
    ]


def _elements(package: Package, part: str, *tags: str) -> Iterator[Any]:
    """The elements of a part that have these tags, each forgotten when it was seen."""
    for _, element in package.elements(part, *tags):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _unescaped(text: str) -> str:
    """A text without the workbook's way to write what XML cannot (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
