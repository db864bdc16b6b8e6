"""The text of a session file in pieces, a record each, so that what nobody changed keeps its bytes.

A record's comments stand above it and belong to it; comments that stand alone stay where they are.
A record that changes is written anew under its own header, in its old place, below its comments.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from model.changes import COLLECTIONS, PLACE, RECORD, Change, diff, keyed
from model.piece import Piece, cut, made_extra, made_heading, made_record
from model.session import Session, Table
from model.session_file import encoded
from model.toml import loads
from model.toml.errors import MisfitError
from model.toml.places import Places, scan
from model.toml.shapes import LETTERS, slots

ORDER = {key: rank for rank, key in enumerate(slots(Session))}
"""Where a table goes that the file does not have yet: in the order of a session's fields."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file's pieces and the session that they say. ``stale`` lists must be written anew."""

    session: Session
    pieces: tuple[Piece, ...]
    mark: str = ""
    newline: str = "\n"
    end: str = ""
    stale: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, text: str, session: Session) -> "Pieces":
        """Take the text of a file apart, where ``session`` is what it reads as.

        Records without an id get the one that reading gave them, so that it never changes again.
        """
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix(mark)
        newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
        places = scan(text)
        found = _named(cut(text, places), session)
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

    def updated(self, session: Session) -> "Pieces":
        """The pieces of another session; those of unchanged records are the same.

        Raises `model.piece.OddPieceError` and `model.toml.errors.MisfitError` for a record that
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
        self, pieces: list[Piece], name: str, changes: list[Change], session: Session
    ) -> list[Piece]:
        mine = [piece for piece in pieces if piece.top == name]
        known = {piece.key: piece for piece in reversed(mine)}
        whole = len(known) == len(mine) and not any(piece.root for piece in mine)
        whole = whole and name not in self.stale
        touched = {change.key for change in changes if change.field != PLACE}
        new: dict[str, Piece] = {}
        for key, record in keyed(name, getattr(session, name)).items():
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

    def _extra(self, pieces: list[Piece], extra: Table) -> list[Piece]:
        before, after = dict(self.session.extra.items), dict(extra.items)
        for key in {**before, **after}:
            if key not in after or key not in before or before[key] != after[key]:
                new = made_extra(key, after[key], self.newline) if key in after else []
                pieces = _put(pieces, key, new)
        return pieces


def rewritten(path: Path, data: bytes, before: Session, after: Session) -> bytes:
    """The bytes of a file that say ``before``, saying ``after``; comments stay where they can.

    Raises `model.session_file.StoreError`, which names ``path``, as `encoded` does.
    """
    with suppress(ValueError, TypeError, LookupError, RecursionError, MisfitError):
        text = Pieces.of(data.decode("utf-8"), before).updated(after).text()
        if loads(text) == after:
            return text.encode("utf-8")
    return encoded(path, after)


def _named(pieces: Iterable[Piece], session: Session) -> Iterator[Piece]:
    """The pieces, each record's with what it is known by."""
    keys = {name: list(keyed(name, getattr(session, name))) for name in COLLECTIONS}
    for piece in pieces:
        if piece.place is None or piece.top not in keys:
            yield piece
        else:
            yield replace(piece, key=keys[piece.top][piece.place])


def _with_ids(
    pieces: Iterable[Piece], session: Session, places: Places, newline: str
) -> Iterator[Piece]:
    """The pieces, each record's that had no id with the one that reading gave it."""
    done = set[tuple[str, int]]()
    for piece in pieces:
        if piece.place is None or piece.top not in LETTERS or (piece.top, piece.place) in done:
            yield piece
            continue
        done.add((piece.top, piece.place))
        if (piece.top, piece.place, "id") in places.lines:
            yield piece
        else:
            yield piece.with_id(getattr(session, piece.top)[piece.place].id, newline)


def _stale(pieces: Iterable[Piece], session: Session) -> Iterator[str]:
    """Where an id has no line that could be put in: a list at the root, or one written empty."""
    bodies: dict[tuple[str, str], str] = {}
    for piece in pieces:
        bodies.setdefault((piece.top, piece.key), piece.body)
    for name in LETTERS:
        root = bodies.get((name, ""), "")
        records = keyed(name, getattr(session, name)).items()
        if any(record.id not in bodies.get((name, key), root) for key, record in records):
            yield name


def _woven(
    pieces: Iterable[Piece], name: str, new: dict[str, Piece], moved: set[str]
) -> Iterator[Piece]:
    """The file with the records in their new order; those that did not move stay in place."""
    first: list[Piece] = []
    behind: dict[str, list[Piece]] = {}
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


def _put(pieces: list[Piece], top: str, new: list[Piece]) -> list[Piece]:
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


def _place(pieces: list[Piece], top: str, *, root: bool) -> int:
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
