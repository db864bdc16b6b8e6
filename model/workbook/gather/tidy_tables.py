"""Many sessions as tidy tables: one row a thing, and every row says whose it is.

Each table is the workbook's own of that name, but for the RACI, which is long here: one row a role
and letter, so that it can be counted whatever the roles are called. Before its own columns each has
the session (its file), the council and the date of the workshop.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from offwall.model.process import role_labels, stage_name
from offwall.model.process.raci import raci_letters
from offwall.model.records import ActionKind, IssueStatus, Session
from offwall.model.records.session import Workshop
from offwall.model.tables import CellValue, FilledSheet, Sheet, SheetRow
from offwall.model.tables.actions import ACTIONS_SHEET, EXPLORED, ISSUES_SHEET
from offwall.model.tables.process import ACTIVITIES_SHEET, PLACE
from offwall.model.tables.setup import ROLES_SHEET
from offwall.model.tables.sheet import NO, YES, Cell, CellKind

OF = (
    Cell[Any]("session", "Session", width=30),
    Cell[Any]("council", "Council", width=26),
    Cell[Any]("date", "Date", width=13, kind=CellKind.DATE),
)
"""The columns that every table begins with."""

LEFT_OUT = {"comment", *(column.key for column in EXPLORED)}
"""The column for people to write in, and those that not every session has."""

RENAMED = {"where": "place", "carrier": "owner", "reason": "why"}
"""Keys that a query could only name in quotes, as they are words of SQL."""


def _counted(key: str, header: str, count: Callable[[Session], int]) -> Cell[Session]:
    return Cell(key, header, lambda at, one: count(one), 12, kind=CellKind.INT)


_Session = Cell[Session]

SESSIONS: Sheet[Session] = Sheet(
    key="sessions",
    title="Sessions",
    about="One row a session: what shares are counted of.",
    rows=lambda at: (at.session,),
    cells=(
        _Session("title", "Title", lambda at, one: one.workshop.title, 34),
        _Session("process", "Process", lambda at, one: one.workshop.process, 26),
        _Session("marking", "Marking", lambda at, one: one.workshop.marking),
        _Session("workshop", "Workshop ID", lambda at, one: one.workshop.id, 14),
        _counted("activities", "Activities", lambda one: len(one.activities)),
        _counted("confirmed", "Confirmed", lambda one: sum(o.confirmed for o in one.activities)),
        _counted(
            "open_points",
            "Open points",
            lambda one: sum(bool(o.open_point) for o in one.activities),
        ),
        _counted("issues", "Issues", lambda one: len(one.issues)),
        _counted(
            "issues_open",
            "Issues not closed",
            lambda one: sum(o.status is not IssueStatus.CLOSED for o in one.issues),
        ),
        _counted("actions", "Actions", lambda one: len(one.actions)),
    ),
)


def tidy_tables(session: Session, file: str) -> tuple[FilledSheet, ...]:
    """The tables of one session; ``file`` is what it is called in each row."""
    whose = (file, session.workshop.council, session.workshop.date)
    return tuple(
        replace(
            table, columns=(*OF, *table.columns), rows=tuple((*whose, *row) for row in table.rows)
        )
        for table in (make(session) for make in _MAKERS)
    )


@cache
def empty_tables() -> tuple[FilledSheet, ...]:
    """The tables without a row: their names and columns are the same for every session."""
    return tuple(replace(table, rows=()) for table in tidy_tables(Session(), ""))


def is_session(session: Session) -> bool:
    """Whether a file that was read is a session at all: in any other TOML all is unknown."""
    return bool(session.activities) or session.workshop != Workshop(extra=session.workshop.extra)


def _activities(session: Session) -> FilledSheet:
    """With every column, as the rows of all sessions stand below one another."""
    return _chosen(ACTIVITIES_SHEET.of(session, whole=True))


def _raci(session: Session) -> FilledSheet:
    """One row a role and letter; an activity that nobody is named for has none."""
    return FilledSheet(
        "RACI",
        "RACI",
        "One row a role and letter: R responsible, A accountable, C consulted, I informed.",
        (
            *PLACE,
            Cell[Any]("letter", "Letter", width=7),
            Cell[Any]("role_code", "Role code", width=10),
            Cell[Any]("role", "Role", width=26),
            Cell[Any]("lead", "Lead", width=7),
            Cell[Any]("id", "ID", width=12),
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


def _issues(session: Session) -> FilledSheet:
    stages: dict[str, str] = {
        one.id: stage_name(session, session.activity_by_id[one.activity])
        for one in session.issues
        if one.activity in session.activity_by_id
    }
    stage = Cell[Any]("stage", "Stage", width=22)
    return _with(ISSUES_SHEET.of(session), stage, lambda row: stages.get(str(row["id"]), ""))


def _actions(session: Session) -> FilledSheet:
    """Improvements, ranked, then next steps, which have no rank."""
    plan = ACTIONS_SHEET.of(session)
    rows = (
        {**row, "rank": row["rank"] if row["kind"] == ActionKind.IMPROVEMENT else None}
        for row in plan.records()
    )
    values = tuple(tuple(row.values()) for row in rows)
    return _chosen(replace(plan, name="Actions", title="Actions", rows=values))


def _roles(session: Session) -> FilledSheet:
    return _chosen(ROLES_SHEET.of(session))


_MAKERS = (SESSIONS.of, _activities, _raci, _issues, _actions, _roles)


def _with(
    table: FilledSheet, column: Cell[Any], of: Callable[[Mapping[str, CellValue]], CellValue]
) -> FilledSheet:
    """The table with one more column in front, as its records say."""
    added = tuple((of(one), *row) for one, row in zip(table.records(), table.rows, strict=True))
    return _chosen(replace(table, columns=(column, *table.columns), rows=added))


def _chosen(table: FilledSheet) -> FilledSheet:
    """The table without what is left out, its keys fit for a query."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in LEFT_OUT]
    columns = (table.columns[place] for place in kept)
    return replace(
        table,
        columns=tuple(replace(one, key=RENAMED.get(one.key, one.key)) for one in columns),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )
