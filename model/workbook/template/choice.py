"""What people say of a workbook that is not understood by itself: its columns, sheet and table;
and what they correct of how it was taken, as changes of what the session remembers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offwall.model.process import role_labels
from offwall.model.records import Session
from offwall.model.records.session import Alias, Fitted, Heading
from offwall.model.store import ExportError
from offwall.model.tables import (
    ACTIONS,
    ACTIVITIES,
    ISSUES,
    RACI,
    ROLE,
    sheet_of,
    template_kinds,
)
from offwall.model.workbook.template.words import LEAVE, fold_header

if TYPE_CHECKING:
    from offwall.model.workbook.template.read_sheet import ReadBook
    from offwall.model.workbook.template.report import MappedLine, MappedSheet, MappedTable

Change = Callable[[Session], Session]

KINDS = (ACTIVITIES, ACTIONS, ISSUES)
"""The kinds of tables that people tell apart; a RACI is a table of activities."""

SAID_FOR = {
    "nothing": LEAVE,
    "date": "due",
    "target date": "due",
    "number": "ref",
    "phase": "stage",
}
"""What people call a column of ours besides its key."""


@dataclass(frozen=True, slots=True)
class MappingChoice:
    """What people say of a workbook: its columns, such as ``Deed=activity``, a sheet, a table.

    ``copy_sheet`` says whether a copy of each sheet is filled; none, what the session remembers.
    """

    columns: tuple[str, ...] = ()
    sheet: str = ""
    table: str = ""
    copy_sheet: bool | None = None


AS_IT_IS = MappingChoice()
"""Nothing is said: the workbook speaks for itself."""


def with_columns(session: Session, choice: MappingChoice) -> Session:
    """The session that remembers what people said of columns.

    Raises:
        ExportError: a column is said to be what is none of ours.
    """
    aliases = tuple(_alias(session, column) for column in choice.columns)
    said = {fold_header(word) for one in aliases for word in one.words}
    kept = tuple(
        one for one in session.export.aliases if not said & set(map(fold_header, one.words))
    )
    tables = tuple(
        replace(
            table,
            columns=tuple(
                column for column in table.columns if fold_header(column.header) not in said
            ),
        )
        for table in session.export.tables
    )
    export = replace(session.export, aliases=(*kept, *aliases), tables=tables)
    if choice.copy_sheet is not None:
        export = replace(export, copy_sheet=choice.copy_sheet)
    return session if export == session.export else replace(session, export=export)


def _alias(session: Session, text: str) -> Alias:
    header, _, means = (part.strip() for part in text.rpartition("="))
    if not header:
        raise ExportError(f"{text}: say it as “Their header=what it is”, such as “Deed=activity”.")
    roles = {
        word.casefold(): f"{ROLE}{code}"
        for code, label in role_labels(session).items()
        for word in (code, label)
    }
    folded = means.casefold()
    known = {LEAVE, *(key for kind in template_kinds() for key in sheet_of(kind).described)}
    if found := SAID_FOR.get(folded) or roles.get(folded) or (folded if folded in known else ""):
        return Alias(found, (header,))
    some = "activity, stage, lead, action, owner, date, status, issue, code, documents, nothing"
    raise ExportError(f"“{means}” is no column of ours. Say one of {some}, or a role's name.")


# What people correct once they see what each column and row was taken for.


def _with_table(session: Session, new: Fitted, instead: Fitted) -> Session:
    """The session that remembers a table otherwise than before."""
    said = {column.header for column in instead.columns}
    kept = [
        table
        for table in session.export.tables
        if (table.sheet, table.name) != (instead.sheet, instead.name)
        or len(said & {each.header for each in table.columns}) * 2 < len(said)
    ]
    return replace(session, export=replace(session.export, tables=(*kept, new)))


def _as_known(session: Session, shown: Fitted) -> Fitted:
    """A table as it is shown, with what was said of it since: keys may come before a new view."""
    headers = {column.header for column in shown.columns}
    same = (
        table
        for table in session.export.tables
        if (table.sheet, table.name) == (shown.sheet, shown.name)
        and {each.header for each in table.columns} == headers
    )
    known = next(same, shown)
    said = {column.header: column.means for column in known.columns if column.means}
    columns = (
        replace(column, means=said.get(column.header, column.means)) for column in shown.columns
    )
    return replace(shown, columns=tuple(columns), rows=known.rows)


def _with_meaning(table: Fitted, header: str, means: str) -> Fitted:
    """The table with one of its columns taken for another; no two mean the same."""
    alone = means not in (LEAVE, ROLE)
    columns = [
        replace(column, means=LEAVE) if alone and column.means == means else column
        for column in table.columns
    ]
    headers = [column.header for column in columns]
    at = headers.index(header) if header in headers else len(headers)
    columns[at : at + 1] = [Heading(header, means)]
    return replace(table, columns=tuple(columns))


class MappedWorkbooks:
    """Workbooks by name, and the changes of a session that say what stands in them."""

    every = True

    def __init__(self, books: "dict[str, ReadBook]") -> None:
        self._books = books

    def sheets(self, session: Session) -> "list[MappedSheet]":
        """All sheets, and what they are taken for as the session remembers it."""
        from offwall.model.workbook.template.report import mapped_sheets

        return [
            sheet
            for name, book in self._books.items()
            for sheet in mapped_sheets(book, session, name, every=self.every)
        ]

    def meanings(self, session: Session, table: "MappedTable") -> dict[str, str]:
        """What a column may be, in words; where no table was found, what each row may be."""
        if not table.kind:
            rows = {one: "an activity" if one == ACTIVITIES else f"an {one[:-1]}" for one in KINDS}
            return {
                sheet_of(kind).anchor: f"Each row is {row}, and this says which"
                for kind, row in rows.items()
            }
        sheet = sheet_of(table.kind)
        found = {sheet.anchor: sheet.described[sheet.anchor].header}
        if table.kind in (ACTIVITIES, RACI):
            labels = role_labels(session).items()
            found |= {"stage": "Stage", ROLE: "RACI of the role that it names"}
            found |= {f"{ROLE}{code}": f"RACI of {label}" for code, label in labels}
        read = {key: one.header for key, one in sheet.described.items() if one.read}
        found |= {key: header for key, header in read.items() if key not in found}
        return found | {LEAVE: "Nothing: it is kept as it is"}

    def column(self, table: "MappedTable", header: str, means: str) -> Change:
        """Take a column for another; where no table was found, the whole for one."""
        kind = table.kind or next(one for one in KINDS if sheet_of(one).anchor == means)

        def change(session: Session) -> Session:
            known = _with_meaning(_as_known(session, table.fitted), header, means)
            return _with_table(session, replace(known, kind=kind), table.fitted)

        return change

    def row(self, table: "MappedTable", words: str, means: str) -> Change:
        """Take the rows of some words for a stage, a record, or nothing."""

        def change(session: Session) -> Session:
            known = _as_known(session, table.fitted)
            others = (row for row in known.rows if row.header != words)
            new = replace(known, rows=(*others, Heading(words, means)))
            return _with_table(session, new, table.fitted)

        return change

    def whole(self, table: "MappedTable", kind: str) -> Change:
        """Take a table for one of another kind, or for none."""
        plain = (replace(column, means="") for column in table.fitted.columns)
        new = replace(table.fitted, kind=kind, columns=tuple(plain))
        return lambda session: _with_table(session, new, table.fitted)

    def headers(
        self, sheet: "MappedSheet", table: "MappedTable", row: "MappedLine", kind: str
    ) -> Change:
        """Let a row head a table of a kind, in the place of the one that stands there."""
        from offwall.model.workbook.template.report import headers_at

        read = self._books[sheet.file].sheet(sheet.name)
        columns = headers_at(read, int(row.where)) if read else ()
        new = replace(table.fitted, kind=kind, columns=columns, rows=())
        return lambda session: _with_table(session, new, table.fitted)

    def copies(self, *, wanted: bool) -> Change:
        """Fill a copy of each sheet, or the sheet itself."""
        return lambda session: replace(session, export=replace(session.export, copy_sheet=wanted))
