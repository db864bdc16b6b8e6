"""What the columns and rows of a workbook were taken for and why, and keys to correct it.

What is said is remembered in the session, and counts for the next workbook of the same headers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from offwall.model.records import Session, excerpt
from offwall.model.records.text import plain_lines
from offwall.tui.kit import Context, ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, key, keys, looks
from offwall.tui.kit.messages import ExportRequested
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.session_widget import app_state, follow
from offwall.tui.terminal.worker import Latest

if TYPE_CHECKING:
    from asyncio import Future

    from offwall.model.workbook.template.choice import Change, MappedWorkbooks
    from offwall.model.workbook.template.report import MappedLine, MappedSheet, MappedTable

MAPPING_COLUMNS = (
    FittedColumn("where", "", 4),
    FittedColumn("said", "Header, row", 19, 34),
    FittedColumn("means", "Taken for", 18, 28),
    FittedColumn("why", "Why", 14, 26, whole=True),
    FittedColumn("samples", "Says"),
)
TABLE, ROWS, TOLD = "table:", "rows", "told:"
"""What the keys of tables and of sentences begin with; the key of the heading above the rows."""

LEAVE = "leave"
ROW_MEANINGS = {
    "record": "A record: read it",
    "stage": "The heading of a stage",
    LEAVE: "Nothing: leave it out",
}
"""What a row may be said to be, in words."""

LOOKS = {"not read": "open", "left out": "open", "kept as it is": "muted"}
"""How it looks that something was taken for nothing."""

KINDS = {"activities": "activities, or a RACI", "actions": "actions", "issues": "issues"}
NO_SHEETS = "There is no workbook to look at. q goes back."
LOOKING = "Looking through the workbook ..."
HOW_TO = "Enter says what it is, x leaves it out, l and h show another sheet; u takes it back."
FILL_HINT = " E writes the filled copy; $ fills a copy of each sheet, or the sheet itself."
COPIED = "each sheet stays, a copy is filled"


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A table, and one of its columns or rows; ``line`` is None on the table's heading."""

    table: "MappedTable"
    line: "MappedLine | None" = None
    on_row: bool = False


@dataclass(frozen=True, slots=True)
class MappingView:
    """The workbooks, their sheets, and which of these is shown."""

    books: "MappedWorkbooks"
    sheets: "list[MappedSheet]"
    at: int

    @property
    def sheet(self) -> "MappedSheet":
        """The sheet that is shown."""
        return self.sheets[self.at]


@looks
def say_what(at: Here, place: MappedPlace) -> Outcome:
    """Say what it is."""
    options, line = dict(_options(at, place)), place.line
    words = list(options)
    said = f"{line.where} {excerpt(line.said)}".strip() if line else place.table.title
    name = line.where if line else "The table"

    def answered(chosen: int) -> Outcome:
        return Outcome(f"{name}: {words[chosen]}", options[words[chosen]])

    return Outcome(ask=Choose(f"What is it? {said}", words, answered))


def _options(at: Here, place: MappedPlace) -> "Iterator[tuple[str, Change]]":
    books, table, line = at.view.books, place.table, place.line
    if line is None:
        for kind, words in KINDS.items():
            yield f"A table of {words}", books.whole(table, kind)
        yield "Nothing: leave it out", books.whole(table, LEAVE)
    elif place.on_row:
        for means, words in ROW_MEANINGS.items() if line.known else ():
            yield words, books.row(table, line.header, means)
        for kind, words in KINDS.items():
            yield f"The headers of {words}", books.headers(at.view.sheet, table, line, kind)
    else:
        for means, words in books.meanings(at.session, table).items():
            yield words, books.column(table, line.header, means)


@looks
def leave_out(at: Here, place: MappedPlace) -> Outcome:
    """Take the column, the row or the table for nothing."""
    books, table, line = at.view.books, place.table, place.line
    if line is None:
        return Outcome("The table is left out", books.whole(table, LEAVE))
    if place.on_row:
        return Outcome(f"Left out: {excerpt(line.header)}", books.row(table, line.header, LEAVE))
    said = f"Column {line.where} is left alone"
    return Outcome(said, books.column(table, line.header, LEAVE))


@looks
def turn(at: Here, _: MappedPlace | None, by: int) -> Outcome:
    """Show the next sheet, round to the first."""
    return Outcome(view=replace(at.view, at=(at.view.at + by) % len(at.view.sheets)))


@looks
def write(at: Here, _: MappedPlace | None) -> Outcome:
    """Write the filled copy."""
    return Outcome(post=ExportRequested(filled=True))


@looks
def copy_sheets(at: Here, _: MappedPlace | None) -> Outcome:
    """Fill a copy of each sheet and leave theirs as it is, or fill the sheet itself."""
    wanted = not at.session.export.copy_sheet
    label = "A copy of each sheet is filled" if wanted else "The sheet itself is filled"
    return Outcome(label, at.view.books.copies(wanted=wanted))


def _may_be_left(at: Here) -> bool:
    place: MappedPlace | None = at.record
    if place is None or not place.table.kind:
        return False
    return place.line is None or not place.on_row or place.line.known


BEFORE = "Show the sheet before, round to the last"
ANYTHING = Need(lambda at: at.record, "There is nothing here to say.")
LEAVABLE = Need(_may_be_left, "There is nothing here to leave out.")
SEVERAL = Need(lambda at: at.view and len(at.view.sheets) > 1, "There is no other sheet.")
BOOKS = Need(lambda at: at.view, NO_SHEETS)


class MappingList(RecordList):
    """The columns of each table of a sheet, then its first rows."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "mapping",
        foot("enter,e", "say", "Say what", say_what, needs=ANYTHING),
        foot("x", "leave", "Leave out", leave_out, needs=LEAVABLE),
        foot("l,right", "next-sheet", "Next sheet", partial(turn, by=1), needs=SEVERAL),
        key("h,left", "sheet-before", "Sheet before", partial(turn, by=-1), BEFORE, SEVERAL),
    )
    FOLLOWED = True
    HOW_TO: ClassVar[str] = HOW_TO

    def __init__(self, books: "MappedWorkbooks | None", fresh: Context) -> None:
        super().__init__(MAPPING_COLUMNS, empty=LOOKING if books else NO_SHEETS, id="mapping")
        self.books, self.fresh = books, fresh
        self._sheets: list[MappedSheet] = []
        self._read_of: Session | None = None
        self._latest: Latest[list[MappedSheet]] = Latest(self.run_worker)
        self.told: tuple[str, ...] = ()
        self._at = 0

    @property
    def sheet(self) -> "MappedSheet | None":
        """The sheet that is shown."""
        return self._sheets[self._at] if self._sheets else None

    def rebuild(self) -> None:
        """Make the rows again; what sheets are taken for is worked out once for a session."""
        if self.books and self._read_of is not self.session:
            self._read_of = self.session
            self._latest.want(partial(self.books.sheets, self.session), self._taken)
        if (sheet := self.sheet) is None:
            self.put(())
            return
        self.put(list(self._rows(sheet)))
        shown = f"Sheet {self._at + 1} of {len(self._sheets)}: {sheet.name} ({sheet.file})"
        shown += f"; {LOOKING}" if self._latest.busy else ""
        self.show_banner(shown + self.says_more(), "h l another" if len(self._sheets) > 1 else "")
        self.refresh_bindings()

    def _taken(self, answer: "Future[list[MappedSheet]]") -> None:
        """Show it; at first the first sheet that holds a table, else the first."""
        begins, self._sheets = not self._sheets, answer.result()
        if begins:
            found = (at for at, one in enumerate(self._sheets) if one.tables[0].kind)
            self._at = next(found, 0)
        self.rebuild()
        self.post_message(self.Moved(self, self.key))

    def says_more(self) -> str:
        """What else is said above the sheet."""
        return ""

    def _rows(self, sheet: "MappedSheet") -> Iterator[ListRow]:
        if self.told:
            yield ListRow(TOLD, ("The copy that was filled",), heading=True)
        for number, said in enumerate(self.told):
            # A sentence is as wide as the list, which only a heading is.
            yield ListRow(f"{TOLD}{number}", (f"  {said}",), heading=True)
        for number, table in enumerate(sheet.tables):
            yield ListRow(f"{TABLE}{number}", (table.title,), heading=True)
            yield from (self._line(f"{number}:{line.where}", line) for line in table.columns)
        yield ListRow(ROWS, ("The first rows",), heading=True)
        yield from (self._line(f"row:{line.where}", line) for line in sheet.rows)

    def _line(self, key: str, line: "MappedLine") -> ListRow:
        cells: dict[str, ListCell] = {
            "where": (line.where, "muted"),
            "said": line.said or "(no header)",
            "means": (line.means, LOOKS.get(line.means, "good")),
            "why": (line.why, "muted"),
            "samples": (line.samples, "muted"),
        }
        return self.row(key, cells)

    @property
    def record(self) -> MappedPlace | None:
        """What is under the cursor; none on the heading above the rows."""
        kind, _, where = self.key.partition(":")
        if (sheet := self.sheet) is None or not where or self.key.startswith(TOLD):
            return None
        if kind == "row":
            line = next(row for row in sheet.rows if row.where == where)
            return MappedPlace(sheet.tables[max(line.table, 0)], line, on_row=True)
        if kind == "table":
            return MappedPlace(sheet.tables[int(where)])
        table = sheet.tables[int(kind)]
        return MappedPlace(table, next(column for column in table.columns if column.where == where))

    def here(self) -> Here:
        """What is under the cursor, and the sheets."""
        view = MappingView(self.books, self._sheets, self._at) if self.books else None
        return Here(self.session, self.fresh, self.key, self.record, view)

    def look(self, view: MappingView) -> None:
        """Show another sheet, from its top."""
        self._at = view.at
        self.rebuild()
        self.action_to(0)
        self.post_message(self.Moved(self, self.key))

    def words(self, key: str) -> Content:
        """What is under the cursor, in full, and how it is corrected."""
        number = key.removeprefix(TOLD)
        said = [self.told[int(number)]] if key.startswith(TOLD) and number else []
        if place := self.record:
            if line := place.line:
                why = f", by {line.why}" if line.why else ""
                taken = f"Taken for: {line.means}{why}"
                said += [f"{line.where}  {line.said}", taken, line.samples]
            else:
                said += [place.table.title, place.table.summary]
        return Content(plain_lines("\n".join(filter(None, [*said, self.HOW_TO]))))


class FillingList(MappingList):
    """The same of a workbook that is to be filled."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "mapping",
        foot("E", "write", "Write", write, needs=BOOKS),
        foot("dollar_sign", "copy-sheets", "Copy sheets", copy_sheets, needs=BOOKS),
    )
    HOW_TO = HOW_TO + FILL_HINT

    def on_mount(self) -> None:
        """Say what came of it, as soon as a copy is filled."""
        follow(self, lambda state: state.filled, self._filled)

    def _filled(self, told: tuple[str, ...]) -> None:
        self.told = told
        self.rebuild()
        if told:
            self.action_to(0)

    def says_more(self) -> str:
        """Whether a copy of each sheet is filled."""
        return f"; {COPIED}" if self.session.export.copy_sheet else ""


class MappingScreen(SessionScreen):
    """One sheet of the workbooks that came back, and the line under the cursor in full."""

    TITLE = "What was taken for what"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def listed(self) -> MappingList:
        """The list of what is shown here."""
        return MappingList(app_state(self).importing, self.fresh)

    def body(self) -> ComposeResult:
        """The list, and the line in full."""
        with Container(id="importing"):
            found = self.listed()
            yield framed(found, "Columns").data_bind(SessionScreen.session)
            words = framed(DetailPanel(lambda _: found.words, id="import-words"), "This line")
            yield words.data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin with the list."""
        found = self.query_one(MappingList)
        found.focus()
        found.rebuild()

    def moved(self, records: RecordList) -> None:
        """The line in full follows the cursor; on another sheet the same key is another line."""
        super().moved(records)
        self.query_one(DetailPanel).refresh()


class FillingScreen(MappingScreen):
    """The same of the workbook that is to be filled, with the keys that fill it."""

    def listed(self) -> MappingList:
        """The list of what is shown here."""
        return FillingList(app_state(self).filling, self.fresh)
