"""Many sessions as tidy tables: one row a thing, and every row says whose it is.

Each table is the workbook's own of that name, but for the RACI, which is long here: one row a role
and letter, so that it can be counted whatever the roles are called. Before its own columns each has
the session (its file), the council and the date of the workshop.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from offwall.model import tables
from offwall.model.process import role_labels, stage_name
from offwall.model.process.raci import raci_letters
from offwall.model.records import ActionKind, IssueStatus, Session
from offwall.model.records.session import Workshop
from offwall.model.tables import CellValue, Sheet, SheetRow
from offwall.model.tables.lists import NO, YES
from offwall.model.tables.raci import PLACE
from offwall.model.tables.sheet import CellKind, SheetColumn

OF = (
    SheetColumn("session", "Session", width=30),
    SheetColumn("council", "Council", width=26),
    SheetColumn("date", "Date", CellKind.DATE, 13),
)
"""The columns that every table begins with."""

COMMENT = "comment"
"""The column for people to write in, which has no place here."""

RENAMED = {"where": "place"}
"""Keys that a query could only name in quotes, as they are words of SQL."""

COUNTED = {
    "activities": "Activities",
    "confirmed": "Confirmed",
    "open_points": "Open points",
    "issues": "Issues",
    "issues_open": "Issues not closed",
    "actions": "Actions",
}
"""What is counted of a session, and the header above it."""


def tidy_tables(session: Session, file: str) -> tuple[Sheet, ...]:
    """The tables of one session; ``file`` is what it is called in each row."""
    whose = (file, session.workshop.council, session.workshop.date)
    return tuple(
        replace(
            table, columns=(*OF, *table.columns), rows=tuple((*whose, *row) for row in table.rows)
        )
        for table in (make(session) for make in _MAKERS)
    )


@cache
def empty_tables() -> tuple[Sheet, ...]:
    """The tables without a row: their names and columns are the same for every session."""
    return tuple(replace(table, rows=()) for table in tidy_tables(Session(), ""))


def is_session(session: Session) -> bool:
    """Whether a file that was read is a session at all: in any other TOML all is unknown."""
    return bool(session.activities) or session.workshop != Workshop(extra=session.workshop.extra)


def _sessions(session: Session) -> Sheet:
    workshop, activities = session.workshop, session.activities
    return Sheet(
        "Sessions",
        "Sessions",
        "One row a session: what shares are counted of.",
        (
            SheetColumn("title", "Title", width=34),
            SheetColumn("process", "Process", width=26),
            SheetColumn("marking", "Marking"),
            SheetColumn("workshop", "Workshop ID", width=14),
            *(SheetColumn(key, header, CellKind.INT, 12) for key, header in COUNTED.items()),
        ),
        (
            (
                *(workshop.title, workshop.process, workshop.marking, workshop.id),
                len(activities),
                sum(one.confirmed for one in activities),
                sum(bool(one.open_point) for one in activities),
                len(session.issues),
                sum(one.status is not IssueStatus.CLOSED for one in session.issues),
                len(session.actions),
            ),
        ),
    )


def _activities(session: Session) -> Sheet:
    return _chosen(tables.activities_sheet(session))


def _raci(session: Session) -> Sheet:
    """One row a role and letter; an activity that nobody is named for has none."""
    return Sheet(
        "RACI",
        "RACI",
        "One row a role and letter: R responsible, A accountable, C consulted, I informed.",
        (
            *PLACE,
            SheetColumn("letter", "Letter", width=7),
            SheetColumn("role_code", "Role code", width=10),
            SheetColumn("role", "Role", width=26),
            SheetColumn("lead", "Lead", width=7),
            SheetColumn("id", "ID", width=12),
        ),
        tuple(_raci_rows(session)),
    )


def _raci_rows(session: Session) -> Iterator[SheetRow]:
    labels = role_labels(session)
    for one in session.in_order:
        place = session.ref_by_id[one.id], stage_name(session, one), one.text
        for code, said in raci_letters(one).items():
            for letter in said:
                # The lead's is the capital R; who is responsible beside the lead has a small one.
                lead = YES if letter == "R" else NO
                yield *place, letter.upper(), code, labels[code], lead, one.id


def _issues(session: Session) -> Sheet:
    stages = {
        one.id: stage_name(session, session.activity_by_id[one.activity])
        for one in session.issues
        if one.activity in session.activity_by_id
    }
    stage = SheetColumn("stage", "Stage", width=22)
    return _with(tables.issues_sheet(session), stage, lambda row: stages.get(str(row["id"]), ""))


def _actions(session: Session) -> Sheet:
    """Improvements, ranked, then next steps, which have neither rank nor scores."""
    ranked, steps = tables.actions_sheet(session), tables.next_steps_sheet(session)
    rows = (
        tuple(record.get(column.key) for column in ranked.columns)
        for record in (*ranked.records(), *steps.records())
    )
    kinds = {one.id: str(one.kind) for one in session.actions}
    kind = SheetColumn("kind", "Kind", width=14)
    joined = replace(ranked, rows=tuple(rows))
    return _with(joined, kind, lambda row: kinds.get(str(row["id"]), ActionKind.IMPROVEMENT))


def _roles(session: Session) -> Sheet:
    return _chosen(tables.roles_sheet(session))


_MAKERS = (_sessions, _activities, _raci, _issues, _actions, _roles)


def _with(
    table: Sheet, column: SheetColumn, of: Callable[[Mapping[str, CellValue]], CellValue]
) -> Sheet:
    """The table with one more column in front, as its records say."""
    added = tuple((of(one), *row) for one, row in zip(table.records(), table.rows, strict=True))
    return _chosen(replace(table, columns=(column, *table.columns), rows=added))


def _chosen(table: Sheet) -> Sheet:
    """The table without the column for comments, its keys fit for a query."""
    kept = [place for place, column in enumerate(table.columns) if column.key != COMMENT]
    return replace(
        table,
        columns=tuple(_queried(table.columns[place]) for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def _queried(column: SheetColumn) -> SheetColumn:
    return replace(column, key=RENAMED.get(column.key, column.key))
