"""What each column and row of a workbook was taken for and why, in words; the part of it that
people name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from openpyxl.utils import get_column_letter

from offwall.model.records import Session, line_of
from offwall.model.records.session import Fitted, Heading
from offwall.model.records.text import on_one_line
from offwall.model.store import ExportError
from offwall.model.tables import ACTIVITIES, RACI, ROLE
from offwall.model.tables.read_back import cell_as_line
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.cell_words import letters_of, sort_of
from offwall.model.workbook.template.choice import MappingChoice
from offwall.model.workbook.template.find_tables import every_table, rows_stand, tables_and_alike
from offwall.model.workbook.template.found_table import (
    HEADERS_WITHIN,
    FoundBy,
    FoundTable,
    blank_header,
)
from offwall.model.workbook.template.header_reading import HeaderWords
from offwall.model.workbook.template.header_words import ASIDE, NEAR, PARTS
from offwall.model.workbook.template.read_sheet import NamedBlock, ReadBook, ReadSheet

HOW = {
    FoundBy.REMEMBERED: "as the session remembers it",
    FoundBy.TABLE_NAME: "by the table's name",
    FoundBy.NAME: "by the name of its cells",
    FoundBy.LETTERS: "by the letters in its cells",
    FoundBy.CELLS: "by what stands in its cells",
}


def how_found(found: FoundTable) -> str:
    """By what a table was found, in words."""
    return HOW.get(found.how, "by its headers")


def narrowed(book: ReadBook, choice: MappingChoice, name: str) -> ReadBook:
    """The book with one sheet, or with one table's cells alone.

    Raises:
        ExportError: there is no such sheet or table.
    """
    sheets, blocks = book.sheets, book.blocks
    if choice.sheet:
        sheets = tuple(one for one in sheets if one.name.casefold() == choice.sheet.casefold())
        if not sheets:
            there = ", ".join(one.name for one in book.sheets)
            raise ExportError(f"{name} has no sheet {choice.sheet}; it has {there}.")
    if choice.table:
        blocks = tuple(one for one in blocks if one.name.casefold() == choice.table.casefold())[:1]
        if not blocks:
            there = ", ".join(one.name for one in book.blocks) or "none with a name"
            raise ExportError(f"{name} has no table {choice.table}; it has {there}.")
        sheets = tuple(_within(one, blocks[0]) for one in sheets if one.name == blocks[0].sheet)
    names = {one.name for one in sheets}
    return ReadBook(sheets, tuple(one for one in blocks if one.sheet in names))


def _within(sheet: ReadSheet, block: NamedBlock) -> ReadSheet:
    cells = {
        number: {at: value for at, value in row.items() if block.left <= at <= block.right}
        for number, row in sheet.cells.items()
        if block.top <= number <= block.bottom
    }
    return replace(sheet, cells=cells)


def mapping_lines(book: ReadBook, session: Session, found: Iterable[FoundTable]) -> Iterator[str]:
    """Which table was found where and why, then each of its columns, then its rows."""
    words = HeaderWords(session)
    for one in found:
        if (sheet := book.sheet(one.sheet)) is None:
            continue
        yield _title(one)
        for line in _columns(sheet, one, words):
            why = f" ({line.why})" if line.why else ""
            yield f"    {line.where} {line.said or '(no header)'}: {line.means}{why}"
        way = "column" if one.turned else "row"
        for number, said in sorted(one.headings.items()):
            yield f"    {way} {number}: stage “{said}”"
        yield f"    {summary_of(one, sheet)}"


def _title(one: FoundTable) -> str:
    way = "column" if one.turned else "row"
    where = get_column_letter(one.header) if one.turned else str(one.header)
    kind = one.kind.replace("_", " ")
    return f"{kind}: sheet {one.sheet}, headers in {way} {where} ({how_found(one)})"


def _meant(means: str) -> str:
    if means.startswith(BY_NAME):
        return "RACI of a new role"
    if means.startswith(ROLE):
        return f"RACI of {means.removeprefix(ROLE)}"
    return means.replace("_", " ") if means else "kept as it is"


def summary_of(one: FoundTable, sheet: ReadSheet) -> str:
    """How many rows and columns of a table are read, and which are not."""
    if one.turned:
        return f"{len(one.columns):,} columns, turned"
    numbers = [row for row in range(one.first, one.last + 1) if sheet.row(row)]
    read = [number for number, _, _ in one.rows(sheet)]
    said = [f"{len(read):,} of {len(numbers) - len(one.headings):,} rows"]
    roles = sum(means.startswith((ROLE, BY_NAME)) for means in one.columns.values())
    beside = {
        at: sort_of(sheet, at, one.first, one.last)
        for at in sorted({at for row in numbers for at in sheet.row(row)})
        if at not in one.columns and one.left <= at <= one.right
    }
    if roles:
        # Each column beside holds something.
        cells = ([row[at] for row in map(sheet.row, numbers) if at in row] for at in beside)
        lettered = sum(all(map(letters_of, values)) for values in cells)
        said.append(f"{roles} of {roles + lettered} role columns")
    for at, sort in beside.items():
        header = on_one_line(one.headers.get(at, "")) or "(no header)"
        what = f" ({sort})" if sort else ""
        taken = "kept as it is" if at in one.headers else "left alone"
        said.append(f"{get_column_letter(at)} {header} {taken}{what}")
    blank = next((row for row in range(one.first, one.last) if not sheet.row(row)), 0)
    below = [row for row in read if blank and row > blank]
    if below:
        were = "were" if len(below) > 1 else "was"
        said.append(f"{rows_stand(below)} below a blank row and {were} read")
    return "; ".join(said)


# What people see on the screen, to correct it.

ROWS_SHOWN = 60
"""Rows of a sheet that are shown."""

SAMPLES = 3
"""Cells of a column that are shown."""

WHY = {NEAR: "nearly its header", PARTS: "a part of its header", ASIDE: "its header"}


@dataclass(frozen=True, slots=True)
class MappedLine:
    """A column or a row: where it stands, its words, what it was taken for, and why.

    ``header`` is what is remembered of it: of a column its header, of a row its words. ``table``
    is the place of the table that a row stands in or below, -1 for none, and ``known`` whether it
    can be said to be a record of it.
    """

    where: str
    said: str
    means: str
    why: str
    header: str
    samples: str = ""
    table: int = -1
    known: bool = False


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table, found or not, as the session would remember it; ``kind`` is empty for none."""

    kind: str
    title: str
    fitted: Fitted
    columns: tuple[MappedLine, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """A sheet: its tables, its first rows, and the headers of a row if it were to head one."""

    file: str
    name: str
    tables: tuple[MappedTable, ...]
    rows: tuple[MappedLine, ...]


def mapped_sheets(book: ReadBook, session: Session, file: str, *, every: bool) -> list[MappedSheet]:
    """What stands on each sheet and what it was taken for; ``every`` is for reading."""
    found, _ = every_table(book, session) if every else tables_and_alike(book, session)
    words = HeaderWords(session)
    sheets = []
    for sheet in book.sheets:
        here = [one for one in found if one.sheet == sheet.name]
        tables = []
        for one in here:
            columns = tuple(_columns(sheet, one, words))
            summary = summary_of(one, sheet)
            tables.append(MappedTable(one.kind, _title(one), one.remembered(), columns, summary))
        rows = islice(sorted(sheet.cells), ROWS_SHOWN)
        lines = tuple(_row_line(sheet, number, here) for number in rows)
        sheets.append(MappedSheet(file, sheet.name, tuple(tables or [_no_table(sheet)]), lines))
    return sheets


def _columns(sheet: ReadSheet, one: FoundTable, words: HeaderWords) -> Iterator[MappedLine]:
    places = set(one.headers)
    if not one.turned:
        body = (sheet.row(row) for row in range(one.first, one.last + 1))
        places |= {at for row in body for at in row if one.left - 1 <= at <= one.right + 1}
    seen = {""}
    for at in sorted(places):
        means, said = one.columns.get(at, ""), on_one_line(one.headers.get(at, ""))
        yield MappedLine(
            str(at) if one.turned else get_column_letter(at),
            said,
            _meant(means),
            _why(one, said, means, words),
            blank_header(at) if said in seen else said,
            "" if one.turned else _samples(sheet, at, one.first, one.last),
        )
        seen.add(said)


def _why(one: FoundTable, said: str, means: str, words: HeaderWords) -> str:
    """Why a column was taken for what it is."""
    was = next((each.means for each in one.remembered().columns if each.header == said), "")
    if one.how is FoundBy.REMEMBERED and was:
        return "what was said"
    found, sure = words.meaning(one.kind, said)
    if means and found == means:
        return WHY.get(sure, "its header")
    if means.startswith((ROLE, BY_NAME)):
        return "the letters under it"
    return "what stands under it" if means else ""


def _samples(sheet: ReadSheet, at: int, first: int, last: int) -> str:
    values = (sheet.row(row).get(at) for row in range(first, last + 1))
    said = dict.fromkeys(cell_as_line(one) for one in values if one not in ("", None))
    return " · ".join(islice(filter(None, said), SAMPLES))


def _row_line(sheet: ReadSheet, number: int, tables: Sequence[FoundTable]) -> MappedLine:
    """What a row was taken for, in the table that it stands in."""
    cells = sheet.row(number)
    said = " · ".join(filter(None, (cell_as_line(cells[at]) for at in sorted(cells))))
    above = [at for at, one in enumerate(tables) if not one.turned and one.header <= number]
    means, why = "not read", ""
    if not above:
        words = cell_as_line(cells[min(cells)])
        return MappedLine(str(number), words, means, why, words, said)
    table = tables[above[-1]]
    if number == table.header:
        means = "headers"
    elif number in table.headings:
        means = "stage"
    elif number in table.skipped:
        means, why = "left out", table.skipped[number]
    elif table.first <= number <= table.last:
        plain = table.kind.removesuffix("s").replace("_", " ")
        means = "activity" if table.kind in (ACTIVITIES, RACI) else plain
    words, known = table.row_words(sheet, number), number >= table.first
    return MappedLine(str(number), words, means, why, words, said, above[-1], known)


def headers_at(sheet: ReadSheet, number: int) -> tuple[Heading, ...]:
    """The headers of a row, if it were to head a table."""
    row = sheet.row(number)
    return tuple(
        Heading(line_of(str(row[at])) if at in row else blank_header(at))
        for at in sorted({*row, *sheet.row(number + 1)})
    )


def _no_table(sheet: ReadSheet) -> MappedTable:
    """What a sheet holds where no table was found: the fullest row is taken to head it."""
    rows = {
        number: sum(isinstance(one, str) for one in row.values())
        for number, row in sheet.cells.items()
        if number <= HEADERS_WITHIN
    }
    top = max(rows, key=lambda number: (rows[number], -number), default=0)
    headings = headers_at(sheet, top)
    columns = []
    for one, at in zip(headings, sorted({*sheet.row(top), *sheet.row(top + 1)}), strict=True):
        said = line_of(str(sheet.row(top).get(at, "")))
        samples = _samples(sheet, at, top + 1, min(sheet.last_row, top + HEADERS_WITHIN))
        line = MappedLine(get_column_letter(at), said, "not read", "", one.header, samples)
        columns.append(line)
    title = f"no table was found; row {top} may be its headers" if top else "the sheet is empty"
    return MappedTable("", title, Fitted("", sheet.name, "", headings), tuple(columns))
