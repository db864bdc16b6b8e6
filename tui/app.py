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

from offwall.model.records.bank_holidays import bank_holiday
from offwall.tui.kit import Context, SessionScreen, command_palette
from offwall.tui.kit.messages import Back, Edit, Go, Open
from offwall.tui.kit.screen_registry import load_screens, screen_class
from offwall.tui.looks.appearance import AppearanceApp
from offwall.tui.services import recent_sessions, session_files
from offwall.tui.services.clock import ClockApp
from offwall.tui.services.co_editing import CoEditingApp
from offwall.tui.services.live_line_sharing import LiveLineSharingApp
from offwall.tui.services.photos import PhotosApp
from offwall.tui.services.previous_session import PreviousSessionApp
from offwall.tui.services.private_mode import PrivateModeApp
from offwall.tui.services.terminal_app import TerminalApp
from offwall.tui.terminal.tuning import resume_gc

if TYPE_CHECKING:
    from offwall.model.workbook import Proposals
    from offwall.tui.services.workbooks import Importing

STYLE_SHEETS: list[str | PurePath] = [*sorted(Path(__file__).parent.rglob("*.tcss"))]
"""Every screen's and dialog's looks, read at once: Textual reads all of them anew when a screen
brings its own, which costs its first opening 50 ms.
"""

PRELOAD_AFTER = 0.3
"""Seconds after the start at which what comes later is loaded: the first screen is drawn then."""


class OffwallApp(
    AppearanceApp,
    TerminalApp,
    ClockApp,
    CoEditingApp,
    LiveLineSharingApp,
    PrivateModeApp,
    PreviousSessionApp,
    PhotosApp,
):
    """A session in the terminal. Messages come up to it; the session goes down from it."""

    TITLE = "Offwall"
    CSS_PATH = STYLE_SHEETS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Keys and the line"),
        Binding("colon", "command_palette", "Commands", id="app.palette", show=False),
    ]

    proposals: "Proposals | None" = None
    """What workbooks propose that came back; the session then opens on them."""

    importing: "Importing | None" = None
    """The workbooks that came back."""

    def __init__(self, path: Path | None = None, fresh: Context | None = None) -> None:
        """Open a session; without a path, ask which.

        Raises `model.store.store.StoreError` where the file cannot be read.
        """
        super().__init__(fresh or Context(presets=session_files.own_presets()))
        if path is not None:
            self.open_document(path)

    def on_mount(self) -> None:
        """Show the session, or what there is to open."""
        self._try_presets()
        self.set_timer(PRELOAD_AFTER, self._load_screens)
        if self.desk is None:
            from offwall.model.store.presets.catalogues import preset_names
            from offwall.tui.setup.start_screen import StartScreen

            presets = preset_names(self.fresh.presets)
            self.push_screen(StartScreen(recent_sessions.sessions(), presets, self._opened))
        else:
            self._show("home")
            if self.importing is not None:
                self._show_imported(self.importing)

    def _show_imported(self, importing: "Importing") -> None:
        """Show what workbooks propose; where they hold nothing, what their columns may be."""
        self.mapped = self.importing = importing
        if importing.choice.columns:
            self.post_message(Edit("Columns as the command line says them", importing.remember))
        self.proposals = importing.propose(importing.remember(self.session))
        self._show("importing")
        if not self.proposals.found:
            self._show("mapping")

    def propose_again(self) -> "Proposals":
        """What the workbooks propose now that their columns may be taken for others."""
        from offwall.model.workbook import Proposals

        if self.importing is not None:
            self.proposals = self.importing.propose(self.session)
        return self.proposals or Proposals(())

    @work(thread=True, group="loading", exit_on_error=False)
    def _load_screens(self) -> None:
        """Have the other screens and part 3's calendar ready before their keys are pressed."""
        worker = get_current_worker()
        for _ in load_screens():
            if worker.is_cancelled:
                return
        bank_holiday(self.fresh.today(), self.session.nation)
        resume_gc()

    def _try_presets(self) -> None:
        """A council's own presets that cannot be read are said, and the shipped ones serve."""
        if wrong := session_files.presets_fault(self.fresh.presets):
            self.fresh = replace(self.fresh, presets=None)
            self.call_after_refresh(self.say, wrong, wrong=True)

    def fault_folder(self) -> Path:
        """Where the log of a fault is written."""
        return recent_sessions.state_folder()

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
            self.open_document(
                session_files.session_to_open(message.path, message.preset, seed, message.earlier)
            )
        except session_files.refusal_errors() as sentence:
            return str(sentence)
        return ""

    def on_session_opened(self) -> None:
        """Show what lies on the desk."""
        self._show("home")

    def action_help(self) -> None:
        """Show the keys that apply here."""
        from offwall.tui.help import HelpScreen

        self.push_screen(HelpScreen(command_palette.key_help(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return command_palette.palette_commands(self, screen)
