"""A text of several lines: Enter on an empty line keeps it, as it keeps every field."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Static, TextArea

from offwall.model.records.text import plain, plain_lines
from offwall.tui.kit.keys import foot, keys
from offwall.tui.terminal.textual_private import ThriftyDialog

LINES_KEYS_TOLD = "Enter makes a new line, Enter twice keeps, Esc leaves"
LEAVES_TEXT = "Enter twice keeps this text; Esc once more leaves without it."


class BlockText(TextArea):
    """Enter on an empty line at the end keeps the text, and makes no new line."""

    class Ended(Message):
        """The text is to be kept."""

    async def _on_key(self, event: Key) -> None:
        end = self.cursor_location == self.document.end
        if event.key == "enter" and end and not self.document.get_line(self.cursor_location[0]):
            event.stop()
            event.prevent_default()
            self.post_message(self.Ended())


class MultilineForm(ThriftyDialog[str | None]):
    """A text of several lines. Enter on an empty line at its end keeps it, Esc leaves; the answer
    is the text, or None where it is as it was.

    ``keep`` tries the text and answers with the sentence that says what is wrong with it, or
    nothing. A text that was changed is left by Esc only once that was said.
    """

    CSS_PATH = "multiline_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "block",
        foot("escape", "leave", "Leave", tooltip="Leave; a text that was changed takes it twice"),
        foot("enter", "keep", "Keep", tooltip="On an empty line at the end: keep the text"),
    )

    def __init__(self, title: str, text: str, keep: Callable[[str], str], about: str = "") -> None:
        super().__init__()
        self._title = title
        # A terminal would obey what is not plain, so only plain text is shown to be edited; a line
        # that is left as it is shown comes back as it was.
        self._text = plain_lines(text)
        self._lines = {plain(line): line for line in text.splitlines()}
        self._keep = keep
        self._about = about
        self._said_of: str | None = None

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with Vertical(id="block"):
            yield Static(Content(plain(self._title)), id="block-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="block-about")
            area = BlockText(self._text, id="block-text", compact=True, soft_wrap=True)
            area.cursor_blink = False
            yield area
            yield Static(id="block-wrong")
            yield Static(Content(LINES_KEYS_TOLD), id="block-keys")

    def on_mount(self) -> None:
        """Go on where the text ends."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def on_block_text_ended(self) -> None:
        """Enter on an empty line."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the text and leave, or say what is wrong with it and stay."""
        text = self.query_one(TextArea).text
        text = text if text == self._text else text.removesuffix("\n")
        if text == self._text:
            self.dismiss(None)
            return
        wrong = self._keep("\n".join(self._lines.get(line, line) for line in text.split("\n")))
        if wrong:
            self._say(wrong)
        else:
            self.dismiss(text)

    def action_leave(self) -> None:
        """Leave; a text that was changed is not left before that was said."""
        text = self.query_one(TextArea).text
        if text.rstrip("\n") in (self._text.rstrip("\n"), self._said_of):
            self.dismiss(None)
        else:
            self._said_of = text.rstrip("\n")
            self._say(LEAVES_TEXT)

    def _say(self, text: str) -> None:
        self.query_one("#block-wrong", Static).update(Content(plain(text)))
