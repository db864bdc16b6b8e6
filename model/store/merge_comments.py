"""The text of a merged session, with the comments of both files that it grew out of.

A record that only one of two changed keeps that one's very text. Comments are merged as values
are: against what both grew out of, and where both wrote some above the same record, both stand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from offwall.model.records import Session
from offwall.model.records.changes import COLLECTIONS, keyed_in
from offwall.model.records.fields import value_of
from offwall.model.store.record_text import FilePieces, RecordPiece

Known = tuple[str, str, bool]
"""What tells one piece from another: its table, its record's key, and whether it is at the root."""

Side = tuple[str, Session]
"""The text of a file, and the session in it."""


def with_comments(base: Side | None, ours: Side, theirs: Side, merged: Session) -> str:
    """The text of what came of merging two files, where ``base`` may be no file.

    Raises `model.store.record_text.OddPieceError` and `model.store.toml.errors.MisfitError`, as
    `Pieces.updated` does; that the text reads as ``merged`` is for the caller to see.
    """
    mine = FilePieces.of(*ours)
    before, other = (_in_lines_of(mine, side) for side in (base or ("", Session()), theirs))
    result = mine.updated(merged)
    known = (_by_name(before), _by_name(mine), _by_name(other))
    records = _MergedRecords(mine.session, other.session, merged)
    pieces = [_merged(piece, *known, records) for piece in result.pieces]
    pieces = _without_gone(pieces, before, other)
    return replace(result, pieces=tuple(_with_loose(pieces, before, mine, other))).text()


def _in_lines_of(mine: FilePieces, side: Side) -> FilePieces:
    text, session = side
    return FilePieces.of(text.replace("\r\n", "\n").replace("\n", mine.newline), session)


def _name(piece: RecordPiece) -> Known:
    return piece.top, piece.key, piece.root


def _by_name(pieces: FilePieces) -> Mapping[Known, RecordPiece]:
    """The pieces that can be told from one another; a heading in two parts is left alone."""
    times = Counter(map(_name, pieces.pieces))
    return {_name(one): one for one in pieces.pieces if one.top and times[_name(one)] == 1}


class _MergedRecords:
    """The records of the three sessions, to see whose a merged one is."""

    def __init__(self, *sessions: Session) -> None:
        self._sessions = sessions

    def are_theirs(self, piece: RecordPiece) -> bool:
        """Whether a piece says in the merged session just what it says in theirs."""
        _, theirs, merged = (self._value(session, piece) for session in self._sessions)
        return theirs is not None and theirs == merged

    @staticmethod
    def _value(session: Session, piece: RecordPiece) -> object:
        if piece.top in COLLECTIONS:
            return keyed_in(session, piece.top).get(piece.key)
        if hasattr(session, piece.top):
            return value_of(session, piece.top)
        return dict(session.extra.items).get(piece.top)


def _merged(
    piece: RecordPiece,
    before: Mapping[Known, RecordPiece],
    mine: Mapping[Known, RecordPiece],
    other: Mapping[Known, RecordPiece],
    records: _MergedRecords,
) -> RecordPiece:
    name = _name(piece)
    if name not in other:
        return piece
    old, ours, theirs = before.get(name), mine.get(name), other[name]
    untouched = ours is None or (old is not None and ours.body == old.body)
    body = theirs.body if untouched and records.are_theirs(piece) else piece.body
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


def _loose(pieces: Iterable[RecordPiece]) -> list[str]:
    return [piece.body for piece in pieces if not piece.top]


def _without_gone(
    pieces: list[RecordPiece], before: FilePieces, other: FilePieces
) -> list[RecordPiece]:
    """The pieces without the comments standing alone that they took away."""
    gone = {*_loose(before.pieces)} - {*_loose(other.pieces)}
    return [piece for piece in pieces if piece.top or piece.body not in gone]


def _with_loose(
    pieces: list[RecordPiece], before: FilePieces, mine: FilePieces, other: FilePieces
) -> Iterable[RecordPiece]:
    """The pieces with the comments standing alone that they wrote, where those stand in theirs."""
    known = {*_loose(before.pieces), *_loose(mine.pieces)}
    found = list(pieces)
    behind: RecordPiece | None = None
    for piece in other.pieces:
        if not piece.top and piece.body.strip() and piece.body not in known:
            found.insert(_place(found, behind), replace(piece, gap=piece.gap or None))
        behind = piece
    return found


def _place(pieces: list[RecordPiece], behind: RecordPiece | None) -> int:
    """Where a piece goes that stands behind another one: there, else at the end."""
    if behind is None:
        return 0
    same = _name(behind) if behind.top else None
    for place, piece in enumerate(pieces):
        if (_name(piece) == same) if same else (not piece.top and piece.body == behind.body):
            return place + 1
    return len(pieces)
