"""What a key costs at 48, 1,000 and 10,000 activities: ``python benchmarks/table.py [SIZE ...]``.

Each key is pressed in part 2 of the real app, and in an app of the framework's own `DataTable` with
the same columns, rows and screen, in the same run. A figure is the milliseconds that the thread
that answers works from a key to its answer handled and drawn, the median of some presses: on an
idle machine that is how long one waits, and on a busy one it is not blurred by other programs. *By
the clock* is how long one waits in this run with the session file being written meanwhile. Lines
are how many of the table's lines were drawn for the key.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import clone  # noqa: F401
from framework import FrameworkApp, rows_of
from reference import TODAY, on_disk, sample
from textual.widgets import DataTable

from offwall.model.records.session import Session
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import Context, new_seed
from offwall.tui.process.activity_table import ActivityTable
from tests.key_driver import KeyDriver

SIZES = (48, 1_000, 10_000)
SIZE = (120, 40)
PRESSES = 11
AIM = 50
LINE = "Hold the meeting @cm"

KEYS: dict[str, tuple[str, str, str]] = {
    "move": ("", "k", ""),
    "a page": ("", "pagedown", "pageup"),
    "space": ("", "space", ""),
    "J": ("", "J", "K"),
    "type a character": ("n", "a", "escape"),
    "keep a post-it": (f"n {LINE}", "enter", "escape"),
    "undo": ("", "u", ""),
}
"""Each key: what is pressed before it, the key, and what is pressed after it."""


Opened = tuple[KeyDriver[Any], Callable[[], None]]


@dataclass(frozen=True)
class Cost:
    """What a key costs: milliseconds of work and by the clock, and lines of the table drawn."""

    work: float
    clock: float
    lines: float


def wall(number: int) -> Session:
    """The sample's activities again and again; nothing is confirmed, no route leads anywhere."""
    full = sample()
    activities = tuple(
        replace(
            full.activities[n % len(full.activities)],
            id=f"a-{n}",
            routes=(),
            then="",
            sequence_confirmed=False,
            lead_confirmed=False,
        )
        for n in range(number)
    )
    return replace(full, activities=activities, issues=(), actions=())


@asynccontextmanager
async def offwall(session: Session) -> AsyncIterator[Opened]:
    """Part 2 of a session, and how to stand in its midst."""
    with on_disk(session) as path:
        app = OffwallApp(path, Context(new_seed, lambda: TODAY))
        try:
            async with app.run_test(size=SIZE) as pilot:
                hands = KeyDriver(app, app.keys, pilot)
                await hands.press("2")
                half = session.in_order[len(session.activities) // 2]
                yield hands, lambda: app.screen.query_one(ActivityTable).go_to(half.id)
        finally:
            app.services.close()


@asynccontextmanager
async def framework(session: Session) -> AsyncIterator[Opened]:
    """The framework's own table, and how to stand in its midst."""
    app = FrameworkApp(rows_of(session))
    async with app.run_test(size=SIZE) as pilot:
        hands = KeyDriver(app, app.keys, pilot)
        await hands.settle()
        yield hands, lambda: app.query_one(DataTable).move_cursor(row=len(session.activities) // 2)


class Lines:
    """Counts the lines that a kind of widget draws."""

    def __init__(self, kind: type[Any]) -> None:
        self.drawn = 0
        drawing = kind.render_line

        def counted(widget: Any, y: int) -> Any:
            self.drawn += 1
            return drawing(widget, y)

        kind.render_line = counted


async def cost(
    hands: KeyDriver[Any],
    lines: Lines,
    keys: tuple[str, str, str],
    rest: Callable[[], Awaitable[None]],
) -> Cost:
    """Press a key some times, and what it costs."""
    before, key, after = keys
    works, clocks, drawn = [], [], []
    for _ in range(PRESSES):
        await rest()
        await ready(hands, before)
        lines.drawn = 0
        worked, start = thread_time(), perf_counter()
        await hands.press(key)
        works.append((thread_time() - worked) * 1000)
        clocks.append((perf_counter() - start) * 1000)
        drawn.append(lines.drawn)
        if after:
            await hands.press(after)
    return Cost(median(works), median(clocks), median(drawn))


async def ready(hands: KeyDriver[Any], before: str) -> None:
    """Press what comes before a key; words go in at once."""
    first, _, words = before.partition(" ")
    if first:
        await hands.press(first)
    if words:
        await hands.paste(words)


async def costs(opened: Any, lines: Lines, *, quiet: bool = False) -> dict[str, Cost]:
    """What each key costs in an app; ``quiet`` waits until the session file is written."""
    found = {}
    async with opened as (hands, stand):

        async def rest() -> None:
            if quiet:
                await asyncio.to_thread(hands.app.services.editing.document.settled, 60)

        for name, keys in KEYS.items():
            stand()
            await hands.settle()
            found[name] = await cost(hands, lines, keys, rest)
    return found


async def main() -> int:
    """Print what each key costs; 1 where one misses the aim."""
    theirs, ours = Lines(DataTable), Lines(ActivityTable)
    head = ("DataTable", "Offwall", "more", "by the clock", "lines", "DataTable's")
    print("{:<28}{:>12}{:>12}{:>12}{:>14}{:>12}{:>12}".format("Milliseconds", *head))
    missed = 0
    for number in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        session = wall(number)
        table = await costs(framework(session), theirs)
        quiet = await costs(offwall(session), ours, quiet=True)
        busy = await costs(offwall(session), ours)
        for name in KEYS:
            more = quiet[name].work - table[name].work
            missed += more > AIM
            print(
                f"{number:>6,} {name:<21}{table[name].work:>12.1f}"
                f"{quiet[name].work:>12.1f}{more:>12.1f}{busy[name].clock:>14.1f}"
                f"{quiet[name].lines:>12g}{table[name].lines:>12g}"
            )
    told = "missed" if missed else "met"
    print(f"A key takes at most {AIM} ms more than the framework's: {told}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
