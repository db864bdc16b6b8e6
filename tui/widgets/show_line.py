"""The line that the recorder is typing, while it is shared: in full, for the room to agree on."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.text import plain

MOST = 6
"""Lines of it that are shown; the end of a longer one is what is being typed."""

BESIDE = 4
"""Cells that the edges and the space beside the text take."""


class ShowLine(Widget):
    """A box above the counts; not there while nothing is shared."""

    DEFAULT_CSS = """
    ShowLine {
        height: auto; display: none; margin: 0 1; padding: 0 1;
        border: heavy $warning; border-title-color: $text-warning; border-title-style: bold;
        text-style: bold;
    }
    ShowLine.-shared { display: block; }
    """

    text: reactive[str] = reactive("", layout=True)

    def watch_text(self) -> None:
        """Be there while there is something."""
        self.border_title = "being typed"
        self.set_class(bool(self.text), "-shared")

    def render(self) -> RenderResult:
        """The line as typed, with the place where the next letter goes."""
        width = max(8, self.app.size.width - BESIDE - 2)
        lines = Content(plain(self.text) + "▏").wrap(width)
        return Content("\n").join(lines[-MOST:])
