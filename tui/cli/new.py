"""Start a session: a process preset's stages and roles, and the workshop's heading."""

import argparse
from pathlib import Path

from model.presets import preset_names
from tui import fresh
from tui.cli.arguments import as_text
from tui.cli.say import say
from tui.files import make_session
from tui.text import count

HELP = "start a session"
DEFAULT = "contract-management"


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, and what its heading says."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path, help="the file to make")
    parser.add_argument(
        "--preset",
        default=DEFAULT,
        metavar="PRESET",
        help=f"{', '.join(preset_names())} (without it: {DEFAULT})",
    )
    parser.add_argument("--title", type=as_text, default="", help="the workshop's title")
    parser.add_argument("--council", type=as_text, default="", help="the council's name")


def run(args: argparse.Namespace) -> int:
    """Make the file; one that is there already is left as it is."""
    session = make_session(
        args.session, args.preset, seed=fresh.seed(), title=args.title, council=args.council
    )
    stages, roles = count(len(session.stages), "stage"), count(len(session.roles), "role")
    say(f"Made {args.session}: {stages}, {roles}. Open it with: offwall {args.session}")
    return 0
