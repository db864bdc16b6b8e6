"""Fill a council's own workbook: only cells and what speaks of them change, no other part.

Raises `ExportError` where it cannot be done without harm.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from openpyxl.utils.exceptions import CellCoordinatesException

from offwall.model.process import role_labels
from offwall.model.records import Session
from offwall.model.store import ExportError, write_output
from offwall.model.store.files import read_input
from offwall.model.tables import RACI, ROLE
from offwall.model.workbook.read.xlsx import read_xlsx, shared_strings
from offwall.model.workbook.template import sheet_xml, workbook_parts
from offwall.model.workbook.template.choice import AS_IT_IS, MappingChoice
from offwall.model.workbook.template.copy_sheet import copy_sheet
from offwall.model.workbook.template.find_tables import (
    narrowed,
    nothing_found,
    tables_and_alike,
    unfilled_roles,
)
from offwall.model.workbook.template.found_table import FoundTable
from offwall.model.workbook.template.package import (
    LARGEST_FILE,
    TYPES,
    Package,
    main_tag,
    sheets,
    workbook_part,
)
from offwall.model.workbook.template.read_sheet import ReadBook
from offwall.model.workbook.template.rows import TableBody, model_row, rows_for, rows_of_kinds
from offwall.model.workbook.template.sheet_xml import (
    SheetGrid,
    TableGrowth,
    is_filled,
    merges,
    of_table,
)
from offwall.model.workbook.template.styles import TemplateStyles
from offwall.model.workbook.template.widen import OpenSheet, with_roles

# Whether a file is a workbook that can be filled; else a sentence says what it is.

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an Excel file before 2007 begins, and one that is locked with a password."""

LOCKED = "EncryptedPackage".encode("utf-16-le")

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

OTHERS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
}


def open_template(content: bytes, name: str) -> Package:
    """The package of a workbook that can be filled.

    Raises:
        ExportError: it is something else, locked, signed, damaged or too large.
    """
    package = open_workbook(content, name)
    if package.is_strict:
        raise ExportError(
            f"{package.name} is a Strict Open XML workbook, which is read and never filled. "
            "Save it in Excel as the usual Excel Workbook (.xlsx)."
        )
    if any(part.startswith("_xmlsignatures/") for part in package.names):
        raise ExportError(
            f"{name} bears a digital signature, which filling would break. Give a copy without it."
        )
    return package


def open_workbook(content: bytes, name: str) -> Package:
    """The package of a workbook that can be read.

    Raises:
        ExportError: it is something else, locked, damaged or too large.
    """
    if len(content) > LARGEST_FILE:
        raise ExportError(
            f"{name} is larger than {LARGEST_FILE // 2**20} MB. Take out what is not needed."
        )
    if content.startswith(OLE):
        old = "in Excel's format before 2007 (.xls). Save it as .xlsx."
        locked = "locked with a password. Save a copy without one in Excel."
        raise ExportError(f"{name} is {locked if LOCKED in content else old}")
    if not content.startswith(b"PK"):
        empty = "empty" if not content else "not an Excel workbook"
        raise ExportError(f"{name} is {empty}. Give a workbook that ends in .xlsx.")
    package = Package(content, name)
    for part, what in OTHERS.items():
        if part in package:
            raise ExportError(f"{name} is {what}. Save it as an Excel workbook (.xlsx).")
    tag = package.xml(workbook_part(package)).getroot().tag
    package.is_strict = tag == f"{{{STRICT}}}workbook"
    if not package.is_strict and tag != main_tag("workbook"):
        raise ExportError(f"{name} is not an Excel workbook. Save it as .xlsx.")
    return package


# Whether a package is a workbook or a template file, and has macros or none.

PLAIN, MACROS = ".xlsx", ".xlsm"

TEMPLATES = (
    (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ),
    (
        b"application/vnd.ms-excel.template.macroEnabled.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ),
)
"""What Excel's template files (.xltx, .xltm) are, and what a workbook made from each is."""


def make_workbook(package: Package) -> None:
    """Let a template file be a workbook: Excel opens no .xlsx that says that it is a template."""
    types = package.read(TYPES)
    for template, workbook in TEMPLATES:
        types = types.replace(template, workbook)
    package.replace(TYPES, types)


def suffix_of(package: Package) -> str:
    """How the workbook's name must end, so that Excel opens it."""
    return MACROS if b"macroEnabled.main+xml" in package.read(TYPES) else PLAIN


# Text is written in the cells themselves, so that the shared strings stay as they are; parts that
# nobody had to change keep their very bytes.

_FORMULA = re.compile(rb"<(?!xm:)(?:\w+:)?f[\s/>]")


@dataclass(frozen=True, slots=True)
class TableResult:
    """What became of one table: how many rows it had and has, and what people should know.

    ``written`` are our columns; ``headings`` is how many of its rows head a stage, ``widened`` are
    the roles that were given a column.
    """

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
    headings: int = 0
    widened: tuple[str, ...] = ()


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

    ``choice`` says which sheet, or which table alone, and whether a copy of the sheet is filled.

    Raises:
        ExportError: it cannot be filled, or not without harm: a sentence, and what to do.
    """
    try:
        return _filled(open_template(content, name), session, choice)
    except ODD as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> ExportError:
    return ExportError(
        f"{name} is damaged: its cells or tables contradict each other ({error}). "
        "Open it in Excel, save it anew, and use that."
    )


ODD = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    CellCoordinatesException,
)
"""What comes of parts that are XML and yet no workbook's."""


def _filled(package: Package, session: Session, choice: MappingChoice) -> FillResult:
    name = package.name
    make_workbook(package)
    for sheet in sheets(package):
        package.check_marks(sheet.part)
    book = narrowed(read_xlsx(package).book, choice, name)
    found, alike = tables_and_alike(book, session)
    if not found:
        raise ExportError(nothing_found(name, book, session))
    for one in found:
        if why := unfilled_roles(session, one):
            raise NothingToFillError(f"{name}, {why}")
    if session.export.copy_sheet if choice.copy_sheet is None else choice.copy_sheet:
        found = _copies(package, found)
        book = read_xlsx(package).book
    tables = list(_Filler(package, session, book, found).tables())
    # The last result of a formula may now be another.
    calculates = any(_FORMULA.search(package.read(sheet.part)) for sheet in sheets(package))
    growths = [table.growth for table in tables]
    names = workbook_parts.update_workbook_part(package, growths, calculates=calculates)
    places = {(one.sheet, one.header): at for at, one in enumerate(found)}
    tables.sort(key=lambda one: places[one.found.sheet, one.found.header])
    return FillResult(
        package.content(),
        tuple(tables),
        (*package.replaced, *package.removed),
        tuple(names),
        calculates,
        suffix_of(package),
        alike,
    )


def _copies(package: Package, tables: Sequence[FoundTable]) -> tuple[FoundTable, ...]:
    """The tables as they stand on copies of their sheets."""
    known = {sheet.name: sheet for sheet in sheets(package)}
    names = dict.fromkeys(table.sheet for table in tables)
    made = {name: copy_sheet(package, known[name]) for name in names}
    return tuple(
        replace(
            table,
            sheet=made[table.sheet][0],
            name=made[table.sheet][1].get(table.name, table.name),
            copy_of=(table.sheet, table.name),
        )
        for table in tables
    )


class _Filler:
    def __init__(
        self, package: Package, session: Session, book: ReadBook, tables: Sequence[FoundTable]
    ) -> None:
        self._package, self._found, self._book = package, tables, book
        self._session, self._labels = session, role_labels(session)
        self._strings, self._looks = shared_strings(package), TemplateStyles(package)
        keys: dict[str, set[str]] = {}
        for table in tables:
            every = (f"{ROLE}{code}" for code in self._labels if table.kind == RACI)
            keys.setdefault(table.kind, set()).update(table.columns.values(), every)
        self._records = rows_of_kinds(session, keys)

    def tables(self) -> Iterator[TableResult]:
        """Fill each sheet's tables from the lowest up, so that none moves once it is filled."""
        known = {sheet.name: sheet for sheet in sheets(self._package)}
        by_sheet = sorted(self._found, key=lambda one: (one.sheet, -one.header))
        for name, group in groupby(by_sheet, key=lambda one: one.sheet):
            part = known[name]
            grid = SheetGrid(self._package.xml(part.part), name)
            sheet = OpenSheet(self._package, part, grid, self._looks)
            for found in group:
                yield self._fill(sheet, found)
            sheet_xml.update_dimension(grid)
            self._package.save(part.part, grid.tree)

    def _fill(self, sheet: OpenSheet, table: FoundTable) -> TableResult:
        package, part, grid = sheet.package, sheet.part, sheet.grid
        rows, last = rows_for(self._session, table, self._records[table.kind]), _end(grid, table)
        table, new = with_roles(sheet, table, last, self._labels, self._records[table.kind])
        own = sheet.table_of(table)
        calculated = of_table(package, own, table.left, table.first) if own else {}
        body = TableBody(grid, table, last, self._looks, calculated=calculated, book=self._book)
        growth = _growth(sheet, table, last, len(rows), keeps=bool(body.formulas))
        stage = table.at.get("stage", 0)
        workbook_parts.check_obstacles(package, part, grid, growth, stage)
        apart = [] if body.heads else sheet_xml.part_merges(grid, growth, body.model, stage)
        grid.grow(growth)
        sheet_xml.grow_ranges(grid, growth, body.model)
        body.fill(rows, self._strings)
        workbook_parts.update_tables(package, part, own, growth, table)
        workbook_parts.move_below(package, part, growth)
        workbook_parts.update_calc_chain(package, part, grid, growth)
        heads = sum(row.heads for row in rows)
        return TableResult(
            table,
            written=tuple(body.written.values()),
            rows=len(rows) - heads,
            growth=growth,
            calculated=tuple(table.headers.get(at, "") for at in body.formulas),
            dates_as_text=tuple(sorted(body.dates_as_text)),
            left_out=body.left_out,
            replaced=body.replaced,
            fixed_ends=tuple(workbook_parts.fixed_ends(package, part, growth)),
            comments=tuple(workbook_parts.comments_in(package, part, growth)),
            unlisted=tuple(
                f"{said}: {', '.join(sorted(of))}" for said, of in body.unlisted.items()
            ),
            pivots=tuple(workbook_parts.refresh_pivots(package, part, growth, table.name)),
            apart=tuple(apart),
            headings=heads,
            widened=new,
        )


def _end(grid: SheetGrid, table: FoundTable) -> int:
    """The last row of a body, with the empty rows that a template has ready in the same looks."""
    last = max(table.last, table.first)
    if table.is_table:
        return last
    model = grid.cells(model_row(table, last))
    looks = {at: one.get("s") for at, one in model.items() if one.get("s", "0") != "0"}
    while looks:
        cells = {at: one for at, one in grid.cells(last + 1).items() if at in looks}
        alike = {at: one.get("s") for at, one in cells.items()} == looks
        if not alike or any(map(is_filled, cells.values())):
            break
        last += 1
    return last


def _growth(
    sheet: OpenSheet, table: FoundTable, last: int, rows: int, *, keeps: bool
) -> TableGrowth:
    """The body as it will be; one that ``keeps`` its formulas does not end above where it ended.

    What stands below in its columns, or hangs on rows that it needs, moves down.
    """
    needed = table.first + max(rows, 1) - 1
    end = max(last, needed) if keeps or table.totals else needed
    plain = TableGrowth(table.sheet, table.first, last, end, table.left, table.right)
    if end <= last:
        return plain
    hung = any(
        last < top <= end and not plain.beside(left, right)
        for left, top, right, _ in workbook_parts.hung_on(sheet.package, sheet.part)
    )
    merged = any(
        top > last and not plain.beside(left, right)
        for left, top, right, _ in merges(sheet.grid.tree)
    )
    bears = (
        table.left <= at <= table.right and is_filled(cell)
        for number in sheet.grid.numbers
        if number > last
        for at, cell in sheet.grid.cells(number).items()
    )
    return replace(plain, moved=bool(table.totals) or hung or merged or any(bears))


def read_content(path: Path) -> bytes:
    """The bytes of a workbook.

    Raises:
        ExportError: it is not there, is no file, is too large or may not be read.
    """
    return read_input(path, LARGEST_FILE, "a workbook")


def read_template(template: Path) -> ReadBook:
    """The cells and named blocks of a workbook that is to be filled.

    Raises:
        ExportError: it is not there, something else, locked, damaged or too large.
    """
    content, name = read_content(template), template.name
    try:
        return read_xlsx(open_template(content, name)).book
    except ODD as error:
        raise _damaged(name, error) from error


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
