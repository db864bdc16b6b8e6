"""Puts new bytes in the place of a file's old ones, so that it is whole at every moment."""

import errno
import os
import stat
import tempfile
from pathlib import Path

from offwall.model.store import disk
from offwall.model.store.session_file import bytes_of

BEFORE, AFTER = "before.toml", "after.toml"
"""The two versions of a file that is being rewritten in place; gone once it is done."""


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
            raise (error.__cause__ or _no_spare()) from None
        return _rewritten(target, data, expected, spare)


def _no_spare() -> OSError:
    return PermissionError(errno.EPERM, "it has another owner or name, and no copy can be kept")


def _renamed(
    target: Path, data: bytes, expected: bytes | None, found: os.stat_result | None
) -> bool:
    try:
        handle, name = tempfile.mkstemp(prefix=".offwall-", suffix=".tmp", dir=target.parent)
    except PermissionError as error:
        raise _NotRenamedError from error
    temporary = Path(name)
    try:
        _copy_owner_and_mode(temporary, found)
        disk.write(handle, data)
        # Between the look and the rename no other may rename: what it wrote would be gone.
        with disk.file_lock(target):
            if (bytes_of(target) if target.exists() else None) != expected:
                return False
            try:
                temporary.replace(target)
            except PermissionError as error:
                raise _NotRenamedError from error
    finally:
        temporary.unlink(missing_ok=True)
    disk.sync_folder(target.parent)
    return True


def _copy_owner_and_mode(temporary: Path, found: os.stat_result | None) -> None:
    """Give the new file the owner and the mode of the old one."""
    new = temporary.stat()
    mode = 0o600 if found is None else stat.S_IMODE(found.st_mode)
    if found is not None and (found.st_uid, found.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.chown(temporary, found.st_uid, found.st_gid)
        except OSError as error:
            raise _NotRenamedError from error
    # Some shares refuse any chmod, and give every file the mode that is wanted.
    if stat.S_IMODE(new.st_mode) != mode:
        temporary.chmod(mode)


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
