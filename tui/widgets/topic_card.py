"""All there is to say of the topic under the cursor: what to ask, what was said, what came out."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.widgets.session_widget import SessionWidget
from tui.widgets.topic_list import KIND
from tui.widgets.topic_words import Kinds, about_kind, about_topic

HINT = "Enter takes a topic up. Its notes, outcome and minutes go into the workbook."


class TopicCard(SessionWidget, Widget):
    """Below the topics, or beside them where there is room."""

    DEFAULT_CSS = """
    TopicCard { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, kinds: Kinds) -> None:
        super().__init__()
        self._kinds = kinds
        self._key = ""

    def look_at(self, key: str) -> None:
        """Show another row of the list."""
        if key != self._key:
            self._key = key
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The topic that is taken up, or the catalogue's entry."""
        for topic in self.session.topics:
            if topic.id == self._key:
                return about_topic(self.session, self._kinds, topic)
        kind = self._kinds.get(self._key.removeprefix(KIND))
        return about_kind(self.session, kind) if kind else Content(HINT)
