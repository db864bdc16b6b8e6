"""The first sheet: what the workbook is, how to send edits back, and what each sheet holds."""

from collections.abc import Sequence

from model.lacking import lacking
from model.session import Session
from model.tables.names import LIST
from model.tables.table import Column, Kind, Row, Table

HOW = (
    ("Read", "Activities is the process map. RACI shows the same activities and the same leads."),
    (
        "Comment",
        "Write in the column Your comment, on the row it is about, and send the workbook back to "
        "the facilitator. You may correct other cells too; nothing is taken over unseen.",
    ),
    ("Keep", "Leave the column ID as it is: it says which record a row is, wherever it moves."),
    ("Sort and filter", "Every sheet is one table from row 4. Sort and filter it as you like."),
    (
        "Change a lead",
        "Change it on RACI. Where RACI and Activities were both edited, RACI counts.",
    ),
)


def read_me(session: Session, others: Sequence[Table]) -> Table:
    """What the session is, how to use the workbook, and a line a sheet with its count of rows."""
    return Table(
        name="Read_me",
        title="Read me",
        about="What this workbook is, how to use it and send it back, and what each sheet holds.",
        columns=(
            Column("part", "Part", width=16),
            Column("item", "Item", width=22),
            Column("says", "Says", width=110),
            Column("rows", "Rows", Kind.INT, 8),
        ),
        rows=(
            *(("Workshop", item, says, None) for item, says in _workshop(session) if says),
            *(("How to use it", item, says, None) for item, says in HOW),
            *_sheets(others),
        ),
        pinned=2,
    )


def _workshop(session: Session) -> tuple[tuple[str, str], ...]:
    held = session.workshop
    return (
        ("Title", held.title),
        ("Council", held.council),
        ("Process", held.process),
        ("Date", f"{held.date.day} {held.date:%B %Y}" if held.date else ""),
        ("Facilitator", held.facilitator),
        ("Recorder", held.recorder),
        ("Purpose", held.purpose),
        ("Objectives", LIST.join(held.objectives)),
        ("Marking", held.marking),
        ("Open points", str(sum(bool(one.open_point) for one in session.activities))),
        ("Still to do", LIST.join(lacking(session)) or "nothing: the record is complete"),
    )


def _sheets(others: Sequence[Table]) -> tuple[Row, ...]:
    return tuple(("Sheets", table.title, table.about, len(table.rows)) for table in others)
