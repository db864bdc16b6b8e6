"""What is kept before the file is: changes, a line each, durable on the local disk.

A change counts as kept once its line is here. At the next start what the file lacks is put back
by record id; a journal is emptied when its session file holds everything in it. Each program that
has a session open writes a journal of its own, which the system releases when the program ends,
however it ends.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from model import disk, state
from model.entries import DamagedLineError, Entry, UnreadableError, decode, encode

STEM, SUFFIX = "journal", ".jsonl"
ASIDE = "damaged"
"""What a journal is called that could not be read to its end; nothing of it is thrown away."""

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Lines:
    """What a journal holds: its entries, where the last of them ends, and whether all is well."""

    entries: tuple[Entry, ...]
    end: int
    sound: bool


def read(data: bytes) -> Lines:
    """The entries of a journal, up to the first line that was altered.

    A last line that was torn, as a power cut leaves it, is passed over: it never counted as kept.
    """
    entries: list[Entry] = []
    end, sound = 0, True
    for line in data.splitlines(keepends=True):
        try:
            entries.append(decode(line))
        except UnreadableError as error:
            sound = False
            entries += [error.rest] if error.rest else []
        except DamagedLineError:
            torn = not data[end + len(line) :].strip(b"\x00\n")
            return Lines(tuple(entries), end, sound and torn)
        end += len(line)
    return Lines(tuple(entries), end, sound)


class Journal:
    """The journal that this program writes, and those that programs left which are no more.

    ``left`` is what they hold, oldest first; ``aside`` are those that could not be read to their
    end; ``drafts`` are the lines that were being typed.
    """

    def __init__(self, folder: Path) -> None:
        """Claim what nobody else writes to. Raises OSError where the folder cannot be used."""
        self.folder = folder
        self.left: tuple[Entry, ...] = ()
        self.aside: list[Path] = []
        self.drafts: list[bytes] = []
        self._handles: dict[Path, int] = {}
        self._end = 0
        for path in self._known():
            self._take_over(path)
        self.path = next(iter(self._handles), None) or self._new()

    def _known(self) -> list[Path]:
        found = [path for _, path in state.numbered(self.folder, STEM, SUFFIX)]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def _take_over(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR)
        if not disk.claim(handle):
            os.close(handle)
            return
        lines = read(path.read_bytes())
        self.left += lines.entries
        with contextlib.suppress(OSError):
            self.drafts.append(self._draft_of(path).read_bytes())
        if not lines.sound:
            self._set_aside(path)
        if not self._handles:
            os.ftruncate(handle, lines.end)
            self._end = lines.end
        self._handles[path] = handle

    def set_aside(self) -> None:
        """Copy what is here, as not all of it could be put back. Raises OSError."""
        for path in self._handles:
            self._set_aside(path)

    def _set_aside(self, path: Path) -> None:
        number = 1 + max((n for n, _ in state.numbered(self.folder, ASIDE, SUFFIX)), default=0)
        aside = self.folder / f"{ASIDE}-{number}{SUFFIX}"
        disk.make_private(aside, path.read_bytes())
        self.aside.append(aside)

    def _new(self) -> Path:
        number = 1
        while True:
            path = self.folder / f"{STEM}-{number}{SUFFIX}"
            with contextlib.suppress(FileExistsError):
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
                handle = os.open(path, flags, 0o600)
                disk.claim(handle)
                disk.sync_folder(self.folder)
                self._handles[path] = handle
                self._end = 0
                return path
            number += 1

    def append(self, *entries: Entry) -> None:
        """Return when the entries are on the disk. Raises OSError; the journal is as it was."""
        if not os.fstat(self._handles[self.path]).st_nlink:
            # The state folder was tidied away under us: begin again where the next start looks.
            os.close(self._handles.pop(self.path))
            disk.make_folder(self.folder)
            self.path = self._new()
        handle = self._handles[self.path]
        lines = b"".join(map(encode, entries))
        # What a failed append left behind is written over.
        os.ftruncate(handle, self._end)
        os.lseek(handle, self._end, os.SEEK_SET)
        written = 0
        while written < len(lines):
            written += os.write(handle, lines[written:])
        disk.sync(handle)
        self._end += len(lines)

    def drop(self) -> None:
        """Forget what is here, as the session file now holds all of it. Raises OSError."""
        for path, handle in list(self._handles.items()):
            os.ftruncate(handle, 0)
            if path != self.path:
                path.unlink(missing_ok=True)
                self._draft_of(path).unlink(missing_ok=True)
                os.close(self._handles.pop(path))
        self._end = 0

    def draft(self, data: bytes) -> None:
        """Keep what is being typed; nothing takes it away. Raises OSError."""
        file = self._draft_of(self.path)
        if data:
            disk.replace_private(file, data, durable=False)
        else:
            file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the journals; what is in them stays, and an empty one goes."""
        for path, handle in self._handles.items():
            with contextlib.suppress(OSError):
                if not os.fstat(handle).st_size and not self._draft_of(path).exists():
                    path.unlink(missing_ok=True)
            os.close(handle)
        self._handles.clear()

    def _draft_of(self, journal: Path) -> Path:
        number = journal.name.removeprefix(f"{STEM}-").removesuffix(SUFFIX)
        return self.folder / f"{DRAFT}-{number}.json"


def holds_something(folder: Path) -> bool:
    """Whether a journal lies there that its session file has not taken."""
    return any(path.stat().st_size for _, path in state.numbered(folder, STEM, SUFFIX))


def in_use(folder: Path) -> bool:
    """Whether a program that runs now writes to a journal there. Raises OSError."""
    for _, path in state.numbered(folder, STEM, SUFFIX):
        handle = os.open(path, os.O_RDWR)
        try:
            if not disk.claim(handle):
                return True
        finally:
            os.close(handle)
    return False
