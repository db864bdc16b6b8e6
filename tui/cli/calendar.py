"""Write calendar files of target dates, paper deadlines and meetings.

Without -o you get a folder: one calendar for everybody and one for each owner. With -o OUT.ics you
get one file for everybody.

Import each file into a calendar of its own, and delete that calendar before you import a newer
file. Entries keep their UIDs and carry a higher SEQUENCE, but programs differ: khal 0.14 replaces
the earlier entry; people who use Outlook report that it shows both.
"""

import argparse
from collections.abc import Sequence
from os.path import lexists
from pathlib import Path

from offwall.model import store
from offwall.model.actions import action_plan
from offwall.model.actions.facts import with_reviews
from offwall.model.documents.calendar import calendars
from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.model.store import ExportError, write_output
from offwall.tui.cli.parser import FORCE, SESSION, Arguments, output
from offwall.tui.cli.say import CommandError, hint, say
from offwall.tui.kit import context
from offwall.tui.services import free_name

AGAIN = (
    "Import it into a calendar of its own, and delete that before you import a later file:"
    " Outlook is said to put each entry in twice."
)
"""Nobody should find out in a diary."""

Files = Sequence[tuple[str, bytes]]

ARGUMENTS: Arguments = (
    SESSION,
    output(
        "OUT.ics|FOLDER",
        "the folder NAME-calendar beside the session, under the next free name",
        "one file for all, or a folder, made where it is not there",
    ),
    FORCE,
)


def run(args: argparse.Namespace) -> None:
    """Write the calendars and say where they are and what is in none."""
    session = store.read_session(args.session)
    files = calendars(session, now=context.now())
    if not files:
        raise CommandError(
            f"{args.session}: no action and no meeting has a date. Give dates in part 3."
        )
    output = args.output or free_name(args.session.with_name(f"{args.session.stem}-calendar"))
    if output.suffix.lower() == ".ics":
        write_output(output, files[0][1], force=args.force)
        say(f"Wrote {output}: {_dates(session)}.")
    else:
        _write_all(output, files, force=args.force)
        said = counted(len(files) - 1, "file for its owner", "files, one for each owner")
        say(f"Wrote {output}: {_dates(session)}; {files[0][0]} for all, and {said}.")
    hint(AGAIN)


def _write_all(folder: Path, files: Files, *, force: bool) -> None:
    """All files into a folder; none where one of them is there already."""
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is no folder. Name a folder, or a file that ends in .ics.")
    there = [folder / name for name, _ in files if lexists(folder / name)]
    if there and not force:
        raise ExportError(f"{there[0]} is already there. Name another folder, or say --force.")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        why = f"{folder} could not be made: {error.strerror}. Name another folder."
        raise ExportError(why) from None
    for name, content in files:
        write_output(folder / name, content, force=force)


def _dates(session: Session) -> str:
    """How many target dates and meetings there are, and how many actions have no date."""
    actions = action_plan(with_reviews(session))
    without = sum(action.due is None for action in actions)
    dated = counted(len(actions) - without, "target date")
    meetings = sum(meeting.date is not None for meeting in session.meetings)
    met = f" and {counted(meetings, 'meeting')}" if meetings else ""
    return dated + met + (f", {counted(without, 'action')} without one" if without else "")
