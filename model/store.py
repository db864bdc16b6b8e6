"""The session file on disk: read it, start one, and save so that nothing another wrote is lost.

A save is whole: the text is written beside the file under another name, made durable, and then put
in its place, so that at every moment the file is the old or the new complete version. Opening
never changes a file, and a file that cannot be read is never touched.
"""

import errno
import os
import stat
import tempfile
from hashlib import blake2b
from pathlib import Path

from model.changes import apply, diff
from model.session import Session
from model.toml import SessionFileError, dumps, loads, shown

LARGEST = 5_000_000
"""Bytes of the largest session file that is read: 5,000 activities, a hundred workshops' worth."""

TRIES = 5
"""How often a save begins again because the file changed under it."""

NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)
"""What systems and shares answer that cannot make a folder durable on its own."""


class StoreError(Exception):
    """A session file that cannot be read, started or saved, as one sentence for the user."""


def read(path: Path) -> Session:
    """The session in a file. Raises `StoreError`; the file is never changed."""
    return _session(path, _bytes(path))


def create(path: Path, session: Session) -> None:
    """Start a session file, private to its owner. Raises `StoreError` where one is there."""
    data = _encoded(path, session)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StoreError(f"{_name(path)} is already there; choose another name.") from None
    except (FileNotFoundError, NotADirectoryError):
        folder = _name(path.parent)
        raise StoreError(
            f"{_name(path)} cannot be made, as there is no folder {folder}; make it first."
        ) from None
    except (OSError, ValueError) as error:
        raise _unsaved(path, error) from error
    try:
        _write(handle, data)
        _sync_folder(path.parent)
    except OSError as error:
        # Half a file would only be in the way of the next try.
        path.unlink(missing_ok=True)
        raise _unsaved(path, error) from error


class Store:
    """A session file that is open, and what it held when it was last read or written."""

    def __init__(self, path: Path, session: Session, data: bytes) -> None:
        self.path = path.absolute()
        self.session = session
        self._digest = _digest(data)

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open a file. Raises `StoreError`, as `read` does."""
        data = _bytes(path)
        return cls(path, _session(path, data), data)

    def save(self, session: Session) -> Session:
        """Make the file hold ``session``, and return what it then holds.

        Where another program changed the file since, what this one changed is put onto what is
        there now. A file that was deleted is made again. Raises `StoreError` where that cannot
        be; the file is then as it was, and a later save may succeed.
        """
        try:
            for _ in range(TRIES):
                if self._saved(session):
                    return self.session
        except OSError as error:
            raise _unsaved(self.path, error) from error
        raise StoreError(
            f"{_name(self.path)} was not saved, as another program keeps changing it;"
            " close it there, and save again."
        )

    def _saved(self, session: Session) -> bool:
        """One try; False where the file changed while the new one was being written."""
        found = _bytes(self.path) if self.path.exists() else None
        theirs = self._theirs(found)
        merged = session
        if theirs is not None and theirs is not self.session:
            merged = apply(theirs, diff(self.session, session))
        data = found
        if data is None or merged != theirs:
            data = _encoded(self.path, merged)
            if not _swap(Path(os.path.realpath(self.path)), data, found):
                return False
        self.session, self._digest = merged, _digest(data)
        return True

    def _theirs(self, found: bytes | None) -> Session | None:
        """What the file holds now: our own, another's, or nothing, where there is no file."""
        if found is None:
            return None
        if _digest(found) == self._digest:
            return self.session
        try:
            return _session(self.path, found)
        except StoreError as error:
            raise StoreError(
                "Another program changed the session file, and it can no longer be read; it was"
                f" left as it is. Mend it or move it away, and save again. {error}"
            ) from error


def _bytes(path: Path) -> bytes:
    try:
        # Asked before it is opened: a pipe would wait for ever, a device might answer for ever.
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
            raise StoreError(f"{_name(path)} is {kind}; name a session file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{_name(path)} is not there; check the name, or start one with offwall new."
        ) from None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{_name(path)} cannot be read ({_reason(error)}); check its name and who may read it."
        ) from error
    if len(data) > LARGEST:
        raise StoreError(
            f"{_name(path)} is larger than {LARGEST // 1_000_000} MB, which no session file is;"
            " check the name."
        )
    return data


def _session(path: Path, data: bytes) -> Session:
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise StoreError(f"{_name(path)} is empty; remove it and start one with offwall new.")
    try:
        return loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StoreError(
            f"{_name(path)}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8;"
            " save the file again as UTF-8."
        ) from None
    except SessionFileError as error:
        raise StoreError(error.named(_name(path))) from error


def _encoded(path: Path, session: Session) -> bytes:
    """The bytes of a session, once it is certain that they read back as that session."""
    try:
        text = dumps(session)
        same = loads(text) == session
        data = text.encode("utf-8")
    except SessionFileError as error:
        # The line is one of a text that nobody will see.
        error.line = None
        raise StoreError(f"{_name(path)} was not saved. {error.named('')}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{_name(path)} was not saved ({shown(str(error))}); undo the last change."
        ) from error
    if not same or len(data) > LARGEST:
        reason = "is too large" if same else "does not read back as it was"
        raise StoreError(
            f"{_name(path)} was not saved, as the session {reason}; undo the last change."
        )
    return data


def _swap(target: Path, data: bytes, expected: bytes | None) -> bool:
    """Put ``data`` in the place of ``expected``; False where the file is no longer that."""
    mode = 0o600
    if expected is not None:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "the file is read-only")
    handle, name = tempfile.mkstemp(prefix=".offwall-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        # Some shares refuse any chmod, and give every file the mode that is wanted.
        if stat.S_IMODE(temporary.stat().st_mode) != mode:
            temporary.chmod(mode)
        _write(handle, data)
        if (_bytes(target) if target.exists() else None) != expected:
            return False
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return True


def _write(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise


def _digest(data: bytes) -> bytes:
    return blake2b(data).digest()


def _name(path: Path) -> str:
    return shown(str(path), longest=4096)


def _reason(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error).lower()


def _unsaved(path: Path, error: OSError | ValueError) -> StoreError:
    return StoreError(
        f"{_name(path)} was not saved ({_reason(error)}); check its folder, the space left and who"
        " may write there, and save again."
    )
