"""Copies in the user's state folder: a session file as it was each time that it was opened.

Where a file took nothing, the session as it was in memory lies there too, whole.
"""

import contextlib
from pathlib import Path

from model import disk, state

STEM, SUFFIX = "copy", ".toml"
WHOLE = "whole"
"""What a session in memory is called that its file did not take."""

MOST = 20
"""How many are kept: more than a workshop has sittings."""


def copies(folder: Path) -> list[Path]:
    """The copies, oldest first."""
    return [path for _, path in state.numbered(folder, STEM, SUFFIX)]


def take(folder: Path, data: bytes) -> Path:
    """Keep a copy, and drop the oldest beyond `MOST`; one like the last is not made twice.

    Raises OSError.
    """
    found = list(state.numbered(folder, STEM, SUFFIX))
    if found and _same(found[-1][1], data):
        return found[-1][1]
    return _made(folder, STEM, data)


def wholes(folder: Path) -> list[Path]:
    """The sessions that their file did not take, oldest first."""
    return [path for _, path in state.numbered(folder, WHOLE, SUFFIX)]


def take_whole(folder: Path, data: bytes, path: Path | None) -> Path:
    """Keep a session that its file does not take, in the place of ``path``, an earlier one of it.

    Raises OSError.
    """
    # The state folder may have been tidied away under us.
    disk.make_folder(folder)
    if path is None:
        return _made(folder, WHOLE, data)
    disk.replace_private(path, data)
    return path


def left_whole(folder: Path) -> Path | None:
    """The last session that its file did not take, unless the file was opened since."""
    last = [path.stat().st_mtime_ns for path in copies(folder)[-1:]]
    return next((path for path in wholes(folder)[-1:] if [path.stat().st_mtime_ns] > last), None)


def _made(folder: Path, stem: str, data: bytes) -> Path:
    """A new one beside those of its kind; the oldest beyond `MOST` are dropped. Raises OSError."""
    found = list(state.numbered(folder, stem, SUFFIX))
    path = folder / f"{stem}-{found[-1][0] + 1 if found else 1}{SUFFIX}"
    disk.make_private(path, data)
    for _, old in found[: max(0, len(found) + 1 - MOST)]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
