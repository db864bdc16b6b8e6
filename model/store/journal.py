"""The journal: changes kept before the file is, a line each, in JSON with a checksum, durable on
the local disk.
"""

import contextlib
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from offwall.model.records import Session, Table
from offwall.model.records.changes import RECORD, Change
from offwall.model.store import backups, disk
from offwall.model.store.toml import MisfitError, unknown_keys, unknown_keys_text
from offwall.model.store.toml.read import read_record, readers
from offwall.model.store.toml.write import FieldSlot, in_file, to_toml

# One line of the journal: some changes as plain data, in JSON, with a checksum before it.
#
# A value stands in a line as the session file would write it, so that dates, numbers and unknown
# keys come back as exactly what they were.

SUM = 16
"""Characters of a line's checksum: half of what would be needed against somebody who cheats."""


_COLLECTIONS = frozenset(get_type_hints(Session))


class DamagedEntryError(ValueError):
    """A line that is not what was written."""


class UnreadableEntryError(ValueError):
    """A line that is what was written, and holds what no session can; ``rest`` is what one can."""

    def __init__(self, reason: str, rest: "JournalEntry | None" = None) -> None:
        super().__init__(reason)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Changes that were made at once, and the number of the last of them in that run."""

    number: int
    changes: tuple[Change, ...]


def encode(entry: JournalEntry) -> bytes:
    """The line of an entry, its newline included."""
    body = json.dumps(
        {"number": entry.number, "changes": [_encoded(change) for change in entry.changes]},
        separators=(",", ":"),
    ).encode()
    return b'{"sum":"%b","entry":%b}\n' % (_sum(body), body)


def decode(line: bytes) -> JournalEntry:
    """The entry of a line.

    Raises `DamagedEntryError` for a line that is torn or altered, and `UnreadableEntryError` for
    one whose values no session of this version can hold, such as those of a table that went.
    """
    start, middle = b'{"sum":"', b'","entry":'
    checksum = line[len(start) : len(start) + SUM]
    body = line[len(start) + SUM + len(middle) : -2]
    if line != start + checksum + middle + body + b"}\n" or checksum != _sum(body):
        raise DamagedEntryError
    raw = json.loads(body)
    kept = [change for change in raw["changes"] if change[0] in _COLLECTIONS]
    try:
        changes = tuple(_decoded(change) for change in kept)
    except (MisfitError, KeyError, tomllib.TOMLDecodeError) as error:
        raise UnreadableEntryError(str(error)) from error
    entry = JournalEntry(raw["number"], changes)
    if len(kept) < len(raw["changes"]):
        raise UnreadableEntryError("a table that is not known", entry)
    return entry


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=SUM // 2).hexdigest().encode()


def _encoded(change: Change) -> list[str]:
    return [
        change.collection,
        change.key,
        change.field,
        _text(change.old),
        _text(change.new),
        change.after,
    ]


def _text(value: Any) -> str:
    return "" if value is None else to_toml({"v": in_file(value)})


def _decoded(raw: Sequence[str]) -> Change:
    collection, key, field, old, new, after = raw
    old, new = (_value(collection, field, text) for text in (old, new))
    return Change(collection, key, field, old, new, after)


def _value(collection: str, field: str, text: str) -> Any:
    if not text:
        return None
    raw = tomllib.loads(text)["v"]
    record = _record_of(collection)
    if record is Table:
        return unknown_keys(raw, unknown_keys_text)
    if field == "extra":
        return unknown_keys(raw)
    if record is int:
        return raw
    if field == RECORD:
        return read_record(record, raw)
    slot, read = _by_name(record)[field]
    # An empty table and an empty list are one empty tuple in a record.
    return () if raw == [] and get_origin(slot.kind) is tuple else read(raw)


@cache
def _record_of(collection: str) -> type:
    """What a change of this collection, or of this heading, is about."""
    hint = get_type_hints(Session)[collection]
    kinds = [kind for kind in get_args(hint) if kind not in (NoneType, Ellipsis)]
    record: type = kinds[0] if kinds else hint
    return record


@cache
def _by_name(record: type) -> Mapping[str, tuple[FieldSlot, Any]]:
    return {slot.name: (slot, read) for slot, read in readers(record).values()}


# What is kept before the file is: changes, a line each, durable on the local disk.
#
# A change counts as kept once its line is here. At the next start what the file lacks is put back
# by record id; a journal is emptied when its session file holds everything in it. Each program that
# has a session open writes a journal of its own, which the system releases when the program ends,
# however it ends.

JOURNAL_STEM, JOURNAL_SUFFIX = "journal", ".jsonl"
ASIDE = "damaged"
"""What a journal is called that could not be read to its end; nothing of it is thrown away."""

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class JournalContent:
    """What a journal holds: its entries, where the last of them ends, and whether all is well."""

    entries: tuple[JournalEntry, ...]
    end: int
    sound: bool


def read_journal(data: bytes) -> JournalContent:
    """The entries of a journal, up to the first line that was altered.

    A last line that was torn, as a power cut leaves it, is passed over: it never counted as kept.
    """
    entries: list[JournalEntry] = []
    end, sound = 0, True
    for line in data.splitlines(keepends=True):
        try:
            entries.append(decode(line))
        except UnreadableEntryError as error:
            sound = False
            entries += [error.rest] if error.rest else []
        except DamagedEntryError:
            torn = not data[end + len(line) :].strip(b"\x00\n")
            return JournalContent(tuple(entries), end, sound and torn)
        end += len(line)
    return JournalContent(tuple(entries), end, sound)


class Journal:
    """The journal that this program writes, and those that programs left which are no more.

    ``left`` is what they hold, oldest first; ``aside`` are those that could not be read to their
    end; ``drafts`` are the lines that were being typed.
    """

    def __init__(self, folder: Path) -> None:
        """Claim what nobody else writes to. Raises OSError where the folder cannot be used."""
        self.folder = folder
        self.left: tuple[JournalEntry, ...] = ()
        self.aside: list[Path] = []
        self.drafts: list[bytes] = []
        self._handles: dict[Path, int] = {}
        self._end = 0
        for path in self._known():
            self._take_over(path)
        self.path = next(iter(self._handles), None) or self._new()

    def _known(self) -> list[Path]:
        found = [
            path for _, path in backups.numbered_files(self.folder, JOURNAL_STEM, JOURNAL_SUFFIX)
        ]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def _take_over(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR)
        if not disk.try_lock(handle):
            os.close(handle)
            return
        lines = read_journal(path.read_bytes())
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
        number = 1 + max(
            (n for n, _ in backups.numbered_files(self.folder, ASIDE, JOURNAL_SUFFIX)), default=0
        )
        aside = self.folder / f"{ASIDE}-{number}{JOURNAL_SUFFIX}"
        disk.make_private(aside, path.read_bytes())
        self.aside.append(aside)

    def _new(self) -> Path:
        number = 1
        while True:
            path = self.folder / f"{JOURNAL_STEM}-{number}{JOURNAL_SUFFIX}"
            with contextlib.suppress(FileExistsError):
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
                handle = os.open(path, flags, 0o600)
                disk.try_lock(handle)
                disk.sync_folder(self.folder)
                self._handles[path] = handle
                self._end = 0
                return path
            number += 1

    def append(self, *entries: JournalEntry) -> None:
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
        number = journal.name.removeprefix(f"{JOURNAL_STEM}-").removesuffix(JOURNAL_SUFFIX)
        return self.folder / f"{DRAFT}-{number}.json"


def holds_something(folder: Path) -> bool:
    """Whether a journal lies there that its session file has not taken."""
    return any(
        path.stat().st_size
        for _, path in backups.numbered_files(folder, JOURNAL_STEM, JOURNAL_SUFFIX)
    )


def in_use(folder: Path) -> bool:
    """Whether a program that runs now writes to a journal there. Raises OSError."""
    for _, path in backups.numbered_files(folder, JOURNAL_STEM, JOURNAL_SUFFIX):
        handle = os.open(path, os.O_RDWR)
        try:
            if not disk.try_lock(handle):
                return True
        finally:
            os.close(handle)
    return False
