"""What each column of a workbook was taken for, in words, and the part of it that people name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from openpyxl.utils import get_column_letter

from offwall.model.store import ExportError
from offwall.model.tables import ROLE
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.choice import MappingChoice
from offwall.model.workbook.template.found_table import FoundBy, FoundTable
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
        found = [one for one in sheets if one.name.casefold() == choice.sheet.casefold()]
        if not found:
            there = ", ".join(one.name for one in sheets)
            raise ExportError(f"{name} has no sheet {choice.sheet}; it has {there}.")
        sheets = tuple(found)
    if choice.table:
        block = next(
            (one for one in blocks if one.name.casefold() == choice.table.casefold()), None
        )
        if block is None:
            there = ", ".join(one.name for one in blocks) or "none with a name"
            raise ExportError(f"{name} has no table {choice.table}; it has {there}.")
        sheets = tuple(_within(one, block) for one in sheets if one.name == block.sheet)
        blocks = (block,)
    names = {one.name for one in sheets}
    return ReadBook(sheets, tuple(one for one in blocks if one.sheet in names))


def _within(sheet: ReadSheet, block: NamedBlock) -> ReadSheet:
    cells = {
        number: {at: value for at, value in row.items() if block.left <= at <= block.right}
        for number, row in sheet.cells.items()
        if block.top <= number <= block.bottom
    }
    return replace(sheet, cells=cells)


def mapping_lines(book: ReadBook, found: Iterable[FoundTable]) -> Iterator[str]:
    """Which table was found where and why, then each of its columns, then its rows."""
    for one in found:
        sheet = book.sheet(one.sheet)
        line = "column" if one.turned else "row"
        where = get_column_letter(one.header) if one.turned else str(one.header)
        kind = one.kind.replace("_", " ")
        yield f"{kind}: sheet {one.sheet}, headers in {line} {where} ({how_found(one)})"
        for at, said in one.headers.items():
            means = one.columns.get(at, "")
            place = str(at) if one.turned else get_column_letter(at)
            yield f"    {place} {' '.join(said.split()) or '(no header)'}: {_meant(means)}"
        for number, said in sorted(one.headings.items()):
            yield f"    {line} {number}: stage “{said}”"
        if sheet is not None and not one.turned:
            read = sum(1 for _ in one.rows(sheet))
            yield f"    {read:,} of {one.last - one.first + 1:,} rows"


def _meant(means: str) -> str:
    if means.startswith(BY_NAME):
        return "RACI of a new role"
    if means.startswith(ROLE):
        return f"RACI of {means.removeprefix(ROLE)}"
    return means.replace("_", " ") if means else "kept as it is"
