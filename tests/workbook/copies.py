"""Copies that came back, made of a session's own tables: as exported, and with cells edited."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from offwall.model.records.session import Session
from offwall.model.tables import Facts, sheet_of
from offwall.model.workbook.import_.copied_rows import (
    CellComment,
    CopyRow,
    CopyTable,
    EditedCopy,
    ExportedRow,
)

Cells = dict[str, Any]
Edit = Callable[[list[Cells]], object]


def table(
    session: Session,
    kind: str,
    edit: Edit = lambda rows: None,
    own: Iterable[str] = (),
    without: Iterable[str] = (),
) -> CopyTable:
    """A table as it came back; cells that an edit adds under ``own`` are the council's own."""
    sheet = sheet_of(kind)
    made, known_by, anchor = sheet.of(session), sheet.known_by, sheet.anchor
    rows = [dict(row) for row in made.records()]
    known = tuple(
        ExportedRow(str(row[known_by]), str(row[anchor] or ""), row, {})
        for row in sheet.every_value(Facts(session))
    )
    edit(rows)
    keys = [column.key for column in made.columns if column.key not in (*without, "comment")]
    # A column of an earlier workbook: those that nobody edited say what they said.
    more = {key for row in rows for key in row if key not in keys and key in sheet.described}
    more -= {*own, *without, "comment"}
    for row, was in zip(rows, known, strict=False):
        row |= {key: was.values[key] for key in more if key not in row}
    keys += [key for row in rows for key in row if "role:" in key or key in more]
    return CopyTable(
        kind,
        sheet.title,
        anchor,
        tuple(dict.fromkeys(keys)),
        tuple(own),
        tuple(
            CopyRow(
                number,
                {
                    **{key: value for key, value in row.items() if key not in own},
                    **({"id": row[known_by]} if known_by != "id" and known_by in row else {}),
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
