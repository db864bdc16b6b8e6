"""The recent sessions: paths in the user's state folder. Their loss costs nothing."""

import json
from pathlib import Path

from platformdirs import user_state_path

MOST_RECENT = 9
"""How many are offered: as many as there are digits to choose them by."""


def sessions() -> list[Path]:
    """The paths opened lately that are still there, the latest first."""
    try:
        known = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return []
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
    try:
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _file().write_text(json.dumps([str(path) for path in paths[:MOST_RECENT]]), "utf-8")
    except OSError:
        return


def state_folder() -> Path:
    """Where what belongs to this user and computer lies, beside no session."""
    return user_state_path("offwall", appauthor=False)


def _file() -> Path:
    return state_folder() / "recent.json"
