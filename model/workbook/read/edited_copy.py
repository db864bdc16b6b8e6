"""A workbook that came back, as the plain data that `offwall.model.workbook.import_` compares."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from offwall.model import tables
from offwall.model.records import Session, counted
from offwall.model.records.session import LONGEST_TEXT
from offwall.model.store import ExportError
from offwall.model.tables import ACTIONS, KINDS, NEXT_STEPS
from offwall.model.tables import Sheet as Table
from offwall.model.tables.sheet import DECISIONS, DOCUMENTS, PEOPLE, ROLES, WORDS
from offwall.model.workbook.import_.cells import UnreadableCell, cell_as_line
from offwall.model.workbook.import_.copied_rows import (
    CopyRow,
    CopyTable,
    EditedCopy,
    ExportedRow,
)
from offwall.model.workbook.read.ods import read_ods
from offwall.model.workbook.read.text import SUFFIXES, read_text
from offwall.model.workbook.read.workbook import Workbook
from offwall.model.workbook.read.xlsx import read_xlsx
from offwall.model.workbook.template import ReadBook
from offwall.model.workbook.template.charts import turned
from offwall.model.workbook.template.check_file import open_workbook
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice, with_columns
from offwall.model.workbook.template.fill import read_content
from offwall.model.workbook.template.find_tables import every_table, nothing_found
from offwall.model.workbook.template.found_table import FoundBy, FoundTable
from offwall.model.workbook.template.header_words import ANCHORS, fold_header
from offwall.model.workbook.template.mapping import mapping_lines, narrowed
from offwall.model.workbook.template.package import Package
from offwall.model.workbook.template.read_sheet import ReadSheet
from offwall.model.workbook.template.rows import RowValues, row_values
from offwall.model.workbook.write.sheet import FIRST_YEAR, HEADER_ROW, cell_text

# The tables that only our own workbook has: roles, people, words, documents, decisions.

OURS: Mapping[str, tuple[Callable[[Session], Table], str, str]] = MappingProxyType(
    {
        DECISIONS: (tables.decisions_sheet, "activity", "id"),
        DOCUMENTS: (tables.documents_sheet, "document", "document"),
        ROLES: (tables.roles_sheet, "role", "code"),
        PEOPLE: (tables.people_sheet, "name", "id"),
        WORDS: (tables.words_sheet, "say", "say"),
    }
)
"""How each is made, the column that says what a row is about, and what a record is known by."""

NOT_BACK = (tables.topics_sheet, tables.tiers_sheet, tables.board_sheet)
"""Tables whose edits are told and not taken."""


EARLIER = ("Scorecard", "Contract tried")
"""What else a row of the sheet of tiers said it was, in the workbooks of earlier versions."""


def read_own_tables(book: ReadBook, base: Session) -> Iterator[CopyTable]:
    """Those that a workbook has, with the rows that it was exported with."""
    for kind, (make, anchor, known_by) in OURS.items():
        table = make(base)
        found = _found(book, table)
        if found is not None:
            sheet, columns, first, last = found
            yield CopyTable(
                kind,
                sheet.name,
                anchor,
                tuple(key for key in columns.values() if key != "comment"),
                (),
                tuple(_own_rows(sheet, columns, first, last, known_by)),
                tuple(
                    ExportedRow(str(row[known_by]), str(row[anchor]), row, {})
                    for row in table.records()
                ),
            )


def edited_in_vain(book: ReadBook, base: Session) -> Iterator[str]:
    """A sentence about each sheet whose edits do not come back."""
    for make in NOT_BACK:
        table = make(base)
        found = _found(book, table)
        if found is None:
            continue
        sheet, columns, first, last = found
        was = {_own_value(columns, row) for row in table.records()}
        rows = dict(_cells(sheet, columns, first, last))
        gone = [
            at
            for at in rows
            if make is tables.tiers_sheet and min(sheet.row(at).items())[1] in EARLIER
        ]
        if gone:
            yield (
                f"{table.title}: {counted(len(gone), 'row')} of a scorecard and of contracts tried "
                "do not come back, as Offwall no longer has them. The session file keeps its own."
            )
        new = sum(_own_value(columns, row) not in was for at, row in rows.items() if at not in gone)
        if new:
            number = "1 row says" if new == 1 else f"{new} rows say"
            yield (
                f"{table.title}: {number} something else than was exported. "
                "That sheet does not come back; change it in Offwall."
            )


def _own_value(columns: Mapping[int, str], row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell_as_line(_own_cell(row.get(key))) for key in columns.values())


def _own_cell(value: Any) -> Any:
    """A value as a cell holds it: days that a workbook cannot count are text."""
    early = isinstance(value, dt.date) and value.year < FIRST_YEAR
    return value.isoformat() if early else value


def _found(book: ReadBook, table: Table) -> tuple[ReadSheet, dict[int, str], int, int] | None:
    """The sheet of a table of ours, its columns, and the first and last row of its body."""
    block = next((one for one in book.blocks if one.is_table and one.name == table.name), None)
    sheet = book.sheet(block.sheet if block else table.title)
    if sheet is None:
        return None
    top = block.top if block else HEADER_ROW
    headers = {fold_header(column.header): column.key for column in table.columns}
    columns = {
        at: headers[fold_header(said)]
        for at, said in sheet.row(top).items()
        if isinstance(said, str) and fold_header(said) in headers
    }
    if len(columns) < len(headers) // 2 or table.columns[0].key not in columns.values():
        return None
    last = max(block.bottom if block else top, top)
    while any(at in sheet.row(last + 1) for at in columns):
        last += 1
    return sheet, columns, top + 1, last


def _cells(
    sheet: ReadSheet, columns: Mapping[int, str], first: int, last: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in range(first, last + 1):
        row = sheet.row(number)
        cells = {key: row[at] for at, key in columns.items() if at in row}
        if cells:
            yield number, cells


def _own_rows(
    sheet: ReadSheet, columns: Mapping[int, str], first: int, last: int, known_by: str
) -> Iterator[CopyRow]:
    for number, cells in _cells(sheet, columns, first, last):
        if known_by in cells:
            cells["id"] = cells[known_by]
        yield CopyRow(number, cells, {})


# A workbook that came back, as the plain data that `model.workbook.import_` compares.

OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
"""How an OpenDocument file goes on after the zip's first header."""

ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What comes of parts that are XML and yet no workbook's."""

Snapshot = Callable[[str], Session | None]
"""The session that a mark stands for, as far as this computer knows it."""


def read_workbook(path: Path) -> Workbook:
    """What a workbook holds, Excel's or OpenDocument's, or a text of values.

    Raises:
        ExportError: it is not there, something else, locked, damaged or too large.
    """
    content, name = read_content(path), path.name
    if path.suffix.lower() in SUFFIXES:
        return read_text(content, name)
    try:
        if OPEN_DOCUMENT in content[:200]:
            return read_ods(content, _open_document(content, name))
        return read_xlsx(open_workbook(content, name))
    except ODD as error:
        raise ExportError(
            f"{name} is damaged: its cells or tables contradict each other. "
            "Open it in Excel or LibreOffice, save it anew, and use that."
        ) from error


def _open_document(content: bytes, name: str) -> Package:
    """The package of an OpenDocument spreadsheet, its parts unpacked once within limits."""
    package = Package(content, name)
    if b"opendocument.spreadsheet" not in content[:200]:
        raise ExportError(f"{name} is no spreadsheet. Save it as .xlsx or .ods.")
    manifest = package.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise ExportError(f"{name} is locked with a password. Save a copy without one.")
    return package


def copy_of(
    path: Path,
    now: Session | None,
    snapshot: Snapshot,
    choice: MappingChoice = AS_IT_IS,
) -> EditedCopy:
    """A workbook read against what it was exported from.

    ``now`` is the session as it is; None for one that the workbook is to start. ``choice`` is
    what people said of the workbook.

    Raises:
        ExportError: as `read_workbook`, and where no table of ours is found in it.
    """
    workbook = read_workbook(path)
    exported = snapshot(workbook.mark) if workbook.mark and now is not None else None
    base = exported or now or Session()
    book = narrowed(workbook.book, choice, path.name)
    found, told = every_table(book, with_columns(base, choice))
    ours = tuple(read_own_tables(workbook.book, base)) if now is not None else ()
    if not found and not ours:
        raise ExportError(" ".join((nothing_found(path.name, book, base), *told)))
    known = _known(base, found) if now is not None else {}
    for one in found:
        told += one.told
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    reads = [_read(workbook, of, known.get(kind, ()), told) for kind, of in by_kind.items() if of]
    said = (*_said(workbook, exported, base, now), *told)
    return EditedCopy(
        path.name,
        workbook.by,
        base,
        (*reads, *ours),
        workbook.comments,
        tuple(said),
        tuple(mapping_lines(book, found)),
    )


def _said(
    workbook: Workbook, exported: Session | None, base: Session, now: Session | None
) -> Iterator[str]:
    if now is None:
        return
    if exported is None:
        why = (
            "what it was exported from is not kept on this computer"
            if workbook.mark
            else "it does not say what it was exported from"
        )
        yield (
            f"{why}, so it was compared with the session as it is: what was changed here since "
            "looks like a change there."
        )
    elif exported.workshop.id != now.workshop.id:
        yield "it was exported from another session; look at each line before you accept it."
    yield from edited_in_vain(workbook.book, base)


def _known(base: Session, found: Iterable[FoundTable]) -> dict[str, tuple[ExportedRow, ...]]:
    """The rows that each table was exported with."""
    kinds = {one.kind for one in found}
    together = NEXT_STEPS not in kinds
    return {
        kind: tuple(
            _as_written(one)
            for one in row_values(base, kind, with_next_steps=together and kind == ACTIONS)
        )
        for kind in kinds
    }


def _as_written(record: RowValues) -> ExportedRow:
    """A record as a cell shows it: a text that is too long was cut."""
    values = {
        key: _cell(value) if isinstance(value, str) and len(value) > 1_000 else value
        for key, value in record.values.items()
    }
    return ExportedRow(record.id, record.words, values, record.own)


def _cell(text: str) -> str:
    return cell_text(text).replace("_x005F_", "_")


def _read(
    workbook: Workbook,
    tables: Sequence[FoundTable],
    known: tuple[ExportedRow, ...],
    told: list[str],
) -> CopyTable:
    """The tables of one kind as one, in the order in which they stand."""
    first = tables[0].sheet
    rows = [
        replace(row, sheet="" if one.sheet == first else one.sheet)
        for one in tables
        for row in _rows(workbook, one, told)
    ]
    keys = dict.fromkeys(key for one in tables for key in one.columns.values() if key != "comment")
    if any("stage" in row.cells for row in rows):
        keys["stage"] = None
    own = dict.fromkeys(said for one in tables for said in one.own.values())
    return CopyTable(
        *(tables[0].kind, first, ANCHORS[tables[0].kind]),
        tuple(keys),
        tuple(own),
        tuple(rows),
        known,
    )


def _bounded(value: Any) -> Any:
    """A cell's value; a text that no session can hold is told, and the rest is taken."""
    if not isinstance(value, str) or len(value) <= LONGEST_TEXT:
        return value
    return UnreadableCell(
        f"has {len(value):,} characters, and a text may have {LONGEST_TEXT:,}; shorten it there"
    )


_LISTED = re.compile(r"^\s*[-–—•·▪]\s+")
"""The mark of a list before an activity, under the heading of its stage."""


def _rows(workbook: Workbook, found: FoundTable, told: list[str]) -> Iterator[CopyRow]:
    """The rows of a table; one whose anchor is merged with the row above only goes on with it."""
    sheet = workbook.book.sheet(found.sheet)
    if sheet is None:
        return
    if found.turned:
        for number, ours, cells in found.rows(turned(sheet)):
            yield CopyRow(number, ours, cells, column=True)
        return
    merged = workbook.merged.get(found.sheet, frozenset())
    anchor = found.at[ANCHORS[found.kind]]
    worked_out = workbook.formulas.get(found.sheet, frozenset())
    for number, said, cells in found.rows(sheet):
        # What a council's own formula works out was not written by anybody.
        formulas = {said for at, said in found.own.items() if (number, at) in worked_out}
        own = {said: _bounded(value) for said, value in cells.items() if said not in formulas}
        ours = {key: _bounded(value) for key, value in said.items()}
        if found.how is FoundBy.LETTERS and isinstance(ours.get("activity"), str):
            ours["activity"] = _LISTED.sub("", ours["activity"])
        if (number, anchor) in merged:
            told.append(
                f"{found.sheet}, row {number}: goes on with the row above in merged cells; only "
                "the first of them was read."
            )
        else:
            yield CopyRow(number, ours, own)
