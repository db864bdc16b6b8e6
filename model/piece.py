"""One piece of a session file: a record with the comments above it, as found or made anew."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from model.session import Session, Table
from model.toml.places import Block, Places
from model.toml.read import kept, read_record
from model.toml.write import heads, plain, record_text, rest, tails, to_toml


class OddPieceError(ValueError):
    """A record whose text does not read back as the record."""


@dataclass(frozen=True, slots=True)
class Piece:
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

    def with_id(self, known: str, newline: str) -> "Piece":
        """The piece of a record that had no id, with the one that reading gave it."""
        header, found, keys = self.body.partition("\n")
        line = _in_lines(to_toml({"id": known}), newline)
        return replace(self, body=f"{header}{found or newline}{line}{keys}")


def cut(text: str, places: Places) -> Iterator[Piece]:
    """Take a text apart: ``"".join`` of all leads, bodies and gaps is the text again."""
    lines = text.split("\n")
    lines = [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
    blocks = list(places.blocks)
    if blocks and not blocks[0].path:
        head = blocks.pop(0)
        yield from _loose(lines[: places.roots[0].start - 1] if places.roots else lines[: head.end])
        ends = [root.start - 1 for root in places.roots[1:]] + [head.end]
        for root, end in zip(places.roots, ends, strict=False):
            yield from _cut(lines, replace(root, end=end), root=True)
    for block in blocks:
        yield from _cut(lines, block, root=False)


def _cut(lines: list[str], block: Block, *, root: bool) -> Iterator[Piece]:
    below = lines[block.last : block.end]
    blank = next((place for place, line in enumerate(below) if line.strip()), len(below))
    place = block.path[1] if len(block.path) > 1 else None
    yield Piece(
        top=str(block.path[0]),
        lead="".join(lines[block.start - 1 : block.line - 1]),
        body="".join(lines[block.line - 1 : block.last]),
        gap="".join(below[:blank]),
        root=root,
        place=place if isinstance(place, int) else None,
    )
    yield from _loose(below[blank:])


def _loose(lines: list[str]) -> Iterator[Piece]:
    """Comments that belong to no record."""
    last = next((at for at in range(len(lines), 0, -1) if lines[at - 1].strip()), 0)
    if lines:
        yield Piece("", "", "".join(lines[:last]), "".join(lines[last:]))


def made_record(name: str, key: str, record: Any, newline: str) -> Piece:
    """A record's new piece. Raises `OddPieceError` where it reads back as anything else."""
    text = record_text(name, record)
    if read_record(type(record), tomllib.loads(text)[name][0]) != record:
        raise OddPieceError(name)
    return Piece(name, "", _in_lines(text, newline), key=key)


def made_heading(name: str, value: Any, newline: str) -> list[Piece]:
    """The piece of the workshop, the board, the clock or the format; none where it is empty.

    Raises `OddPieceError` where it reads back as anything else.
    """
    if name == "format":
        return [Piece(name, "", f"format = {value}{newline}", gap="", root=True)]
    if value == getattr(Session(), name):
        return []
    text = to_toml({name: plain(value)})
    if read_record(type(value), tomllib.loads(text)[name]) != value:
        raise OddPieceError(name)
    return [Piece(name, "", _in_lines(text, newline))]


def made_extra(key: str, value: Any, newline: str) -> list[Piece]:
    """The pieces of a table or a key of the file that Offwall does not know.

    Raises `OddPieceError` where they read back as anything else.
    """
    table = Table(((key, value),)).thaw()
    text = rest(table)
    if dict(kept(tomllib.loads(text), rest).items) != {key: value}:
        raise OddPieceError(key)
    if head := heads(table):
        return [Piece(key, "", _in_lines(head, newline), gap="", root=True)]
    return [Piece(key, "", _in_lines(tail, newline)) for tail in tails(table)]


def _in_lines(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)
