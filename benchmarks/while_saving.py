"""How long a letter waits while the first save runs: ``benchmarks/while_saving.py [--runs N]``.

The line is opened again right after the first Enter, and a letter comes every thirtieth of a
second, as a quick typist's; milliseconds from each to the first byte of its answer, the median and
the worst of the runs. The same letters before it are beside, as a busy machine is slow by itself.
"""

import argparse
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

import clone  # noqa: F401
from line import OFFWALL, environment_in, files
from pseudo import Program

LETTERS = "and then the file is being written while this is typed"
APART = 0.033


def letters(program: Program) -> Iterator[float]:
    """Milliseconds that each letter waited."""
    for letter in LETTERS:
        began = perf_counter()
        program.press(letter, 0.0)
        yield (perf_counter() - began) * 1000
        program.wait(max(0.0, APART - (perf_counter() - began)))


def measure(command: list[str], environment: dict[str, str]) -> tuple[list[float], list[float]]:
    """The letters before the first save, and while it runs."""
    program = Program(command, environment, answers=True)
    try:
        program.until_shown(OFFWALL.ready)
        program.settle(1.0)
        program.press(OFFWALL.to_list, 0.8)
        program.press(OFFWALL.begin, 0.3)
        program.rest()
        calm = list(letters(program))
        program.press(OFFWALL.keep, 0.0)
        return calm, list(letters(program))
    finally:
        program.close()


def main() -> int:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    runs = options.parse_args().runs
    with files() as (folder, made):
        environment = environment_in(folder)
        print("| ms | before, median | worst | while it is saved, median | worst |")
        print("|---|---:|---:|---:|---:|")
        for size in ("sample", "1000", "10000"):
            command = [sys.executable, "-m", "tui", str(made(size))]
            found = [measure(command, environment) for _ in range(runs)]
            cells = (
                f"{how([how(run[part]) for run in found]):,.0f}"
                for part in (0, 1)
                for how in (median, max)
            )
            print(f"| {size} | {' | '.join(cells)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
