"""The real command in a real pseudo-terminal: bytes go in, the screen is read, damage is done."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pyte

from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]

PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")
"""Sequences for keyboards and queries, which pyte takes for text."""


class Terminal:
    """A command that runs on a terminal of its own, and what that terminal shows."""

    def __init__(
        self,
        *arguments: str | Path,
        size: tuple[int, int] = (80, 24),
        program: str | None = None,
        stderr: Any = None,
        **environment: str,
    ) -> None:
        """Start ``offwall`` with arguments, or Python with the text of a program before it."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        self._drawn = 0
        self._over = False
        self.master, slave = pty.openpty()
        self.resize(*size)
        self.modes_before = termios.tcgetattr(self.master)
        begin = ["-m", "offwall"] if program is None else ["-c", program]
        known = {name: value for name, value in os.environ.items() if name not in AWAY}
        self.process = subprocess.Popen(
            [sys.executable, "-B", *begin, *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave if stderr is None else stderr,
            cwd=ROOT,
            env=known | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | environment,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - nothing else runs in this process
        )
        os.close(slave)

    def send(self, keys: str | bytes) -> None:
        """Type: all in one write where the terminal takes it so, reading the screen meanwhile."""
        data = keys.encode() if isinstance(keys, str) else keys
        os.set_blocking(self.master, False)
        while data:
            ready = select.select([self.master], [self.master], [], 10)
            if self.master in ready[0]:
                self._read()
            if self.master in ready[1]:
                data = data[os.write(self.master, data) :]

    def wait_for(self, wanted: str | Callable[[], object], seconds: float = 60) -> None:
        """Read until the screen shows some words, or something else has come true."""
        until = monotonic() + seconds
        while not (wanted in self.shown if isinstance(wanted, str) else wanted()):
            if monotonic() > until or self._over:
                raise AssertionError(f"{wanted!r} did not come in {seconds} s:\n{self.shown}")
            # What has ended says its last words; then one more look is enough.
            self._over = self.process.poll() is not None and not self.read(0)
            self.read(0.05)
        self._over = False

    def wait_blind(self, come_true: Callable[[], object], seconds: float = 60) -> None:
        """Wait for something and read nothing meanwhile, as if the line took nothing."""
        until = monotonic() + seconds
        while not come_true():
            if monotonic() > until:
                raise AssertionError(f"it did not come true in {seconds} s")
            select.select([], [], [], 0.05)

    def read(self, seconds: float) -> bool:
        """Take what comes, waiting for the first of it; whether anything came."""
        return bool(select.select([self.master], [], [], seconds)[0]) and self._read()

    def quiet(self, for_seconds: float = 0.3) -> None:
        """Read until nothing has come for a while, and the program waits: one that a busy computer
        keeps from its work is silent, too.
        """
        until = monotonic() + PATIENCE
        while self.read(for_seconds) or (self._works() and monotonic() < until):
            pass

    def _works(self) -> bool:
        """Whether a thread of it would go on; nothing is known of that but on Linux."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/stat")
        try:
            return any(one.read_text().rpartition(")")[2].split()[0] == "R" for one in tasks)
        except OSError:  # It ended meanwhile.
            return False

    def clear(self) -> None:
        """Forget what was shown: whatever is to be seen must come anew."""
        self._screen.reset()
        self.raw.clear()
        self._drawn = 0

    def _read(self) -> bool:
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        return bool(data)

    @property
    def shown(self) -> str:
        """What the screen shows, as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def screen(self) -> pyte.Screen:
        """What the screen shows, with its colours and the cursor."""
        # Only when somebody looks: drawing what nobody sees takes longer than sending it.
        self._stream.feed(PRIVATE.sub(b"", bytes(self.raw[self._drawn :])))
        self._drawn = len(self.raw)
        return self._screen

    @property
    def modes(self) -> list[Any]:
        """How the terminal is set now: echo, lines, signals."""
        return termios.tcgetattr(self.master)

    @property
    def stopped(self) -> bool:
        """Whether the command is stopped, as by Ctrl+Z."""
        state = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        return state.rpartition(")")[2].split()[0] == "T"

    @property
    def given_back(self) -> bool:
        """Whether the terminal is as it was: modes, screen, cursor, paste, mouse.

        What a program has written reaches this end a moment later: wait for it.
        """
        raw = bytes(self.raw)
        last = {mode: raw.rfind(b"\x1b[?%d" % mode) for mode in (1049, 25, 2004, 1000, 7)}
        on = {mode for mode, at in last.items() if raw[at + len(f"\x1b[?{mode}") :][:1] == b"h"}
        return self.modes == self.modes_before and on == {25, 7}

    def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._screen.resize(max(1, height), max(1, width))

    def signal(self, number: int) -> None:
        """Send the command a signal."""
        self.process.send_signal(number)

    def ended(self, seconds: float = 60) -> int:
        """Read until the command ends; its exit status."""
        self.wait_for(lambda: self.process.poll() is not None, seconds)
        self.quiet(0)
        return self.process.wait()

    def drop(self) -> None:
        """Cut the line."""
        os.close(self.master)
        self.master = -1

    def close(self) -> None:
        """Clear away whatever is left."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        if self.master >= 0:
            self.drop()


AWAY = ("SSH_CONNECTION", "SSH_TTY", "TMUX", "STY", "ZELLIJ", "NO_COLOR", "COLUMNS", "LINES")
"""What the person who runs the tests may have set, and no test should see."""


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def terminal(*arguments: str | Path, **wishes: Any) -> Iterator[Terminal]:
    """A command in a terminal, cleared away afterwards."""
    found = Terminal(*arguments, **wishes)
    try:
        yield found
    finally:
        found.close()
