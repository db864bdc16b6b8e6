"""The few lines under a list of governance, and the board's terms of reference as a page."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from model.edits.board import the_board
from model.governance import NOT_AGREED, Term, terms_of_reference
from model.session import Session
from model.tables.names import owners, role_labels
from tui.text import plain
from tui.widgets.session_widget import SessionWidget

Say = Callable[[Session], Callable[[str], Content]]
"""What there is to say of a row by its key; what a session gives for all rows is made once."""


class BoardWords(SessionWidget, Widget):
    """Says in full what the cursor of the list above it stands on."""

    DEFAULT_CSS = """
    BoardWords { padding: 0 1; border-top: solid $primary-background; overflow: hidden; }
    """

    def __init__(self, say: Say, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._say = say
        self._of = say(Session())
        self._key = ""

    def look_at(self, key: str) -> None:
        """Show another row."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self._of = self._say(session)
        self.refresh()

    def render(self) -> RenderResult:
        """The words."""
        return self._of(self._key)


class BoardPage(SessionWidget, VerticalScroll, can_focus=True, inherit_bindings=False):
    """The terms of reference, made of what the session says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go('down')", "Down", show=False, id="page.down"),
        Binding("k,up", "go('up')", "Up", show=False, id="page.up"),
        Binding("pagedown", "go('page_down')", "Page down", show=False, id="page.page-down"),
        Binding("pageup", "go('page_up')", "Page up", show=False, id="page.page-up"),
        Binding("g,home", "go('home')", "To the top", show=False, id="page.first"),
        Binding("G,end", "go('end')", "To the end", show=False, id="page.last"),
    ]
    DEFAULT_CSS = """
    BoardPage { padding: 0 1; }
    """

    def action_go(self, how: str) -> None:
        """Scroll at once: a line that is slow has no time for what moves."""
        scroll = {
            "down": self.scroll_down,
            "up": self.scroll_up,
            "page_down": self.scroll_page_down,
            "page_up": self.scroll_page_up,
            "home": self.scroll_home,
            "end": self.scroll_end,
        }
        scroll[how](animate=False)

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(id="board-page")

    def on_mount(self) -> None:
        """Write the page."""
        self.watch_session()

    def watch_session(self) -> None:
        """Write it again."""
        if self.is_mounted:
            self.query_one("#board-page", Static).update(_page(self.session))


def _page(session: Session) -> Content:
    names = owners(session, role_labels(session))
    title = Content.styled(f"{plain(the_board(session).name)}: terms of reference", "bold")
    terms = terms_of_reference(session, names)
    return Content("\n").join([title, *(line for term in terms for line in _term(term))])


def _term(term: Term) -> list[Content]:
    heading = Content.styled(term.heading, "$text-accent")
    if not term.agreed:
        return [heading, Content.styled(f"  {NOT_AGREED}", "$text-muted")]
    mark = "· " if len(term.lines) > 1 else "  "
    return [heading, *(Content(mark + plain(line)) for line in term.lines)]
