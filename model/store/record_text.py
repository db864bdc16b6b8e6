"""The text of a session file in pieces, a record each, so that what nobody changed keeps its
bytes and comments, also where two files are merged.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from offwall.model.records import Session, Table, diff
from offwall.model.records.changes import (
    COLLECTIONS,
    HEADINGS,
    MADE_IDS,
    PLACE,
    RECORD,
    Change,
    keyed_in,
)
from offwall.model.records.fields import Collection
from offwall.model.store.session_file import encoded
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_lines import LineMap, map_lines
from offwall.model.store.toml.record_tables import (
    MisfitError,
    head_keys,
    parse_toml,
    plain,
    read_record,
    record_text,
    slots,
    tail_tables,
    to_toml,
    unknown_keys,
    unknown_keys_text,
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


def cut_pieces(text: str, places: LineMap, session: Session) -> Iterator[RecordPiece]:
    """Take a text apart: ``"".join`` of all leads, bodies and gaps is the text again.

    ``session`` is what it reads as: each record's piece has what that is known by.
    """
    keys: dict[str, list[str]] = {name: list(keyed_in(session, name)) for name in COLLECTIONS}
    lengths = [0, *accumulate(map(len, text.split("\n")))]

    def lines(start: int, end: int) -> str:
        """The lines from one, counted from 0, up to and without another."""
        return text[lengths[start] + start : lengths[end] + end]

    blocks = [(block, False) for block in places.blocks]
    head = places.blocks[0]
    if not head.path:
        yield from _loose(lines(0, places.roots[0].start - 1 if places.roots else head.end))
        ends = [*(root.start - 1 for root in places.roots[1:]), head.end]
        roots = zip(places.roots, ends, strict=False)
        blocks[:1] = [(replace(root, end=end), True) for root, end in roots]
    for block, root in blocks:
        below = lines(block.last, block.end)
        blank = BLANK_LINES.match(below) if below.strip() else None
        gap = blank[0] if blank else below
        top, place = str(block.path[0]), block.path[1] if len(block.path) > 1 else None
        place = place if isinstance(place, int) else None
        yield RecordPiece(
            top=top,
            lead=lines(block.start - 1, block.line - 1),
            body=lines(block.line - 1, block.last),
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
        pieces = tuple(_with_ids(found, places, newline))
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

        Raises `OddPieceError` and `MisfitError` for a record that does not read back as it was.
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
            if before.get(key) != after.get(key):
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
    pieces: Iterable[RecordPiece], places: LineMap, newline: str
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
            continue
        header, found, keys = piece.body.partition("\n")
        line = _in_lines(to_toml({"id": piece.key}), newline)
        yield replace(piece, body=f"{header}{found or newline}{line}{keys}")


def _stale(pieces: Iterable[RecordPiece], session: Session) -> Iterator[str]:
    """Where an id has no line that could be put in: a list at the root, or one written empty."""
    bodies: dict[tuple[str, str], str] = {}
    for piece in pieces:
        bodies.setdefault((piece.top, piece.key), piece.body)
    for name in MADE_IDS:
        root = bodies.get((name, ""), "")
        if any(key not in bodies.get((name, key), root) for key in keyed_in(session, name)):
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


# Merged, a record that only one of two changed keeps that one's very text. Comments are merged as
# values are: against what both grew out of, and where both wrote some above the same record, both
# stand.

Known = tuple[str, str, bool]
"""What tells one piece from another: its table, its record's key, and whether it is at the root."""

Side = tuple[str, Session]
"""The text of a file, and the session in it."""


def with_comments(base: Side | None, ours: Side, theirs: Side, merged: Session) -> str:
    """The text of what came of merging two files, where ``base`` may be no file.

    Raises as `FilePieces.updated` does; that the text reads as ``merged`` is for the caller to see.
    """
    mine = FilePieces.of(*ours)
    before, other = (
        FilePieces.of(text.replace("\r\n", "\n").replace("\n", mine.newline), session)
        for text, session in (base or ("", Session()), theirs)
    )
    result = mine.updated(merged)
    known = (_by_name(before), _by_name(mine), _by_name(other))
    said, others = _said(merged), _said(other.session)
    # What says in the merged session just what it says in theirs.
    of_theirs = {
        place for place, one in others.items() if one is not None and said.get(place) == one
    }
    alone_before, alone_in_ours, alone_in_theirs = (
        {piece.body for piece in side.pieces if not piece.top} for side in (before, mine, other)
    )
    gone = alone_before - alone_in_theirs
    pieces = [
        _merged(piece, *known, of_theirs)
        for piece in result.pieces
        if piece.top or piece.body not in gone
    ]
    found = _with_loose(pieces, other.pieces, alone_before | alone_in_ours)
    return replace(result, pieces=tuple(found)).text()


def _name(piece: RecordPiece) -> Known:
    return piece.top, piece.key, piece.root


def _by_name(pieces: FilePieces) -> Mapping[Known, RecordPiece]:
    """The pieces that can be told from one another; a heading in two parts is left alone."""
    times = Counter(map(_name, pieces.pieces))
    return {
        _name(piece): piece for piece in pieces.pieces if piece.top and times[_name(piece)] == 1
    }


def _said(session: Session) -> dict[tuple[str, str], object]:
    """What a session says, under the table and the key of its piece."""
    return (
        {(name, ""): value for name, value in session.extra.items}
        | {(name, ""): getattr(session, name) for name in HEADINGS}
        | {(name, key): one for name in COLLECTIONS for key, one in keyed_in(session, name).items()}
    )


def _merged(
    piece: RecordPiece,
    before: Mapping[Known, RecordPiece],
    mine: Mapping[Known, RecordPiece],
    other: Mapping[Known, RecordPiece],
    of_theirs: Container[tuple[str, str]],
) -> RecordPiece:
    name = _name(piece)
    if name not in other:
        return piece
    old, ours, theirs = before.get(name), mine.get(name), other[name]
    untouched = ours is None or (old is not None and ours.body == old.body)
    body = theirs.body if untouched and (piece.top, piece.key) in of_theirs else piece.body
    lead = _lead(old.lead if old else "", piece.lead, theirs.lead)
    return replace(piece, lead=lead, body=body)


def _lead(old: str, ours: str, theirs: str) -> str:
    """The comments above a record; those of both where both wrote some."""
    if theirs in (old, ours):
        return ours
    if ours == old:
        return theirs
    known = {line.strip() for line in (*ours.splitlines(), *old.splitlines())}
    new = [line for line in theirs.splitlines(keepends=True) if line.strip() not in known]
    return ours + "".join(new)


def _with_loose(
    pieces: list[RecordPiece], theirs: Iterable[RecordPiece], known: Container[str]
) -> list[RecordPiece]:
    """The pieces with the comments standing alone that they wrote, where those stand in theirs."""
    found = list(pieces)
    behind: RecordPiece | None = None
    for piece in theirs:
        if not piece.top and piece.body.strip() and piece.body not in known:
            found.insert(_behind(found, behind), replace(piece, gap=piece.gap or None))
        behind = piece
    return found


def _behind(pieces: list[RecordPiece], behind: RecordPiece | None) -> int:
    """Where a piece goes that stands behind another one: there, else at the end."""
    if behind is None:
        return 0
    same = _name(behind) if behind.top else None
    for place, piece in enumerate(pieces):
        if (_name(piece) == same) if same else (not piece.top and piece.body == behind.body):
            return place + 1
    return len(pieces)
