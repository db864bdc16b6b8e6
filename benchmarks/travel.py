"""What a key costs without a clock: ``python benchmarks/travel.py [--functions]``.

Bytes, layouts, full draws and rows built of a move, a confirmation, a letter and a post-it that is
kept, to the disk, and how many files and functions each goes through; `tests/app/test_travel.py`
holds the bounds. The table is the one in CONTRIBUTING.md; ``--functions`` names all after it.
"""

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import clone  # noqa: F401

from offwall import sample_sessions
from tests.travel import Cost, costs


def row(cost: Cost) -> str:
    figures = [*cost.counts.values(), len(cost.files), len(cost.travelled)]
    return f"| {cost.key} | {' | '.join(str(one) for one in figures)} |"


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ |= {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder}
        path = Path(folder) / "contract-management.toml"
        path.write_bytes(sample_sessions.path("contract-management").read_bytes())
        found = asyncio.run(costs(path))
    print("| key |", " | ".join(found[0].counts), "| files | functions |")
    print("|---|" + "---:|" * (len(found[0].counts) + 2))
    for cost in found:
        print(row(cost))
    if "--functions" in sys.argv:
        for cost in found:
            print(f"\n{cost.key}")
            for file in cost.files:
                names = sorted(name for known, name in cost.travelled if known == file)
                print(f"  {file}: {', '.join(names)}")


if __name__ == "__main__":
    main()
