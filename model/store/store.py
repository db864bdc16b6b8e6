"""A session file that is open: it is saved in pieces, and nothing that another wrote is lost."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import backups
from offwall.model.store.atomic_write import atomic_write, is_torn
from offwall.model.store.merge import ShortenedFile, merge_file, say_kept
from offwall.model.store.record_text import FilePieces, OddPieceError, rewritten
from offwall.model.store.session_file import (
    LARGEST,
    StoreError,
    bytes_of,
    create_session,
    encoded,
    path_in_words,
    read_session,
    session_of,
    why_unsaved,
)
from offwall.model.store.toml import MisfitError, loads
from offwall.model.store.toml.errors import SessionFileError
from offwall.model.store.toml.read import check_records

__all__ = ["LARGEST", "Store", "StoreError", "create_session", "read_session"]

TRIES = 5
"""How often a save begins again because the file changed under it."""

MOST = 500
"""How many versions of a file are known again: those of an afternoon."""

PUT_BACK = (
    "Another program put an older version in the place of the session file. Nothing was removed:"
    " the file holds all of yours again."
)


class Store:
    """A session file that is open, and what it held when it was last read or written.

    ``note`` is what there is to say of the last save; ``cut`` what another program left of the
    file, where more than half of the records were gone and none of them was taken away for it.
    ``alone`` answers whether nobody else has the file open: an older version found in its place
    is then no wish of anybody's, and says nothing new. ``whole`` is where the session lies in
    ``spare`` as long as the file does not take it.
    """

    def __init__(self, path: Path, session: Session, data: bytes, spare: Path | None) -> None:
        self.path = path.absolute()
        self.session = session
        self.data = data
        self.spare = spare
        self.note = ""
        self.cut: ShortenedFile | None = None
        self.alone: Callable[[], bool] = lambda: False
        self.whole: Path | None = None
        self._in_whole: Session | None = None
        self._digest = _digest(data)
        self._known = {self._digest: session}
        self._pieces: FilePieces | None = None
        self._sure = self._torn = False

    @classmethod
    def open(cls, path: Path, spare: Path | None = None) -> "Store":
        """Open a file. Raises `StoreError`, as `read` does.

        ``spare`` is where copies of it may lie; without it, a file that can only be rewritten in
        place is not saved.
        """
        data = bytes_of(path)
        return cls(path, session_of(path, data), data, spare)

    def save(self, session: Session) -> Session:
        """Make the file hold ``session``, and return what it then holds.

        Where another program changed the file since, what this one changed is put onto what is
        there now. A file that was deleted is made again. Raises `StoreError` where that cannot
        be; the file is then as it was, ``whole`` has the session, and a later save may succeed.
        """
        try:
            saved = self._tried(session)
        except Exception:
            self.keep_whole(session)
            raise
        if self.whole is not None:
            with suppress(OSError):
                self.whole.unlink(missing_ok=True)
            self.whole = self._in_whole = None
        return saved

    def keep_whole(self, session: Session) -> None:
        """Put all of a session that the file does not take into the state folder, if need be.

        ``whole`` is None after it where that could not be done either.
        """
        if self.spare is None or session is self._in_whole:
            return
        try:
            data = rewritten(self.path, self.data, self.session, session)
            self.whole = backups.take_whole(self.spare, data, self.whole)
            self._in_whole = session
        except (OSError, StoreError):
            self.whole = self._in_whole = None

    def _tried(self, session: Session) -> Session:
        try:
            for _ in range(TRIES):
                if self._saved(session):
                    return self.session
        except OSError as error:
            self._torn = is_torn(self.spare)
            raise why_unsaved(self.path, error) from error
        raise StoreError(
            f"{path_in_words(self.path)} was not saved, as another program keeps changing it;"
            " close it there, and save again."
        )

    def look_over(self) -> None:
        """Read what was written once more at the end of a run, and mend it where it is not right.

        What cannot be read or written now is left as it is.
        """
        with suppress(StoreError, OSError):
            found = bytes_of(self.path)
            if self._pieces is None or _digest(found) != self._digest:
                return
            if not _reads_as(found.decode("utf-8"), self.session):
                atomic_write(self._target, self._afresh(self.session, found), found, self.spare)

    @property
    def _target(self) -> Path:
        return Path(os.path.realpath(self.path))

    def _saved(self, session: Session) -> bool:
        """One try; False where the file changed while the new one was being written."""
        self.note = ""
        found = bytes_of(self.path) if self.path.exists() else None
        theirs = self._theirs(found)
        merged, pieces = session, self._pieces
        if theirs is not None and theirs is not self.session:
            merged, pieces, self._sure = self._merged(session, theirs), None, False
        if found is not None and merged == theirs:
            self._now_holds(merged, pieces, found)
            return True
        new, data = self._joined(pieces, theirs, merged, found)
        if not atomic_write(self._target, data, found, self.spare):
            return False
        self._now_holds(merged, new, data)
        return True

    def _merged(self, session: Session, theirs: Session) -> Session:
        """One session of ours and of what another program put into the file."""
        merged = merge_file(self.session, session, theirs)
        self.cut, self.note = merged.cut, " ".join(say_kept(merged))
        return merged.session

    def _now_holds(self, session: Session, pieces: FilePieces | None, data: bytes) -> None:
        self.session, self._pieces, self.data = session, pieces, data
        self._digest, self._torn = _digest(data), False
        self._known[self._digest] = session
        # Never the first: it is what other programs and sync folders most often still have.
        for digest in list(islice(self._known, 1, 1 + max(0, len(self._known) - MOST))):
            del self._known[digest]

    def _joined(
        self,
        pieces: FilePieces | None,
        theirs: Session | None,
        session: Session,
        found: bytes | None,
    ) -> tuple[FilePieces | None, bytes]:
        """The file's new bytes: what changed is made anew, the rest is what it was.

        All of it is read back at the first save and after a merge; afterwards what is new alone.
        """
        try:
            if pieces is None:
                text, base = (found or b"", theirs) if theirs else (self.data, self.session)
                pieces = FilePieces.of(text.decode("utf-8"), base)
            new = pieces.updated(session)
            joined = new.text()
            check_records(session)
            data = joined.encode("utf-8")
            if len(data) > LARGEST or not (self._sure or _reads_as(joined, session)):
                raise OddPieceError
        except (ValueError, TypeError, LookupError, RecursionError, MisfitError):
            return None, self._afresh(session, found)
        self._sure = True
        return new, data

    def _afresh(self, session: Session, found: bytes | None) -> bytes:
        """The session's text without the comments and the spacing that the file had."""
        data = encoded(self.path, session)
        if self.spare is None:
            raise StoreError(
                f"{path_in_words(self.path)} was not saved, as its comments could not be "
                "kept in their"
                " places; take them out, or open it with offwall, which keeps a copy."
            )
        copy = backups.take_backup(self.spare, found or self.data)
        self.note = (
            "The session file was written afresh, as its comments and spacing could not be kept;"
            f" as it was, it lies in {copy}."
        )
        self._sure = False
        return data

    def _theirs(self, found: bytes | None) -> Session | None:
        """What the file holds now: our own, another's, or nothing.

        Nothing is where there is no file, and where an older version of ours was put in its place.
        """
        if found is None or (self._torn and _digest(found) != self._digest):
            return None
        if _digest(found) == self._digest:
            return self.session
        if _digest(found) in self._known and self.alone():
            self.note = PUT_BACK
            return None
        try:
            return session_of(self.path, found)
        except StoreError as error:
            raise StoreError(
                "Another program changed the session file, and it can no longer be read; it was"
                f" left as it is. Mend it or move it away, and save again. {error}"
            ) from error


def _reads_as(text: str, session: Session) -> bool:
    try:
        return loads(text) == session
    except SessionFileError:
        return False


def _digest(data: bytes) -> bytes:
    return blake2b(data).digest()
