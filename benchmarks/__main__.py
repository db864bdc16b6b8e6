"""Every figure about time in one go, under ten minutes: ``python -m benchmarks``.

What the machine is, how busy it is, and the date come first; then each benchmark with few runs, one
after the other. One that fails is said at the end. Each can be run by itself, with more runs.
"""

import datetime as dt
import os
import platform
import subprocess
import sys
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent

ALL = (
    ("commands.py", "--runs", "2"),
    ("travel.py",),
    ("openings.py",),
    ("line.py", "--runs", "1", "--idle", "3"),
    ("while_saving.py", "--runs", "1"),
    ("slow.py", "--runs", "1"),
    ("large.py",),
    ("table.py", "48"),
    ("paste.py",),
    ("workbook.py", "100", "1000"),
    ("gather.py", "100"),
)
"""Each benchmark and its options. The afternoon, which takes four minutes, and workbooks of 10,000,
which take two, are run by themselves."""


def main() -> int:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    python = f"Python {platform.python_version()}"
    machine = f"{platform.platform()}, {os.cpu_count()} cores, {python}, load {load}"
    print(f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M}: {machine}")
    failed = []
    for script, *options in ALL:
        began = perf_counter()
        print(f"\n## {script}\n", flush=True)
        done = subprocess.run(
            [sys.executable, HERE / script, *options], check=False, cwd=HERE.parent
        )
        print(f"\n({perf_counter() - began:.0f} s)", flush=True)
        if done.returncode:
            failed.append(script)
    if failed:
        print(f"\nFailed, or missed an aim: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
