"""A session file that is open: it is saved in pieces, and nothing that another wrote is lost.

What another program wrote is merged against the newest version that it can have seen: the one that
it says it saw, the one with the same bytes, or the one from which it differs least.
"""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session
from offwall.model.store import backups
from offwall.model.store.conflicts import signed
from offwall.model.store.merge import ShortenedFile, merge_file, say_kept
from offwall.model.store.record_text import FilePieces, OddPieceError, rewritten
from offwall.model.store.session_file import (
    LARGEST,
    StoreError,
    atomic_write,
    bytes_of,
    digest_of,
    encoded,
    is_torn,
    session_of,
    unusable,
    why_unsaved,
)
from offwall.model.store.toml.load import SessionFileError, loads
from offwall.model.store.toml.record_tables import MisfitError, check_records
from offwall.model.store.versions import harmful, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TRIES = 100
"""How often a save begins again because the file changed under it; each time another got on."""

MOST_SEEN = 100
"""How many versions, read and written, are told to others who have the file open."""

MOST_KNOWN = 500
"""How many versions of a file are known again: those of an afternoon."""

PUT_BACK = (
    "Another program put an older version in the place of the session file. Nothing was removed:"
    " the file holds all of yours again."
)
GONE = "The session file was gone; it is there again, with all of yours."
OLD_EDITED = (
    "Another program changed an older version of the session file. Nothing was removed: the file"
    " holds both."
)


class Versions:
    """The versions of one session file, oldest first; ``now`` is what the file held last.

    ``earlier`` gives those of the last runs, and is asked once, where bytes are not known.
    ``unread`` are those that came since somebody asked, for the journal.
    """

    def __init__(self, data: bytes, session: Session) -> None:
        self.now = digest_of(data)
        self.earlier: Callable[[], Mapping[str, Session]] = dict
        self.unread: list[tuple[str, Session]] = []
        self._known = {self.now: session}
        self._latest = self.now
        self._asked = False

    def holds(self, data: bytes, session: Session) -> None:
        """The file was read, or written, and holds this now."""
        self.now = digest_of(data)
        # Where an older one came between and ours was put back, ours is again the latest.
        if self.now != self._latest:
            self.add(self.now, session)

    def add(self, digest: str, session: Session) -> None:
        """Know a version again; whoever has it open may go on from it."""
        if digest != self._latest:
            self.unread.append((digest, session))
        self._latest = digest
        # Never the first: it is what other programs and sync folders most often still have.
        first = next(iter(self._known))
        if digest != first:
            self._known.pop(digest, None)
            self._known[digest] = session
        for old in list(islice(self._known, 1, 1 + max(0, len(self._known) - MOST_KNOWN))):
            del self._known[old]

    def of(self, digest: str) -> Session | None:
        """The version with these bytes, in this run or an earlier one."""
        if digest not in self._known and not self._asked:
            self._asked = True
            self._known = {**self.earlier(), **self._known}
        return self._known.get(digest)

    def nearest(self, theirs: Session) -> Session:
        """The version from which a session differs least; of two the older."""
        return nearest([self._known[self.now], *reversed(self._known.values())], theirs)


class Store:
    """A session file that is open, and what it held when it was last read or written.

    ``note`` is what there is to say of the last save; ``who`` saves, and who wrote what was merged
    last, where both are known; ``cut`` what another program left of the file, where more than half
    of the records were gone and none of them was taken away for it;
    ``stale`` what it left where that grew out of an older version, and nothing was taken away
    either; ``lost`` says that what lies in the file's place cannot be read, and ``evident`` that
    what was merged last was written by somebody who had seen ours.

    ``seen_by`` answers, for the digest of a file's bytes, which versions somebody else had seen
    who wrote it, the latest first; ``announce`` tells others which ones we saw. ``whole`` is
    where the session lies in ``spare`` as long as the file does not take it.
    """

    def __init__(self, path: Path, session: Session, data: bytes, spare: Path | None) -> None:
        self.path = path.absolute()
        self.session = session
        self.data = data
        self.spare = spare
        self.note = ""
        self.who = "", ""
        self.cut: ShortenedFile | None = None
        self.stale: Session | None = None
        self.seen_by: Callable[[str], Sequence[str]] = lambda _: ()
        self.who_said: Callable[[str], tuple[str, str]] = lambda _: ("", "")
        self.announce: Callable[[Sequence[str]], object] = lambda _: None
        self.versions = Versions(data, session)
        self.seen = [self.versions.now]
        self.read_only = self.put_back = self.lost = self.evident = False
        self.whole: Path | None = None
        self._in_whole: Session | None = None
        self._device = _device(self._target)
        self._pieces: FilePieces | None = None
        # Sure: the pieces were read back once; unread: something new was put among them since.
        self._sure = self._torn = self._unread = False

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
            if not any(self._saved(session) for _ in range(TRIES)):
                why = "another program keeps changing it; close it there, and save again."
                raise unusable(self.path, f"was not saved, as {why}")
        except OSError as error:
            self._torn = is_torn(self.spare)
            self.keep_whole(session)
            raise why_unsaved(self.path, error) from error
        except Exception:
            self.keep_whole(session)
            raise
        if self.whole is not None:
            with suppress(OSError):
                self.whole.unlink(missing_ok=True)
            self.whole = self._in_whole = None
        return self.session

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

    def look_over(self) -> str:
        """Read all that was written in pieces once more, and mend it where it is not right.

        The answer is what there is to say of that. What cannot be read or written now is left as
        it is.
        """
        with suppress(StoreError, OSError):
            if self._pieces is None or not self._unread:
                return ""
            found = bytes_of(self.path)
            if digest_of(found) != self.versions.now:
                return ""
            if _reads_as(found.decode("utf-8"), self.session):
                self._unread = False
                return ""
            data = self._afresh(self.session, found)
            self._saw(digest_of(data))
            if atomic_write(self._target, data, found, self.spare):
                self._now_holds(self.session, None, data)
                return self.note
        return ""

    @property
    def _target(self) -> Path:
        return Path(os.path.realpath(self.path))

    def _saved(self, session: Session) -> bool:
        """One try; False where the file changed while the new one was being written."""
        self.note, self.lost = "", False
        found = self._found()
        theirs = self._theirs(found)
        # What was set aside just now is no longer in the file's place.
        found = None if self.lost else found
        merged, pieces = session, self._pieces
        met = None
        if theirs is not None and theirs is not self.session and found is not None:
            met = digest_of(found), theirs
            self._saw(met[0])
            self.who = self.who_said(met[0])
            merged = theirs if self.read_only else self._merged(session, theirs, found)
            pieces, self._sure = None, False
        if found is not None and merged == theirs:
            self._now_holds(merged, pieces, found)
            return True
        # Of an older version nothing is taken: the bytes become ours again.
        text = None if self.note.startswith(PUT_BACK) else theirs
        new, data = self._joined(pieces, text, merged, found)
        before = self.seen
        # Others must be able to ask what it grew out of as soon as they find it.
        self._saw(digest_of(data))
        if not atomic_write(self._target, data, found, self.spare):
            self.seen = before
            return False
        if met is not None:
            # Only from now on does ours have what is in theirs.
            self.versions.add(*met)
        self._now_holds(merged, new, data)
        return True

    def _found(self) -> bytes | None:
        """What lies in the file's place; None where nothing does. Raises `StoreError`."""
        try:
            if self.path.exists():
                self._device = _device(self._target)
                return bytes_of(self.path)
        except StoreError:
            self.lost = True
            if not self.put_back:
                raise
            self._set_aside()
        # A share that is unmounted leaves an empty folder of another disk in its place.
        if self._device is not None and _device(self._target) not in (self._device, None):
            why = "its folder is no longer the disk or share that it was"
            says = f"was not saved, as {why}; mount it again, and it is written."
            raise unusable(self.path, says)
        self.note = self.note or GONE
        return None

    def _saw(self, digest: str) -> None:
        if self.seen[-1] != digest:
            self.seen = [*self.seen[1 - MOST_SEEN :], digest]
            self.announce(self.seen)

    def _merged(self, session: Session, theirs: Session, found: bytes) -> Session:
        """One session of ours and of what another program put into the file."""
        digest = digest_of(found)
        seen = tuple(one for one in self.seen_by(digest) if one != digest)
        # What came here since the last one that is in theirs is all that ours has besides.
        both = (*(one for one in reversed(self.seen) if one in seen), *seen)
        base = next((known for one in both if (known := self.versions.of(one)) is not None), None)
        self.stale, self.evident = None, base is not None
        if base is None:
            same = self.versions.of(digest)
            base = self.session if theirs == self.session else same or self.versions.nearest(theirs)
            if base != self.session and any(harmful(self.session, theirs)):
                self.note, self.stale = PUT_BACK if same else OLD_EDITED, theirs
        merged = merge_file(base, session, theirs)
        joined = signed(merged.session, merged.clashes, *self.who)
        self.cut = merged.cut
        self.note = " ".join(filter(None, (self.note, *say_kept(merged))))
        if self.spare is not None and any(harmful(session, joined)):
            # What goes lies in the state folder first; a full disk is no reason to stop here.
            with suppress(OSError, StoreError):
                data = rewritten(self.path, self.data, self.session, session)
                backups.take_backup(self.spare, data, backups.PRIOR)
        return joined

    def _now_holds(self, session: Session, pieces: FilePieces | None, data: bytes) -> None:
        self.session, self._pieces, self.data = session, pieces, data
        self._torn = self.put_back = self.lost = False
        self.versions.holds(data, session)

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
        self._unread, self._sure = self._sure, True
        return new, data

    def _afresh(self, session: Session, found: bytes | None) -> bytes:
        """The session's text without the comments and the spacing that the file had."""
        data = encoded(self.path, session)
        if self.spare is None:
            why = "its comments could not be kept in their places"
            what = "take them out, or open it with offwall, which keeps a copy."
            raise unusable(self.path, f"was not saved, as {why}; {what}")
        copy = backups.take_backup(self.spare, found or self.data)
        self.note = (
            "The session file was written afresh, as its comments and spacing could not be kept;"
            f" as it was, it lies in {copy}."
        )
        self._sure = False
        return data

    def _theirs(self, found: bytes | None) -> Session | None:
        """What the file holds now: our own, another's, or nothing, where there is no file."""
        digest = digest_of(found) if found is not None else ""
        if found is None or (self._torn and digest != self.versions.now):
            return None
        if digest == self.versions.now:
            return self.session
        try:
            return session_of(self.path, found)
        except StoreError as error:
            self.lost = True
            if self.put_back:
                self._set_aside()
                return None
            raise StoreError(
                "Another program changed the session file, and it can no longer be read; it was"
                f" left as it is. Mend it or move it away, and save again. {error}"
            ) from error

    def _set_aside(self) -> None:
        """Move away what lies in the file's place and cannot be read. Raises OSError."""
        stem, suffix = self._target.stem, self._target.suffix
        names = (self._target.with_name(f"{stem}.aside-{n}{suffix}") for n in range(1, 1000))
        aside = next(path for path in names if not os.path.lexists(path))
        self._target.rename(aside)
        self.note = f"Your version was put back; what could not be read was moved to {aside.name}."


def _device(path: Path) -> int | None:
    """The disk or share of a file's folder; None where it is not there."""
    try:
        return path.parent.stat().st_dev
    except OSError:
        return None


def _reads_as(text: str, session: Session) -> bool:
    try:
        return loads(text) == session
    except SessionFileError:
        return False
