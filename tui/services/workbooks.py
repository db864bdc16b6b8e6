"""Workbooks that are read or filled, and what people say of their columns and rows.

Each is read once; what it is taken for is worked out anew whenever the session remembers otherwise.
The editor and the commands both use it, so it loads no Textual.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session
from offwall.model.store import ExportError
from offwall.model.tables import ACTIONS, ACTIVITIES, ISSUES, sheet_of
from offwall.model.workbook import Proposals
from offwall.model.workbook.import_.compare_copy import propose_changes
from offwall.model.workbook.template import choice as said
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice
from offwall.model.workbook.write import export
from offwall.tui.kit import Context
from offwall.tui.services import recent_sessions
from offwall.tui.services.session_files import free_name

if TYPE_CHECKING:
    from offwall.model.workbook.import_.copied_rows import EditedCopy
    from offwall.model.workbook.read.workbook import Workbook
    from offwall.model.workbook.template.fill import FillResult
    from offwall.model.workbook.template.mapping import MappedLine, MappedSheet, MappedTable
    from offwall.model.workbook.template.read_sheet import ReadBook

Change = Callable[[Session], Session]

NO_MARK = "0" * 32
"""What stands for the mark in a dry run: the parts that it changes are told all the same."""

KINDS = (ACTIVITIES, ACTIONS, ISSUES)
"""The kinds of tables that people tell apart; a RACI is a table of activities."""


class MappedWorkbooks:
    """Workbooks by name, and the changes of a session that say what stands in them."""

    every = True

    def __init__(self, books: "dict[str, ReadBook]") -> None:
        self._books = books

    def sheets(self, session: Session) -> "list[MappedSheet]":
        """All sheets, and what they are taken for as the session remembers it."""
        from offwall.model.workbook.template.mapping import mapped_sheets

        return [
            sheet
            for name, book in self._books.items()
            for sheet in mapped_sheets(book, session, name, every=self.every)
        ]

    def meanings(self, session: Session, table: "MappedTable") -> dict[str, str]:
        """What a column may be, in words; where no table was found, what each row may be."""
        if table.kind:
            return said.meanings(session, table.kind)
        return {sheet_of(kind).anchor: f"{_each(kind)}, and this says which" for kind in KINDS}

    def column(self, table: "MappedTable", header: str, means: str) -> Change:
        """Take a column for another; where no table was found, the whole for one."""
        fitted = table.fitted
        if not table.kind:
            kind = next(one for one in KINDS if sheet_of(one).anchor == means)
            fitted = replace(fitted, kind=kind)
        new = said.with_meaning(fitted, header, means)
        return lambda session: said.with_table(session, new, table.fitted)

    def row(self, table: "MappedTable", words: str, means: str) -> Change:
        """Take the rows of some words for a stage, a record, or nothing."""
        new = said.with_row(table.fitted, words, means)
        return lambda session: said.with_table(session, new, table.fitted)

    def whole(self, table: "MappedTable", kind: str) -> Change:
        """Take a table for one of another kind, or for none."""
        plain = (replace(one, means="") for one in table.fitted.columns)
        new = replace(table.fitted, kind=kind, columns=tuple(plain))
        return lambda session: said.with_table(session, new, table.fitted)

    def headers(
        self, sheet: "MappedSheet", table: "MappedTable", row: "MappedLine", kind: str
    ) -> Change:
        """Let a row head a table of a kind, in the place of the one that stands there."""
        from offwall.model.workbook.template.mapping import headers_at

        read = self._books[sheet.file].sheet(sheet.name)
        columns = headers_at(read, int(row.where)) if read else ()
        new = replace(table.fitted, kind=kind, columns=columns, rows=())
        return lambda session: said.with_table(session, new, table.fitted)


def _each(kind: str) -> str:
    return f"Each row is {'an activity' if kind == ACTIVITIES else f'an {kind[:-1]}'}"


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
        return said.with_columns(session, self.choice)

    def propose(self, session: Session, *, strictly: bool = False) -> Proposals:
        """What they propose for the session as it is; a workbook that holds nothing is told.

        Raises:
            ExportError: one holds nothing, where that is to be said ``strictly``.
        """
        from offwall.model.workbook.read.edited_copy import copy_from

        copies: list[EditedCopy] = []
        told: list[str] = []
        for name, workbook in self._workbooks:
            now = None if self.starts else session
            try:
                copy = copy_from(
                    name, workbook, now, _snapshot, self.choice, remembered=session.export
                )
            except ExportError as refused:
                if strictly:
                    raise
                told.append(str(refused))
            else:
                copies.append(copy)
        found = propose_changes(copies, session, today=self._today(), seed=self._seed)
        return replace(found, told=(*told, *found.told))


def _snapshot(mark: str) -> Session | None:
    return export.find_snapshot(recent_sessions.state_folder(), mark)


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
        from offwall.model.workbook.template.fill import read_book, read_content

        self.template = template
        super().__init__({template.name: read_book(read_content(template), template.name)})

    def write(self, session: Session, path: Path) -> tuple[Path, Change]:
        """Fill a copy beside a session's file: where it is, and what the session remembers.

        Raises:
            ExportError: it cannot be filled or written; nothing was.
        """
        from offwall.model.workbook.template.fill import write_filled
        from offwall.model.workbook.template.found_table import remember_tables

        filled = filled_copy(session, path, self.template, AS_IT_IS, keep=True)
        written = write_filled(filled, free_name(path.with_suffix(filled.suffix)))
        tables = tuple(table.found for table in filled.tables)
        return written, lambda now: remember_tables(now, tables)


def filled_copy(
    session: Session, path: Path, template: Path, choice: MappingChoice, *, keep: bool
) -> "FillResult":
    """A filled workbook with the mark by which it is known when it comes back.

    Where nothing could be kept to compare it with, it goes without; a dry run keeps nothing.

    Raises:
        ExportError: it cannot be filled.
    """
    from offwall.model.workbook.template.fill import fill_file
    from offwall.model.workbook.template.stamp import stamp_mark

    filled = fill_file(session, template, choice)
    if not any(table.rows for table in filled.tables):
        return filled
    mark = export.keep_snapshot(recent_sessions.state_folder(), session, path) if keep else NO_MARK
    if not mark:
        return filled
    content, parts = stamp_mark(filled.content, template.name, mark)
    return replace(filled, content=content, parts=tuple(dict.fromkeys((*filled.parts, *parts))))
