"""Fill a council's own workbook: only cells and what speaks of them change, no other part.

Raises `ExportError` where it cannot be done without harm.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils.exceptions import CellCoordinatesException

from offwall.model.records import Session
from offwall.model.store import ExportError, write_output
from offwall.model.store.files import read_input
from offwall.model.tables import template_kinds
from offwall.model.workbook.template import sheet_xml, workbook_parts
from offwall.model.workbook.template.below import hangs_below, move_below, refresh_pivots
from offwall.model.workbook.template.check_file import (
    MACROS,
    make_workbook,
    open_template,
    suffix_of,
)
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice
from offwall.model.workbook.template.find_tables import (
    nothing_found,
    tables_and_alike,
    unfilled_roles,
)
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.mapping import narrowed
from offwall.model.workbook.template.package import (
    DRAWING,
    LARGEST_FILE,
    Package,
    SheetPart,
    related,
    sheets,
    xml_bytes,
)
from offwall.model.workbook.template.read_sheet import (
    ReadBook,
    book_of_package,
    bounds,
    shared_strings,
)
from offwall.model.workbook.template.rows import RowValues, TableBody, rows_of_kinds
from offwall.model.workbook.template.sheet_xml import (
    LAST_ROW,
    SheetGrid,
    TableGrowth,
    is_filled,
    merges,
    of_table,
)
from offwall.model.workbook.template.styles import TemplateStyles


def something_below(grid: SheetGrid, found: FoundTable, last: int) -> bool:
    """Whether anything stands below a body, in its columns."""
    merged = any(
        top > last and left <= found.right and right >= found.left
        for left, top, right, _ in merges(grid.tree)
    )
    return merged or any(
        grid.bears(number, found.left, found.right) for number in grid.numbers if number > last
    )


def check_obstacles(
    package: Package, sheet: SheetPart, grid: SheetGrid, growth: TableGrowth, stage: int = 0
) -> None:
    """Refuse what cannot be done without harm; ``stage`` is the column of stages.

    Raises:
        ExportError: a sentence that says what is in the way, and what to do.
    """
    where = f"{package.name}, sheet {sheet.name}"
    if growth.new_last > LAST_ROW:
        raise ExportError(f"{where}: a sheet has no room for so many rows. Export without it.")
    for left, top, right, bottom in merges(grid.tree):
        over = top < bottom and top <= growth.last and bottom >= growth.first
        # A stage that is merged over its rows is parted, and said in each.
        stays = growth.first <= top and bottom <= growth.last and left == right == stage
        if over and not stays:
            raise ExportError(
                f"{where}: cells are merged over the rows {top} to {bottom} of the table. "
                "Unmerge them in the template."
            )
    if growth.by:
        _check_pictures(package, sheet, growth, where)
    if growth.moved and growth.by:
        _check_moving(package, sheet, growth, where)


def _more_rows(growth: TableGrowth) -> str:
    rows = growth.new_last - growth.first + 1
    return f"Give the template's table {rows} rows, so that nothing below it has to move."


def _check_pictures(package: Package, sheet: SheetPart, growth: TableGrowth, where: str) -> None:
    for part in related(package, sheet.part, "drawing"):
        for row, left, right in _anchors(package.xml(part).getroot()):
            over = row <= growth.new_last and left <= growth.right and right >= growth.left
            if row > growth.last and over and not growth.moved:
                raise ExportError(
                    f"{where}: a picture or a shape stands below the table, in row {row}, and "
                    f"the table needs its place. {_more_rows(growth)}"
                )


def _anchors(root: Any) -> Iterator[tuple[int, int, int]]:
    """Where drawings begin: row, first and last column, from 1."""
    # Whatever holds them: a newer Excel wraps some of its anchors in a choice of its own.
    for start in root.iter(f"{{{DRAWING}}}from"):
        end = start.getparent().find(f"{{{DRAWING}}}to")
        left = int(start.findtext(f"{{{DRAWING}}}col", "0")) + 1
        right = left if end is None else int(end.findtext(f"{{{DRAWING}}}col", "0")) + 1
        yield int(start.findtext(f"{{{DRAWING}}}row", "0")) + 1, left, right


def _check_moving(package: Package, sheet: SheetPart, growth: TableGrowth, where: str) -> None:
    for part in related(package, sheet.part, "table"):
        _, top, _, bottom = bounds(package.xml(part).getroot().get("ref", "A1"))
        beside = bounds(package.xml(part).getroot().get("ref", "A1"))[0] > growth.right
        if beside and top <= growth.last < bottom:
            raise ExportError(
                f"{where}: another table stands beside this one and goes on below it. "
                f"{_more_rows(growth)}"
            )
    for part, _ in _speaking(package, sheet, lambda top, _: top > growth.last):
        raise ExportError(
            f"{where}: {part} speaks of cells below the table, which would move. "
            f"{_more_rows(growth)}"
        )


def _commented(package: Package, sheet: SheetPart) -> dict[str, None]:
    """The cells of a sheet that bear a comment, threaded or not, each once."""
    parts = [
        part
        for kind in ("comments", "threadedComment")
        for part in related(package, sheet.part, kind)
    ]
    elements = (one for part in parts for one in package.xml(part).iter())
    return {one.get("ref"): None for one in elements if isinstance(one.tag, str) and one.get("ref")}


def comments_in(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The cells of the old body that bear a comment: it stays, whichever record comes there."""
    cells = ((bounds(cell), cell) for cell in _commented(package, sheet))
    return [
        cell
        for (left, top, _, _), cell in cells
        if growth.first <= top <= growth.last and growth.left <= left <= growth.right
    ]


def fixed_ends(package: Package, sheet: SheetPart, growth: TableGrowth) -> list[str]:
    """The parts whose formulas end with the old body and so miss the new rows, with the cells."""
    if not growth.by:
        return []

    def ends_there(top: int, bottom: int) -> bool:
        return top <= growth.last and bottom == growth.last

    found = dict.fromkeys(
        f"{part} ({cells})" for part, cells in _speaking(package, sheet, ends_there)
    )
    return list(found)


_SPEAKERS = re.compile(r"xl/(worksheets|charts|pivotCache|chartsheets)/[^/]+\.xml", re.IGNORECASE)


def _speaking(package: Package, sheet: SheetPart, wanted: Any) -> Iterator[tuple[str, str]]:
    """Other sheets, charts and pivots that speak of cells of a sheet, and of which."""
    name = escape(sheet.name.replace("'", "''"))
    quoted = re.escape(f"'{name}'").replace("'", "(?:'|&apos;)")
    pattern = re.compile(
        rf"(?:{quoted}|(?<![\w'.]){re.escape(name)})!(\$?[A-Z]{{1,3}}\$?(\d+)(?::\$?[A-Z]{{1,3}}\$?(\d+))?)"
    )
    for part in package.names:
        if not _SPEAKERS.fullmatch(part) or part == sheet.part:
            continue
        for told in pattern.finditer(package.read(part).decode("utf-8", "replace")):
            if wanted(int(told[2]), int(told[3] or told[2])):
                yield part, told[1]


# Fill a council's own workbook: only cells and what speaks of them change, no other part.
#
# Text is written in the cells themselves, so that the shared strings stay as they are; parts that
# nobody had to change keep their very bytes.


@dataclass(frozen=True, slots=True)
class TableResult:
    """What became of one table: how many rows it had and has, and what people should know."""

    found: FoundTable
    written: tuple[str, ...]
    rows: int
    growth: TableGrowth
    calculated: tuple[str, ...] = ()
    dates_as_text: tuple[str, ...] = ()
    left_out: int = 0
    replaced: int = 0
    fixed_ends: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    pivots: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FillResult:
    """A filled workbook: its bytes, its tables, the parts and the names that changed.

    ``suffix`` is how its file's name must end; ``alike`` are tables that look like ours too and
    were left alone.
    """

    content: bytes
    tables: tuple[TableResult, ...]
    parts: tuple[str, ...]
    names: tuple[str, ...]
    calculates: bool
    suffix: str
    alike: tuple[FoundTable, ...] = ()


class NothingToFillError(ExportError):
    """A table of the template would stay empty; nothing was written. Its text is the sentence."""


def fill_template(
    content: bytes, session: Session, name: str, choice: MappingChoice = AS_IT_IS
) -> FillResult:
    """Fill the workbook that ``content`` is; ``name`` is what sentences call it.

    ``choice`` says which sheet, or which table alone.

    Raises:
        ExportError: it cannot be filled, or not without harm: a sentence, and what to do.
    """
    try:
        return _filled(open_template(content, name), session, choice)
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


def _filled(package: Package, session: Session, choice: MappingChoice) -> FillResult:
    name = package.name
    make_workbook(package)
    book = narrowed(book_of_package(package), choice, name)
    found, alike = tables_and_alike(book, session)
    if not found:
        raise ExportError(nothing_found(name, book, session))
    for one in found:
        if why := unfilled_roles(session, one):
            raise NothingToFillError(f"{name}, {why}")
    tables = tuple(_Filler(package, session, book, found).tables())
    calculates = _calculates(package)
    growths = [one.growth for one in tables]
    names = workbook_parts.update_workbook_part(package, growths, calculates=calculates)
    told = sorted(tables, key=lambda one: template_kinds().index(one.found.kind))
    return FillResult(
        package.content(),
        tuple(told),
        (*package.replaced, *package.removed),
        tuple(names),
        calculates,
        suffix_of(package),
        alike,
    )


_FORMULA = re.compile(rb"<(?!xm:)(?:\w+:)?f[\s/>]")


def _calculates(package: Package) -> bool:
    """Whether any sheet has a formula, whose last result may now be another."""
    return any(_FORMULA.search(package.read(sheet.part)) for sheet in sheets(package))


class _Filler:
    def __init__(
        self, package: Package, session: Session, book: ReadBook, found: Sequence[FoundTable]
    ) -> None:
        self._package, self._found, self._book = package, found, book
        self._strings, self._looks = shared_strings(package), TemplateStyles(package)
        self._records = rows_of_kinds(session, {one.kind for one in found})

    def tables(self) -> Iterator[TableResult]:
        """Fill each sheet's tables from the lowest up, so that none moves once it is filled."""
        known = {sheet.name: sheet for sheet in sheets(self._package)}
        by_sheet = sorted(self._found, key=lambda one: (one.sheet, -one.header))
        for name, group in groupby(by_sheet, key=lambda one: one.sheet):
            sheet = known[name]
            grid = SheetGrid(self._package.xml(sheet.part), name)
            for found in group:
                yield self._fill(sheet, grid, found)
            sheet_xml.update_dimension(grid)
            before = self._package.read(sheet.part)
            self._package.replace(sheet.part, xml_bytes(grid.tree, before))

    def _fill(self, sheet: SheetPart, grid: SheetGrid, found: FoundTable) -> TableResult:
        rows, last = self._records[found.kind], _end(grid, found)
        part = self._part(sheet, found)
        calculated = of_table(self._package, part, found.left, found.first) if part else {}
        body = TableBody(grid, found, last, self._looks, calculated, book=self._book)
        keeps = bool(found.totals or body.formulas)
        needed = found.first + max(len(rows), 1) - 1
        hangs = hangs_below(self._package, sheet, range(last + 1, needed + 1))
        growth = _growth(grid, found, last, rows, keeps=keeps, hangs=hangs)
        stage = found.at.get("stage", 0)
        check_obstacles(self._package, sheet, grid, growth, stage)
        apart = sheet_xml.part_merges(grid, growth, body.model, stage)
        grid.grow(growth)
        sheet_xml.grow_ranges(grid, growth)
        body.fill(rows, self._strings)
        self._tables(sheet, part, found, growth)
        move_below(self._package, sheet, growth)
        pivots = refresh_pivots(self._package, sheet, growth)
        workbook_parts.update_calc_chain(self._package, sheet, grid, growth)
        return TableResult(
            found,
            tuple(body.written.values()),
            len(rows),
            growth,
            tuple(found.headers.get(at, "") for at in body.formulas),
            tuple(sorted(body.dates_as_text)),
            body.left_out,
            body.replaced,
            tuple(fixed_ends(self._package, sheet, growth)),
            tuple(comments_in(self._package, sheet, growth)),
            tuple(f"{said}: {', '.join(sorted(of))}" for said, of in body.unlisted.items()),
            tuple(pivots),
            tuple(apart),
        )

    def _part(self, sheet: SheetPart, found: FoundTable) -> str:
        """The part of the table that was found, if it is one."""
        for part in related(self._package, sheet.part, "table") if found.is_table else ():
            if self._package.xml(part).getroot().get("displayName") == found.name:
                return part
        return ""

    def _tables(self, sheet: SheetPart, own: str, found: FoundTable, growth: TableGrowth) -> None:
        """Let the table's reference follow its body, and the tables below follow their cells."""
        for part in related(self._package, sheet.part, "table"):
            if part == own:
                workbook_parts.resize_table_part(
                    self._package, part, growth, found.header, found.totals
                )
            elif growth.moved:
                workbook_parts.move_table_part(self._package, part, growth)


def _end(grid: SheetGrid, found: FoundTable) -> int:
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


def _growth(
    grid: SheetGrid,
    found: FoundTable,
    last: int,
    rows: Sequence[RowValues],
    *,
    keeps: bool,
    hangs: bool,
) -> TableGrowth:
    """The body as it will be; ``keeps`` says that it must not end above where it ended.

    ``hangs`` says that pictures or comments below it are to move with their cells.
    """
    needed = found.first + max(len(rows), 1) - 1
    end = max(last, needed) if keeps else needed
    plain = TableGrowth(found.sheet, found.first, last, end, found.left, found.right)
    if end <= last:
        return plain
    below = bool(found.totals) or something_below(grid, found, last) or hangs
    return replace(plain, moved=below)


# A council's own workbook: its tables found, filled without loss, and read again.
#
# `find_tables` says which cells of a workbook hold our tables; reading a workbook that comes back
# stands on it as filling does. `read_book` makes what it looks at from an Excel file, and
# `book_of_rows` from the rows of any other reader.


def read_content(path: Path) -> bytes:
    """The bytes of a workbook.

    Raises:
        ExportError: it is not there, is no file, is too large or may not be read.
    """
    return read_input(path, LARGEST_FILE, "a workbook")


def read_book(content: bytes, name: str) -> ReadBook:
    """The cells and named blocks of an Excel workbook; dates are numbers, as the file has them.

    Raises:
        ExportError: it is something else, locked, damaged or too large.
    """
    return book_of_package(open_template(content, name))


def fill_file(session: Session, template: Path, choice: MappingChoice = AS_IT_IS) -> FillResult:
    """Fill a council's workbook, in memory.

    Raises:
        ExportError: it cannot be filled, or not without harm: a sentence, and what to do.
    """
    return fill_template(read_content(template), session, template.name, choice)


def write_filled(filled: FillResult, path: Path, *, force: bool = False) -> Path:
    """Write what was filled and return the path written.

    Raises:
        ExportError: as `model.store.files.write_output`, and where the name ends in another suffix.
    """
    if path.suffix.lower() != filled.suffix and not path.is_dir():
        why = "has macros" if filled.suffix == MACROS else "has no macros"
        raise ExportError(
            f"{path}: the template {why}, so the workbook's name ends in {filled.suffix}. "
            "Name it so."
        )
    return write_output(path, filled.content, force=force)
