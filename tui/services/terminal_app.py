"""What the App itself needs mended of Textual's terminal side: driver, keys, the end, faults."""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import constants, work
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.filter import LineFilter
from textual.theme import ThemeProvider
from textual.widgets import Input
from textual.worker import WorkerError

from offwall.model.records.text import without_controls
from offwall.tui.looks.line_filters import CleanLines
from offwall.tui.terminal import crash_report
from offwall.tui.terminal.capabilities import ssh_advice
from offwall.tui.terminal.input_driver import ESC, Escaped
from offwall.tui.terminal.key_queue import KeyQueue
from offwall.tui.terminal.signals import SIGNAL_EXIT_BASE, EndRequested
from offwall.tui.terminal.tuning import prefer_ui_thread

DRIVER_SETTING = "OFFWALL_DRIVER"
"""Set to ``textual`` it has sent what Textual draws, instead of only what changed."""


def choose_driver() -> type[Driver] | None:
    """The driver, mended; none on Windows, which has a console of its own, in a browser, and
    wherever ``TEXTUAL_DRIVER`` names one.
    """
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    if os.environ.get(DRIVER_SETTING, "") == "textual":
        from offwall.tui.terminal.output_driver import OutputDriver

        return OutputDriver
    from offwall.tui.terminal.driver import DiffDriver

    return DiffDriver


def repaint_screen(app: App[Any]) -> None:
    """Draw the whole screen again: for a terminal that something else wrote to."""
    again = getattr(app._driver, "repaint", None)
    if again is None:
        app.refresh(layout=True)
    else:
        again()


# What the App itself needs mended of the framework's terminal side, in one place.

AWAITED_WORKERS = "kept"
"""The group of workers that the App waits for before it leaves."""

LAST_KEYS = 0.5
"""Seconds that the keys which came before the end have to be handled."""

WORDS = {"b": "cursor_left", "f": "cursor_right", "d": "delete_right", "backspace": "delete_left"}
"""Held with Alt they go, or delete, by words in a field."""

NOT_RUN = "came with Esc in one go, as with Alt, and was not run. Press it again if it was meant."
NO_PLACE = "What was pasted went nowhere: open a line or a field first, and paste again."


class Palette(CommandPalette):
    """The palette, which stands a page turned before its list is laid out, and two clicks."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it; the framework closes the screen below as well where it is closed already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        commands = self.query_one(CommandList)
        if not commands._lines:
            self._refresh_layout()
        if commands._lines:
            super()._action_command_list(action)


class TerminalApp(App[None]):
    """An App that takes keys in order, shows text as text, and always gives the terminal back."""

    said: Any
    """What the status line says: the sentence, and whether something is wrong."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+l",
            "draw_again",
            "Draw again",
            show=False,
            id="app.draw-again",
            tooltip="Draw the whole screen again, where something else wrote to it",
        ),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = KeyQueue(self, self._let_in)
        self._escaped = False
        self.advice = ssh_advice(os.environ)
        self._clean = CleanLines()
        self._running_loop: asyncio.AbstractEventLoop | None = None
        self._asked_to_end = 0
        self._faulty = False

    def fault_folder(self) -> Path:
        """Where the log of a fault is written."""
        raise NotImplementedError

    def get_driver_class(self) -> type[Driver]:
        """The driver with its mendings, where there is one."""
        return choose_driver() or super().get_driver_class()

    def action_command_palette(self) -> None:
        """Show what can be done here."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Show the themes."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def action_draw_again(self) -> None:
        """Draw the whole screen again."""
        repaint_screen(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes on its way to the terminal."""
        return [*super().get_line_filters(), self._clean]

    async def on_event(self, event: Event) -> None:
        """Let keys and pastes in one at a time."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            if isinstance(event, Paste):
                event.text = without_controls(event.text)
            self.keys.put(event)
        else:
            await super().on_event(event)

    async def _let_in(self, event: Event) -> None:
        """Hand on a key or a paste, where it is meant to go."""
        self.app_focus = True  # a key comes to no other terminal than the one that is looked at
        field = self.focused if isinstance(self.focused, Input) else None
        escaped, self._escaped = self._escaped, False
        if isinstance(event, Escaped) and field and field.value:
            self._escaped = True
        elif escaped and field and isinstance(event, Key):
            word = WORDS.get(event.key)
            if word:
                await self.run_action(f"{word}_word", field)
                await self.keys.settle()
            else:
                await self._press("escape", ESC)
                self.said = (f"{self.get_key_display(Binding(event.key, ''))} {NOT_RUN}", True)
        elif isinstance(event, Escaped):
            await self._press("escape", ESC)
        else:
            if isinstance(event, Paste) and not field:
                await self._open_for_paste()
            await super().on_event(event)

    async def _press(self, key: str, character: str) -> None:
        await super().on_event(Key(key, character))
        await self.keys.settle()

    async def _open_for_paste(self) -> None:
        """Open a line where there is one, or say that nothing takes a paste."""
        new = self.screen.active_bindings.get("n")
        if new and new.enabled and new.binding.action == "line('new')":
            await self._press("n", "n")
        else:
            self.said = (NO_PLACE, True)

    async def at_rest(self) -> None:
        """Wait for work that was asked for with Enter, and for what comes of it."""
        kept = [worker for worker in self.workers if worker.group == AWAITED_WORKERS]
        with suppress(WorkerError):
            await self.workers.wait_for_complete(kept)
        await self.keys.settle()

    def on_load(self) -> None:
        """From here on the App can be asked to end; perhaps it already was."""
        prefer_ui_thread()
        self._running_loop = asyncio.get_running_loop()
        if self._asked_to_end:
            self.end(self._asked_to_end)

    def end(self, number: int) -> None:
        """End because of a signal; may be called from its handler, whatever goes on."""
        self._asked_to_end = number
        if self._running_loop is not None:
            self._running_loop.call_soon_threadsafe(self.post_message, EndRequested(number))

    @work(exclusive=True, group="end")
    async def on_end_requested(self, message: EndRequested) -> None:
        """Leave without a question when the keys that came before are handled."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.keys.done(), LAST_KEYS)
        self.exit(return_code=SIGNAL_EXIT_BASE + message.number)

    def fault(self, error: BaseException) -> None:
        """End because of a fault on another thread."""
        if self._running_loop is not None and isinstance(error, Exception):
            self._running_loop.call_soon_threadsafe(self._handle_exception, error)

    def panic(self, *renderables: RenderableType) -> None:
        """End with one sentence, whatever the framework would print."""
        self._return_code = crash_report.FAULT_EXIT
        if not self._faulty:
            self._faulty = True
            error = self._exception or RuntimeError()
            super().panic(Text(crash_report.fault_sentence(error, self.fault_folder())))

    def _fatal_error(self) -> None:
        # The framework's own would print the session's text in a traceback.
        self.panic()
