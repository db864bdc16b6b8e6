"""The tables of many sessions as files: a workbook with a sheet each, or a Parquet file each."""

import datetime as dt
import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, NamedTuple
from warnings import catch_warnings, simplefilter

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from offwall.model.records.text import xml_safe
from offwall.model.store import ExportError, os_reason
from offwall.model.store.files import output_file
from offwall.model.tables import CellValue, FilledSheet, SheetRow
from offwall.model.tables.sheet import CellKind
from offwall.model.workbook.gather.tidy_tables import empty_tables
from offwall.model.workbook.template.package import SteadyZip
from offwall.model.workbook.write.sheet import DATE_FORMAT, FIRST_YEAR, FORMULA_MARKS, cell_text

if TYPE_CHECKING:
    from pyarrow import Schema
    from pyarrow.parquet import ParquetWriter

# As Parquet: DuckDB and its like read it.

PARQUET = ".parquet"

GROUP = 20_000
"""Rows that are written together; so many are in memory at once."""


def parquet_files(target: Path) -> list[Path]:
    """The file of each table: ``OUT-activities.parquet`` and so on."""
    names = (f"{target.stem}-{table.name.lower()}{PARQUET}" for table in empty_tables())
    return [target.with_name(name) for name in names]


def _plain(value: CellValue) -> CellValue:
    """A value as Parquet has it: words as plain text, nothing where nothing was said."""
    return xml_safe(str(value)) or None if isinstance(value, str) else value


class ParquetRows:
    """The rows so far, in groups."""

    def __init__(self, writers: Sequence["ParquetWriter"], schemas: Sequence["Schema"]) -> None:
        self._writers, self._schemas = writers, schemas
        self._waiting: list[list[SheetRow]] = [[] for _ in writers]
        self.counts = [0] * len(writers)

    def add(self, rows: Sequence[Sequence[SheetRow]]) -> None:
        """Put a session's rows behind the others."""
        for place, some in enumerate(rows):
            self.counts[place] += len(some)
            self._waiting[place].extend(tuple(map(_plain, row)) for row in some)
            if len(self._waiting[place]) >= GROUP:
                self._flush(place)

    def finish(self) -> None:
        """Write what still waits."""
        for place in range(len(self._waiting)):
            self._flush(place)

    def _flush(self, place: int) -> None:
        import pyarrow

        waiting, schema = self._waiting[place], self._schemas[place]
        self._waiting[place] = []
        columns: Any = zip(*waiting, strict=True) if waiting else [()] * len(schema)
        arrays = [pyarrow.array(c, kind) for c, kind in zip(columns, schema.types, strict=True)]
        self._writers[place].write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


@contextmanager
def parquet(target: Path, *, force: bool, today: dt.date) -> Iterator[ParquetRows]:
    """Take rows, and put the files in place once all are there.

    Raises `ExportError`, and writes nothing, where one cannot be written or pyarrow is missing.
    """
    writer, schemas = _library()
    with ExitStack() as opened:
        parts = [
            opened.enter_context(output_file(path, force=force)) for path in parquet_files(target)
        ]
        with ExitStack() as written:
            pairs = zip(parts, schemas, strict=True)
            writers = [written.enter_context(writer(part, schema)) for part, schema in pairs]
            rows = ParquetRows(writers, schemas)
            yield rows
            rows.finish()


def _library() -> tuple[type["ParquetWriter"], list["Schema"]]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise ExportError(
            "Parquet needs pyarrow, which is not installed: pip install 'offwall[parquet]', or name"
            " an .xlsx."
        ) from None
    kinds = {
        CellKind.TEXT: pyarrow.string(),
        CellKind.INT: pyarrow.int64(),
        CellKind.DATE: pyarrow.date32(),
    }
    return ParquetWriter, [
        pyarrow.schema([(column.key, kinds[column.kind]) for column in table.columns])
        for table in empty_tables()
    ]


# As a workbook: the rows are written as they come.

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

    def add(self, rows: Sequence[Sequence[SheetRow]]) -> None:
        """Put a session's rows behind the others. Raises `ExportError` where no more fit."""
        for place, (sheet, some) in enumerate(zip(self._sheets, rows, strict=True)):
            self.counts[place] += len(some)
            if self.counts[place] >= MOST_ROWS:
                raise ExportError(
                    f"{empty_tables()[place].title} has more than {MOST_ROWS - 1:,} rows, which no"
                    " Excel sheet holds; gather fewer folders, or write Parquet with -o"
                    " OUT.parquet."
                )
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

    Raises `ExportError`, and writes nothing, where it cannot be written or the rows find no room.
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
            why = os_reason(OSError(number, os.strerror(number)))
            raise ExportError(
                f"The rows cannot wait in {gettempdir()} ({why}); make room there, or name"
                " another folder with TMPDIR."
            ) from None
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
    headers = [WriteOnlyCell(sheet, column.header) for column in table.columns]
    for cell in headers:
        cell.font = Font(bold=True)
    sheet.append(headers)
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


_text = lru_cache(maxsize=10_000)(cell_text)
"""Most words of many sessions are those of their names, stages and roles."""

# Which form it is, by the ending of the name.

Rows = XlsxRows | ParquetRows
"""Takes the rows of one session after another."""


class Form(NamedTuple):
    """What opens a file for the rows, and which files come of a name."""

    opened: Callable[..., AbstractContextManager[Rows]]
    files: Callable[[Path], list[Path]]


FORMS: Mapping[str, Form] = {
    ".xlsx": Form(xlsx, lambda target: [target]),
    PARQUET: Form(parquet, parquet_files),
}
"""Each form under the ending of its file's name."""
