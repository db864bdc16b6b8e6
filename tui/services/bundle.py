"""Writes the bundle, everything that people leave with, for the editor and the command alike."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session
from offwall.model.records.text import counted
from offwall.tui.kit import Context
from offwall.tui.services import recent_sessions
from offwall.tui.services.session_files import earlier_session, session_before, version_session

if TYPE_CHECKING:
    from offwall.model.documents.brief.readers import Audience
    from offwall.model.documents.bundle import BundleResult, Tell


def write_bundle(
    session: Session,
    path: Path,
    fresh: Context,
    *,
    folder: Path | None = None,
    force: bool = False,
    audience: "Audience",
    tell: "Tell" = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> "BundleResult":
    """Write all that leaves of a session; see `model.documents.bundle.write_bundle`.

    The files of the session that this one follows, and of the last version, are looked at, for what
    changed since.

    Raises `model.store.files.ExportError` where the folder cannot be made.
    """
    # Loaded late: what writes Word, Excel and calendars is needed once in an afternoon.
    from offwall.model.documents.bundle import write_bundle
    from offwall.model.workbook.write import export

    told: list[str] = []
    last = partial(session_before, path=path, session=session, tell=told.append)
    written = write_bundle(
        session,
        path,
        now=fresh.now(),
        today=fresh.today(),
        earlier=last("time", earlier_session) if session.earlier else None,
        version=last("version", version_session),
        mark=export.keep_snapshot(recent_sessions.state_folder(), session, path),
        folder=folder,
        force=force,
        audience=audience,
        tell=tell,
        stopped=stopped,
    )
    return replace(written, notes=(*told, *written.notes))


def bundle_outcome(written: "BundleResult") -> str:
    """What came of it, in a sentence or two: first what failed, then where the rest lies."""
    folder = written.folder
    done = "Nothing was written."
    if written.files:
        where = "this folder" if folder.parent == Path() else folder.parent
        done = f"Wrote {counted(len(written.files), 'file')} into {folder.name}, in {where}."
    failed, *others = written.failed or [""]
    more = f" And {len(others)} more could not be written." if others else ""
    failed = f"{failed}{more}".replace(f"{folder}{os.sep}", "")
    left_out = ", ".join(written.left_out)
    left = f"Not written, because you left: {left_out}." if left_out else ""
    return " ".join(filter(None, (failed, done, left, *written.notes)))
