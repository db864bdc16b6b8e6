"""A list of records with a cursor: two lines redrawn for a move.

The cursor stays on its record, by key, whatever comes or goes around it.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from tui.dialogs.form import Answers, Field, Form
from tui.widgets.row_lines import Cell, Column, Row, RowLines

__all__ = ["Cell", "Column", "RecordList", "Row"]


class RecordList(RowLines, can_focus=True):
    """Rows with a cursor. Subclasses add the keys that act on their records."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False, id="list.down"),
        Binding("k,up", "move(-1)", "Up", show=False, id="list.up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.page-down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.page-up"),
        Binding("g,home", "to(0)", "To the first", show=False, id="list.first"),
        Binding("G,end", "to(-1)", "To the last", show=False, id="list.last"),
        Binding("slash", "find", "Find", show=False, id="list.find", tooltip="Find a text"),
        Binding(
            "enter,e", "choose", "Edit", id="list.choose", tooltip="Open the one under the cursor"
        ),
    ]

    class Moved(Message):
        """The cursor stands on another record."""

        def __init__(self, sender: "RecordList", key: str) -> None:
            super().__init__()
            self.sender = sender
            self.key = key

    class Chosen(Moved):
        """The record under the cursor is wanted."""

    _sought = ""

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.rows[self._index].key if self.rows else ""

    def show(self, rows: Sequence[Row], *, cursor: str | None = None) -> None:
        """Show other rows. The cursor stays on its record, or goes to ``cursor``."""
        stood, old, self.rows = self.key, self.rows, tuple(rows)
        wanted = cursor if cursor is not None else stood
        keys = [row.key for row in self.rows]
        before, top = self._index, self._top
        self._index = keys.index(wanted) if wanted in keys else min(before, max(0, len(keys) - 1))
        self._scroll()
        if len(old) != len(self.rows) or top != self._top:
            self.refresh()
        else:
            pairs = enumerate(zip(old, self.rows, strict=True))
            changed = {n for n, (was, now) in pairs if was is not now and was != now}
            self._redraw(*changed, before, self._index)
        if stood != self.key:
            self.post_message(self.Moved(self, self.key))

    def stand_on(self, key: str) -> None:
        """Put the cursor on a record, where it is shown."""
        for index, row in enumerate(self.rows):
            if row.key == key:
                self._to(index)
                return

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self._to(self._index + by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a screenful."""
        self._to(self._index + direction * max(1, self._room - 1))

    def action_to(self, index: int) -> None:
        """Move the cursor to the first row (0) or the last (-1)."""
        self._to(index if index >= 0 else len(self.rows) - 1)

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self, self.key))

    @work
    async def action_find(self) -> None:
        """Ask for a text and stand on the next row that holds it, round to the start."""

        def found(answers: Answers) -> str:
            self._sought = answers["text"].casefold().strip()
            number = len(self.rows)
            for index in ((self._index + step) % number for step in range(1, number + 1)):
                if self._sought in self.rows[index].text().casefold():
                    self._to(index)
                    return ""
            return "Nothing in this list says that."

        field = Field("text", "Text", self._sought, chosen=True)
        await self.app.push_screen_wait(Form("Find", [field], found))

    def _to(self, index: int) -> None:
        before, top = self._index, self._top
        self._index = max(0, min(index, len(self.rows) - 1))
        if self._index == before:
            return
        self._scroll()
        if top != self._top:
            self.refresh()
        else:
            self._redraw(before, self._index)
        self.post_message(self.Moved(self, self.key))

    def _on_resize(self, event: Resize) -> None:
        self._scroll()
        self.refresh()

    def _on_focus(self, event: Focus) -> None:
        self._redraw(self._index)

    def _on_blur(self, event: Blur) -> None:
        self._redraw(self._index)

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.action_move(1)

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.action_move(-1)

    async def _on_click(self, event: Click) -> None:
        if event.y >= self._head:
            self._to(self._top + event.y - self._head)
