"""The user's state folder of one session, and in it a copy of the file as it was each time it
was opened.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from offwall.model.store import disk

# Where what belongs to one session lies in the user's state folder, beside no session file.
#
# A folder's name is made of the place of the session file and of the workshop's id, so that another
# session that later lies at the same place is never mistaken for this one, nor a copy elsewhere.

SESSIONS, ABOUT_NAME = "sessions", "about.json"


def state_folder(state: Path, workshop: str, path: Path) -> Path:
    """The folder of a session: ``workshop`` is the id in its file, ``path`` where that lies."""
    return state / SESSIONS / f"{_digest(os.path.realpath(path))}-{_digest(workshop)}"


def make_state_folder(folder: Path, path: Path) -> None:
    """Make the folder, private and durable, with a note of whose it is. Raises OSError."""
    disk.make_folder(folder)
    about = folder / ABOUT_NAME
    if not about.exists():
        disk.replace_private(about, json.dumps({"session": os.path.realpath(path)}).encode())


def folders_at(state: Path, path: Path) -> list[Path]:
    """The folders of every session that ever lay at this path."""
    return sorted((state / SESSIONS).glob(f"{_digest(os.path.realpath(path))}-*"))


def moved_here(state: Path, workshop: str, path: Path) -> list[Path]:
    """The folders of this session at paths where nothing lies any more: it was moved."""
    if not workshop:
        return []
    found = sorted((state / SESSIONS).glob(f"*-{_digest(workshop)}"))
    own = state_folder(state, workshop, path)
    return [folder for folder in found if folder != own and not _lies_there(folder)]


def _lies_there(folder: Path) -> bool:
    said = disk.small_json(folder / ABOUT_NAME)
    path = said.get("session") if isinstance(said, dict) else None
    try:
        return not isinstance(path, str) or Path(path).exists()
    except (OSError, ValueError):
        return True


def numbered_files(folder: Path, stem: str, suffix: str) -> Iterator[tuple[int, Path]]:
    """The files such as ``copy-3.toml`` of a folder with their numbers, lowest first."""
    found = []
    for path in folder.glob(f"{stem}-*{suffix}"):
        number = path.name.removeprefix(f"{stem}-").removesuffix(suffix)
        if number.isdecimal():
            found.append((int(number), path))
    yield from sorted(found)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


# Copies in the user's state folder: a session file as it was each time that it was opened.
#
# Where a file took nothing, the session as it was in memory lies there too, whole.

BACKUP_STEM, BACKUP_SUFFIX = "copy", ".toml"
WHOLE = "whole"
"""What a session in memory is called that its file did not take."""

PRIOR = "prior"
"""What a session is called as it was before somebody else's version took something away."""

MOST_BACKUPS = 20
"""How many are kept: more than a workshop has sittings."""


def backups(folder: Path) -> list[Path]:
    """The copies, oldest first."""
    return [path for _, path in numbered_files(folder, BACKUP_STEM, BACKUP_SUFFIX)]


def take_backup(folder: Path, data: bytes, stem: str = BACKUP_STEM) -> Path:
    """Keep a copy, unless it is like the last; the oldest ones are dropped. Raises OSError."""
    last = [path for _, path in numbered_files(folder, stem, BACKUP_SUFFIX)][-1:]
    with contextlib.suppress(OSError):
        if last and last[0].stat().st_size == len(data) and last[0].read_bytes() == data:
            return last[0]
    return _made(folder, stem, data)


def wholes(folder: Path) -> list[Path]:
    """The sessions that their file did not take, oldest first."""
    return [path for _, path in numbered_files(folder, WHOLE, BACKUP_SUFFIX)]


def take_whole(folder: Path, data: bytes, path: Path | None) -> Path:
    """Keep a session that its file does not take, in the place of ``path``, an earlier one of it.

    Raises OSError.
    """
    if path is None:
        return _made(folder, WHOLE, data)
    disk.make_folder(folder)
    disk.replace_private(path, data)
    return path


def left_whole(folder: Path) -> Path | None:
    """The last session that its file did not take, unless the file was opened since."""
    last = [path.stat().st_mtime_ns for path in backups(folder)[-1:]]
    return next((path for path in wholes(folder)[-1:] if [path.stat().st_mtime_ns] > last), None)


def _made(folder: Path, stem: str, data: bytes) -> Path:
    """A new one beside those of its kind, of which the oldest are dropped. Raises OSError."""
    # The state folder may have been tidied away under us.
    disk.make_folder(folder)
    found = list(numbered_files(folder, stem, BACKUP_SUFFIX))
    path = folder / f"{stem}-{found[-1][0] + 1 if found else 1}{BACKUP_SUFFIX}"
    disk.make_private(path, data)
    for _, old in found[: max(0, len(found) + 1 - MOST_BACKUPS)]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path
