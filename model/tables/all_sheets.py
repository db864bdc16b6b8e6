"""Every sheet of the workbook in its order; the first says what it is and how to send edits
back.
"""

from collections.abc import Sequence

from offwall.model.process import LIST_SEPARATOR
from offwall.model.records import Session
from offwall.model.review.missing import missing_summary
from offwall.model.tables.actions import actions_sheet, issues_sheet, next_steps_sheet
from offwall.model.tables.lists import lists_sheet
from offwall.model.tables.process import activities_sheet, decisions_sheet, documents_sheet
from offwall.model.tables.raci import raci_sheet
from offwall.model.tables.setup import people_sheet, roles_sheet, words_sheet
from offwall.model.tables.sheet import CellKind, Sheet, SheetColumn, SheetRow
from offwall.model.tables.topics import board_sheet, tiers_sheet, topics_sheet
from offwall.model.tables.visio import visio_sheet
from offwall.model.tables.wall import wall_sheet

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


def read_me_sheet(session: Session, others: Sequence[Sheet]) -> Sheet:
    """What the session is, how to use the workbook, and a line a sheet with its count of rows."""
    return Sheet(
        name="Read_me",
        title="Read me",
        about="What this workbook is, how to use it and send it back, and what each sheet holds.",
        columns=(
            SheetColumn("part", "Part", width=16),
            SheetColumn("item", "Item", width=22),
            SheetColumn("says", "Says", width=110),
            SheetColumn("rows", "Rows", CellKind.INT, 8),
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
        ("Objectives", LIST_SEPARATOR.join(held.objectives)),
        ("Marking", held.marking),
        ("Open points", str(sum(bool(one.open_point) for one in session.activities))),
        (
            "Still to do",
            LIST_SEPARATOR.join(missing_summary(session)) or "nothing: the record is complete",
        ),
    )


def _sheets(others: Sequence[Sheet]) -> tuple[SheetRow, ...]:
    return tuple(("Sheets", table.title, table.about, len(table.rows)) for table in others)


# Rows derived from a session, for screens, workbook and plain commands alike.
#
# A function a table; `tables` makes them all in the order of the workbook.

_AFTER_READ_ME = (
    activities_sheet,
    raci_sheet,
    decisions_sheet,
    documents_sheet,
    issues_sheet,
    actions_sheet,
    next_steps_sheet,
    topics_sheet,
    tiers_sheet,
    board_sheet,
    roles_sheet,
    people_sheet,
    words_sheet,
    wall_sheet,
    visio_sheet,
    lists_sheet,
)


def sheets_of(session: Session) -> tuple[Sheet, ...]:
    """Every table, in the order of the workbook's sheets: *Read me* first, *Lists* last."""
    others = tuple(make(session) for make in _AFTER_READ_ME)
    return (read_me_sheet(session, others), *others)
