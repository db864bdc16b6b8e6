"""The council's own columns: kept on each record as they came in, and written back."""

from collections.abc import Mapping
from dataclasses import replace

from model.own_columns import own_columns
from model.session import Action, Activity, Issue, Session
from model.tables import Column, Table
from model.tables.names import distinct

_WITH_RECORDS = frozenset({"Activities", "Issues", "Actions", "Next_steps"})
"""The tables whose every row is a record of its own."""


def by_record(session: Session) -> dict[str, dict[str, str]]:
    """The council's own columns of every record that keeps any, by its id."""
    held: tuple[Activity | Issue | Action, ...] = (
        *session.activities,
        *session.issues,
        *session.actions,
    )
    return {record.id: found for record in held if (found := own_columns(record.extra))}


def with_own_columns(table: Table, own: Mapping[str, Mapping[str, str]]) -> Table:
    """The table with the council's own columns before the last two, the comment and the id."""
    if table.name not in _WITH_RECORDS or not own:
        return table
    kept = [own.get(str(row[-1]), {}) for row in table.rows]
    headers = list(dict.fromkeys(header for one in kept for header in one))
    labels = distinct(
        [(header, header) for header in headers], [one.header for one in table.columns]
    )
    more = tuple(
        Column(f"own:{header}", label, width=18)
        for header, label in zip(headers, labels, strict=True)
    )
    return replace(
        table,
        columns=(*table.columns[:-2], *more, *table.columns[-2:]),
        rows=tuple(
            (*row[:-2], *(one.get(header, "") for header in headers), *row[-2:])
            for row, one in zip(table.rows, kept, strict=True)
        ),
    )
