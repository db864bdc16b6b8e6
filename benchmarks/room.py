"""What the room waits for, and what its line carries: ``python benchmarks/room.py``.

From Enter of a post-it to the room, from a move of the cursor, and from a key to another part.

The editor and ``offwall show`` run on two pseudo-terminals, on a copy of the sample.
"""

import argparse
import os
import select
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic

import clone  # noqa: F401

from offwall import sample_sessions
from tests.faults.pty_driver import Terminal, terminal

AIM = 1.0
"""Seconds from a key until the room sees what it did."""

PATIENCE = 20.0

Seen = tuple[float, int]
"""Seconds from a key until the room sees what it did, and the bytes that took."""


def keep(recorder: Terminal, room: Terminal, number: int) -> tuple[float, float, int]:
    """Seconds from Enter, and from when it counted as kept, until it is seen; and its bytes."""
    text = f"Note number {number}x"
    recorder.send(f"{text} @cm")
    recorder.quiet()
    room.quiet(0.1)
    before, start = len(room.raw), monotonic()
    kept = 0.0
    recorder.send("\r")
    while text not in room.shown:
        assert monotonic() - start < PATIENCE, room.shown
        ready = select.select([recorder.master, room.master], [], [], 1)[0]
        for one in (recorder, room):
            if one.master in ready:
                one.read(0)
        if not kept and f"kept {number}" in recorder.shown:
            kept = monotonic()
    seen = monotonic()
    room.quiet()
    return seen - start, seen - (kept or seen), len(room.raw) - before


MOVES = ("j", "k")
PARTS = (
    ("q3", "3 Next steps, plan"),
    ("q1", "1 Consider a specialist topic"),
    ("q0", "Set up"),
    ("qC", "3 Close down"),
    ("q2", "2 Review and record"),
    ("r", "2 RACI"),
    ("qW", "2 The wall"),
    ("qR", "2 Walk"),
    ("q", "2 Review and record"),
)
"""The keys that go to each part or screen from the one before, and what the room's heading says."""


def until_seen(recorder: Terminal, room: Terminal, keys: str, wanted: Callable[[], object]) -> Seen:
    """Seconds from keys of the recorder until the room sees something, and its bytes."""
    for one in (recorder, room):
        one.quiet(0.3)
    before, start = len(room.raw), monotonic()
    recorder.send(keys)
    while not wanted():
        assert monotonic() - start < PATIENCE, room.shown
        ready = select.select([recorder.master, room.master], [], [], 1)[0]
        for one in (recorder, room):
            if one.master in ready:
                one.read(0)
    seen = monotonic() - start
    room.quiet()
    return seen, len(room.raw) - before


def moves(recorder: Terminal, room: Terminal, rounds: int) -> list[Seen]:
    """The cursor goes down and up again: another row is the one in the middle."""
    found = []
    for number in range(rounds):
        stood = middle(room)
        found.append(
            until_seen(recorder, room, MOVES[number % 2], lambda at=stood: middle(room) != at)
        )
    return found


def middle(room: Terminal) -> str:
    """The row that the room has in the middle."""
    return next((row for row in room.shown.splitlines() if "▶" in row), "")


def idle(room: Terminal, seconds: float) -> tuple[float, int]:
    """Seconds of work and bytes while nothing is kept."""
    before, worked = len(room.raw), _worked(room)
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        room.read(left)
    return _worked(room) - worked, len(room.raw) - before


def _worked(room: Terminal) -> float:
    said = Path(f"/proc/{room.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    return sum(map(int, said.split()[11:13])) / float(os.sysconf("SC_CLK_TCK"))


def main() -> int:
    """Print the figures; 1 where the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        path = Path(shutil.copy(sample_sessions.path("contract-management"), folder))
        with terminal(path) as recorder, terminal("show", path) as room:
            recorder.wait_for("Consider a specialist topic")
            room.wait_for("Consider a specialist topic")
            recorder.send("2")
            recorder.wait_for("Activity")
            recorder.send("n")
            recorder.wait_for("@lead a:accountable")
            found = [keep(recorder, room, number) for number in range(1, rounds + 1)]
            recorder.send("\x1b")
            recorder.wait_for("n New")
            moved = moves(recorder, room, 2 * rounds)
            went = [
                until_seen(recorder, room, keys, lambda said=said: f"› {said}" in room.shown)
                for keys, said in PARTS
            ]
            work, sent = idle(room, 5)
    entered, kept, carried = zip(*found, strict=True)
    print(f"{rounds} post-its, from Enter to the room: {median(entered):.2f} s in the middle,")
    print(f"{max(entered):.2f} s at most; from being kept: {max(kept):.2f} s at most;")
    print(
        f"{median(carried):.0f} bytes each. Five idle seconds: {sent} bytes, {work:.2f} s of work."
    )
    for name, seen in (("a move", moved), ("another part or screen", went)):
        seconds, carried = zip(*seen, strict=True)
        print(
            f"From {name}, {len(seen)} of them, to the room: {median(seconds):.2f} s in the"
            f" middle, {max(seconds):.2f} s at most; {median(carried):.0f} bytes each,"
            f" {max(carried)} at most."
        )
    slowest = max(kept + tuple(seconds for seconds, _ in (*moved, *went)))
    return int(slowest > AIM)


if __name__ == "__main__":
    sys.exit(main())
