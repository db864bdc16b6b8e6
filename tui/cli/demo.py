"""Open a copy of the sample session, made in this folder under the next free name.

With --rehearse, ten post-its to type in ten minutes instead: the line explained as one goes, and
the times at the end. That draws nothing and keeps nothing.
"""

import argparse
from pathlib import Path

from offwall.tui.cli.parser import Arguments, argument
from offwall.tui.services.session_files import copy_sample

ARGUMENTS: Arguments = (
    argument("--rehearse", action="store_true", help="ten post-its to type, timed"),
)


def run(args: argparse.Namespace) -> Path | int:
    """Make the copy, which the caller opens; or rehearse, and return the exit status."""
    if args.rehearse:
        from offwall.tui.cli.rehearsal import rehearse

        return rehearse()
    return copy_sample(Path())
