"""One line of the journal: some changes as plain data, in JSON, with a checksum before it.

A value stands in a line as the session file would write it, so that dates, numbers and unknown
keys come back as exactly what they were.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from model.changes import RECORD, Change
from model.session import Session, Table
from model.toml.errors import MisfitError
from model.toml.read import kept, read_record, readers
from model.toml.shapes import Slot
from model.toml.write import in_file, rest, to_toml

SUM = 16
"""Characters of a line's checksum: half of what would be needed against somebody who cheats."""


_COLLECTIONS = frozenset(get_type_hints(Session))


class DamagedLineError(ValueError):
    """A line that is not what was written."""


class UnreadableError(ValueError):
    """A line that is what was written, and holds what no session can; ``rest`` is what one can."""

    def __init__(self, reason: str, rest: "Entry | None" = None) -> None:
        super().__init__(reason)
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Entry:
    """Changes that were made at once, and the number of the last of them in that run."""

    number: int
    changes: tuple[Change, ...]


def encode(entry: Entry) -> bytes:
    """The line of an entry, its newline included."""
    body = json.dumps(
        {"number": entry.number, "changes": [_encoded(change) for change in entry.changes]},
        separators=(",", ":"),
    ).encode()
    return b'{"sum":"%b","entry":%b}\n' % (_sum(body), body)


def decode(line: bytes) -> Entry:
    """The entry of a line.

    Raises `DamagedLineError` for a line that is torn or altered, and `UnreadableError` for one
    whose values no session of this version can hold, such as those of a table that went.
    """
    start, middle = b'{"sum":"', b'","entry":'
    checksum = line[len(start) : len(start) + SUM]
    body = line[len(start) + SUM + len(middle) : -2]
    if line != start + checksum + middle + body + b"}\n" or checksum != _sum(body):
        raise DamagedLineError
    raw = json.loads(body)
    kept = [change for change in raw["changes"] if change[0] in _COLLECTIONS]
    try:
        changes = tuple(_decoded(change) for change in kept)
    except (MisfitError, KeyError, tomllib.TOMLDecodeError) as error:
        raise UnreadableError(str(error)) from error
    entry = Entry(raw["number"], changes)
    if len(kept) < len(raw["changes"]):
        raise UnreadableError("a table that is not known", entry)
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
        return kept(raw, rest)
    if field == "extra":
        return kept(raw)
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
def _by_name(record: type) -> Mapping[str, tuple[Slot, Any]]:
    return {slot.name: (slot, read) for slot, read in readers(record).values()}
