"""Copies of a session file in the user's state folder: how it was each time that it was opened."""

import contextlib
from pathlib import Path

from model import disk, state

STEM, SUFFIX = "copy", ".toml"

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
    number = found[-1][0] + 1 if found else 1
    path = folder / f"{STEM}-{number}{SUFFIX}"
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
