"""A form for text of several lines. Leaving keeps it: what was typed is never lost."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from offwall.tui.kit.keys import foot, keys
from offwall.tui.kit.text import plain, plain_lines

KEYS_TOLD = "Esc keeps it and goes back, Enter makes a new line"


class MultilineForm(ModalScreen[str | None]):
    """A text of several lines. Esc keeps it; the answer is the text, or None where it is as it was.

    ``keep`` tries the text and answers with the sentence that says what is wrong with it, or
    nothing; where it cannot be kept, Esc once more leaves without it.
    """

    CSS_PATH = "multiline_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "block", foot("escape", "keep", "Keep", tooltip="Keep the text and go back")
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
        self._refused = ""

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with Vertical(id="block"):
            yield Static(Content(plain(self._title)), id="block-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="block-about")
            area = TextArea(self._text, id="block-text", compact=True, soft_wrap=True)
            area.cursor_blink = False
            yield area
            yield Static(id="block-wrong")
            yield Static(
                Content("Esc keeps it and goes back, Enter makes a new line"), id="block-keys"
            )

    def on_mount(self) -> None:
        """Go on where the text ends."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        """Keep the text and leave."""
        text = self.query_one(TextArea).text
        if text == self._text:
            self.dismiss(None)
            return
        wrong = self._keep("\n".join(self._lines.get(line, line) for line in text.split("\n")))
        if not wrong:
            self.dismiss(text)
        elif text == self._refused:
            self.dismiss(None)
        else:
            self._refused = text
            said = f"{wrong} Esc once more leaves without this text."
            self.query_one("#block-wrong", Static).update(Content(plain(said)))
