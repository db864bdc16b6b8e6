"""The text of a session file in pieces, a record each, so that what nobody changed keeps its
bytes and comments.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from offwall.model.records import Session, Table, diff
from offwall.model.records.changes import COLLECTIONS, MADE_IDS, PLACE, RECORD, Change, keyed_in
from offwall.model.records.fields import RECORDS, Collection
from offwall.model.records.uses import records_of
from offwall.model.store.session_file import encoded
from offwall.model.store.toml import MisfitError, loads, unknown_keys, unknown_keys_text
from offwall.model.store.toml.read import parse_toml, read_record
from offwall.model.store.toml.record_lines import LineMap, RecordBlock, map_lines
from offwall.model.store.toml.write import (
    head_keys,
    plain,
    record_text,
    slots,
    tail_tables,
    to_toml,
)

BLANK_LINES = re.compile(r"(?:[^\S\n]*+\n)*+")


class OddPieceError(ValueError):
    """A record whose text does not read back as the record."""


@dataclass(frozen=True, slots=True)
class RecordPiece:
    """Some lines of the file that belong together.

    ``top`` is the first key of what they say, empty for comments that stand alone; ``place`` the
    record's among its like, and ``key`` what it is known by. ``lead`` are the comments above
    ``body``, and ``gap`` the blank lines below it: None is one, where anything follows. ``root``
    is a key before the first header.
    """

    top: str
    lead: str
    body: str
    gap: str | None = None
    root: bool = False
    place: int | None = None
    key: str = ""

    def with_id(self, known: str, newline: str) -> "RecordPiece":
        """The piece of a record that had no id, with the one that reading gave it."""
        header, found, keys = self.body.partition("\n")
        line = _in_lines(to_toml({"id": known}), newline)
        return replace(self, body=f"{header}{found or newline}{line}{keys}")


def cut_pieces(text: str, places: LineMap, session: Session) -> Iterator[RecordPiece]:
    """Take a text apart: ``"".join`` of all leads, bodies and gaps is the text again.

    ``session`` is what it reads as: each record's piece has what that is known by.
    """
    keys: dict[str, list[str]] = {name: list(keyed_in(session, name)) for name in COLLECTIONS}
    lines = _Lines(text)
    blocks = list(places.blocks)
    if blocks and not blocks[0].path:
        head = blocks.pop(0)
        first = places.roots[0].start - 1 if places.roots else head.end
        yield from _loose(lines.between(0, first))
        ends = [root.start - 1 for root in places.roots[1:]] + [head.end]
        for root, end in zip(places.roots, ends, strict=False):
            yield from _cut(lines, replace(root, end=end), keys, root=True)
    for block in blocks:
        yield from _cut(lines, block, keys, root=False)


class _Lines:
    """A text of which lines are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lengths = [0, *accumulate(map(len, text.split("\n")))]

    def between(self, start: int, end: int) -> str:
        """The lines from one, counted from 0, up to and without another."""
        return self._text[self._lengths[start] + start : self._lengths[end] + end]


def _cut(
    lines: _Lines, block: RecordBlock, keys: Mapping[str, list[str]], *, root: bool
) -> Iterator[RecordPiece]:
    below = lines.between(block.last, block.end)
    blank = BLANK_LINES.match(below) if below.strip() else None
    gap = blank[0] if blank else below
    top, place = str(block.path[0]), block.path[1] if len(block.path) > 1 else None
    place = place if isinstance(place, int) else None
    yield RecordPiece(
        top=top,
        lead=lines.between(block.start - 1, block.line - 1),
        body=lines.between(block.line - 1, block.last),
        gap=gap,
        root=root,
        place=place,
        key="" if place is None or top not in keys else keys[top][place],
    )
    yield from _loose(below[len(gap) :])


def _loose(text: str) -> Iterator[RecordPiece]:
    """Comments that belong to no record."""
    if text:
        said = len(text.rstrip())
        last = text.find("\n", said) + 1 or len(text) if said else 0
        yield RecordPiece("", "", text[:last], text[last:])


def made_record(name: str, key: str, record: Any, newline: str) -> RecordPiece:
    """A record's new piece. Raises `OddPieceError` where it reads back as anything else."""
    text = record_text(name, record)
    if read_record(type(record), parse_toml(text)[name][0]) != record:
        raise OddPieceError(name)
    return RecordPiece(name, "", _in_lines(text, newline), key=key)


def made_heading(name: str, value: Any, newline: str) -> list[RecordPiece]:
    """The piece of the workshop, the board, the clock or the format; none where it is empty.

    Raises `OddPieceError` where it reads back as anything else.
    """
    if name == "format":
        return [RecordPiece(name, "", f"format = {value}{newline}", gap="", root=True)]
    if value == getattr(Session(), name):
        return []
    text = to_toml({name: plain(value)})
    if read_record(type(value), parse_toml(text)[name]) != value:
        raise OddPieceError(name)
    return [RecordPiece(name, "", _in_lines(text, newline))]


def made_extra(key: str, value: Any, newline: str) -> list[RecordPiece]:
    """The pieces of a table or a key of the file that Offwall does not know.

    Raises `OddPieceError` where they read back as anything else.
    """
    table = Table(((key, value),)).thaw()
    text = unknown_keys_text(table)
    if dict(unknown_keys(parse_toml(text), unknown_keys_text).items) != {key: value}:
        raise OddPieceError(key)
    if head := head_keys(table):
        return [RecordPiece(key, "", _in_lines(head, newline), gap="", root=True)]
    return [RecordPiece(key, "", _in_lines(tail, newline)) for tail in tail_tables(table)]


def _in_lines(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)


# A record's comments stand above it and belong to it; comments that stand alone stay where they
# are. A record that changes is written anew under its own header, in its old place, below its
# comments.

ORDER = {key: rank for rank, key in enumerate(slots(Session))}
"""Where a table goes that the file does not have yet: in the order of a session's fields."""


@dataclass(frozen=True, slots=True)
class FilePieces:
    """A file's pieces and the session that they say. ``stale`` lists must be written anew."""

    session: Session
    pieces: tuple[RecordPiece, ...]
    mark: str = ""
    newline: str = "\n"
    end: str = ""
    stale: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, text: str, session: Session) -> "FilePieces":
        """Take the text of a file apart, where ``session`` is what it reads as.

        Records without an id get the one that reading gave them, so that it never changes again.
        """
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix(mark)
        newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
        places = map_lines(text, keys=False)
        found = cut_pieces(text, places, session)
        pieces = tuple(_with_ids(found, session, places, newline))
        end = pieces[-1].gap or "" if pieces else ""
        pieces = (*pieces[:-1], *(replace(last, gap=None) for last in pieces[-1:]))
        return cls(session, pieces, mark, newline, end, frozenset(_stale(pieces, session)))

    def text(self) -> str:
        """The pieces joined."""
        parts = [self.mark]
        for piece in self.pieces[:-1]:
            parts += (piece.lead, piece.body)
            if piece.body and not piece.body.endswith("\n"):
                parts.append(self.newline)
            parts.append(self.newline if piece.gap is None else piece.gap)
        parts += (f"{last.lead}{last.body}{self.end}" for last in self.pieces[-1:])
        return "".join(parts)

    def updated(self, session: Session) -> "FilePieces":
        """The pieces of another session; those of unchanged records are the same.

        Raises `model.store.record_text.OddPieceError` and `model.store.toml.read.MisfitError`
        for a record that
        does not read back as it was.
        """
        changes: dict[str, list[Change]] = {name: [] for name in self.stale}
        for change in diff(self.session, session):
            changes.setdefault(change.collection, []).append(change)
        pieces = list(self.pieces)
        for name in sorted(changes, key=lambda name: ORDER.get(name, len(ORDER))):
            if name in COLLECTIONS:
                pieces = self._collection(pieces, name, changes[name], session)
            elif name == "extra":
                pieces = self._extra(pieces, session.extra)
            else:
                new = made_heading(name, getattr(session, name), self.newline)
                pieces = _put(pieces, name, new)
        end = self.end if pieces[-1:] == list(self.pieces[-1:]) else ""
        return replace(self, session=session, pieces=tuple(pieces), end=end, stale=frozenset[str]())

    def _collection(
        self, pieces: list[RecordPiece], name: Collection, changes: list[Change], session: Session
    ) -> list[RecordPiece]:
        mine = [piece for piece in pieces if piece.top == name]
        known = {piece.key: piece for piece in reversed(mine)}
        whole = len(known) == len(mine) and not any(piece.root for piece in mine)
        whole = whole and name not in self.stale
        touched = {change.key for change in changes if change.field != PLACE}
        new: dict[str, RecordPiece] = {}
        for key, record in keyed_in(session, name).items():
            old = known.get(key)
            if old is not None and key not in touched and not old.root and whole:
                new[key] = old
            else:
                made = made_record(name, key, record, self.newline)
                new[key] = replace(made, lead=old.lead, gap=old.gap) if old else made
        if not whole or not mine:
            return _put(pieces, name, list(new.values()))
        moved = {change.key for change in changes if change.field in (PLACE, RECORD)}
        return list(_woven(pieces, name, new, moved))

    def _extra(self, pieces: list[RecordPiece], extra: Table) -> list[RecordPiece]:
        before, after = dict(self.session.extra.items), dict(extra.items)
        for key in {**before, **after}:
            if key not in after or key not in before or before[key] != after[key]:
                new = made_extra(key, after[key], self.newline) if key in after else []
                pieces = _put(pieces, key, new)
        return pieces


def rewritten(path: Path, data: bytes, before: Session, after: Session) -> bytes:
    """The bytes of a file that say ``before``, saying ``after``; comments stay where they can.

    Raises `model.store.session_file.StoreError`, which names ``path``, as `encoded` does.
    """
    with suppress(ValueError, TypeError, LookupError, RecursionError, MisfitError):
        text = FilePieces.of(data.decode("utf-8"), before).updated(after).text()
        if loads(text) == after:
            return text.encode("utf-8")
    return encoded(path, after)


def _with_ids(
    pieces: Iterable[RecordPiece], session: Session, places: LineMap, newline: str
) -> Iterator[RecordPiece]:
    """The pieces, each record's that had no id with the one that reading gave it."""
    done = set[tuple[str, int]]()
    for piece in pieces:
        if piece.place is None or piece.top not in MADE_IDS or (piece.top, piece.place) in done:
            yield piece
            continue
        done.add((piece.top, piece.place))
        if (piece.top, piece.place, "id") in places.lines:
            yield piece
        else:
            yield piece.with_id(
                records_of(session, RECORDS[piece.top].collection)[piece.place].id, newline
            )


def _stale(pieces: Iterable[RecordPiece], session: Session) -> Iterator[str]:
    """Where an id has no line that could be put in: a list at the root, or one written empty."""
    bodies: dict[tuple[str, str], str] = {}
    for piece in pieces:
        bodies.setdefault((piece.top, piece.key), piece.body)
    for name in MADE_IDS:
        root = bodies.get((name, ""), "")
        records = keyed_in(session, name).items()
        if any(record.id not in bodies.get((name, key), root) for key, record in records):
            yield name


def _woven(
    pieces: Iterable[RecordPiece], name: str, new: dict[str, RecordPiece], moved: set[str]
) -> Iterator[RecordPiece]:
    """The file with the records in their new order; those that did not move stay in place."""
    first: list[RecordPiece] = []
    behind: dict[str, list[RecordPiece]] = {}
    row = first
    for key, piece in new.items():
        if key in moved:
            row.append(piece)
        else:
            row = behind[key] = []
    for piece in pieces:
        if piece.top != name:
            yield piece
            continue
        yield from first
        first = []
        if piece.key in behind:
            yield new[piece.key]
            yield from behind[piece.key]


def _put(pieces: list[RecordPiece], top: str, new: list[RecordPiece]) -> list[RecordPiece]:
    """The file with these pieces in the place of all that said the same; else where they belong."""
    root = any(piece.root for piece in new)
    there = [place for place, piece in enumerate(pieces) if piece.top == top and piece.root == root]
    at = there[0] if there else _place(pieces, top, root=root)
    if new and there:
        new = [replace(new[0], lead=pieces[at].lead), *new[1:]]
    return [
        *(piece for piece in pieces[:at] if piece.top != top),
        *new,
        *(piece for piece in pieces[at:] if piece.top != top),
    ]


def _place(pieces: list[RecordPiece], top: str, *, root: bool) -> int:
    """Where a table goes that the file does not have: never before a key without a header."""
    rank = -1 if root else ORDER.get(top, len(ORDER))
    before = [
        place
        for place, piece in enumerate(pieces)
        if piece.root or (piece.top and ORDER.get(piece.top, len(ORDER)) <= rank)
    ]
    if before:
        return before[-1] + 1
    return next((place for place, piece in enumerate(pieces) if piece.top), len(pieces))
