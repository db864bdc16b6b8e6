"""The text of a merged session, with the comments of both files that it grew out of.

A record that only one of two changed keeps that one's very text. Comments are merged as values
are: against what both grew out of, and where both wrote some above the same record, both stand.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from offwall.model.records import Session
from offwall.model.records.changes import COLLECTIONS, HEADINGS, keyed_in
from offwall.model.store.record_text import FilePieces, RecordPiece

Known = tuple[str, str, bool]
"""What tells one piece from another: its table, its record's key, and whether it is at the root."""

Side = tuple[str, Session]
"""The text of a file, and the session in it."""


def with_comments(base: Side | None, ours: Side, theirs: Side, merged: Session) -> str:
    """The text of what came of merging two files, where ``base`` may be no file.

    Raises `model.store.record_text.OddPieceError` and `model.store.toml.read.MisfitError`, as
    `Pieces.updated` does; that the text reads as ``merged`` is for the caller to see.
    """
    mine = FilePieces.of(*ours)
    before, other = (_in_lines_of(mine, side) for side in (base or ("", Session()), theirs))
    result = mine.updated(merged)
    known = (_by_name(before), _by_name(mine), _by_name(other))
    said, others = _said(merged), _said(other.session)
    # What says in the merged session just what it says in theirs.
    of_theirs = {
        place for place, one in others.items() if one is not None and said.get(place) == one
    }
    pieces = [_merged(piece, *known, of_theirs) for piece in result.pieces]
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
