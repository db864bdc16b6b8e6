"""What a table is: rows derived from a session, for screens, workbook and reports alike.

A table is plain data. It knows nothing of a spreadsheet or a terminal; a column only hints at
its width and names the list that its values come from.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | dt.date | None
"""What a cell holds. ``None`` and the empty string are both an empty cell."""

Row = tuple[Value, ...]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INT = "int"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in code, its header, and hints for whoever shows it.

    ``width`` is in characters. ``choices`` is the key of the column of the table *Lists* that
    offers its values; people may still write something else.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    width: int = 16
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with a name (a word without a space), a title, and a sentence that says what they are.

    ``pinned`` is how many of the first columns say which record a row is about, and so should
    stay in sight.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pinned: int = 1

    def records(self) -> list[dict[str, Value]]:
        """Each row as a mapping from the columns' keys."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


COMMENT = Column("comment", "Your comment", width=22)
ID = Column("id", "ID", width=12)
