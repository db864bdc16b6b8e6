"""A disk that fails at one call: every write, fsync, rename and the rest, each in its turn."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from offwall.model.store import disk

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "unlink", "mkdir", "chmod")


class Disk:
    """Counts the calls that change a disk, and fails the one at ``at``, or all from there on.

    A write that fails has written half. With ``ever`` no call after it succeeds: what lies there is
    what a program leaves that is ended at that call.
    """

    def __init__(self, at: int, *, ever: bool) -> None:
        self.at = at
        self.ever = ever
        self.calls = 0
        self.failed = ""

    @property
    def dead(self) -> bool:
        """Whether nothing succeeds any more."""
        return self.ever and self.calls >= self.at

    def fails(self, name: str) -> bool:
        """Count a call; whether it is the one that fails."""
        self.calls += 1
        failing = self.calls == self.at or (self.ever and self.calls > self.at)
        self.failed = self.failed or (name if failing else "")
        return failing


@contextmanager
def failing(at: int, *, ever: bool = False) -> Iterator[Disk]:
    """A disk that fails; mended afterwards."""
    found = Disk(at, ever=ever)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _failing(found, name, getattr(os, name)))
        patch.setattr(disk, "write", _half_written(found, disk.write))
        yield found


def _failing(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        reads = name == "open" and not values[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR)
        if reads or not disk.fails(name):
            return real(*values, **named)
        if name == "write":
            real(values[0], values[1][: len(values[1]) // 2])
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    return call


def _half_written(found: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def write(handle: int, data: bytes, **named: bool) -> None:
        # The standard library's files write past `os.write`: this is their call.
        if not found.fails("write of a file"):
            real(handle, data, **named)
            return
        with os.fdopen(handle, "wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return write
