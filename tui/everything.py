"""Everything that people leave with, as the editor and the command both write it."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.session import Session
from model.store import StoreError
from tui import recent
from tui.files import earlier_session
from tui.fresh import Fresh
from tui.text import count

if TYPE_CHECKING:
    from model.exchange.everything import Tell, Written


def write_all(
    session: Session,
    path: Path,
    fresh: Fresh,
    *,
    folder: Path | None = None,
    force: bool = False,
    tell: "Tell" = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> "Written":
    """Write all that leaves of a session; see `model.exchange.everything.write_everything`.

    The file of the session that this one follows is looked at, for what changed since.

    Raises `model.exchange.ExportError` where the folder cannot be made.
    """
    # The libraries that write Word, Excel and calendars are needed once in an afternoon.
    from model.exchange import snapshots
    from model.exchange.everything import write_everything

    earlier, notes = _earlier(path, session)
    written = write_everything(
        session,
        path,
        now=fresh.now(),
        today=fresh.today(),
        earlier=earlier,
        mark=snapshots.keep(recent.state_folder(), session, path),
        folder=folder,
        force=force,
        tell=tell,
        stopped=stopped,
    )
    return replace(written, notes=(*notes, *written.notes))


def _earlier(path: Path, session: Session) -> tuple[Session | None, tuple[str, ...]]:
    """The session that this one follows; where its file is not there, a sentence that says so."""
    if session.earlier is None:
        return None, ()
    try:
        return earlier_session(path, session), ()
    except StoreError as refused:
        return None, (f"What changed since last time is left out: {refused}",)


def outcome(written: "Written") -> str:
    """What came of it, in a sentence or two: first what failed, then where the rest lies."""
    folder = written.folder
    done = "Nothing was written."
    if written.files:
        where = "this folder" if folder.parent == Path() else folder.parent
        done = f"Wrote {count(len(written.files), 'file')} into {folder.name}, in {where}."
    failed = _failed(written).replace(f"{folder}{os.sep}", "")
    left_out = ", ".join(written.left_out)
    left = f"Left out, as you wanted to leave: {left_out}." if left_out else ""
    return " ".join(filter(None, (failed, done, left, *written.notes)))


def _failed(written: "Written") -> str:
    """The first that failed, and how many more did."""
    if not written.failed:
        return ""
    first, *others = written.failed
    return f"{first} And {len(others)} more could not be written." if others else first
