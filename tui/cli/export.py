"""Write the workbook: beside the session under the next free name, or where -o says."""

import argparse
from pathlib import Path

from model import store
from model.exchange.excel import ExportError, export
from model.exchange.photo_file import folder_of
from tui import fresh
from tui.cli.errors import CommandError
from tui.cli.say import say
from tui.files import free_name
from tui.text import count

HELP = "write the Excel workbook"


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, and where the workbook goes."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.xlsx",
        type=Path,
        help="where to write (without it: beside the session, under the next free name)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite what -o names")


def run(args: argparse.Namespace) -> int:
    """Write the workbook and say where it is."""
    session = store.read(args.session)
    target = args.output or free_name(args.session.with_suffix(".xlsx"))
    try:
        written = export(
            session,
            target,
            force=args.force,
            exported_on=fresh.today(),
            photos_in=folder_of(args.session),
        )
    except ExportError as refused:
        raise CommandError(str(refused)) from refused
    say(f"Wrote {written}: {count(len(session.activities), 'activity', 'activities')}.")
    return 0
