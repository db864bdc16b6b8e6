"""Which session files lie in a folder and the folders within it, each of them once."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from model import disk
from model.session_file import named

SUFFIX = ".toml"


@dataclass
class Found:
    """The files in the order of their paths, and a sentence for each folder that kept its own."""

    files: list[Path] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def find(places: Iterable[Path], apart: Path | None = None) -> Found:
    """The TOML files of these folders; a file that is named itself is taken whatever it is called.

    Links are followed, and a folder or file that two ways lead to is taken once, so that a link to
    a folder above ends. What is hidden (its name begins with a dot) is left alone, and so is all in
    ``apart``, where copies lie.
    """
    found, seen = Found(), set[object]()
    if apart:
        _is_new(apart, seen)
    for place in places:
        if place.is_dir():
            _walk(place, found, seen)
        elif _is_new(place, seen):
            found.files.append(place)
    return found


def _walk(top: Path, found: Found, seen: set[object]) -> None:
    def closed(error: OSError) -> None:
        where = named(Path(str(error.filename)))
        found.closed.append(
            f"{where} cannot be looked into ({disk.reason(error)}); ask who may, or leave it."
        )

    for folder, folders, files in os.walk(top, onerror=closed, followlinks=True):
        here = Path(folder)
        if not _is_new(here, seen):
            folders.clear()
            continue
        folders[:] = sorted(_seen_by_all(folders))
        named_so = (name for name in _seen_by_all(files) if name.lower().endswith(SUFFIX))
        found.files.extend(path for name in sorted(named_so) if _is_new(path := here / name, seen))


def _seen_by_all(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith("."))


def _is_new(path: Path, seen: set[object]) -> bool:
    """Whether no other way led here yet; what cannot be looked at is told by its path."""
    try:
        about = path.stat()
    except OSError:
        key: object = path
    else:
        # Some shares number nothing; there the path has to do.
        key = (about.st_dev, about.st_ino) if about.st_ino else path.resolve()
    if key in seen:
        return False
    seen.add(key)
    return True
