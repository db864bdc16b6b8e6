"""A session file on disk: read it, start one, and say in a sentence what cannot be done.

Opening never changes a file, and a file that cannot be read is never touched.
"""

import stat
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import disk
from offwall.model.store.toml import dumps, loads
from offwall.model.store.toml.errors import SessionFileError, quoted_text

LARGEST = 5_000_000
"""Bytes of the largest session file that is read: 5,000 activities, a hundred workshops' worth."""


class StoreError(Exception):
    """A session file that cannot be read, started or saved, as one sentence for the user."""


def read_session(path: Path) -> Session:
    """The session in a file. Raises `StoreError`; the file is never changed."""
    return session_of(path, bytes_of(path))


def create_session(path: Path, session: Session) -> None:
    """Start a session file, private to its owner. Raises `StoreError` where one is there."""
    data = encoded(path, session)
    try:
        disk.make_private(path, data)
    except FileExistsError:
        raise StoreError(f"{path_in_words(path)} is already there; choose another name.") from None
    except (FileNotFoundError, NotADirectoryError):
        folder = path_in_words(path.parent)
        raise StoreError(
            f"{path_in_words(path)} cannot be made, as there is no folder {folder}; make it first."
        ) from None
    except (OSError, ValueError) as error:
        raise why_unsaved(path, error) from error


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises `StoreError`."""
    try:
        # Asked before it is opened: a pipe would wait for ever, a device might answer for ever.
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
            raise StoreError(f"{path_in_words(path)} is {kind}; name a session file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{path_in_words(path)} is not there; check the name, or start one with offwall new."
        ) from None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{path_in_words(path)} cannot be read ({disk.os_reason(error)}); check its name and"
            " who may read it."
        ) from error
    if len(data) > LARGEST:
        raise StoreError(
            f"{path_in_words(path)} is larger than {LARGEST // 1_000_000} MB, which no session"
            " file is; check the name."
        )
    return data


def session_of(path: Path, data: bytes) -> Session:
    """The session in a file's bytes. Raises `StoreError`, which names ``path``."""
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise StoreError(
            f"{path_in_words(path)} is empty; remove it and start one with offwall new."
        )
    try:
        return loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StoreError(
            f"{path_in_words(path)}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8;"
            " save the file again as UTF-8."
        ) from None
    except SessionFileError as error:
        raise StoreError(error.named(path_in_words(path))) from error


def encoded(path: Path, session: Session) -> bytes:
    """The bytes of a session, once it is certain that they read back as that session.

    Raises `StoreError` where they do not, or are too many.
    """
    try:
        text = dumps(session)
        same = loads(text) == session
        data = text.encode("utf-8")
    except SessionFileError as error:
        # The line is one of a text that nobody will see.
        error.line = None
        raise StoreError(f"{path_in_words(path)} was not saved. {error.named('')}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            f"{path_in_words(path)} was not saved ({quoted_text(str(error))}); undo the last"
            " change."
        ) from error
    if not same or len(data) > LARGEST:
        reason = "is too large" if same else "does not read back as it was"
        raise StoreError(
            f"{path_in_words(path)} was not saved, as the session {reason}; undo the last change."
        )
    return data


def path_in_words(path: Path) -> str:
    """A path as a sentence may repeat it."""
    return quoted_text(str(path), longest=4096)


def why_unsaved(path: Path, error: OSError | ValueError) -> StoreError:
    """What the system refused, as a sentence."""
    return StoreError(
        f"{path_in_words(path)} was not saved ({disk.os_reason(error)}); check its folder, the"
        " space left and who may write there, and save again."
    )
