"""How light Offwall is on the line: ``python benchmarks/line.py [--runs N] [--idle SECONDS]``.

In one go vim, a bare Textual app of the same shape, and Offwall with the sample, 1,000 and 10,000
activities run on a pseudo-terminal of 120x40 (TERM=xterm-256color, 256 colours, as over SSH). Each
is started, asked for the same things by keys, and left. A figure is the median of the runs;
milliseconds are from the key to the last byte of its answer. The terminal's queries are answered as
xterm does, and once, in the last column, not at all. Needs vim; asks no network.
"""

import argparse
import csv
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import clone  # noqa: F401
from pseudo import GAP, Program
from reference import sample
from table import wall

from offwall.model import store
from offwall.model.records.session import Session

HERE = Path(__file__).resolve().parent
POST_IT = "Hold a kick-off @cm"
COUNTED = re.compile(r"kept [1-9]")
"""What the heading says of the first change, once it is on the disk."""

KEPT = 0.8
"""Seconds of silence after a change: the status line counts it when the file has it."""

ALONE = 0.4
"""Seconds between two moves that stand on their own: the card beside the list follows each. Of a
run of moves, which come as fast as they are answered, it shows the first and the last.
"""

MEASURES = {
    "start, bytes": 0,
    "first paint, ms": 0,
    "settled, ms": 0,
    "to the list, bytes": 0,
    "a move, bytes": 0,
    "a move, ms": 1,
    "a move on its own, bytes": 0,
    "a move on its own, ms": 1,
    "a page, bytes": 0,
    "a page, ms": 1,
    "a typed character, bytes": 0,
    "a typed character, ms": 1,
    "a kept post-it, bytes": 0,
    "a kept post-it, ms": 1,
    "its count kept, ms": 1,
    "another part, bytes": 0,
    "another part, ms": 1,
    "idle, bytes": 0,
    "idle, ms of CPU": 0,
    "memory, MB": 1,
    "leaving, ms": 0,
}
"""What is measured, and the decimals that it is printed with."""


@dataclass(frozen=True)
class Keys:
    """What is typed to have the same thing done: an empty key where there is no such thing."""

    ready: str
    to_list: str = ""
    down: str = "j"
    page: str = "\x1b[6~"
    begin: str = "n"
    keep: str = "\r"
    back: str = "\x1b"
    part: str = ""
    leave: str = "\x11"


VIM = Keys("S1.01", page="\x06", begin="o", leave=":wq\r")
BARE = Keys("S1.01", down="\x1b[B")
OFFWALL = Keys("Consider a", to_list="2", part="q3")


@dataclass
class Subject:
    """A program to measure."""

    name: str
    command: list[str]
    keys: Keys
    post_it: str = POST_IT
    answers: bool = True
    found: dict[str, list[float]] = field(default_factory=dict)

    def note(self, what: str, value: float) -> None:
        """Keep a figure."""
        self.found.setdefault(what, []).append(value)

    def value(self, what: str) -> float | None:
        """The median of the figures, where there are any."""
        return median(self.found[what]) if what in self.found else None


def measure(subject: Subject, environment: dict[str, str], idle: float) -> None:
    """Start it, have everything done once, leave it."""
    program = Program(subject.command, environment, answers=subject.answers)
    try:
        subject.note("first paint, ms", program.until_shown(subject.keys.ready))
        subject.note("settled, ms", (program.settle(0.4) - program.started) * 1000)
        subject.note("start, bytes", program.bytes)
        _keys(subject, program)
        _idle(subject, program, idle)
        subject.note("leaving, ms", program.leave(subject.keys.leave))
    finally:
        program.close()


def _keys(subject: Subject, program: Program) -> None:
    keys = subject.keys
    if keys.to_list:
        subject.note("to the list, bytes", program.press(keys.to_list, 0.8).bytes)

    def typed(what: str, text: str, quiet: float = GAP) -> None:
        """Note what comes for a key, until so many seconds nothing more did."""
        answer = program.press(text, quiet)
        subject.note(f"{what}, bytes", answer.bytes)
        subject.note(f"{what}, ms", answer.milliseconds)

    program.press(keys.down)
    for _ in range(7):
        typed("a move", keys.down)
    program.settle(ALONE)
    for _ in range(3):
        typed("a move on its own", keys.down, ALONE)
    for _ in range(2):
        typed("a page", keys.page, 0.2)
    program.press(keys.begin, 0.3)
    for character in subject.post_it:
        typed("a typed character", character)
    _keep(subject, program)
    assert subject.post_it.split(" @")[0] in program.shown(), f"{subject.name} lost the post-it"
    program.press(keys.back, 0.4)
    if keys.part:
        *before_it, last = keys.part
        for key in before_it:
            program.press(key, 0.6)
        typed("another part", last, 0.3)


def _keep(subject: Subject, program: Program) -> None:
    """The bytes until all is kept and said so; when the list had it, and when the heading did."""
    before, began = program.bytes, perf_counter()
    _heading, *below = program.shown().splitlines()
    program.press(subject.keys.keep, KEPT)
    subject.note("a kept post-it, bytes", program.bytes - before)
    answered = counted = 0.0
    for at, (heading, *rows) in program.frames(before):
        if COUNTED.search(heading):
            counted = counted or at - began
        elif rows != below:
            answered, below = at - began, rows
    subject.note("a kept post-it, ms", (answered or counted) * 1000)
    if counted:
        subject.note("its count kept, ms", counted * 1000)


def _idle(subject: Subject, program: Program, seconds: float) -> None:
    program.rest()
    bytes_before, used_before = program.bytes, program.seconds_used()
    program.wait(seconds)
    subject.note("idle, bytes", program.bytes - bytes_before)
    subject.note("idle, ms of CPU", (program.seconds_used() - used_before) * 1000)
    subject.note("memory, MB", program.resident())


@contextmanager
def files() -> Iterator[tuple[Path, Callable[[str], Path]]]:
    """A folder of its own, and a session file or a table of a name in it."""
    sessions = {"sample": sample(), "1000": wall(1_000), "10000": wall(10_000)}
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = {size: folder / f"{size}.toml" for size in sessions}
        for size, session in sessions.items():
            store.create_session(made[size], session)
        made["rows"] = folder / "rows.csv"
        _table(made["rows"], wall(60))
        yield folder, made.__getitem__


def _table(path: Path, session: Session) -> None:
    """The activities as a table of plain text, for those who know no session."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Ref", "Activity", "Lead", "Accountable", "Documents"])
        for found in session.in_order:
            ref = session.ref_by_id[found.id]
            rows.writerow(
                [ref, found.text, found.lead, found.accountable, f"+{len(found.documents)}"]
            )


def subjects(made: Callable[[str], Path]) -> list[Subject]:
    python = [sys.executable]
    rows = str(made("rows"))

    def offwall(name: str, size: str, *, answers: bool = True) -> Subject:
        command = [*python, "-m", "tui", str(made(size))]
        return Subject(name, command, OFFWALL, answers=answers)

    return [
        Subject("vim", ["vim", "-N", "-u", "DEFAULTS", "-i", "NONE", rows], VIM),
        Subject("bare Textual", [*python, str(HERE / "bare.py"), rows], BARE),
        offwall("Offwall", "sample"),
        offwall("1,000", "1000"),
        offwall("10,000", "10000"),
        offwall("mute terminal", "sample", answers=False),
    ]


OTHERS = 3
"""The subjects that have code of their own: vim, the bare app, and Offwall once."""


def environment_in(folder: Path) -> dict[str, str]:
    """As over SSH; byte code is kept, as where Offwall is installed."""
    home = {
        name: str(folder)
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    return home | {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HERE.parent),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


def table(found: list[Subject]) -> Iterator[str]:
    """Every measure: what it is, and in brackets how many times vim's and the bare app's."""
    vim, bare, *offwalls = found
    yield "| | " + " | ".join(subject.name for subject in found) + " |"
    yield "|---" + "|---:" * len(found) + "|"
    for name, decimals in MEASURES.items():
        cells = [_figure(subject.value(name), decimals) for subject in (vim, bare)]
        for subject in offwalls:
            ratios = [_ratio(subject.value(name), other.value(name)) for other in (vim, bare)]
            cells.append(f"{_figure(subject.value(name), decimals)} ({', '.join(ratios)})")
        yield f"| {name} | " + " | ".join(cells) + " |"


def _figure(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:,.{decimals}f}"


def _ratio(value: float | None, other: float | None) -> str:
    return f"{value / other:.2f}" if value is not None and other else "-"


def main() -> int:
    """Measure, and print the table for the README."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--idle", type=float, default=10.0)
    wanted = options.parse_args()
    with files() as (folder, made):
        found = subjects(made)
        environment = environment_in(folder)
        for subject in found[:OTHERS]:
            # The first run only compiles and fills the caches.
            measure(subject, environment, 0.0)
            subject.found.clear()
        for number in range(1, wanted.runs + 1):
            for subject in found:
                print(f"run {number}: {subject.name}", file=sys.stderr)
                measure(subject, environment, wanted.idle if number == wanted.runs else 1.0)
    print("\n".join(table(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
