"""The frame of all that the room sees: a large head, one view, the line, the counts, the keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from model.last_kept import LastKept
from model.session import Session
from tui.fresh import Fresh
from tui.messages import Go
from tui.widgets.key_bar import KeyBar
from tui.widgets.show_head import ShowHead
from tui.widgets.show_led import Led
from tui.widgets.show_line import ShowLine
from tui.widgets.status_line import StatusLine

ELSEWHERE = "You look elsewhere; space comes back to what was kept last."


class ShowScreen(Screen[None]):
    """Follows what was kept last, until a key looks elsewhere."""

    PART: ClassVar[str] = "record"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"mode({mode!r})", name, id=f"show.{mode}", tooltip=tooltip)
            for key, mode, name, tooltip in (
                ("1", "topic", "Topic", "The topic of part 1"),
                ("2", "record", "Record", "The template as it fills"),
                ("3", "plan", "Plan", "The actions, their owners and their dates"),
                ("r", "raci", "RACI", "Who does what"),
                ("w", "wall", "Wall", "The wall, as on the paper"),
            )
        ),
        Binding(
            "space,escape",
            "follow",
            "Follow",
            id="show.follow",
            tooltip="Come back to what was kept last, and follow it",
        ),
        Binding("q", "app.leave", "Leave", id="show.leave", tooltip="Leave; nothing was changed"),
    ]

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)
    last: reactive[LastKept] = reactive(LastKept(), init=False, repaint=False)
    line: reactive[str] = reactive("", init=False, repaint=False)
    following: reactive[bool] = reactive(True, init=False, repaint=False)

    def __init__(self, session: Session, last: LastKept, line: str, fresh: Fresh) -> None:
        super().__init__()
        self.set_reactive(ShowScreen.session, session)
        self.set_reactive(ShowScreen.last, last)
        self.set_reactive(ShowScreen.line, line)
        self.fresh = fresh
        self.shown = self.view()

    def compose(self) -> ComposeResult:
        """The frame; a mode gives its own middle by `view`."""
        yield ShowHead(self.PART).data_bind(ShowScreen.session)
        yield self.shown.data_bind(ShowScreen.session)
        yield ShowLine().data_bind(text=ShowScreen.line)
        yield from self.below()
        yield StatusLine()
        yield KeyBar()

    def view(self) -> Led:
        """What lies in the middle."""
        raise NotImplementedError

    def below(self) -> ComposeResult:
        """What stands below the view."""
        yield from ()

    def wanted(self) -> str:
        """The record that was kept last, of those that are shown here."""
        return self.last.activity

    def heading(self) -> str:
        """What is said in large letters."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Stand where the work is."""
        self.shown.focus()
        self._stand()

    def watch_session(self) -> None:
        """What was kept last may have another place or name now."""
        self.call_later(self._stand)

    def watch_last(self) -> None:
        """Go there."""
        self.call_later(self._stand)

    def _stand(self) -> None:
        if self.following and self.wanted():
            self.shown.lead(self.wanted())
        self.query_one(ShowHead).said = self.heading()

    def on_looked(self) -> None:
        """Somebody moved the view: where that is elsewhere, it stays there."""
        self.following = self.following and self.shown.key == self.wanted()
        self.query_one(ShowHead).said = self.heading()

    def watch_following(self) -> None:
        """Say that one looks elsewhere."""
        setattr(self.app, "said", ("" if self.following else ELSEWHERE, False))  # noqa: B010
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One comes back from elsewhere."""
        if action == "follow":
            return None if self.following else True
        return True

    def action_follow(self) -> None:
        """Come back to what was kept last."""
        self.following = True
        self._stand()

    def action_mode(self, mode: str) -> None:
        """Show something else."""
        self.post_message(Go(mode))
