"""What was read of one workbook that came back, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.session import Session

BY_NAME = "new role:"
"""What the key of a column begins with whose role is not known; the role's name follows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by its number: values by our keys, and the council's own by header."""

    number: int
    cells: Mapping[str, Any]
    own: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it was exported: what its record is known by, its words, its values by our keys."""

    id: str
    words: str
    values: Mapping[str, Any]
    own: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A table as it was read: its rows in their order, and those that it was exported with.

    ``keys`` are the columns of ours that it has; ``anchor`` is the one that says what a row is
    about, and ``own`` are the headers of the council's own columns.
    """

    kind: str
    sheet: str
    anchor: str
    keys: tuple[str, ...]
    own: tuple[str, ...]
    rows: tuple[Row, ...]
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote on a cell; the row counts from 1."""

    sheet: str
    row: int
    cell: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A workbook that came back: its file, who saved it last, its tables and its comments.

    ``base`` is the session that it was exported from. Where that is not known, ``base`` is the
    session as it is now, and ``said`` says so: what was changed there since cannot be told from
    what was changed in the workbook. ``said`` are sentences for the user.
    """

    file: str
    by: str
    base: Session
    tables: tuple[Read, ...]
    comments: tuple[Comment, ...] = ()
    said: tuple[str, ...] = ()
