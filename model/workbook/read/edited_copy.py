"""A workbook that came back, as the plain data that `offwall.model.workbook.import_` compares."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import Session, counted
from offwall.model.records.session import LONGEST_TEXT, Export
from offwall.model.store import ExportError
from offwall.model.tables import RACI, Facts, Sheet, only_ours, sheet_of
from offwall.model.tables.all_sheets import rows_of_part
from offwall.model.tables.read_back import UnreadableCell, cell_as_line
from offwall.model.tables.topics import TIERS_SHEET
from offwall.model.workbook.import_.copied_rows import CopyRow, CopyTable, EditedCopy, ExportedRow
from offwall.model.workbook.read.ods import read_ods
from offwall.model.workbook.read.workbook import SUFFIXES, Workbook, read_text
from offwall.model.workbook.read.xlsx import read_xlsx
from offwall.model.workbook.template.charts import turned
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice, with_columns
from offwall.model.workbook.template.fill import ODD, open_workbook, read_content
from offwall.model.workbook.template.find_tables import every_table, narrowed, nothing_found
from offwall.model.workbook.template.found_table import FoundBy, FoundTable
from offwall.model.workbook.template.package import Package
from offwall.model.workbook.template.read_sheet import ReadBook, ReadSheet
from offwall.model.workbook.template.report import mapping_lines, summary_of
from offwall.model.workbook.template.rows import rows_of_kinds
from offwall.model.workbook.template.words import fold_header
from offwall.model.workbook.write.export import PART
from offwall.model.workbook.write.sheet import FIRST_YEAR, HEADER_ROW, cell_text

# The sheets that only our own workbook has.

EARLIER = ("Scorecard", "Contract tried")
"""What else a row of the sheet of tiers said it was, in the workbooks of earlier versions."""


def _found(book: ReadBook, one: Sheet[Any], at: Facts) -> FoundTable | None:
    """The table of such a sheet, under the headers that it is or was exported with."""
    block = next(
        (block for block in book.blocks if block.is_table and block.name == one.name), None
    )
    sheet = book.sheet(block.sheet if block else one.title)
    if sheet is None:
        return None
    top = block.top if block else HEADER_ROW
    table = one.fill(at)
    headers = {fold_header(each.header): key for key, each in one.every_column(at).items()}
    said = {at: fold_header(one) for at, one in sheet.row(top).items() if isinstance(one, str)}
    columns = {at: headers[one] for at, one in said.items() if one in headers}
    if len(columns) < len(table.columns) // 2 or table.columns[0].key not in columns.values():
        return None
    last = max(block.bottom if block else top, top)
    while any(at in sheet.row(last + 1) for at in columns):
        last += 1
    return FoundTable(
        kind=one.key,
        sheet=sheet.name,
        how=FoundBy.TABLE_NAME,
        name=table.name,
        header=top,
        first=top + 1,
        last=last,
        left=min(columns),
        right=max(columns),
        columns=columns,
        headers={at: said[at] for at in columns},
    )


def edited_in_vain(book: ReadBook, at: Facts, ours: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence about each sheet whose edits do not come back."""
    for found in ours:
        one, sheet = sheet_of(found.kind), book.sheet(found.sheet)
        if one.comes_back or "comment" not in one.described or sheet is None:
            continue
        was = {tuple(_own_value(found, row)) for row in one.every_value(at)}
        rows = {number: cells for number, cells, _ in found.rows(sheet)}
        tiers = one.key == TIERS_SHEET.key
        if gone := [at for at in rows if tiers and min(sheet.row(at).items())[1] in EARLIER]:
            yield (
                f"{one.title}: {counted(len(gone), 'row')} of a scorecard and of contracts tried "
                "do not come back, as Offwall no longer has them. The session file keeps its own."
            )
        now = [tuple(_own_value(found, row)) for at, row in rows.items() if at not in gone]
        if new := sum(said not in was for said in now):
            number = "1 row says" if new == 1 else f"{new} rows say"
            yield (
                f"{one.title}: {number} something else than was exported. "
                "That sheet does not come back; change it in Offwall."
            )


def _own_value(table: FoundTable, row: Mapping[str, Any]) -> Iterator[str]:
    """What a row says, as its cells hold it: days that a workbook cannot count are text."""
    for key in table.columns.values():
        value = row.get(key)
        if isinstance(value, dt.date) and value.year < FIRST_YEAR:
            value = value.isoformat()
        yield cell_as_line(value)


# A workbook that came back, as the plain data that `model.workbook.import_` compares.


def read_workbook(path: Path) -> Workbook:
    """What a workbook holds, Excel's or OpenDocument's, or a text of values.

    Raises `ExportError` where it is not there, something else, locked, damaged or too large.
    """
    content, name = read_content(path), path.name
    if path.suffix.lower() in SUFFIXES:
        return read_text(content, name)
    try:
        # How an OpenDocument file goes on after the zip's first header.
        if b"mimetypeapplication/vnd.oasis.opendocument." in content[:200]:
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


def copy_from(
    name: str,
    workbook: Workbook,
    now: Session | None,
    snapshot: Callable[[str], Session | None],
    choice: MappingChoice = AS_IT_IS,
    *,
    remembered: Export | None = None,
) -> EditedCopy:
    """A workbook against what it was exported from.

    ``now`` is the session as it is; None for one that the workbook is to start. ``snapshot`` is
    asked for the session that a mark stands for; ``choice`` is what people said of the workbook,
    ``remembered`` what else of its columns. Raises `ExportError` where it has no table of ours.
    """
    mark, _, part = workbook.mark.partition(PART)
    exported = snapshot(mark) if mark and now is not None else None
    base = exported or now or Session()
    said = replace(base, export=(now and now.export) or remembered or Export())
    said, at = with_columns(said, choice), Facts(base)
    book = narrowed(workbook.book, choice, name)
    found, told = every_table(book, said)
    of_ours = only_ours() if now is not None else ()
    ours = [own for one in of_ours if (own := _found(workbook.book, one, at))]
    back = (*found, *(one for one in ours if sheet_of(one.kind).comes_back))
    if not back:
        raise ExportError(" ".join((nothing_found(name, book, base), *told)))
    known = _known(base, back, part) if now is not None else {}
    reads = _reads(workbook, back, known, told)
    told += (said for sheet in book.sheets for said in _hidden(sheet, found))
    sentences = _said(workbook, exported, now), edited_in_vain(workbook.book, at, ours), told
    return EditedCopy(
        *(name, workbook.by, base, tuple(reads), workbook.comments),
        tuple(chain.from_iterable(sentences)),
        # A workbook with our mark was written by Offwall: nobody needs to be told what it holds.
        () if workbook.mark else tuple(mapping_lines(book, said, found)),
        () if workbook.mark else tuple(_summaries(book, found)),
        part,
    )


def _reads(
    workbook: Workbook,
    back: Iterable[FoundTable],
    known: Mapping[str, tuple[ExportedRow, ...]],
    told: list[str],
) -> list[CopyTable]:
    """The tables as they are read, those of a kind together; what is left alone is ``told``."""
    by_kind: dict[str, list[FoundTable]] = {}
    for one in back:
        told += one.told
        by_kind.setdefault(one.kind, []).append(one)
    return [_read(workbook, of, known.get(kind, ()), told) for kind, of in by_kind.items()]


def _summaries(book: ReadBook, tables: Iterable[FoundTable]) -> Iterator[str]:
    for table in tables:
        if sheet := book.sheet(table.sheet):
            kind = "RACI" if table.kind == RACI else table.kind.replace("_", " ").capitalize()
            yield f"{kind} on {table.sheet}: {summary_of(table, sheet)}"


def _hidden(sheet: ReadSheet, tables: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence about rows and columns of tables that are hidden and were read all the same."""
    here = [table for table in tables if table.sheet == sheet.name and not table.turned]
    rows = {at for one in here for at in sheet.hidden_rows if one.first <= at <= one.last}
    columns = {at for one in here for at in sheet.hidden_columns if at in one.headers}
    for what, places, say in (("row", rows, str), ("column", columns, get_column_letter)):
        numbered = enumerate(sorted(places))
        runs = [[at for _, at in run] for _, run in groupby(numbered, lambda two: two[1] - two[0])]
        spans = [f"{say(run[0])} to {say(run[-1])}" if run[1:] else say(run[0]) for run in runs]
        if len(places) == 1:
            yield f"{sheet.name}: {what} {spans[0]} is hidden and was read."
        elif places:
            yield f"{sheet.name}: {what}s {', '.join(spans)} are hidden and were read."
    if here and sheet.filtered:
        yield f"{sheet.name}: a filter is set; the rows that it hides were read too."


def _said(workbook: Workbook, exported: Session | None, now: Session | None) -> Iterator[str]:
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


def _known(
    base: Session, tables: Iterable[FoundTable], part: str
) -> dict[str, tuple[ExportedRow, ...]]:
    """The rows that each table was exported with; of a part handed out, that part's."""
    rows = rows_of_kinds(base, dict.fromkeys(table.kind for table in tables))
    out = next((rows_of_part(base, one) for one in base.handed_out if one.id == part), None)
    return {
        kind: tuple(_as_written(one) for one in of if out is None or one.id in out)
        for kind, of in rows.items()
    }


def _as_written(record: ExportedRow) -> ExportedRow:
    """A record as a cell shows it: a text that is too long was cut."""
    long = {
        key: cell_text(value).replace("_x005F_", "_")
        for key, value in record.values.items()
        if isinstance(value, str) and len(value) > 1_000
    }
    return replace(record, values={**record.values, **long})


def _read(
    workbook: Workbook,
    tables: Sequence[FoundTable],
    known: tuple[ExportedRow, ...],
    told: list[str],
) -> CopyTable:
    """The tables of one kind as one, in the order in which they stand."""
    first = tables[0].sheet
    rows = [
        replace(row, sheet="" if table.sheet == first else table.sheet)
        for table in tables
        for row in _rows(workbook, table, told)
    ]
    keys = dict.fromkeys(
        key for table in tables for key in table.columns.values() if key != "comment"
    )
    if any("stage" in row.cells for row in rows):
        keys["stage"] = None
    own = dict.fromkeys(said for table in tables for said in table.own.values())
    return CopyTable(
        *(tables[0].kind, first, sheet_of(tables[0].kind).anchor),
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


def _rows(workbook: Workbook, table: FoundTable, told: list[str]) -> Iterator[CopyRow]:
    """The rows of a table; one whose anchor is merged with the row above only goes on with it."""
    sheet = workbook.book.sheet(table.sheet)
    if sheet is None:
        return
    if table.turned:
        for number, ours, cells in table.rows(turned(sheet)):
            yield CopyRow(number, ours, cells, column=True)
        return
    merged = workbook.merged.get(table.sheet, frozenset())
    described = sheet_of(table.kind)
    anchor = table.at.get(described.anchor, 0)
    worked_out = workbook.formulas.get(table.sheet, frozenset())
    for number, said, cells in table.rows(sheet):
        # What a council's own formula works out was not written by anybody.
        formulas = {said for at, said in table.own.items() if (number, at) in worked_out}
        own = {said: _bounded(value) for said, value in cells.items() if said not in formulas}
        ours = {key: _bounded(value) for key, value in said.items()}
        if table.how is FoundBy.LETTERS and isinstance(ours.get("activity"), str):
            ours["activity"] = _LISTED.sub("", ours["activity"])
        if (number, anchor) in merged:
            told.append(
                f"{table.sheet}, row {number}: goes on with the row above in merged cells; only "
                "the first of them was read."
            )
        else:
            known = {"id": ours[described.known_by]} if described.known_by in ours else {}
            yield CopyRow(number, ours | known, own)
