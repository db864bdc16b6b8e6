"""Workbooks that people edited: ours exported, changed with openpyxl, saved again."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from offwall.model.records.session import Session
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.import_.copied_rows import EditedCopy
from offwall.model.workbook.import_.proposals import Proposals
from offwall.model.workbook.read.edited_copy import copy_from, read_workbook
from offwall.model.workbook.write import export
from offwall.model.workbook.write.book import build_workbook

TODAY = dt.date(2026, 12, 10)
HEADER = 4


def exported(session: Session, state_dir: Path, path: Path) -> Path:
    """The workbook of a session, and the snapshot of what was exported."""
    mark = export.keep_snapshot(state_dir, session, path.with_suffix(".toml"))
    assert mark
    path.write_bytes(build_workbook(session, exported_on=TODAY, mark=mark))
    return path


def edited(path: Path, edit: Callable[[Workbook], object], to: Path | None = None) -> Path:
    """The workbook after an edit, saved as people save it."""
    book = load_workbook(BytesIO(path.read_bytes()))
    edit(book)
    target = to or path.with_name(f"edited-{path.name}")
    book.save(target)
    return target


def columns(sheet: Worksheet) -> dict[Any, int]:
    """Where each header of ours stands."""
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


def put(book: Workbook, sheet: str, row: int, header: str, value: Any) -> None:
    """Type a value into a row of a table's body, counted from 0."""
    found = book[sheet]
    cell = found.cell(HEADER + 1 + row, columns(found)[header])
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def body(sheet: Worksheet) -> list[list[Any]]:
    """The rows of a table's body."""
    wide = len(columns(sheet))
    return [
        [sheet.cell(row, at).value for at in range(1, wide + 1)]
        for row in range(HEADER + 1, sheet.max_row + 1)
    ]


def rewrite(sheet: Worksheet, rows: list[list[Any]]) -> None:
    """Write a table's body anew: sorted, longer, shorter."""
    wide = len(columns(sheet))
    for at in range(max(len(rows), sheet.max_row - HEADER)):
        for column in range(1, wide + 1):
            value = rows[at][column - 1] if at < len(rows) else None
            cell = sheet.cell(HEADER + 1 + at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    for table in sheet.tables.values():
        first, _, last = table.ref.partition(":")
        letters = last.rstrip("0123456789")
        table.ref = f"{first}:{letters}{HEADER + len(rows)}"


def read(path: Path, now: Session | None, state_dir: Path) -> EditedCopy:
    """A workbook read against its snapshot."""
    return copy_from(
        path.name, read_workbook(path), now, lambda mark: export.find_snapshot(state_dir, mark)
    )


def proposed(now: Session, state_dir: Path, *paths: Path) -> Proposals:
    """What workbooks propose."""
    copies = [read(path, now, state_dir) for path in paths]
    return propose_changes(copies, now, today=TODAY, seed="seed")
