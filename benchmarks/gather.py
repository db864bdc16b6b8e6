"""How long many sessions take to be gathered, and how much memory: `offwall gather` itself.

``python benchmarks/gather.py [SESSIONS ...]`` makes so many files of 50 activities in a temporary
folder and gathers them in each form. Seconds are those of a watch, starting Python included;
megabytes are the most that one process held, the one that writes or one of those that read.
"""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import clone
from workbook import session_of

from model.session import Workshop
from model.toml import dumps

SIZES = (250, 1_000)
ACTIVITIES = 50
FORMS = ("xlsx", "parquet")

WATCHED = """
import resource, sys
from tui.__main__ import main
status = main(sys.argv[1:])
kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
print(max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024)
sys.exit(status)
"""


def make(folder: Path, sessions: int) -> None:
    """So many files, each of a council of its own."""
    session = session_of(ACTIVITIES)
    for number in range(sessions):
        workshop = Workshop(f"w-{number:08}", "Contract management", f"Council number {number}")
        text = dumps(replace(session, workshop=workshop))
        (folder / f"council-{number:04}.toml").write_text(text, "utf-8")


def gather(folder: Path, form: str) -> tuple[float, int]:
    """Seconds and megabytes."""
    said = [sys.executable, "-c", WATCHED, "gather", folder, "-o", folder / f"gathered.{form}"]
    start = perf_counter()
    done = subprocess.run(
        said, check=True, capture_output=True, text=True, cwd=Path(clone.__file__).parent.parent
    )
    return perf_counter() - start, int(done.stdout.splitlines()[-1])


def main() -> None:
    print(f"{'sessions':>10}", *(f"{form:>12} s {'MB':>6}" for form in FORMS))
    for size in [int(word) for word in sys.argv[1:]] or SIZES:
        with TemporaryDirectory() as name:
            make(Path(name), size)
            found = [gather(Path(name), form) for form in FORMS]
        print(f"{size:>10,}", *(f"{seconds:>12.1f} s {most:>6}" for seconds, most in found))


if __name__ == "__main__":
    main()
