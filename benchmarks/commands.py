"""What a command costs the processor: ``python benchmarks/commands.py [--runs N]``.

Milliseconds of one process, user and system, the least of the runs, Python included: the clock of a
busy machine says nothing, and other programs only ever add.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import clone  # noqa: F401
from line import environment_in, files

LINE = "Check the insurance @cm"


def used(arguments: list[str], environment: dict[str, str]) -> float:
    """Milliseconds of the processor that a command took."""
    command = [sys.executable, "-m", "offwall", *arguments]
    done = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    # Findings that are errors end a check with 1.
    assert done.returncode in (0, 1), arguments
    return (usage.ru_utime + usage.ru_stime) * 1000


def least(runs: int, arguments: list[str], environment: dict[str, str], path: Path) -> float:
    """The least of some runs, each on a copy of the file: a command may change it."""
    found = []
    for _ in range(runs):
        copy = path.with_name("copy.toml")
        shutil.copy(path, copy)
        given = [str(copy) if word == "FILE" else word for word in arguments]
        found.append(used(given, environment))
    return min(found)


def main() -> int:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with files() as (folder, made):
        environment = environment_in(folder)
        print("| CPU ms | sample | 1,000 | 10,000 |\n|---|---:|---:|---:|")
        for name, arguments in (
            ("`list`", ["list", "FILE"]),
            ("`check`", ["check", "FILE"]),
            ("`add`", ["add", "FILE", LINE]),
        ):
            sizes = [made(size) for size in ("sample", "1000", "10000")]
            # The first only compiles.
            least(1, arguments, environment, sizes[0])
            cells = [f"{least(runs, arguments, environment, one):,.0f}" for one in sizes]
            print(f"| {name} | {' | '.join(cells)} |")
        for option in ("--version", "--help"):
            took = least(runs, [option], environment, made("sample"))
            print(f"| `{option}` | {took:,.0f} | | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
