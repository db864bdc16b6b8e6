"""``offwall show``: a session for the room. It follows the file, and can change nothing."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Static

from offwall.model.compare.log import RecentChanges, at_first
from offwall.model.records import Session
from offwall.model.store import StoreError, read_session, topic_kinds
from offwall.model.store.session_file import path_in_words
from offwall.tui.actions.action_table import PlanTable
from offwall.tui.kit import Context, command_palette
from offwall.tui.kit.help import HelpScreen
from offwall.tui.kit.messages import Go
from offwall.tui.process import STAGE_KEY
from offwall.tui.process.activity_card import ActivityCardScreen
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.process.wall import WallView
from offwall.tui.projector.show_screen import ShowScreen
from offwall.tui.projector.show_views import (
    ReviewFigures,
    ShowCounts,
    ShownView,
    ShowTemplate,
    ShowTopic,
    plan_figures,
)
from offwall.tui.services import session_files
from offwall.tui.services.file_watcher import FileWatcher
from offwall.tui.services.live_line import LiveLineReader
from offwall.tui.services.terminal_app import TERMINAL_KEYS, TerminalApp

TUI_FOLDER = Path(__file__).parents[1]

FOLLOW_SECONDS = 0.25
"""Seconds between two looks: what is kept is in the file a third of a second later."""

LOOKS_BEFORE_GONE = 4
"""Looks at which a file must not be there before it is said to be gone: many programs put a new
one in the old one's place.
"""

FollowCallback = Callable[[Session | None, str], object]
"""Takes the session as it is now, or none and a sentence that says why it cannot be read."""


class SessionFollower(FileWatcher):
    """Reads on a thread of its own, and calls ``tell`` there."""

    def __init__(
        self,
        path: Path,
        tell: FollowCallback,
        line: Callable[[str], object],
        every: float = FOLLOW_SECONDS,
    ) -> None:
        """``line`` takes what the recorder types, while it is shared; also on the thread."""
        self._tell = tell
        self._tell_line = line
        self._lines = LiveLineReader(path)
        self._line = ""
        self._missing = 0
        self.looked_at = time.monotonic()
        super().__init__(path, self._changed_there, every, self._odd)

    def _look(self) -> bool:
        """As any watch; and say where the file is gone, so that coming back is a change."""
        self.looked_at = time.monotonic()
        self._hear()
        if self._stat():
            self._missing = 0
            return super()._look()
        self._missing += 1
        if self._missing == LOOKS_BEFORE_GONE:
            self._known, self._digest = (), b"gone"
            self._tell(
                None, f"{path_in_words(self._path)} is not there; it is shown again when it is."
            )
        return False

    @property
    def silent(self) -> float:
        """Seconds since it looked last: a share that does not answer holds it up."""
        return time.monotonic() - self.looked_at

    def _odd(self, fault: Exception) -> None:
        said = f"{path_in_words(self._path)} could not be looked at ({type(fault).__name__})."
        self._tell(None, said)

    def _hear(self) -> None:
        """The line that is shared now."""
        line = self._lines.now()
        if line != self._line:
            self._line = line
            self._tell_line(line)

    def _changed_there(self) -> None:
        try:
            session = read_session(self._path)
        except StoreError as sentence:
            self._tell(None, str(sentence))
        else:
            self._tell(session, "")


# Help for the room: the keys alone, as nothing is typed there.


class ShowHelpScreen(HelpScreen):
    """What can be looked at here, in words."""

    CSS_PATH = str(TUI_FOLDER / "kit/help.tcss")

    LAST = ("Nothing that is pressed here changes the session.", (), 0)


# What the room can look at: the template, the RACI, the wall, the plan, the topic.

RACI_LEGEND = " R leads   r also responsible   A accountable   C consulted   I informed"


class RecordMode(ShowScreen):
    """The template as it fills."""

    def view(self) -> ShownView:
        """The rows around what was kept last."""
        return ShowTemplate()

    def below(self) -> ComposeResult:
        """How far the review has come."""
        yield ShowCounts(ReviewFigures()).data_bind(ShowScreen.session)

    def heading(self) -> str:
        """The stage of the one in the middle."""
        return stage_name(self, self.shown.key) or "The record"


class RaciMode(ShowScreen):
    """Who does what."""

    def view(self) -> ShownView:
        """The grid."""
        return RaciGrid(self.fresh, read_only=True)

    def below(self) -> ComposeResult:
        """What the letters mean."""
        yield Static(Content.styled(RACI_LEGEND, "bold"), id="show-letters")

    def heading(self) -> str:
        """What the letters belong to."""
        return "RACI"


class WallMode(ShowScreen):
    """The wall, as on the paper."""

    def view(self) -> ShownView:
        """The notes."""
        return WallView(read_only=True)

    def heading(self) -> str:
        """The stage under the cursor."""
        return stage_name(self, self.shown.key) or "The wall"

    def on_wall_view_chosen(self, event: WallView.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = ActivityCardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(ShowScreen.session))


class PlanMode(ShowScreen):
    """The actions, their owners and their dates."""

    PART = "plan"

    def view(self) -> ShownView:
        """The plan."""
        return PlanTable(self.fresh, read_only=True)

    def below(self) -> ComposeResult:
        """How many have an owner and a date."""
        yield ShowCounts(plan_figures).data_bind(ShowScreen.session)

    def wanted(self) -> str:
        """The action that was kept last."""
        return self.last.action

    def heading(self) -> str:
        """What the actions are."""
        return "The plan"


class TopicMode(ShowScreen):
    """The topic of part 1."""

    PART = "topic"

    def view(self) -> ShownView:
        """The topic in full."""
        return ShowTopic({kind.kind: kind for kind in topic_kinds(self.fresh.presets)})

    def wanted(self) -> str:
        """The topic that was kept last."""
        return self.last.topic

    def heading(self) -> str:
        """What the topic is called."""
        shown = self.query_one(ShowTopic)
        return shown.title or "The topic"


def stage_name(screen: ShowScreen, key: str) -> str:
    """The stage of an activity, or of a heading by its key."""
    activity = screen.session.activity_by_id.get(key)
    known = activity.stage if activity else key.removeprefix(STAGE_KEY)
    stage = screen.session.stage_by_id.get(known)
    return stage.name or stage.id if stage else ""


MODES: dict[str, type[ShowScreen]] = {
    "record": RecordMode,
    "raci": RaciMode,
    "wall": WallMode,
    "plan": PlanMode,
    "topic": TopicMode,
}
"""Each by the name that `tui.kit.messages.Go` calls it."""


# ``offwall show``: a session for the room. It follows the file, and can change nothing.

STYLE_SHEETS: list[str | PurePath] = [
    TUI_FOLDER / "app.tcss",
    *(TUI_FOLDER / name for name in ("kit/help.tcss", "process/wall.tcss")),
]

SILENT_DISK_SECONDS = 3.0
"""Seconds after which a disk or share that answers no look is said not to answer."""

SHOW_IS_READ_ONLY = (
    "This shows the session and changes nothing; the editor does: offwall SESSION.toml."
)


class ShowApp(TerminalApp):
    """One screen at a time, which follows what was kept last."""

    TITLE = "Offwall"
    CSS_PATH = STYLE_SHEETS
    BINDINGS: ClassVar[list[BindingType]] = TERMINAL_KEYS

    last: reactive[RecentChanges] = reactive(RecentChanges())
    line: reactive[str] = reactive("")

    def __init__(self, path: Path, session: Session, fresh: Context | None = None) -> None:
        fresh = fresh or Context(presets=session_files.own_presets())
        broken = session_files.presets_fault(fresh.presets)
        super().__init__(replace(fresh, presets=None) if broken else fresh)
        self._path = path
        self._following: SessionFollower | None = None
        self._waits = False
        self.begin_session(session)
        self.state = replace(self.state, refused=SHOW_IS_READ_ONLY)
        self.set_reactive(ShowApp.last, at_first(session))
        self._read_at = self.fresh.now()

    def on_mount(self) -> None:
        """Show the template, and begin to follow."""
        self._show("record")
        self._following = SessionFollower(self._path, self._heard, self._typed)
        self.set_interval(1, self._look)

    def close(self) -> None:
        """Follow no more."""
        if self._following is not None:
            self._following.worker.close(0)

    def _heard(self, session: Session | None, wrong: str) -> None:
        # Called by the thread that reads; the App may have ended while it did.
        with suppress(RuntimeError):
            self.call_later(self._take, session, wrong)

    def _look(self) -> None:
        """Say that the disk or share does not answer, while it does not."""
        silent = self._following is not None and self._following.silent > SILENT_DISK_SECONDS
        if silent and not self.state.trouble:
            self._troubled(self._as_it_was(f"{self._path} does not answer."))
        elif self._waits and not silent:
            self._troubled("")
        self._waits = silent

    def _troubled(self, wrong: str) -> None:
        self.state = replace(self.state, trouble=wrong)

    def _as_it_was(self, wrong: str) -> str:
        return f"Shown as it was at {self._read_at:%H:%M:%S}. {wrong}"

    def _typed(self, line: str) -> None:
        with suppress(RuntimeError):
            self.call_later(self._line_is, line)

    def _line_is(self, line: str) -> None:
        self.line = line

    def _take(self, session: Session | None, wrong: str) -> None:
        """Show the file as it is now; what was last read stays where it cannot be."""
        if session is None:
            self._troubled(self._as_it_was(wrong))
            return
        self._troubled("")
        self._read_at = self.fresh.now()
        self.last = self.last.after(self.session, session)
        self.session = session

    def keep_theme(self, theme: Theme) -> None:
        """A theme that is chosen here is for this run: nothing is written."""

    def on_go(self, message: Go) -> None:
        """Another mode is wanted."""
        self._show(message.screen)

    def _show(self, mode: str) -> None:
        self.say("")
        screen = MODES[mode](self.session, self.last, self.line, self.fresh)
        screen.data_bind(ShowApp.session, ShowApp.last, ShowApp.line)
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def action_leave(self) -> None:
        """Leave: there is nothing to save."""
        self.exit()

    def action_help(self) -> None:
        """Show the keys that apply here."""
        self.push_screen(ShowHelpScreen(command_palette.key_help(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return command_palette.palette_commands(self, screen)
