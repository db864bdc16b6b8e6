"""A session file on disk: read, started, and put in the place of an old one, whole at every moment.

Opening never changes a file, and a file that cannot be read is never touched. What cannot be done
is said in a sentence.
"""

import errno
import os
import re
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from offwall.model.records import Session
from offwall.model.store import disk
from offwall.model.store.toml.load import SessionFileError, loads
from offwall.model.store.toml.record_tables import dumps, quoted_text

LARGEST = 20_000_000
"""Bytes of the largest session file that is read: 20,000 activities, 400 workshops' worth."""


class StoreError(Exception):
    """A session file that cannot be read, started or saved, as one sentence for the user."""


def read_session(path: Path) -> Session:
    """The session in a file. Raises `StoreError`; the file is never changed."""
    return session_of(path, bytes_of(path))


def create_session(path: Path, session: Session) -> None:
    """Start a session file, private to its owner. Raises `StoreError` where one is there."""
    data = encoded(path, session)
    try:
        disk.make_private(disk.within(path), data, mode=disk.session_mode())
    except FileExistsError:
        raise unusable(path, "is already there; choose another name.") from None
    except (FileNotFoundError, NotADirectoryError):
        folder = path_in_words(path.parent)
        says = f"cannot be made, as there is no folder {folder}; make it first."
        raise unusable(path, says) from None
    except (OSError, ValueError) as error:
        raise why_unsaved(path, error) from error


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises `StoreError`."""
    try:
        # Asked before it is opened: a pipe would wait for ever, a device might answer for ever.
        found = disk.within(path).stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
            raise unusable(path, f"is {kind}; name a session file.")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        says = "is not there; check the name, or start one with offwall new."
        raise unusable(path, says) from None
    except (OSError, ValueError) as error:
        says = f"cannot be read ({disk.os_reason(error)}); check its name and who may read it."
        raise unusable(path, says) from error
    if len(data) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        raise unusable(path, f"is larger than {size}, which no session file is; check the name.")
    return data


def digest_of(data: bytes) -> str:
    """What a version of a file is known by."""
    from hashlib import blake2b

    return blake2b(data, digest_size=12).hexdigest()


def session_of(path: Path, data: bytes) -> Session:
    """The session in a file's bytes. Raises `StoreError`, which names ``path``."""
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise unusable(path, "is empty; remove it and start one with offwall new.")
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
        raise unusable(path, f"was not saved. {error.named('')}") from error
    except (ValueError, TypeError, RecursionError) as error:
        says = f"was not saved ({quoted_text(str(error))}); undo the last change."
        raise unusable(path, says) from error
    if not same or len(data) > LARGEST:
        reason = "is too large" if same else "does not read back as it was"
        raise unusable(path, f"was not saved, as the session {reason}; undo the last change.")
    return data


def path_in_words(path: Path) -> str:
    """A path as a sentence may repeat it."""
    return quoted_text(str(path), longest=4096)


def unusable(path: Path, says: str) -> StoreError:
    """What is wrong with a file: ``says`` follows its name."""
    return StoreError(f"{path_in_words(path)} {says}")


def why_unsaved(path: Path, error: OSError | ValueError) -> StoreError:
    """What the system refused, as a sentence."""
    where = "check its folder, the space left and who may write there, and save again."
    return unusable(path, f"was not saved ({disk.os_reason(error)}); {where}")


BEFORE, AFTER = "before.toml", "after.toml"
"""The two versions of a file that is being rewritten in place; gone once it is done."""


KEEPS_ITS_PLACE = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV)
"""What systems answer where no other file can take the place of one."""

LEFT_SECONDS = 60 * 60
"""Seconds after which a half-written file of another computer was left behind."""


def half_written() -> str:
    """How the names of files begin that this program is just writing, beside what they become."""
    import platform

    host = re.sub(r"[^A-Za-z0-9]+", "-", platform.node())[:40]
    return f".offwall-{host}-{os.getpid()}-"


def sweep(folder: Path) -> int:
    """Take away what programs left half written which are no more; how many files that were."""
    number = 0
    for path in sorted(folder.glob(".offwall-*")):
        with suppress(OSError):
            if _is_left(path):
                path.unlink()
                number += 1
    return number


def _is_left(path: Path) -> bool:
    """Whether nobody writes a half-written file any more. Raises OSError."""
    of = re.fullmatch(r"(\.offwall-.*-)(\d+)-[^-]+\.(tmp|part)", path.name)
    if of and of[1] + f"{os.getpid()}-" == half_written():
        return not disk.is_process_running(int(of[2]))
    return path.suffix in (".tmp", ".part") and time.time() - path.lstat().st_mtime > LEFT_SECONDS


class _NotRenamedError(Exception):
    """A new file cannot take the place of this one."""


def atomic_write(target: Path, data: bytes, expected: bytes | None, spare: Path | None) -> bool:
    """Put ``data`` in the place of ``expected``, where None is no file.

    False where the file is no longer what was expected; it is then left alone. ``spare`` is the
    state folder's for this file. Raises OSError; the file is then as it was, if need be from
    ``spare``.
    """
    found = None if expected is None else target.stat()
    if found is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")
    try:
        if found is not None and found.st_nlink > 1:
            raise _NotRenamedError
        return _renamed(target, data, expected, found)
    except _NotRenamedError as error:
        if expected is None or spare is None:
            why = "it has another owner or name, and no copy can be kept"
            raise (error.__cause__ or PermissionError(errno.EPERM, why)) from None
        return _rewritten(target, data, expected, spare)


def _renamed(
    target: Path, data: bytes, expected: bytes | None, found: os.stat_result | None
) -> bool:
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=half_written(), suffix=".tmp", dir=target.parent)
    except PermissionError as error:
        raise _NotRenamedError from error
    temporary = Path(name)
    try:
        _copy_owner_and_mode(target, temporary, found)
        disk.write(handle, data)
        # Between the look and the rename no other may rename: what it wrote would be gone.
        with disk.file_lock(target):
            if (bytes_of(target) if target.exists() else None) != expected:
                return False
            try:
                temporary.replace(target)
            except OSError as error:
                # A file that is mounted by itself, as containers do, keeps its place.
                if error.errno not in KEEPS_ITS_PLACE:
                    raise
                raise _NotRenamedError from error
    finally:
        temporary.unlink(missing_ok=True)
    disk.sync_folder(target.parent)
    return True


def _copy_owner_and_mode(target: Path, temporary: Path, found: os.stat_result | None) -> None:
    """Give the new file the owner and the mode of the old one."""
    new = temporary.stat()
    mode = disk.session_mode() if found is None else stat.S_IMODE(found.st_mode)
    if found is not None and (found.st_uid, found.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.chown(temporary, found.st_uid, found.st_gid)
        except OSError as error:
            raise _NotRenamedError from error
    # Some shares refuse any chmod, and give every file the mode that is wanted.
    if stat.S_IMODE(new.st_mode) != mode:
        temporary.chmod(mode)
    if found is not None:
        _copy_attributes(target, temporary)


def _copy_attributes(target: Path, temporary: Path) -> None:
    """Give the new file the access list and the other extended attributes of the old one."""
    if sys.platform != "linux":
        return
    try:
        has = {name: os.getxattr(target, name) for name in os.listxattr(target)}
        new = {name: os.getxattr(temporary, name) for name in os.listxattr(temporary)}
    except OSError:
        # The disk knows none.
        return
    try:
        for name in new.keys() - has.keys():
            os.removexattr(temporary, name)
        for name, value in has.items():
            if new.get(name) != value:
                os.setxattr(temporary, name, value)
    except OSError as error:
        raise _NotRenamedError from error


def _rewritten(target: Path, data: bytes, expected: bytes, spare: Path) -> bool:
    disk.replace_private(spare / BEFORE, expected)
    disk.replace_private(spare / AFTER, data)
    with disk.file_lock(target), target.open("r+b", buffering=0) as file:
        whole = file.read() == expected
        if whole:
            try:
                _overwrite(file.fileno(), data)
            except OSError:
                # The old bytes fit where they were, even on a disk that is full. Where not even
                # that can be done, both versions stay in the state folder.
                _overwrite(file.fileno(), expected)
                forget(spare)
                raise
    forget(spare)
    return whole


def forget(spare: Path) -> None:
    """Take the two versions away, as the file is whole."""
    for name in (BEFORE, AFTER):
        (spare / name).unlink(missing_ok=True)


def is_torn(spare: Path | None) -> bool:
    """Whether a file was being rewritten in place, and may be neither the old nor the new one."""
    return spare is not None and (spare / AFTER).exists()


def _overwrite(handle: int, data: bytes) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    written = 0
    while written < len(data):
        written += os.write(handle, data[written:])
    os.ftruncate(handle, len(data))
    disk.sync(handle)
