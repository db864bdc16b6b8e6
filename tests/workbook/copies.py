"""Copies that came back, made of a session's own tables: as exported, and with cells edited."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from offwall.model import tables
from offwall.model.records.session import Session
from offwall.model.tables.sheet import Sheet
from offwall.model.workbook.import_.copied_rows import (
    CellComment,
    CopyRow,
    CopyTable,
    EditedCopy,
    ExportedRow,
)

Cells = dict[str, Any]
Edit = Callable[[list[Cells]], object]

TABLES: dict[str, tuple[Callable[[Session], Sheet], str, str]] = {
    "activities": (tables.activities_sheet, "activity", "Activities"),
    "raci": (tables.raci_sheet, "activity", "RACI"),
    "issues": (tables.issues_sheet, "issue", "Issues"),
    "actions": (tables.actions_sheet, "action", "Actions"),
    "next_steps": (tables.next_steps_sheet, "action", "Next steps"),
    "people": (tables.people_sheet, "name", "People"),
    "words": (tables.words_sheet, "say", "Words"),
    "roles": (tables.roles_sheet, "role", "Roles"),
    "documents": (tables.documents_sheet, "document", "Documents"),
    "decisions": (tables.decisions_sheet, "activity", "Decisions"),
}
KNOWN_BY = {"words": "say", "roles": "code", "documents": "document"}


def table(
    session: Session,
    kind: str,
    edit: Edit = lambda rows: None,
    own: Iterable[str] = (),
    without: Iterable[str] = (),
) -> CopyTable:
    """A table as it came back; cells that an edit adds under ``own`` are the council's own."""
    make, anchor, title = TABLES[kind]
    made, known_by = make(session), KNOWN_BY.get(kind, "id")
    rows = [dict(row) for row in made.records()]
    known = tuple(
        ExportedRow(str(row[known_by]), str(row[anchor] or ""), row, {}) for row in made.records()
    )
    edit(rows)
    keys = [column.key for column in made.columns if column.key not in (*without, "comment")]
    keys += [key for row in rows for key in row if "role:" in key and key not in keys]
    return CopyTable(
        kind,
        title,
        anchor,
        tuple(dict.fromkeys(keys)),
        tuple(own),
        tuple(
            CopyRow(
                number,
                {
                    **{key: value for key, value in row.items() if key not in own},
                    **({"id": row[known_by]} if kind in KNOWN_BY and known_by in row else {}),
                },
                {key: row[key] for key in own if key in row},
            )
            for number, row in enumerate(rows, 5)
        ),
        known,
    )


def copy(
    session: Session,
    *reads: CopyTable,
    file: str = "a.xlsx",
    by: str = "Jane Doe",
    comments: Iterable[CellComment] = (),
) -> EditedCopy:
    """A copy that was exported from a session."""
    return EditedCopy(file, by, session, tables=reads, comments=tuple(comments))


def setting(row: int, **cells: Any) -> Edit:
    """An edit of one row."""
    return lambda rows: rows[row].update(cells)


def letters(row: int, **roles: str) -> Edit:
    """An edit of the letters of one row, by the roles' codes."""
    return lambda rows: rows[row].update({f"role:{code}": said for code, said in roles.items()})


def changed(session: Session, key: str, **values: Any) -> Session:
    """The session with one activity changed."""
    activities = (replace(a, **values) if a.id == key else a for a in session.activities)
    return replace(session, activities=tuple(activities))
