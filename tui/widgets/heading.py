"""The first line of every screen: what is open, where one is, the time, and what is kept."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from model.session import PartTime, Session
from tui.text import plain

PLANNED = {"topic": 60, "record": 150, "plan": 30}
"""Minutes that the afternoon plans for each part, where the session says nothing else."""


def minutes(session: Session, part: str) -> str:
    """The time of a part, such as ``41 of 60 min``."""
    used, planned = _used(session, part)
    return f"{used} of {planned} min"


def left(session: Session, part: str) -> str:
    """How much of a part's time is left, in a sentence."""
    used, planned = _used(session, part)
    over = overrun(session, part)
    rest = f"{over} over" if over > 0 else f"{-over} left"
    return f"{used} of {planned} minutes are used, {rest}."


def overrun(session: Session, part: str) -> int:
    """How many minutes a part is over its time; below nought are left."""
    used, planned = _used(session, part)
    return used - planned


def _used(session: Session, part: str) -> tuple[int, int]:
    time: PartTime = getattr(session.clock, part)
    return time.used, PLANNED[part] if time.planned is None else time.planned


class Heading(Widget):
    """One line; it is drawn again only when something on it changes."""

    DEFAULT_CSS = """
    Heading { height: 1; background: $primary-background; color: $text; padding: 0 1; }
    """

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, title: str, part: str = "") -> None:
        super().__init__()
        self._title = title
        self._part = part

    def on_mount(self) -> None:
        """Follow what the App says is kept."""
        self.watch(self.app, "keeping", self._say)
        if hasattr(self.app, "paused"):
            self.watch(self.app, "paused", self._say)

    def watch_session(self) -> None:
        """Say what the session is."""
        self._say()

    def _say(self) -> None:
        self.left = plain(self.session.workshop.title) or "New session"
        time = minutes(self.session, self._part) if self._part else ""
        if time and getattr(self.app, "paused", False):
            time += " paused"
        self.right = "   ".join(text for text in (time, getattr(self.app, "keeping", "")) if text)

    def render(self) -> RenderResult:
        """The session, cut where it is long, and the screen; time and count to the right."""
        screen = f" › {self._title}" if self._title else ""
        room = max(0, self.size.width - len(self.right) - 2)
        left = Content(self.left).truncate(max(1, room - len(screen)), ellipsis=True) + screen
        return Content.assemble(
            left.truncate(room, ellipsis=True, pad=True).stylize("bold"), "  ", self.right
        )
