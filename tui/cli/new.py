"""Start a session with the stages and roles of a preset and the workshop's heading.

With --from it follows an earlier session and takes its record along. What was confirmed then is to
be confirmed again. The earlier file does not change.
"""

import argparse
from pathlib import Path

from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.model.store.presets.catalogues import preset_names
from offwall.tui.cli.parser import Arguments, argument, as_text
from offwall.tui.cli.say import CommandError, say
from offwall.tui.kit import context
from offwall.tui.services.session_files import make_second_session, make_session

DEFAULT = "contract-management"

ARGUMENTS: Arguments = (
    argument("session", metavar="SESSION.toml", type=Path, help="the file to make"),
    argument(
        "--preset", metavar="PRESET", help=f"{', '.join(preset_names())} (without it: {DEFAULT})"
    ),
    argument(
        "--from",
        dest="earlier",
        metavar="OLD.toml",
        type=Path,
        help="the session that this one follows; its record comes along",
    ),
    argument("--title", type=as_text, default="", help="the workshop's title"),
    argument("--council", type=as_text, default="", help="the council's name"),
)


def run(args: argparse.Namespace) -> None:
    """Make the file; one that is there already is left as it is.

    Raises:
        CommandError: both a preset and an earlier session are named.
    """
    if args.earlier and args.preset:
        raise CommandError("give --preset or --from, not both: stages come from one of them.")
    heading = {"seed": context.new_seed(), "title": args.title, "council": args.council}
    if args.earlier:
        say(_followed(args, make_second_session(args.session, args.earlier, **heading)))
        return
    session = make_session(args.session, args.preset or DEFAULT, **heading)
    stages, roles = counted(len(session.stages), "stage"), counted(len(session.roles), "role")
    say(f"Made {args.session}: {stages}, {roles}. Open it with: offwall {args.session}")


def _followed(args: argparse.Namespace, session: Session) -> str:
    activities = counted(len(session.activities), "activity", "activities")
    return (
        f"Made {args.session} after {args.earlier}: {activities} to confirm,"
        f" {counted(len(session.actions), 'action')}. Open it with: offwall {args.session}"
    )
