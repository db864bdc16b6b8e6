"""Why the action under the cursor stands where it does, and what its approval asks for."""

from collections.abc import Iterator, Mapping

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.council_dates import reach, say_reach
from model.rank_reasons import usual_approval, why_there
from model.ranking import same_rung, why
from model.session import Action, Session
from tui.fresh import Fresh
from tui.text import plain
from tui.widgets.session_widget import SessionWidget


class RankWords(SessionWidget, Widget):
    """A few lines under the list."""

    DEFAULT_CSS = """
    RankWords { height: 6; padding: 0 1; border-top: solid $primary-background; overflow: hidden; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh
        self._key = ""
        self._reasons: Mapping[str, str] = {}

    def look_at(self, key: str) -> None:
        """Show another action."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self._reasons = why_there(session)
        self.refresh()

    def render(self) -> RenderResult:
        """The action, why it is there, what its approval asks for."""
        for action in self.session.actions:
            if action.id == self._key:
                return Content("\n").join(self._lines(action))
        return Content("")

    def _lines(self, action: Action) -> Iterator[Content]:
        yield Content.styled(plain(action.text), "bold")
        # Its place first: beside the map there is room for one line.
        said = f"{self._reasons.get(action.id, '')} {why(self.session, action)}"
        yield Content.styled(plain(said), "$text-muted")
        usual = usual_approval(self.session, action.text)
        if usual and same_rung(usual) != same_rung(action.approval):
            said = f"Usually {usual}: it changes the council's own rules; = says so."
            yield Content.styled(plain(said), "$text-warning")
        if found := reach(self.session, action, self._fresh.today()):
            late = found.meeting is not None and not (found.serves and found.announced_in_time)
            look = "$text-warning" if late else ""
            yield Content.styled(plain(say_reach(found)), look)
        if action.source:
            yield Content.styled(plain(f"From {action.source}."), "$text-muted")
