"""The panel that says in full what the cursor of a list stands on."""

from collections.abc import Callable
from typing import Any

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from offwall.model.records import Session
from offwall.tui.kit.session_widget import SessionWidget

DetailText = Callable[[Session], Callable[[Any], Content]]
"""What there is to say of a row by its key; what a session gives for all rows is made once."""


class DetailPanel(SessionWidget, Widget):
    """A few lines. A screen tells it by `look_at` where the cursor is; how high it is and whether
    it stands below or beside the list is said in the screen's looks, by its id.
    """

    DEFAULT_CSS = """
    DetailPanel { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, say: DetailText | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.key: Any = ""
        self._say = say
        self._made: tuple[Session, Callable[[Any], Content]] | None = None

    def look_at(self, key: Any) -> None:
        """Show another row."""
        if key != self.key:
            self.key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self.refresh()

    def words(self, key: Any) -> Content:
        """What there is to say of a row."""
        if self._say is None:
            return Content("")
        if self._made is None or self._made[0] is not self.session:
            self._made = (self.session, self._say(self.session))
        return self._made[1](key)

    def render(self) -> RenderResult:
        """The words."""
        return self.words(self.key)
