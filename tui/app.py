"""The editor: what it shows first, and how one gets from screen to screen."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from model.bank_holidays import bank_holiday
from tui import files, palette, recent
from tui.clock import ClockApp
from tui.fresh import Fresh
from tui.joining import JoiningApp
from tui.looking_back import LookingBackApp
from tui.looks import LooksApp
from tui.messages import Back, Go, Open
from tui.photos import PhotosApp
from tui.privacy import PrivateApp
from tui.screens.registry import load_all, screen_class
from tui.screens.session_screen import SessionScreen
from tui.sharing import SharingApp
from tui.terminal.garbage import collect_again
from tui.terminal.terminal_app import TerminalApp

if TYPE_CHECKING:
    from model.importing import Proposals

LOOKS: list[str | PurePath] = [*sorted(Path(__file__).parent.rglob("*.tcss"))]
"""Every screen's and dialog's looks, read at once: Textual reads all of them anew when a screen
brings its own, which costs its first opening 50 ms.
"""

AT_LEISURE = 0.3
"""Seconds after the start at which what comes later is loaded: the first screen is drawn then."""


class OffwallApp(
    LooksApp, TerminalApp, ClockApp, JoiningApp, SharingApp, PrivateApp, LookingBackApp, PhotosApp
):
    """A session in the terminal. Messages come up to it; the session goes down from it."""

    TITLE = "Offwall"
    CSS_PATH = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Keys and the line"),
        Binding("colon", "command_palette", "Commands", id="app.palette", show=False),
    ]

    proposals: "Proposals | None" = None
    """What workbooks propose that came back; the session then opens on them."""

    def __init__(self, path: Path | None = None, fresh: Fresh | None = None) -> None:
        """Open a session; without a path, ask which.

        Raises `model.store.StoreError` where the file cannot be read.
        """
        super().__init__(fresh or Fresh(presets=files.own_presets()))
        if path is not None:
            self.lay_out(path)

    def on_mount(self) -> None:
        """Show the session, or what there is to open."""
        self._try_presets()
        self.set_timer(AT_LEISURE, self._load_screens)
        if self.desk is None:
            from model.presets import preset_names
            from tui.screens.start import StartScreen

            presets = preset_names(self.fresh.presets)
            self.push_screen(StartScreen(recent.sessions(), presets, self._opened))
        else:
            self._show("home")
            if self.proposals is not None:
                self._show("importing")

    @work(thread=True, group="loading", exit_on_error=False)
    def _load_screens(self) -> None:
        """Have the other screens and part 3's calendar ready before their keys are pressed."""
        worker = get_current_worker()
        for _ in load_all():
            if worker.is_cancelled:
                return
        bank_holiday(self.fresh.today(), self.session.nation)
        collect_again()

    def _try_presets(self) -> None:
        """A council's own presets that cannot be read are said, and the shipped ones serve."""
        if wrong := files.presets_fault(self.fresh.presets):
            self.fresh = replace(self.fresh, presets=None)
            self.call_after_refresh(self.say, wrong, wrong=True)

    def fault_folder(self) -> Path:
        """Where the log of a fault is written."""
        return recent.state_folder()

    def on_go(self, message: Go) -> None:
        """Another screen is wanted."""
        self._show(message.screen, message.place)

    def _show(self, name: str, place: str = "") -> None:
        self.say(self.advice)
        self.advice = ""
        screen = screen_class(name)(self.session, self.fresh, place)
        self.push_screen(screen.data_bind(OffwallApp.session))

    def on_back(self, message: Back) -> None:
        """Leave the screen that is on top."""
        self.say("")
        self.pop_screen()
        if message.place and isinstance(self.screen, SessionScreen):
            self.screen.come_back(message.place)

    def on_open(self, message: Open) -> None:
        """Open another session and show it."""
        if wrong := self._opened(message):
            self.say(wrong, wrong=True)
        else:
            self._show("home")

    def _opened(self, message: Open) -> str:
        """Put a session on the desk, made first where that is wanted; or say why it cannot be."""
        try:
            seed = self.fresh.seed()
            self.lay_out(files.wanted(message.path, message.preset, seed, message.earlier))
        except files.refusals() as sentence:
            return str(sentence)
        return ""

    def on_opened(self) -> None:
        """Show what lies on the desk."""
        self._show("home")

    def action_help(self) -> None:
        """Show the keys that apply here."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(palette.help_of(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return palette.commands(self, screen)
