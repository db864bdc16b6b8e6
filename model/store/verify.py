"""Whether what is kept of a session would serve: its file, the journals, the copies, the photos."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import backups, journal
from offwall.model.store.photo_files import PhotoError, photos_folder, read_photo
from offwall.model.store.session_file import StoreError, bytes_of, read_session, session_of
from offwall.model.store.versions import digest_of, harmful, known_versions, told_by


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
    yield from _journals(folder, path.name, session, digest_of(data))
    for copy in (*backups.backups(folder), *backups.wholes(folder)):
        try:
            read_session(copy)
        except StoreError as sentence:
            yield str(sentence)
    yield from _photos(path, session)


def _journals(folder: Path, name: str, session: Session, digest: str) -> Iterator[str]:
    known = known_versions(folder)
    for run in journal.runs(folder):
        lines = journal.read_journal(run.read_bytes())
        if not lines.sound:
            yield f"{run.name} cannot be read to its end."
        if lines.versions and not told_by(folder, lines, known):
            yield f"{run.name} lacks the copy that its changes are put onto."
    if digest in known and any(harmful(known[digest], session)):
        yield f"{name} is not what the journals make of it."


def _photos(path: Path, session: Session) -> Iterator[str]:
    for photo in session.photos:
        if not photo.path:
            continue
        try:
            data = read_photo(photos_folder(path), photo.path)
        except PhotoError as sentence:
            yield str(sentence)
            continue
        if photo.sha256 and sha256(data).hexdigest() != photo.sha256:
            yield f"{photo.path} is another picture than the one that was listed."
