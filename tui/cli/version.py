"""Record a version of the process, or say what changed since the last one.

With NAME the session keeps the name and today's date, and a copy of it is written beside the file.
Without NAME the versions are listed, then what changed since the last, in sentences.
"""

import argparse

from offwall.model import store
from offwall.model.compare.carry_over import changes_since
from offwall.model.records.dates import say_date
from offwall.model.records.text import date_from
from offwall.tui.cli.diff import lines
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import SESSION, TODAY, Arguments, argument, as_text
from offwall.tui.cli.say import say, width_of_terminal
from offwall.tui.kit import context
from offwall.tui.services.session_files import version_session, write_version

ARGUMENTS: Arguments = (
    SESSION,
    argument("name", metavar="NAME", nargs="?", type=as_text, help="such as 1.0"),
    TODAY,
)


def run(args: argparse.Namespace) -> None:
    """Record it, or list what there is."""
    if args.name is not None:
        file = opened(args.session)
        on = date_from(args.today, context.today()) or context.today()
        made = keep(file, write_version(args.session, file.session, args.name, on)).versions[-1]
        say(f"Recorded version {made.name} of {say_date(on)}; a copy of it is {made.path}.")
        return
    session = store.read_session(args.session)
    for one in session.versions:
        say(f"{one.name}  {say_date(one.on) if one.on else ''}  {one.path}".rstrip())
    old = version_session(args.session, session)
    if old is None:
        say("No version is recorded yet. A name records one, such as 1.0.")
    elif found := changes_since(old, session):
        say("", *lines(found, width_of_terminal()))
    else:
        say("Nothing changed since.")
