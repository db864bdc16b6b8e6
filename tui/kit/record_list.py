"""A list of records: the rows of `row_view` with a cursor, and the keys that act on records.

The cursor stays on its record, by key, whatever comes or goes around it; a move redraws two lines.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.events import Blur, Click, Focus, MouseEvent, MouseScrollDown, MouseScrollUp
from textual.message import Message

from offwall.model.records.text import counted
from offwall.tui.kit.context import Context
from offwall.tui.kit.copying import CopyWanted, as_table
from offwall.tui.kit.keys import Choose, Here, Need, Outcome, foot, key, keys, keys_of
from offwall.tui.kit.row_view import ListRow, RowView
from offwall.tui.kit.selection import FIND_KEYS, MOVE_KEYS, SELECT_KEYS, UNSELECT_KEYS
from offwall.tui.terminal.textual_private import bound_to

WHEEL_ROWS = 3
"""Rows by which a notch of the wheel moves what is in view."""

COPY = "Copy the row as its line, or rows for a spreadsheet"
LIST_KEYS = [*MOVE_KEYS, *FIND_KEYS, *SELECT_KEYS]
LIST_KEYS += keys("list", key("quotation_mark", "copy", "Copy", tooltip=COPY))
CHOOSE_KEYS = keys(
    "list", foot("enter,e", "choose", "Edit", tooltip="Open the one under the cursor")
)


class RecordList(RowView, can_focus=True):
    """Columns with their titles, rows under them, a banner above, and a cursor.

    Subclasses add the keys that act on their records.
    """

    DEFAULT_CSS = """
    RecordList {
        height: 1fr; width: 1fr; padding: 0 1;
        & > .record-list--banner { color: $text-warning; background: $warning-muted; }
        & > .record-list--legend { color: $text-muted; }
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
        & > .record-list--heading { text-style: bold; }
        & > .record-list--count { color: $text-muted; }
        & > .record-list--muted { color: $text-muted; }
        & > .record-list--lead { color: $text-primary; }
        & > .record-list--good { color: $text-success; }
        & > .record-list--open { color: $text-warning; }
        & > .record-list--issue { color: $text-secondary; text-style: bold; }
        & > .record-list--wrong { color: $text-error; }
        & > .record-list--empty { color: $text-muted; }
        & > .record-list--selected {
            color: $text-warning; background: $warning-muted; text-style: bold;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*UNSELECT_KEYS, *LIST_KEYS, *CHOOSE_KEYS]
    GONE: ClassVar[Sequence[str]] = ()
    """Actions of the base classes that make no sense in a list."""

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

    fresh: Context
    """Where ids and dates come from; a list whose commands need them is given it."""

    _able: Set[Need] = frozenset()

    # The cursor: two lines are redrawn for a move.

    def about(self, key: str) -> str:
        """What a row says in full."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say in full what the cursor stands on."""
        self.post_message(self.DetailChanged(self.about(self.key) if self.rows else ""))

    def on_record_list_moved(self, event: "RecordList.Moved") -> None:
        """The cursor stands on another row."""
        if self.FOLLOWED:
            self.follow()
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
        return Here(self.session, self.fresh, self.key, self.record, None, *self.chosen)

    @property
    def listed(self) -> Sequence[str]:
        """The keys of the rows that are no headings."""
        return [row.key for row in self.rows if not row.heading]

    @property
    def under_heading(self) -> Sequence[str]:
        """The rows up to the next heading, where the cursor stands on one."""
        rows = self.rows[self.index :]
        if not rows or not rows[0].heading:
            return ()
        return [row.key for row in takewhile(lambda row: not row.heading, rows[1:])]

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
        in_view = range(self._top, self._top + self._room)
        seen = [n for n in changed if n in in_view]
        before = (self._sized(self.size.width), [self._height(n) for n in seen], self._top)
        at, self.rows = self.index, now
        had = {id(row) for row in old} if self._natural else ()
        self._measure(row for row in now if id(row) not in had)
        wanted = cursor if cursor is not None else stood
        keys = [row.key for row in self.rows]
        self.index = keys.index(wanted) if wanted in keys else min(at, max(0, len(keys) - 1))
        self._scroll()
        self.forget_gone()
        after = (self._sized(self.size.width), [self._height(n) for n in seen], self._top)
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
        shown = self._shown_at(self._room - 1)[0] - self._top
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
        return [column.title for column in self.columns]

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
        known, keys = {row.key: row for row in self.rows}, set(wanted)
        texts = [
            [cell if isinstance(cell, str) else cell[0] for cell in row.cells]
            for row in known.values()
            if row.key in keys
        ]
        what = counted(len(texts), "row")
        self.post_message(CopyWanted(as_table(self.titles, texts), what, table=True))

    def jump(self, place: int) -> None:
        """Put the cursor on a row; a move redraws two lines."""
        before, top = self.index, self._top
        self.index = max(0, min(place, len(self.rows) - 1))
        if self.index == before:
            return
        self._scroll()
        if top != self._top:
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
        before = self._top
        if self.rows:
            self._top = max(0, min(self._top + by, self._first_with(len(self.rows) - 1)))
        if self._top != before:
            self.refresh()

    async def _on_click(self, event: Click) -> None:
        """A click goes to a row; a second one edits it."""
        at = event.get_content_offset_capture(self)
        place, _ = self._shown_at(at.y - self._head)
        if at.y >= self._head and place < len(self.rows):
            self.jump(place)
            if event.chain == 2:
                wanted = (pressed for pressed in ("e", "enter") if bound_to(self, pressed))
                self.app.simulate_key(next(wanted, "enter"))
