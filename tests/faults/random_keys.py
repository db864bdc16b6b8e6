"""Keys at random: whatever is typed, the editor lives, the file reads, and undo leads back."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from time import monotonic

from offwall.model import store
from offwall.model.records.session import Clock, Session
from tests.faults.pty_driver import Terminal, terminal

SIZES = [(80, 24), (120, 40), (60, 15), (40, 12), (200, 50), (20, 5)]
"""Sizes that the terminal takes while keys are typed."""

PALETTE = [
    ":\x1b[6~",
    ":\x1b[5~",
    ":e\x1b[6~",
    ":\x1b[6~\x1b[6~\x1b[5~",
    ":zz\x1b[6~",
    ":\x1b[B\x1b[A",
]
"""What is done in the palette, in one go. Enter follows where it finds nothing that leaves."""

TERMINAL = ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1bP>|tmux 3.4\x1b\\", "\x1b[?62;c", "\x1b[I"]
"""What a terminal says by itself."""

KEYS = [
    *(chr(code) for code in range(32, 127) if chr(code) not in "qE:"),
    *("\r", "\t", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOP", "\x1b[Z", "\x1b[3~"),
    *("\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\n", "\x13", "\x1bb", "\x1bd", "\x1b\x7f"),
    *("\x01", "\x05", "\x0b", "\x00", "\x1b[200~two\rlines\x1b[201~", "é", "🙂"),
    *(f"{keys}\x1b" for keys in PALETTE),
    *(":undo\r", ":down\r\x1b"),
    *TERMINAL,
    *("njkeglh;x" * 6),
    *("\r", "\x1b") * 10,
]
"""All keys but those that leave or write the workbook; those that record come more often."""

PATIENCE = 1200
"""Seconds that ten thousand keys may take where the machine is busy with something else."""

QUIET = 4
"""Seconds without a byte after which all keys are taken to be handled."""

HOME = "1 Part 1"
"""What the last line of home says, and no other."""


@dataclass(frozen=True)
class Walk:
    """What became of an editor that was typed into at random; ``seconds`` is the typing alone."""

    alive: bool
    reads: bool
    back: bool
    seconds: float

    @property
    def well(self) -> bool:
        """Whether all is as it should be."""
        return self.alive and self.reads and self.back


def mouse(draw: Random) -> str:
    """A click or a turn of the wheel somewhere, also outside of what is shown."""
    at = f"{draw.randint(1, 130)};{draw.randint(1, 45)}"
    button = draw.choice([0, 0, 0, 2, 64, 65])
    return f"\x1b[<{button};{at}M" + (f"\x1b[<{button};{at}m" if button < 64 else "")


def typed(draw: Random, number: int) -> str:
    """So many keys, every twentieth a mouse's."""
    keys = draw.choices(KEYS, k=number)
    return "".join(key if draw.randrange(20) else mouse(draw) for key in keys)


def walk(path: Path, seed: int, number: int) -> Walk:
    """Type so many keys in ten goes, each at another size, then undo all that they did."""
    draw = Random(seed)  # noqa: S311 - the same keys every time
    before = but_the_clock(path)
    with terminal(path) as line:
        line.wait_for("Press 2")
        line.send("2")
        line.wait_for("Activity")
        since = monotonic()
        for _ in range(10):
            line.resize(*draw.choice(SIZES))
            line.send(typed(draw, number // 10))
        line.resize(80, 24)
        line.send("\x1b\x1b\x1bG")
        settle(line)
        seconds = monotonic() - since
        try:
            go_home(line)
        except AssertionError:
            return Walk(False, False, False, seconds)
        reads = _reads(path)
        line.send("u" * number)
        try:
            line.wait_for(lambda: but_the_clock(path) == before, PATIENCE)
        except (AssertionError, store.StoreError):
            return Walk(line.process.poll() is None, reads, False, seconds)
        return Walk(line.process.poll() is None, reads, True, seconds)


def but_the_clock(path: Path) -> Session:
    """The session without its minutes, which undo leaves."""
    return replace(store.read_session(path), clock=Clock())


def settle(line: Terminal) -> None:
    """Wait until nothing has come for a while: a busy machine draws no frame for a second."""
    until = monotonic() + PATIENCE
    taken = -1
    while taken != len(line.raw) and monotonic() < until:
        taken = len(line.raw)
        line.quiet(QUIET)


def go_home(line: Terminal) -> None:
    """Leave whatever is open."""
    line.send("\x1b")
    line.quiet()
    while HOME not in line.shown:
        press(line, "q")


def press(line: Terminal, keys: str) -> None:
    """Type keys that change what is shown."""
    before = but_the_heading(line)
    line.send(keys)
    line.wait_for(lambda: but_the_heading(line) != before)
    line.quiet(0.5)


def but_the_heading(line: Terminal) -> list[str]:
    """What is shown, but for the first line, which counts and is timed."""
    return line.shown.splitlines()[1:]


def _reads(path: Path) -> bool:
    try:
        store.read_session(path)
    except store.StoreError:
        return False
    return True
