"""A program on a pseudo-terminal: what it sends for what is typed, and how long it takes."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pyte

WIDTH, HEIGHT = 120, 40
GAP = 0.08
"""Seconds of silence that end an answer to a key. All that is measured answers sooner."""

PATIENCE = 3.0
"""Seconds that an answer may take to begin; without one there is nothing to measure."""

TICKS = os.sysconf("SC_CLK_TCK")
ANSWERS = [
    (re.compile(rb"\x1b\[\??6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>1;10;0c"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
    (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
]
"""What a terminal says when it is asked: xterm's words."""

SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
PRIVATE = re.compile(
    rb"\x1b\[[<>=?][0-9;]*m|\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[[?>]?[0-9;]*\$?[pu]|\x1bP[^\x1b]*\x1b\\"
)
"""Sequences that pyte takes for text."""


class Answer(NamedTuple):
    """What came for a key: bytes, and milliseconds to the last of them."""

    bytes: int
    milliseconds: float


class Program:
    """A command that runs on a terminal of its own, which answers its queries or does not."""

    PIECE = 1 << 16
    """Bytes that are read at once, at the most."""

    def __init__(self, command: list[str], environment: dict[str, str], *, answers: bool) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self._answers = answers
        self._raw = bytearray()
        self._answered = 0
        self._came: list[tuple[float, int]] = []
        self.started = perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        self.pid = self._process.pid
        os.close(slave)

    def until_shown(self, text: str, seconds: float = 60) -> float:
        """Milliseconds from the start until the terminal shows a text."""
        # Without their sequences the bytes of a first screen read as it does.
        while text not in SEQUENCE.sub(b"", bytes(self._raw)).decode(errors="replace"):
            if perf_counter() - self.started > seconds or not self._read(seconds):
                raise AssertionError(f"{text!r} did not come:\n{self.shown()}")
        return (perf_counter() - self.started) * 1000

    def settle(self, seconds: float = GAP) -> float:
        """Read until nothing more comes for so long; when the last came.

        A cursor that blinks never ends: it is not waited for longer than three times.
        """
        start = last = perf_counter()
        while perf_counter() - start < 3 * seconds + 1 and self._read(seconds):
            last = perf_counter()
        return last

    def wait(self, seconds: float) -> None:
        """Read whatever comes, for so long."""
        until = perf_counter() + seconds
        while (left := until - perf_counter()) > 0:
            self._read(left)

    def rest(self, seconds: float = 30) -> None:
        """Wait until what was asked for is done, on the screen and beside it; not for ever."""
        until, used = perf_counter() + seconds, -1.0
        while used != self.seconds_used() and perf_counter() < until:
            used = self.seconds_used()
            self.wait(1.0)

    def press(self, keys: str, quiet: float = GAP) -> Answer:
        """Type keys in one go."""
        before, start = len(self._raw), perf_counter()
        os.write(self.master, keys.encode())
        if not self._read(PATIENCE):
            return Answer(0, 0.0)
        last = self.settle(quiet)
        return Answer(len(self._raw) - before, (last - start) * 1000)

    def _read(self, seconds: float) -> bool:
        """Take what comes, at most so long; whether anything came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            self._raw += os.read(self.master, self.PIECE)
        except OSError:
            return False
        self._came.append((perf_counter(), len(self._raw)))
        if self._answers:
            self._answer()
        return True

    def _answer(self) -> None:
        new = bytes(self._raw[self._answered :])
        self._answered = len(self._raw)
        for asked, said in ANSWERS:
            for _ in asked.findall(new):
                self._say(said)

    def _say(self, data: bytes) -> None:
        os.write(self.master, data)

    def shown(self) -> str:
        """What the terminal shows."""
        screen = pyte.Screen(WIDTH, HEIGHT)
        pyte.ByteStream(screen).feed(PRIVATE.sub(b"", bytes(self._raw)))
        return "\n".join(screen.display)

    def frames(self, before: int) -> Iterator[tuple[float, list[str]]]:
        """What the terminal showed after each piece that came behind so many bytes, and when."""
        screen = pyte.Screen(WIDTH, HEIGHT)
        stream = pyte.ByteStream(screen)
        stream.feed(PRIVATE.sub(b"", bytes(self._raw[:before])))
        begin = before
        for at, end in self._came:
            if end > begin:
                stream.feed(PRIVATE.sub(b"", bytes(self._raw[begin:end])))
                begin = end
                yield at, list(screen.display)

    @property
    def bytes(self) -> int:
        """All that came so far."""
        return len(self._raw)

    def seconds_used(self) -> float:
        """Processor time of the program so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident(self) -> float:
        """Megabytes of memory that are its own or shared."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def leave(self, keys: str) -> float:
        """Milliseconds from the last keys to the end."""
        start = perf_counter()
        os.write(self.master, keys.encode())
        while self._process.poll() is None and perf_counter() - start < 10:
            self._read(0.002)
        return (perf_counter() - start) * 1000

    def close(self) -> None:
        """Clear away whatever is left."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self.master)
