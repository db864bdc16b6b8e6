"""The rows of a copy that are a record each: issues, actions, next steps, and the lists of our own
workbook.
"""

from collections.abc import Iterable
from typing import Any

from offwall.model.records.changes import keyed_in
from offwall.model.records.fields import RECORDS, value_of
from offwall.model.tables import Sheet, sheet_of
from offwall.model.tables.actions import as_rag
from offwall.model.tables.read_back import (
    EditedRow,
    Fields,
    UnreadableCell,
    as_date,
    cell_as_line,
    fold_cell,
    name_of,
)
from offwall.model.workbook.import_.copied_rows import CopyRow, CopyTable, ExportedRow, match_rows
from offwall.model.workbook.import_.draft import (
    NEW_ROW,
    DraftSession,
    MissingRecord,
    edited_cells,
    note_place,
    row_place,
    tell_nameless,
    with_own,
)


def take_rows(draft: DraftSession, read: CopyTable) -> None:
    """Change the records of a collection as the table says."""
    sheet = sheet_of(read.kind)
    (_take if sheet.called else _take_list)(draft, read, sheet)


def record_fields(sheet: Sheet[Any], row: EditedRow, untold: Iterable[str]) -> Fields:
    """The fields that the edited cells give another value; what else was edited is told."""
    found: Fields = {}
    columns = sheet.described
    for key, value in row.cells.items():
        column, header = columns.get(key), key.replace("_", " ")
        if isinstance(value, UnreadableCell):
            row.tell(f"{header} {value.why}; it was left alone.")
        elif column and column.read:
            found |= column.read(row, column, value)
        elif key not in untold:
            row.tell(f"{header} is worked out from the rest; its edit was left alone.")
    return found


def _take(draft: DraftSession, read: CopyTable, sheet: Sheet[Any]) -> None:
    """A table that councils have too: a row that is gone may mean a record that is."""
    collection, found = sheet.collection, match_rows(read)
    hung, seen = _hung(draft, sheet), set()
    for row in read.rows:
        known, place = found.get(row.at), row_place(read, row)
        if known is None:
            if not (words := cell_as_line(row.cells.get(read.anchor))):
                tell_nameless(draft, read, row)
                continue
            if words.casefold() in hung or not (key := _add(draft, sheet, words, place)):
                continue
        else:
            key = known.id
        seen.add(key)
        note_place(draft, read, row, collection, key)
        _change(draft, read, row, key, known or NEW_ROW)
    draft.gone += [MissingRecord(collection, one.id) for one in read.known if one.id not in seen]


def _add(draft: DraftSession, sheet: Sheet[Any], words: str, place: str) -> str:
    """Add the record of a new row; answers with what it is known by, empty where none is made."""
    if sheet.new is None:
        draft.tell(place, "is new, and no record can be added here; add it in Offwall.")
        return ""
    record = sheet.new(draft, words)
    key: str = value_of(record, RECORDS[sheet.collection].key)
    draft.add(sheet.collection, key, record)
    return key


def _hung(draft: DraftSession, sheet: Sheet[Any]) -> set[str]:
    """The words of records that activities' rows brought already."""
    base = keyed_in(draft.base, sheet.collection)
    new = (one for key, one in draft.records(sheet.collection).items() if key not in base)
    anchor = name_of(sheet.described[sheet.anchor])
    return {fold_cell(value_of(one, anchor)) for one in new}


def _change(
    draft: DraftSession, read: CopyTable, row: CopyRow, key: str, known: ExportedRow
) -> None:
    sheet = sheet_of(read.kind)
    cells = edited_cells(read, row, known, draft.today)
    if known is NEW_ROW:
        cells = sheet.edits_of_new(cells)
        # Where a new row stands is no wish for its rank.
        cells.pop("rank", None)
    edited = EditedRow(draft, row_place(read, row), cells, row.cells)
    fields = record_fields(sheet, edited, ("id", "comment"))
    if fields:
        draft.change(sheet.collection, key, **fields)
    wordy = {
        f"{column.header}, in words": cells[name]
        for name, column in sheet.described.items()
        if column.read in (as_date, as_rag) and name in cells and name not in fields
        if not isinstance(cells[name], UnreadableCell)
    }
    if read.own or wordy:
        with_own(draft, sheet.collection, key, read, row, more=wordy)
    if comment := cell_as_line(row.cells.get("comment")):
        draft.aside.setdefault(key, []).append(comment)


def _take_list(draft: DraftSession, read: CopyTable, sheet: Sheet[Any]) -> None:
    """A list that only our own workbook has. None of its records goes."""
    found = match_rows(read)
    for row in read.rows:
        known = found.get(row.at)
        words = cell_as_line(row.cells.get(read.anchor))
        if not (known or words):
            continue
        cells = edited_cells(read, row, known or NEW_ROW, draft.today)
        if comment := cell_as_line(row.cells.get("comment")):
            draft.aside.setdefault("", []).append(f"{read.sheet}, {words}: {comment}")
        edited = EditedRow(draft, row_place(read, row), cells, row.cells)
        if not (key := known.id if known else _add(draft, sheet, words, edited.place)):
            continue
        draft.where.setdefault((sheet.collection, key), edited.place)
        if key not in draft.records(sheet.collection):
            if not any(one.read and name in cells for name, one in sheet.described.items()):
                continue
            # A document that activities name needs no entry; what is said of it makes one.
            _add(draft, sheet, words, edited.place)
        if fields := _listed(sheet, edited, new=known is None):
            draft.change(sheet.collection, key, **fields)


def _listed(sheet: Sheet[Any], row: EditedRow, *, new: bool) -> Fields:
    """What a row of a list changes of its record; of a new one nothing is told that follows."""
    untold = {"id", "comment"}
    if sheet.anchor == sheet.known_by:
        untold.add(sheet.anchor)
        if sheet.anchor in row.cells and not new:
            row.tell("was called something else; change its name in Offwall.")
    if new:
        untold |= sheet.described.keys()
    return record_fields(sheet, row, untold)
