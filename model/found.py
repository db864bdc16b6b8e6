"""What the state folder holds of a session: its copies, and journals that its file never took."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from model import copies, journal, state, swap
from model.changes import diff
from model.pieces import rewritten
from model.put_back import put_back
from model.session import Session
from model.session_file import StoreError, bytes_of, read, session_of


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be restored: how it was at ``time`` (seconds since 1970), and what it says.

    ``data`` is the whole session file that comes of it; empty where it cannot be read, and
    ``says`` is then why.
    """

    path: Path
    time: float
    kind: str
    says: str
    data: bytes


def folders(lair: Path, path: Path) -> list[Path]:
    """The folders of this session file, and of the session in it while it lay elsewhere."""
    try:
        workshop = read(path).workshop.id
    except StoreError:
        workshop = ""
    return [*state.folders_at(lair, path), *state.moved_here(lair, workshop, path)]


def all_found(lair: Path, path: Path) -> list[Found]:
    """All there is to restore, the latest first. Raises OSError."""
    found = [each for folder in folders(lair, path) for each in _in_folder(folder, path)]
    return sorted(found, key=lambda each: each.time, reverse=True)


def _in_folder(folder: Path, path: Path) -> Iterable[Found]:
    kept = copies.copies(folder)
    for whole in copies.wholes(folder):
        yield _copy(whole, "session")
    for copy in kept:
        yield _copy(copy, "copy")
    for name in (swap.BEFORE, swap.AFTER):
        if (folder / name).exists():
            yield _copy(folder / name, "rewriting")
    for stem in (journal.STEM, journal.ASIDE):
        for _, file in state.numbered(folder, stem, journal.SUFFIX):
            if file.stat().st_size:
                yield _journal(file, [path, *reversed(kept)])


def _copy(path: Path, kind: str) -> Found:
    data = path.read_bytes()
    try:
        return Found(path, path.stat().st_mtime, kind, _holds(session_of(path, data)), data)
    except StoreError as wrong:
        return Found(path, path.stat().st_mtime, kind, str(wrong), b"")


def _journal(path: Path, bases: Iterable[Path]) -> Found:
    """A journal holds changes alone: they are put onto the session file, else the last copy."""
    lines = journal.read(path.read_bytes())
    time = path.stat().st_mtime
    for base in bases:
        try:
            data = bytes_of(base)
            before = session_of(base, data)
        except StoreError:
            continue
        after, misfits = put_back(before, lines.entries)
        lacking = len(diff(before, after))
        says = f"{len(lines.entries)} kept, of which {base.name} lacks {lacking} fields or records"
        says += "" if lines.sound else "; a part of it cannot be read"
        says += f"; {misfits} no longer fit" if misfits else ""
        return Found(path, time, "journal", says, rewritten(base, data, before, after))
    return Found(path, time, "journal", "there is no copy to put its changes onto", b"")


def _holds(session: Session) -> str:
    return (
        f"{len(session.activities)} activities, {len(session.issues)} issues,"
        f" {len(session.actions)} actions"
    )
