"""The recent sessions: paths in the user's state folder. Their loss costs nothing."""

import json
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

from offwall.model.store import disk
from offwall.model.store.disk import held_folder

MOST_RECENT = 9
"""How many are offered: as many as there are digits to choose them by."""


def sessions() -> list[Path]:
    """The paths opened lately that are still there, the latest first.

    In a folder that is all there is, they are its own sessions, so that two logins meet there.
    """
    if folder := held_folder():
        found = (path for path in folder.glob("[!.]*.toml") if path.is_file())
        return sorted(found, key=lambda path: -path.stat().st_mtime)[:MOST_RECENT]
    known = disk.small_json(_file())
    if not isinstance(known, list):
        return []
    return [Path(path) for path in known if isinstance(path, str) and Path(path).is_file()][
        :MOST_RECENT
    ]


def remember(path: Path) -> None:
    """Put a path first. A folder that cannot be written is no reason to stop."""
    found = path.resolve()
    _write([found, *(old for old in sessions() if old != found)])


def forget(path: Path) -> bool:
    """Take a path off the list; whether it was on it."""
    known = sessions()
    left = [old for old in known if old != path.resolve()]
    _write(left)
    return left != known


def _write(paths: list[Path]) -> None:
    with suppress(OSError):
        disk.make_folder(_file().parent)
        listed = json.dumps([str(path) for path in paths[:MOST_RECENT]])
        disk.replace_private(_file(), listed.encode(), durable=False)


def state_folder() -> Path:
    """Where what belongs to this user and computer lies, beside no session."""
    return user_state_path("offwall", appauthor=False)


def _file() -> Path:
    return state_folder() / "recent.json"
