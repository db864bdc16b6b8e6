"""A bare Textual app to measure against: a header, a table, a field, a footer; nothing else.

``python benchmarks/bare.py ROWS.csv``
"""

import csv
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header, Input


class Bare(App[None]):
    """What the framework's guide begins with; ``n`` goes to the field, Esc back to the table."""

    BINDINGS = [("n", "type", "New"), ("escape", "leave", "Leave"), ("ctrl+q", "quit", "Quit")]  # noqa: RUF012

    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        yield Header()
        yield DataTable(cursor_type="row")
        yield Input()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns(*self._rows[0])
        table.add_rows(self._rows[1:])
        table.focus()

    def action_type(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Go back to the table."""
        self.query_one(DataTable).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed as the last row."""
        table = self.query_one(DataTable)
        table.add_row("", event.value, *[""] * (len(self._rows[0]) - 2))
        event.input.value = ""


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        Bare(list(csv.reader(file))).run()
