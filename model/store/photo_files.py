"""The file of a photo, opened so that no path in a session can stray or hang, and what a typed
path may become.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from offwall.model.records.text import shorten
from offwall.model.setup.photos import OUTSIDE, PHOTO_SUFFIXES, leads_outside, say_size
from offwall.model.store.disk import os_reason

LARGEST = 100_000_000
"""Bytes of a picture that is read; the largest that a telephone takes has about 60 million."""


class PhotoError(Exception):
    """A photo that cannot be used. Its text is a sentence: which, what, what to do."""


class MissingPhotoError(PhotoError):
    """A photo whose file is not on this computer."""


def photos_folder(session_file: Path) -> Path:
    """The folder that photos' paths are relative to; a link to the session file is followed."""
    return session_file.resolve().parent


def read_photo(folder: Path, path: str) -> bytes:
    """The bytes of a photo by the path that its session gives it.

    Raises `PhotoError` where it leads out of ``folder``, by a link too, and as `read_file` does.
    """
    name = shorten(path)
    try:
        root, found = folder.resolve(), (folder / path).resolve()
    except (OSError, ValueError, RuntimeError):
        raise MissingPhotoError(_missing(name)) from None
    if leads_outside(path) or not found.is_relative_to(root):
        raise PhotoError(f"{name} {OUTSIDE}.")
    return read_file(found, name)


def read_file(path: Path, name: str) -> bytes:
    """The bytes of a picture file that a sentence calls ``name``.

    Raises:
        MissingPhotoError: where there is no such file.
        PhotoError: where it is no file of its own, is too large, or cannot be read.
    """
    try:
        # A pipe would keep who opens it waiting for ever, unless asked not to.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as file:
            _check(os.fstat(file.fileno()), name)
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingPhotoError(_missing(name)) from None
    except (OSError, ValueError) as error:
        if os.path.isdir(path):  # noqa: PTH112 - it answers for what can be no path, too
            raise PhotoError(_no_file(name)) from None
        raise PhotoError(
            f"{name} cannot be read ({os_reason(error)}). See that you may read it, or copy "
            "it here."
        ) from None
    if len(content) > LARGEST:
        raise PhotoError(_too_large(name, len(content)))
    return content


def _check(found: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise PhotoError(_no_file(name))
    if found.st_size > LARGEST:
        raise PhotoError(_too_large(name, found.st_size))


def _missing(name: str) -> str:
    return f"{name} is not on this computer, or not beside the session file. Put it there."


def _no_file(name: str) -> str:
    return f"{name} is not a picture file. Name a JPEG, PNG or WebP picture."


def _too_large(name: str, size: int) -> str:
    return (
        f"{name} is too large ({say_size(size)}; {say_size(LARGEST)} is the most). "
        "Save a smaller copy, and name that."
    )


# Which pictures and folders a path that is being typed may become.

MOST_LOOKED_AT, MOST_OFFERED = 5_000, 100
"""Entries of a folder that are looked at, and names that are offered."""


def photo_completions(
    folder: Path, typed: str, suffixes: tuple[str, ...] = PHOTO_SUFFIXES
) -> tuple[str, ...]:
    """What ``typed`` may become, each in full; folders end in ``/``. Never raises.

    What is no path of its own begins in ``folder``; ``~`` is the user's own. Large and small
    letters are the same; what begins with a dot is left out until it is typed.
    """
    before, slash, begun = typed.rpartition("/")
    found: list[str] = []
    with suppress(OSError, ValueError, RuntimeError):
        within = folder / Path(before + slash).expanduser()
        found = [before + slash + name for name in _names(within, begun, suffixes)]
    return tuple(sorted(found, key=str.casefold)[:MOST_OFFERED])


def _names(folder: Path, begun: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in islice(entries, MOST_LOOKED_AT):
            name = entry.name
            if not name.isprintable() or not name.casefold().startswith(begun.casefold()):
                continue
            if name.startswith(".") and not begun:
                continue
            if entry.is_dir():
                yield name + "/"
            elif name.casefold().endswith(suffixes):
                yield name
