"""What ``export --template`` does: fill the council's own workbook, say how, and remember it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from model import store
from model.exchange import snapshots
from model.exchange.excel.filling import Filled, fill_file, remember, told, write_filled
from model.exchange.excel.stamp import stamped
from model.session import Session
from tui import recent
from tui.cli.columns import aligned, width_of_terminal
from tui.cli.say import hint, say
from tui.files import free_name

NO_MARK = "0" * 32
"""What stands for the mark in a dry run: the parts that it changes are told all the same."""


def fill(path: Path, template: Path, output: Path | None, *, force: bool, dry_run: bool) -> None:
    """Fill ``template`` from the session at ``path``; a dry run says what it would do.

    Without ``output`` the workbook goes beside the session, under the next free name.

    Raises:
        ExportError: it cannot be filled or written; nothing was.
    """
    session = store.read(path)
    filled = _marked(session, path, fill_file(session, template), template, keep=not dry_run)
    target = output or free_name(path.with_suffix(filled.suffix))
    say(*_shown(session, filled))
    if dry_run:
        say(f"Would write {target}. Nothing was written.")
        return
    say(f"Wrote {write_filled(filled, target, force=force)}.")
    _remember(path, filled)


def _marked(session: Session, path: Path, filled: Filled, template: Path, *, keep: bool) -> Filled:
    """The workbook with the mark by which it is known when it comes back.

    Where nothing could be kept to compare it with, it goes without; a dry run keeps nothing.
    """
    mark = snapshots.keep(recent.state_folder(), session, path) if keep else NO_MARK
    if not mark:
        return filled
    content, parts = stamped(filled.content, template.name, mark)
    return replace(filled, content=content, parts=tuple(dict.fromkeys((*filled.parts, *parts))))


def _shown(session: Session, filled: Filled) -> Iterator[str]:
    """Where each column goes, what changes, and what has no place."""
    for table in filled.tables:
        yield told.heading(table)
        rows = [(f"    {said}", meant) for said, meant in told.mapping(session, table)]
        yield from aligned([("    their column", "filled with"), *rows], width_of_terminal())
        yield from (f"    {line}" for line in told.changes(table))
    yield from told.without_place(session, filled)
    yield from told.around(filled)


def _remember(path: Path, filled: Filled) -> None:
    """Keep in the session what was found; one that cannot be written has lost nothing."""
    try:
        file = store.Store.open(path)
        session = remember(file.session, (table.found for table in filled.tables))
        if session != file.session:
            file.save(session)
            say(f"{path.name} remembers these columns under [export]; change them there.")
    except (store.StoreError, OSError) as failed:
        hint(f"What the columns mean was not remembered: {failed}")
