"""What a sheet is: columns, rows derived from a session, the kinds there are, the council's own
columns.

For screens, workbook and reports alike.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from offwall.model.process.names import distinct
from offwall.model.records import Action, Activity, Issue, Session, Table

ACTIVITIES, RACI, ISSUES, ACTIONS, NEXT_STEPS = (
    "activities",
    "raci",
    "issues",
    "actions",
    "next_steps",
)

KINDS = (ACTIVITIES, RACI, ISSUES, ACTIONS, NEXT_STEPS)
"""The tables that a council's workbook may hold, in the order in which they are told."""

DECISIONS, DOCUMENTS, ROLES, PEOPLE, WORDS = "decisions", "documents", "roles", "people", "words"
"""The tables that only our own workbook has, and that people may edit."""

ROLE = "role:"
"""What the key of a role's own column begins with; its code follows."""


# What a table is: rows derived from a session, for screens, workbook and reports alike.
#
# A table is plain data. It knows nothing of a spreadsheet or a terminal; a column only hints at
# its width and names the list that its values come from.

CellValue = str | int | dt.date | None
"""What a cell holds. ``None`` and the empty string are both an empty cell."""

SheetRow = tuple[CellValue, ...]


class CellKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INT = "int"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its key in code, its header, and hints for whoever shows it.

    ``width`` is in characters. ``choices`` is the key of the column of the table *Lists* that
    offers its values; people may still write something else.
    """

    key: str
    header: str
    kind: CellKind = CellKind.TEXT
    width: int = 16
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with a name (a word without a space), a title, and a sentence that says what they are.

    ``pinned`` is how many of the first columns say which record a row is about, and so should
    stay in sight.
    """

    name: str
    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    pinned: int = 1

    def records(self) -> list[dict[str, CellValue]]:
        """Each row as a mapping from the columns' keys."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


COMMENT = SheetColumn("comment", "Your comment", width=22)
ID = SheetColumn("id", "ID", width=12)


# The council's own columns of a workbook, as a record keeps them.

OWN_COLUMNS = "own_columns"
"""The key of a record's ``extra`` that keeps the council's own columns, by their headers."""


def own_columns(extra: Table) -> dict[str, str]:
    """The council's own columns that a record keeps in its ``extra``, by their headers."""
    kept = dict(extra.items).get(OWN_COLUMNS)
    if not isinstance(kept, Table):
        return {}
    return {header: str(value) for header, value in kept.items}


# The council's own columns: kept on each record as they came in, and written back.

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


def with_own_columns(table: Sheet, own: Mapping[str, Mapping[str, str]]) -> Sheet:
    """The table with the council's own columns before the last two, the comment and the id."""
    if table.name not in _WITH_RECORDS or not own:
        return table
    kept = [own.get(str(row[-1]), {}) for row in table.rows]
    headers = list(dict.fromkeys(header for one in kept for header in one))
    labels = distinct(
        [(header, header) for header in headers], [one.header for one in table.columns]
    )
    more = tuple(
        SheetColumn(f"own:{header}", label, width=18)
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
