"""A list of records: the rows of a `RowPlan` with a cursor, and the keys that act on records.

The cursor stays on its record, by key, whatever comes or goes around it; a move redraws two lines.
Rows are drawn over Textual's line API: a line is made when it is looked at, and not before.
`DataTable` draws all of a large table before the first screen and a region for each move.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, takewhile
from textwrap import wrap
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, MouseEvent, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from offwall.model.records.text import as_table, counted, plain
from offwall.tui.kit.context import Context
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, key, keys, keys_of
from offwall.tui.kit.messages import CopyWanted
from offwall.tui.kit.row_view import (
    CELL_LOOKS,
    SELECTED_MARK,
    WIDE_LIST,
    FittedColumn,
    ListCell,
    ListRow,
    RowPlan,
    columns_within,
    fitted,
)
from offwall.tui.kit.selection import (
    FIND_KEYS,
    MOVE_KEYS,
    NOTHING_YET,
    SELECT_KEYS,
    UNSELECT_KEYS,
    SelectingWidget,
)
from offwall.tui.kit.session_widget import app_state
from offwall.tui.terminal.textual_private import bound_to

WHEEL_ROWS = 3
"""Rows by which a notch of the wheel moves what is in view."""

COPY = "Copy the row as its line, or rows for a spreadsheet"
LIST_KEYS = [*MOVE_KEYS, *FIND_KEYS, *SELECT_KEYS]
LIST_KEYS += keys("list", key("quotation_mark", "copy", "Copy", tooltip=COPY))
CHOOSE_KEYS = keys(
    "list", foot("enter,e", "choose", "Edit", tooltip="Open the one under the cursor")
)


class RecordList(SelectingWidget, Widget, can_focus=True):
    """Columns with their titles, rows under them, a banner above, and a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"record-list--{name}" for name in CELL_LOOKS}
    DEFAULT_CSS = "\n".join(
        [
            "RecordList { height: 1fr; width: 1fr; padding: 0 1;",
            *(f"& > .record-list--{name} {{ {look} }}" for name, look in CELL_LOOKS.items()),
            "}",
        ]
    )
    BINDINGS: ClassVar[list[BindingType]] = [*UNSELECT_KEYS, *LIST_KEYS, *CHOOSE_KEYS]

    @dataclass
    class Moved(Message):
        """The cursor stands on another record."""

        sender: "RecordList"
        key: str

    class Chosen(Moved):
        """The record under the cursor is wanted."""

    @dataclass
    class DetailChanged(Message):
        """What the row under the cursor says in full is another text."""

        text: str

    DETAILED: ClassVar[bool] = False
    """Whether it says in full, by `about`, what the cursor stands on."""

    FOLLOWED: ClassVar[bool] = False
    """Whether the footer follows the cursor: where rows are of several kinds."""

    LINES: int = 2
    """The most lines of a row, where a cell needs more than one."""

    FITTED: ClassVar[bool] = True
    """Whether columns follow what stands in them."""

    KEEPS: ClassVar[bool] = False
    """Whether columns stay that are empty in every row: those that the list is there to fill."""

    fresh: Context
    """Where ids and dates come from; a list whose commands need them is given it."""

    view: Any = None
    """How the list is looked at, where there are several ways."""

    _able: Set[Need] = frozenset()
    _under: tuple[Sequence[ListRow], int, Sequence[str]] = ((), 0, ())
    _ground = Style.null()
    _on_heading: bool | None = None

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
        self.plan = RowPlan(
            lambda: (self.size.width, self._room),
            self.cells,
            self.LINES,
            follows=self.FITTED,
            keeps=self.KEEPS,
        )
        self.plan.take_columns(columns_within(self._fits, wide=False))
        self.empty = empty
        self._banner = ("", "")
        self._legend = ""
        self._fitted = Size(0, 0)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The rows, those of headings too."""
        return self.plan.rows

    # The cursor: two lines are redrawn for a move.

    def about(self, key: str) -> str:
        """What a row says in full."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say in full what the cursor stands on; of a section that is not shown nobody asks."""
        if all(node.display for node in self.ancestors_with_self):
            self.post_message(self.DetailChanged(self.about(self.key) if self.rows else ""))

    def on_record_list_moved(self, event: "RecordList.Moved") -> None:
        """The cursor stands on another row: on a heading other keys apply, whatever the list."""
        heading = bool(self.rows) and self.rows[self.index].heading
        if self.FOLLOWED:
            self.follow()
        elif heading is not self._on_heading:
            self._on_heading = heading
            self.refresh_bindings()
        if self.DETAILED:
            event.stop()
            self.tell()

    def follow(self) -> None:
        """Have the footer dim other keys where what they need is there no more, or again."""
        at = self.here()
        needs = {entry.needs for entry in keys_of(type(self)).values() if entry.show}
        able = {need for need in needs if need and need.of(at)}
        if able != self._able:
            self._able = able
            self.refresh_bindings()  # the footer is made anew, which costs more than a move

    def here(self) -> Any:
        """What commands are given, and what keys ask for what they need."""
        return Here(self.session, self.fresh, self.key, self.record, self.view, *self.chosen)

    @property
    def listed(self) -> Sequence[str]:
        """The keys of the rows that are no headings."""
        return [row.key for row in self.rows if not row.heading]

    @property
    def under_heading(self) -> Sequence[str]:
        """The rows up to the next heading, where the cursor stands on one."""
        if not self.rows or not self.rows[self.index].heading:
            return ()
        rows, index, under = self._under
        if rows is not self.rows or index != self.index:  # each key that is shown asks
            below = islice(self.rows, self.index + 1, None)
            under = [row.key for row in takewhile(lambda row: not row.heading, below)]
            self._under = (self.rows, self.index, under)
        return under

    def draw_marks(self) -> None:
        """The rows that are in view, and the titles; the footer, as other keys apply."""
        self.refresh()
        if self.FOLLOWED:
            self.follow()

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.rows[self.index].key if self.rows else ""

    def show(self, rows: Sequence[ListRow], *, cursor: str | None = None) -> None:
        """Show other rows. The cursor stays on its record, or goes to ``cursor``."""
        stood, old, now = self.key, self.rows, tuple(rows)
        pairs = zip(old, now, strict=True) if len(old) == len(now) else ()
        changed = {n for n, (was, one) in enumerate(pairs) if was is not one and was != one}
        in_view = range(self.plan.top, self.plan.top + self._room)
        seen = [n for n in changed if n in in_view]
        before = (self.plan.sized(), [self.plan.height(n) for n in seen], self.plan.top)
        at = self.index
        self.plan.take_rows(now)
        wanted = cursor if cursor is not None else stood
        keys = [row.key for row in self.rows]
        self.index = keys.index(wanted) if wanted in keys else min(at, max(0, len(keys) - 1))
        self.plan.scroll_to(self.index)
        self.forget_gone()
        after = (self.plan.sized(), [self.plan.height(n) for n in seen], self.plan.top)
        if len(old) != len(now) or before != after:
            self.refresh()
        else:
            self._redraw(*changed, at, self.index)
        if stood != self.key:
            self.post_message(self.Moved(self, self.key))

    @property
    def known_keys(self) -> Sequence[str]:
        """The keys of all rows."""
        return [row.key for row in self.rows]

    def texts(self) -> Sequence[str]:
        """What each row says."""
        return [row.text() for row in self.rows]

    def put(self, rows: Sequence[ListRow]) -> None:
        """Show other rows; the cursor goes to the record that `go_to` waits for."""
        here = any(row.key == self._awaited for row in rows)
        self.show(rows, cursor=self._awaited if here else None)
        self._awaited = "" if here else self._awaited

    def action_page(self, direction: int) -> None:
        """Move the cursor by a screenful."""
        shown = self.plan.shown_at(self._room - 1)[0] - self.plan.top
        self.jump(self.index + direction * max(1, shown))

    def action_heading(self, by: int) -> None:
        """Stand on the next heading (1), or on the one that the cursor is under (-1)."""
        places = range(self.index + by, len(self.rows) if by > 0 else -1, by)
        if (found := next((n for n in places if self.rows[n].heading), None)) is not None:
            self.jump(found)

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self, self.key))

    def as_line(self, key: str) -> str:
        """What a row says on one line, where possible as it is typed."""
        return next(row.text() for row in self.rows if row.key == key)

    @property
    def titles(self) -> Sequence[str]:
        """The titles of a row's cells."""
        return [column.title for column in self.plan.columns]

    def action_copy(self) -> None:
        """Copy what is selected; else ask whether the row is wanted, or all that are shown."""
        listed = self.listed
        if self.marked:
            self._copy_table([key for key in listed if self.is_marked(key)])
        elif self.key in listed:
            options = ("This one, as its line", f"All {len(listed):,} shown, for a spreadsheet")

            def chosen(place: int) -> Outcome:
                if place:
                    self._copy_table(listed)
                else:
                    self.post_message(CopyWanted(self.as_line(self.key), "the line"))
                return Outcome()

            self.perform(Outcome(ask=Choose("Copy", options, chosen)))

    def _copy_table(self, wanted: Sequence[str]) -> None:
        keys = set(wanted)
        texts = [*{row.key: row.texts for row in self.rows if row.key in keys}.values()]
        what = counted(len(texts), "row")
        self.post_message(CopyWanted(as_table(self.titles, texts), what, table=True))

    def jump(self, place: int) -> None:
        """Put the cursor on a row; a move redraws two lines."""
        before, top = self.index, self.plan.top
        self.index = max(0, min(place, len(self.rows) - 1))
        if self.index == before:
            return
        self.plan.scroll_to(self.index)
        if top != self.plan.top:
            self.refresh()
        else:
            self._redraw(before, self.index)
        self.reach()
        self.post_message(self.Moved(self, self.key))

    def _on_focus(self, event: Focus) -> None:
        self._redraw(self.index)
        if self.DETAILED:
            self.tell()

    def _on_blur(self, event: Blur) -> None:
        self._redraw(self.index)

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._wheel(event, WHEEL_ROWS)

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._wheel(event, -WHEEL_ROWS)

    def _wheel(self, event: MouseEvent, by: int) -> None:
        """The wheel moves what is in view; the cursor stays, and the next key comes back to it."""
        event.stop()
        before = self.plan.top
        self.plan.scroll(by)
        if self.plan.top != before:
            self.refresh()

    async def _on_click(self, event: Click) -> None:
        """A click goes to a row; a second one edits it."""
        at = event.get_content_offset_capture(self)
        place, _ = self.plan.shown_at(at.y - self._head)
        if at.y >= self._head and place < len(self.rows):
            self.jump(place)
            if event.chain == 2:
                wanted = (pressed for pressed in ("e", "enter") if bound_to(self, pressed))
                self.app.simulate_key(next(wanted, "enter"))

    # What is drawn.

    def show_banner(self, text: str, keys: str = "") -> None:
        """Say above the titles what is shown, and the keys that change it; empty for no line."""
        keys = "" if app_state(self).showing else keys
        if (text, keys) != self._banner:
            self._banner = (text, keys)
            self.plan.scroll_to(self.index)
            self.refresh()

    def show_legend(self, text: str) -> None:
        """Say above the titles what short signs in the list mean; empty for no line."""
        before, self._legend = self._legend, text
        if bool(before) != bool(text):
            self.plan.scroll_to(self.index)
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

    def _redraw(self, *indexes: int) -> None:
        """Redraw these rows' lines only."""
        head, width, height = self._head, *self.size
        for index in {index for index in indexes if self.plan.top <= index < len(self.rows)}:
            if (line := self.plan.line_of(index) + head) < height:
                self.refresh(Region(0, line, width, self.plan.height(index)))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the cursor's words begin; the terminal's own goes there."""
        sized, x = self.plan.sized(), 0
        for column, size in sized if self.rows and not self.rows[self.index].heading else ():
            if not column.width:
                break
            x += size + bool(size)
        line = self.plan.line_of(self.index) if self.rows else 0
        return self.content_region.offset + Offset(x, min(line + self._head, self.size.height - 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that are wanted."""
        # What is seen for the first time may be drawn before it is told its size.
        self._take_size()
        self._ground = self.rich_style
        with self.plan.drawing():
            return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, a row, or what to do where there is none."""
        width, line = self.size.width, y - self._head
        if line < 0:
            return self._head_line(y, width)
        if not self.rows:
            empty = NOTHING_YET if app_state(self).showing else self.empty
            said = wrap(empty, max(width, 1))[line - 1 : line] if line else ()
            return self._said("".join(said), "empty", width)
        index, line = self.plan.shown_at(line)
        if index >= len(self.rows):
            return Strip.blank(width, self._ground)
        draw = self._heading if self.rows[index].heading else self._row
        return draw(index, width, line)

    def _head_line(self, y: int, width: int) -> Strip:
        """The banner, the legend, or the titles; over their end stands how many are selected."""
        if y == 0 and self._banner[0]:
            text, keys = self._banner
            room = max(1, width - cell_len(keys) - 2)
            return self._said(f"{fitted(text, room)}  {keys}", "banner", width)
        if y < self._head - 1:
            legend = self._legend
            if cell_len(legend) > width:
                whole = set_cell_size(legend, width - 1).rpartition("  ")[0]
                legend = f"{whole}  …" if whole else legend
            return self._said(fitted(legend, width), "legend", width)
        titles = self._strip(self._titles(), width)
        told = self.said_of_selection()
        room = max(0, width - cell_len(told))
        told_of = self._said(told, "selected", width - room)
        return Strip.join([titles.crop(0, room), told_of]) if told else titles

    def _titles(self) -> list[Segment]:
        titles = [fitted(column.title, size) for column, size in self.plan.sized() if size]
        return [Segment(" ".join(titles), self._look("title"))]

    def _said(self, text: str, look: str, width: int) -> Strip:
        return self._strip([Segment(text, self._ground + self._look(look))], width)

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
        row, base, over = self.rows[index], self._ground, self._over(index)
        segments = []
        marked = line == 0 and self.is_marked(row.key)
        mark = Segment(SELECTED_MARK, self._look("selected")) if marked else None
        cells = zip(self.cells(row), self.plan.sized(), self.plan.lines_of(row), strict=False)
        for place, (cell, (_, size), lines) in enumerate(cells):
            if not size:
                continue
            look = cell[1] if isinstance(cell, tuple) else ""
            style = (base + self._look(look) if look else base) + self._over(index, place)
            text = lines[line] if line < len(lines) else " " * size
            text = fitted(text, size - 1) if mark and len(self.plan.columns) == 1 else text
            segments.append(Segment(text, style))
            segments.append(mark if mark and place == 0 else Segment(" ", base + over))
        return self._strip(segments, width, base + over)

    def _heading(self, index: int, width: int, _: int) -> Strip:
        """What a heading is called; what is counted of it stands quietly at the right."""
        base, over = self._ground, self._over(index)
        called, *more = self.rows[index].texts
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

    def _strip(self, segments: list[Segment], width: int, style: Style | None = None) -> Strip:
        return Strip(segments).adjust_cell_length(width, style or self._ground)

    def _on_resize(self, event: Resize) -> None:
        self._take_size()

    def watch_virtual_size(self) -> None:
        """A screen that is laid out twice as it opens may say only the first size."""
        self.call_later(self._take_size)

    def _take_size(self) -> None:
        if self._fitted != self.size:
            self._fitted = self.size
            self.fit_columns(self.size.width)
            self.plan.scroll_to(self.index)
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
        columns = columns_within(fits, wide=width >= WIDE_LIST)
        if columns != self.plan.columns:
            self.plan.take_columns(columns)
            self.shown = tuple(fit.name for fit in fits)
            self.rebuild()
