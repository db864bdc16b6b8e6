"""Offwall where a line or a computer is slow: ``python benchmarks/slow.py [--runs N]``.

vim, a bare Textual app and Offwall with the sample, asked for the same things by keys, twice: over
a line of 20 kB/s with 300 ms there and back, and on a third of a core. The line is read no faster
than it carries, so that the program waits as behind a modem, and the time there and back is added
to what is read; answers to the terminal's queries come so much later. A third of a core is a group
of processes that the system gives so much (cgroups, which take the superuser). Where none can be
made, it is a core that is shared with two processes that never rest, and the heading says so: that
is no even third, as the system lets whoever woke up go first. Milliseconds from the key to the
last byte of its answer, the median of the runs. Needs vim; asks no network.
"""

import argparse
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from statistics import median
from time import sleep

import clone  # noqa: F401
from line import Keys, Subject, environment_in, files, subjects
from pseudo import Program

BYTES_A_SECOND = 20_000
THERE_AND_BACK = 0.3
PIECE = 400
"""Bytes that are read of the line at once: a fiftieth of a second."""

GROUPS = (
    ("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": "10000", "cpu.cfs_quota_us": "3333"}),
    ("/sys/fs/cgroup", {"cpu.max": "3333 10000"}),
)
"""Where a group can be made, in the first and the second kind, and what holds it to a third."""

OTHERS = 2
"""Processes that take what they get of the core, which leaves a third of it.

Stopped and continued, as cpulimit does it, vim ends: it draws within its handler of the signal.
"""

MEASURED = ("first paint", "a move", "a letter", "a kept post-it", "another part", "a search")
QUIET = 0.5
"""Seconds of silence that end an answer: longer than a stopped process or a line pauses."""


class SlowLine(Program):
    """A program whose terminal is far away."""

    PIECE = PIECE

    def _read(self, seconds: float) -> bool:
        before = len(self._raw)
        came = super()._read(seconds)
        sleep((len(self._raw) - before) / BYTES_A_SECOND)
        return came

    def _say(self, data: bytes) -> None:
        threading.Timer(THERE_AND_BACK, super()._say, (data,)).start()


def group() -> Path | None:
    """A new group of processes that has a third of a core; None where none can be made."""
    for root, limits in GROUPS:
        made = Path(root, f"offwall-slow-{os.getpid()}")
        with suppress(OSError):
            made.mkdir()
            if all((made / name).exists() for name in limits):
                for name, limit in limits.items():
                    (made / name).write_text(limit)
                return made
            made.rmdir()
    return None


@contextmanager
def third_of_a_core(held: Path | None) -> Iterator[None]:
    """Without a group, what is started within shares one core with two that never rest."""
    if held is not None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(OTHERS)]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()
        os.sched_setaffinity(0, before)


def _deeds(program: Program, keys: Keys) -> Iterator[tuple[str, float]]:
    """Do each thing once: its name and its milliseconds."""
    yield "first paint", program.until_shown(keys.ready)
    program.settle(1.0)
    if keys.to_list:
        program.press(keys.to_list, 1.0)
    yield "a move", program.press(keys.down, QUIET).milliseconds
    program.press(keys.begin, QUIET)
    program.press("Hold a kick-of", QUIET)
    yield "a letter", program.press("f", QUIET).milliseconds
    yield "a kept post-it", program.press(keys.keep, QUIET).milliseconds
    program.press(keys.back, 1.0)
    if keys.part:
        yield "a search", program.press("/", QUIET).milliseconds
        program.press(keys.back, 1.0)
        program.press(keys.part[0], 1.0)
        yield "another part", program.press(keys.part[1:], QUIET).milliseconds
    elif keys.begin == "o":
        yield "a search", program.press("/", QUIET).milliseconds


def measure(
    subject: Subject, environment: dict[str, str], held: Path | None, *, line: bool
) -> None:
    """Have everything done once, over a slow line or on a slow computer."""
    late = THERE_AND_BACK * 1000 if line else 0.0
    with nullcontext() if line else third_of_a_core(held):
        kind = SlowLine if line else Program
        program = kind(subject.command, environment, answers=True)
        if held is not None and not line:
            (held / "cgroup.procs").write_text(str(program.pid))
        try:
            for name, took in _deeds(program, subject.keys):
                subject.note(name, took + late)
            program.press("\x1b", QUIET)
            program.leave(subject.keys.leave)
        finally:
            program.close()


def main() -> int:
    """Measure, and print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    runs = options.parse_args().runs
    held = group()
    core = "a third of a core" if held else "a core shared with two"
    with files() as (folder, made):
        environment = environment_in(folder)
        for line, said in ((True, "20 kB/s, 300 ms there and back"), (False, core)):
            found = subjects(made)[:3]
            for number in range(runs + 1):
                for subject in found:
                    measure(subject, environment, held, line=line)
                    if number == 0:
                        # The first run only compiles and fills the caches.
                        subject.found.clear()
            print(f"| {said}, ms | {' | '.join(subject.name for subject in found)} |")
            print("|---" + "|---:" * len(found) + "|")
            for name in MEASURED:
                cells = (
                    f"{median(one.found[name]):,.0f}" if name in one.found else "" for one in found
                )
                print(f"| {name} | {' | '.join(cells)} |")
            print()
    if held is not None:
        held.rmdir()
    return 0


if __name__ == "__main__":
    sys.exit(main())
