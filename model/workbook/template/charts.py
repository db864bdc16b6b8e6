"""RACI charts by what stands in their cells: letters beside a column of texts, whatever the headers
say, in any language.

Rows and columns count from 1. What a chart's rows and columns were taken for comes with the reason.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import line_of
from offwall.model.tables.read_back import fold_name
from offwall.model.workbook.template.letters import TICKS, is_key, key_of, letters_of
from offwall.model.workbook.template.read_sheet import ReadSheet

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
    other: Callable[[str], bool]


def charts_of(
    sheet: ReadSheet, hints: HeaderHints, heads: Container[int] = ()
) -> tuple[list[Chart], list[str]]:
    """The charts of a sheet, and sentences about letters that make none.

    ``heads`` are rows that are known to hold headers.
    """
    reader = _ChartReader(sheet, hints, heads)
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


@dataclass
class _Block:
    """Columns and rows of letters while it is found out what stands around them.

    ``bare`` are rows below the letters that are activities without any.
    """

    columns: list[int]
    lettered: list[int]
    body: list[tuple[int, Line]]
    stack: list[int]
    edge: int
    anchor: int = 0
    header: int = 0
    stage: int = 0
    headers: dict[int, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)
    bare: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


class _ChartReader:
    def __init__(self, sheet: ReadSheet, hints: HeaderHints, heads: Container[int] = ()) -> None:
        self._sheet, self._hints, self._heads = sheet, hints, heads
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

    def _names(self, row: int, run: Sequence[int]) -> bool:
        """Whether most of a row's cells say more than letters, two at least."""
        said = [one for at in run if (one := self._text(row, at))]
        others = [one for one in said if len(one) > 1 and letters_of(one, self._marks) is None]
        return len(others) > 1 and len(others) * 2 >= len(said)

    def _parts(self, run: Sequence[int]) -> Iterator[tuple[list[int], list[tuple[int, Line]]]]:
        """The header rows and the body of each chart that stands in a run of columns."""
        stack: list[int] = []
        body: list[tuple[int, Line]] = []
        for row in sorted(self._sheet.cells):
            line = self._line(row, run)
            if line is Line.LETTERS and not (body or stack) and self._names(row, run):
                # A header may be written as letters are: IR, IA, AC.
                line = Line.HEADS
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
        plain = len(columns) < 2 or not letters & {"R", "A"} or len(letters) < 2
        if plain or (not stack and len(lettered) < 2):
            return None
        block = _Block(columns, lettered, body, stack, edge)
        block.anchor = self._anchor(block)
        if not stack or not block.anchor:
            where = self._cells(lettered, columns)
            what = "row above says whose they are" if block.anchor else "texts stand beside them"
            self.told.append(f"{where}: letters of a RACI, but no {what}.")
            return None
        self._head(block)
        heading = block.headers.get(block.anchor, "")
        if "R" not in letters and not self._hints.activity(heading):
            where = self._cells(lettered, columns)
            self.told.append(f"{where}: letters, but none of them is an R; nothing was read there.")
            return None
        self._widen(block)
        return self._made(block)

    def _widen(self, block: "_Block") -> None:
        """Take in the columns among and beside the others that hold a letter and nothing else."""
        low, high = block.columns[0], block.columns[-1]
        while low - 1 in block.headers and low - 1 != block.anchor:
            low -= 1
        while high + 1 in block.headers and high + 1 != block.anchor:
            high += 1

        def holds(at: int) -> bool:
            rows = [self._sheet.row(row) for row in block.lettered]
            cells = [row[at] for row in rows if at in row]
            letters = [letters_of(one, self._marks) for one in cells]
            # A letter that only their key knows stands among those of a RACI.
            short = low < at < high and all(isinstance(x, str) and len(x) < 4 for x in cells)
            return any(letters) and (short or None not in letters)

        known = set(block.columns)
        block.columns = [at for at in range(low, high + 1) if at in known or holds(at)]

    def _cells(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        first = f"{get_column_letter(columns[0])}{rows[0]}"
        return f"{self._sheet.name}, {first} to {get_column_letter(columns[-1])}{rows[-1]}"

    def _anchor(self, block: "_Block") -> int:
        """The column of texts that the letters stand beside: by its header, else by its texts."""
        widest = max((max(self._sheet.row(row)) for row in block.lettered), default=0)
        before = range(block.edge + 1, block.columns[0])
        for beside in (before, range(block.columns[-1] + 1, widest + 1)):
            best = max(beside, key=lambda at: self._weight(at, block), default=0)
            if best and self._weight(best, block) > 0:
                return best
        return 0

    def _weight(self, at: int, block: "_Block") -> float:
        texts = [one for row in block.lettered if len(one := self._text(row, at)) > 2]
        said = [one for one in texts if any(map(str.isalpha, one))]
        if len(said) * 2 < len(block.lettered):
            return 0.0
        heads = [self._text(row, at) for row in block.stack]
        known = 6.0 if any(map(self._hints.activity, heads)) else 0.0
        known -= 4.0 if any(map(self._hints.stage, heads)) else 0.0
        length = min(sum(map(len, said)) / len(said), 40) / 10
        return max(known + length + 3 * len(set(said)) / len(block.lettered), 0.1)

    def _head(self, block: "_Block") -> None:
        """Find the row that names the roles, and all headers; a blank one is the row above's."""
        stack, columns, edge = block.stack, block.columns, block.edge

        def weight(row: int) -> float:
            said = [self._text(row, at) for at in columns]
            known = sum(map(self._hints.role, said))
            people = sum(bool(_PERSON.match(one)) for one in said)
            beside = 1.5 if any(self._text(row, at) for at in range(edge + 1, columns[0])) else 0
            sure = 1_000 * (row in self._heads)
            return len(set(filter(None, said))) + 3 * known - people + beside + sure

        header = block.header = max(stack, key=weight)
        found: dict[int, str] = {}
        for row in (header, *reversed(range(stack[0] - 1, header)), *stack):
            for at in self._sheet.row(row):
                said = self._text(row, at)
                own = row == header or at in columns or (at == block.anchor and row >= stack[0])
                if at > edge and own and 0 < len(said) <= LONGEST_HEADER:
                    found.setdefault(at, said)
        found.setdefault(block.anchor, "")
        end = columns[-1]
        while end + 1 in found:
            end += 1
        # What stands beyond a column without a header is another table's.
        block.headers = {at: said for at, said in found.items() if at <= end or at == block.anchor}

    def _made(self, block: "_Block") -> Chart:
        roles = self._roles(block)
        block.stage = self._stage(block)
        self._rows(block)
        above = range(block.stack[0] - 1, block.stack[0] - 3, -1)
        title = next((said for row in above if (said := self._lone(row))), "")
        heading = block.headers.get(block.anchor, "")
        if not title and heading and not self._hints.activity(heading):
            # Where each part of a chart has its own headers, the first of them names the part.
            title = heading
        last = max((*block.lettered, *block.bare))
        return Chart(
            header=block.header,
            first=max(block.stack) + 1,
            last=last,
            anchor=block.anchor,
            roles=roles,
            headers=block.headers,
            stage=block.stage,
            headings=block.headings,
            skipped=block.skipped,
            marks=self._marks,
            told=tuple(block.told),
            title=title,
        )

    def _roles(self, block: "_Block") -> dict[int, str]:
        """The role over each column of letters, and over empty ones among them."""
        low, high = block.columns[0], block.columns[-1]
        inside = [at for at in block.headers if low < at < high and at not in block.columns]
        rows = [self._sheet.row(row) for row in block.lettered]
        blank = [at for at in inside if not any(at in row for row in rows)]
        heads = [block.headers.get(at, "") for at in block.columns]
        roles: dict[int, str] = {}
        for at in sorted((*block.columns, *blank)):
            said = block.headers.get(at, "")
            if said and heads.count(said) > 1 and (group := self._group(block, at)):
                said = f"{said} ({group})"
            where = f"{self._sheet.name}, {get_column_letter(at)}{block.header}"
            if not said:
                block.told.append(f"{where}: a column of letters has no header; it was left alone.")
            elif fold_name(said) in map(fold_name, roles.values()):
                block.told.append(f"{where}: a second column “{said}” was left alone.")
            else:
                roles[at] = said
        return roles

    def _group(self, block: "_Block", at: int) -> str:
        """The group of roles that a column stands under."""
        for row in (one for one in reversed(block.stack) if one < block.header):
            for beside in range(at, block.columns[0] - 1, -1):
                if said := self._text(row, beside):
                    return said
        return ""

    def _stage(self, block: "_Block") -> int:
        """The column of stages: by its header, else texts that repeat or stand for several rows."""
        before = range(block.edge + 1, block.anchor)
        for at in before:
            if self._hints.stage(block.headers.get(at, "")):
                return at
        for at in before:
            said = [one for row in block.lettered if (one := self._text(row, at))]
            words = [one for one in said if sum(map(str.isalpha, one)) > 2]
            few = len(set(said)) <= len(block.lettered) * 0.6
            if words and len(words) == len(said) and few:
                return 0 if self._hints.other(block.headers.get(at, "")) else at
        return 0

    def _lone(self, row: int) -> str:
        """The text of a row that holds nothing else."""
        cells = self._sheet.row(row)
        said = [value for value in cells.values() if value is not None]
        return line_of(said[0]) if len(set(said)) == 1 and isinstance(said[0], str) else ""

    def _rows(self, block: "_Block") -> None:
        """Say of each row without letters what it is: a stage's heading, an activity, neither."""
        name, high = self._sheet.name, max(block.anchor, *block.columns)
        last = block.lettered[-1]
        texts = [row for row, line in block.body if line is Line.TEXT and row < last]
        for row, line in block.body:
            cells = {at: one for at, one in self._sheet.row(row).items() if at <= high}
            said, where = self._text(row, block.anchor), f"{name}, row {row}"
            if line is Line.NUMBERS:
                block.skipped[row] = "numbers"
                block.told.append(f"{where}: “{self._begins(row)}” was left alone (numbers).")
            elif line is Line.TEXT and row > last:
                self._below(block, row)
            elif line is Line.TEXT and (heading := self._heading(block, row, cells, texts)):
                block.headings[row] = heading
                block.told.append(f"{where}: “{heading}” was read as the stage of what follows.")
            elif line is Line.TEXT and said:
                block.told.append(f"{where}: “{said}” has no letters; it was read as an activity.")
            elif line is Line.TEXT:
                block.skipped[row] = "no activity"

    def _below(self, block: "_Block", row: int) -> None:
        """A row right below the letters is an activity too, where its other cells say so."""
        said = self._text(row, block.anchor)
        beside = [at for at in self._sheet.row(row) if block.edge < at < block.anchor]
        goes_on = row == max((*block.lettered, *block.bare)) + 1
        if said and beside and goes_on and not _is_key(said):
            block.bare.append(row)
        elif said and not _is_key(said):
            block.told.append(
                f"{self._sheet.name}, row {row}: “{said}” stands below; it was not read."
            )

    def _heading(
        self, block: "_Block", row: int, cells: Mapping[int, Any], texts: Sequence[int]
    ) -> str:
        """The name of the stage that a row of text heads; empty where it heads none."""
        words = [line_of(one) for one in cells.values() if isinstance(one, str)]
        named = (one for one in (self._text(row, block.anchor), *words) if one)
        said = next((one for one in named if any(map(str.isalpha, one))), "")
        if block.stage or not said or len(set(words)) > 2:
            return ""
        across = any(
            top <= row <= bottom and left < right and left <= block.anchor
            for left, top, right, bottom in self._sheet.merges
        )
        apart = not self._text(row, block.anchor)
        alone = not any(one + 1 in texts for one in texts)
        begins = texts[0] < block.lettered[0] and alone
        # A chart that begins with a heading has headings; else such a row is an activity.
        looks = bool(_HEADING.search(said)) or said.isupper() or said.endswith(":")
        few = len(texts) <= len(block.lettered) * 0.75
        return said if across or apart or looks or (begins and few) else ""

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
_HEADING = re.compile(
    r"\b(?:phase|stage|section|workstream|étape|abschnitt|cyfnod)\b|^(?:part|step)\b|^\d+[.)]?\s",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:[A-Z]\.|(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\b)")


def _is_key(said: str) -> bool:
    several = len(re.findall(r"\b[RACIS]\s*[=:]", said)) > 1
    begins = re.match(r"^\W?\w{1,3}\W?\s*[=:–-]|^key\b|^legend", said, re.IGNORECASE)
    return several or bool(begins)


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
