"""The driver that sends the terminal only the cells that changed (`ScreenDiff` finds them)."""

import curses
import os

from textual.events import Resize
from textual.message import Message

from offwall.tui.terminal.escape_codes import TerminalAbilities
from offwall.tui.terminal.output_driver import OutputDriver
from offwall.tui.terminal.screen_diff import ScreenDiff


class DiffDriver(OutputDriver):
    """Textual's own driver, with `ScreenDiff` between it and the terminal.

    What Textual writes is read into cells; at the end of each of its frames the difference is sent.
    Where the line stalls frames are left out, and what the last one shows is sent when it flows.
    """

    _wire: ScreenDiff | None = None
    _begins = False

    def write(self, data: str) -> None:
        """Take what Textual sends; what is not about cells goes to the terminal at once."""
        if passed := self._light().take(data):
            self._send(passed, needed=True)

    def flush(self) -> None:
        """Send what changed: Textual flushes at the end of a frame."""
        if self._output is None or self._begins or self._output.stalls():
            return
        if changed := self._light().paint():
            self._send(changed, needed=True)

    def _catch_up(self) -> None:
        self.flush()

    def repaint(self) -> None:
        """Draw the whole screen again, whatever the terminal shows now."""
        self._light().forget()
        self.flush()

    def start_application_mode(self) -> None:
        """Begin, or come back after a suspension: the terminal shows something else."""
        # Textual flushes half way: what is drawn invites keys, and the terminal is not ours yet.
        self._begins = True
        super().start_application_mode()
        self._begins = False
        self.repaint()

    def process_message(self, message: Message) -> None:
        """Notice that the terminal says it has another size. Runs in the thread that reads."""
        if isinstance(message, Resize):
            self._loop.call_soon_threadsafe(self.repaint)
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        # Asked at the start and whenever the terminal's size has changed, in a signal's handler.
        self._loop.call_soon_threadsafe(self.repaint)
        return super()._get_terminal_size()

    def _light(self) -> ScreenDiff:
        width, height = (max(1, length) for length in self._app.size)
        if self._wire is None:
            self._wire = ScreenDiff(width, height, terminfo_abilities())
        self._wire.resize(width, height)
        return self._wire


def terminfo_abilities() -> TerminalAbilities:
    """What the terminal's entry in terminfo says; nothing where it has none."""
    try:
        curses.setupterm(os.environ.get("TERM", ""))
        colours = curses.tigetflag("bce") > 0
        return TerminalAbilities(colours, erases_cells=bool(curses.tigetstr("ech")))
    except (curses.error, OSError):
        return TerminalAbilities()
