"""The field that a line is typed into. Tab completes and never moves the focus."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from offwall.tui.kit.text import plain


class LineInput(Input):
    """One compact row; nothing in it blinks, and no paste loses its later lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep", id="line.keep", tooltip="Keep it and open the next"),
        Binding("tab", "complete", "Complete", id="line.complete", tooltip="Complete the word"),
        Binding("escape", "leave", "Leave", id="line.leave", tooltip="Leave; the draft is kept"),
        Binding("shift+tab", "stay", show=False),
    ]

    DEFAULT_CSS = """
    LineInput { width: 1fr; }
    LineInput > .input--cursor {
        background: $foreground 0%; color: $foreground; text-style: reverse;
    }
    """

    class Left(Message):
        """The line is left as it is."""

    class CompletionWanted(Message):
        """The word at the cursor is to be completed."""

    class LinesPasted(Message):
        """Several lines came at once."""

        def __init__(self, lines: tuple[str, ...]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False
        # The framework takes a first paste for what a field begins with, and scrolls to its start.
        self._initial_value = False

    def _watch_value(self, value: str) -> None:
        # The framework has the whole screen laid out anew for each letter, to scroll by this.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor on the screen.

        The framework's is one too far behind the last letter; the terminal's own cursor, which a
        screen reader follows, and what is sent for the next letter begin there.
        """
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def _on_resize(self) -> None:
        # A line that opens finds its place after it has the focus: the first letter begins there.
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        self.post_message(self.CompletionWanted())

    def action_stay(self) -> None:
        """Keep the focus here."""

    def action_leave(self) -> None:
        """Leave the line."""
        self.post_message(self.Left())

    def _on_paste(self, event: Paste) -> None:
        # Input keeps only the first line of a paste; the rest would vanish without a word.
        event.stop()
        event.prevent_default()
        lines = tuple(line for line in event.text.splitlines() if line.strip())
        if len(lines) > 1:
            self.post_message(self.LinesPasted(lines))
        elif lines:
            self.insert_text_at_cursor(plain(lines[0]))


def line_label(line: Widget, label: str) -> str:
    """What stands before a line: also that the room sees it, where it is shared."""
    return f"{label}, shown" if getattr(line.app, "sharing", False) else label
