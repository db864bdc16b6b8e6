"""Put the tables of many sessions together, for Excel, Power BI or DuckDB.

Folders are searched, and the folders in them. Every row names its session file, its council and its
date. A workbook has a sheet for each table; Parquet has a file for each table, such as
OUT-activities.parquet. A file that cannot be read is named and left out, and the exit status is
then 1.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records.text import counted, plain
from offwall.tui.cli.parser import FORCE, Arguments, argument, output
from offwall.tui.cli.say import CommandError, complain, hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name, recent_sessions

if TYPE_CHECKING:
    from offwall.model.workbook.gather.formats import Rows


WITHOUT_NAME = "gathered.xlsx"

PARTLY = 1
"""The exit status where something could not be read."""

NAMED = 3
"""Files of one workshop that are named; of the others, how many there are."""

ARGUMENTS: Arguments = (
    argument("folders", metavar="FOLDER", type=Path, nargs="+", help="a folder, or a session file"),
    output("OUT.xlsx|OUT.parquet", f"{WITHOUT_NAME} here, or the next free name"),
    FORCE,
)


def run(args: argparse.Namespace) -> int:
    """Read all, write the tables, and say what went in and what did not."""
    # The other commands do without openpyxl.
    from offwall.model.workbook.gather.formats import FORMS
    from offwall.model.workbook.gather.tidy_tables import find_sessions

    target: Path = args.output or free_name(Path(WITHOUT_NAME))
    if (form := FORMS.get(target.suffix.lower())) is None:
        raise CommandError(f"{target}: the name ends in .xlsx or .parquet. Name it so.")
    found = find_sessions(args.folders, apart=recent_sessions.state_folder())
    for sentence in found.closed:
        complain(sentence)
    taken = Taken()
    with form.opened(target, force=args.force, today=context.today()) as rows:
        taken.all_of(found.files, rows)
        if not taken.sessions:
            named = ", ".join(map(str, args.folders))
            raise CommandError(f"there is no session in {named}; nothing was written.")
    _say_written(form.files(target), rows.counts)
    taken.say_what_is_odd()
    return PARTLY if taken.failed or found.closed else 0


class Taken:
    """What was taken of the files, and what was not."""

    def __init__(self) -> None:
        self.sessions = self.failed = self.passed = 0
        self._by_workshop: dict[str, list[str]] = {}

    def all_of(self, files: Sequence[Path], rows: "Rows") -> None:
        """Put the rows of each file behind the others; say of each that has none why."""
        from offwall.model.workbook.gather.tidy_tables import gather_file

        with Progress("Reading", len(files)) as progress:
            for one in map(gather_file, files):
                if one.why:
                    progress.clear()
                    complain(f"{one.why} Passed over.")
                    self.failed += one.failed
                    self.passed += not one.failed
                else:
                    rows.add(one.rows)
                    self._count(one.file, one.workshop)
                progress.step()

    def _count(self, file: Path, workshop: str) -> None:
        self.sessions += 1
        if workshop:
            self._by_workshop.setdefault(workshop, []).append(str(file))

    def say_what_is_odd(self) -> None:
        """Say what was passed over, and which files hold one workshop and so count twice."""
        if self.failed:
            hint(f"Passed over: {counted(self.failed, 'file')} that cannot be read.")
        if self.passed:
            hint(f"Passed over: {counted(self.passed, 'file')} of TOML that are no session.")
        for workshop, files in self._by_workshop.items():
            if len(files) > 1:
                more = len(files) - NAMED
                named = ", ".join(files[:NAMED]) + (f" and {more} more" if more > 0 else "")
                hint(f"The workshop {workshop} counts {len(files)} times: {named}.")


ERASE = "\r\x1b[K"
"""To the line's start, and everything on it away."""


class Progress:
    """A line such as ``Reading 120 of 1,000`` on standard error; nothing where nobody looks on."""

    def __init__(self, doing: str, of: int) -> None:
        self._doing, self._of, self._done = doing, of, 0
        self._shown = sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self._write(f"{ERASE}{plain(self._doing)} {self._done:,} of {self._of:,}")

    def clear(self) -> None:
        """Take the line away, so that another can be printed."""
        self._write(ERASE)

    def _write(self, text: str) -> None:
        if self._shown:
            print(text, end="", file=sys.stderr, flush=True)


def _say_written(files: Sequence[Path], counts: Sequence[int]) -> None:
    from offwall.model.workbook.gather.tidy_tables import empty_tables

    rows = dict(zip((table.name for table in empty_tables()), counts, strict=True))
    held = (
        counted(rows["Sessions"], "session"),
        counted(rows["Activities"], "activity", "activities"),
        counted(rows["Issues"], "issue"),
        counted(rows["Actions"], "action"),
    )
    say(f"Wrote {', '.join(map(str, files))}: {', '.join(held)}.")
