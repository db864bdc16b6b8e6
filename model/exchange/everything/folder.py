"""The folder that everything goes into: new, beside the session, with the day in its name."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from model.disk import reason
from model.exchange.files import ExportError

CALENDARS, PAGES, OWNERS = WITHIN = ("calendars", "map-pages", "owners")
"""Folders within the folder: nobody wants to look for the brief among twelve calendars."""

LONGEST = 150
"""Bytes of the session's name that names are made of: with what follows, every disk takes them."""


def stem(path: Path) -> str:
    """What the files and the folder are called after: the session file's name, cut where long."""
    kept = path.stem.encode(errors="surrogateescape")[:LONGEST]
    return kept.decode("utf-8", "ignore").rstrip(" .") or "session"


def begin(path: Path, today: dt.date, folder: Path | None, *, force: bool) -> Path:
    """Make the folder and say which it is.

    Raises `ExportError` where it cannot be made, or where one that was named is there already and
    ``force`` is not given.
    """
    if folder is not None:
        _make(folder, force=force)
        return folder
    wanted = f"{stem(path)} {today.isoformat()}"
    for number in count(1):
        name = wanted if number == 1 else f"{wanted} {number}"
        with suppress(FileExistsError):
            return _make_new(path.with_name(name))
    raise AssertionError("names do not run out")


def _make(folder: Path, *, force: bool) -> None:
    try:
        _make_new(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise ExportError(f"{folder} is a file. Give the name of a folder.") from None
        if not force:
            raise ExportError(
                f"{folder} is already there. Name another folder, or say --force to write into it."
            ) from None


def _make_new(folder: Path) -> Path:
    """Make a folder that nothing bears the name of. Raises FileExistsError and `ExportError`."""
    try:
        folder.mkdir()
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise ExportError(
            f"The folder {folder} could not be made: {reason(error)}. Nothing was written; name"
            " another place, or make room."
        ) from None
    return folder


def end(folder: Path, files: Sequence[Path]) -> None:
    """Leave no empty folder behind; one that holds anything stays."""
    needed = {parent for file in files for parent in file.parents}
    for made in (*(folder / name for name in WITHIN), folder):
        if made not in needed:
            with suppress(OSError):
                made.rmdir()
