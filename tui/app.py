"""The editor: which screens there are, and the one way that an edit travels."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.reactive import reactive
from textual.screen import Screen

from model.edits.clock import spend
from model.presets import PresetError
from model.session import Session
from model.store import StoreError
from tui import files, leaving, palette, recent
from tui.desk import Desk
from tui.dialogs.choice import Choice
from tui.fresh import Fresh
from tui.messages import Back, Edit, Export, Go, Open, Say
from tui.saver import Saved
from tui.screens.checks import ChecksScreen
from tui.screens.help import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.plan import PlanScreen
from tui.screens.raci import RaciScreen
from tui.screens.record import RecordScreen
from tui.screens.session_screen import SessionScreen
from tui.screens.setup import SetupScreen
from tui.screens.start import StartScreen
from tui.screens.topic import TopicScreen
from tui.screens.wall import WallScreen
from tui.screens.words import WordsScreen
from tui.terminal.keys import KeyQueue

SCREENS: dict[str, type[SessionScreen]] = {
    "home": HomeScreen,
    "setup": SetupScreen,
    "topic": TopicScreen,
    "record": RecordScreen,
    "plan": PlanScreen,
    "raci": RaciScreen,
    "wall": WallScreen,
    "checks": ChecksScreen,
    "words": WordsScreen,
}
PATIENCE = 3.0
"""Seconds that leaving waits for the session file before it asks."""


class OffwallApp(App[None]):
    """A session in the terminal. Messages come up to it; the session goes down from it."""

    TITLE = "Offwall"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="app.undo", tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Make it again"),
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Keys and the line"),
        Binding("colon", "command_palette", "Commands", id="app.palette", show=False),
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
    ]

    session: reactive[Session] = reactive(Session())
    said: reactive[tuple[str, bool]] = reactive(("", False))
    keeping: reactive[str] = reactive("all kept")
    trouble: reactive[str] = reactive("")

    def __init__(self, path: Path | None = None, fresh: Fresh | None = None) -> None:
        """Open a session; without a path, ask which.

        Raises `model.store.StoreError` where the file cannot be read.
        """
        super().__init__()
        self.fresh = fresh or Fresh()
        self.keys = KeyQueue(self, super().on_event)
        self._desk: Desk | None = None
        if path is not None:
            self._lay_out(path)

    def _lay_out(self, path: Path) -> None:
        self._desk = Desk(path, self.post_message)
        self.set_reactive(OffwallApp.session, self._desk.session)
        recent.remember(path)

    def on_mount(self) -> None:
        """Show the session, or what there is to open."""
        self.set_interval(60, self._minute)
        if self._desk is None:
            self.push_screen(StartScreen(recent.sessions()))
        else:
            self._show("home")

    async def on_event(self, event: Event) -> None:
        """Let keys and pastes in one at a time."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.keys.put(event)
        else:
            await super().on_event(event)

    def on_edit(self, message: Edit) -> None:
        """The one way of a change: history, session, disk."""
        if self._desk is not None:
            self.session = self._desk.do(message.label, message.change)
            self._say(message.label)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._desk is not None:
            label = self._desk.history.undoable
            self.session = self._desk.undo()
            self._say(f"Undone: {label}. U makes it again." if label else "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        if self._desk is not None:
            label = self._desk.history.redoable
            self.session = self._desk.redo()
            self._say(f"Made again: {label}." if label else "Nothing to make again.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo and redo are dimmed where there is nothing to take back."""
        history = self._desk.history if self._desk else None
        if action in ("undo", "redo"):
            able = history and (history.undoable if action == "undo" else history.redoable)
            return bool(able) or None
        return True

    def on_saved(self, message: Saved) -> None:
        """Count what the file holds; take over what somebody else wrote into it."""
        if self._desk is None:
            return
        self.session = self._desk.take(message)
        self.trouble = message.wrong
        behind = self._desk.changes - message.changes + bool(message.wrong)
        self.keeping = f"keeping {behind}" if behind else f"kept {message.changes}"

    def on_say(self, message: Say) -> None:
        """Show a sentence in the status line."""
        self._say(message.text, wrong=message.wrong)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.said = (text, wrong)
        self.refresh_bindings()

    def on_go(self, message: Go) -> None:
        """Another screen is wanted."""
        self._show(message.screen, message.place)

    def _show(self, name: str, place: str = "") -> None:
        self.said = ("", False)
        screen = SCREENS[name](self.session, self.fresh, place)
        self.push_screen(screen.data_bind(OffwallApp.session))

    def on_back(self, _: Back) -> None:
        """Leave the screen that is on top."""
        self.said = ("", False)
        self.pop_screen()

    def on_open(self, message: Open) -> None:
        """Open another session, made first where a preset is named."""
        try:
            self._lay_out(files.wanted(message.path, message.preset, self.fresh.seed()))
        except (StoreError, PresetError, OSError) as sentence:
            self._say(str(sentence), wrong=True)
        else:
            self._show("home")

    @work(thread=True)
    def on_export(self, _: Export) -> None:
        """Write the workbook on a thread of its own, and say where it is."""
        if self._desk is not None:
            self.post_message(Say("Writing the workbook ..."))
            self.post_message(leaving.workbook(self.session, self._desk.path, self.fresh.today()))

    def _minute(self) -> None:
        part = getattr(self.screen_stack[-1], "PART", "")
        if self._desk is not None and part:
            self.session = self._desk.everywhere(lambda session: spend(session, part, 1))

    def action_help(self) -> None:
        """Show the keys that apply here."""
        self.push_screen(HelpScreen(palette.help_of(self.screen)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette's entries are the keys that apply."""
        return palette.commands(self, screen)

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is saved; ask where that cannot be done."""
        if self._desk is not None:
            while not await asyncio.to_thread(self._desk.settled, PATIENCE):
                if await self.push_screen_wait(Choice(*leaving.unsaved(self._desk.path))) == 1:
                    break
            await asyncio.to_thread(self._desk.leave)
        self.exit()
