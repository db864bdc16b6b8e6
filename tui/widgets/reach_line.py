"""Under the plan: which meeting the action under the cursor must reach, and by when its papers."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.council_dates import reach, say_reach
from model.session import Session
from tui.fresh import Fresh
from tui.text import plain
from tui.widgets.session_widget import SessionWidget


class ReachLine(SessionWidget, Widget):
    """Two lines; none at all where no action needs the approval of members."""

    DEFAULT_CSS = """
    ReachLine { height: 2; padding: 0 1; color: $text-muted; display: none; }
    ReachLine.-needed { display: block; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh
        self._key = ""

    def look_at(self, key: str) -> None:
        """Say it of another action."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Be there where it is needed."""
        today = self._fresh.today()
        self.set_class(any(reach(session, one, today) for one in session.actions), "-needed")
        self.refresh()

    def render(self) -> RenderResult:
        """What the action must reach."""
        for action in self.session.actions:
            if action.id == self._key:
                found = reach(self.session, action, self._fresh.today())
                return Content(plain(say_reach(found)) if found else "")
        return Content("")
