"""The topic of part 1 for the room: what came out, what was said, and what to ask next."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from model.session import Session, Topic
from tui.text import plain_lines
from tui.widgets.session_widget import SessionWidget
from tui.widgets.show_led import Led
from tui.widgets.topic_words import Kinds, title_of

NOTHING = "No topic is taken up yet. What the recorder keeps appears here."


class ShowTopic(SessionWidget, VerticalScroll, Led, inherit_bindings=False):
    """One topic at a time; a long one scrolls."""

    DEFAULT_CSS = """
    ShowTopic { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    ShowTopic > Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "Down", show=False, id="show.topic-down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="show.topic-up"),
        Binding("l,right", "topic(1)", "Next topic", id="show.topic-next"),
        Binding("h,left", "topic(-1)", "Topic before", show=False, id="show.topic-before"),
    ]

    def __init__(self, kinds: Kinds) -> None:
        super().__init__()
        self._kinds = kinds
        self._topic = ""

    def compose(self) -> ComposeResult:
        """All of the topic."""
        yield Static()

    @property
    def key(self) -> str:
        """The id of the topic that is shown; empty where there is none."""
        return self._found.id if self._found else ""

    @property
    def _found(self) -> Topic | None:
        topics = self.session.topics
        wanted = (topic for topic in topics if topic.id == self._topic)
        return next(wanted, topics[0] if topics else None)

    @property
    def title(self) -> str:
        """What the topic is called."""
        return title_of(self.session, self._kinds, self._found) if self._found else ""

    def stand_on(self, topic: str) -> None:
        """Show a topic."""
        if topic != self._topic:
            self._topic = topic
            self.scroll_home(animate=False)
            self._say()

    def on_mount(self) -> None:
        """Show what there is."""
        self._say()

    def watch_session(self) -> None:
        """Show what changed."""
        self._say()

    def _say(self) -> None:
        if self.is_mounted:
            found = self._found
            said = _about(self.session, found, self._kinds) if found else Content(NOTHING)
            self.query_one(Static).update(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another topic where there are two."""
        return True if action != "topic" or len(self.session.topics) > 1 else None

    def action_scroll(self, by: int) -> None:
        """Move what is too long by a line."""
        self.scroll_relative(y=by, animate=False)

    def action_topic(self, by: int) -> None:
        """Show the topic after or before, round at either end."""
        topics = [topic.id for topic in self.session.topics]
        if topics:
            self.stand_on(topics[(topics.index(self.key) + by) % len(topics)])
            self.moved()


def _about(session: Session, topic: Topic, kinds: Kinds) -> Content:
    kind = kinds.get(topic.kind)
    blocks = [
        ("What came out", topic.outcome or "Not said yet."),
        ("What was said", topic.notes),
        ("To ask", "\n".join(f"· {prompt}" for prompt in (kind.prompts if kind else ()))),
    ]
    return Content("\n\n").join(_block(title, text) for title, text in blocks if text)


def _block(title: str, text: str) -> Content:
    return Content.assemble((title, "bold $text-accent"), "\n", (plain_lines(text), "bold"))
