"""Rows in columns that follow the width: how wide a column is, and what of a text stands in it.

Rows are drawn over Textual's line API: a line is made when it is looked at, and not before.
`DataTable` draws all of a large table before the first screen and a region for each move. A narrow
screen shows fewer columns; a column is as wide as what stands in it, where there is room, and a row
may go on in a second line. Widths are in cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from textwrap import wrap
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from offwall.tui.kit.selection import NOTHING_YET, SelectingWidget
from offwall.tui.kit.session_app import app_state
from offwall.tui.kit.text import plain
from offwall.tui.terminal.textual_private import row_starts

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


@lru_cache(maxsize=4096)
def narrowest(text: str, lines: int) -> int:
    """The fewest cells in which a text has room in so many lines, broken between words."""
    shown = plain(text)
    if lines == 1:
        return cell_len(shown)
    places = [place for place, letter in enumerate(shown) if letter == " "]
    halves = [max(cell_len(shown[:at]), narrowest(shown[at + 1 :], lines - 1)) for at in places]
    return min([cell_len(shown), *halves])


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


# What a list is made of.

SELECTED_MARK = "*"
"""What stands behind the first column of a row that is selected."""

WIDE_LIST = 110
"""Cells from which columns take their ``wide`` width."""

ListCell = str | tuple[str, str]
"""What a column shows: text, or text and the name of a look such as ``lead`` or ``open``."""


@dataclass(frozen=True, slots=True)
class FittedColumn:
    """A column by name: its title, its width in cells (0: what the others leave), its width where
    the list is wide, and the cells below which the list leaves it out.

    It is narrower where nothing in it is as wide, and wider where there are cells to spare. What is
    ``whole``, such as a date, is not broken within its width to leave other columns more.
    """

    name: str
    title: str
    width: int = 0
    wide: int = 0
    least: int = 0
    whole: bool = False


def ListColumn(title: str, width: int = 0) -> FittedColumn:  # noqa: N802
    """A column that is always there; what has a width keeps its words on one line within it."""
    return FittedColumn(title, title, width, whole=width > 0)


@dataclass(frozen=True, slots=True)
class ListRow:
    """The key it is known by, and a cell a column. A heading spans the line: what it is called, and
    what is counted of it at the right.
    """

    key: str
    cells: tuple[ListCell, ...]
    heading: bool = False

    def text(self) -> str:
        """All that the row says, for finding."""
        return " ".join(cell if isinstance(cell, str) else cell[0] for cell in self.cells)


# The rows, drawn.


class RowView(SelectingWidget, Widget):
    """Rows with their titles and what stands above them, drawn over Textual's line API.

    A row's line is made when it is looked at, and not before; a move redraws two rows.
    """

    LINES: int = 2
    """The most lines of a row, where a cell needs more than one."""

    FITTED: ClassVar[bool] = True
    """Whether columns follow what stands in them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"record-list--{look}"
        for look in (
            *("banner", "legend", "title", "cursor", "cursor-blurred", "heading", "count", "muted"),
            *("lead", "good", "open", "issue", "wrong", "empty", "selected"),
        )
    }

    def __init__(
        self,
        columns: Sequence[FittedColumn],
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._fits = tuple(columns)
        self.shown: tuple[str, ...] = tuple(fit.name for fit in columns)
        self.columns = _fitted_columns(self._fits, wide=False)
        self.empty = empty
        self.rows: tuple[ListRow, ...] = ()
        self._banner = ("", "")
        self._legend = ""
        self._fitted = Size(0, 0)
        self._top = 0
        self._natural: list[int] = []
        self._unbroken: list[int] = []
        self._sizes: tuple[object, list[tuple[FittedColumn, int]]] | None = None
        self._broken: dict[str, tuple[ListRow, object, list[list[str]]]] = {}

    def show_banner(self, text: str, keys: str = "") -> None:
        """Say above the titles what is shown, and the keys that change it; empty for no line."""
        keys = "" if app_state(self).showing else keys
        if (text, keys) != self._banner:
            self._banner = (text, keys)
            self._scroll()
            self.refresh()

    def show_legend(self, text: str) -> None:
        """Say above the titles what short signs in the list mean; empty for no line."""
        before, self._legend = self._legend, text
        if bool(before) != bool(text):
            self._scroll()
            self.refresh()
        elif before != text:
            self.refresh(Region(0, self._head - 2, self.size.width, 1))

    @property
    def _head(self) -> int:
        """Lines above the rows: the titles, a banner and a legend where there are any."""
        return 1 + bool(self._banner[0]) + bool(self._legend)

    @property
    def _room(self) -> int:
        """Lines for rows."""
        return max(1, self.size.height - self._head)

    def _height(self, index: int) -> int:
        """Lines of a row."""
        row = self.rows[index]
        return (
            1 if self.LINES == 1 or row.heading else max(map(len, self._lines_of(row)), default=1)
        )

    def _shown_at(self, line: int) -> tuple[int, int]:
        """The row that a line below the head shows, and which of the row's lines it is."""
        index = self._top
        while index < len(self.rows) and line >= (height := self._height(index)):
            index, line = index + 1, line - height
        return index, line

    def _line_of(self, index: int) -> int:
        """The first line of a row, counted from that of the first in view; -1 above it."""
        if index < self._top:
            return -1
        return sum(map(self._height, range(self._top, min(index, self._top + self._room))))

    def _first_with(self, last: int) -> int:
        """The first row in view where a row is the last that is wholly seen."""
        first, used = last, self._height(last)
        while first > 0 and (used := used + self._height(first - 1)) <= self._room:
            first -= 1
        return first

    def _scroll(self) -> None:
        """Bring the cursor into view; a heading just above it comes along."""
        if not self.rows:
            self._top = 0
            return
        first = self.index - 1 if self.index and self.rows[self.index - 1].heading else self.index
        self._top = min(self._top, first)
        self._top = max(self._top, self._first_with(self.index))
        self._top = min(self._top, self._first_with(len(self.rows) - 1))

    def _redraw(self, *indexes: int) -> None:
        """Redraw these rows' lines only."""
        head, width, height = self._head, *self.size
        for index in {index for index in indexes if self._top <= index < len(self.rows)}:
            if (line := self._line_of(index) + head) < height:
                self.refresh(Region(0, line, width, self._height(index)))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the cursor's words begin; the terminal's own goes there."""
        sized, x = self._sized(self.size.width), 0
        for column, size in sized if self.rows and not self.rows[self.index].heading else ():
            if not column.width:
                break
            x += size + 1
        line = self._line_of(self.index) if self.rows else 0
        return self.content_region.offset + Offset(x, min(line + self._head, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, a row, or what to do where there is none."""
        width = self.size.width
        if y < self._head - 1:
            return self._above(y, width)
        if y < self._head:
            return self._titles(width)
        if not self.rows:
            return self._what_to_do(y - self._head - 1, width)
        index, line = self._shown_at(y - self._head)
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        return self._row(index, width, line)

    def _above(self, y: int, width: int) -> Strip:
        """A line above the titles: the banner, then the legend."""
        if y == 0 and self._banner[0]:
            return self._banner_line(width)
        style = self.rich_style + self._look("legend")
        legend = self._legend
        if cell_len(legend) > width:
            legend = f"{set_cell_size(legend, width - 3).rpartition('  ')[0]}  …"
        return self._strip([Segment(fitted(legend, width), style)], width)

    def _what_to_do(self, number: int, width: int) -> Strip:
        """One line of what an empty list says, which goes on where the screen is narrow."""
        empty = NOTHING_YET if app_state(self).showing else self.empty
        said = wrap(empty, max(width, 1))[number : number + 1]
        style = self.rich_style + self._look("empty")
        return self._strip([Segment("".join(said), style)], width)

    def _titles(self, width: int) -> Strip:
        titles = [fitted(column.title, size) for column, size in self._sized(width)]
        return self._with_selection(
            self._strip([Segment(" ".join(titles), self._look("title"))], width)
        )

    def _with_selection(self, titles: Strip) -> Strip:
        """The titles, and how many are selected over the last of them: no row moves for it."""
        if not (said := self.said_of_selection()):
            return titles
        width = titles.cell_length
        room = max(0, width - cell_len(said))
        told = self._strip([Segment(said, self._look("selected"))], width - room)
        return Strip.join([titles.crop(0, room), told])

    def _banner_line(self, width: int) -> Strip:
        text, keys = self._banner
        room = max(1, width - cell_len(keys) - 2)
        line = f"{fitted(text, room)}  {keys}"
        return self._strip([Segment(line, self._look("banner"))], width)

    def cells(self, row: ListRow) -> Sequence[ListCell]:
        """A row's cells, one for each of `columns`; a list that scrolls sideways gives some."""
        return row.cells

    def look_over(self, index: int, column: int | None = None) -> str:
        """The look that lies over a row's line, or over one of its cells; empty for none."""
        if index != self.index:
            return ""
        return "cursor" if self.has_focus else "cursor-blurred"

    def _over(self, index: int, column: int | None = None) -> Style:
        look = self.look_over(index, column)
        return self._look(look) if look else Style.null()

    def _row(self, index: int, width: int, line: int) -> Strip:
        row = self.rows[index]
        base, over = self.rich_style, self._over(index)
        if row.heading:
            return self._heading(row, width, base, over)
        segments = []
        marked = line == 0 and self.is_marked(row.key)
        mark = Segment(SELECTED_MARK, self._look("selected")) if marked else None
        cells = zip(self.cells(row), self._sized(width), self._lines_of(row), strict=False)
        for place, (cell, (_, size), lines) in enumerate(cells):
            look = cell[1] if isinstance(cell, tuple) else ""
            style = (base + self._look(look) if look else base) + self._over(index, place)
            text = lines[line] if line < len(lines) else " " * size
            text = fitted(text, size - 1) if mark and len(self.columns) == 1 else text
            segments.append(Segment(text, style))
            segments.append(mark if mark and place == 0 else Segment(" ", base + over))
        return self._strip(segments, width, base + over)

    def _heading(self, row: ListRow, width: int, base: Style, over: Style) -> Strip:
        """What a heading is called; what is counted of it stands quietly at the right."""
        called, *more = [cell if isinstance(cell, str) else cell[0] for cell in row.cells]
        count = plain("  ".join(filter(None, more)))
        front = fitted(called, min(cell_len(plain(called)), width))
        while ", " in count and cell_len(count) > width - cell_len(front) - 2:
            count = count.partition(", ")[2]  # what comes last is still to do
        end = fitted(count, max(0, min(cell_len(count), width - cell_len(front) - 2)))
        front += " " * (width - cell_len(front) - cell_len(end))
        pairs = ((front, self._look("heading")), (end, self._look("count")))
        segments = [Segment(text, base + look + over) for text, look in pairs]
        return self._strip(segments, width, base + over)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"record-list--{name}", partial=name != "title")

    def _sized(self, width: int) -> list[tuple[FittedColumn, int]]:
        """Each column and its width: what is in it, and what the others do not need."""
        known = (width, self.columns, tuple(self._natural), tuple(self._unbroken))
        if self._sizes is None or self._sizes[0] != known:
            self._sizes = (known, list(zip(self.columns, self._shared(width), strict=True)))
        return self._sizes[1]

    def _shared(self, width: int) -> list[int]:
        wanted = [column.width for column in self.columns]
        known = len(self._natural) == len(wanted)
        if not known:
            return widths(wanted, wanted, width)
        return widths(wanted, self._natural, width, self._unbroken)

    def _measure(self, rows: Iterable[ListRow]) -> None:
        """See how wide what stands in each column is."""
        if not self.FITTED:
            return
        if len(self._natural) != len(self.columns):
            self._natural = [cell_len(column.title) for column in self.columns]
            self._unbroken = [*self._natural]
        natural, unbroken = self._natural, self._unbroken
        for row in rows:
            for place, cell in enumerate(() if row.heading else row.cells[: len(natural)]):
                text = cell if isinstance(cell, str) else cell[0]
                if 2 * len(text) > natural[place]:
                    column = self.columns[place]
                    line = narrowest(text, 1)
                    whole = min(line, column.width) if column.whole else 0
                    natural[place] = max(natural[place], narrowest(text, self.LINES), whole)
                    unbroken[place] = max(unbroken[place], line)

    def _lines_of(self, row: ListRow) -> list[list[str]]:
        """The lines of each of a row's cells, as wide as its column."""
        sized = self._sized(self.size.width)
        known = self._broken.get(row.key)
        if known is None or known[0] is not row or known[1] is not sized:
            cells = zip(self.cells(row), sized, strict=False)
            broken = [
                in_lines(cell if isinstance(cell, str) else cell[0], size, self.LINES)
                for cell, (_, size) in cells
            ]
            known = self._broken[row.key] = (row, sized, broken)
        return known[2]

    def _strip(self, segments: list[Segment], width: int, style: Style | None = None) -> Strip:
        return Strip(segments).adjust_cell_length(width, style or self.rich_style)

    def _on_resize(self, event: Resize) -> None:
        self._take_size()

    def watch_virtual_size(self) -> None:
        """A screen that is laid out twice as it opens may say only the first size."""
        self.call_later(self._take_size)

    def _take_size(self) -> None:
        if self._fitted != self.size:
            self._fitted = self.size
            self.fit_columns(self.size.width)
            self._scroll()
            self.refresh()

    # The columns follow the width.

    @property
    def wide(self) -> bool:
        """Whether there is room for names in full."""
        return self.size.width >= WIDE_LIST

    def show_change(self) -> None:
        """Show what changed of the session."""
        self.rebuild()

    watch_session: Any = show_change  # a list may watch with the session, and with that of before

    def rebuild(self) -> None:
        """Make the rows again, with a cell for each name in `shown`."""

    def row(self, key: str, cells: Mapping[str, ListCell]) -> ListRow:
        """A row with those of the cells that are shown."""
        return ListRow(key, tuple(cells[name] for name in self.shown))

    def take_columns(self, columns: Sequence[FittedColumn]) -> None:
        """Have other columns: those that the session wants."""
        if tuple(columns) != self._fits:
            self._fits = tuple(columns)
            self.fit_columns(self.size.width)

    def fit_columns(self, width: int) -> None:
        """Choose the columns that fit; a grid shows those around its cursor."""
        fits = tuple(fit for fit in self._fits if width >= fit.least)
        columns = _fitted_columns(fits, wide=width >= WIDE_LIST)
        if columns != self.columns:
            self.columns = columns
            self.shown = tuple(fit.name for fit in fits)
            self._natural = []
            self.rebuild()


def _fitted_columns(fits: Sequence[FittedColumn], *, wide: bool) -> tuple[FittedColumn, ...]:
    return tuple(replace(fit, width=(wide and fit.wide) or fit.width, wide=0) for fit in fits)
