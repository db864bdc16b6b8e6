"""What a program asks of a disk, written down in order: names made, moved and gone, bytes, fsyncs.

A file is known by its inode, so that a rename, a hard link or a handle that is still open says the
same file. Only what lies in one folder is written down.
"""

import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest


@dataclass(frozen=True)
class Name:
    """A folder's names changed at once: each leads to a file or a folder now, or is gone (None)."""

    folder: int
    names: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Bytes:
    """A file was given these bytes at an offset."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Length:
    """A file was cut or grown to a length."""

    file: int
    length: int


@dataclass(frozen=True)
class Synced:
    """All of a file, or all names of a folder, were asked to be durable, and the disk said yes."""

    what: int


@dataclass(frozen=True)
class Counted:
    """The screen was told that so many changes are kept."""

    changes: int


Event = Name | Bytes | Length | Synced | Counted


class Trace:
    """The events of one run, and what lay in the folder before it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.events: list[Event] = []
        self.folders: dict[int, dict[str, int]] = {}
        self.files: dict[int, bytes] = {}
        self.lock = threading.RLock()
        self._known: dict[int, int] = {}
        self._new = 0
        self.top = self._look(root)

    def _look(self, path: Path) -> int:
        """Take in what lies there already, which is durable."""
        number = path.stat().st_ino
        if number in self._known:
            return self._known[number]
        me = self.born(number)
        if path.is_dir():
            self.folders[me] = {one.name: self._look(one) for one in sorted(path.iterdir())}
        else:
            self.files[me] = path.read_bytes()
        return me

    def born(self, inode: int) -> int:
        """A new file or folder: the system gives the numbers of those that are gone again."""
        self._new += 1
        self._known[inode] = self._new
        return self._new

    def of(self, target: int | str | os.PathLike[str]) -> int | None:
        """What a path or a handle leads to; None for what lies elsewhere or nowhere."""
        try:
            found = os.fstat(target) if isinstance(target, int) else Path(target).stat()
        except OSError:
            return None
        return self._known.get(found.st_ino)

    def place(self, path: str | os.PathLike[str]) -> tuple[int, str] | None:
        """The folder and the name that a path says."""
        folder = self.of(Path(path).parent)
        return None if folder is None else (folder, Path(path).name)

    def counted(self, changes: int) -> None:
        """Write down what the screen is told."""
        with self.lock:
            self.events.append(Counted(changes))


@contextmanager
def traced(root: Path) -> Iterator[Trace]:
    """Write down what is done to a folder meanwhile, by any thread."""
    trace = Trace(root)
    with pytest.MonkeyPatch.context() as patch:
        for name, how in _HOW.items():
            patch.setattr(os, name, _noted(trace, getattr(os, name), how))
        patch.setattr(os, "fdopen", _opened(os.fdopen))
        yield trace


Real = Callable[..., Any]


def _noted(trace: Trace, real: Real, how: Callable[..., Any]) -> Real:
    def call(*values: Any, **named: Any) -> Any:
        # In one order for all threads, which the disk keeps too.
        with trace.lock:
            return how(trace, real, *values, **named)

    return call


def _open(trace: Trace, real: Real, path: Any, flags: int, *more: Any, **named: Any) -> int:
    made = bool(flags & os.O_CREAT) and trace.of(path) is None and trace.place(path)
    handle: int = real(path, flags, *more, **named)
    if made:
        folder, name = made
        trace.events.append(Name(folder, ((name, trace.born(os.fstat(handle).st_ino)),)))
    return handle


def _write(trace: Trace, real: Real, handle: int, data: bytes) -> int:
    file = trace.of(handle)
    at = os.lseek(handle, 0, os.SEEK_CUR) if file else 0
    written: int = real(handle, data)
    if file:
        trace.events.append(Bytes(file, at, bytes(data[:written])))
    return written


def _fsync(trace: Trace, real: Real, handle: int) -> None:
    # The computer that runs this stays on: what would be durable is reckoned, not waited for.
    what = trace.of(handle)
    if what:
        trace.events.append(Synced(what))
    else:
        real(handle)


def _ftruncate(trace: Trace, real: Real, handle: int, length: int) -> None:
    real(handle, length)
    if file := trace.of(handle):
        trace.events.append(Length(file, length))


def _replace(trace: Trace, real: Real, old: Any, new: Any) -> None:
    source, target, file = trace.place(old), trace.place(new), trace.of(old)
    real(old, new)
    if source and target and file:
        assert source[0] == target[0], "nothing moves from folder to folder"
        trace.events.append(Name(source[0], ((source[1], None), (target[1], file))))


def _unlink(trace: Trace, real: Real, path: Any) -> None:
    place = trace.place(path)
    real(path)
    if place:
        trace.events.append(Name(place[0], ((place[1], None),)))


def _mkdir(trace: Trace, real: Real, path: Any, *more: Any, **named: Any) -> None:
    real(path, *more, **named)
    if place := trace.place(path):
        made = trace.born(Path(path).stat().st_ino)
        trace.folders[made] = {}
        trace.events.append(Name(place[0], ((place[1], made),)))


_HOW: dict[str, Callable[..., Any]] = {
    "open": _open,
    "write": _write,
    "fsync": _fsync,
    "ftruncate": _ftruncate,
    "replace": _replace,
    "rename": _replace,
    "unlink": _unlink,
    "mkdir": _mkdir,
}


class _File:
    """A file of the standard library's, which writes by `os.write`, where the trace sees it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._handle, data) :]

    def flush(self) -> None:
        """Nothing waits."""

    def fileno(self) -> int:
        return self._handle


def _opened(real: Real) -> Real:
    def fdopen(handle: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        writes = mode == "wb" and stat.S_ISREG(os.fstat(handle).st_mode)
        return _File(handle) if writes else real(handle, mode, *more, **named)

    return fdopen
