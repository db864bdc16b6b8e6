"""Copies of a session that a sync folder made because two computers had changed it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from model.merge import merge
from model.session import Session
from model.store import StoreError, read

NAMED = re.compile(
    r" \(.+\)"  # session (1).toml, session (Jane's conflicted copy 2026-12-10).toml
    r"|-(?=.*[A-Z])[A-Z0-9-]+"  # session-PCNAME.toml
    r"|[ ._-].*conflict.*",  # session.sync-conflict-20261210-101500-ABCDEFG.toml
    re.DOTALL,
)
"""What is put behind the name of the session, before its ending."""

MOST = 20
"""Copies that are read; who has more has another trouble."""


def copies(path: Path, session: Session) -> list[tuple[Path, Session]]:
    """The copies beside a session file that say something that the session does not."""
    found = []
    for candidate in list(_candidates(path))[:MOST]:
        with suppress(StoreError):
            copy = read(candidate)
            if _same_workshop(session, copy) and united(session, copy) != session:
                found.append((candidate, copy))
    return found


def united(session: Session, copy: Session) -> Session:
    """The session with what a copy says besides; what both say differently clashes.

    Nobody knows what the two grew out of, so nothing is taken away.
    """
    return merge(Session(), session, copy).session


def _candidates(path: Path) -> Iterator[Path]:
    with suppress(OSError):
        for entry in sorted(path.absolute().parent.iterdir()):
            stem = entry.stem.removeprefix(path.stem)
            if entry.suffix == path.suffix and stem != entry.stem and NAMED.fullmatch(stem):
                yield entry


def _same_workshop(session: Session, copy: Session) -> bool:
    if session.workshop.id or copy.workshop.id:
        return session.workshop.id == copy.workshop.id
    return bool(session.activity_by_id.keys() & copy.activity_by_id.keys())
