"""A power cut after any of the calls of a run: every state that the disk may legally be left in.

What was fsynced is there. Of what was not:

- of the changes to a folder's names, in their order, the first few are there, and no later one;
- of the changes to a file, in their order, the first few; of the bytes in them all, half or none,
  where none leaves zeros in a file that had grown and what stood there before in one that had not;
- folders and files know nothing of one another: names may be there without the bytes, and bytes
  without their names.

That is what journalled file systems promise (ext4, XFS, APFS, NTFS), and less than they do.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.tracing import Bytes, Counted, Event, Length, Name, Synced, Trace

WHOLE, HALF, NONE = 1.0, 0.5, 0.0

Some = Callable[[int], int]
"""How many of so many changes came through."""

Fate = Callable[[], float]
"""How much of some bytes came through."""


@dataclass(frozen=True)
class Cut:
    """What of the changes that nobody had fsynced came through a power cut."""

    names: Some
    changes: Some
    bytes: Fate


def all_of(number: int) -> int:
    """All came through."""
    return number


def none_of(_: int) -> int:
    """None came through."""
    return 0


CORNERS = {
    "nothing": Cut(none_of, none_of, lambda: WHOLE),
    "everything": Cut(all_of, all_of, lambda: WHOLE),
    "names alone": Cut(all_of, none_of, lambda: WHOLE),
    "bytes alone": Cut(none_of, all_of, lambda: WHOLE),
    "names and lengths": Cut(all_of, all_of, lambda: NONE),
    "half of the bytes": Cut(all_of, all_of, lambda: HALF),
}
"""The cuts that harm most programs that were not made for them."""


def at_random(draw: Random) -> Cut:
    """Any of the cuts there can be."""

    def some(number: int) -> int:
        return draw.randint(0, number)

    return Cut(some, some, lambda: draw.choice((WHOLE, HALF, NONE)))


@dataclass
class _File:
    durable: bytes
    changes: list[Bytes | Length] = field(default_factory=list)

    def left(self, cut: Cut) -> bytes:
        """What is read after a cut."""
        data = bytearray(self.durable)
        for change in self.changes[: cut.changes(len(self.changes))]:
            _change(data, change, cut.bytes)
        return bytes(data)


def _change(data: bytearray, change: Bytes | Length, fate: Fate) -> None:
    if isinstance(change, Length):
        del data[change.length :]
        data += bytes(change.length - len(data))
        return
    end = change.at + len(change.data)
    data += bytes(max(0, end - len(data)))
    through = change.data[: int(len(change.data) * fate())]
    data[change.at : change.at + len(through)] = through


@dataclass
class _Folder:
    durable: dict[str, int]
    changes: list[Name] = field(default_factory=list)

    def left(self, cut: Cut) -> dict[str, int]:
        """The names that are there after a cut."""
        names: dict[str, int | None] = dict(self.durable)
        for change in self.changes[: cut.names(len(self.changes))]:
            names.update(change.names)
        return {name: number for name, number in names.items() if number is not None}


class Disk:
    """A disk at one moment of a run; `leave` makes what a power cut then leaves."""

    def __init__(self, trace: Trace, events: int) -> None:
        self._trace = trace
        self._files = {number: _File(data) for number, data in trace.files.items()}
        self._folders: dict[int, _Folder] = {}
        for number, names in trace.folders.items():
            self._folders[number] = _Folder(dict(names))
        self.kept = 0
        for event in trace.events[:events]:
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, Counted):
            self.kept = max(self.kept, event.changes)
        elif isinstance(event, Name):
            self._folders[event.folder].changes.append(event)
        elif isinstance(event, Synced):
            self._sync(event.what)
        else:
            self._files.setdefault(event.file, _File(b"")).changes.append(event)

    def _sync(self, number: int) -> None:
        through = CORNERS["everything"]
        if number in self._folders:
            self._folders[number] = _Folder(self._folders[number].left(through))
        elif number in self._files:
            self._files[number] = _File(self._files[number].left(through))

    def leave(self, cut: Cut) -> None:
        """Put what is left into the place where the run was."""
        root = self._trace.root
        shutil.rmtree(root)
        root.mkdir()
        self._made = dict[int, Path]()
        self._lay(root, self._trace.top, cut)

    def _lay(self, path: Path, folder: int, cut: Cut) -> None:
        for name, number in self._folders[folder].left(cut).items():
            if number in self._folders:
                (path / name).mkdir(mode=0o700)
                self._lay(path / name, number, cut)
            elif number in self._made:
                os.link(self._made[number], path / name)
            else:
                file = self._files.get(number, _File(b""))
                (path / name).write_bytes(file.left(cut))
                self._made[number] = path / name


def cuts(trace: Trace, number: int, seed: int) -> Iterator[tuple[str, Disk, Cut]]:
    """So many cuts, spread over the run, each with the words that name it; the corners first."""
    draw = Random(seed)  # noqa: S311 - the same cuts every time
    moments = list(range(len(trace.events) + 1))
    corners = [(moment, name) for moment in moments for name in CORNERS]
    draw.shuffle(corners)
    for moment, name in corners[: number // 2]:
        yield f"after {moment}, {name}", Disk(trace, moment), CORNERS[name]
    for place in range(number - min(number // 2, len(corners))):
        moment = draw.choice(moments)
        yield f"after {moment}, at random {place}", Disk(trace, moment), at_random(draw)
