"""The tables of many sessions as a workbook: a sheet each, its rows put in as they come."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from model.exchange.excel.archive import SteadyZip
from model.exchange.excel.styles import DATE_FORMAT
from model.exchange.files import ExportError, writing
from model.exchange.gathering.xlsx_rows import DATE, QUOTED, numbered
from model.gathering import empty
from model.tables import Table

MOST_ROWS = 1_048_576
"""Rows of a sheet (Excel's specifications and limits); the first bears the headers."""

QUICK = 1
"""How hard rows are pressed together: the usual 6 takes thrice as long to save a fifth."""

_END = b"</sheetData>"


class XlsxRows:
    """The rows so far. They wait on disk, so that memory does not grow with the sessions."""

    def __init__(self, files: Sequence[IO[bytes]]) -> None:
        self._files = files
        self.counts = [0] * len(files)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Put a session's rows behind the others. Raises `ExportError` where no more fit."""
        for place, (file, some) in enumerate(zip(self._files, rows, strict=True)):
            first = self.counts[place] + 2
            self.counts[place] += len(some)
            if self.counts[place] >= MOST_ROWS:
                raise ExportError(_too_many(empty()[place]))
            file.write("".join(map(numbered, some, range(first, first + len(some)))).encode())


@contextmanager
def xlsx(target: Path, *, force: bool, today: dt.date) -> Iterator[XlsxRows]:
    """Take rows, and write the workbook once all are there.

    Raises:
        ExportError: it cannot be written, or a table has more rows than a sheet; nothing was.
    """
    with writing(target, force=force) as part, ExitStack() as opened:
        files = [opened.enter_context(TemporaryFile()) for _ in empty()]
        rows = XlsxRows(files)
        yield rows
        with part.open("wb") as file:
            ExcelWriter(_book(rows.counts, today), _Filled(file, today, files)).save()


class _Filled(SteadyZip):
    """A workbook's zip, with the rows put into each sheet on its way."""

    def __init__(self, file: IO[bytes], date: dt.date, rows: Sequence[IO[bytes]]) -> None:
        super().__init__(file, date)
        self.compresslevel = QUICK
        self._rows = rows

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        """Write a sheet that openpyxl made, and before its end the rows that it has none of."""
        before, end, after = Path(filename).read_bytes().partition(_END)
        number = re.search(r"sheet(\d+)\.xml$", str(arcname))
        if not end or number is None:
            return super().write(filename, arcname, *args, **options)
        rows = self._rows[int(number[1]) - 1]
        rows.seek(0)
        with self.open(str(arcname), "w", force_zip64=True) as entry:
            entry.write(before)
            shutil.copyfileobj(rows, entry, 1 << 20)
            entry.write(end + after)
        return None


def _book(counts: Sequence[int], today: dt.date) -> Workbook:
    """The workbook with headers alone, its tables as long as they will be."""
    book = Workbook(write_only=True)
    for table, count in zip(empty(), counts, strict=True):
        _sheet(book, table, count)
    properties = book.properties
    properties.title, properties.creator, properties.language = "Gathered sessions", "", "en-GB"
    properties.created = properties.modified = dt.datetime.combine(today, dt.time())
    return book


def _sheet(book: Workbook, table: Table, count: int) -> None:
    sheet = book.create_sheet(table.title)
    _declare_looks(sheet)
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.append([_header(sheet, column.header) for column in table.columns])
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


def _declare_looks(sheet: Any) -> None:
    """Give the workbook the looks that `xlsx_rows` names by their places."""
    date, quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    date.number_format = DATE_FORMAT
    found = date.style_id
    quoted.quotePrefix = True
    if (found, quoted.style_id) != (DATE, QUOTED):
        raise AssertionError("the looks of a new workbook stand in other places")


def _header(sheet: Any, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _too_many(table: Table) -> str:
    return (
        f"{table.title} has more than {MOST_ROWS - 1:,} rows, which no Excel sheet holds; gather"
        " fewer folders, or write Parquet with -o OUT.parquet."
    )
