"""Workbooks that are read or filled, and what people say of their columns and rows.

Each is read once; what it is taken for is worked out anew whenever the session remembers otherwise.
The editor and the commands both use it, so it loads no Textual.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from offwall.model.records import Session
from offwall.model.store import ExportError
from offwall.model.workbook import Proposals
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.template.choice import (
    AS_IT_IS,
    Change,
    MappedWorkbooks,
    MappingChoice,
    with_columns,
)
from offwall.model.workbook.write import export
from offwall.tui.kit import Context
from offwall.tui.services import recent_sessions
from offwall.tui.services.session_files import free_name

if TYPE_CHECKING:
    from offwall.model.workbook.import_.copied_rows import EditedCopy
    from offwall.model.workbook.read.workbook import Workbook
    from offwall.model.workbook.template.fill import FillResult

NO_MARK = "0" * 32
"""What stands for the mark in a dry run: the parts that it changes are told all the same."""


class Importing(MappedWorkbooks):
    """Workbooks that came back; ``starts`` says that they start the session."""

    def __init__(
        self,
        books: "Sequence[tuple[str, Workbook]]",
        choice: MappingChoice,
        fresh: Context,
        *,
        starts: bool,
    ) -> None:
        super().__init__({name: workbook.book for name, workbook in books})
        self._workbooks, self.choice, self.starts = tuple(books), choice, starts
        self._seed, self._today = fresh.seed(), fresh.today

    def remember(self, session: Session) -> Session:
        """The session with what the command line says of columns."""
        return with_columns(session, self.choice)

    def propose(self, session: Session, *, strictly: bool = False) -> Proposals:
        """What they propose for the session as it is; a workbook that holds nothing is told.

        Raises:
            ExportError: one holds nothing, where that is to be said ``strictly``.
        """
        from offwall.model.workbook.read.edited_copy import copy_from

        copies: list[EditedCopy] = []
        told: list[str] = []
        snapshot = partial(export.find_snapshot, recent_sessions.state_folder())
        for name, workbook in self._workbooks:
            now = None if self.starts else session
            try:
                copy = copy_from(
                    name, workbook, now, snapshot, self.choice, remembered=session.export
                )
            except ExportError as refused:
                if strictly:
                    raise
                told.append(str(refused))
            else:
                copies.append(copy)
        found = propose_changes(copies, session, today=self._today(), seed=self._seed)
        return replace(found, told=(*told, *found.told))


def read_workbooks(
    paths: Sequence[Path], choice: MappingChoice, fresh: Context, *, starts: bool
) -> Importing:
    """Read workbooks that came back.

    Raises:
        ExportError: one is not there, something else, locked, damaged or too large.
    """
    # What reads workbooks takes a while to load, and the other commands do without.
    from offwall.model.workbook.read.edited_copy import read_workbook

    books = [(path.name, read_workbook(path)) for path in paths]
    return Importing(books, choice, fresh, starts=starts)


class Filling(MappedWorkbooks):
    """A council's own workbook that is to be filled."""

    every = False

    def __init__(self, template: Path) -> None:
        """Read it. Raises `ExportError` where it cannot be filled."""
        from offwall.model.workbook.template.fill import read_template

        self.template = template
        super().__init__({template.name: read_template(template)})

    def write(self, session: Session, path: Path) -> "Filled":
        """Fill a copy beside a session's file.

        Raises:
            ExportError: it cannot be filled or written; nothing was.
        """
        from offwall.model.workbook.template import report
        from offwall.model.workbook.template.fill import write_filled
        from offwall.model.workbook.template.found_table import remember_tables

        filled = filled_copy(session, path, self.template, AS_IT_IS, keep=True)
        written = write_filled(filled, free_name(path.with_suffix(filled.suffix)))
        tables = tuple(table.found for table in filled.tables)
        return Filled(
            written,
            lambda now: remember_tables(now, tables),
            tuple(report.without_place(session, filled)),
            tuple(report.describe_filled(filled, "$")),
        )


class Filled(NamedTuple):
    """A filled copy: where it is, what the session remembers, what it has no place for, and what
    was done to it.
    """

    path: Path
    remember: Change
    without_place: tuple[str, ...]
    told: tuple[str, ...]


def filled_copy(
    session: Session, path: Path, template: Path, choice: MappingChoice, *, keep: bool
) -> "FillResult":
    """A filled workbook with the mark by which it is known when it comes back.

    Where nothing could be kept to compare it with, it goes without; a dry run keeps nothing.

    Raises:
        NothingToFillError: it would stay empty.
        ExportError: it cannot be filled.
    """
    from offwall.model.workbook.template.fill import NothingToFillError, fill_template, read_content
    from offwall.model.workbook.template.workbook_parts import stamp_mark

    filled = fill_template(read_content(template), session, template.name, choice)
    if not any(table.rows for table in filled.tables):
        raise NothingToFillError(
            f"The session holds nothing for the tables of {template.name}; nothing was written."
        )
    mark = export.keep_snapshot(recent_sessions.state_folder(), session, path) if keep else NO_MARK
    if not mark:
        return filled
    content, parts = stamp_mark(filled.content, template.name, mark)
    return replace(filled, content=content, parts=tuple(dict.fromkeys((*filled.parts, *parts))))
