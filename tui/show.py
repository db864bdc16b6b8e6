"""``offwall show``: a session for the room. It follows the file, and can change nothing."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.theme import Theme

from model.last_kept import LastKept, at_first
from model.session import Session
from tui import files, palette, recent
from tui.fresh import Fresh
from tui.looks import LooksApp
from tui.messages import Go, Say
from tui.showing.following import Following
from tui.showing.help import ShowHelp
from tui.showing.modes import MODES
from tui.terminal.terminal_app import TerminalApp

HERE = Path(__file__).parent
LOOKS: list[str | PurePath] = [
    HERE / "app.tcss",
    *(HERE / "screens" / f"{name}.tcss" for name in ("help", "wall")),
]

SILENT = 3.0
"""Seconds after which a disk or share that answers no look is said not to answer."""

READ_ONLY = "This shows the session and changes nothing; the editor does: offwall SESSION.toml."


class ShowApp(LooksApp, TerminalApp):
    """One screen at a time, which follows what was kept last."""

    TITLE = "Offwall"
    CSS_PATH = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", tooltip="The keys"),
        Binding("colon", "command_palette", "Commands", id="app.palette", show=False),
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
    ]

    session: reactive[Session] = reactive(Session())
    last: reactive[LastKept] = reactive(LastKept())
    line: reactive[str] = reactive("")
    said: reactive[tuple[str, bool]] = reactive(("", False))
    trouble: reactive[str] = reactive("")
    refused = READ_ONLY

    def __init__(self, path: Path, session: Session, fresh: Fresh | None = None) -> None:
        super().__init__()
        self._path = path
        self._following: Following | None = None
        self._waits = False
        fresh = fresh or Fresh(presets=files.own_presets())
        broken = files.presets_fault(fresh.presets)
        self.fresh = replace(fresh, presets=None) if broken else fresh
        self.set_reactive(ShowApp.session, session)
        self.set_reactive(ShowApp.last, at_first(session))
        self._read_at = self.fresh.now()

    def on_mount(self) -> None:
        """Show the template, and begin to follow."""
        self._show("record")
        self._following = Following(self._path, self._heard, self._typed)
        self.set_interval(1, self._look)

    def close(self) -> None:
        """Follow no more."""
        if self._following is not None:
            self._following.stop()

    def _heard(self, session: Session | None, wrong: str) -> None:
        # Called by the thread that reads; the App may have ended while it did.
        with suppress(RuntimeError):
            self.call_later(self._take, session, wrong)

    def _look(self) -> None:
        """Say that the disk or share does not answer, while it does not."""
        silent = self._following is not None and self._following.silent > SILENT
        if silent and not self.trouble:
            self.trouble = self._as_it_was(f"{self._path} does not answer.")
        elif self._waits and not silent:
            self.trouble = ""
        self._waits = silent

    def _as_it_was(self, wrong: str) -> str:
        return f"Shown as it was at {self._read_at:%H:%M:%S}. {wrong}"

    def _typed(self, line: str) -> None:
        with suppress(RuntimeError):
            self.call_later(setattr, self, "line", line)

    def _take(self, session: Session | None, wrong: str) -> None:
        """Show the file as it is now; what was last read stays where it cannot be."""
        if session is None:
            self.trouble = self._as_it_was(wrong)
            return
        self.trouble = ""
        self._read_at = self.fresh.now()
        self.last = self.last.after(self.session, session)
        self.session = session

    def fault_folder(self) -> Path:
        """Where the log of a fault is written."""
        return recent.state_folder()

    def _keep(self, theme: Theme) -> None:
        """A theme that is chosen here is for this run: nothing is written."""

    def on_go(self, message: Go) -> None:
        """Another mode is wanted."""
        self._show(message.screen)

    def _show(self, mode: str) -> None:
        self.said = ("", False)
        screen = MODES[mode](self.session, self.last, self.line, self.fresh)
        screen.data_bind(ShowApp.session, ShowApp.last, ShowApp.line)
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_say(self, message: Say) -> None:
        """Show a sentence in the status line."""
        self.said = (message.text, message.wrong)

    def action_leave(self) -> None:
        """Leave: there is nothing to save."""
        self.exit()

    def action_help(self) -> None:
        """Show the keys that apply here."""
        self.push_screen(ShowHelp(palette.help_of(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return palette.commands(self, screen)
