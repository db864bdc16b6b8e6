"""Where a photo may lie: in the session's folder or below it, and nowhere else.

A session file goes from hand to hand, and a path in it must not make anybody's computer read what
lies elsewhere. It is judged as both Windows and the others would read it.
"""

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
