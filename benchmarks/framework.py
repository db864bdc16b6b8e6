"""An app of the framework's own table, as its guide has it, with part 2's columns and keys."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.widgets import DataTable, Footer, Header, Input

from offwall.model.records.session import Session
from offwall.tui.process.activity_table import WIDE_COLUMNS
from offwall.tui.services.terminal_app import KeyQueue


def rows_of(session: Session) -> list[tuple[str, ...]]:
    """The cells of each activity, as part 2 shows them."""
    refs = session.ref_by_id
    return [
        (
            "",
            refs[found.id],
            found.text,
            found.lead,
            found.accountable,
            f"?{len(found.routes)}" if found.decision else "",
            f"+{len(found.documents)}",
        )
        for found in session.in_order
    ]


class FrameworkApp(App[None]):
    """A `DataTable` over an `Input`; each key does to its table what it does in Offwall."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "up", "Up"),
        Binding("space", "confirm", "Confirm"),
        Binding("J", "swap", "Move down"),
        Binding("K", "up", "Back"),
        Binding("n", "type", "New"),
        Binding("u", "undo", "Undo"),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows
        # Keys go in one at a time, as in Offwall, so that both are timed to the same moment.
        self.keys = KeyQueue(self, super().on_event)

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        yield Header()
        yield DataTable(cursor_type="row")
        yield Input()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        for column in WIDE_COLUMNS:
            table.add_column(column.title, width=column.width or 70)
        table.add_rows(self._rows)
        table.focus()

    async def on_event(self, event: Event) -> None:
        """Let keys and pastes in one at a time."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.keys.put(event)
        else:
            await super().on_event(event)

    @property
    def _table(self) -> DataTable[str]:
        return self.query_one(DataTable)

    def action_up(self) -> None:
        """Move the cursor back."""
        self._table.action_cursor_up()

    def action_confirm(self) -> None:
        """Mark a row and go to the next."""
        self._mark("✓")
        self._table.action_cursor_down()

    def action_undo(self) -> None:
        """Take the mark away."""
        self._mark("")

    def _mark(self, mark: str) -> None:
        self._table.update_cell_at(self._table.cursor_coordinate._replace(column=0), mark)

    def action_swap(self) -> None:
        """Give a row's cells to the next and take its."""
        table = self._table
        at = table.cursor_coordinate
        upper, lower = table.get_row_at(at.row), table.get_row_at(at.row + 1)
        for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
            if WIDE_COLUMNS[column].title != "Ref":
                table.update_cell_at(at._replace(column=column), below)
                table.update_cell_at(at._replace(row=at.row + 1, column=column), above)
        table.action_cursor_down()

    def action_type(self) -> None:
        """Go to the line."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Go back to the table."""
        self.query_one(Input).value = ""
        self._table.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what is typed as the last row: the framework has no way to put one between."""
        self._table.add_row("", "", event.value, "cm", "hos", "", "")
        event.input.value = ""
