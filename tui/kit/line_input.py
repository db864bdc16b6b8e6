"""The field that a line is typed into. Tab completes and never moves the focus."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from offwall.model.line.pasted import Pasted, read_pasted
from offwall.model.records.text import without_controls

_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


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
        """Several lines came at once, or a table."""

        def __init__(self, pasted: Pasted) -> None:
            super().__init__()
            self.pasted = pasted

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.filled = ""
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

    @property
    def begun(self) -> bool:
        """Whether something is typed here that is not kept."""
        return self.value.strip() not in ("", self.filled.strip())

    def fill(self, text: str, *, filled: str = "", chosen: bool = False) -> None:
        """Put a text in; ``filled`` is what is kept already, ``chosen`` that typing replaces it."""
        self.filled = filled
        self.value = text
        self.cursor_position = len(text)
        if chosen:
            self.selection = Selection(0, len(text))

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        self.post_message(self.CompletionWanted())

    def part(self) -> None:
        """Tab completes nothing: between cells typed by a paste it parts them, as a space does."""
        if self.value[: self.cursor_position][-1:].strip():
            self.insert_text_at_cursor(" ")

    def action_stay(self) -> None:
        """Keep the focus here."""

    def action_leave(self) -> None:
        """Leave the line."""
        self.post_message(self.Left())

    def _on_paste(self, event: Paste) -> None:
        # Input keeps only the first line of a paste; the rest would vanish without a word.
        event.stop()
        event.prevent_default()
        pasted = read_pasted(event.text)
        if len(pasted.lines) > 1 or pasted.columns:
            self.post_message(self.LinesPasted(pasted))
        elif pasted.lines:
            text = next(filter(str.strip, event.text.splitlines())).replace("\t", " ")
            self.replace(without_controls(text) if self.value else pasted.lines[0], *self.selection)

    async def _on_key(self, event: Key) -> None:
        # Joiners and selectors have no shape of their own, but belong to the letters beside them.
        if event.character and event.character in _JOINERS:
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection)
        else:
            await super()._on_key(event)


def line_label(line: Widget, label: str) -> str:
    """What stands before a line: also that the room sees it, where it is shared."""
    return f"{label}, shown" if getattr(line.app, "sharing", False) else label
