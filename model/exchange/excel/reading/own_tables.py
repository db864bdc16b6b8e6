"""The tables that only our own workbook has: roles, people, words, documents, decisions."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from model import tables
from model.edits.answers import counted
from model.exchange.excel.filling import Book, Sheet
from model.exchange.excel.filling.aliases import folded
from model.exchange.excel.sheet import FIRST_YEAR, HEADER_ROW
from model.importing import Known, Read, Row
from model.importing.cells import line
from model.session import Session
from model.table_kinds import DECISIONS, DOCUMENTS, PEOPLE, ROLES, WORDS
from model.tables import Table

OURS: Mapping[str, tuple[Callable[[Session], Table], str, str]] = MappingProxyType(
    {
        DECISIONS: (tables.decisions, "activity", "id"),
        DOCUMENTS: (tables.documents, "document", "document"),
        ROLES: (tables.roles, "role", "code"),
        PEOPLE: (tables.people, "name", "id"),
        WORDS: (tables.words, "say", "say"),
    }
)
"""How each is made, the column that says what a row is about, and what a record is known by."""

NOT_BACK = (tables.topics, tables.tiers, tables.board)
"""Tables whose edits are told and not taken."""


EARLIER = ("Scorecard", "Contract tried")
"""What else a row of the sheet of tiers said it was, in the workbooks of earlier versions."""


def own_tables(book: Book, base: Session) -> Iterator[Read]:
    """Those that a workbook has, with the rows that it was exported with."""
    for kind, (make, anchor, known_by) in OURS.items():
        table = make(base)
        found = _found(book, table)
        if found is not None:
            sheet, columns, first, last = found
            yield Read(
                kind,
                sheet.name,
                anchor,
                tuple(key for key in columns.values() if key != "comment"),
                (),
                tuple(_rows(sheet, columns, first, last, known_by)),
                tuple(
                    Known(str(row[known_by]), str(row[anchor]), row, {}) for row in table.records()
                ),
            )


def edited_in_vain(book: Book, base: Session) -> Iterator[str]:
    """A sentence about each sheet whose edits do not come back."""
    for make in NOT_BACK:
        table = make(base)
        found = _found(book, table)
        if found is None:
            continue
        sheet, columns, first, last = found
        was = {_said(columns, row) for row in table.records()}
        rows = dict(_cells(sheet, columns, first, last))
        gone = [
            at for at in rows if make is tables.tiers and min(sheet.row(at).items())[1] in EARLIER
        ]
        if gone:
            yield (
                f"{table.title}: {counted(len(gone), 'row')} of a scorecard and of contracts tried "
                "do not come back, as Offwall no longer has them. The session file keeps its own."
            )
        new = sum(_said(columns, row) not in was for at, row in rows.items() if at not in gone)
        if new:
            number = "1 row says" if new == 1 else f"{new} rows say"
            yield (
                f"{table.title}: {number} something else than was exported. "
                "That sheet does not come back; change it in Offwall."
            )


def _said(columns: Mapping[int, str], row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(line(_cell(row.get(key))) for key in columns.values())


def _cell(value: Any) -> Any:
    """A value as a cell holds it: days that a workbook cannot count are text."""
    early = isinstance(value, dt.date) and value.year < FIRST_YEAR
    return value.isoformat() if early else value


def _found(book: Book, table: Table) -> tuple[Sheet, dict[int, str], int, int] | None:
    """The sheet of a table of ours, its columns, and the first and last row of its body."""
    block = next((one for one in book.blocks if one.is_table and one.name == table.name), None)
    sheet = book.sheet(block.sheet if block else table.title)
    if sheet is None:
        return None
    top = block.top if block else HEADER_ROW
    headers = {folded(column.header): column.key for column in table.columns}
    columns = {
        at: headers[folded(said)]
        for at, said in sheet.row(top).items()
        if isinstance(said, str) and folded(said) in headers
    }
    if len(columns) < len(headers) // 2 or table.columns[0].key not in columns.values():
        return None
    last = max(block.bottom if block else top, top)
    while any(at in sheet.row(last + 1) for at in columns):
        last += 1
    return sheet, columns, top + 1, last


def _cells(
    sheet: Sheet, columns: Mapping[int, str], first: int, last: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in range(first, last + 1):
        row = sheet.row(number)
        cells = {key: row[at] for at, key in columns.items() if at in row}
        if cells:
            yield number, cells


def _rows(
    sheet: Sheet, columns: Mapping[int, str], first: int, last: int, known_by: str
) -> Iterator[Row]:
    for number, cells in _cells(sheet, columns, first, last):
        if known_by in cells:
            cells["id"] = cells[known_by]
        yield Row(number, cells, {})
