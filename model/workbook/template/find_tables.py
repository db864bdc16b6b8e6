"""Which cells of a workbook hold our tables: sheet, header row, columns, body; and what a
session remembers of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from offwall.model.process import role_labels
from offwall.model.process.raci import raci_columns as role_codes
from offwall.model.records import Session
from offwall.model.records.session import Fitted, Heading
from offwall.model.tables import ACTIVITIES, RACI, ROLE, only_ours, sheet_of, template_kinds
from offwall.model.workbook.template.header_words import (
    LEAVE,
    fold_header,
    kind_named,
    without_aside,
    words_of,
)
from offwall.model.workbook.template.read_sheet import NamedBlock, ReadBook, ReadSheet

PEOPLE = ("responsible", "accountable", "consulted", "informed")


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """A header row read as a table of a kind: the columns of ours, and all headers."""

    kind: str
    columns: Mapping[int, str]
    headers: Mapping[int, str]

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last column: those of ours, and what stands beside without a gap."""
        left, right = min(self.columns), max(self.columns)
        while left - 1 in self.headers:
            left -= 1
        while right + 1 in self.headers:
            right += 1
        return left, right

    def place_of(self, means: str) -> int:
        """Where a column of ours stands."""
        return next(place for place, said in self.columns.items() if said == means)


class HeaderWords:
    """The words of a session: its aliases, what it remembers, its roles, and everybody's."""

    def __init__(self, session: Session) -> None:
        self._roles = _roles(session)
        self._labels = {
            _one_line(label).casefold(): f"{ROLE}{code}"
            for code, label in role_labels(session).items()
        }
        self._words = {kind: _own_words(session, kind) for kind in template_kinds()}

    def best(
        self, row: Mapping[int, str], kinds: Iterable[str], least: int
    ) -> HeaderReading | None:
        """The kind that a row reads as best: the one most of whose columns it has.

        None where no kind has its anchor and ``least`` columns of ours.
        """
        headers = {at: _one_line(said) for at, said in row.items() if _one_line(said)}
        best: HeaderReading | None = None
        for kind in kinds:
            columns = self._columns(kind, headers)
            if sheet_of(kind).anchor not in columns.values() or len(columns) < least:
                continue
            if best is None or len(columns) > len(best.columns):
                best = HeaderReading(kind, columns, headers)
        return _as_raci(best) if best and RACI in kinds and ACTIVITIES in kinds else best

    def _columns(self, kind: str, headers: Mapping[int, str]) -> dict[int, str]:
        """What each header means; of two that mean the same, the first."""
        found: dict[int, str] = {}
        for place, said in headers.items():
            means = self._meaning(kind, said)
            if means not in ("", LEAVE) and means not in found.values():
                found[place] = means
        return found

    def _meaning(self, kind: str, said: str) -> str:
        own, fixed = self._words[kind], words_of(kind)
        roles = self._roles if kind in (ACTIVITIES, RACI) else {}
        if kind == RACI and (role := self._labels.get(said.casefold())):
            # As we head a role's column ourselves, whatever else its name may mean elsewhere.
            return role
        full = fold_header(said)
        short = fold_header(without_aside(said))
        for words in (own, fixed, roles):
            if full in words:
                return words[full]
        return fixed.get(short) or roles.get(short, "")


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _as_raci(read: HeaderReading) -> HeaderReading:
    """A table of activities whose people stand in columns of their own is the RACI."""
    if read.kind != ACTIVITIES:
        return read
    roles = sum(means.startswith(ROLE) for means in read.columns.values())
    people = sum(means in PEOPLE for means in read.columns.values())
    return HeaderReading(RACI, read.columns, read.headers) if roles >= 2 or people >= 3 else read


def _roles(session: Session) -> dict[str, str]:
    """Each role's column by label, code, name and what else it is called.

    A word that two roles share stands for neither; their labels differ.
    """
    known = session.role_by_code
    labels = {fold_header(label): f"{ROLE}{code}" for code, label in role_labels(session).items()}
    words: dict[str, set[str]] = {}
    for code in role_codes(session):
        role = known.get(code)
        called = (role.name, *role.also_called) if role else ()
        for word in (code, *called):
            words.setdefault(fold_header(word), set()).add(f"{ROLE}{code}")
    single = {word: next(iter(found)) for word, found in words.items() if len(found) == 1 and word}
    return single | labels


def _own_words(session: Session, kind: str) -> dict[str, str]:
    """What the council's own words mean: those remembered of a table before the aliases."""
    own = {fold_header(word): one.means for one in session.export.aliases for word in one.words}
    for table in session.export.tables:
        if table.kind == kind:
            own |= {fold_header(one.header): one.means for one in table.columns}
    roles = {f"{ROLE}{code}" for code in role_codes(session)}
    known = {*sheet_of(kind).described, *roles, LEAVE}
    return {word: means for word, means in own.items() if means in known}


# The rows under a header row that are the table's: where its body begins and ends.

TOTALS = ("total", "totals", "sum", "grand total", "sub total", "subtotal", "count")
"""How a row begins that adds up the rows above it."""


def body_under(
    sheet: ReadSheet, header: int, columns: tuple[int, ...], anchor: int, block: NamedBlock | None
) -> tuple[int, int]:
    """The first and the last row of a body; the last is above the first where it is empty.

    An Excel table says itself where it ends; rows that somebody typed right below it, in two of
    its columns and the ``anchor`` among them, are taken in. Without one, the body goes on to the
    first row that is blank or adds up.
    """
    first = header + 1
    if block is None or block.bottom <= header:
        return first, _run(sheet, first, columns, bool)
    last = block.bottom - block.totals
    if block.totals or not block.is_table:
        return first, last
    more = _run(sheet, last + 1, columns, lambda row: len(row) > 1 and anchor in row)
    return first, max(last, more)


def _run(
    sheet: ReadSheet,
    start: int,
    columns: tuple[int, ...],
    counts: Callable[[Mapping[int, Any]], bool],
) -> int:
    """The last of the rows from ``start`` that count, one after the other."""
    number = start
    while True:
        row = {at: value for at, value in sheet.row(number).items() if at in columns}
        if not counts(row) or adds_up(sheet.row(number)):
            return number - 1
        number += 1


def adds_up(row: Mapping[int, Any]) -> bool:
    """Whether a row is one of totals."""
    begins = row[min(row)] if row else None
    return isinstance(begins, str) and fold_header(begins) in TOTALS


# Which cells of a workbook hold our tables: the sheet, the header row, the columns, the body.
#
# A table is found by the name of an Excel table, else by the name of cells, else by the words of a
# header row; what the session remembers of an earlier time goes before all. Filling a council's
# workbook and reading one that comes back both stand on this.

LOOKED_AT = 200
"""Rows of a sheet that are looked at for a header row without a name."""


class FoundBy(IntEnum):
    """By what a table was found; the lower counts for more."""

    REMEMBERED = 0
    TABLE_NAME = 1
    NAME = 2
    TABLE_HEADERS = 3
    HEADERS = 4


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of ours in a workbook. Rows and columns count from 1.

    ``columns`` says which column of ours stands where: the keys of `model.tables.all_sheets`'
    columns, and
    for the people ``responsible``, ``accountable``, ``consulted``, ``informed`` (names in a cell)
    and ``role:cm`` (a role's own column of letters). ``headers`` are all headers of the block, the
    council's own ones too. The body's rows go from ``first`` to ``last``; ``last`` is
    ``first - 1`` where there is none.
    """

    kind: str
    sheet: str
    how: FoundBy
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

    def rows(self, sheet: ReadSheet) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
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


def find_tables(book: ReadBook, session: Session) -> tuple[FoundTable, ...]:
    """The tables of ours in a workbook, at most one of each kind, in the order of the sheets."""
    best: dict[str, tuple[tuple[int, int], FoundTable]] = {}
    for found in _candidates(book, HeaderWords(session), session.export.tables):
        rank = (found.how, -len(found.columns))
        if found.kind not in best or rank < best[found.kind][0]:
            best[found.kind] = (rank, found)
    return _apart(tuple(best[kind][1] for kind in template_kinds() if kind in best))


def look_alikes(
    book: ReadBook, session: Session, found: tuple[FoundTable, ...]
) -> tuple[FoundTable, ...]:
    """What looks like a table of ours too, besides those that were found: it is left alone."""
    taken = {(one.sheet, one.header) for one in found}
    kinds = {one.kind for one in found}
    others: dict[tuple[str, int], FoundTable] = {}
    for one in _candidates(book, HeaderWords(session), session.export.tables):
        inside = any(one.sheet == it.sheet and it.header <= one.header <= it.last for it in found)
        if one.kind in kinds and not inside and (one.sheet, one.header) not in taken:
            others.setdefault((one.sheet, one.header), one)
    return tuple(others.values())


def _apart(found: tuple[FoundTable, ...]) -> tuple[FoundTable, ...]:
    """Without what claims the same header row as one that was found in a better way."""
    kept: list[FoundTable] = []
    for one in sorted(found, key=lambda each: (each.how, -len(each.columns))):
        if not any((one.sheet, one.header) == (it.sheet, it.header) for it in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: template_kinds().index(each.kind)))


def _candidates(
    book: ReadBook, headers: HeaderWords, remembered: tuple[Fitted, ...]
) -> Iterator[FoundTable]:
    for sheet in book.sheets:
        blocks = [block for block in book.blocks if block.sheet == sheet.name]
        for block in blocks:
            yield from _of_block(sheet, block, headers, remembered)
        taken = {row for one in blocks if one.is_table for row in range(one.top, one.bottom + 1)}
        for number in sorted(row for row in sheet.cells if row <= LOOKED_AT and row not in taken):
            yield from _of_row(sheet, number, headers, remembered)


def _of_block(
    sheet: ReadSheet, block: NamedBlock, headers: HeaderWords, remembered: tuple[Fitted, ...]
) -> Iterator[FoundTable]:
    known = _remembered(remembered, sheet.name, block.name)
    named = known or kind_named(block.name)
    kinds = (named,) if named else template_kinds() if block.is_table else ()
    row = _within(sheet.row(block.top), block)
    if _is_ours(block.name, row.values()):
        return
    read = headers.best(row, kinds, least=1 if named else 2)
    if read is None:
        return
    by_name = FoundBy.TABLE_NAME if block.is_table else FoundBy.NAME
    how = FoundBy.REMEMBERED if known else by_name if named else FoundBy.TABLE_HEADERS
    yield _found(sheet, read, how, block.top, block)


def _is_ours(name: str, headers: Iterable[str]) -> bool:
    """Whether a table is one of ours that says again what others hold."""
    ours = next((one for one in only_ours() if one.name == name), None)
    return ours is not None and ours.heads(headers)


def _within(row: Mapping[int, Any], block: NamedBlock) -> dict[int, str]:
    return {place: str(value) for place, value in row.items() if block.left <= place <= block.right}


def _of_row(
    sheet: ReadSheet, number: int, headers: HeaderWords, remembered: tuple[Fitted, ...]
) -> Iterator[FoundTable]:
    row = {place: value for place, value in sheet.row(number).items() if isinstance(value, str)}
    known = _remembered(remembered, sheet.name, "")
    for kinds, how in (((known,), FoundBy.REMEMBERED), (template_kinds(), FoundBy.HEADERS)):
        read = headers.best(row, tuple(filter(None, kinds)), least=3)
        if read is not None:
            named = how is FoundBy.HEADERS and kind_named(sheet.name) == read.kind
            yield _found(sheet, read, FoundBy.TABLE_HEADERS if named else how, number, None)


def _remembered(remembered: tuple[Fitted, ...], sheet: str, name: str) -> str:
    for one in remembered:
        if one.name == name and (name or one.sheet == sheet) and one.kind in template_kinds():
            return one.kind
    return ""


def _found(
    sheet: ReadSheet, read: HeaderReading, how: FoundBy, header: int, block: NamedBlock | None
) -> FoundTable:
    left, right = (block.left, min(block.right, max(read.headers))) if block else read.span
    anchor = read.place_of(sheet_of(read.kind).anchor)
    first, last = body_under(sheet, header, tuple(read.columns), anchor, block)
    return FoundTable(
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


# What a session keeps of a council's workbook: the next export and import find the same.


def remember_tables(session: Session, found: Iterable[FoundTable]) -> Session:
    """The session with the tables that were found, each in the place of the last of its kind."""
    new = {one.kind: one.remembered() for one in found}
    kept = [_renewed(one, new.pop(one.kind, one)) for one in session.export.tables]
    return replace(session, export=replace(session.export, tables=(*kept, *new.values())))


def _renewed(old: Fitted, new: Fitted) -> Fitted:
    """The new table, with what else the session says of the old one."""
    return replace(new, extra=old.extra)
