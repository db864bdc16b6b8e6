"""Every sheet of the workbook in its order; the first says how to send edits back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from offwall.model.actions.facts import kept_up
from offwall.model.actions.ranking import rung_name
from offwall.model.process import LIST_SEPARATOR, role_labels
from offwall.model.process.handed_out import activities_of, say_part
from offwall.model.records import (
    ActionKind,
    ActionStatus,
    Group,
    Improve,
    IssueCode,
    IssueStatus,
    Session,
    Treatment,
)
from offwall.model.records.session import HandedOut, Rag, Rhythm
from offwall.model.review.progress import missing_summary
from offwall.model.tables.actions import ACTIONS_SHEET, ISSUES_SHEET, NEXT_STEPS_SHEET
from offwall.model.tables.process import ACTIVITIES_SHEET, DECISIONS_SHEET, RACI_SHEET
from offwall.model.tables.setup import (
    DOCUMENTS_SHEET,
    PEOPLE_SHEET,
    REQUIREMENTS_SHEET,
    ROLES_SHEET,
    STAGES_SHEET,
    WORDS_SHEET,
)
from offwall.model.tables.sheet import (
    ACTIONS,
    ACTIVITY_STATUS,
    ID,
    NEXT_STEPS,
    NO,
    YES,
    Cell,
    CellKind,
    CellValue,
    Facts,
    FilledSheet,
    Sheet,
    Shown,
    stated,
)
from offwall.model.tables.topics import (
    BOARD_SHEET,
    HOURS_SHEET,
    PASSING_SHEET,
    TIERS_SHEET,
    TOPICS_SHEET,
)
from offwall.model.tables.visio import VISIO_SHEET
from offwall.model.tables.wall import WALL_SHEET

HOW = (
    ("Read", "Activities is the process map. RACI shows the same activities and the same leads."),
    (
        "Comment",
        "Write in the column Your comment, on the row it is about, and send the workbook back to "
        "the facilitator. You may correct other cells too; nothing is changed without review.",
    ),
    ("Keep", "Leave the column ID as it is: it says which record a row is, wherever it moves."),
    ("Sort and filter", "Every sheet is one table from row 4. Sort and filter it as you like."),
    (
        "Change a lead",
        "Change it on RACI. Where RACI and Activities were both edited, RACI counts.",
    ),
)


PART_HOW = (
    (
        "Fill",
        "This is your part of the map. On RACI give each activity one R and one A, and C and I"
        " where they are needed; on Activities put right its words, documents and open point.",
    ),
    (
        "Add",
        "Write a new activity on a row under the table, with its stage, and leave its ID empty. The"
        " dropdowns offer roles and documents; another one may be typed too.",
    ),
)
"""How a part is filled, before the rest."""

PART_SHEETS = (ACTIVITIES_SHEET, RACI_SHEET, DECISIONS_SHEET, ISSUES_SHEET)
"""The sheets that a part has."""


def part_sheets(session: Session, part: HandedOut) -> tuple[FilledSheet, ...]:
    """The workbook of a part: its rows of the same sheets, so that it comes back like any copy."""
    at, kept = Facts(session), rows_of_part(session, part)
    filled = []
    for one in PART_SHEETS:
        sheet = one.fill(at)
        place = [column.key for column in sheet.columns].index(ID.key)
        rows = tuple(row for row in sheet.rows if row[place] in kept)
        if rows or one is not ISSUES_SHEET:
            filled.append(replace(sheet, rows=rows))
    others = (*filled, lists_sheet(session))
    own = replace(session, activities=tuple(o for o in session.activities if o.id in kept))
    first = read_me_sheet(own, others)
    about = ("Workshop", "Your part", say_part(session, part), None)
    fill = (("How to use it", item, says, None) for item, says in PART_HOW)
    return (replace(first, rows=(about, *fill, *first.rows)), *others)


def rows_of_part(session: Session, part: HandedOut) -> frozenset[str]:
    """The ids of the records that are rows of a part: its activities, and the issues on them."""
    own = activities_of(session, part)
    return own | {issue.id for issue in session.issues if issue.activity in own}


def read_me_sheet(session: Session, others: Sequence[FilledSheet]) -> FilledSheet:
    """What the session is, how to use the workbook, and a line a sheet with its count of rows."""
    return FilledSheet(
        name="Read_me",
        title="Read me",
        about="What this workbook is, how to use it and send it back, and what each sheet holds.",
        columns=(
            Cell[Any]("part", "Part", width=16),
            Cell[Any]("item", "Item", width=22),
            Cell[Any]("says", "Detail", width=96),
            Cell[Any]("rows", "Rows", width=8, kind=CellKind.INT),
        ),
        rows=(
            *(("Workshop", item, says, None) for item, says in _workshop(session) if says),
            *(("How to use it", item, says, None) for item, says in HOW),
            *(("Sheets", one.title, one.about, len(one.rows)) for one in others),
        ),
        pinned=2,
    )


def _workshop(session: Session) -> tuple[tuple[str, str], ...]:
    held = session.workshop
    return (
        ("Title", held.title),
        ("Council", held.council),
        ("Process", held.process),
        ("Starts with", held.starts),
        ("Ends with", held.ends),
        ("Date", f"{held.date.day} {held.date:%B %Y}" if held.date else ""),
        ("Facilitator", held.facilitator),
        ("Recorder", held.recorder),
        ("Purpose", held.purpose),
        ("Objectives", LIST_SEPARATOR.join(held.objectives)),
        ("Kept up", LIST_SEPARATOR.join(kept_up(session))),
        ("Marking", held.marking),
        ("Open points", str(sum(bool(activity.open_point) for activity in session.activities))),
        (
            "Still to do",
            LIST_SEPARATOR.join(missing_summary(session)) or "nothing: the record is complete",
        ),
    )


# The lists that columns offer their values from.


def _owners(session: Session) -> Iterable[str]:
    people = (person.name for person in session.people if person.name)
    return dict.fromkeys([*role_labels(session).values(), *people])


def _carriers(session: Session) -> Iterable[str]:
    owners = (*role_labels(session), *(person.id for person in session.people))
    return dict.fromkeys(filter(None, map(stated(session).called, owners)))


def _documents(session: Session) -> Iterable[str]:
    named = (name for activity in session.in_order for name in activity.documents)
    return dict.fromkeys(filter(None, (*(document.name for document in session.documents), *named)))


LISTS: Mapping[str, tuple[str, Callable[[Session], Iterable[CellValue]]]] = {
    "roles": ("Roles", lambda session: role_labels(session).values()),
    "role_codes": ("Role codes", role_labels),
    "letters": ("RACI letters", lambda session: ("R", "A", "RA", "C", "I")),
    "activity_status": ("Activity status", lambda session: ACTIVITY_STATUS),
    "improve": ("Improve", lambda session: Improve),
    "codes": ("Issue codes", lambda session: IssueCode),
    "issue_status": ("Issue status", lambda session: IssueStatus),
    "action_status": ("Action status", lambda session: ActionStatus),
    "approvals": ("Approvals", lambda session: filter(None, map(rung_name, session.approvals))),
    "scores": ("Impact and effort", lambda session: (1, 2, 3, 4, 5)),
    "owners": ("Owners", _owners),
    "carriers": ("Owners by role and name", _carriers),
    "kinds": ("Improvement or next step", lambda session: ActionKind),
    "rags": ("RAG", lambda session: Rag),
    "documents": ("Documents", _documents),
    "groups": ("Groups", lambda session: Group),
    "tiers": ("Tiers", lambda session: (tier.code for tier in session.tiers if tier.code)),
    "treatments": ("How a tier treats it", lambda session: Treatment),
    "rhythms": ("Rhythms", lambda session: Rhythm),
    "yes_no": ("Yes or no", lambda session: (YES, NO)),
}
"""Each list's header and its values, by its key; no value is empty."""


def lists_sheet(session: Session) -> FilledSheet:
    """Every list side by side; a role's code stands beside its name."""
    kinds = {"scores": CellKind.INT}
    return FilledSheet(
        name="Lists",
        title="Lists",
        about="What the dropdowns on the other sheets offer. Add to a list in the app, not here.",
        columns=tuple(
            Cell[Any](key, header, width=18, kind=kinds.get(key, CellKind.TEXT))
            for key, (header, _) in LISTS.items()
        ),
        rows=tuple(zip_longest(*(make(session) for _, make in LISTS.values()), fillvalue="")),
    )


SHEETS: tuple[Sheet[Any], ...] = (
    ACTIVITIES_SHEET,
    RACI_SHEET,
    ACTIONS_SHEET,
    NEXT_STEPS_SHEET,
    STAGES_SHEET,
    DECISIONS_SHEET,
    DOCUMENTS_SHEET,
    ISSUES_SHEET,
    TOPICS_SHEET,
    TIERS_SHEET,
    BOARD_SHEET,
    REQUIREMENTS_SHEET,
    HOURS_SHEET,
    PASSING_SHEET,
    ROLES_SHEET,
    PEOPLE_SHEET,
    WORDS_SHEET,
    WALL_SHEET,
    VISIO_SHEET,
)
"""Every sheet that is described, in the order of the workbook."""


def sheet_of(key: str) -> Sheet[Any]:
    """The description of a sheet. Raises `StopIteration` for a key that none has."""
    return next(one for one in SHEETS if one.key == key)


def template_kinds() -> tuple[str, ...]:
    """The sheets that a council's own workbook may hold, in the order in which they are told.

    What may head a log or a plan is rather a log.
    """
    kinds = (one.key for one in SHEETS if one.called)
    return tuple(sorted(kinds, key=lambda kind: kind in (ACTIONS, NEXT_STEPS)))


def only_ours() -> tuple[Sheet[Any], ...]:
    """The sheets that no council's own workbook has."""
    return tuple(one for one in SHEETS if not one.called)


def header_words(key: str) -> dict[str, tuple[str, ...]]:
    """What heads each column of a sheet, ours first, by the column's key."""
    return {name: (one.header, *one.words) for name, one in sheet_of(key).described.items()}


def sheets_of(session: Session) -> tuple[FilledSheet, ...]:
    """Every table, in the order of the workbook's sheets: *Read me* first, *Lists* last."""
    at = Facts(session)
    filled = (
        one.fill(at)
        for one in SHEETS
        if one.written is Shown.ALWAYS
        or (one.written is Shown.FILLED and any(True for _ in one.rows(at)))
    )
    others = (*filled, lists_sheet(session))
    return (read_me_sheet(session, others), *others)
