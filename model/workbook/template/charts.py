"""RACI charts by what stands in their cells: letters beside a column of texts, whatever the headers
say, in any language.

Rows and columns count from 1. What a chart's rows and columns were taken for comes with the reason.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import line_of
from offwall.model.workbook.template.letters import TICKS, is_key, key_of, letters_of
from offwall.model.workbook.template.read_sheet import ReadSheet

Letters = Mapping[int, Mapping[int, frozenset[str]]]
"""The letters of a sheet's cells by row and column; a cell without any is not there."""

HEADER_ROWS = 3
"""Rows at most that head a chart: a group of roles, the roles, who holds each."""

LONGEST_HEADER = 80
"""Characters of a role's header at most."""

HALF = 0.5


class Line(StrEnum):
    """What a row of a sheet is to the columns of a chart."""

    HEADS = "heads"
    LETTERS = "letters"
    NUMBERS = "numbers"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a sheet: its header row, its body, its columns, and what its rows are.

    ``roles`` are the names over the columns of letters; ``headings`` the rows that head a stage;
    ``skipped`` are rows of the body that are no activity, with the reason. ``marks`` are marks and
    the letter of each. A ``turned`` chart has its roles down: rows count its columns.
    """

    header: int
    first: int
    last: int
    anchor: int
    roles: Mapping[int, str]
    headers: Mapping[int, str]
    stage: int = 0
    headings: Mapping[int, str] = field(default_factory=dict)
    skipped: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    title: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class HeaderHints:
    """What is known of headers: how surely one heads activities, a stage, a role of the session."""

    activity: Callable[[str], bool]
    stage: Callable[[str], bool]
    role: Callable[[str], bool]


def charts_of(sheet: ReadSheet, hints: HeaderHints) -> tuple[list[Chart], list[str]]:
    """The charts of a sheet, and sentences about letters that make none."""
    reader = _ChartReader(sheet, hints)
    charts = list(reader.charts())
    if any(reader.is_turned(one) for one in charts):
        other = _ChartReader(turned(sheet), hints)
        found = [replace(one, turned=True) for one in other.charts()]
        if found:
            return found, other.told
    return charts, reader.told


def turned(sheet: ReadSheet) -> ReadSheet:
    """The sheet with its rows as columns."""
    cells: dict[int, dict[int, Any]] = {}
    for row, values in sheet.cells.items():
        for at, value in values.items():
            cells.setdefault(at, {})[row] = value
    merges = tuple((top, left, bottom, right) for left, top, right, bottom in sheet.merges)
    return ReadSheet(sheet.name, dict(sorted(cells.items())), merges)


class _ChartReader:
    def __init__(self, sheet: ReadSheet, hints: HeaderHints) -> None:
        self._sheet, self._hints = sheet, hints
        self._marks = key_of(sheet)
        self._letters = _letters(sheet, self._marks)
        self.told: list[str] = []

    def charts(self) -> Iterator[Chart]:
        """The charts from left to right, and from the top down."""
        edge = 0
        for run in self._runs():
            for stack, body in self._parts(run):
                chart = self._chart(run, stack, body, edge)
                if chart is not None:
                    yield chart
            edge = run[-1]
        self._tell_ticks()

    def is_turned(self, chart: Chart) -> bool:
        """Whether each column has one R and one A, and the rows have not: roles stand down."""
        rows: Counter[tuple[int, str]] = Counter()
        columns: Counter[tuple[int, str]] = Counter()
        for row in range(chart.first, chart.last + 1):
            for at in chart.roles:
                for letter in self._letters.get(row, {}).get(at, ()):
                    rows[row, letter] += 1
                    columns[at, letter] += 1
        bodies = [row for row in range(chart.first, chart.last + 1) if row in self._letters]
        if len(bodies) < 2 or len(chart.roles) < 2:
            return False
        down = sum(columns[at, letter] == 1 for at in chart.roles for letter in "RA")
        across = sum(rows[row, letter] == 1 for row in bodies for letter in "RA")
        names = [self._text(row, chart.anchor) for row in bodies]
        corner = chart.headers.get(chart.anchor, "")
        if _ROLE.match(corner):
            return True
        if self._hints.activity(corner):
            return False
        known = sum(map(self._hints.role, names)) > len(names) * HALF
        longer = sum(map(len, chart.roles.values())) / len(chart.roles) > (
            sum(map(len, names)) / len(names)
        )
        fits = down / (2 * len(chart.roles)) - across / (2 * len(bodies))
        return known or (fits > 0.3 and longer)

    def _runs(self) -> Iterator[list[int]]:
        """Columns of letters that belong together; a column of texts parts two tables."""
        held: Counter[int] = Counter(at for row in self._letters.values() for at in row)
        least = 2 if len(self._letters) > 2 else 1
        strong = [at for at in sorted(held) if held[at] >= least and self._is_pure(at, held[at])]
        run: list[int] = []
        for at in strong:
            if run and any(self._parts_tables(run, one) for one in range(run[-1] + 1, at)):
                yield from [run] if len(run) > 1 else []
                run = []
            run.append(at)
        if len(run) > 1:
            yield run

    def _is_pure(self, at: int, held: int) -> bool:
        """Whether the cells beside the letters are hardly anything else, rows of letters alone."""
        others = 0
        for row in self._letters:
            value = self._sheet.row(row).get(at)
            others += value is not None and letters_of(value, self._marks) is None
        return others <= held

    def _parts_tables(self, run: Sequence[int], at: int) -> bool:
        texts = [self._text(row, at) for row in self._letters if self._text(row, at)]
        if len(texts) < len(self._letters) * HALF or sum(map(len, texts)) < 8 * len(texts):
            return False
        blank = not any(at - 1 in self._sheet.row(row) for row in self._letters)
        heads = (self._text(row, at) for row in self._sheet.cells if row not in self._letters)
        return blank or any(map(self._hints.activity, heads)) or at - 1 not in run

    def _text(self, row: int, at: int) -> str:
        value = self._sheet.row(row).get(at)
        return line_of(value) if isinstance(value, str) else ""

    def _line(self, row: int, run: Sequence[int]) -> Line:
        cells = self._sheet.row(row)
        if any(at in self._letters.get(row, {}) for at in run):
            return Line.LETTERS
        inside = [cells[at] for at in run if at in cells]
        texts = [
            one for one in inside if isinstance(one, str) and letters_of(one, self._marks) is None
        ]
        if len(texts) >= min(2, len(run)):
            return Line.HEADS
        counts = [one for one in inside if isinstance(one, int | float)]
        return Line.NUMBERS if counts and not texts else Line.TEXT

    def _parts(self, run: Sequence[int]) -> Iterator[tuple[list[int], list[tuple[int, Line]]]]:
        """The header rows and the body of each chart that stands in a run of columns."""
        stack: list[int] = []
        body: list[tuple[int, Line]] = []
        for row in sorted(self._sheet.cells):
            line = self._line(row, run)
            if line is Line.HEADS:
                if any(one is Line.LETTERS for _, one in body):
                    yield stack, body
                    stack, body = [], []
                near = not body and bool(stack) and row == stack[-1] + 1
                stack = [*stack[1 - HEADER_ROWS :], row] if near else [row]
                body = []
            elif stack or line is Line.LETTERS:
                body.append((row, line))
        if any(one is Line.LETTERS for _, one in body):
            yield stack, body

    def _chart(
        self, run: list[int], stack: list[int], body: list[tuple[int, Line]], edge: int
    ) -> Chart | None:
        lettered = [row for row, line in body if line is Line.LETTERS]
        columns = [at for at in run if any(at in self._letters[row] for row in lettered)]
        found = (self._letters[row].get(at, ()) for row in lettered for at in columns)
        letters = {one for each in found for one in each}
        if len(columns) < 2 or len(lettered) < 2 or not letters & {"R", "A"} or len(letters) < 2:
            return None
        anchor = self._anchor(lettered, stack, edge, columns)
        if not stack or not anchor:
            where = self._cells(lettered, columns)
            what = "row above says whose they are" if anchor else "texts stand beside them"
            self.told.append(f"{where}: letters of a RACI, but no {what}.")
            return None
        header, headers = self._headers(stack, columns, anchor, edge)
        columns = self._widened(columns, lettered, headers, anchor)
        return self._made(columns, lettered, body, anchor, header, headers, stack, edge)

    def _widened(
        self,
        columns: Sequence[int],
        lettered: Sequence[int],
        headers: Mapping[int, str],
        anchor: int,
    ) -> list[int]:
        """The columns with those among and beside them that hold a letter and nothing else."""
        low, high = columns[0], columns[-1]
        while low - 1 in headers and low - 1 != anchor:
            low -= 1
        while high + 1 in headers and high + 1 != anchor:
            high += 1

        def holds(at: int) -> bool:
            held = [self._sheet.row(row)[at] for row in lettered if at in self._sheet.row(row)]
            letters = [letters_of(one, self._marks) for one in held]
            return any(letters) and None not in letters

        return [at for at in range(low, high + 1) if at in columns or holds(at)]

    def _cells(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        first = f"{get_column_letter(columns[0])}{rows[0]}"
        return f"{self._sheet.name}, {first} to {get_column_letter(columns[-1])}{rows[-1]}"

    def _anchor(
        self, lettered: Sequence[int], stack: Sequence[int], edge: int, columns: Sequence[int]
    ) -> int:
        """The column of texts that the letters stand beside: by its header, else by its texts."""
        beside = range(edge + 1, columns[0])
        best = max(beside, key=lambda at: self._weight(at, lettered, stack), default=0)
        if best and self._weight(best, lettered, stack) > 0:
            return best
        widest = max((max(self._sheet.row(row)) for row in lettered), default=0)
        after = range(columns[-1] + 1, widest + 1)
        best = max(after, key=lambda at: self._weight(at, lettered, stack), default=0)
        return best if best and self._weight(best, lettered, stack) > 0 else 0

    def _weight(self, at: int, lettered: Sequence[int], stack: Sequence[int]) -> float:
        texts = [said for row in lettered if len(said := self._text(row, at)) > 2]
        said = [one for one in texts if any(map(str.isalpha, one))]
        if len(said) * 2 < len(lettered):
            return 0.0
        heads = [self._text(row, at) for row in stack]
        known = 6.0 if any(map(self._hints.activity, heads)) else 0.0
        known -= 4.0 if any(map(self._hints.stage, heads)) else 0.0
        length = min(sum(map(len, said)) / len(said), 40) / 10
        return max(known + length + 3 * len(set(said)) / len(lettered), 0.1)

    def _headers(
        self, stack: Sequence[int], columns: Sequence[int], anchor: int, edge: int
    ) -> tuple[int, dict[int, str]]:
        """The row that names the roles, and all headers; a blank one is that of the row above."""

        def weight(row: int) -> float:
            said = [self._text(row, at) for at in columns]
            known = sum(map(self._hints.role, said))
            people = sum(bool(_PERSON.match(one)) for one in said)
            beside = 1.5 if any(self._text(row, at) for at in range(edge + 1, columns[0])) else 0
            return len(set(filter(None, said))) + 3 * known - people + beside

        header = max(stack, key=weight)
        found: dict[int, str] = {}
        for row in (header, *reversed(range(stack[0] - 1, header)), *stack):
            for at in self._sheet.row(row):
                said = self._text(row, at)
                own = row == header or at in columns or (at == anchor and row >= stack[0])
                if at > edge and own and 0 < len(said) <= LONGEST_HEADER:
                    found.setdefault(at, said)
        found.setdefault(anchor, "")
        end = columns[-1]
        while end + 1 in found:
            end += 1
        # What stands beyond a column without a header is another table's.
        return header, {at: said for at, said in found.items() if at <= end or at == anchor}

    def _made(
        self,
        columns: list[int],
        lettered: list[int],
        body: list[tuple[int, Line]],
        anchor: int,
        header: int,
        headers: dict[int, str],
        stack: list[int],
        edge: int,
    ) -> Chart:
        told: list[str] = []
        name = self._sheet.name
        inside = [at for at in headers if columns[0] < at < columns[-1] and at not in columns]
        blank = [at for at in inside if not any(at in self._sheet.row(row) for row in lettered)]
        roles: dict[int, str] = {}
        for at in sorted((*columns, *blank)):
            said = headers.get(at, "")
            if not said:
                cell = f"{get_column_letter(at)}{header}"
                told.append(
                    f"{name}, {cell}: a column of letters has no header; it was left alone."
                )
            elif said in roles.values():
                cell = f"{get_column_letter(at)}{header}"
                told.append(f"{name}, {cell}: a second column “{said}” was left alone.")
            else:
                roles[at] = said
        stage = self._stage(anchor, lettered, headers, edge)
        headings, skipped = self._rows(body, lettered, anchor, stage, columns, told)
        title = next(
            (one for row in range(stack[0] - 1, stack[0] - 3, -1) if (one := self._lone(row))), ""
        )
        return Chart(
            header,
            max(stack) + 1,
            lettered[-1],
            anchor,
            roles,
            headers,
            stage,
            headings,
            skipped,
            self._marks,
            tuple(told),
            title,
        )

    def _stage(
        self, anchor: int, lettered: Sequence[int], headers: Mapping[int, str], edge: int
    ) -> int:
        """The column of stages: by its header, else texts that repeat or stand for several rows."""
        for at in range(edge + 1, anchor):
            if self._hints.stage(headers.get(at, "")):
                return at
        for at in range(edge + 1, anchor):
            said = [one for row in lettered if (one := self._text(row, at))]
            words = [one for one in said if sum(map(str.isalpha, one)) > 2]
            if words and len(words) == len(said) and len(set(said)) <= len(lettered) * 0.6:
                return at
        return 0

    def _lone(self, row: int) -> str:
        """The text of a row that holds nothing else."""
        cells = self._sheet.row(row)
        said = [value for value in cells.values() if value is not None]
        return line_of(said[0]) if len(set(said)) == 1 and isinstance(said[0], str) else ""

    def _rows(
        self,
        body: Iterable[tuple[int, Line]],
        lettered: Sequence[int],
        anchor: int,
        stage: int,
        columns: Sequence[int],
        told: list[str],
    ) -> tuple[dict[int, str], dict[int, str]]:
        """The rows that head a stage, and those that are no activity."""
        headings: dict[int, str] = {}
        skipped: dict[int, str] = {}
        name, low, high = self._sheet.name, min(anchor, *columns), max(anchor, *columns)
        for row, line in body:
            cells = {at: one for at, one in self._sheet.row(row).items() if low <= at <= high}
            before = {at: one for at, one in self._sheet.row(row).items() if at <= high}
            if line is Line.NUMBERS:
                skipped[row] = "numbers"
                told.append(f"{name}, row {row}: “{self._begins(row)}” was left alone (numbers).")
            elif line is Line.TEXT and row > lettered[-1]:
                if self._text(row, anchor) and not _is_key(self._text(row, anchor)):
                    said = self._text(row, anchor)
                    told.append(f"{name}, row {row}: “{said}” stands below; it was not read.")
            elif line is Line.TEXT and not stage and len(set(before.values())) <= 2 and before:
                said = next(
                    (
                        one
                        for one in map(line_of, map(str, before.values()))
                        if any(map(str.isalpha, one))
                    ),
                    "",
                )
                if said:
                    headings[row] = said
            elif line is Line.TEXT and not self._text(row, anchor) and cells:
                skipped[row] = "no activity"
        return headings, skipped

    def _begins(self, row: int) -> str:
        cells = self._sheet.row(row)
        return line_of(str(cells[min(cells)]))

    def _tell_ticks(self) -> None:
        """Marks in a block beside texts say nothing without a key."""
        found = [
            (row, at)
            for row, cells in self._sheet.cells.items()
            for at, value in cells.items()
            if isinstance(value, str) and value.strip() in TICKS - self._marks.keys()
        ]
        columns = {at for _, at in found}
        if len(found) >= 4 and len(columns) > 1:
            rows = sorted({row for row, _ in found})
            mark = str(self._sheet.row(found[0][0])[found[0][1]]).strip()
            self.told.append(
                f"{self._cells(rows, sorted(columns))}: marks such as {mark} say not who is "
                f"responsible. Write R, A, C or I, or a key such as “{mark} = Responsible”."
            )


_ROLE = re.compile(r"(?:role|rôle|rolle|rôl)s?\b", re.IGNORECASE)
_PERSON = re.compile(r"^(?:[A-Z]\.|(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\b)")


def _is_key(said: str) -> bool:
    return bool(re.match(r"^\W?\w{1,3}\W?\s*[=:–-]|^key\b|^legend", said, re.IGNORECASE))


def _letters(sheet: ReadSheet, marks: Mapping[str, str]) -> dict[int, dict[int, frozenset[str]]]:
    found: dict[int, dict[int, frozenset[str]]] = {}
    for row, cells in sheet.cells.items():
        held: dict[int, frozenset[str]] = {}
        for at, value in cells.items():
            letters = letters_of(value, marks) if isinstance(value, str) else None
            if letters:
                held[at] = letters
        keys = {one for at in held if is_key(cells, at) for one in (at, at + 1)}
        held = {at: one for at, one in held.items() if at not in keys}
        if held:
            found[row] = held
    return found
