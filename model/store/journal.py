"""The journal: changes kept before the file is, a line each, in JSON with a checksum, durable on
the local disk.
"""

import contextlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_origin

from offwall.model.records.changes import COLLECTIONS, HEADINGS, RECORD, Change
from offwall.model.records.fields import RECORDS
from offwall.model.store import backups, disk
from offwall.model.store.toml.record_tables import (
    FieldSlot,
    MisfitError,
    in_file,
    parse_toml,
    read_record,
    readers,
    to_toml,
    unknown_keys,
    unknown_keys_text,
)

# A value stands in a line as the session file would write it, so that dates, numbers and unknown
# keys come back as exactly what they were.

SUM = 16
"""Characters of a line's checksum: half of what would be needed against somebody who cheats."""

_TABLES = frozenset({*COLLECTIONS, *HEADINGS})


class DamagedEntryError(ValueError):
    """A line that is not what was written."""


class UnreadableEntryError(ValueError):
    """A line that is what was written, and holds what no session can; ``rest`` is what one can."""

    def __init__(self, reason: str, rest: "JournalEntry | None" = None) -> None:
        super().__init__(reason)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Changes that were made at once, and the number of the last of them in that run.

    With a ``version``, the digest of a session file's bytes, they are what turns the version of
    the entry before it into that one, and the file then held all changes up to ``number``. With
    ``was``, the checksum of a draft, that draft became ``draft`` by these changes. ``owner`` is
    the host and the number of the program that writes, where the system knows no locks. ``past``
    are the versions, apart by a space, of which somebody was told as this one was opened.

    ``label`` names what was done, ``at`` is when (ISO 8601, with its zone) and ``by`` who did it;
    each is empty where that is not known, and ``label`` where nobody did it, as with the minutes.
    """

    number: int
    changes: tuple[Change, ...]
    version: str = ""
    was: str = ""
    draft: str = ""
    owner: str = ""
    past: str = ""
    label: str = ""
    at: str = ""
    by: str = ""


_OPTIONAL = ("version", "was", "draft", "owner", "past", "label", "at", "by")


def encode(entry: JournalEntry) -> bytes:
    """The line of an entry, its newline included."""
    changes = [
        (
            change.collection,
            change.key,
            change.field,
            _text(change.old),
            _text(change.new),
            change.after,
        )
        for change in entry.changes
    ]
    said = {name: value for name in _OPTIONAL if (value := getattr(entry, name))}
    body = json.dumps(
        {"number": entry.number, "changes": changes} | said, separators=(",", ":")
    ).encode()
    return b'{"sum":"%b","entry":%b}\n' % (_sum(body), body)


def decode(line: bytes) -> JournalEntry:
    """The entry of a line.

    Raises `DamagedEntryError` for a line that is torn or altered, and `UnreadableEntryError` for
    one that this version cannot hold: a table that went, a shape that a later one gave it.
    """
    start, middle = b'{"sum":"', b'","entry":'
    checksum = line[len(start) : len(start) + SUM]
    body = line[len(start) + SUM + len(middle) : -2]
    if line != start + checksum + middle + body + b"}\n" or checksum != _sum(body):
        raise DamagedEntryError
    try:
        raw = json.loads(body)
        kept = [change for change in raw["changes"] if change[0] in _TABLES]
        changes = tuple(_decoded(change) for change in kept)
        said = {name: str(raw.get(name, "")) for name in _OPTIONAL}
        entry = JournalEntry(int(raw["number"]), changes, **said)
    except (MisfitError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableEntryError(str(error)) from error
    if len(kept) < len(raw["changes"]):
        raise UnreadableEntryError("a table that is not known", entry)
    return entry


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=SUM // 2).hexdigest().encode()


def _text(value: Any) -> str:
    return "" if value is None else to_toml({"v": in_file(value)})


def _decoded(raw: Sequence[str]) -> Change:
    collection, key, field, *texts, after = raw
    old, new = (_value(collection, field, text) for text in texts)
    return Change(collection, key, field, old, new, after)


def _value(collection: str, field: str, text: str) -> Any:
    if not text:
        return None
    raw = parse_toml(text)["v"]
    if collection == "extra":
        return unknown_keys(raw, unknown_keys_text)
    if field == "extra":
        return unknown_keys(raw)
    if collection == "format":
        return raw
    record = RECORDS[collection].record
    if field == RECORD:
        return read_record(record, raw)
    slot, read = _by_name(record)[field]
    # An empty table and an empty list are one empty tuple in a record.
    return () if raw == [] and get_origin(slot.kind) is tuple else read(raw)


@cache
def _by_name(record: type) -> Mapping[str, tuple[FieldSlot, Any]]:
    return {slot.name: (slot, read) for slot, read in readers(record).values()}


# A change counts as kept once its line is here. At the next start what the file lacks is put back
# by record id. Each run of a program writes a journal of its own, which the system releases when
# the program ends, however it ends. What the file has taken is marked by the version that it then
# was, and stays: with the copy of what was opened, a journal can rebuild whatever was kept in its
# run. Those whose file has all of it lie aside as the last runs, and are bounded.

JOURNAL_STEM, JOURNAL_SUFFIX, DRAFT = "journal", ".jsonl", "draft"
RUN = "kept"
"""What the journal of a run is called whose session file took all of it."""

MOST_RUNS, MOST_RUN_BYTES = 20, 20_000_000
"""How many of these are kept, and how large they may be together."""

ASIDE = "damaged"
"""What a journal is called that could not be read to its end; nothing of it is thrown away."""

_OURS: set[Path] = set()
"""The journals that this program writes to now."""


@dataclass(frozen=True, slots=True)
class JournalContent:
    """What a journal holds: its entries, where the last of them ends, and whether all is well."""

    all: tuple[JournalEntry, ...]
    end: int
    sound: bool

    @property
    def kept(self) -> tuple[JournalEntry, ...]:
        """All changes that were kept."""
        return tuple(entry for entry in self.all if entry.number and not entry.version)

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """The changes that the session file has not taken."""
        taken = max((entry.number for entry in self.versions), default=0)
        return tuple(entry for entry in self.kept if entry.number > taken)

    @property
    def versions(self) -> tuple[JournalEntry, ...]:
        """The versions of the session file that were read and written, in their order."""
        return tuple(entry for entry in self.all if entry.version)


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

    ``left`` is what they hold that their file has not, oldest first; ``aside`` are those that
    could not be read to their end; ``drafts`` are the lines that were being typed; ``past`` are
    the journals of earlier runs.
    """

    def __init__(self, folder: Path) -> None:
        """Claim what nobody else writes to. Raises OSError where the folder cannot be used."""
        self.folder = folder
        self.left: tuple[JournalEntry, ...] = ()
        self.aside: list[Path] = []
        self.drafts: list[bytes] = []
        self._left: dict[Path, int] = {}
        for path in sorted(_files(folder, JOURNAL_STEM), key=lambda one: one.stat().st_mtime_ns):
            self._take_over(path)
        self.past = [*_files(folder, RUN), *self._left]
        self._new()

    @property
    def takes_over(self) -> list[Path]:
        """The journals of programs that are no more, oldest first."""
        return list(self._left)

    def _take_over(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR)
        lines = read_journal(path.read_bytes())
        if _is_written(path, handle, lines):
            os.close(handle)
            return
        # Nor may a mark be read here that a power cut then takes.
        disk.sync(handle)
        self.left += lines.entries
        with contextlib.suppress(OSError):
            draft = _draft_of(path).read_bytes()
            # Without the line that was kept just before the program ended.
            for entry in lines.kept:
                if entry.was and entry.was == checksum(draft):
                    draft = entry.draft.encode()
            self.drafts += [draft] if draft else []
        if not lines.sound:
            self._set_aside(path)
        self._left[path] = handle

    def set_aside(self) -> None:
        """Copy what was left, as not all of it could be put back. Raises OSError."""
        for path in self._left:
            self._set_aside(path)

    def _set_aside(self, path: Path) -> None:
        aside = _next_file(self.folder, ASIDE)
        disk.make_private(aside, path.read_bytes())
        self.aside.append(aside)

    def _new(self) -> None:
        while True:
            path = _next_file(self.folder, JOURNAL_STEM)
            with contextlib.suppress(FileExistsError):
                self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
                self.path = path
                break
        self._end = self._last = self._taken = 0
        _OURS.add(self.path)
        if disk.try_lock(self._handle) is None:
            self.append(JournalEntry(0, (), owner=f"{platform.node()} {os.getpid()}"))
        disk.sync_folder(self.folder)

    def append(self, *entries: JournalEntry) -> None:
        """Return when the entries are on the disk. Raises OSError; the journal is as it was."""
        self._put(entries, durable=True)

    def mark(self, *entries: JournalEntry) -> None:
        """Write versions that a power cut may take. Raises OSError; the journal is as it was."""
        self._put(entries, durable=False)

    def _put(self, entries: Sequence[JournalEntry], *, durable: bool) -> None:
        if not os.fstat(self._handle).st_nlink:
            # The state folder was tidied away under us: begin again where the next start looks.
            self._let_go(self.path, self._handle)
            disk.make_folder(self.folder)
            self._new()
        lines = b"".join(map(encode, entries))
        # What a failed append left behind is written over.
        os.ftruncate(self._handle, self._end)
        os.lseek(self._handle, self._end, os.SEEK_SET)
        written = 0
        while written < len(lines):
            written += os.write(self._handle, lines[written:])
        if durable:
            disk.sync(self._handle)
        self._end += len(lines)
        for entry in entries:
            if entry.version:
                self._taken = max(self._taken, entry.number)
            else:
                self._last = entry.number

    def drop(self) -> None:
        """Lay aside what was left, as the session file now holds all of it. Raises OSError."""
        if not self._left:
            return
        for path in list(self._left):
            self._let_go(path, self._left.pop(path))
            self._lay_aside(path)
        # What is changed from now on must never meet these again, not even after a power cut.
        disk.sync_folder(self.folder)

    def _lay_aside(self, path: Path) -> None:
        _draft_of(path).unlink(missing_ok=True)
        lines = read_journal(path.read_bytes())
        # What others wrote in that run is history too: its versions are known again by it.
        if lines.kept or len(lines.versions) > 1:
            aside = path.rename(_next_file(self.folder, RUN))
            self.past[:] = [aside if one == path else one for one in self.past]
            _forget_runs(self.folder)
        else:
            path.unlink(missing_ok=True)

    def draft(self, data: bytes) -> None:
        """Keep what is being typed; nothing takes it away. Raises OSError."""
        file = _draft_of(self.path)
        if data:
            disk.replace_private(file, data, durable=False)
        else:
            file.unlink(missing_ok=True)
        # What programs left that are no more was taken up, and is in this one.
        for path in self._left:
            _draft_of(path).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the journals; what the file lacks stays, and what it has lies aside."""
        with contextlib.suppress(OSError):
            disk.sync(self._handle)
        for path, handle in ((self.path, self._handle), *self._left.items()):
            self._let_go(path, handle)
        self._left.clear()
        with contextlib.suppress(OSError):
            if self._last <= self._taken and not _draft_of(self.path).exists():
                self._lay_aside(self.path)

    def _let_go(self, path: Path, handle: int) -> None:
        _OURS.discard(path)
        with contextlib.suppress(OSError):
            os.close(handle)


def checksum(draft: bytes) -> str:
    """What an entry calls a draft that its changes ended."""
    return _sum(draft).decode()


def _files(folder: Path, stem: str) -> list[Path]:
    return [path for _, path in backups.numbered_files(folder, stem, JOURNAL_SUFFIX)]


def _next_file(folder: Path, stem: str) -> Path:
    known = (number for number, _ in backups.numbered_files(folder, stem, JOURNAL_SUFFIX))
    return folder / f"{stem}-{max(known, default=0) + 1}{JOURNAL_SUFFIX}"


def _draft_of(journal: Path) -> Path:
    number = journal.name.removeprefix(f"{JOURNAL_STEM}-").removesuffix(JOURNAL_SUFFIX)
    return journal.with_name(f"{DRAFT}-{number}.json")


def _is_written(path: Path, handle: int, lines: JournalContent) -> bool:
    """Whether a program that runs now writes to a journal; otherwise it is locked now."""
    locked = disk.try_lock(handle)
    if locked is not None:
        return not locked
    owner = next((entry.owner for entry in lines.all if entry.owner), "")
    host, _, pid = owner.rpartition(" ")
    if path in _OURS or not pid.isdecimal():
        return path in _OURS
    # Of another computer's program nobody here knows whether it runs.
    return host != platform.node() or (
        int(pid) != os.getpid() and disk.is_process_running(int(pid))
    )


def _forget_runs(folder: Path) -> None:
    room = MOST_RUN_BYTES
    for place, path in enumerate(reversed(_files(folder, RUN))):
        room -= path.stat().st_size
        if place and (place >= MOST_RUNS or room < 0):
            with contextlib.suppress(OSError):
                path.unlink()


def runs(folder: Path) -> list[Path]:
    """The journals of a session, those of the last runs first; the latest comes last."""
    return [*_files(folder, RUN), *_files(folder, JOURNAL_STEM)]


def holds_something(folder: Path) -> bool:
    """Whether a journal lies there that its session file has not taken."""
    return any(read_journal(path.read_bytes()).entries for path in _files(folder, JOURNAL_STEM))


def in_use(folder: Path) -> bool:
    """Whether a program that runs now writes to a journal there. Raises OSError."""
    for path in _files(folder, JOURNAL_STEM):
        handle = os.open(path, os.O_RDWR)
        try:
            if _is_written(path, handle, read_journal(path.read_bytes())):
                return True
        finally:
            os.close(handle)
    return False
