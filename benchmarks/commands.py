"""What a command costs the processor: ``python benchmarks/commands.py [--runs N]``.

Of the session file alone, what it costs within one process: read, and saved for the first time.
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

COMMANDS = (
    ("`list`", ["list", "FILE"], 3),
    ("`check`", ["check", "FILE"], 3),
    ("`add`", ["add", "FILE", "Check the insurance @cm"], 3),
    ("`export`", ["export", "FILE", "--force", "-o", "OUT.xlsx"], 3),
    ("`brief`", ["brief", "FILE", "--for", "management", "--force", "-o", "OUT.docx"], 1),
    ("`--version`", ["--version"], 1),
    ("`--help`", ["--help"], 1),
)
"""What is measured, and with how many of the sizes."""


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
        out = str(path.with_name("out"))
        given = [str(copy) if word == "FILE" else word.replace("OUT", out) for word in arguments]
        found.append(used(given, environment))
    return min(found)


FILE_ALONE = """
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time
from offwall.model.store import Store

began = process_time()
file = Store.open(Path(sys.argv[1]))
read = process_time()
first, *others = file.session.activities
changed = (replace(first, text="Another text"), *others)
file.save(replace(file.session, activities=changed))
print((read - began) * 1000, (process_time() - read) * 1000)
"""


def file_alone(runs: int, environment: dict[str, str], path: Path) -> list[float]:
    """The least milliseconds that the file takes to be read, and to be saved for the first time."""
    found = []
    for _ in range(runs):
        copy = path.with_name("copy.toml")
        shutil.copy(path, copy)
        command = [sys.executable, "-c", FILE_ALONE, copy]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        found.append([float(word) for word in done.stdout.split()])
    return [min(column) for column in zip(*found, strict=True)]


def main() -> int:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    with files() as (folder, made):
        environment = environment_in(folder)
        paths = [made(size) for size in ("sample", "1000", "10000")]
        print("| CPU ms | sample | 1,000 | 10,000 |\n|---|---:|---:|---:|")
        for name, arguments, sizes in COMMANDS:
            # The first only compiles.
            least(1, arguments, environment, paths[0])
            cells = [f"{least(runs, arguments, environment, path):,.0f}" for path in paths[:sizes]]
            cells += [""] * (len(paths) - sizes)
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
        alone = [file_alone(runs, environment, path) for path in paths]
        for name, row in zip(("read", "the first save"), zip(*alone, strict=True), strict=True):
            print(f"| a file alone, {name} | {' | '.join(f'{one:,.0f}' for one in row)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
