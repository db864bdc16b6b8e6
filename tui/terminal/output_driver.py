"""The driver's output half: a queue and a thread of its own; only the cells that changed are sent.

Textual queues thirty writes and then stands still until the line takes them: no key is handled and
nothing is kept meanwhile. Here what a stalled line does not take is left out, and the whole screen
is drawn again once it flows.
"""

import curses
import os
import select
import threading
from collections.abc import Callable

from textual.events import Resize
from textual.message import Message

from offwall.tui.terminal.input_driver import InputDriver
from offwall.tui.terminal.screen_diff import ScreenDiff, TerminalAbilities
from offwall.tui.terminal.worker import DONE, Turn, Worker

MOST_WAITING = 1 << 18
"""Characters that may wait; a full screen of 80x24 needs 30,000, one of 500x200 what it needs."""

FRAMES_DROPPED_FROM = 1 << 13
"""Characters that may wait before frames are left out by those who know what the last one shows."""


class OutputQueue:
    """A queue of text to one terminal. ``flows`` is called when a line that stalled flows again."""

    def __init__(self, fileno: int, flows: Callable[[], object]) -> None:
        self._fileno = fileno
        self._flows = flows
        self._lock = threading.Lock()
        self._size = 0
        self._left_out = False
        self._gone = False
        self.worker = Worker[str]("terminal", self._write)
        self.worker.start()

    def write(self, text: str, *, needed: bool = False) -> None:
        """Have text written; what is not ``needed`` may be left out while the line stalls."""
        with self._lock:
            if self._size > MOST_WAITING and not needed:
                self._left_out = True
                return
            self._size += len(text)
            self.worker.put(text)

    def stalls(self) -> bool:
        """Whether the line is behind, so that a frame is better left out; `flows` says when not."""
        with self._lock:
            behind = self._size > FRAMES_DROPPED_FROM
            self._left_out = self._left_out or behind
            return behind

    def _write(self, texts: list[str]) -> Turn:
        text = "".join(texts)
        self._send(text.encode(errors="replace"))
        with self._lock:
            self._size -= len(text)
            flows = self._left_out and not self._size
            self._left_out = self._left_out and not flows
        if flows:
            self._flows()
        return DONE

    def _send(self, data: bytes) -> None:
        """Write all of it; a terminal that is gone takes nothing any more."""
        while data and not self._gone:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                # Somebody who shares this terminal made it so.
                select.select([], [self._fileno], [], 1.0)
            except OSError:
                self._gone = True


SETUP_LENGTH = 64
"""What sets the terminal up is no longer than this, and is sent however the line stalls."""

STDOUT, STDERR = 1, 2

LAST_WRITE_SECONDS = 0.5
"""Seconds that a line has to take what gives the terminal back."""


class OutputDriver(InputDriver):
    """Sends what Textual draws, as it comes; leaves frames out where the line stalls."""

    _output: OutputQueue | None = None

    def write(self, data: str) -> None:
        """Have data sent."""
        self._send(data, needed=len(data) <= SETUP_LENGTH)

    def _send(self, data: str, *, needed: bool) -> None:
        if self._output is not None:
            self._output.write(data, needed=needed)

    def _flows(self) -> None:
        """The line flows again, and frames were left out. Runs in the thread that writes."""
        self._loop.call_soon_threadsafe(self._catch_up)

    def _catch_up(self) -> None:
        self._app.refresh(layout=True)

    def start_application_mode(self) -> None:
        """Begin, or come back after a suspension."""
        # Textual draws on standard error, which may be going to a file: `offwall x.toml 2>log`.
        self._output = OutputQueue(next(filter(os.isatty, (STDERR, STDOUT)), STDERR), self._flows)
        super().start_application_mode()
        # The framework's own writer, which would stand still with the line, has nothing to do.
        if self._writer_thread is not None:
            self._writer_thread.stop()
            self._writer_thread = None

    def close(self) -> None:
        """Send what waits, and nothing more."""
        super().close()
        if self._output is not None:
            self._output.worker.close(LAST_WRITE_SECONDS)
            self._output = None


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
