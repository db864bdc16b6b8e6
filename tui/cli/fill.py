"""What ``export --template`` does: fill the council's own workbook, say how, and remember it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from offwall.model import store
from offwall.model.records import Session
from offwall.model.workbook.template import report
from offwall.model.workbook.template.choice import MappingChoice, with_columns
from offwall.model.workbook.template.fill import FillResult, NothingToFillError, write_filled
from offwall.model.workbook.template.found_table import remember_tables
from offwall.tui.cli.say import aligned, hint, say, width_of_terminal
from offwall.tui.services import free_name
from offwall.tui.services.workbooks import filled_copy


def fill(args: argparse.Namespace) -> int:
    """Fill ``args.template`` from ``args.session``; a dry run says what it would do.

    Without ``args.output`` the workbook goes beside the session, under the next free name.

    The exit status is 1 where a table would stay empty: then nothing is written.

    Raises:
        ExportError: it cannot be filled or written; nothing was.
    """
    path, template = args.session, args.template
    choice = MappingChoice(tuple(args.column), args.sheet, args.table, args.copy_sheet)
    session = with_columns(store.read_session(path), choice)
    try:
        filled = filled_copy(session, path, template, choice, keep=not args.dry_run)
    except NothingToFillError as empty:
        hint(str(empty))
        return 1
    target = args.output or free_name(path.with_suffix(filled.suffix))
    say(*_shown(session, filled))
    if args.dry_run:
        say(f"Would write {target}. Nothing was written.")
        return 0
    say(f"Wrote {write_filled(filled, target, force=args.force)}.")
    _remember(path, filled, choice)
    return 0


def _shown(session: Session, filled: FillResult) -> Iterator[str]:
    """Where each column goes, what changes, and what has no place."""
    for table in filled.tables:
        yield report.describe_table(table)
        rows = [(f"    {said}", meant) for said, meant in report.describe_mapping(session, table)]
        yield from aligned([("    their column", "filled with"), *rows], width_of_terminal())
        yield from (f"    {line}" for line in report.describe_changes_to_table(table))
    yield from report.without_place(session, filled)
    yield from report.describe_other_changes(filled)


def _remember(path: Path, filled: FillResult, choice: MappingChoice) -> None:
    """Keep in the session what was found; one that cannot be written has lost nothing."""
    try:
        file = store.Store.open(path)
        session = with_columns(file.session, choice)
        session = remember_tables(session, (table.found for table in filled.tables))
        if session != file.session:
            file.save(session)
            say(f"{path.name} remembers these columns under [export]; change them there.")
    except (store.StoreError, OSError) as failed:
        hint(f"What the columns mean was not remembered: {failed}")
