"""The tables of many sessions as a workbook: a sheet each, its rows written as they come."""

import datetime as dt
import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from offwall.model.store import ExportError, os_reason
from offwall.model.store.files import output_file
from offwall.model.tables import CellValue, FilledSheet
from offwall.model.workbook.gather import parquet
from offwall.model.workbook.gather.tidy_tables import empty_tables
from offwall.model.workbook.template.package import SteadyZip
from offwall.model.workbook.write.sheet import DATE_FORMAT, FIRST_YEAR, FORMULA_MARKS, cell_text

MOST_ROWS = 1_048_576
"""Rows of a sheet (Excel's specifications and limits); the first bears the headers."""

MISTAKEN = (*FORMULA_MARKS, "#")
"""What begins a text that openpyxl, or who types in the cell, would take for something else."""


class XlsxRows:
    """The rows so far. openpyxl keeps them on disk: memory does not grow with the sessions."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheets = [_sheet(book, table) for table in empty_tables()]
        self.counts = [0] * len(self._sheets)

    def add(self, rows: Sequence[Sequence[Sequence[CellValue]]]) -> None:
        """Put a session's rows behind the others.

        Raises:
            ExportError: a sheet holds no more.
        """
        for place, (sheet, some) in enumerate(zip(self._sheets, rows, strict=True)):
            self.counts[place] += len(some)
            if self.counts[place] >= MOST_ROWS:
                raise ExportError(_too_many(empty_tables()[place]))
            for row in some:
                sheet.append([_cell(sheet, value) for value in row])

    def finish(self, target: Path, today: dt.date) -> None:
        """Write the workbook."""
        for sheet, table, count in zip(self._sheets, empty_tables(), self.counts, strict=True):
            _as_table(sheet, table, count)
        properties = self._book.properties
        properties.title, properties.creator, properties.language = "Gathered sessions", "", "en-GB"
        properties.created = properties.modified = dt.datetime.combine(today, dt.time())
        with target.open("wb") as file:
            ExcelWriter(self._book, SteadyZip(file, today)).save()


@contextmanager
def xlsx(target: Path, *, force: bool, today: dt.date) -> Iterator[XlsxRows]:
    """Take rows, and write the workbook once all are there.

    Raises:
        ExportError: it cannot be written, its rows find no room to wait, or a table has more than a
            sheet; nothing was written.
    """
    with output_file(target, force=force) as part:
        book = Workbook(write_only=True)
        try:
            rows = XlsxRows(book)
            yield rows
            rows.finish(part, today)
        except LxmlError as error:
            # What openpyxl writes with says in a word of its own what the system said.
            number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
            raise ExportError(_no_room(OSError(number, os.strerror(number)))) from None
        finally:
            _leave(book)


def _leave(book: Any) -> None:
    """End what was not written: a sheet left open would tell of it when it is collected."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()
        # Where a row was cut short, that fails and leaves openpyxl's own generator open.
        with suppress(Exception):
            sheet._writer.xf.close()  # noqa: SLF001


def _sheet(book: Workbook, table: FilledSheet) -> Any:
    sheet = book.create_sheet(table.title)
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.append([_header(sheet, column.header) for column in table.columns])
    return sheet


def _as_table(sheet: Any, table: FilledSheet, count: int) -> None:
    # A table without a row is none to Excel: an empty one then has an empty row.
    cells = f"A1:{get_column_letter(len(table.columns))}{max(count, 1) + 1}"
    block = ExcelTable(displayName=table.name, ref=cells, autoFilter=AutoFilter(ref=cells))
    block.tableColumns = [
        TableColumn(id=place, name=column.header) for place, column in enumerate(table.columns, 1)
    ]
    block.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    with catch_warnings():
        # It warns that the columns are to be given, which they are.
        simplefilter("ignore", UserWarning)
        sheet.add_table(block)


def _header(sheet: Any, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: CellValue) -> Any:
    """What openpyxl takes for a cell: the value itself where nobody takes it for another."""
    if isinstance(value, dt.date):
        if value.year < FIRST_YEAR:
            return value.isoformat()
        cell = WriteOnlyCell(sheet, dt.datetime.combine(value, dt.time()))
        cell.number_format = DATE_FORMAT
        return cell
    if not isinstance(value, str):
        return value
    text = _text(value)
    if not text.startswith(MISTAKEN):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA_MARKS)
    return cell


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    """As `cell_text`; most words of many sessions are those of their names, stages and roles."""
    return cell_text(value)


def _no_room(error: OSError) -> str:
    return (
        f"The rows cannot wait in {gettempdir()} ({os_reason(error)}); make room there, or name"
        " another folder with TMPDIR."
    )


def _too_many(table: FilledSheet) -> str:
    return (
        f"{table.title} has more than {MOST_ROWS - 1:,} rows, which no Excel sheet holds; gather"
        " fewer folders, or write Parquet with -o OUT.parquet."
    )


# The forms in which gathered tables leave, by the ending of the name.


Rows = XlsxRows | parquet.ParquetRows
"""Takes the rows of one session after another."""


class Form(NamedTuple):
    """What opens a file for the rows, and which files come of a name."""

    opened: Callable[..., AbstractContextManager[Rows]]
    files: Callable[[Path], list[Path]]


FORMS: Mapping[str, Form] = {
    ".xlsx": Form(xlsx, lambda target: [target]),
    parquet.SUFFIX: Form(parquet.parquet, parquet.paths),
}
"""Each form under the ending of its file's name."""
