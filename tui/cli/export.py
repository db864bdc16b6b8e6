"""Write the workbook, or fill the council's own: beside the session, or where -o says."""

import argparse
from pathlib import Path

from model import store
from model.exchange.excel import SUFFIX, ExportError, export
from model.exchange.photo_file import folder_of
from tui import fresh
from tui.cli.errors import CommandError
from tui.cli.say import say
from tui.files import free_name
from tui.text import count

HELP = "write the Excel workbook, or fill the council's own"


def declare(parser: argparse.ArgumentParser) -> None:
    """The file, where the workbook goes, and which one to fill."""
    parser.add_argument("session", metavar="SESSION.toml", type=Path)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.xlsx",
        type=Path,
        help="where to write (without it: beside the session, under the next free name)",
    )
    parser.add_argument(
        "--template",
        metavar="THEIRS.xlsx",
        type=Path,
        help="fill a copy of this workbook; all else in it stays as it is",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say where each column goes and what would change; write nothing",
    )
    parser.add_argument("--force", action="store_true", help="overwrite what -o names")


def run(args: argparse.Namespace) -> int:
    """Write the workbook and say where it is."""
    try:
        if args.template:
            # What fills a template takes a while to load, and the other commands do without.
            from tui.cli.fill import fill

            fill(args.session, args.template, args.output, force=args.force, dry_run=args.dry_run)
        else:
            _export(args)
    except ExportError as refused:
        raise CommandError(str(refused)) from refused
    return 0


def _export(args: argparse.Namespace) -> None:
    session = store.read(args.session)
    target = args.output or free_name(args.session.with_suffix(SUFFIX))
    activities = count(len(session.activities), "activity", "activities")
    if args.dry_run:
        say(f"Would write {target}: {activities}. Nothing was written.")
        return
    written = export(
        session,
        target,
        force=args.force,
        exported_on=fresh.today(),
        photos_in=folder_of(args.session),
    )
    say(f"Wrote {written}: {activities}.")
