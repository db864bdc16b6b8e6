"""Many sessions as tidy tables: one row a thing, and every row says whose it is.

Each table is the workbook's own of that name, but for the RACI, which is long here: one row a role
and letter, so that it can be counted whatever the roles are called. Before its own columns each has
the session (its file), the council and the date of the workshop.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from offwall.model.process import role_labels, stage_name
from offwall.model.process.raci import raci_letters
from offwall.model.records import ActionKind, IssueStatus, Session
from offwall.model.records.session import Workshop
from offwall.model.store import StoreError, disk, read_session
from offwall.model.store.session_file import path_in_words
from offwall.model.tables import FilledSheet, Sheet, SheetRow
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
    tables = (
        SESSIONS.of(session),
        # With every column, as the rows of all sessions stand below one another.
        _chosen(ACTIVITIES_SHEET.of(session, whole=True)),
        _raci(session),
        _issues(session),
        _actions(session),
        _chosen(ROLES_SHEET.of(session)),
    )
    return tuple(
        replace(
            table, columns=(*OF, *table.columns), rows=tuple((*whose, *row) for row in table.rows)
        )
        for table in tables
    )


@cache
def empty_tables() -> tuple[FilledSheet, ...]:
    """The tables without a row: their names and columns are the same for every session."""
    return tuple(replace(table, rows=()) for table in tidy_tables(Session(), ""))


def is_session(session: Session) -> bool:
    """Whether a file that was read is a session at all: in any other TOML all is unknown."""
    return bool(session.activities) or session.workshop != Workshop(extra=session.workshop.extra)


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
    for activity in session.in_order:
        place = session.ref_by_id[activity.id], stage_name(session, activity), activity.text
        for code, said in raci_letters(activity).items():
            for letter in said:
                # The lead's is the capital R; who is responsible beside the lead has a small one.
                lead = YES if letter == "R" else NO
                yield *place, letter.upper(), code, labels[code], lead, activity.id


def _issues(session: Session) -> FilledSheet:
    table, known = ISSUES_SHEET.of(session), session.activity_by_id
    activities = (known.get(issue.activity) for issue in session.issues)
    stages = (stage_name(session, activity) if activity else "" for activity in activities)
    return _chosen(
        replace(
            table,
            columns=(Cell[Any]("stage", "Stage", width=22), *table.columns),
            rows=tuple((stage, *row) for stage, row in zip(stages, table.rows, strict=True)),
        )
    )


def _actions(session: Session) -> FilledSheet:
    """Improvements, ranked, then next steps, which have no rank."""
    plan = ACTIONS_SHEET.of(session)
    rows = (
        {**row, "rank": row["rank"] if row["kind"] == ActionKind.IMPROVEMENT else None}
        for row in plan.records()
    )
    values = tuple(tuple(row.values()) for row in rows)
    return _chosen(replace(plan, name="Actions", title="Actions", rows=values))


def _chosen(table: FilledSheet) -> FilledSheet:
    """The table without what is left out, its keys fit for a query."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in LEFT_OUT]
    columns = (table.columns[place] for place in kept)
    return replace(
        table,
        columns=tuple(
            replace(column, key=RENAMED.get(column.key, column.key)) for column in columns
        ),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


# Which session files lie in folders, and what each gives, in the order of their paths.


@dataclass
class SessionFiles:
    """The files in the order of their paths, and a sentence for each folder that kept its own."""

    files: list[Path] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def find_sessions(places: Iterable[Path], apart: Path | None = None) -> SessionFiles:
    """The TOML files of these folders; a file that is named itself is taken whatever it is called.

    Links are followed, and a folder or file that two ways lead to is taken once, so that a link to
    a folder above ends. What is hidden (its name begins with a dot) is left alone, and so is all in
    ``apart``, where copies lie.
    """
    found, seen = SessionFiles(), set[object]()
    if apart:
        _is_new(apart, seen)
    for place in places:
        if place.is_dir():
            _walk(place, found, seen)
        elif _is_new(place, seen):
            found.files.append(place)
    return found


def _walk(top: Path, session_files: SessionFiles, seen: set[object]) -> None:
    def closed(error: OSError) -> None:
        where = path_in_words(Path(str(error.filename)))
        session_files.closed.append(
            f"{where} cannot be looked into ({disk.os_reason(error)}); ask who may, or leave it."
        )

    for folder, folders, files in os.walk(top, onerror=closed, followlinks=True):
        here = Path(folder)
        if not _is_new(here, seen):
            folders.clear()
            continue
        folders[:] = sorted(_seen_by_all(folders))
        named_so = (name for name in _seen_by_all(files) if name.lower().endswith(".toml"))
        session_files.files.extend(
            path for name in sorted(named_so) if _is_new(path := here / name, seen)
        )


def _seen_by_all(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith("."))


def _is_new(path: Path, seen: set[object]) -> bool:
    """Whether no other way led here yet; what cannot be looked at is told by its path."""
    try:
        about = path.stat()
    except OSError:
        key: object = path
    else:
        # Some shares number nothing; there the path has to do.
        key = (about.st_dev, about.st_ino) if about.st_ino else path.resolve()
    if key in seen:
        return False
    seen.add(key)
    return True


# Session files read one after another, and what each gave.


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """What one file gave: each table's rows, in the order of `tidy_tables`.

    Where there are none, ``why`` says in a sentence that it ``failed`` or is no session.
    """

    file: Path
    workshop: str = ""
    rows: tuple[Sequence[SheetRow], ...] = ()
    why: str = ""
    failed: bool = False


def gather_file(file: Path) -> GatheredFile:
    """What a file gives."""
    try:
        session = read_session(file)
        if not is_session(session):
            return GatheredFile(file, why=f"{path_in_words(file)} is no session.")
        rows = tuple(table.rows for table in tidy_tables(session, file.as_posix()))
    except StoreError as wrong:
        return GatheredFile(file, why=str(wrong), failed=True)
    except Exception as fault:
        # One file of hundreds, that nobody foresaw, does not cost the others.
        why = f"{path_in_words(file)} could not be gathered ({type(fault).__name__}: {fault})."
        return GatheredFile(file, why=why, failed=True)
    return GatheredFile(file, session.workshop.id, rows)
