"""Rows drawn over Textual's line API: a line is made when it is looked at, and not before.

`DataTable` draws all of a large table before the first screen and a region for each move. Here
nothing is drawn that is not in view, and a change redraws the lines that it is on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.text import plain

Cell = str | tuple[str, str]
"""What a column shows: text, or text and the name of a look such as ``lead`` or ``open``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title and its width in cells; 0 takes what the others leave."""

    title: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the key it is known by, and a cell a column. A heading spans the line."""

    key: str
    cells: tuple[Cell, ...]
    heading: bool = False

    def text(self) -> str:
        """All that the row says, for finding."""
        return " ".join(cell if isinstance(cell, str) else cell[0] for cell in self.cells)


class RowLines(Widget):
    """Columns with their titles, rows under them, a banner above, and a cursor's look.

    ``MARKED`` is how many columns, from the first, the cursor lies over; 0 for the whole line.
    Where they are few a move sends little.
    """

    MARKED: ClassVar[int] = 0

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"record-list--{look}"
        for look in (
            *("banner", "title", "cursor", "cursor-blurred", "heading", "muted"),
            *("lead", "good", "open", "issue", "wrong", "empty"),
        )
    }
    DEFAULT_CSS = """
    RowLines {
        height: 1fr; width: 1fr;
        & > .record-list--banner { color: $text-warning; background: $warning-muted; }
        & > .record-list--title { color: $text-muted; text-style: underline; }
        & > .record-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .record-list--cursor-blurred {
            background: $surface-lighten-2;
            text-style: $block-cursor-blurred-text-style;
        }
        & > .record-list--heading { color: $text-accent; text-style: bold; background: $panel; }
        & > .record-list--muted { color: $text-muted; }
        & > .record-list--lead { color: $text-primary; }
        & > .record-list--good { color: $text-success; }
        & > .record-list--open { color: $text-warning; }
        & > .record-list--issue { color: $text-secondary; text-style: bold; }
        & > .record-list--wrong { color: $text-error; }
        & > .record-list--empty { color: $text-muted; }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.empty = empty
        self.rows: tuple[Row, ...] = ()
        self._banner = ("", "")
        self._index = 0
        self._top = 0

    def show_banner(self, text: str, keys: str = "") -> None:
        """Say above the titles what is shown, and the keys that change it; empty for no line."""
        if (text, keys) != self._banner:
            self._banner = (text, keys)
            self._scroll()
            self.refresh()

    @property
    def _head(self) -> int:
        """Lines above the rows: the titles, and the banner where there is one."""
        return 2 if self._banner[0] else 1

    @property
    def _room(self) -> int:
        """Lines for rows."""
        return max(1, self.size.height - self._head)

    def _scroll(self) -> None:
        """Bring the cursor into view; a heading just above it comes along."""
        first = (
            self._index - 1 if self._index and self.rows[self._index - 1].heading else self._index
        )
        self._top = min(self._top, first)
        self._top = max(self._top, self._index - self._room + 1, 0)
        self._top = min(self._top, max(0, len(self.rows) - self._room))

    def _redraw(self, *indexes: int) -> None:
        """Redraw these rows' lines only."""
        head = self._head
        lines = {index - self._top + head for index in indexes}
        seen = [
            Region(0, line, self.size.width, 1) for line in lines if head <= line < self.size.height
        ]
        if seen:
            self.refresh(*seen)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, a row, or what to do where there is none."""
        width = self.size.width
        if y < self._head:
            return self._titles(width) if y == self._head - 1 else self._banner_line(width)
        index = self._top + y - self._head
        if not self.rows and index > 0:
            return self._what_to_do(index - 1, width)
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        return self._row(index, width)

    def _what_to_do(self, number: int, width: int) -> Strip:
        """One line of what an empty list says, which goes on where the screen is narrow."""
        said = wrap(self.empty, max(width, 1))[number : number + 1]
        return self._strip([Segment("".join(said), self._look("empty"))], width)

    def _titles(self, width: int) -> Strip:
        titles = [self._fit(column.title, size) for column, size in self._sized(width)]
        return self._strip([Segment(" ".join(titles), self._look("title"))], width)

    def _banner_line(self, width: int) -> Strip:
        text, keys = self._banner
        room = max(1, width - cell_len(keys) - 2)
        line = f"{self._fit(text, room)}  {keys}"
        return self._strip([Segment(line, self._look("banner"))], width)

    def cells(self, row: Row) -> Sequence[Cell]:
        """A row's cells, one for each of `columns`; a list that scrolls sideways gives some."""
        return row.cells

    def look_over(self, index: int, column: int | None = None) -> str:
        """The look that lies over a row's line, or over one of its cells; empty for none."""
        if index != self._index or not self._marks(index, column):
            return ""
        return "cursor" if self.has_focus else "cursor-blurred"

    def _marks(self, index: int, column: int | None) -> bool:
        """Whether the cursor's look lies over the line, or over this cell of it."""
        return not self.MARKED or (column is not None and column < self.MARKED)

    def _over(self, index: int, column: int | None = None) -> Style:
        look = self.look_over(index, column)
        return self._look(look) if look else Style.null()

    def _row(self, index: int, width: int) -> Strip:
        row = self.rows[index]
        if row.heading:
            return self._heading(row, index, width)
        base, over = self.rich_style, self._over(index)
        segments = []
        shown = zip(self.cells(row), self._sized(width), strict=False)
        for place, (cell, (_, size)) in enumerate(shown):
            text, look = cell if isinstance(cell, tuple) else (cell, "")
            style = base + self._look(look) if look else base
            segments.append(Segment(self._fit(text, size), style + self._over(index, place)))
            gap = self._over(index, place) if self.MARKED else over
            segments.append(Segment(" ", base + gap))
        return self._strip(segments, width, base + over)

    def _heading(self, row: Row, index: int, width: int) -> Strip:
        """A heading's line; the cursor is as wide on it as on the others."""
        texts = (cell if isinstance(cell, str) else cell[0] for cell in row.cells)
        said, look = "  ".join(map(plain, texts)), self._look("heading")
        if not self.MARKED:
            over = look + self._over(index)
            return self._strip([Segment(said, over)], width, over)
        marked = sum(size + 1 for _, size in self._sized(width)[: self.MARKED])
        front, rest = Segment(set_cell_size(said, width), look).split_cells(min(marked, width))
        return self._strip([Segment(front.text, look + self._over(index, 0)), rest], width, look)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"record-list--{name}", partial=name != "title")

    def _sized(self, width: int) -> list[tuple[Column, int]]:
        fixed = sum(column.width for column in self.columns) + len(self.columns) - 1
        free = [column for column in self.columns if not column.width]
        share = max(4, (width - fixed) // len(free)) if free else 0
        return [(column, column.width or share) for column in self.columns]

    @staticmethod
    def _fit(text: str, size: int) -> str:
        """The text in exactly ``size`` cells; an ellipsis says that there is more."""
        shown = plain(text)
        if cell_len(shown) > size:
            shown = set_cell_size(shown, size - 1).rstrip() + "…"
        return set_cell_size(shown, size)

    def _strip(self, segments: list[Segment], width: int, style: Style | None = None) -> Strip:
        return Strip(segments).adjust_cell_length(width, style or self.rich_style)
