"""How long a workbook takes, and how much memory: written, filled into a template, taken back.

``python benchmarks/workbook.py [ACTIVITIES ...]`` prints a row a size. Each task has a process of
its own. Seconds are the processor's, from session to bytes; megabytes are the most that the process
held at once, Python, libraries and session included.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from time import process_time

import clone  # noqa: F401

from offwall.model.records.session import (
    Action,
    Activity,
    Issue,
    IssueCode,
    Role,
    Route,
    Session,
    Stage,
)

SIZES = (100, 1_000, 3_000, 10_000)
ROLES = 20


def session_of(activities: int) -> Session:
    """That many activities in ten stages, twenty roles, an issue and an action to each ten."""
    roles = tuple(Role(f"r{n}", f"Role number {n}") for n in range(ROLES))
    stages = tuple(Stage(f"S{n}", f"Stage number {n}") for n in range(10))
    found = tuple(
        Activity(
            f"a-{n:08}",
            f"S{n * 10 // activities}",
            f"Activity {n}: check the contract and tell the people whom it concerns",
            lead=f"r{n % ROLES}",
            accountable=f"r{(n + 1) % ROLES}",
            consulted=(f"r{(n + 2) % ROLES}", f"r{(n + 3) % ROLES}"),
            informed=(f"r{(n + 4) % ROLES}",),
            decision="Is it in order?" if n % 4 == 0 else "",
            routes=(Route("Yes"), Route("No", to_words="start again")) if n % 4 == 0 else (),
            documents=("Contract register", f"Form {n % 50}"),
            timescale="Within ten working days",
        )
        for n in range(activities)
    )
    issues = tuple(
        Issue(f"i-{n:08}", f"Nobody keeps form {n}", IssueCode.DOCUMENTATION, f"a-{n * 10:08}")
        for n in range(activities // 10)
    )
    actions = tuple(
        Action(
            f"n-{n:08}",
            f"Put form {n} on the intranet",
            issue=f"i-{n:08}",
            owner=f"r{n % ROLES}",
            due=date(2027, 1, 4) + timedelta(days=n % 300),
            impact=n % 5 + 1,
            effort=n % 4 + 1,
        )
        for n in range(activities // 10)
    )
    return Session(stages=stages, roles=roles, activities=found, issues=issues, actions=actions)


def template() -> bytes:
    """A council's workbook: the process with a column a role, the actions, the issues."""
    from openpyxl import Workbook
    from openpyxl.worksheet.table import Table

    book = Workbook()
    first = [*("Ref", "Phase", "Process step", "Who", "Documents", "When", "Budget code", "ID")]
    for title, head in (
        ("Process", [*first, *(f"Role number {n}" for n in range(ROLES))]),
        ("Actions", ["Action required", "By whom", "By when", "Progress", "ID"]),
        ("Issues", ["Issue", "Type", "Raised by", "Status", "ID"]),
    ):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append([None] * len(head))
        last = sheet.cell(2, len(head)).coordinate
        sheet.add_table(Table(displayName=f"tbl{title}", ref=f"A1:{last}"))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def exporting(activities: int) -> Callable[[], object]:
    from offwall.model.workbook.write.book import build_workbook

    session = session_of(activities)
    return lambda: build_workbook(session)


def filling(activities: int) -> Callable[[], object]:
    from offwall.model.workbook.template.fill import fill_template

    session, content = session_of(activities), template()
    return lambda: fill_template(content, session, "theirs.xlsx")


def refilling(activities: int) -> Callable[[], object]:
    """Fill a workbook that was filled before: the template is as large as what goes in."""
    from offwall.model.workbook.template.fill import fill_template

    session = session_of(activities)
    content = fill_template(template(), session, "theirs.xlsx").content
    return lambda: fill_template(content, session, "theirs.xlsx")


def importing(activities: int, edited: int = 20) -> Callable[[], object]:
    """Take back a workbook in which twenty cells were edited and the rows were sorted."""
    from offwall.model.workbook.import_.compare_copy import propose_changes
    from offwall.model.workbook.read.edited_copy import copy_from, read_workbook
    from offwall.model.workbook.write.book import build_workbook

    session = session_of(activities)
    path = Path(mkdtemp()) / "theirs.xlsx"
    path.write_bytes(build_workbook(session, mark="0" * 32))
    # Made in a process of its own: what openpyxl holds meanwhile is not counted here.
    command = [sys.executable, __file__, "--edit", str(path), str(edited)]
    subprocess.run(command, check=True)

    def run() -> object:
        found = propose_changes(
            [copy_from(path.name, read_workbook(path), session, lambda mark: session)],
            session,
            today=date(2026, 12, 10),
            seed="seed",
        )
        assert len(found.found) == edited, len(found.found)
        return found

    return run


def edit(path: Path, cells: int) -> None:
    """Sort the activities by their words, and edit some cells."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["Activities"]
    heads, *rows = (list(row) for row in sheet.iter_rows(min_row=4, values_only=True))
    timescale = heads.index("Timescale")
    rows.sort(key=lambda row: str(row[2])[::-1])
    for number, row in enumerate(rows):
        if number < cells:
            row[timescale] = f"Within {number} days"
        for place, value in enumerate(row, 1):
            sheet.cell(number + 5, place).value = value
    book.save(path)


TASKS = {"export": exporting, "fill": filling, "fill again": refilling, "import": importing}


def measure(task: str, activities: int) -> dict[str, float]:
    """Seconds and megabytes of a task in this process."""
    run = TASKS[task](activities)
    start = process_time()
    run()
    seconds = process_time() - start
    return {"seconds": seconds, "megabytes": most_memory()}


def most_memory() -> float:
    """Megabytes that this process had at most; getrusage would count what started it, too."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    print(f"{'activities':>10}", *(f"{task:>12} s {'MB':>6}" for task in TASKS))
    for size in sizes:
        row = []
        for task in TASKS:
            command = [sys.executable, __file__, "--one", task, str(size)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found = json.loads(said)
            row.append(f"{found['seconds']:>12.2f} s {found['megabytes']:>6.0f}")
        print(f"{size:>10,}", *row, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    elif sys.argv[1:2] == ["--edit"]:
        edit(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
