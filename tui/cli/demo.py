"""Open a copy of the sample session, made in this folder under the next free name."""

import argparse
from pathlib import Path

from offwall.tui.services.session_files import copy_sample


def declare(_: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(_: argparse.Namespace) -> Path:
    """Make the copy; the caller opens it."""
    return copy_sample(Path())
