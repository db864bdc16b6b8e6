"""What can be recovered of a session: its backups, and journals that its file never took; and
whether what is kept of it would serve.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from offwall.model.records import Session, diff
from offwall.model.store import backups, journal, session_file
from offwall.model.store.photo_files import PhotoError, photos_folder, read_photo, say_changed
from offwall.model.store.record_text import rewritten
from offwall.model.store.session_file import (
    StoreError,
    bytes_of,
    digest_of,
    encoded,
    read_session,
    session_of,
)
from offwall.model.store.versions import harmful, known_versions, rebuilt, replay, told_by


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A file that can be restored: how it was at ``time`` (seconds since 1970), and what it says.

    ``data`` is the whole session file that comes of it; empty where it cannot be read, and
    ``says`` is then why.
    """

    path: Path
    time: float
    kind: str
    says: str
    data: bytes


def folders(state_dir: Path, path: Path) -> list[Path]:
    """The folders of this session file, and of the session in it while it lay elsewhere."""
    try:
        workshop = read_session(path).workshop.id
    except StoreError:
        workshop = ""
    return [*backups.folders_at(state_dir, path), *backups.moved_here(state_dir, workshop, path)]


def all_recoverable(state_dir: Path, path: Path) -> list[Recoverable]:
    """All there is to restore, the latest first. Raises OSError."""
    found = [each for folder in folders(state_dir, path) for each in _in_folder(folder, path)]
    return sorted(found, key=lambda each: each.time, reverse=True)


def _in_folder(folder: Path, path: Path) -> Iterable[Recoverable]:
    kept = backups.backups(folder)
    for whole in backups.wholes(folder):
        yield _copy(whole, "session")
    for _, prior in backups.numbered_files(folder, backups.PRIOR, backups.BACKUP_SUFFIX):
        yield _copy(prior, "before")
    for copy in kept:
        yield _copy(copy, "copy")
    for name in (session_file.BEFORE, session_file.AFTER):
        if (folder / name).exists():
            yield _copy(folder / name, "rewriting")
    for stem in (journal.JOURNAL_STEM, journal.ASIDE):
        for _, file in backups.numbered_files(folder, stem, journal.JOURNAL_SUFFIX):
            if file.stat().st_size:
                yield _journal(file, [path, *reversed(kept)])
    known = known_versions(folder)
    for run in journal.runs(folder):
        yield from _run(run, path, known)


def _copy(path: Path, kind: str) -> Recoverable:
    data, time = path.read_bytes(), path.stat().st_mtime
    try:
        return Recoverable(path, time, kind, _holds(session_of(path, data)), data)
    except StoreError as wrong:
        return Recoverable(path, time, kind, str(wrong), b"")


def _journal(path: Path, bases: Iterable[Path]) -> Recoverable:
    """A journal holds changes alone: they are put onto the session file, else the last copy."""
    lines, time = journal.read_journal(path.read_bytes()), path.stat().st_mtime
    if not lines.kept:
        return Recoverable(path, time, "journal", "nothing was kept in it", b"")
    for base in bases:
        try:
            data = bytes_of(base)
            before = session_of(base, data)
        except StoreError:
            continue
        after, misfits = replay(before, lines.kept)
        lacking = len(diff(before, after))
        says = f"{len(lines.kept)} kept, of which {base.name} lacks {lacking} fields or records"
        says += "" if lines.sound else "; a part of it cannot be read"
        says += f"; {misfits} no longer fit" if misfits else ""
        return Recoverable(path, time, "journal", says, rewritten(base, data, before, after))
    return Recoverable(path, time, "journal", "there is no copy to put its changes onto", b"")


def _run(run: Path, path: Path, known: Mapping[str, Session]) -> Iterable[Recoverable]:
    """All that a journal can rebuild, where the session file no longer has all that was kept."""
    lines = journal.read_journal(run.read_bytes())
    last = rebuilt(lines, told_by(run.parent, lines, known))
    if not lines.kept or last is None:
        return
    try:
        now = read_session(path)
        if not (number := len(list(harmful(last, now)))):
            return
        lacking = f"{number} fields or records are otherwise now"
    except StoreError:
        lacking = "the file cannot be read now"
    says = f"{_holds(last)} at the end of a run of {len(lines.kept)} changes; {lacking}"
    with suppress(StoreError):
        yield Recoverable(run, run.stat().st_mtime, "run", says, encoded(path, last))


def _holds(session: Session) -> str:
    return (
        f"{len(session.activities)} activities, {len(session.issues)} issues,"
        f" {len(session.actions)} actions"
    )


def wrong_files(folder: Path, path: Path) -> Iterator[str]:
    """What is wrong, a sentence each; ``folder`` is the state folder's of this session.

    Nothing is changed. Raises OSError where the state folder cannot be read.
    """
    try:
        data = bytes_of(path)
        session = session_of(path, data)
    except StoreError as sentence:
        yield str(sentence)
        return
    known = known_versions(folder)
    for run in journal.runs(folder):
        lines = journal.read_journal(run.read_bytes())
        if not lines.sound:
            yield f"{run.name} cannot be read to its end."
        if lines.versions and not told_by(folder, lines, known):
            yield f"{run.name} lacks the copy that its changes are put onto."
    if (held := known.get(digest_of(data))) and any(harmful(held, session)):
        yield f"{path.name} is not what the journals make of it."
    for copy in (*backups.backups(folder), *backups.wholes(folder)):
        try:
            read_session(copy)
        except StoreError as sentence:
            yield str(sentence)
    for photo in (photo for photo in session.photos if photo.path):
        try:
            if changed := say_changed(photo, read_photo(photos_folder(path), photo.path)):
                yield changed
        except PhotoError as sentence:
            yield str(sentence)
