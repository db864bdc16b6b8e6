"""Files that leave: named after what people wrote, written whole or not at all, never over
another unless told to.

Raises `ExportError`, a sentence with the file and the remedy.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from unicodedata import category, normalize

from offwall.model.records.text import free_name
from offwall.model.store import disk
from offwall.model.store.session_file import half_written


class ExportError(Exception):
    """A file not written, or not read. Its text is a sentence: where, what, what to do."""


def read_input(path: Path, largest: int, what: str) -> bytes:
    """The bytes of ``what``, such as ``a workbook``, that somebody named.

    Raises:
        ExportError: it is not there, is no file, has more than ``largest`` bytes or may not be
            read.
    """
    try:
        if not disk.within(path).is_file():
            why = "is a folder" if path.is_dir() else "is not there"
            raise ExportError(f"{path} {why}. Give the name of {what}.")
        if path.stat().st_size > largest:
            raise ExportError(
                f"{path} is larger than {largest // 2**20} MB. Take out what is not needed."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExportError(f"{path} could not be read: {why}. Check it, or name another.") from None


def write_output(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write ``content`` to ``path`` and return the path written; see `writing`."""
    with output_file(path, force=force) as part:
        part.write_bytes(content)
    return path


@contextmanager
def output_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A file for the caller to write, which then stands at ``path``; nothing does if that fails.

    It is a temporary file in the same folder and is put in place in one step, so that a reader sees
    the old file or the new one. A symbolic link is followed when its target is replaced.

    Raises:
        ExportError: where a file is there and ``force`` is not given, or it cannot be written.
    """
    _check(path, force=force)
    target = path.resolve() if force else path
    part = target.with_name(f"{half_written()}{next(_NUMBERS)}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        yield part
        with part.open("rb+") as file:
            disk.sync(file.fileno())
        if force:
            with suppress(FileNotFoundError):
                part.chmod(target.stat().st_mode & 0o777)
            part.replace(target)
        else:
            _link(part, target)
    except FileExistsError:
        raise ExportError(_exists(path)) from None
    except (OSError, ValueError) as error:
        raise ExportError(_sentence(path, error)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


_NUMBERS = count()
"""Several files may be written side by side."""


def leave_like(session: Path) -> None:
    """Give what leaves from now on the mode of a session file: it holds the same words.

    It is the program's mask that says so; its owner may always read and write what he makes.
    """
    with suppress(OSError, ValueError):
        os.umask(0o066 & ~session.stat().st_mode)


def _check(path: Path, *, force: bool) -> None:
    try:
        if disk.within(path).is_dir():
            raise ExportError(f"{path} is a folder. Give the name of a file.")
        if not path.parent.is_dir():
            raise ExportError(
                f"{path}: the folder {path.parent} is not there. Make it, or name another."
            )
        if not force and os.path.lexists(path):
            raise ExportError(_exists(path))
    except (OSError, ValueError) as error:
        raise ExportError(_sentence(path, error)) from None


def _exists(path: Path) -> str:
    return f"{path} is already there. Name another file, or say --force to replace it."


def _link(part: Path, target: Path) -> None:
    """Put the file in place only if no other has taken the name meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        # A share without hard links: make sure of the name, then put the file over it.
        with target.open("xb"):
            pass
        part.replace(target)


_WHY = {
    errno.EACCES: "you may not write there, or another program has it open. "
    "Close it there, or name another place",
    errno.EPERM: "you may not write there. Name another place",
    errno.EROFS: "the disk can only be read. Name another place",
    errno.ENOSPC: "the disk is full. Make room, or name another place",
    errno.EDQUOT: "your share of the disk is full. Make room, or name another place",
    errno.ENAMETOOLONG: "the name is too long. Give a shorter one",
}


def _sentence(path: Path, error: Exception) -> str:
    code = error.errno if isinstance(error, OSError) else None
    said = getattr(error, "strerror", None) or str(error)
    return f"{path} was not written: {_WHY.get(code or 0, f'{said}. Name another place')}."


# Names of files made of what people wrote: they stay in their folder and open everywhere.

LONGEST_FILE_NAME = 60
"""Characters of a name at most: a few names and a folder fit into what Windows allows a path."""

MOST_BYTES = 180
"""Bytes of a name at most, as UTF-8: file systems take 255, and endings are still to come."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows."""


def safe_name(words: str, otherwise: str) -> str:
    """A file's name, without an ending, that says the words as far as a name can.

    Letters and figures of every script stay, all else becomes a hyphen; ``otherwise`` serves
    where nothing is left, and before what Windows takes for a device.
    """
    text = normalize("NFC", words)
    # Marks belong to the letters of many scripts; what directs or joins (Cf) does not print.
    kept = (one if category(one)[0] in "LNM" and one.isprintable() else " " for one in text)
    name = "-".join("".join(kept).split())[:LONGEST_FILE_NAME]
    name = name.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip("-")
    return f"{otherwise}-{name}" if _RESERVED.fullmatch(name) else name or otherwise


def safe_names(all_words: Iterable[str], otherwise: str) -> list[str]:
    """A name for each, no two alike on a disk that does not tell small letters from capitals."""
    found: dict[str, str] = {}
    for words in all_words:
        name = free_name(safe_name(words, otherwise), found, "-", _folded)
        found[_folded(name)] = name
    return list(found.values())


def _folded(name: str) -> str:
    return normalize("NFKD", name.casefold())
