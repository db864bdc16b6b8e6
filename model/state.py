"""Where what belongs to one session lies in the user's state folder, beside no session file.

A folder's name is made of the place of the session file and of the workshop's id, so that another
session that later lies at the same place is never mistaken for this one, nor a copy elsewhere.
"""

import json
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from model import disk

SESSIONS = "sessions"
ABOUT = "about.json"


def folder_of(state: Path, workshop: str, path: Path) -> Path:
    """The folder of a session: ``workshop`` is the id in its file, ``path`` where that lies."""
    return state / SESSIONS / f"{_digest(_real(path))}-{_digest(workshop)}"


def prepare(folder: Path, path: Path) -> None:
    """Make the folder, private and durable, with a note of whose it is. Raises OSError."""
    disk.make_folder(folder)
    about = folder / ABOUT
    if not about.exists():
        disk.replace_private(about, json.dumps({"session": _real(path)}).encode())


def folders_at(state: Path, path: Path) -> list[Path]:
    """The folders of every session that ever lay at this path."""
    return sorted((state / SESSIONS).glob(f"{_digest(_real(path))}-*"))


def moved_here(state: Path, workshop: str, path: Path) -> list[Path]:
    """The folders of this session at paths where nothing lies any more: it was moved."""
    if not workshop:
        return []
    found = sorted((state / SESSIONS).glob(f"*-{_digest(workshop)}"))
    own = folder_of(state, workshop, path)
    return [folder for folder in found if folder != own and not _lies_there(folder)]


def _lies_there(folder: Path) -> bool:
    try:
        return Path(json.loads((folder / ABOUT).read_text("utf-8"))["session"]).exists()
    except (OSError, ValueError, KeyError, TypeError):
        return True


def numbered(folder: Path, stem: str, suffix: str) -> Iterator[tuple[int, Path]]:
    """The files such as ``copy-3.toml`` of a folder with their numbers, lowest first."""
    found = []
    for path in folder.glob(f"{stem}-*{suffix}"):
        number = path.name.removeprefix(f"{stem}-").removesuffix(suffix)
        if number.isdecimal():
            found.append((int(number), path))
    yield from sorted(found)


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
