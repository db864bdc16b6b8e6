"""The head of what the room sees: the workshop, the time, and where one is, in large letters."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from model.session import Session
from tui.text import plain
from tui.widgets.heading import minutes, overrun
from tui.widgets.session_widget import SessionWidget
from tui.widgets.show_letters import draws_ascii, large, spaced

LOW = 20
"""Lines of screen below which the heading takes one line."""


class ShowHead(SessionWidget, Widget):
    """A line with the workshop and the clock, then the heading as large as it fits."""

    DEFAULT_CSS = """
    ShowHead { height: 5; padding: 0 1; }
    ShowHead.-low { height: 2; }
    """

    said: reactive[str] = reactive("")
    """The heading."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def watch_session(self) -> None:
        """Show the time, and what the workshop is called."""
        self.refresh()

    def on_resize(self) -> None:
        """Large letters need lines, too."""
        self.set_class(self.app.size.height < LOW, "-low")

    def render(self) -> RenderResult:
        """The line, and the heading."""
        width = max(1, self.size.width)
        return Content("\n").join([_line(self.session, self._part, width), *self._heading(width)])

    def _heading(self, width: int) -> list[Content]:
        said = plain(self.said)
        drawn = [] if self.has_class("-low") or draws_ascii(self.app) else large(said, width)
        # Between the small heading and the list is as much room as the large one takes.
        lines = drawn or (
            [spaced(said, width)] if self.has_class("-low") else ["", spaced(said, width)]
        )
        return [
            Content.styled(line, "bold $text-accent").truncate(width, ellipsis=True)
            for line in lines
        ]


def _line(session: Session, part: str, width: int) -> Content:
    time = minutes(session, part)
    late = overrun(session, part) > 0
    room = max(1, width - len(time) - 2)
    title = plain(session.workshop.title) or "New session"
    left = Content.styled(title, "bold").truncate(room, ellipsis=True, pad=True)
    return Content.assemble(left, "  ", (time, "bold $text-error" if late else "bold"))
