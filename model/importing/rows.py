"""Which cells of a row were edited, and the council's own columns beside them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from model.importing.cells import Unread, line, same
from model.importing.copy import Known, Read, Row
from model.importing.draft import Draft
from model.own_columns import OWN_COLUMNS, own_columns
from model.session import Table

NOTHING = Known("", "", {}, {})
"""What a row is compared with that is new."""


def edited_cells(read: Read, row: Row, known: Known, today: dt.date) -> dict[str, Any]:
    """The cells of our columns that no longer say what was exported, by our keys."""
    found = {}
    for key in read.keys:
        value, before = row.cells.get(key), known.values.get(key)
        if isinstance(value, Unread) or not same(value, before, today):
            found[key] = value
    return found


def with_own(draft: Draft, collection: str, key: str, read: Read, row: Row) -> None:
    """Keep on the record what stands in the council's own columns, and what was taken out."""
    record, place = draft.records(collection)[key], place_of(read, row)
    before = own_columns(record.extra)
    now = dict(before)
    for header in read.own:
        value = row.own.get(header)
        if isinstance(value, Unread):
            draft.tell(place, f"{header} {value.why}; it was left alone.")
        elif said := line(value):
            now[header] = said
        else:
            now.pop(header, None)
    if now != before:
        draft.change(collection, key, extra=_keeping(record.extra, now))


def _keeping(extra: Table, own: Mapping[str, str]) -> Table:
    others = tuple((key, value) for key, value in extra.items if key != OWN_COLUMNS)
    return Table((*others, (OWN_COLUMNS, Table(tuple(own.items())))) if own else others)


def place_of(read: Read, row: Row) -> str:
    """Where a row stands, in words."""
    return f"{read.sheet}, row {row.number}"


def note_place(draft: Draft, read: Read, row: Row, collection: str, key: str) -> None:
    """Remember which record a row is about."""
    draft.where.setdefault((collection, key), place_of(read, row))
    draft.by_row[read.sheet, row.number] = key
