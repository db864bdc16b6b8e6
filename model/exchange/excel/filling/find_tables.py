"""Which cells of a workbook hold our tables: the sheet, the header row, the columns, the body.

A table is found by the name of an Excel table, else by the name of cells, else by the words of a
header row; what the session remembers of an earlier time goes before all. Filling a council's
workbook and reading one that comes back both stand on this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from model.exchange.excel.filling.aliases import ANCHORS, kind_named
from model.exchange.excel.filling.body import body_under
from model.exchange.excel.filling.book import Block, Book, Sheet
from model.exchange.excel.filling.headers import Headers, Reading
from model.session import Fitted, Heading, Session
from model.table_kinds import KINDS, ROLE

LOOKED_AT = 200
"""Rows of a sheet that are looked at for a header row without a name."""


class How(IntEnum):
    """By what a table was found; the lower counts for more."""

    REMEMBERED = 0
    TABLE_NAME = 1
    NAME = 2
    TABLE_HEADERS = 3
    HEADERS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A table of ours in a workbook. Rows and columns count from 1.

    ``columns`` says which column of ours stands where: the keys of `model.tables`' columns, and
    for the people ``responsible``, ``accountable``, ``consulted``, ``informed`` (names in a cell)
    and ``role:cm`` (a role's own column of letters). ``headers`` are all headers of the block, the
    council's own ones too. The body's rows go from ``first`` to ``last``; ``last`` is
    ``first - 1`` where there is none.
    """

    kind: str
    sheet: str
    how: How
    name: str
    header: int
    first: int
    last: int
    left: int
    right: int
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    is_table: bool = False
    totals: int = 0

    @property
    def own(self) -> dict[int, str]:
        """The council's own columns: their headers by place."""
        return {place: said for place, said in self.headers.items() if place not in self.columns}

    @property
    def at(self) -> dict[str, int]:
        """Where each column of ours stands."""
        return {means: place for place, means in self.columns.items()}

    @property
    def roles(self) -> dict[str, int]:
        """Where each role's own column stands, by the role's code."""
        return {
            means.removeprefix(ROLE): place
            for place, means in self.columns.items()
            if means.startswith(ROLE)
        }

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        """Each row of the body that says anything: number, values by our key, values by header."""
        for number in range(self.first, self.last + 1):
            cells = sheet.row(number)
            ours = {means: cells[at] for at, means in self.columns.items() if at in cells}
            own = {said: cells[at] for at, said in self.own.items() if at in cells}
            if ours or own:
                yield number, ours, own

    def remembered(self) -> Fitted:
        """What the session keeps of it."""
        columns = (Heading(said, self.columns.get(at, "")) for at, said in self.headers.items())
        return Fitted(self.kind, self.sheet, self.name, tuple(columns))


def find_tables(book: Book, session: Session) -> tuple[Found, ...]:
    """The tables of ours in a workbook, at most one of each kind, in the order of `KINDS`."""
    best: dict[str, tuple[tuple[int, int], Found]] = {}
    for found in _candidates(book, Headers(session), session.export.tables):
        rank = (found.how, -len(found.columns))
        if found.kind not in best or rank < best[found.kind][0]:
            best[found.kind] = (rank, found)
    return _apart(tuple(best[kind][1] for kind in KINDS if kind in best))


def look_alikes(book: Book, session: Session, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """What looks like a table of ours too, besides those that were found: it is left alone."""
    taken = {(one.sheet, one.header) for one in found}
    kinds = {one.kind for one in found}
    others: dict[tuple[str, int], Found] = {}
    for one in _candidates(book, Headers(session), session.export.tables):
        inside = any(one.sheet == it.sheet and it.header <= one.header <= it.last for it in found)
        if one.kind in kinds and not inside and (one.sheet, one.header) not in taken:
            others.setdefault((one.sheet, one.header), one)
    return tuple(others.values())


def _apart(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Without what claims the same header row as one that was found in a better way."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.how, -len(each.columns))):
        if not any((one.sheet, one.header) == (it.sheet, it.header) for it in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: KINDS.index(each.kind)))


def _candidates(book: Book, headers: Headers, remembered: tuple[Fitted, ...]) -> Iterator[Found]:
    for sheet in book.sheets:
        blocks = [block for block in book.blocks if block.sheet == sheet.name]
        for block in blocks:
            yield from _of_block(sheet, block, headers, remembered)
        taken = {row for one in blocks if one.is_table for row in range(one.top, one.bottom + 1)}
        for number in sorted(row for row in sheet.cells if row <= LOOKED_AT and row not in taken):
            yield from _of_row(sheet, number, headers, remembered)


def _of_block(
    sheet: Sheet, block: Block, headers: Headers, remembered: tuple[Fitted, ...]
) -> Iterator[Found]:
    known = _remembered(remembered, sheet.name, block.name)
    named = known or kind_named(block.name)
    kinds = (named,) if named in KINDS else KINDS if block.is_table else ()
    if block.name in NOT_THESE:
        return
    read = headers.best(_within(sheet.row(block.top), block), kinds, least=1 if named else 2)
    if read is None:
        return
    by_name = How.TABLE_NAME if block.is_table else How.NAME
    how = How.REMEMBERED if known else by_name if named else How.TABLE_HEADERS
    yield _found(sheet, read, how, block.top, block)


NOT_THESE = frozenset({"Decisions", "Documents", "Visio", "Map", "Roles", "Lists", "Read_me"})
"""Our own tables that say again what others hold."""


def _within(row: Mapping[int, Any], block: Block) -> dict[int, str]:
    return {place: str(value) for place, value in row.items() if block.left <= place <= block.right}


def _of_row(
    sheet: Sheet, number: int, headers: Headers, remembered: tuple[Fitted, ...]
) -> Iterator[Found]:
    row = {place: value for place, value in sheet.row(number).items() if isinstance(value, str)}
    known = _remembered(remembered, sheet.name, "")
    for kinds, how in (((known,), How.REMEMBERED), (KINDS, How.HEADERS)):
        read = headers.best(row, tuple(filter(None, kinds)), least=3)
        if read is not None:
            named = how is How.HEADERS and kind_named(sheet.name) == read.kind
            yield _found(sheet, read, How.TABLE_HEADERS if named else how, number, None)


def _remembered(remembered: tuple[Fitted, ...], sheet: str, name: str) -> str:
    for one in remembered:
        if one.name == name and (name or one.sheet == sheet) and one.kind in KINDS:
            return one.kind
    return ""


def _found(sheet: Sheet, read: Reading, how: How, header: int, block: Block | None) -> Found:
    left, right = (block.left, min(block.right, max(read.headers))) if block else read.span
    anchor = read.place_of(ANCHORS[read.kind])
    first, last = body_under(sheet, header, tuple(read.columns), anchor, block)
    return Found(
        kind=read.kind,
        sheet=sheet.name,
        how=how,
        name=block.name if block else "",
        header=header,
        first=first,
        last=last,
        left=left,
        right=right,
        columns=read.columns,
        headers={at: said for at, said in read.headers.items() if left <= at <= right},
        is_table=bool(block and block.is_table),
        totals=block.totals if block else 0,
    )


__all__ = ["Found", "How", "find_tables", "look_alikes"]
