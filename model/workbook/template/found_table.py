"""A table of ours as it was found in a workbook; and what a session remembers of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from offwall.model.records import Session
from offwall.model.records.session import Fitted, Heading
from offwall.model.records.text import fold
from offwall.model.tables import ROLE, sheet_of
from offwall.model.tables.read_back import cell_as_line
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.read_sheet import ReadSheet
from offwall.model.workbook.template.words import LEAVE

HEADERS_WITHIN = 200
"""Rows of a sheet that are looked at for headers."""

BLANK_HEADER = re.compile(r"column ([A-Z]{1,3})", re.IGNORECASE)
"""What a column without a header is called."""


class FoundBy(IntEnum):
    """By what a table was found; the lower counts for more."""

    REMEMBERED = 0
    TABLE_NAME = 1
    NAME = 2
    LETTERS = 3
    TABLE_HEADERS = 4
    HEADERS = 5
    CELLS = 6


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of ours in a workbook. Rows and columns count from 1.

    ``columns`` says which column of ours stands where: the keys of `model.tables.all_sheets`'
    columns, and for the people ``responsible``, ``accountable``, ``consulted``, ``informed``
    (names in a cell), ``role:cm`` (a role's own column of letters) and `BY_NAME` with the name of
    a role that the session does not know. ``headers`` are all headers of the block, the council's
    own ones too. The body's rows go from ``first`` to ``last``; ``last`` is ``first - 1`` where
    there is none. ``headings`` are rows of it that head a stage, ``skipped`` those that are no
    record; ``marks`` say which letters a mark stands for. Of a ``turned`` table rows are columns.
    ``stages`` are those of the session whose activities it takes; none, all of them. It may be a
    ``copy_of`` a sheet and a table of other names. ``told`` are sentences about what was left
    alone, ``said_rows`` what people said of its rows.
    """

    kind: str
    sheet: str
    how: FoundBy
    name: str
    header: int
    first: int
    last: int
    left: int
    right: int
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    is_table: bool = False
    totals: int = 0
    headings: Mapping[int, str] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    turned: bool = False
    title: str = ""
    stages: tuple[str, ...] = ()
    copy_of: tuple[str, str] | None = None
    told: tuple[str, ...] = ()
    said_rows: tuple[Heading, ...] = ()

    @property
    def own(self) -> dict[int, str]:
        """The council's own columns: their headers by place."""
        return {place: said for place, said in self.headers.items() if place not in self.columns}

    @property
    def at(self) -> dict[str, int]:
        """Where each column of ours stands."""
        return {means: place for place, means in self.columns.items()}

    @property
    def roles(self) -> dict[str, int]:
        """Where each role's own column stands, by the role's code."""
        return {
            means.removeprefix(ROLE): place
            for place, means in self.columns.items()
            if means.startswith(ROLE)
        }

    def rows(self, sheet: ReadSheet) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        """Each row of the body that says anything: number, values by our key, values by header.

        The text of a row that heads a stage is the stage of the rows under it.
        """
        stage = self.title
        for number in range(self.first, self.last + 1):
            stage = self.headings.get(number, stage)
            if number in self.headings or number in self.skipped:
                continue
            cells = sheet.row(number)
            ours = {means: cells[at] for at, means in self.columns.items() if at in cells}
            own = {said: cells[at] for at, said in self.own.items() if at in cells}
            for means in ours if self.marks else ():
                if means.startswith((ROLE, BY_NAME)):
                    ours[means] = self.marks.get(str(ours[means]).strip(), ours[means])
            if ours or own:
                yield number, ({"stage": stage} if stage else {}) | ours, own

    def row_words(self, sheet: ReadSheet, number: int) -> str:
        """The words by which a row is known: what it is about, else the first that it says."""
        row = sheet.row(number)
        anchor = self.at.get(sheet_of(self.kind).anchor, 0)
        return cell_as_line(row.get(anchor) or (row[min(row)] if row else ""))

    def overlaps(self, other: "FoundTable") -> bool:
        """Whether two tables claim the same cells."""
        if self.sheet != other.sheet or self.turned or other.turned:
            return self.sheet == other.sheet
        above = max(self.last, self.header) < other.header
        below = max(other.last, other.header) < self.header
        return not (above or below or self.right < other.left or other.right < self.left)

    def remembered(self) -> Fitted:
        """What the session keeps of it."""
        means = {at: ROLE if it.startswith(BY_NAME) else it for at, it in self.columns.items()}
        columns = (
            Heading(said or blank_header(at), means.get(at, ""))
            for at, said in self.headers.items()
        )
        sheet, name = self.copy_of or (self.sheet, self.name)
        return Fitted(self.kind, sheet, name, tuple(columns), self.said_rows)


# What a session keeps of a council's workbook: the next export and import find the same.


def blank_header(at: int) -> str:
    """What a column without a header is called: ``column C``."""
    return f"column {get_column_letter(at)}"


def header_row(sheet: ReadSheet, fitted: Fitted) -> int:
    """The row of a sheet that has the headers of a table that is remembered; 0 for none.

    On another sheet all of them must be there, and at least two.
    """
    wanted = {column.header.casefold() for column in fitted.columns} - {""}
    blank = {one for one in wanted if BLANK_HEADER.fullmatch(one)}
    wanted = wanted - blank or wanted
    held = {
        number: len(wanted & {fold(one) for one in row.values() if isinstance(one, str)})
        for number, row in sheet.cells.items()
        if number <= HEADERS_WITHIN
    }
    found = max(held, key=held.__getitem__, default=0)
    best = held.get(found, 0)
    enough = best * 2 >= len(wanted) if fitted.sheet == sheet.name else best == len(wanted) > 1
    return found if best and enough else 0


def as_said(
    table: FoundTable, sheet: ReadSheet, fitted: Fitted, means: Callable[[str, str], str]
) -> FoundTable:
    """The table with its columns and rows as the session remembers them.

    ``means`` makes of a header and what is remembered of it a column of ours, empty for none.
    """
    columns, headers = dict(table.columns), dict(table.headers)
    places: dict[str, list[int]] = {}
    for place, header in headers.items():
        places.setdefault(fold(header), []).append(place)
    for column in fitted.columns:
        named = BLANK_HEADER.fullmatch(column.header)
        # Of two headers that say the same, each is remembered in its turn.
        same = places.get(fold(column.header))
        at = same.pop(0) if same else named and column_index_from_string(named[1])
        if not at or not (key := means(column.header, column.means)):
            continue
        headers.setdefault(at, column.header)
        columns = {place: it for place, it in columns.items() if it != key and place != at}
        if key != LEAVE:
            columns[at] = key
    if sheet_of(table.kind).anchor not in columns.values():
        return table
    new = replace(
        table,
        how=FoundBy.REMEMBERED,
        columns=dict(sorted(columns.items())),
        headers=dict(sorted(headers.items())),
        left=min(table.left, *headers),
        right=max(table.right, *headers),
        said_rows=fitted.rows,
    )
    return _with_rows(new, sheet) if fitted.rows else new


def _with_rows(table: FoundTable, sheet: ReadSheet) -> FoundTable:
    """The table with the rows that people said to be a stage, a record, or nothing."""
    said = {one.header.casefold(): one.means for one in table.said_rows}
    headings, skipped, last = dict(table.headings), dict(table.skipped), table.last
    for number in sheet.cells:
        words = table.row_words(sheet, number)
        means = said.get(words.casefold(), "")
        if number < table.first or not means:
            continue
        headings.pop(number, None)
        skipped.pop(number, None)
        if means == LEAVE:
            skipped[number] = "as was said"
            continue
        last = max(last, number)
        if means == "stage":
            headings[number] = words
    return replace(table, headings=headings, skipped=skipped, last=last)


def remember_tables(session: Session, tables: Iterable[FoundTable]) -> Session:
    """The session with the tables found, each in the place of its sheet's last of its kind."""
    new = {(table.kind, table.sheet): table.remembered() for table in tables}
    kept = [
        # The new table, with what else the session says of the old one.
        replace(new.pop((table.kind, table.sheet), table), extra=table.extra)
        for table in session.export.tables
    ]
    return replace(session, export=replace(session.export, tables=(*kept, *new.values())))
