"""What a sheet is: one description to build it, fill a council's own, and read edits back."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from offwall.model.actions import facts
from offwall.model.process import LIST_SEPARATOR, owner_labels, role_labels
from offwall.model.process.names import LinkedRecords, distinct
from offwall.model.process.post_it import MEANINGS
from offwall.model.records import Action, Issue, Session, Table
from offwall.model.records.session import Besides
from offwall.model.records.text import on_one_line

if TYPE_CHECKING:
    from offwall.model.tables.read_back import Draft, Reader

ACTIVITIES, RACI, DECISIONS, DOCUMENTS = "activities", "raci", "decisions", "documents"
ISSUES, ACTIONS, NEXT_STEPS = "issues", "actions", "next_steps"
"""The keys of the sheets that others name."""

ROLE = "role:"
"""What the key of a role's own column begins with; its code follows."""

CellValue = str | int | dt.date | None
"""What a cell holds. ``None`` and the empty string are both an empty cell."""

SheetRow = tuple[CellValue, ...]

YES, NO = "yes", "no"

ACTIVITY_STATUS = ("confirmed", "sequence only", "lead only", "to confirm")
"""What the group agreed of an activity: its place in the sequence, and its lead."""

CODE_MEANS = {code: words.lower() for code, words in MEANINGS.items()}
"""The letter on the wall, in words."""

T = TypeVar("T")
Row = TypeVar("Row")


class CellKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INT = "int"
    DATE = "date"


class Shown(StrEnum):
    """When a column stands on the page, or a sheet in the workbook: filled, always, or never.

    Always are columns that people fill in by hand; never what an analyst alone looks at.
    """

    FILLED = "filled"
    ALWAYS = "always"
    NEVER = "never"


class Facts:
    """A session, and what its sheets work out of it: each once, whoever asks first."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._found: dict[Callable[[Session], Any], Any] = {}

    def once(self, work: Callable[[Session], T]) -> T:
        """What a function makes of the session."""
        if work not in self._found:
            self._found[work] = work(self.session)
        found: T = self._found[work]
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each role is called, by its code."""
        return role_labels(self.session)

    @cached_property
    def owners(self) -> dict[str, str]:
        """What whoever may own something is called, by code or id."""
        return owner_labels(self.session, self.labels)

    @cached_property
    def linked(self) -> LinkedRecords:
        """The issues and actions of activities and of each other."""
        return LinkedRecords(self.session)

    @cached_property
    def stated(self) -> facts.Facts:
        """What every paper states of the actions, as seen on the day of the workshop."""
        return stated(self.session)


def stated(session: Session) -> facts.Facts:
    """What every paper states of the actions, as seen on the day of the workshop, if it has one."""
    return facts.Facts(session, session.workshop.date or dt.date.min)


# Without slots: Python 3.11 cannot make a frozen one of them as `Cell[Activity](...)`.
@dataclass(frozen=True)
class Cell(Generic[Row]):
    """A column of a sheet: all that is said of it, here and nowhere else.

    ``value`` makes what stands in it of a row; without one, it is the row's attribute ``field``,
    which is called like the ``key`` if nothing else is said: several are joined, and a role or a
    person is named where the ``choices`` are those. ``width`` is in characters. ``choices`` is
    the key of the column of the sheet *Lists* that offers its values; people may still write
    something else.

    ``read`` makes values of the record's fields of a cell that was edited; without one it is
    worked out from the rest, and an edit of it is told. ``typed`` is what people typed: it is
    told where a council's workbook has no place for it. A column of what is recorded ``besides`` is
    in our own workbook only where a session records that. ``words`` are what councils head such a
    column with, besides ``header``. ``printed`` says when it stands on the page.
    """

    key: str
    header: str
    value: Callable[[Facts, Row], CellValue] | None = None
    width: int = 16
    choices: str = ""
    _: KW_ONLY
    kind: CellKind = CellKind.TEXT
    read: "Reader | None" = None
    typed: bool = False
    field: str = ""
    besides: Besides | None = None
    words: tuple[str, ...] = ()
    printed: Shown = Shown.FILLED

    def also(self, words: str) -> "Cell[Row]":
        """The column with what councils call it, between commas."""
        return replace(self, words=tuple(words.split(", ")))

    def of(self, at: Facts, row: Row) -> CellValue:
        """What stands in the column, in a row."""
        if self.value is not None:
            return self.value(at, row)
        found = getattr(row, self.field or self.key)
        if self.choices in ("roles", "owners"):
            return (at.labels if self.choices == "roles" else at.owners).get(found, str(found))
        if isinstance(found, tuple):
            return LIST_SEPARATOR.join(found)
        if isinstance(found, bool):
            return YES if found else NO
        empty: CellValue = "" if self.kind is CellKind.TEXT else None
        return empty if found is None else found


COMMENT = Cell[Any]("comment", "Your comment", lambda *_: "", 22, printed=Shown.NEVER).also(
    "your comments"
)
"""What others write in."""

ID = Cell[Any]("id", "ID", width=12, printed=Shown.NEVER).also("offwall id, record id, unique id")


def texts(found: Iterable[Action | Issue]) -> str:
    """The words of several records in one cell."""
    return LIST_SEPARATOR.join(one.text for one in found)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """Rows with a name (a word without a space), a title, and a sentence that says what they are.

    ``pinned`` is how many of the first columns say which record a row is about, and so should
    stay in sight. ``own`` says whether the council's own columns stand in it.
    """

    name: str
    title: str
    about: str
    columns: tuple[Cell[Any], ...]
    rows: tuple[SheetRow, ...]
    pinned: int = 1
    own: bool = False

    def for_paper(self) -> tuple["FilledSheet", int]:
        """The sheet with what is printed to the left, and how many columns that is."""
        named = [at for at, one in enumerate(self.columns) if self._is_printed(at, one)]
        order = [*named, *(at for at in range(len(self.columns)) if at not in named)]
        columns = tuple(self.columns[at] for at in order)
        rows = tuple(tuple(row[at] for at in order) for row in self.rows)
        return replace(self, columns=columns, rows=rows), len(named) or len(order)

    def _is_printed(self, at: int, one: Cell[Any]) -> bool:
        filled = not self.rows or any(row[at] not in ("", None) for row in self.rows)
        return one.printed is Shown.ALWAYS or (one.printed is Shown.FILLED and filled)

    def records(self) -> list[dict[str, CellValue]]:
        """Each row as a mapping from the columns' keys."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


Cells = Cell[Row] | Callable[[Facts], Iterable[Cell[Row]]]
"""A column, or those that a session decides on, such as one a role."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """The description of a sheet: what its rows are, and its columns in their order.

    ``called`` are the names of such tables in the councils' own workbooks, between commas, which
    Offwall then fills and reads; ``more`` are columns that those may have and ours has not.
    Without ``called`` the sheet is ours alone: it comes back where a cell has a ``read``, and
    else, where it has a place for comments, it is told that its edits do not.

    ``anchor`` is the column that says what a row is about, ``known_by`` the one that says which
    record; ``new`` makes a record of ``collection`` of an anchor's words. ``own`` says whether
    each record keeps the council's own columns. ``written`` says when our own workbook has it.
    """

    key: str
    title: str
    about: str
    rows: Callable[[Facts], Iterable[Row]]
    cells: tuple[Cells[Row], ...]
    pinned: int = 1
    called: str = ""
    more: tuple[Cells[Row], ...] = ()
    collection: str = ""
    anchor: str = ""
    known_by: str = "id"
    new: "Callable[[Draft, str], Any] | None" = None
    own: bool = False
    written: Shown = Shown.ALWAYS

    @property
    def name(self) -> str:
        """The name of its table in a workbook."""
        return self.title.replace(" ", "_")

    @property
    def described(self) -> dict[str, Cell[Row]]:
        """The columns that every session has, and ``more``, by key."""
        more = {one.key: one for one in self.more if isinstance(one, Cell)}
        ours = {cell.key: cell for cell in self.cells if isinstance(cell, Cell)}
        return ours | {key: one for key, one in more.items() if key not in ours}

    @property
    def comes_back(self) -> bool:
        """Whether its edits are taken."""
        return any(one.read for one in self.described.values())

    def edits_of_new(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Of a new row's cells those that are edits: not its anchor, nor what is worked out."""
        described = self.described
        derived = {key for key, one in described.items() if one.read is None} | {self.anchor}
        return {key: value for key, value in cells.items() if key not in derived}

    def of(self, session: Session, *, whole: bool = False) -> FilledSheet:
        """The sheet of a session; ``whole``, with the columns of what it does not record."""
        return self.fill(Facts(session), whole=whole)

    def fill(self, at: Facts, *, whole: bool = False) -> FilledSheet:
        """The sheet of a session whose facts are known."""
        session, every = at.session, _columns(self.cells, at)
        columns = tuple(
            one for one in every if whole or not one.besides or session.records(one.besides)
        )
        rows = tuple(tuple(column.of(at, row) for column in columns) for row in self.rows(at))
        named = (self.name, self.title, self.about)
        return FilledSheet(*named, columns, rows, self.pinned, self.own)

    def every_column(self, at: Facts) -> dict[str, Cell[Row]]:
        """The columns of a session, and what a council's table may have besides, by key."""
        return {one.key: one for one in _columns((*self.more, *self.cells), at)}

    def every_value(
        self, at: Facts, keys: Collection[str] | None = None
    ) -> list[dict[str, CellValue]]:
        """Each row as a mapping from the keys of `every_column`; ``keys`` are those wanted."""
        columns = self.every_column(at)
        if keys is not None:
            wanted = {*keys, self.known_by, self.anchor}
            columns = {key: one for key, one in columns.items() if key in wanted}
        return [{key: one.of(at, row) for key, one in columns.items()} for row in self.rows(at)]


def _columns(cells: tuple[Cells[Row], ...], at: Facts) -> tuple[Cell[Row], ...]:
    found = ((cell,) if isinstance(cell, Cell) else cell(at) for cell in cells)
    return tuple(chain.from_iterable(found))


# The council's own columns: kept on each record as they came in, and written back.

OWN_COLUMNS = "own_columns"
"""The key of a record's ``extra`` that keeps the council's own columns, by their headers."""


def own_columns(extra: Table) -> dict[str, str]:
    """The council's own columns that a record keeps in its ``extra``, by their headers.

    A plain value under a key such as ``x_council_ref`` is one too: Council ref.
    """
    kept = dict(extra.items).get(OWN_COLUMNS)
    own = {header: str(value) for header, value in kept.items} if isinstance(kept, Table) else {}
    return {_header(key): said for key, value in extra.items if (said := _plain(key, value))} | own


LONGEST_OWN = 1_000
"""Characters of a value that stands in a column of its own; a longer one is in the file alone."""


def _plain(key: str, value: Any) -> str:
    """A value as its column has it; empty for what has none."""
    ours = {COMMENT.header.casefold(), ID.header.casefold(), "x_"}
    shown = key.startswith("x_") and not {_header(key).casefold(), key} & ours
    said = on_one_line(str(value)) if isinstance(value, str | int | float | dt.date) else ""
    return said if shown and len(said) <= LONGEST_OWN else ""


def _header(key: str) -> str:
    words = on_one_line(key.removeprefix("x_").replace("_", " "))
    return words[:1].upper() + words[1:]


def own_header(label: str) -> str:
    """The header of a column of the council's own; `distinct` says it twice where ours has it."""
    twice = re.fullmatch(r"(.+) \(\1\)", label)
    return twice[1] if twice else label


def keeping(extra: Table, own: Mapping[str, str]) -> Table:
    """The ``extra`` that keeps these columns: each where it was, a new one with the others."""
    before, left, others = own_columns(extra), dict(own), []
    for key, value in extra.items:
        was = _plain(key, value)
        mine = bool(was) and before.get(_header(key)) == was
        said = left.pop(_header(key), None) if mine else was
        if said is not None and key != OWN_COLUMNS:
            others.append((key, value if said == was else said))
    return Table((*others, (OWN_COLUMNS, Table(tuple(left.items())))) if left else tuple(others))


def by_record(session: Session) -> dict[str, dict[str, str]]:
    """The council's own columns of every record that keeps any, by its id."""
    held = (session.activities, session.issues, session.actions)
    return {one.id: found for of in held for one in of if (found := own_columns(one.extra))}


def with_own_columns(table: FilledSheet, own: Mapping[str, Mapping[str, str]]) -> FilledSheet:
    """The table with the council's own columns before the last two, the comment and the id."""
    if not table.own or not own:
        return table
    kept = [own.get(str(row[-1]), {}) for row in table.rows]
    headers = list(dict.fromkeys(header for one in kept for header in one))
    labels = distinct(
        [(header, header) for header in headers], [column.header for column in table.columns]
    )
    more = tuple(
        Cell[Any](f"own:{header}", label, width=18, printed=Shown.NEVER)
        for header, label in zip(headers, labels, strict=True)
    )
    return replace(
        table,
        columns=(*table.columns[:-2], *more, *table.columns[-2:]),
        rows=tuple(
            (*row[:-2], *(one.get(header, "") for header in headers), *row[-2:])
            for row, one in zip(table.rows, kept, strict=True)
        ),
    )
