"""A text in so many cells, and rows in columns that follow the width.

A narrow screen shows fewer columns; a column is as wide as what stands in it, where there is room,
and a row may go on in a second line. Widths are in cells. Knows no widget.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import compress
from operator import is_, lt
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from offwall.model.records.text import ONE_CELL, plain
from offwall.tui.terminal.textual_private import row_starts


def narrowest(text: str, lines: int, least: int = 0) -> int:
    """The fewest cells, ``least`` or more, for a text in so many lines, broken between words."""
    cells = plain(text)
    if not ONE_CELL.fullmatch(cells):
        cells = "".join(letter * cell_len(letter) for letter in cells)

    if lines == 1:
        return max(least, len(cells))

    def fits(size: int) -> bool:
        start = 0
        for _ in range(lines):
            if len(cells) - start <= size:
                return True
            start = cells.rfind(" ", start, start + size + 1) + 1
            if not start:
                return False
        return False

    return least if fits(least) else bisect_left(range(len(cells)), True, lo=least, key=fits)


def in_lines(text: str, size: int, lines: int) -> list[str]:
    """A text in at most so many lines of exactly ``size`` cells; the last may be cut."""
    shown = plain(text)
    if lines == 1 or cell_len(shown) <= size:
        return [fitted(shown, size)]
    starts = row_starts(shown, size)[:lines]
    ends = [*starts[1:], len(shown)]
    return [fitted(shown[one:end].rstrip(), size) for one, end in zip(starts, ends, strict=True)]


def fitted(text: str, size: int) -> str:
    """The text in exactly ``size`` cells; an ellipsis says that there is more."""
    shown = plain(text)
    if cell_len(shown) > size > 0:
        shown = set_cell_size(shown, size - 1).rstrip() + "…"
    return set_cell_size(shown, size)


# A text in lines: set in behind a label, one part after the other, cut.

LABEL_CELLS = 13
"""Cells of a label and the gap behind it."""


def hung(label: str, text: str, width: int, look: str = "", *, cells: int = LABEL_CELLS) -> Content:
    """A label and what it says in ``width`` cells; the later lines begin where the first does."""
    head = Content.styled(plain(label), "$text-muted").truncate(cells, pad=True)
    return _hung(head, Content.styled(plain(text), look), width)


def _hung(head: Content, said: Content, width: int) -> Content:
    lines = said.wrap(max(8, width - head.cell_length)) or [Content("")]
    later = (line.pad_left(head.cell_length) for line in lines[1:])
    return Content("\n").join([head + lines[0], *later])


def set_in(said: Content, width: int, by: int) -> list[Content]:
    """The lines of a text in ``width`` cells, the later ones set in by some."""
    lines = said.wrap(max(2, width))
    if len(lines) < 2 or not by:
        return lines
    rest = said[len(lines[0].plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [lines[0], *(line.pad_left(by) for line in rest.wrap(max(2, width - by)))]


HEAD_WORDS = 3
"""Words that are a label and a beginning of what it says."""


def flowing(parts: Iterable[Content], gap: str, width: int) -> Content:
    """Parts one after the other; one begins a line rather than end one with its label."""
    lines = [Content("")]
    for part in parts:
        begun = " ".join(part.plain.split(" ")[:HEAD_WORDS])
        used = lines[-1].cell_length
        if used and used + len(gap) + cell_len(begun) > width:
            lines.append(part)
        else:
            lines[-1] = lines[-1] + gap + part if used else part
        lines[-1:] = lines[-1].wrap(max(1, width)) or [Content("")]
    return Content("\n").join(lines)


HEAD = re.compile(r" *[-·•✓] | {2,}|(?:[^ ]+ ){1,3} +")
"""What the later lines of one are set in by: a bullet, blanks, or a label and a gap."""

LONGEST_HEAD = 18


def hanging(said: Content, width: int) -> Content:
    """Lines as they are wrapped in ``width`` cells, set in behind what each begins with."""
    lines = []
    for line in said.split("\n"):
        found = HEAD.match(line.plain)
        place = found.end() if found and found.end() <= LONGEST_HEAD else 0
        hangs = place and line.cell_length > width
        lines.append(_hung(line[:place], line[place:], width) if hangs else line)
    return Content("\n").join(lines)


def within(said: Content, width: int, height: int) -> Content:
    """The lines that have room in so many cells; an ellipsis says that there is more."""
    lines = said.wrap(max(1, width))
    if len(lines) <= height or not height:
        return said
    last = lines[height - 1].rstrip(" .").truncate(max(1, width - 1)).rstrip() + "…"
    return Content("\n").join([*lines[: height - 1], last])


# How wide columns are, and what a list is made of.

LEAST = 4
"""Cells of a column that takes what the others leave, where they leave nothing."""

WORDS_MOST = 48
"""Cells from which words leave what nobody needs blank at the right: cells far off are misread."""


def widths(
    wanted: Sequence[int], natural: Sequence[int], room: int, unbroken: Sequence[int] = ()
) -> list[int]:
    """The widths of columns with a cell between them.

    A column is at most as wide as it is ``wanted``, and no wider than what stands in it, its
    ``natural`` width; one that is wanted 0 wide takes what is left. What that does not need goes to
    the columns that were cut, then to those that are soonest ``unbroken``, on one line: within what
    they are wanted first.
    """
    found = [min(pair) for pair in zip(wanted, natural, strict=True)]
    free = [place for place, width in enumerate(wanted) if not width]
    left = max(room - sum(found) - len(found) + 1, 0)
    for nth, place in enumerate(sorted(free, key=lambda place: natural[place])):
        share = left // (len(free) - nth)
        found[place] = max(LEAST, min(natural[place] or share, share))
        left = max(0, left - found[place])
    for place, width in enumerate(wanted):
        more = max(0, min(left, natural[place] - found[place])) if width else 0
        found[place], left = found[place] + more, left - more
    within = [min(size, most or size) for size, most in zip(unbroken, wanted, strict=False)]
    for sizes in (within, unbroken):
        sharing = len(free)
        for place in sorted(range(len(sizes)), key=lambda place: sizes[place] - found[place]):
            share = left if wanted[place] else left // sharing
            sharing -= not wanted[place]
            more = max(0, min(share, sizes[place] - found[place]))
            found[place], left = found[place] + more, left - more
    if free:
        more = max(0, min(left, WORDS_MOST - found[free[0]])) if unbroken else left
        found[free[0]] += more
        found[-1] += left - more
    return found


SELECTED_MARK = "*"
"""What stands behind the first column of a row that is selected."""

WIDE_LIST = 110
"""Cells from which columns take their ``wide`` width."""

ListCell = str | tuple[str, str]
"""What a column shows: text, or text and the name of a look such as ``lead`` or ``open``."""

CELL_LOOKS = {
    "banner": "color: $text-warning; background: $warning-muted;",
    "legend": "color: $text-muted;",
    "title": "color: $text-muted; text-style: underline;",
    "cursor": "background: $block-cursor-background; color: $block-cursor-foreground; "
    "text-style: $block-cursor-text-style;",
    "cursor-blurred": "background: $surface-lighten-2; "
    "text-style: $block-cursor-blurred-text-style;",
    "heading": "text-style: bold;",
    "count": "color: $text-muted;",
    "muted": "color: $text-muted;",
    "lead": "color: $text-primary;",
    "good": "color: $text-success;",
    "open": "color: $text-warning;",
    "issue": "color: $text-secondary; text-style: bold;",
    "wrong": "color: $text-error;",
    "empty": "color: $text-muted;",
    "selected": "color: $text-warning; background: $warning-muted; text-style: bold;",
}
"""How the parts of a list look, and its cells by the look that they name."""


@dataclass(frozen=True, slots=True)
class FittedColumn:
    """A column by name: its title, its width in cells (0: what the others leave), its width where
    the list is wide, and the cells below which the list leaves it out.

    It is narrower where nothing in it is as wide, and wider where there are cells to spare. What is
    ``whole``, such as a date, is not broken within its width to leave other columns more. What are
    ``figures`` end where the longest of them does, or their title.
    """

    name: str
    title: str
    width: int = 0
    wide: int = 0
    least: int = 0
    whole: bool = False
    figures: bool = False


def ListColumn(title: str, width: int = 0, figures: bool = False) -> FittedColumn:  # noqa: N802
    """A column that is always there; what has a width keeps its words on one line within it."""
    return FittedColumn(title, title, width, whole=width > 0, figures=figures)


@dataclass(frozen=True, slots=True)
class ListRow:
    """The key it is known by, and a cell a column. A heading spans the line: what it is called, and
    what is counted of it at the right.
    """

    key: str
    cells: tuple[ListCell, ...]
    heading: bool = False

    @property
    def texts(self) -> list[str]:
        """What each cell says."""
        return [cell if isinstance(cell, str) else cell[0] for cell in self.cells]

    def text(self) -> str:
        """All that the row says, for finding."""
        return " ".join(self.texts)


def columns_within(fits: Sequence[FittedColumn], *, wide: bool) -> tuple[FittedColumn, ...]:
    """The columns, as wide as they are in a list that is wide, or not."""
    return tuple(replace(fit, width=(wide and fit.wide) or fit.width, wide=0) for fit in fits)


# Where they stand.


class RowPlan:
    """Rows in columns, and which of them are in view. It knows no widget.

    Args:
        space: the cells across, and the lines that there are for rows.
        cells: a row's cells, one for each of ``columns``.
        lines: the most lines of a row, where a cell needs more than one.
        follows: whether columns follow what stands in them.
        keeps: whether those stay that are empty in every row, where there is little room.
    """

    _measured: ClassVar[dict[object, tuple[Sequence[ListRow], list[int], list[int]]]] = {}
    """By columns and lines, for all lists: the rows measured last, and how wide they were."""

    def __init__(
        self,
        space: Callable[[], tuple[int, int]],
        cells: Callable[[ListRow], Sequence[ListCell]],
        lines: int,
        *,
        follows: bool,
        keeps: bool = False,
    ) -> None:
        self._space, self._cells, self.lines, self._follows = space, cells, lines, follows
        self._keeps = keeps
        self.rows: tuple[ListRow, ...] = ()
        self.columns: tuple[FittedColumn, ...] = ()
        self.top = 0
        """The first row in view."""
        self._natural: list[int] = []
        self._unbroken: list[int] = []
        self._sizes: tuple[object, list[tuple[FittedColumn, int]]] | None = None
        self._broken: dict[str, tuple[ListRow, object, list[list[str]]]] = {}
        self._drawn: list[tuple[int, int]] | None = None

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Meanwhile it is known what each line shows, once one is asked for."""
        self._drawn = []
        try:
            yield
        finally:
            self._drawn = None

    def take_columns(self, columns: tuple[FittedColumn, ...]) -> None:
        """Have other columns; how wide what stands in them is, is seen anew."""
        self.columns, self._natural = columns, []

    def take_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Have other rows."""
        had, self.rows = self.rows, rows
        if self._natural and self._follows:
            known = {id(row) for row in had}
            self._measure([row for row in rows if id(row) not in known])
        elif self.columns and self._follows:
            self._measure_all()

    def sized(self) -> list[tuple[FittedColumn, int]]:
        """Each column and its width; one that is empty has none, nor a gap, where room is short."""
        if self._drawn and self._sizes:
            return self._sizes[1]
        known = (
            width := self._space()[0],
            self.columns,
            tuple(self._natural),
            tuple(self._unbroken),
        )
        if self._sizes is None or self._sizes[0] != known:
            wanted = [column.width for column in self.columns]
            if len(self._natural) == len(wanted):
                shared = self._shared(wanted, width)
            else:
                shared = widths(wanted, wanted, width)
            self._sizes = (known, list(zip(self.columns, shared, strict=True)))
        return self._sizes[1]

    def _shared(self, wanted: Sequence[int], width: int) -> list[int]:
        """The widths, none for what is empty in every row where other cells would be cut for it."""
        sizes = (wanted, self._natural, self._unbroken)
        shared = widths(sizes[0], sizes[1], width, sizes[2])
        if self._keeps or not any(map(lt, shared, self._unbroken)):
            return shared
        some = [[*compress(each, self._unbroken)] for each in sizes]
        found = iter(widths(some[0], some[1], width, some[2]))
        return [next(found) if size else 0 for size in self._unbroken]

    def _measure_all(self) -> None:
        """See how wide the columns are; of the very same rows another list may know it."""
        rows = tuple(row for row in self.rows if not row.heading)
        known, natural, unbroken = self._measured.get((self.columns, self.lines), ((), [], []))
        if len(known) == len(rows) > 0 and all(map(is_, known, rows)):
            self._natural, self._unbroken = [*natural], [*unbroken]
        else:
            self._measure(rows)
            found = (rows, [*self._natural], [*self._unbroken])
            self._measured[self.columns, self.lines] = found

    def _measure(self, rows: Sequence[ListRow]) -> None:
        """See how wide what stands in each column is; what is said twice is seen once."""
        if len(self._natural) != len(self.columns):
            # A column of marks keeps its cell where there is none: words do not jump at the first.
            self._natural = [
                cell_len(column.title) or min(column.width, 1) for column in self.columns
            ]
            titled = zip(self.columns, self._natural, strict=True)
            self._unbroken = [0 if column.title else size for column, size in titled]
        natural, unbroken = self._natural, self._unbroken
        for place, column in enumerate(self.columns):
            cells = {row.cells[place] for row in rows if not row.heading and place < len(row.cells)}
            texts = {cell if isinstance(cell, str) else cell[0] for cell in cells}
            if any(texts):
                unbroken[place] = max(unbroken[place], natural[place])
            for text in sorted(texts, key=len, reverse=True):
                if len(text) * (2 - text.isascii()) > natural[place]:
                    line = narrowest(text, 1)
                    whole = min(line, column.width) if column.whole else 0
                    natural[place] = max(narrowest(text, self.lines, natural[place]), whole)
                    unbroken[place] = max(unbroken[place], line)

    def lines_of(self, row: ListRow) -> list[list[str]]:
        """The lines of each of a row's cells, as wide as its column."""
        sized = self.sized()
        known = self._broken.get(row.key)
        if known is None or known[0] is not row or known[1] is not sized:
            broken, cells = [], zip(self._cells(row), sized, strict=False)
            for place, (cell, (column, size)) in enumerate(cells):
                text = cell if isinstance(cell, str) else cell[0]
                if column.figures and self._natural:
                    text = text.rjust(self._natural[place])
                broken.append(in_lines(text, size, self.lines))
            known = self._broken[row.key] = (row, sized, broken)
        return known[2]

    def height(self, index: int) -> int:
        """Lines of a row."""
        row = self.rows[index]
        return 1 if self.lines == 1 or row.heading else max(map(len, self.lines_of(row)), default=1)

    def shown_at(self, line: int) -> tuple[int, int]:
        """The row that a line shows, from the first in view, and which of its lines it is."""
        if self._drawn is not None and not self._drawn:
            seen = range(self.top, min(len(self.rows), self.top + self._space()[1]))
            self._drawn += [(index, line) for index in seen for line in range(self.height(index))]
        if self._drawn and line < len(self._drawn):
            return self._drawn[line]
        index = self.top
        while index < len(self.rows) and line >= (height := self.height(index)):
            index, line = index + 1, line - height
        return index, line

    def line_of(self, index: int) -> int:
        """The first line of a row, counted from that of the first in view; -1 above it."""
        if index < self.top:
            return -1
        last = min(index, self.top + self._space()[1])
        return sum(map(self.height, range(self.top, last)))

    def _first_with(self, last: int) -> int:
        """The first row in view where a row is the last that is wholly seen."""
        first, used, room = last, self.height(last), self._space()[1]
        while first > 0 and (used := used + self.height(first - 1)) <= room:
            first -= 1
        return first

    def scroll_to(self, index: int) -> None:
        """Bring a row into view; a heading just above it comes along."""
        if not self.rows:
            self.top = 0
            return
        first = index - 1 if index and self.rows[index - 1].heading else index
        self.top = max(min(self.top, first), self._first_with(index))
        self.scroll(0)

    def scroll(self, by: int) -> None:
        """Move what is in view by some rows, as far as there are any."""
        if self.rows:
            self.top = max(0, min(self.top + by, self._first_with(len(self.rows) - 1)))
