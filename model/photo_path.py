"""Where a photo may lie: in the session's folder or below it, and nowhere else.

A session file goes from hand to hand, and a path in it must not make anybody's computer read what
lies elsewhere. It is judged as both Windows and the others would read it.
"""

import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath

OUTSIDE = "leads out of the session's folder, so it is not opened. Put the picture beside the file"


def leads_outside(path: str) -> bool:
    """Whether a path could leave the folder that it is relative to, on any system."""
    return any(
        bool(read.drive or read.root) or ".." in read.parts
        for read in (PurePosixPath(path), PureWindowsPath(path))
    )


def relative(path: PurePath, folder: PurePath) -> str:
    """The path as the session file keeps it, with ``/``; empty where it is not in ``folder``.

    Both are absolute, and nothing is asked of a disk.
    """
    if not path.is_relative_to(folder):
        return ""
    found = path.relative_to(folder).as_posix()
    return "" if found == "." or leads_outside(found) else found


LONGEST_NAME = 80
"""Characters of a copy's name: with a number behind it, shorter than any system's limit."""

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
"""What a picture's name ends in. The last two are offered so that it is said why they do not do."""


def name_for(name: str) -> str:
    """A name for a copy of a picture that every system takes: letters, digits, ``-_.`` and space.

    It has no folder in it and does not begin with a dot.
    """
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    kept = re.sub(r"[^\w .-]+", "-", stem if dot else suffix).strip(" .-")[:LONGEST_NAME]
    ending = f".{suffix.lower()}" if dot else ""
    return (kept.strip(" .-") or "photo") + (ending if ending in SUFFIXES else ".jpg")
