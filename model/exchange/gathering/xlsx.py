"""The tables of many sessions as a workbook: a sheet each, its rows put in as they come."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import IO, Any
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from model.disk import reason
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
        """Put a session's rows behind the others.

        Raises:
            ExportError: a sheet holds no more, or there is no room for them to wait.
        """
        for place, (file, some) in enumerate(zip(self._files, rows, strict=True)):
            first = self.counts[place] + 2
            self.counts[place] += len(some)
            if self.counts[place] >= MOST_ROWS:
                raise ExportError(_too_many(empty()[place]))
            text = "".join(map(numbered, some, range(first, first + len(some))))
            try:
                file.write(text.encode())
                file.flush()
            except OSError as error:
                raise ExportError(_no_room(error)) from None


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
        book = _packed(rows.counts, today)
        with part.open("wb") as file:
            _write(file, book, files)


def _write(target: IO[bytes], book: bytes, rows: Sequence[IO[bytes]]) -> None:
    """Write a workbook that has headers alone, and before each sheet's end the rows of it."""
    with (
        ZipFile(BytesIO(book)) as made,
        ZipFile(target, "w", ZIP_DEFLATED, compresslevel=QUICK) as whole,
    ):
        for name in made.namelist():
            before, end, after = made.read(name).partition(_END)
            number = re.search(r"sheet(\d+)\.xml$", name)
            # Named so, an entry bears the first date that a zip can write, and not the clock's.
            with whole.open(name, "w", force_zip64=True) as entry:
                entry.write(before)
                if end and number:
                    some = rows[int(number[1]) - 1]
                    some.seek(0)
                    shutil.copyfileobj(some, entry, 1 << 20)
                entry.write(end + after)


def _packed(counts: Sequence[int], today: dt.date) -> bytes:
    """The workbook without its rows. It is made in memory, where no disk can be full."""
    held = BytesIO()
    ExcelWriter(_book(counts, today), SteadyZip(held, today)).save()
    return held.getvalue()


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


def _no_room(error: OSError) -> str:
    return (
        f"The rows cannot wait in {gettempdir()} ({reason(error)}); make room there, or name"
        " another folder with TMPDIR."
    )


def _too_many(table: Table) -> str:
    return (
        f"{table.title} has more than {MOST_ROWS - 1:,} rows, which no Excel sheet holds; gather"
        " fewer folders, or write Parquet with -o OUT.parquet."
    )
