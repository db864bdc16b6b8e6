"""RACI charts by what stands in their cells: letters beside a column of texts, whatever the headers
say, in any language.

Rows and columns count from 1. What a chart's rows and columns were taken for comes with the reason.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from openpyxl.utils import get_column_letter

from offwall.model.records import line_of
from offwall.model.tables import RACI
from offwall.model.tables.read_back import fold_name
from offwall.model.workbook.template.header_reading import HeaderWords, span_of
from offwall.model.workbook.template.read_sheet import ReadSheet
from offwall.model.workbook.template.words import TICKS, is_key, key_of, letters_of

HEADER_ROWS = 3
"""Rows at most that head a chart: a group of roles, the roles, who holds each."""

LONGEST_HEADER = 80
"""Characters of a role's header at most."""


class Line(StrEnum):
    """What a row of a sheet is to the columns of a chart."""

    HEADS = "heads"
    LETTERS = "letters"
    NUMBERS = "numbers"
    TEXT = "text"


@dataclass(slots=True)
class Chart:
    """A chart on a sheet: its header row, its body, its columns, and what its rows are.

    ``roles`` are the names over the ``columns`` of letters; ``headings`` the rows that head a
    stage; ``skipped`` are rows of the ``body`` that are no activity, with the reason. Of the body
    those that are ``lettered`` hold letters, and ``bare`` are activities below them without any.
    ``stack`` are the rows of headers, and ``edge`` the column where another chart ends. ``marks``
    are marks and the letter of each. A ``turned`` chart has its roles down: rows count its columns.
    """

    columns: list[int]
    lettered: list[int]
    body: list[tuple[int, Line]]
    stack: list[int]
    edge: int
    marks: Mapping[str, str]
    turned: bool
    header: int = 0
    anchor: int = 0
    stage: int = 0
    title: str = ""
    roles: dict[int, str] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)
    bare: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first row of the body."""
        return self.stack[-1] + 1

    @property
    def last(self) -> int:
        """The last row that is an activity."""
        return max((*self.lettered, *self.bare))


def charts_of(
    sheet: ReadSheet, words: HeaderWords, heads: Container[int]
) -> tuple[list[Chart], list[str]]:
    """The charts of a sheet, and sentences about letters that make none.

    ``heads`` are rows that are known to hold headers.
    """
    reader = _ChartReader(sheet, words, heads)
    charts = list(reader.charts())
    if any(map(reader.is_turned, charts)):
        other = _ChartReader(turned(sheet), words, (), turned=True)
        if found := list(other.charts()):
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
    def __init__(
        self, sheet: ReadSheet, words: HeaderWords, heads: Container[int], *, turned: bool = False
    ) -> None:
        self._sheet, self._words, self._heads, self._turned = sheet, words, heads, turned
        self._marks = key_of(sheet)
        self._letters = _letters(sheet, self._marks)
        self.told: list[str] = []

    def charts(self) -> Iterator[Chart]:
        """The charts from left to right, and from the top down."""
        edge = 0
        for run in self._runs():
            for stack, body in self._parts(run):
                if chart := self._chart(run, stack, body, edge):
                    yield chart
            edge = run[-1]
        self._tell_ticks()

    def is_turned(self, chart: Chart) -> bool:
        """Whether each column has one R and one A, and the rows have not: roles stand down."""
        roles = chart.roles
        bodies = [row for row in range(chart.first, chart.last + 1) if row in self._letters]
        if len(bodies) < 2 or len(roles) < 2:
            return False
        corner = chart.headers.get(chart.anchor, "")
        if _ROLE.match(corner):
            return True
        if self._means(corner) == "activity":
            return False
        names = [self._text(row, chart.anchor) for row in bodies]
        if sum(map(self._words.is_role, names)) * 2 > len(names):
            return True
        held = [[self._letters[row].get(at, ()) for at in roles] for row in bodies]
        down = sum(_one_has(letter, cells) for cells in zip(*held, strict=True) for letter in "RA")
        across = sum(_one_has(letter, cells) for cells in held for letter in "RA")
        longer = sum(map(len, roles.values())) / len(roles) > sum(map(len, names)) / len(names)
        return longer and down / (2 * len(roles)) - across / (2 * len(bodies)) > 0.3

    def _runs(self) -> list[list[int]]:
        """Columns of letters that belong together; a column of texts parts two tables."""
        held: Counter[int] = Counter(at for row in self._letters.values() for at in row)
        least = 2 if len(self._letters) > 2 else 1
        strong = [at for at in sorted(held) if held[at] >= least and self._is_pure(at, held[at])]
        runs: list[list[int]] = [[]]
        for at in strong:
            run = runs[-1]
            if run and any(self._parts_tables(run, one) for one in range(run[-1] + 1, at)):
                runs.append([])
            runs[-1].append(at)
        return [run for run in runs if len(run) > 1]

    def _is_pure(self, at: int, held: int) -> bool:
        """Whether the cells beside the letters are hardly anything else, rows of letters alone."""
        cells = (self._sheet.row(row).get(at) for row in self._letters)
        return sum(letters_of(cell, self._marks) is None for cell in cells) <= held

    def _parts_tables(self, run: Sequence[int], at: int) -> bool:
        texts = [text for row in self._letters if (text := self._text(row, at))]
        if len(texts) * 2 < len(self._letters) or sum(map(len, texts)) < 8 * len(texts):
            return False
        blank = not any(at - 1 in self._sheet.row(row) for row in self._letters)
        heads = (self._text(row, at) for row in self._sheet.cells if row not in self._letters)
        return blank or at - 1 not in run or "activity" in map(self._means, heads)

    def _text(self, row: int, at: int) -> str:
        value = self._sheet.row(row).get(at)
        return line_of(value) if isinstance(value, str) else ""

    def _means(self, text: str) -> str:
        return self._words.meaning(RACI, text)[0]

    def _line(self, row: int, run: Sequence[int]) -> Line:
        cells = self._sheet.row(row)
        if any(at in self._letters.get(row, {}) for at in run):
            return Line.LETTERS
        inside = [cells[at] for at in run if at in cells]
        texts = sum(isinstance(x, str) and letters_of(x, self._marks) is None for x in inside)
        if texts >= min(2, len(run)):
            return Line.HEADS
        counts = any(isinstance(one, int | float) for one in inside)
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
        found = (self._letters[row].get(at, frozenset()) for row in lettered for at in columns)
        letters = frozenset().union(*found)
        plain = len(columns) < 2 or not letters & {"R", "A"} or len(letters) < 2
        if plain or (not stack and len(lettered) < 2):
            return None
        block = Chart(columns, lettered, body, stack, edge, self._marks, self._turned)
        block.anchor, where = self._anchor(block), self._cells(lettered, columns)
        if not stack or not block.anchor:
            what = "row above says whose they are" if block.anchor else "texts stand beside them"
            self.told.append(f"{where}: letters of a RACI, but no {what}.")
            return None
        self._head(block)
        heading = block.headers.get(block.anchor, "")
        if "R" not in letters and self._means(heading) != "activity":
            self.told.append(f"{where}: letters, but none of them is an R; nothing was read there.")
            return None
        self._widen(block)
        self._find_roles(block)
        block.stage = self._stage(block)
        self._rows(block)
        above = range(stack[0] - 1, stack[0] - 3, -1)
        block.title = next((said for row in above if (said := self._lone(row))), "")
        if not block.title and heading and self._means(heading) != "activity":
            # Where each part of a chart has its own headers, the first of them names the part.
            block.title = heading
        return block

    def _widen(self, block: Chart) -> None:
        """Take in the columns among and beside the others that hold a letter and nothing else."""
        low, high = span_of(block.columns, block.headers.keys() - {block.anchor})

        def holds(at: int) -> bool:
            rows = [self._sheet.row(row) for row in block.lettered]
            cells = [row[at] for row in rows if at in row]
            letters = [letters_of(cell, self._marks) for cell in cells]
            # A letter that only their key knows stands among those of a RACI.
            short = low < at < high and all(isinstance(x, str) and len(x) < 4 for x in cells)
            return any(letters) and (short or None not in letters)

        block.columns = [at for at in range(low, high + 1) if at in block.columns or holds(at)]

    def _cells(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        first = f"{get_column_letter(columns[0])}{rows[0]}"
        return f"{self._sheet.name}, {first} to {get_column_letter(columns[-1])}{rows[-1]}"

    def _anchor(self, block: Chart) -> int:
        """The column of texts that the letters stand beside: by its header, else by its texts."""
        widest = max((max(self._sheet.row(row)) for row in block.lettered), default=0)
        before = range(block.edge + 1, block.columns[0])
        for beside in (before, range(block.columns[-1] + 1, widest + 1)):
            best = max(beside, key=lambda at: self._weight(at, block), default=0)
            if best and self._weight(best, block) > 0:
                return best
        return 0

    def _weight(self, at: int, block: Chart) -> float:
        texts = [one for row in block.lettered if len(one := self._text(row, at)) > 2]
        said = [one for one in texts if any(map(str.isalpha, one))]
        if len(said) * 2 < len(block.lettered):
            return 0.0
        heads = {self._means(self._text(row, at)) for row in block.stack}
        known = 6.0 * ("activity" in heads) - 4.0 * ("stage" in heads)
        length = min(sum(map(len, said)) / len(said), 40) / 10
        return max(known + length + 3 * len(set(said)) / len(block.lettered), 0.1)

    def _head(self, block: Chart) -> None:
        """Find the row that names the roles, and all headers; a blank one is the row above's."""
        stack, columns, edge = block.stack, block.columns, block.edge

        def weight(row: int) -> float:
            said = [self._text(row, at) for at in columns]
            known = sum(map(self._words.is_role, said))
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
        end = span_of([columns[-1]], found)[1]
        # What stands beyond a column without a header is another table's.
        block.headers = {at: said for at, said in found.items() if at <= end or at == block.anchor}

    def _find_roles(self, block: Chart) -> None:
        """Find the role over each column of letters, and over empty ones among them."""
        low, high = block.columns[0], block.columns[-1]
        inside = [at for at in block.headers if low < at < high and at not in block.columns]
        rows = [self._sheet.row(row) for row in block.lettered]
        blank = [at for at in inside if not any(at in row for row in rows)]
        heads = [block.headers.get(at, "") for at in block.columns]
        for at in sorted((*block.columns, *blank)):
            said = block.headers.get(at, "")
            if said and heads.count(said) > 1 and (group := self._group(block, at)):
                said = f"{said} ({group})"
            where = f"{self._sheet.name}, {get_column_letter(at)}{block.header}"
            if not said:
                block.told.append(f"{where}: a column of letters has no header; it was left alone.")
            elif fold_name(said) in map(fold_name, block.roles.values()):
                block.told.append(f"{where}: a second column “{said}” was left alone.")
            else:
                block.roles[at] = said

    def _group(self, block: Chart, at: int) -> str:
        """The group of roles that a column stands under."""
        above = (row for row in reversed(block.stack) if row < block.header)
        beside = range(at, block.columns[0] - 1, -1)
        return next((said for row in above for at in beside if (said := self._text(row, at))), "")

    def _stage(self, block: Chart) -> int:
        """The column of stages: by its header, else texts that repeat or stand for several rows."""
        before = {
            at: self._means(block.headers.get(at, "")) for at in range(block.edge + 1, block.anchor)
        }
        for at, means in before.items():
            if means == "stage":
                return at
        for at, means in before.items():
            said = [one for row in block.lettered if (one := self._text(row, at))]
            worded = all(sum(map(str.isalpha, one)) > 2 for one in said)
            if said and worded and len(set(said)) <= len(block.lettered) * 0.6:
                return 0 if means else at
        return 0

    def _lone(self, row: int) -> str:
        """The text of a row that holds nothing else."""
        cells = self._sheet.row(row)
        said = [value for value in cells.values() if value is not None]
        return line_of(said[0]) if len(set(said)) == 1 and isinstance(said[0], str) else ""

    def _rows(self, block: Chart) -> None:
        """Say of each row without letters what it is: a stage's heading, an activity, neither."""
        last = block.lettered[-1]
        texts = [row for row, line in block.body if line is Line.TEXT and row < last]
        for row, line in block.body:
            said, where = self._text(row, block.anchor), f"{self._sheet.name}, row {row}"
            if line is Line.NUMBERS:
                block.skipped[row] = "numbers"
                begins = line_of(str(min(self._sheet.row(row).items())[1]))
                block.told.append(f"{where}: “{begins}” was left alone (numbers).")
            elif line is Line.TEXT and row > last:
                self._below(block, row)
            elif line is Line.TEXT and (heading := self._heading(block, row, texts)):
                block.headings[row] = heading
                block.told.append(f"{where}: “{heading}” was read as the stage of what follows.")
            elif line is Line.TEXT and said:
                block.told.append(f"{where}: “{said}” has no letters; it was read as an activity.")
            elif line is Line.TEXT:
                block.skipped[row] = "no activity"

    def _below(self, block: Chart, row: int) -> None:
        """A row right below the letters is an activity too, where its other cells say so."""
        said = self._text(row, block.anchor)
        if not said or _is_key(said):
            return
        beside = any(block.edge < at < block.anchor for at in self._sheet.row(row))
        if beside and row == block.last + 1:
            block.bare.append(row)
        else:
            where = f"{self._sheet.name}, row {row}"
            block.told.append(f"{where}: “{said}” stands below; it was not read.")

    def _heading(self, block: Chart, row: int, texts: Sequence[int]) -> str:
        """The name of the stage that a row of text heads; empty where it heads none."""
        high, cells = max(block.anchor, *block.columns), self._sheet.row(row).items()
        words = [line_of(one) for at, one in cells if at <= high and isinstance(one, str)]
        named = (self._text(row, block.anchor), *words)
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

    def _tell_ticks(self) -> None:
        """Marks in a block beside texts say nothing without a key."""
        found = [
            (row, at, value.strip())
            for row, cells in self._sheet.cells.items()
            for at, value in cells.items()
            if isinstance(value, str) and value.strip() in TICKS - self._marks.keys()
        ]
        rows, columns = sorted(row for row, _, _ in found), sorted(at for _, at, _ in found)
        if len(found) >= 4 and columns[0] < columns[-1]:
            where, mark = self._cells(rows, columns), found[0][2]
            self.told.append(
                f"{where}: marks such as {mark} say not who is responsible. "
                f"Write R, A, C or I, or a key such as “{mark} = Responsible”."
            )


_ROLE = re.compile(r"(?:role|rôle|rolle|rôl)s?\b", re.IGNORECASE)
_HEADING = re.compile(
    r"\b(?:phase|stage|section|workstream|étape|abschnitt|cyfnod)\b|^(?:part|step)\b|^\d+[.)]?\s",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:[A-Z]\.|(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\b)")


def _is_key(text: str) -> bool:
    several = len(re.findall(r"\b[RACIS]\s*[=:]", text)) > 1
    return several or bool(re.match(r"^\W?\w{1,3}\W?\s*[=:–-]|^key\b|^legend", text, re.IGNORECASE))


def _one_has(letter: str, cells: Iterable[Container[str]]) -> bool:
    return sum(letter in cell for cell in cells) == 1


def _letters(sheet: ReadSheet, marks: Mapping[str, str]) -> dict[int, dict[int, frozenset[str]]]:
    found: dict[int, dict[int, frozenset[str]]] = {}
    for row, cells in sheet.cells.items():
        read = {at: letters_of(one, marks) for at, one in cells.items() if isinstance(one, str)}
        held = {at: letters for at, letters in read.items() if letters}
        keys = {one for at in held if is_key(cells, at) for one in (at, at + 1)}
        if held.keys() - keys:
            found[row] = {at: one for at, one in held.items() if at not in keys}
    return found
