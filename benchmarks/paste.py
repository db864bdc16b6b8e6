"""What pasting 1,000 lines takes, and a key meanwhile: ``python benchmarks/paste.py``."""

import asyncio
import sys
from time import perf_counter, process_time

import clone  # noqa: F401
from table import SIZES, offwall, wall

from offwall.tui.process.pasted_lines import PASTE_WORKERS

LINES = 1_000
AIM = 2.0
TEXT = "\n".join(f"Line {n} @cm ?Ok >yes >no=S1.01 +Document {n}" for n in range(LINES))


async def paste(number: int) -> tuple[float, float, list[float]]:
    """Seconds from the paste to its post-its, those of work, and those of each key meanwhile."""
    async with offwall(wall(number)) as (hands, _):
        await hands.press("n")
        keys = []
        start, worked = perf_counter(), process_time()
        await hands.paste(TEXT)
        while any(w.group == PASTE_WORKERS and not w.is_finished for w in hands.app.workers):
            pressed = perf_counter()
            await hands.press("a")
            keys.append(perf_counter() - pressed)
        await hands.press("enter")
        took, worked = perf_counter() - start, process_time() - worked
        assert len(hands.app.session.activities) == number + LINES
        return took, worked, keys


async def main() -> int:
    """Print a line for each size; 1 where one misses the aim."""
    missed = False
    print(f"{LINES:,} lines pasted into ...")
    for number in SIZES:
        took, worked, keys = await paste(number)
        missed |= took > AIM
        slowest = max(keys, default=0.0) * 1000
        print(
            f"{number:>6,} activities: kept after {took:.2f} s ({worked:.2f} s of work);"
            f" {len(keys)} keys answered meanwhile, the slowest in {slowest:.0f} ms"
        )
    print(f"Under {AIM:g} s: {'missed' if missed else 'met'}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
