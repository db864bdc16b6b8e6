"""What was exported is kept, so that what comes back can be compared with it.

A snapshot is the session as it was, in the state folder and for its owner alone; its name is made
of its content, and the workbook bears that name as a property. `offwall forget` removes it.
"""

import re
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from model import disk, state
from model.session import Session
from model.session_file import StoreError, bytes_of, session_of
from model.toml import SessionFileError, dumps

STEM = "export-"
SUFFIX = ".toml"

MOST = 60
"""Snapshots kept of a session; of more the oldest go."""

_MARK = re.compile(r"[0-9a-f]{32}")


def keep(lair: Path, session: Session, path: Path) -> str:
    """Keep what is exported of the session at ``path``, and return the mark that it is known by.

    ``lair`` is the user's state folder. Where nothing can be kept, the mark is empty: the workbook
    then leaves all the same, and comes back compared with the session as it is.
    """
    try:
        data = dumps(session).encode("utf-8")
        mark = blake2b(data, digest_size=16).hexdigest()
        folder = state.folder_of(lair, session.workshop.id, path)
        state.prepare(folder, path)
        disk.replace_private(folder / f"{STEM}{mark}{SUFFIX}", data)
        _remove_oldest(folder)
    except (OSError, SessionFileError, ValueError, RecursionError):
        return ""
    return mark


def find(lair: Path, mark: str) -> Session | None:
    """The session that was exported under a mark, whichever file it was of; None without one."""
    if not _MARK.fullmatch(mark):
        return None
    for path in sorted((lair / state.SESSIONS).glob(f"*/{STEM}{mark}{SUFFIX}")):
        with suppress(StoreError):
            data = bytes_of(path)
            if blake2b(data, digest_size=16).hexdigest() == mark:
                return session_of(path, data)
    return None


def _remove_oldest(folder: Path) -> None:
    found = sorted(folder.glob(f"{STEM}*{SUFFIX}"), key=lambda one: one.stat().st_mtime_ns)
    for old in found[:-MOST]:
        old.unlink(missing_ok=True)
