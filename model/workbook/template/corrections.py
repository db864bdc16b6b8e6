"""What people correct of how a workbook was taken: changes of what the session remembers."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from offwall.model.process import role_labels
from offwall.model.records import Session
from offwall.model.records.session import Fitted, Heading
from offwall.model.tables import ACTIONS, ACTIVITIES, ISSUES, RACI, ROLE, sheet_of
from offwall.model.workbook.template.header_words import LEAVE

if TYPE_CHECKING:
    from offwall.model.workbook.template.mapping import MappedLine, MappedSheet, MappedTable
    from offwall.model.workbook.template.read_sheet import ReadBook

Change = Callable[[Session], Session]

KINDS = (ACTIVITIES, ACTIONS, ISSUES)
"""The kinds of tables that people tell apart; a RACI is a table of activities."""


def with_table(session: Session, new: Fitted, instead: Fitted) -> Session:
    """The session that remembers a table otherwise than before."""
    said = {one.header for one in instead.columns}
    kept = [
        one
        for one in session.export.tables
        if (one.sheet, one.name) != (instead.sheet, instead.name)
        or len(said & {each.header for each in one.columns}) * 2 < len(said)
    ]
    return replace(session, export=replace(session.export, tables=(*kept, new)))


def as_known(session: Session, shown: Fitted) -> Fitted:
    """A table as it is shown, with what was said of it since: keys may come before a new view."""
    headers = {one.header for one in shown.columns}
    known = next(
        (
            one
            for one in session.export.tables
            if (one.sheet, one.name) == (shown.sheet, shown.name)
            and {each.header for each in one.columns} == headers
        ),
        shown,
    )
    said = {one.header: one.means for one in known.columns if one.means}
    columns = (replace(one, means=said.get(one.header, one.means)) for one in shown.columns)
    return replace(shown, columns=tuple(columns), rows=known.rows)


def with_meaning(table: Fitted, header: str, means: str) -> Fitted:
    """The table with one of its columns taken for another; no two mean the same."""
    alone = means not in (LEAVE, ROLE)
    columns = [
        replace(one, means=LEAVE) if alone and one.means == means else one for one in table.columns
    ]
    headers = [one.header for one in columns]
    at = headers.index(header) if header in headers else len(headers)
    columns[at : at + 1] = [Heading(header, means)]
    return replace(table, columns=tuple(columns))


def with_row(table: Fitted, words: str, means: str) -> Fitted:
    """The table with the rows of some words taken for a stage, a record, or nothing."""
    others = (one for one in table.rows if one.header != words)
    return replace(table, rows=(*others, Heading(words, means)))


def meanings(session: Session, kind: str) -> dict[str, str]:
    """What a column of a table of a kind may be, and how that is called."""
    sheet = sheet_of(kind)
    found = {sheet.anchor: sheet.described[sheet.anchor].header}
    if kind in (ACTIVITIES, RACI):
        found["stage"] = "Stage"
        found[ROLE] = "RACI of the role that it names"
        found |= {
            f"{ROLE}{code}": f"RACI of {label}" for code, label in role_labels(session).items()
        }
    read = {key: one.header for key, one in sheet.described.items() if one.read}
    found |= {key: header for key, header in read.items() if key not in found}
    return found | {LEAVE: "Nothing: it is kept as it is"}


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
            return meanings(session, table.kind)
        return {sheet_of(kind).anchor: f"{_each(kind)}, and this says which" for kind in KINDS}

    def column(self, table: "MappedTable", header: str, means: str) -> Change:
        """Take a column for another; where no table was found, the whole for one."""
        kind = table.kind or next(one for one in KINDS if sheet_of(one).anchor == means)

        def change(session: Session) -> Session:
            known = with_meaning(as_known(session, table.fitted), header, means)
            return with_table(session, replace(known, kind=kind), table.fitted)

        return change

    def row(self, table: "MappedTable", words: str, means: str) -> Change:
        """Take the rows of some words for a stage, a record, or nothing."""

        def change(session: Session) -> Session:
            known = with_row(as_known(session, table.fitted), words, means)
            return with_table(session, known, table.fitted)

        return change

    def whole(self, table: "MappedTable", kind: str) -> Change:
        """Take a table for one of another kind, or for none."""
        plain = (replace(one, means="") for one in table.fitted.columns)
        new = replace(table.fitted, kind=kind, columns=tuple(plain))
        return lambda session: with_table(session, new, table.fitted)

    def headers(
        self, sheet: "MappedSheet", table: "MappedTable", row: "MappedLine", kind: str
    ) -> Change:
        """Let a row head a table of a kind, in the place of the one that stands there."""
        from offwall.model.workbook.template.mapping import headers_at

        read = self._books[sheet.file].sheet(sheet.name)
        columns = headers_at(read, int(row.where)) if read else ()
        new = replace(table.fitted, kind=kind, columns=columns, rows=())
        return lambda session: with_table(session, new, table.fitted)

    def copies(self, *, wanted: bool) -> Change:
        """Fill a copy of each sheet, or the sheet itself."""
        return lambda session: replace(session, export=replace(session.export, copy_sheet=wanted))


def _each(kind: str) -> str:
    return f"Each row is {'an activity' if kind == ACTIVITIES else f'an {kind[:-1]}'}"
