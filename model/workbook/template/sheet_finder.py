"""The tables of one sheet: by names, letters, words, and by what stands under a row of headers."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from offwall.model.records.session import Fitted
from offwall.model.records.text import on_one_line
from offwall.model.tables import ACTIVITIES, RACI, ROLE, only_ours, sheet_of, template_kinds
from offwall.model.workbook.import_.copied_rows import BY_NAME
from offwall.model.workbook.template.charts import Chart, charts_of
from offwall.model.workbook.template.found_table import (
    HEADERS_WITHIN,
    FoundBy,
    FoundTable,
    as_said,
    header_row,
)
from offwall.model.workbook.template.header_reading import (
    HeaderReading,
    HeaderWords,
    Under,
    span_of,
)
from offwall.model.workbook.template.read_sheet import NamedBlock, ReadSheet
from offwall.model.workbook.template.words import (
    EXACT,
    LEAVE,
    NEAR,
    fold_header,
    is_value,
    kind_hinted,
    kind_named,
    longest_texts,
)

# The rows under a header row that are the table's: where its body begins and ends.

TOTALS = ("total", "totals", "sum", "grand total", "sub total", "subtotal", "count")
"""How a row begins that adds up the rows above it."""


BLANKS = 3
"""Blank rows at most that a body goes on below."""


def _body_rows(
    sheet: ReadSheet,
    first: int,
    columns: tuple[int, ...],
    anchor: int = 0,
    *,
    goes_on: bool,
    known: range = range(0),
) -> int:
    """The last row of a body from ``first`` on, which is above it where the body is empty.

    It goes on to the first row that is blank or adds up; one that ``goes_on`` takes in rows below
    blank ones that fill the ``anchor`` and another column. ``known`` are rows that follow one
    another.
    """
    last = known[-1] if first in known else _run(sheet, first, columns, bool)
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
    long = not any(isinstance(one, str) and len(one) <= 3 for one in row.values())
    return len(row) > 1 and (anchor in row or not anchor) and (long or len(row) > 2)


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
        if not counts(row) or _adds_up(sheet.row(number)):
            return number - 1
        number += 1


def _adds_up(row: Mapping[int, Any]) -> bool:
    begins, *others = (row[at] for at in sorted(row)) if row else (None,)
    if not isinstance(begins, str):
        return False
    said = fold_header(begins)
    counts = bool(others) and all(isinstance(one, int | float) for one in others)
    return said in TOTALS or (counts and said.split(" ")[0] in TOTALS)


def said_elsewhere() -> frozenset[str]:
    """The names of our own tables that say again what others hold."""
    ours = {name for one in only_ours() for name in (one.name, one.title)}
    return frozenset({*ours, "Lists", "Read_me", "Read me"})


class SheetFinder:
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
        self._said = {row: one for one in remembered if (row := self._row_of(one))}
        self._taken: list[tuple[int, int, int, int]] = []
        self._runs: dict[tuple[int, ...], range] = {}

    def _row_of(self, fitted: Fitted) -> int:
        """The header row of a table that is remembered; 0 where it is not on this sheet."""
        if fitted.kind not in (*template_kinds(), LEAVE):
            return 0
        if not fitted.name:
            return header_row(self._sheet, fitted)
        return next((one.top for one in self._blocks if one.name == fitted.name), 0)

    def tables(self, told: list[str]) -> Iterator[FoundTable]:
        """The tables, as the session remembers them where it does."""
        for one in self._tables(told):
            said = self._said.get(one.header)
            if said is None or one.turned:
                yield one
            elif said.kind == LEAVE:
                told.append(f"{one.sheet}, row {one.header}: this table is left out, as was said.")
            else:
                means = partial(self._words.remembered, one.kind)
                yield as_said(one, self._sheet, said, means)

    def _tables(self, told: list[str]) -> Iterator[FoundTable]:
        """By names, by letters, by the words of a row, by what stands under it; in that order."""
        named = [one for block in self._blocks for one in self._of_block(block)]
        known = any(block.is_table and kind_named(block.name) for block in self._blocks)
        charts: list[Chart] = []
        # A named table whose roles are known is filled as it stands.
        filled = not self._every and any(len(one.roles) > 1 for one in named)
        ours = any(one.kind in (RACI, ACTIVITIES) for one in named)
        if not filled and (ours or not known):
            charts, said = charts_of(self._sheet, self._words, self._said)
            charts = [one for one in charts if self._is_chart(one)]
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
        numbers = sorted(row for row in self._sheet.cells if row <= HEADERS_WITHIN)
        for blindly in (False, True):
            for number in numbers:
                yield from self._of_row(number, blindly=blindly)

    def _of_block(self, block: NamedBlock) -> Iterator[FoundTable]:
        if block.name in said_elsewhere():
            return
        kinds = (one.kind for one in self._remembered if block.name and one.name == block.name)
        known = next((kind for kind in kinds if kind in template_kinds()), "")
        named = known or kind_named(block.name)
        cells = self._sheet.row(block.top).items()
        row = {at: str(value) for at, value in cells if block.left <= at <= block.right}
        under = None if named else self._under(block.top, row)
        may_be = (named,) if named else template_kinds() if block.is_table else ()
        read = self._words.best(row, may_be, 1 if named else 2, under)
        if read is None:
            return
        by_name = FoundBy.TABLE_NAME if block.is_table else FoundBy.NAME
        how = FoundBy.REMEMBERED if known else by_name if named else FoundBy.TABLE_HEADERS
        yield self._found(read, how, block.top, block)

    def _with_roles(self, table: FoundTable, charts: Iterable[Chart]) -> FoundTable:
        """A table of activities with the roles that its letters tell, whatever heads them."""
        for chart in charts:
            if chart.header == table.header and table.at.get("activity") == chart.anchor:
                roles = self._roles_of(chart, table.columns)
                kept = {at: one for at, one in table.columns.items() if at not in roles}
                return replace(table, kind=RACI, columns=dict(sorted((kept | roles).items())))
        return table

    def _roles_of(self, chart: Chart, columns: Mapping[int, str]) -> dict[int, str]:
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
            if known and known not in found.values():
                found[at] = known
            elif self._every:
                found[at] = f"{BY_NAME}{on_one_line(said)}"
        return found

    def _of_chart(self, chart: Chart, *, titled: bool) -> FoundTable:
        columns = self._columns_of(chart)
        left, right = span_of(columns, chart.headers)
        self._taken.append((left, chart.header - 1, right, chart.last))
        known, block = chart.header in self._said, self._block_of(chart)
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
            self._checked(columns, chart.headers, chart.first, chart.last),
            {at: said for at, said in sorted(chart.headers.items()) if left <= at <= right},
            headings=chart.headings,
            skipped=chart.skipped,
            marks=chart.marks,
            is_table=block is not None,
            totals=block.totals if block else 0,
            turned=chart.turned,
            title=chart.title if titled and not chart.stage else "",
            told=tuple(chart.told),
        )

    def _columns_of(self, chart: Chart) -> dict[int, str]:
        """What the columns of a chart are: activities, stages, roles, and what headers say."""
        roles = self._roles_of(chart, {})
        others = {at: said for at, said in chart.headers.items() if at not in roles}
        fixed = {chart.anchor: "activity"} | ({chart.stage: "stage"} if chart.stage else {})
        for at, (means, sure) in self._words.columns(RACI, others).items():
            # Beside letters, an owner is no lead and a status is not whether it is confirmed.
            unsure = sure <= NEAR
            unsure |= means == "status" and fold_header(others[at]) != "confirmed"
            unsure |= means == "lead" and (sure < EXACT or "lead" not in fold_header(others[at]))
            if at not in fixed and means not in fixed.values() and not unsure:
                fixed[at] = means
        return dict(sorted((fixed | roles).items()))

    def _block_of(self, chart: Chart) -> NamedBlock | None:
        """The Excel table that a chart is, if it is one."""
        tables = (one for one in self._blocks if one.is_table and one.top == chart.header)
        inside = (table for table in tables if table.left <= chart.anchor <= table.right)
        return None if chart.turned else next(inside, None)

    def _of_row(self, number: int, *, blindly: bool) -> Iterator[FoundTable]:
        taken = [block for block in self._taken if block[1] <= number <= block[3]]
        row = {
            place: value
            for place, value in self._sheet.row(number).items()
            if isinstance(value, str)
            and not any(left <= place <= right for left, _, right, _ in taken)
        }
        if len(row) < 2 or (blindly and not self._begins(number, row)):
            return
        if number in self._said:
            yield from () if blindly else self._of_said(number, row, self._said[number])
            return
        parts = _parts_of(self._sheet, number, row)
        found = [self._read(number, part, blindly=blindly) for part in parts]
        if len(parts) > 1 and not all(found):
            found = [self._read(number, row, blindly=blindly)]
        for read in found:
            if read is not None:
                named = kind_named(self._sheet.name) == read.kind
                how = FoundBy.TABLE_HEADERS if named else FoundBy.HEADERS
                how = FoundBy.CELLS if blindly else how
                yield self._found(read, how, number, None)

    def _of_said(self, number: int, row: dict[int, str], fitted: Fitted) -> Iterator[FoundTable]:
        """The table under a row of headers that is remembered."""
        kind = fitted.kind if fitted.kind != LEAVE else RACI
        known = {column.header.casefold() for column in fitted.columns}
        row = {at: on_one_line(one) for at, one in row.items()}
        row = {at: one for at, one in row.items() if one.casefold() in known} or row
        under = self._under(number, row)
        read = self._words.best(row, (kind,), 1, under)
        if read is None:
            at = longest_texts(self._sheet, tuple(row), number + 1, under.last) or min(row)
            read = HeaderReading(kind, {at: sheet_of(kind).anchor}, row)
        yield self._found(read, FoundBy.REMEMBERED, number, None)

    def _is_chart(self, chart: Chart) -> bool:
        """Whether letters may be a chart where the session remembers what stands there."""
        said = self._said.get(chart.header)
        inside = (row for row in self._said if chart.first <= row <= chart.last)
        fits = said is None or said.kind in (RACI, ACTIVITIES, LEAVE)
        return chart.turned or (fits and next(inside, 0) == 0)

    def _read(self, number: int, row: Mapping[int, str], *, blindly: bool) -> HeaderReading | None:
        under = replace(self._under(number, row), blindly=blindly)
        if any(map(is_value, row.values())) and self._words.surely(row) < 2:
            # A date, a status: a record, and not what heads it.
            return None
        read = self._words.best(row, template_kinds(), 3, under)
        return None if read and blindly and under.repeats(row) else read

    def _begins(self, number: int, row: Mapping[int, str]) -> bool:
        """Whether a row may head a table: texts, under nothing, and over cells."""
        above = [at for at in self._sheet.row(number - 1) if at in row]
        under = [at for at in self._sheet.row(number + 1) if at in row]
        short = all(len(said) <= LONGEST_HEADER for said in row.values())
        return len(row) > 2 and len(above) < 2 and len(under) > 1 and short

    def _under(self, number: int, row: Mapping[int, str]) -> Under:
        columns = tuple(row)
        first, run = number + 1, self._runs.get(columns, range(0))
        if first not in run:
            # Each of the rows below may be a header too: they are gone through once for all.
            run = range(first, _run(self._sheet, first, columns, bool) + 1)
            self._runs[columns] = run
        last = _body_rows(self._sheet, first, columns, goes_on=True, known=run)
        return Under(self._sheet, first, last, kind_hinted(self._sheet.name))

    def _found(
        self, read: HeaderReading, how: FoundBy, header: int, block: NamedBlock | None
    ) -> FoundTable:
        left, right = span_of(read.columns, read.headers)
        if block:
            left, right = block.left, min(block.right, max(read.headers))
        across = () if block else [one for one in self._sheet.merges if one[1] <= header <= one[3]]
        while more := [one for one in across if left <= one[0] <= right < one[2]]:
            left, right = span_of((left, max(one[2] for one in more)), read.headers)
        about = sheet_of(read.kind).anchor
        anchor = next(at for at, means in read.columns.items() if means == about)
        # The header's cells may be merged down over rows.
        down = (
            bottom
            for start, up, end, bottom in self._sheet.merges
            if start <= anchor <= end and up == header
        )
        first = max(down, default=header) + 1
        last = self._last_of(first, tuple(read.columns), anchor, block)
        if last > first and not block:
            self._taken.append((left, header, right, last))
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
            columns=self._checked(read.columns, read.headers, first, last),
            headers={at: said for at, said in read.headers.items() if left <= at <= right},
            is_table=bool(block and block.is_table),
            totals=block.totals if block else 0,
        )

    def _last_of(
        self, first: int, columns: tuple[int, ...], anchor: int, block: NamedBlock | None
    ) -> int:
        """The last row of a body; an Excel table says itself where it ends.

        Rows that somebody typed right below it, in two of its columns and the ``anchor`` among
        them, are taken in.
        """
        if block is None or block.bottom < first:
            return _body_rows(self._sheet, first, columns, anchor, goes_on=self._every)
        last = block.bottom - block.totals
        if block.totals or not block.is_table:
            return last
        more = _run(self._sheet, last + 1, columns, lambda row: len(row) > 1 and anchor in row)
        return max(last, more)

    def _checked(
        self, columns: Mapping[int, str], headers: Mapping[int, str], first: int, last: int
    ) -> dict[int, str]:
        """The columns without ids that are the council's own, and roles that none of it may be.

        A column that is read, is empty, and has a role's name only in part may be about another.
        """
        found = dict(columns)
        for at, means in columns.items():
            held = [self._sheet.row(row).get(at) for row in range(first, last + 1)]
            said = [str(value) for value in held if value is not None]
            if means == "id" and not all(map(_OUR_ID.match, said)):
                del found[at]
            in_part = means.startswith(ROLE) and not self._words.role(headers[at], nearly=False)
            if self._every and in_part and not any(said):
                del found[at]
        return found


_OUR_ID = re.compile(r"^[a-z]+-\S+$")

LONGEST_HEADER = 60
"""Characters of a header at most, where its words are not known."""


def _parts_of(sheet: ReadSheet, number: int, row: Mapping[int, str]) -> list[dict[int, str]]:
    """The headers of tables that stand side by side, a column without a header between them."""
    across = {left: right for left, top, right, bottom in sheet.merges if top <= number <= bottom}
    parts: list[dict[int, str]] = []
    end = -1
    for at, said in sorted(row.items()):
        if at > end + 1:
            parts.append({})
        parts[-1][at] = said
        end = max(at, across.get(at, at))
    return parts
