"""Open a copy of the sample session, made in this folder under the next free name.

With --rehearse you type ten post-its in ten minutes instead. The line is explained as you go, and
your times come at the end. Nothing is kept.
"""

import argparse
from pathlib import Path

from offwall.tui.services.session_files import copy_sample


def declare(parser: argparse.ArgumentParser) -> None:
    """Whether to rehearse."""
    parser.add_argument("--rehearse", action="store_true", help="ten post-its to type, timed")


def run(args: argparse.Namespace) -> Path | int:
    """Make the copy, which the caller opens; or rehearse, and return the exit status."""
    if args.rehearse:
        from offwall.tui.cli.rehearsal import rehearse

        return rehearse()
    return copy_sample(Path())
