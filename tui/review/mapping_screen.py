"""What the columns and rows of a workbook were taken for and why, and keys to correct it.

What is said is remembered in the session, and counts for the next workbook of the same headers.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from offwall.model.records import Session, excerpt
from offwall.tui.kit import ListCell, ListRow, RecordList, SessionScreen, SessionWidget
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.messages import ExportRequested
from offwall.tui.kit.record_list import FittedColumn, FittedList
from offwall.tui.review.import_screen import ImportDetail

if TYPE_CHECKING:
    from offwall.model.workbook.template.mapping import MappedLine, MappedSheet, MappedTable
    from offwall.tui.services.workbooks import MappedWorkbooks

MAPPING_COLUMNS = (
    FittedColumn("where", "", 4),
    FittedColumn("said", "Header, row", 19, 34),
    FittedColumn("means", "Taken for", 18, 28),
    FittedColumn("why", "Why", 14, 26),
    FittedColumn("samples", "Says"),
)
TABLE, ROWS = "table:", "rows"
"""What the keys of tables begin with, and the key of the heading above the rows."""

LEAVE = "leave"
"""What is to be taken for nothing."""

ROW_MEANINGS = {
    "record": "A record: read it",
    "stage": "The heading of a stage",
    LEAVE: "Nothing: leave it out",
}
"""What a row may be said to be, in words."""

KINDS = {
    "activities": "activities, or a RACI",
    "actions": "actions",
    "issues": "issues",
}
"""The kinds of tables, in words."""

NO_SHEETS = "There is no workbook to look at. q goes back."
HOW_TO = "Enter says what it is, x leaves it out, ] and [ show another sheet; u takes it back."
FILL_HINT = " E writes the filled copy."


class MappingList(SessionWidget, FittedList):
    """The columns of each table of a sheet, then its first rows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "choose", "Say what", id="mapping.say", tooltip="Say what it is"),
        Binding(
            "x",
            "leave",
            "Leave out",
            id="mapping.leave",
            tooltip="Take the column, the row or the table for nothing",
        ),
        Binding("right_square_bracket", "sheet(1)", "Next sheet", id="mapping.next-sheet"),
        Binding("left_square_bracket", "sheet(-1)", "Sheet before", id="mapping.sheet-before"),
    ]

    def __init__(self, books: "MappedWorkbooks | None") -> None:
        super().__init__(MAPPING_COLUMNS, empty=NO_SHEETS, id="mapping")
        self.books = books
        self._sheets: list[MappedSheet] = []
        self._at = 0

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    @property
    def sheet(self) -> "MappedSheet | None":
        """The sheet that is shown."""
        return self._sheets[self._at] if self._sheets else None

    def begin(self) -> None:
        """Read, and show the first sheet that holds a table, else the first."""
        self.rebuild()
        found = (at for at, one in enumerate(self._sheets) if one.tables[0].kind)
        self._at = next(found, 0)
        self._show()

    def rebuild(self) -> None:
        """Read anew what the sheets are taken for, and make the rows again."""
        self._sheets = self.books.sheets(self.session) if self.books else []
        self._show()

    def _show(self) -> None:
        if (sheet := self.sheet) is None:
            self.put(())
            return
        self.put(list(self._rows(sheet)))
        shown = f"Sheet {self._at + 1} of {len(self._sheets)}: {sheet.name} ({sheet.file})"
        self.show_banner(shown, "[ ] another sheet" if len(self._sheets) > 1 else "")
        self.refresh_bindings()

    def _rows(self, sheet: "MappedSheet") -> Iterator[ListRow]:
        for number, table in enumerate(sheet.tables):
            yield ListRow(f"{TABLE}{number}", (table.title,), heading=True)
            for line in table.columns:
                yield self._line(f"{number}:{line.where}", line, line.means != "not read")
        yield ListRow(ROWS, ("The first rows",), heading=True)
        for line in sheet.rows:
            yield self._line(f"row:{line.where}", line, line.means not in ("not read", "left out"))

    def _line(self, key: str, line: "MappedLine", taken: bool) -> ListRow:
        cells: dict[str, ListCell] = {
            "where": (line.where, "muted"),
            "said": line.said or "(no header)",
            "means": (line.means, "good" if taken else "open"),
            "why": (line.why, "muted"),
            "samples": (line.samples, "muted"),
        }
        return ListRow(key, tuple(cells[name] for name in self.shown))

    def here(self) -> "tuple[MappedTable | None, MappedLine | None]":
        """The table and the line under the cursor; a table alone on its heading."""
        kind, _, where = self.key.partition(":")
        if (sheet := self.sheet) is None or not where:
            return None, None
        if kind == "row":
            line = next(one for one in sheet.rows if one.where == where)
            return sheet.tables[max(line.table, 0)], line
        if kind == "table":
            return sheet.tables[int(where)], None
        table = sheet.tables[int(kind)]
        return table, next(one for one in table.columns if one.where == where)

    def detail(self) -> str:
        """What is under the cursor, in full."""
        table, line = self.here()
        if table is None or line is None:
            return "\n".join(filter(None, (table.title, table.summary))) if table else ""
        why = f", by {line.why}" if line.why else ""
        return f"{line.where}  {line.said}\nTaken for: {line.means}{why}\n{line.samples}"

    @property
    def _on_row(self) -> bool:
        return self.key.startswith("row:")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered where there is something that it can be done to."""
        table, line = self.here()
        if action == "leave":
            return (
                bool(table and table.kind and (not line or not self._on_row or line.known)) or None
            )
        if action == "sheet":
            return len(self._sheets) > 1 or None
        return table is not None or None if action == "choose" else True

    def action_sheet(self, by: int) -> None:
        """Show another sheet, round to the first."""
        self._at = (self._at + by) % len(self._sheets)
        self._show()
        self.action_to(0)

    def action_leave(self) -> None:
        """Take what is under the cursor for nothing."""
        table, line = self.here()
        if table is None or self.books is None:
            return
        if line is None:
            self.attempt_or_say("The table is left out", self.books.whole(table, LEAVE))
        elif self._on_row:
            words = excerpt(line.header)
            self.attempt_or_say(f"Left out: {words}", self.books.row(table, line.header, LEAVE))
        else:
            label = f"Column {line.where} is left alone"
            self.attempt_or_say(label, self.books.column(table, line.header, LEAVE))

    def action_choose(self) -> None:
        """Ask what is under the cursor."""
        self._ask()

    @work
    async def _ask(self) -> None:
        table, line = self.here()
        if table is None or self.books is None:
            return
        options = dict(self._options(table, line))
        said = f"{line.where} {excerpt(line.said)}".strip() if line else table.title
        chosen = await self.app.push_screen_wait(Choice(f"What is it? {said}", list(options)))
        if chosen is not None:
            words = list(options)[chosen]
            self.attempt_or_say(f"{line.where if line else 'The table'}: {words}", options[words])

    def _options(
        self, table: "MappedTable", line: "MappedLine | None"
    ) -> "Iterator[tuple[str, Callable[[Session], Session]]]":
        books, sheet = self.books, self.sheet
        if books is None or sheet is None:
            return
        if line is None:
            for kind, words in KINDS.items():
                yield f"A table of {words}", books.whole(table, kind)
            yield "Nothing: leave it out", books.whole(table, LEAVE)
        elif self._on_row:
            for means, words in ROW_MEANINGS.items() if line.known else ():
                yield words, books.row(table, line.header, means)
            for kind, words in KINDS.items():
                yield f"The headers of {words}", books.headers(sheet, table, line, kind)
        else:
            for means, words in books.meanings(self.session, table).items():
                yield words, books.column(table, line.header, means)


class MappingScreen(SessionScreen):
    """One sheet of the workbooks that the App holds, and the line under the cursor in full."""

    TITLE = "What was taken for what"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "export", "Write", id="mapping.write", tooltip="Write the filled copy"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and the line in full."""
        with Container(id="importing"):
            yield MappingList(getattr(self.app, "mapped", None)).data_bind(SessionScreen.session)
            yield ImportDetail()

    @property
    def _list(self) -> MappingList:
        return self.query_one(MappingList)

    def on_mount(self) -> None:
        """Begin on the first table."""
        self._list.focus()
        self._list.begin()
        self._look()

    def watch_session(self, _: Session) -> None:
        """The line says what it is now."""
        self.call_after_refresh(self._look)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The line in full follows the cursor, and the keys what it stands on."""
        event.stop()
        self._look()
        self.refresh_bindings()

    def _look(self) -> None:
        how = HOW_TO + ("" if self._reads else FILL_HINT)
        said = "\n".join(filter(None, (self._list.detail(), how)))
        self.query_one(ImportDetail).look_at(None, None, said)

    @property
    def _reads(self) -> bool:
        return self._list.books is None or self._list.books.every

    def action_export(self) -> None:
        """Write the filled copy; what leaves, where a workbook is read."""
        self.post_message(ExportRequested(filled=not self._reads))
