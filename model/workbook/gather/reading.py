"""Which session files lie in folders, and what each gives, in the order of their paths."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from offwall.model.store import StoreError, disk, read_session
from offwall.model.store.session_file import path_in_words
from offwall.model.tables import SheetRow
from offwall.model.workbook.gather.tidy_tables import is_session, tidy_tables

SUFFIX = ".toml"


@dataclass
class SessionFiles:
    """The files in the order of their paths, and a sentence for each folder that kept its own."""

    files: list[Path] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def find_sessions(places: Iterable[Path], apart: Path | None = None) -> SessionFiles:
    """The TOML files of these folders; a file that is named itself is taken whatever it is called.

    Links are followed, and a folder or file that two ways lead to is taken once, so that a link to
    a folder above ends. What is hidden (its name begins with a dot) is left alone, and so is all in
    ``apart``, where copies lie.
    """
    found, seen = SessionFiles(), set[object]()
    if apart:
        _is_new(apart, seen)
    for place in places:
        if place.is_dir():
            _walk(place, found, seen)
        elif _is_new(place, seen):
            found.files.append(place)
    return found


def _walk(top: Path, found: SessionFiles, seen: set[object]) -> None:
    def closed(error: OSError) -> None:
        where = path_in_words(Path(str(error.filename)))
        found.closed.append(
            f"{where} cannot be looked into ({disk.os_reason(error)}); ask who may, or leave it."
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


# Session files read one after another, and what each gave.


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """What one file gave: each table's rows, in the order of
    `model.workbook.gather.tidy_tables.tidy_tables`.

    Where there are none, ``why`` says in a sentence that it ``failed`` or is no session.
    """

    file: Path
    workshop: str = ""
    rows: tuple[Sequence[SheetRow], ...] = ()
    why: str = ""
    failed: bool = False


def gather_file(file: Path) -> GatheredFile:
    """What a file gives."""
    try:
        session = read_session(file)
        if not is_session(session):
            return GatheredFile(file, why=f"{path_in_words(file)} is no session.")
        rows = tuple(table.rows for table in tidy_tables(session, file.as_posix()))
    except StoreError as wrong:
        return GatheredFile(file, why=str(wrong), failed=True)
    except Exception as fault:
        # One file of hundreds, that nobody foresaw, does not cost the others.
        why = f"{path_in_words(file)} could not be gathered ({type(fault).__name__}: {fault})."
        return GatheredFile(file, why=why, failed=True)
    return GatheredFile(file, session.workshop.id, rows)
