"""What it costs to open a screen, for the first time and again: ``python benchmarks/openings.py``.

Milliseconds of the processor, all threads together, from a key until what it opens is handled and
drawn, on 120 columns and 40 lines: the sample, and walls of the sizes that are named
(``openings.py [SIZE ...]``). Modules are loaded before. *Again* is the least of some, each after
the screen was left.
"""

import asyncio
import sys
from time import process_time
from typing import Any

import clone  # noqa: F401
from reference import TODAY, on_disk, sample
from table import SIZE, wall

from offwall.model.records.session import Session
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import Context, new_seed
from offwall.tui.kit.session_screen import load_screens
from tests.key_driver import KeyDriver

AGAIN = 6
SIZES = (1_000, 10_000)

SCREENS: dict[str, tuple[str, str, str]] = {
    "part 2": ("", "2", "q"),
    "RACI": ("2", "r", "q"),
    "wall": ("2", "W", "q"),
    "checks": ("2", "c", "q"),
    "part 3": ("", "3", "q"),
    "part 1": ("", "1", "q"),
    "close-down": ("", "C", "q"),
    "set up": ("", "0", "q"),
}
"""Each screen: what is pressed before it, the key that opens it, and the one that leaves it."""

KEYS: dict[str, tuple[str, str, str]] = {
    "a confirmation": ("2", "space", "k"),
    "undo": ("2 space", "u", "U"),
    "filter": ("2", "f", "escape"),
    "find": ("2", "slash", "escape"),
}
"""What is asked in part 2, in the same way."""


async def cost(hands: KeyDriver[Any], key: str) -> float:
    """Milliseconds of the processor until a key is handled and drawn, and nothing is written."""
    document = hands.app.services.editing.document
    assert document is not None
    await asyncio.to_thread(document.settled, 60)
    await hands.settle()
    began = process_time()
    await hands.press(key)
    return (process_time() - began) * 1000


async def openings(session: Session) -> dict[str, list[float]]:
    """What it costs to open each screen, once and again, in one program."""
    found: dict[str, list[float]] = {}
    with on_disk(session) as path:
        app = OffwallApp(path, Context(new_seed, lambda: TODAY))
        try:
            async with app.run_test(size=SIZE) as pilot:
                hands = KeyDriver(app, app.keys, pilot)
                await hands.settle()
                await app.workers.wait_for_complete()
                for name, (before, key, after) in (SCREENS | KEYS).items():
                    await hands.press(*before.split())
                    found[name] = []
                    for _ in range(AGAIN + 1):
                        found[name].append(await cost(hands, key))
                        await hands.press(after)
                    await hands.press(*"q" * bool(before))
        finally:
            app.services.close()
    return found


async def main() -> None:
    """Print what each screen costs at each size."""
    list(load_screens())
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    sessions = {"sample": sample()} | {f"{size:,}": wall(size) for size in sizes}
    found = {name: await openings(session) for name, session in sessions.items()}
    heads = (f"{name}, {when}" for name in sessions for when in ("first", "again"))
    print("| CPU ms |", " | ".join(heads), "|")
    print("|---|" + "---:|" * (2 * len(sessions)))
    for way in SCREENS | KEYS:
        cells = [f"{ms:.0f}" for one in found.values() for ms in (one[way][0], min(one[way][1:]))]
        print(f"| {way} |", " | ".join(cells), "|")


if __name__ == "__main__":
    asyncio.run(main())
