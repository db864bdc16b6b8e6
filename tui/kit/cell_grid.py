"""A list whose columns scroll sideways behind those that are fixed, with a cursor on one cell."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Offset, Region
from textual.message import Message

from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import FittedColumn, ListCell, ListColumn, ListRow, fitted

TEXT_LEAST = 20
"""Cells that the words of a row keep, however many columns there are."""


class CellGrid(RecordList):
    """Rows by columns. Subclasses say what the columns are, by `take`, and make rows with a cell
    for each behind those of ``FIXED``; of these the last has the words, and its title says how many
    columns lie to the left and to the right of what is in view.
    """

    FIXED: ClassVar[tuple[FittedColumn, ...]] = ()
    FITTED = False
    TITLED: ClassVar[bool] = True
    """Whether the title of the column under the cursor stands out."""

    class Turned(Message):
        """The cursor stands in another column."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(self.FIXED, id=id)
        self.names: tuple[str, ...] = ()
        self.column = 0
        self._left = 0

    def take(self, names: Sequence[str], column: int) -> None:
        """Have these columns, the cursor in one of them."""
        self.names = tuple(names)
        self.column = max(0, min(column, len(names) - 1))
        self._window()
        self.refresh()

    def cell_sizes(self) -> Sequence[int]:
        """The width of each column, in cells."""
        raise NotImplementedError

    def head_of(self, place: int) -> str:
        """What stands above a column."""
        return self.names[place]

    @property
    def titles(self) -> Sequence[str]:
        """Those that are always there, and all the others."""
        return [*(column.title for column in self.FIXED), *self.names]

    @property
    def room(self) -> int:
        """Cells across; what is not shown yet has none, but its first picture should be right."""
        return self.size.width or self.app.size.width - 2

    def action_column(self, by: int) -> None:
        """Stand in the column to the right (1) or to the left (-1)."""
        self.turn(self.column + by)

    @property
    def view_said(self) -> tuple[str, ...]:
        """The column."""
        return (str(self.column),)

    def take_view(self, said: Sequence[str]) -> None:
        """Stand in that column."""
        if said and said[0].isdecimal():
            self.turn(int(said[0]))

    def turn(self, column: int) -> None:
        """Stand in a column, or in the nearest that there is."""
        before, left = self.column, self._left
        self.column = max(0, min(column, len(self.names) - 1))
        if self.column == before:
            return
        self._window()
        if left != self._left:
            self.refresh()
        else:
            self.refresh(*self._regions(before), *self._regions(self.column))
        self.post_message(self.Turned())

    def _place(self, column: int) -> int:
        """Where a column stands among those in view."""
        return column - self._left + len(self.FIXED)

    def _regions(self, column: int) -> list[Region]:
        """The title of a column and its cell in the row under the cursor."""
        place, sizes = self._place(column), [size for _, size in self.plan.sized()]
        x = sum(sizes[:place]) + place
        line, height = self.plan.line_of(self.index) + self._head, self.plan.height(self.index)
        return [Region(x, self._head - 1, sizes[place], 1), Region(x, line, sizes[place], height)]

    def _window(self) -> None:
        """Show the columns that fit, the one under the cursor among them."""
        sizes = self.cell_sizes()
        room = self.room - sum(column.width + 1 for column in self.FIXED) - TEXT_LEAST

        def fits(start: int, end: int) -> bool:
            return sum(sizes[start:end]) + end - start <= room

        self._left = min(self._left, self.column)
        while self._left < self.column and not fits(self._left, self.column + 1):
            self._left += 1
        while self._left and fits(self._left - 1, len(sizes)):
            self._left -= 1
        end = min(self.column + 1, len(sizes))
        while end < len(sizes) and fits(self._left, end + 1):
            end += 1
        shown = [ListColumn(self.head_of(place), sizes[place]) for place in range(self._left, end)]
        after = len(sizes) - end
        sides = ((self._left, f"‹{self._left}"), (after, f"{after}"))
        beside = ", ".join(told for number, told in sides if number)
        more = f", {beside} more{' ›' if after else ''}" if beside else ""
        words = ListColumn(f"{self.FIXED[-1].title}{more}")
        self.plan.columns = (*self.FIXED[:-1], words, *shown)

    def fit_columns(self, width: int) -> None:
        """As many columns as there is room for."""
        self._window()

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell under the cursor."""
        _, y = super().cursor_screen_offset
        sizes = [size for _, size in self.plan.sized()]
        place = min(self._place(self.column), len(sizes))
        return Offset(self.content_region.x + sum(sizes[:place]) + place, y)

    async def _on_click(self, event: Click) -> None:
        await super()._on_click(event)
        x = self.content_region.x - self.region.x
        for place, (_, size) in enumerate(self.plan.sized()):
            if x <= event.x < x + size and place >= len(self.FIXED):
                self.turn(self._left + place - len(self.FIXED))
            x += size + 1

    def cells(self, row: ListRow) -> tuple[ListCell, ...]:
        """The cells of the columns that are in view."""
        fixed, start = len(self.FIXED), len(self.FIXED) + self._left
        return (*row.cells[:fixed], *row.cells[start : start + len(self.plan.columns) - fixed])

    def look_over(self, index: int, column: int | None = None) -> str:
        """The cursor lies on one cell; its row is marked faintly."""
        look = super().look_over(index, column)
        here = column == self._place(self.column) or self.rows[index].heading
        return look if here or not look else "cursor-blurred"

    def _titles(self) -> list[Segment]:
        """The titles; that of the column under the cursor stands out."""
        if not self.TITLED:
            return super()._titles()
        title, at = self._look("title"), self._place(self.column)
        here = title + self._look("heading")
        segments = []
        for place, (column, size) in enumerate(self.plan.sized()):
            style = here if place == at else title
            segments += [Segment(fitted(column.title, size), style), Segment(" ", title)]
        return segments
