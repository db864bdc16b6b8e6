"""Fill a council's own workbook: only cells and what speaks of them change, no other part.

Text is written in the cells themselves, so that the shared strings stay as they are; parts that
nobody had to change keep their very bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from openpyxl.utils.exceptions import CellCoordinatesException

from model.exchange.excel.filling import (
    calc_chain,
    obstacles,
    ranges,
    table_part,
    workbook_edits,
)
from model.exchange.excel.filling.check_template import opened
from model.exchange.excel.filling.content_type import make_workbook, suffix_of
from model.exchange.excel.filling.find_tables import Found, find_tables, look_alikes
from model.exchange.excel.filling.formulas import of_table
from model.exchange.excel.filling.grid import Grid, is_filled
from model.exchange.excel.filling.growth import Growth
from model.exchange.excel.filling.look import look_at, shared_strings
from model.exchange.excel.filling.looks import Looks
from model.exchange.excel.filling.package import Package
from model.exchange.excel.filling.parts import SheetPart, related, sheets
from model.exchange.excel.filling.rows import Body
from model.exchange.excel.filling.values import Record, records
from model.exchange.excel.filling.xml import written
from model.exchange.files import ExportError
from model.session import Session
from model.table_kinds import ACTIONS, KINDS, NEXT_STEPS


@dataclass(frozen=True, slots=True)
class TableFilled:
    """What became of one table: how many rows it had and has, and what people should know."""

    found: Found
    written: tuple[str, ...]
    rows: int
    growth: Growth
    calculated: tuple[str, ...] = ()
    dates_as_text: tuple[str, ...] = ()
    left_out: int = 0
    replaced: int = 0
    fixed_ends: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook: its bytes, its tables, the parts and the names that changed.

    ``suffix`` is how its file's name must end; ``alike`` are tables that look like ours too and
    were left alone.
    """

    content: bytes
    tables: tuple[TableFilled, ...]
    parts: tuple[str, ...]
    names: tuple[str, ...]
    calculates: bool
    suffix: str
    alike: tuple[Found, ...] = ()


def fill(content: bytes, session: Session, name: str) -> Filled:
    """Fill the workbook that ``content`` is; ``name`` is what sentences call it.

    Raises:
        ExportError: it cannot be filled, or not without harm: a sentence, and what to do.
    """
    try:
        return _filled(opened(content, name), session)
    except ODD as error:
        raise ExportError(
            f"{name} is damaged: its cells or tables contradict each other ({error}). "
            "Open it in Excel, save it anew, and use that."
        ) from error


ODD = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    CellCoordinatesException,
)
"""What comes of parts that are XML and yet no workbook's."""


def _filled(package: Package, session: Session) -> Filled:
    name = package.name
    make_workbook(package)
    book = look_at(package)
    found = find_tables(book, session)
    if not found:
        raise ExportError(
            f"{name}: no table for activities, RACI, issues or actions was found. Head one with "
            "words such as Activity, Lead and Documents, or list yours under [export] in the "
            "session."
        )
    tables = tuple(_Filler(package, session, found).tables())
    calculates = _calculates(package)
    growths = [one.growth for one in tables]
    names = workbook_edits.update(package, growths, calculates=calculates)
    told = sorted(tables, key=lambda one: KINDS.index(one.found.kind))
    return Filled(
        package.content(),
        tuple(told),
        (*package.replaced, *package.removed),
        tuple(names),
        calculates,
        suffix_of(package),
        look_alikes(book, session, found),
    )


_FORMULA = re.compile(rb"<(?!xm:)(?:\w+:)?f[\s/>]")


def _calculates(package: Package) -> bool:
    """Whether any sheet has a formula, whose last result may now be another."""
    return any(_FORMULA.search(package.read(sheet.part)) for sheet in sheets(package))


class _Filler:
    def __init__(self, package: Package, session: Session, found: Sequence[Found]) -> None:
        self._package, self._found = package, found
        self._strings, self._looks = shared_strings(package), Looks(package)
        together = NEXT_STEPS not in {one.kind for one in found}
        self._records = {
            one.kind: records(session, one.kind, with_next_steps=together and one.kind == ACTIONS)
            for one in found
        }

    def tables(self) -> Iterator[TableFilled]:
        """Fill each sheet's tables from the lowest up, so that none moves once it is filled."""
        known = {sheet.name: sheet for sheet in sheets(self._package)}
        by_sheet = sorted(self._found, key=lambda one: (one.sheet, -one.header))
        for name, group in groupby(by_sheet, key=lambda one: one.sheet):
            sheet = known[name]
            grid = Grid(self._package.xml(sheet.part), name)
            for found in group:
                yield self._fill(sheet, grid, found)
            ranges.measure(grid)
            before = self._package.read(sheet.part)
            self._package.replace(sheet.part, written(grid.tree, before))

    def _fill(self, sheet: SheetPart, grid: Grid, found: Found) -> TableFilled:
        rows, last = self._records[found.kind], _end(grid, found)
        part = self._part(sheet, found)
        calculated = of_table(self._package, part, found.left, found.first) if part else {}
        body = Body(grid, found, last, self._looks, calculated)
        growth = _growth(grid, found, last, rows, keeps=bool(found.totals or body.formulas))
        obstacles.check(self._package, sheet, grid, growth)
        grid.grow(growth)
        ranges.grow(grid, growth)
        body.fill(rows, self._strings)
        self._tables(sheet, part, found, growth)
        calc_chain.follow(self._package, sheet, grid, growth)
        return TableFilled(
            found,
            tuple(body.written.values()),
            len(rows),
            growth,
            tuple(found.headers.get(at, "") for at in body.formulas),
            tuple(sorted(body.dates_as_text)),
            body.left_out,
            body.replaced,
            tuple(obstacles.fixed_ends(self._package, sheet, growth)),
            tuple(obstacles.comments_in(self._package, sheet, growth)),
        )

    def _part(self, sheet: SheetPart, found: Found) -> str:
        """The part of the table that was found, if it is one."""
        for part in related(self._package, sheet.part, "table") if found.is_table else ():
            if self._package.xml(part).getroot().get("displayName") == found.name:
                return part
        return ""

    def _tables(self, sheet: SheetPart, own: str, found: Found, growth: Growth) -> None:
        """Let the table's reference follow its body, and the tables below follow their cells."""
        for part in related(self._package, sheet.part, "table"):
            if part == own:
                table_part.resize(self._package, part, growth, found.header, found.totals)
            elif growth.moved:
                table_part.follow(self._package, part, growth)


def _end(grid: Grid, found: Found) -> int:
    """The last row of a body, with the empty rows that a template has ready in the same looks."""
    last = max(found.last, found.first)
    if found.is_table:
        return last
    model = grid.cells(found.first)
    looks = {at: one.get("s") for at, one in model.items() if one.get("s", "0") != "0"}
    while looks:
        cells = grid.cells(last + 1)
        same = {at: cells[at].get("s") for at in looks if at in cells}
        blank = not any(is_filled(cells[at]) for at in looks if at in cells)
        if same != looks or not blank:
            break
        last += 1
    return last


def _growth(grid: Grid, found: Found, last: int, rows: Sequence[Record], *, keeps: bool) -> Growth:
    """The body as it will be; ``keeps`` says that it must not end above where it ended."""
    needed = found.first + max(len(rows), 1) - 1
    end = max(last, needed) if keeps else needed
    plain = Growth(found.sheet, found.first, last, end, found.left, found.right)
    if end <= last:
        return plain
    below = bool(found.totals) or obstacles.something_below(grid, found, last)
    return replace(plain, moved=below)
