"""How long many sessions take to be gathered, and how much memory: `offwall gather` itself.

``python benchmarks/gather.py [SESSIONS ...]`` makes so many files of 50 activities in a temporary
folder and gathers them in each form. Seconds are those of a watch, starting Python included, and in
brackets those of the processor; megabytes are the most that it held.
"""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import clone
from workbook import session_of

from offwall.model.records.session import Workshop
from offwall.model.store.toml.record_tables import dumps

SIZES = (250, 1_000)
ACTIVITIES = 50
FORMS = ("xlsx", "parquet")

WATCHED = """
import resource, sys
from offwall.tui.__main__ import main
status = main(sys.argv[1:])
kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
used = [resource.getrusage(kind) for kind in kinds]
print(sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used) // 1024)
sys.exit(status)
"""


def make(folder: Path, sessions: int) -> None:
    """So many files, each of a council of its own."""
    session = session_of(ACTIVITIES)
    for number in range(sessions):
        workshop = Workshop(f"w-{number:08}", "Contract management", f"Council number {number}")
        text = dumps(replace(session, workshop=workshop))
        (folder / f"council-{number:04}.toml").write_text(text, "utf-8")


def gather(folder: Path, form: str) -> tuple[float, float, int]:
    """Seconds of a watch, seconds of the processors, and megabytes."""
    said = [sys.executable, "-c", WATCHED, "gather", folder, "-o", folder / f"gathered.{form}"]
    start = perf_counter()
    done = subprocess.run(
        said, check=True, capture_output=True, text=True, cwd=Path(clone.__file__).parent.parent
    )
    seconds = perf_counter() - start
    used, most = done.stdout.splitlines()[-1].split()
    return seconds, float(used), int(most)


def main() -> None:
    forms = FORMS
    if find_spec("pyarrow") is None:
        print("pyarrow is missing, so Parquet is not measured: pip install 'offwall[parquet]'.")
        forms = FORMS[:1]
    print(f"{'sessions':>10}", *(f"{form:>10} s (processors) {'MB':>5}" for form in forms))
    for size in [int(word) for word in sys.argv[1:]] or SIZES:
        with TemporaryDirectory() as name:
            make(Path(name), size)
            found = [gather(Path(name), form) for form in forms]
        told = (f"{taken:>10.1f} s {f'({used:.1f})':>12} {most:>5}" for taken, used, most in found)
        print(f"{size:>10,}", *told)


if __name__ == "__main__":
    main()
