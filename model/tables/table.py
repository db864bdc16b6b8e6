"""What a table is: rows derived from a session, for screens, workbook and reports alike.

A table is plain data. It knows nothing of a spreadsheet or a terminal; a column only hints at
its width and names the list that its values come from.
"""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
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


def heading(text: str) -> str:
    """A text on one line without control characters, as a header can bear it."""
    shown = "".join(" " if _hidden(mark) else mark for mark in text)
    return " ".join(shown.split())[:MOST]


def _hidden(mark: str) -> bool:
    """Controls, line breaks, halves of a pair, and the code points that are no characters."""
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp") or ord(mark) & 0xFFFE == 0xFFFE


MOST = 200
"""Characters of a header at most; a spreadsheet's table takes 255."""


def distinct(names: Sequence[tuple[str, str]], fixed: Iterable[str] = ()) -> list[str]:
    """A header for each (code, name) that no other bears, whatever its capitals.

    A name that two bear, or that is one of the ``fixed`` headers, gets its code added; what still
    clashes gets a number.
    """
    wanted = [heading(name) or heading(code) or "?" for code, name in names]
    taken = {text.casefold() for text in fixed}
    count = Counter(text.casefold() for text in wanted)
    found = []
    for (code, _), text in zip(names, wanted, strict=True):
        clash = text.casefold() in taken or count[text.casefold()] > 1
        full = _numbered(f"{text} ({heading(code)})" if clash else text, taken)
        taken.add(full.casefold())
        found.append(full)
    return found


def _numbered(text: str, taken: set[str]) -> str:
    number, full = 1, text
    while full.casefold() in taken:
        number += 1
        full = f"{text} {number}"
    return full
