"""The tables of many sessions as Parquet, a file each: DuckDB and its like read them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offwall.model.records.text import xml_safe
from offwall.model.store import ExportError
from offwall.model.store.files import output_file
from offwall.model.tables import CellValue, SheetRow
from offwall.model.tables.sheet import CellKind
from offwall.model.workbook.gather.tidy_tables import empty_tables

if TYPE_CHECKING:
    from pyarrow import Schema
    from pyarrow.parquet import ParquetWriter

SUFFIX = ".parquet"

GROUP = 20_000
"""Rows that are written together; so many are in memory at once."""

Plain = tuple[CellValue, ...]


def paths(target: Path) -> list[Path]:
    """The file of each table: ``OUT-activities.parquet`` and so on."""
    names = (f"{target.stem}-{table.name.lower()}{SUFFIX}" for table in empty_tables())
    return [target.with_name(name) for name in names]


def _plain(value: CellValue) -> CellValue:
    """A value as Parquet has it: words as plain text, nothing where nothing was said."""
    if not isinstance(value, str):
        return value
    return xml_safe(value.value if isinstance(value, Enum) else value) or None


class ParquetRows:
    """The rows so far, in groups."""

    def __init__(self, writers: Sequence["ParquetWriter"], schemas: Sequence["Schema"]) -> None:
        self._writers, self._schemas = writers, schemas
        self._waiting: list[list[Plain]] = [[] for _ in writers]
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

    Raises:
        ExportError: one cannot be written, or pyarrow is not installed; nothing was written.
    """
    writer, schemas = _library()
    with ExitStack() as opened:
        parts = [opened.enter_context(output_file(path, force=force)) for path in paths(target)]
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
