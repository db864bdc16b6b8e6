"""What is left after damage: ``python benchmarks/faults.py [--rounds N] [--only NAME ...]``.

The real command runs in a real pseudo-terminal, with a home folder of its own each time. Every
figure counts what was promised and not found, so each should be 0; times are of this machine as
busy as it is. Ctrl+C ends it with the figures so far. Needs what the tests need. For instance::

    python benchmarks/faults.py --only kills --rounds 200
    python benchmarks/faults.py --only keys --seeds 20 --keys 10000
    python benchmarks/faults.py --only power --power-cuts 10000
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import TypeVar

from strain import MEGABYTE, burst, fresh, paste, storm, two_recorders

from tests.faults.damage import PACES, Ended, dropped, end_while_typing, hung_up, killed, terminated
from tests.faults.evening import harm
from tests.faults.pty_driver import Terminal
from tests.faults.random_keys import Walk, walk

Round = TypeVar("Round")

STATES = 500
"""Power cuts of one evening, before another one is recorded: its threads take turns otherwise."""


def told(rounds: Iterable[Round], tell: Callable[[list[Round]], bool]) -> bool:
    """Do the rounds and print what came of them; of those so far where somebody pressed Ctrl+C."""
    found: list[Round] = []
    try:
        # One after another, so that what is done by then is there after Ctrl+C.
        for one in rounds:
            found.append(one)  # noqa: PERF402
    except KeyboardInterrupt:
        if found:
            tell(found)
        raise
    return tell(found)


def endings(rounds: int, ends: list[Callable[[Terminal], object]]) -> Iterator[Ended]:
    """End the program in the middle of typing, over and over."""
    for seed in range(rounds):
        with fresh() as path:
            yield end_while_typing(path, seed, ends[seed % len(ends)])


def kills(found: list[Ended]) -> bool:
    """Kill -9 at random moments."""
    missing, doubled = sum(one.missing for one in found), sum(one.doubled for one in found)
    print(f"kill -9 while typing, {len(found)} rounds: {sum(one.shown for one in found)} post-its")
    print(f"  shown as kept and then missing {missing}, doubled {doubled}; typing lost, by pace:")
    for pace in PACES:
        lost = [one.lost for one in found if one.pace == pace]
        if lost:
            print(
                f"    {1 / pace:>4.0f} keys a second: median {median(lost):.2f} s,"
                f" most {max(lost):.2f} s ({len(lost)} rounds)"
            )
    return not (missing or doubled)


def signals(found: list[Ended]) -> bool:
    """SIGTERM, SIGHUP and a dropped line in turn."""
    bad = sum(one.missing + one.doubled for one in found)
    drafts = sum(one.lost > 0 for one in found)
    terminals = sum(not one.restored for place, one in enumerate(found) if place % 3 < 2)
    print(
        f"SIGTERM, SIGHUP, a dropped line in turn, {len(found)} rounds:"
        f" {sum(one.typed for one in found)} post-its, lost or doubled {bad};"
        f" lines begun and lost {drafts}; terminals not given back {terminals};"
        f" ended in {max(one.seconds for one in found):.1f} s at most"
    )
    return not (bad or drafts or terminals)


def blackouts(number: int) -> Iterator[str]:
    """Cut the power, of a file alone and of one with a hard link in turn; what was wrong."""
    for seed, start in enumerate(range(0, number, STATES)):
        with tempfile.TemporaryDirectory() as folder:
            root, states = Path(folder) / "run", min(STATES, number - start)
            yield from harm(root, states, seed, linked=bool(seed % 2))


def power(found: list[str]) -> bool:
    """Power cuts after any call of the disk, and every state that it may be left in."""
    wrong = [one for one in found if one]
    print(f"power cuts, {len(found):,} states of the disk: not as promised {len(wrong)}")
    for one in wrong[:10]:
        print(f"  {one}")
    return not wrong


def walks(seeds: int, keys: int) -> Iterator[Walk]:
    """Type at random, a seed after another."""
    for seed in range(seeds):
        with fresh() as path:
            found = walk(path, seed, keys)
        if not found.well:
            print(f"  seed {seed}: {found}")
        yield found


def keys(number: int) -> Callable[[list[Walk]], bool]:
    """Keys at random, so many in one go."""

    def tell(found: list[Walk]) -> bool:
        print(
            f"{number:,} keys at random, {len(found)} seeds:"
            f" ended {sum(not one.alive for one in found)},"
            f" file not read {sum(not one.reads for one in found)},"
            f" not led back by undo {sum(not one.back for one in found)};"
            f" {median(one.seconds for one in found):.0f} s in the middle"
        )
        return all(one.well for one in found)

    return tell


def main() -> int:
    """Print a line or two for each kind of damage; 1 where one did harm."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=30, help="how often a program is ended")
    parser.add_argument("--power-cuts", type=int, default=500, help="states of the disk")
    parser.add_argument("--seeds", type=int, default=2, help="how often keys are typed at random")
    parser.add_argument("--keys", type=int, default=500, help="how many keys each time")
    kinds: dict[str, Callable[[argparse.Namespace], bool]] = {
        "kills": lambda wanted: told(endings(wanted.rounds, [killed]), kills),
        "signals": lambda wanted: told(
            endings(max(3, wanted.rounds // 3), [terminated, hung_up, dropped]), signals
        ),
        "power": lambda wanted: told(blackouts(wanted.power_cuts), power),
        "keys": lambda wanted: told(walks(wanted.seeds, wanted.keys), keys(wanted.keys)),
        "two": lambda wanted: two_recorders(min(200, 5 * wanted.rounds)),
        "burst": lambda _: burst(100),
        "paste": lambda _: paste(MEGABYTE),
        "storm": lambda wanted: storm(min(300, 5 * wanted.rounds)),
    }
    parser.add_argument("--only", nargs="+", choices=kinds, default=[*kinds])
    wanted = parser.parse_args()
    try:
        results = [kinds[name](wanted) for name in wanted.only]
    except KeyboardInterrupt:
        print("Interrupted.")
        return 130
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
