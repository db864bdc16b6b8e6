"""Which cells of a workbook hold our tables: sheet, header row, columns, body; and what a
session remembers of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import Session
from offwall.model.records.session import Fitted, Heading
from offwall.model.tables import ACTIVITIES, KINDS, RACI, ROLE
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.charts import Chart, charts_of
from offwall.model.workbook.template.header_reading import (
    PEOPLE,
    HeaderReading,
    HeaderWords,
    Under,
)
from offwall.model.workbook.template.header_words import ANCHORS, fold_header, kind_named
from offwall.model.workbook.template.match_header import EXACT, NEAR, kind_hinted
from offwall.model.workbook.template.profiles import is_value
from offwall.model.workbook.template.read_sheet import NamedBlock, ReadBook, ReadSheet

# The rows under a header row that are the table's: where its body begins and ends.

TOTALS = ("total", "totals", "sum", "grand total", "sub total", "subtotal", "count")
"""How a row begins that adds up the rows above it."""


BLANKS = 3
"""Blank rows at most that a body goes on below."""


def body_under(
    sheet: ReadSheet,
    header: int,
    columns: tuple[int, ...],
    anchor: int,
    block: NamedBlock | None,
    *,
    goes_on: bool = False,
) -> tuple[int, int]:
    """The first and the last row of a body; the last is above the first where it is empty.

    An Excel table says itself where it ends; rows that somebody typed right below it, in two of
    its columns and the ``anchor`` among them, are taken in. Without one, the body goes on to the
    first row that is blank or adds up; one that ``goes_on`` takes in rows below blank ones that
    fill the ``anchor`` and another column.
    """
    first = header + 1
    if block is None or block.bottom <= header:
        return first, body_rows(sheet, first, columns, anchor, goes_on=goes_on)
    last = block.bottom - block.totals
    if block.totals or not block.is_table:
        return first, last
    more = _run(sheet, last + 1, columns, lambda row: len(row) > 1 and anchor in row)
    return first, max(last, more)


def body_rows(
    sheet: ReadSheet,
    first: int,
    columns: tuple[int, ...],
    anchor: int = 0,
    *,
    goes_on: bool,
) -> int:
    """The last row of a body from ``first`` on."""
    last = _run(sheet, first, columns, bool)
    while goes_on and last >= first:
        ahead = (row for row in range(last + 2, last + BLANKS + 2) if sheet.row(row))
        start = next(ahead, 0)
        fits = _run(sheet, start, columns, lambda row: _fits(row, anchor)) if start else 0
        if fits < start or not start:
            break
        last = fits
    return last


def _fits(row: Mapping[int, Any], anchor: int) -> bool:
    """Whether a row below a blank one is another record: not a line of text, nor headers."""
    short = not any(isinstance(one, str) and len(one) <= 3 for one in row.values())
    return len(row) > 1 and (anchor in row or not anchor) and bool(row) and (short or len(row) > 2)


def _run(
    sheet: ReadSheet,
    start: int,
    columns: tuple[int, ...],
    counts: Callable[[Mapping[int, Any]], bool],
) -> int:
    """The last of the rows from ``start`` that count, one after the other."""
    number = start
    while True:
        row = {at: value for at, value in sheet.row(number).items() if at in columns}
        if not counts(row) or adds_up(sheet.row(number)):
            return number - 1
        number += 1


def adds_up(row: Mapping[int, Any]) -> bool:
    """Whether a row is one of totals."""
    begins = row[min(row)] if row else None
    return isinstance(begins, str) and fold_header(begins) in TOTALS


# Which cells of a workbook hold our tables: the sheet, the header row, the columns, the body.
#
# A table is found by the name of an Excel table, else by the name of cells, else by the words of a
# header row; what the session remembers of an earlier time goes before all. Filling a council's
# workbook and reading one that comes back both stand on this.

LOOKED_AT = 200
"""Rows of a sheet that are looked at for a header row without a name."""


class FoundBy(IntEnum):
    """By what a table was found; the lower counts for more."""

    REMEMBERED = 0
    TABLE_NAME = 1
    NAME = 2
    LETTERS = 3
    TABLE_HEADERS = 4
    HEADERS = 5
    CELLS = 6


NONE: Mapping[Any, str] = MappingProxyType({})


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
    ``told`` are sentences about what was left alone.
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
    told: tuple[str, ...] = ()

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

    def overlaps(self, other: "FoundTable") -> bool:
        """Whether two tables claim the same cells."""
        return self.sheet == other.sheet and (
            self.turned
            or other.turned
            or (
                self.header <= max(other.last, other.header)
                and other.header <= max(self.last, self.header)
                and self.left <= other.right
                and other.left <= self.right
            )
        )

    def remembered(self) -> Fitted:
        """What the session keeps of it."""
        columns = (
            Heading(said, self.columns.get(at, ""))
            for at, said in self.headers.items()
            if not self.columns.get(at, "").startswith(BY_NAME)
        )
        return Fitted(self.kind, self.sheet, self.name, tuple(columns))


def find_tables(book: ReadBook, session: Session) -> tuple[FoundTable, ...]:
    """The tables of ours in a workbook, at most one of each kind, in the order of `KINDS`."""
    return tables_and_alike(book, session)[0]


def tables_and_alike(
    book: ReadBook, session: Session
) -> tuple[tuple[FoundTable, ...], tuple[FoundTable, ...]]:
    """The tables of ours, and what looks like one of them too: that is left alone."""
    every = tuple(_candidates(book, HeaderWords(session), session.export.tables))
    best: dict[str, FoundTable] = {}
    for one in every:
        if one.kind not in best or _rank(one) < _rank(best[one.kind]):
            best[one.kind] = one
    found = _apart(best[kind] for kind in KINDS if kind in best)
    kinds = {one.kind for one in found}
    others: dict[tuple[str, int], FoundTable] = {}
    for one in every:
        if one.kind in kinds and not any(map(one.overlaps, found)):
            others.setdefault((one.sheet, one.header), one)
    return found, tuple(others.values())


def every_table(book: ReadBook, session: Session) -> tuple[tuple[FoundTable, ...], list[str]]:
    """All tables of ours in a workbook, as they stand, and sentences about what is none."""
    words = HeaderWords(session)
    told: list[str] = []
    found = _apart(_candidates(book, words, session.export.tables, told, every=True))
    best = {one.kind: one for one in sorted(found, key=_rank, reverse=True)}
    places = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    again = NOT_THESE if {"Read me", "Lists"} <= places.keys() else frozenset()
    kept = [one for one in found if one is best[one.kind] or one.sheet not in again]
    if kept and not again:
        told += _unread(book, kept)
    return tuple(sorted(kept, key=lambda one: (places[one.sheet], one.header, one.left))), told


def _unread(book: ReadBook, found: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence about rows below tables, and about sheets, that nobody read."""
    tables = list(found)
    for one in tables:
        sheet = book.sheet(one.sheet)
        if sheet is None or one.turned or one.is_table or one.how is FoundBy.LETTERS:
            continue
        others = [(it.header - 1, it.last) for it in tables if it.sheet == one.sheet]
        below = range(one.last + 1, min(sheet.last_row, one.last + LOOKED_AT) + 1)
        above = range(1, one.header) if one.how is FoundBy.CELLS else range(0)
        for where, numbers in (("above", above), ("below", below)):
            rows = [
                row
                for row in numbers
                if sum(at in sheet.row(row) for at in one.columns) > 1
                and not any(top <= row <= bottom for top, bottom in others)
            ]
            if rows:
                several = f"rows {rows[0]} to {rows[-1]} stand"
                said = several if len(rows) > 1 else f"row {rows[0]} stands"
                yield f"{one.sheet}: {said} {where} the table, and nothing of it was read."
    held = {one.sheet for one in tables}
    left = [sheet.name for sheet in book.sheets if len(sheet.cells) > 1 and sheet.name not in held]
    if left:
        yield f"No table of ours was found on {', '.join(left)}; nothing there was read."


def nothing_found(name: str, book: ReadBook, session: Session) -> str:
    """Why a workbook holds no table of ours, in a sentence for each reason, and what to do."""
    if not any(sheet.cells for sheet in book.sheets):
        return f"{name}: all its sheets are empty."
    words = HeaderWords(session)
    why = [said for sheet in book.sheets if (said := _why_nothing(sheet, words))]
    return " ".join(
        (
            f"{name}: no table for activities, RACI, issues or actions was found.",
            *(
                why
                or (
                    "Head one with words such as Activity, Lead and Documents, or say what a "
                    "column is: --column “Their header=activity”.",
                )
            ),
        )
    )


def _why_nothing(sheet: ReadSheet, words: HeaderWords) -> str:
    """What comes nearest to a table on a sheet, and what it lacks; empty where nothing does."""
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    for number in sorted(row for row in sheet.cells if row <= LOOKED_AT):
        row = {at: one for at, one in sheet.row(number).items() if isinstance(one, str)}
        found = max((words.columns(kind, row) for kind in KINDS), key=len)
        if len(found) > best[0]:
            best = len(found), number, {at: said for at, said in row.items() if at not in found}
    known, number, others = best
    if not known or not others:
        return ""
    cells = ", ".join(
        f"{get_column_letter(at)}{number} “{' '.join(said.split())}”"
        for at, said in list(others.items())[:SHOWN]
    )
    return (
        f"Sheet {sheet.name}, row {number}: {known} of its headers "
        f"{'is' if known == 1 else 'are'} known, and not {cells}. Say what one is: "
        "--column “Their header=activity”."
    )


SHOWN = 5
"""Headers that a sentence names at most."""


def unfilled_roles(session: Session, found: FoundTable) -> str:
    """A sentence where a chart has no column for any role of the session; empty where it has."""
    people = {"lead", *PEOPLE}
    held = set(found.columns.values())
    if found.turned:
        return (
            f"sheet {found.sheet}: the roles of the RACI stand down and its activities across, "
            "which is read and never filled. Turn it in Excel (Paste special, Transpose)."
        )
    if found.kind != RACI or found.roles or held & people or not session.activities:
        return ""
    theirs = [said for at, said in found.headers.items() if found.columns.get(at) != "activity"]
    shown = ", ".join(f"“{' '.join(said.split())}”" for said in theirs[:SHOWN])
    code = next(iter(session.role_by_code), "code")
    return (
        f"sheet {found.sheet}, row {found.header}: the RACI would stay empty, as none of its "
        f"columns is a role of the session ({shown}). Say which is which: "
        f"--column “Their header={code}”, or give the roles these names."
    )


def _rank(one: FoundTable) -> tuple[int, int]:
    return one.how, -len(one.columns)


def _apart(found: Iterable[FoundTable]) -> tuple[FoundTable, ...]:
    """Without what claims cells of one that was found in a better way."""
    kept: list[FoundTable] = []
    for one in sorted(found, key=_rank):
        if not any(map(one.overlaps, kept)):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: KINDS.index(each.kind)))


def _candidates(
    book: ReadBook,
    words: HeaderWords,
    remembered: tuple[Fitted, ...],
    told: list[str] | None = None,
    *,
    every: bool = False,
) -> Iterator[FoundTable]:
    for sheet in book.sheets:
        blocks = [block for block in book.blocks if block.sheet == sheet.name]
        yield from _SheetFinder(sheet, blocks, words, remembered, every=every).tables(
            [] if told is None else told
        )


NOT_THESE = frozenset(
    {
        *("Decisions", "Documents", "Visio", "Map", "Roles", "Lists", "Read_me", "Read me"),
        *("People", "Topic", "Tiers", "Words", "Board"),
    }
)
"""Our own tables that say again what others hold."""


class _SheetFinder:
    """Finds the tables of one sheet; ``every`` lets a body go on below blank rows."""

    def __init__(
        self,
        sheet: ReadSheet,
        blocks: list[NamedBlock],
        words: HeaderWords,
        remembered: tuple[Fitted, ...],
        *,
        every: bool,
    ) -> None:
        self._sheet, self._blocks, self._words = sheet, blocks, words
        self._remembered, self._every = remembered, every
        self._taken: list[tuple[int, int, int, int]] = []

    def tables(self, told: list[str]) -> Iterator[FoundTable]:
        """By names, by letters, by the words of a row, by what stands under it; in that order."""
        named = [one for block in self._blocks for one in self._of_block(block)]
        known = any(block.is_table and kind_named(block.name) for block in self._blocks)
        charts: list[Chart] = []
        # A named table whose roles are known is filled as it stands.
        filled = not self._every and any(len(one.roles) > 1 for one in named)
        ours = any(one.kind in (RACI, ACTIVITIES) for one in named)
        if not filled and (ours or not known):
            charts, said = charts_of(self._sheet, self._words.hints)
            told += said
        self._taken = [
            (one.left, one.top, one.right, one.bottom) for one in self._blocks if one.is_table
        ]
        for one in named:
            yield self._with_roles(one, charts)
        held = [(one.header, one.at.get("activity")) for one in named]
        free = [one for one in charts if (one.header, one.anchor) not in held]
        titled = len(free) > 1
        for chart in free:
            yield self._of_chart(chart, titled=titled)
        if any(one.turned for one in free):
            return
        numbers = sorted(row for row in self._sheet.cells if row <= LOOKED_AT)
        for blindly in (False, True):
            for number in numbers:
                yield from self._of_row(number, blindly=blindly)

    def _is_taken(self, row: int, at: int) -> bool:
        return any(
            left <= at <= right and top <= row <= bottom for left, top, right, bottom in self._taken
        )

    def _of_block(self, block: NamedBlock) -> Iterator[FoundTable]:
        known = self._known(block.name)
        named = known or kind_named(block.name)
        kinds = (named,) if named in KINDS else KINDS if block.is_table else ()
        if block.name in NOT_THESE:
            return
        row = _within(self._sheet.row(block.top), block)
        under = None if named else self._under(block.top, row)
        read = self._words.best(row, kinds, 1 if named else 2, under)
        if read is None:
            return
        by_name = FoundBy.TABLE_NAME if block.is_table else FoundBy.NAME
        how = FoundBy.REMEMBERED if known else by_name if named else FoundBy.TABLE_HEADERS
        yield self._found(read, how, block.top, block)

    def _with_roles(self, found: FoundTable, charts: Iterable[Chart]) -> FoundTable:
        """A table of activities with the roles that its letters tell, whatever heads them."""
        for chart in charts:
            if chart.header == found.header and found.at.get("activity") == chart.anchor:
                roles = self._roles_of(chart, found.columns)
                kept = {at: one for at, one in found.columns.items() if at not in roles}
                return replace(found, kind=RACI, columns=dict(sorted((kept | roles).items())))
        return found

    def _roles_of(self, chart: Chart, columns: Mapping[int, str] = NONE) -> dict[int, str]:
        """What each column of letters means: a role that is known, else one by its name.

        To be filled it must be known; one that stands in for a role takes the next.
        """
        found: dict[int, str] = {}
        held = {} if self._every else self._words.columns(RACI, chart.roles)
        for at, said in chart.roles.items():
            own = self._words.own(said)
            if own and not own.startswith(ROLE):
                continue
            known = own or columns.get(at, "") or held.get(at, ("",))[0]
            if not known.startswith(ROLE):
                known = self._words.role(said, nearly=not self._every)
            if (not known or known in found.values()) and not self._every:
                continue
            if not known or known in found.values():
                known = f"{BY_NAME}{' '.join(said.split())}"
            found[at] = known
        return found

    def _of_chart(self, chart: Chart, *, titled: bool) -> FoundTable:
        roles = self._roles_of(chart)
        others = {at: said for at, said in chart.headers.items() if at not in roles}
        fixed = {chart.anchor: "activity"} | ({chart.stage: "stage"} if chart.stage else {})
        for at, (means, sure) in self._words.columns(RACI, others).items():
            # Beside letters, an owner is no lead and a status is not whether it is confirmed.
            unsure = sure <= NEAR or means == "status"
            unsure |= means == "lead" and (sure < EXACT or "lead" not in fold_header(others[at]))
            if at not in fixed and means not in fixed.values() and not unsure:
                fixed[at] = means
        columns = dict(sorted((fixed | roles).items()))
        left, right = min(columns), max(columns)
        while right + 1 in chart.headers:
            right += 1
        while left - 1 in chart.headers:
            left -= 1
        self._taken.append((left, chart.header - 1, right, chart.last))
        known = self._known("") == RACI
        block = next(
            (
                one
                for one in self._blocks
                if one.is_table
                and one.top == chart.header
                and one.left <= chart.anchor <= one.right
                and not chart.turned
            ),
            None,
        )
        return FoundTable(
            RACI,
            self._sheet.name,
            FoundBy.REMEMBERED if known else FoundBy.LETTERS,
            block.name if block else "",
            chart.header,
            chart.first,
            max(chart.last, block.bottom - block.totals) if block else chart.last,
            left,
            right,
            self._checked(columns, chart.first, chart.last),
            {at: said for at, said in sorted(chart.headers.items()) if left <= at <= right},
            headings=chart.headings,
            skipped=chart.skipped,
            marks=chart.marks,
            is_table=block is not None,
            totals=block.totals if block else 0,
            turned=chart.turned,
            title=chart.title if titled and not chart.stage else "",
            told=chart.told,
        )

    def _of_row(self, number: int, *, blindly: bool) -> Iterator[FoundTable]:
        row = {
            place: value
            for place, value in self._sheet.row(number).items()
            if isinstance(value, str) and not self._is_taken(number, place)
        }
        if len(row) < 2 or (blindly and not self._begins(number, row)):
            return
        known = self._known("")
        for part in () if blindly else _parts_of(self._sheet, number, row):
            read = self._words.best(part, (known,), 3) if known else None
            if read is not None:
                yield self._claimed(self._found(read, FoundBy.REMEMBERED, number, None))
        parts = _parts_of(self._sheet, number, row)
        found = [self._read(number, part, blindly=blindly) for part in parts]
        if len(parts) > 1 and not all(found):
            found = [self._read(number, row, blindly=blindly)]
        for read in found:
            if read is not None:
                named = kind_named(self._sheet.name) == read.kind
                how = FoundBy.TABLE_HEADERS if named else FoundBy.HEADERS
                how = FoundBy.CELLS if blindly else how
                yield self._claimed(self._found(read, how, number, None))

    def _read(self, number: int, row: Mapping[int, str], *, blindly: bool) -> HeaderReading | None:
        under = replace(self._under(number, row), blindly=blindly)
        if any(map(is_value, row.values())) and self._words.surely(row) < 2:
            # A date, a status: a record, and not what heads it.
            return None
        read = self._words.best(row, KINDS, 3, under)
        return None if read and blindly and under.repeats(row) else read

    def _claimed(self, found: FoundTable) -> FoundTable:
        if found.last > found.first:
            self._taken.append((found.left, found.header, found.right, found.last))
        return found

    def _begins(self, number: int, row: Mapping[int, str]) -> bool:
        """Whether a row may head a table: texts, under nothing, and over cells."""
        above = [at for at in self._sheet.row(number - 1) if at in row]
        under = [at for at in self._sheet.row(number + 1) if at in row]
        short = all(len(said) <= LONGEST_HEADER for said in row.values())
        return len(row) > 2 and len(above) < 2 and len(under) > 1 and short

    def _under(self, number: int, row: Mapping[int, str]) -> Under:
        columns = tuple(row)
        last = body_rows(self._sheet, number + 1, columns, goes_on=True)
        return Under(self._sheet, number + 1, last, kind_hinted(self._sheet.name))

    def _known(self, name: str) -> str:
        for one in self._remembered:
            here = one.name == name and (name or one.sheet == self._sheet.name)
            if here and one.kind in KINDS:
                return one.kind
        return ""

    def _found(
        self, read: HeaderReading, how: FoundBy, header: int, block: NamedBlock | None
    ) -> FoundTable:
        left, right = (block.left, min(block.right, max(read.headers))) if block else read.span
        across = () if block else [one for one in self._sheet.merges if one[1] <= header <= one[3]]
        while more := [one for one in across if left <= one[0] <= right < one[2]]:
            right = max(one[2] for one in more)
            while right + 1 in read.headers:
                right += 1
        anchor = read.place_of(ANCHORS[read.kind])
        top = header + self._merged_down(header, anchor)
        first, last = body_under(
            self._sheet, top, tuple(read.columns), anchor, block, goes_on=self._every
        )
        return FoundTable(
            kind=read.kind,
            sheet=self._sheet.name,
            how=how,
            name=block.name if block else "",
            header=header,
            first=first,
            last=last,
            left=left,
            right=right,
            columns=self._checked(read.columns, first, last),
            headers={at: said for at, said in read.headers.items() if left <= at <= right},
            is_table=bool(block and block.is_table),
            totals=block.totals if block else 0,
        )

    def _merged_down(self, header: int, anchor: int) -> int:
        """Rows that the header's cells are merged down over."""
        return max(
            (
                bottom - header
                for left, top, right, bottom in self._sheet.merges
                if left <= anchor <= right and top == header
            ),
            default=0,
        )

    def _checked(self, columns: Mapping[int, str], first: int, last: int) -> dict[int, str]:
        """The columns without one of ids that are the council's own numbers."""
        found = dict(columns)
        for at in [at for at, means in columns.items() if means == "id"]:
            held = (self._sheet.row(row).get(at) for row in range(first, last + 1))
            if any(value is not None and not _OUR_ID.match(str(value)) for value in held):
                del found[at]
        return found


_OUR_ID = re.compile(r"^[a-z]+-\S+$")

LONGEST_HEADER = 60
"""Characters of a header at most, where its words are not known."""


def _within(row: Mapping[int, Any], block: NamedBlock) -> dict[int, str]:
    return {place: str(value) for place, value in row.items() if block.left <= place <= block.right}


def _parts_of(sheet: ReadSheet, number: int, row: Mapping[int, str]) -> list[dict[int, str]]:
    """The headers of tables that stand side by side, a column without a header between them."""
    across = {
        at: right
        for left, top, right, bottom in sheet.merges
        for at in (left,)
        if top <= number <= bottom
    }
    parts: list[dict[int, str]] = []
    end = 0
    for at, said in sorted(row.items()):
        if parts and at <= end + 1:
            parts[-1][at] = said
        else:
            parts.append({at: said})
        end = max(at, across.get(at, at))
    return parts


# What a session keeps of a council's workbook: the next export and import find the same.


def remember_tables(session: Session, found: Iterable[FoundTable]) -> Session:
    """The session with the tables that were found, each in the place of the last of its kind."""
    new = {one.kind: one.remembered() for one in found}
    kept = [_renewed(one, new.pop(one.kind, one)) for one in session.export.tables]
    return replace(session, export=replace(session.export, tables=(*kept, *new.values())))


def _renewed(old: Fitted, new: Fitted) -> Fitted:
    """The new table, with what else the session says of the old one."""
    return replace(new, extra=old.extra)
