"""A session of 20,000 activities beside the sample: ``python benchmarks/large.py [NUMBER ...]``.

How long until it is open, until a post-it is kept and counted in the heading, and until it is left
straight after another, which is saved and read back then. Whether the sentence of a disk that does
not answer stood there. Milliseconds by the clock, one run each.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import clone  # noqa: F401
from line import COUNTED, OFFWALL, POST_IT, environment_in
from pseudo import Program
from reference import sample
from table import wall

from offwall.model import store
from offwall.model.records.session import Session

LONGEST = 5.0
"""Seconds of silence in which the largest session is saved."""

SLOW_DISK = "does not answer"


def measure(path: Path, environment: dict[str, str]) -> Iterator[str]:
    """The figures of a row, in words."""
    program = Program([sys.executable, "-m", "tui", str(path)], environment, answers=True)
    try:
        took = program.until_shown(OFFWALL.ready)
        program.rest()
        program.press(OFFWALL.to_list, 0.8)
        program.press(OFFWALL.begin, 0.3)
        program.press(POST_IT)
        before, began = program.bytes, perf_counter()
        program.press(OFFWALL.keep, LONGEST)
        frames = list(program.frames(before))
        kept = next(at for at, rows in frames if COUNTED.search(rows[0])) - began
        program.rest()
        program.press(POST_IT)
        program.press(OFFWALL.keep, 0.0)
        yield from (f"{one:,.0f}" for one in (took, kept * 1000, program.leave(OFFWALL.leave)))
        yield "yes" if any(SLOW_DISK in row for _, rows in frames for row in rows) else "no"
    finally:
        program.close()


def sessions(numbers: list[int]) -> Iterator[tuple[str, Session]]:
    """The sample, nameless at first, and a session of each size."""
    yield "", sample()
    yield "sample", sample()
    for number in numbers:
        yield f"{number:,}", wall(number)


def main() -> int:
    """Measure, and print the table; the first run only compiles, and is thrown away."""
    print("| ms | open | kept | left straight after a post-it | slow disk |")
    print("|---|---:|---:|---:|---|")
    with TemporaryDirectory() as folder:
        for name, session in sessions([int(word) for word in sys.argv[1:]] or [20_000]):
            path = Path(folder) / f"session-{name or 'first'}.toml"
            store.create_session(path, session)
            figures = list(measure(path, environment_in(Path(folder))))
            if name:
                print(f"| {name} | {' | '.join(figures)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
