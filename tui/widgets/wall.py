"""The wall as on the paper: stages across, an activity a column, four lanes of notes down.

Over Textual's line API, as `RecordList`: a note is made when it is looked at, so that ten thousand
activities open as fast as ten; a move within what is in view redraws two notes.
"""

from collections.abc import Iterator
from itertools import groupby, product
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.events import (
    Blur,
    Click,
    Focus,
    MouseEvent,
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
    Resize,
)
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style

from model.session import Rhythm
from model.wall import LANES
from tui.text import plain
from tui.widgets.wall_keys import WallKeys
from tui.widgets.wall_layout import GUTTER, HEAD, WallLayout
from tui.widgets.wall_note import WallNotes

NO_STAGES = "There are no stages yet. Press q twice, then 0, and name those across your wall."
NOT_SHOWN = "None of the activities is shown. Press q, and show others in the list."

LOOKS = ("ref", "good", "open", "issue", "wrong", "empty")
"""How words on a note look, upon the colour of its lane."""

Place = tuple[int, int]
"""A column and a lane, as they stand in view."""


class Wall(WallKeys, can_focus=True):
    """Notes on the wall, a colour and a name a lane, and the cursor on one of them.

    How they look is said in ``wall.tcss`` beside the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"wall--{look}"
        for look in (
            *LANES,
            *("head", "count", "lane", "rule", "bar", "cursor", "cursor-blurred", *LOOKS),
        )
    }

    def __init__(self) -> None:
        super().__init__()
        self._notes = WallNotes(self.session, self.plan)

    def watch_session(self) -> None:
        """Draw what changed of what is in view."""
        before, seen = self.spots, self._in_view()
        self._notes = WallNotes(self.session, self.plan)
        self.hang()
        if before != self.spots:
            return
        now = self._in_view()
        self._redraw(*(place for place in now if now[place] != seen.get(place)))

    def hang(self) -> None:
        """Order the columns anew, and draw them where that changed anything."""
        before = self.spots
        super().hang()
        if before != self.spots:
            self.refresh()

    def put(self, index: int, lane: int, left: int | None = None) -> None:
        """Put the cursor on another note; two are drawn again, unless the wall moves under it."""
        before, view = self._cursor, (self.left, self.top)
        super().put(index, lane, left)
        if view != (self.left, self.top):
            self.refresh()
        elif before != self._cursor:
            self._redraw(before, self._cursor)

    @property
    def _cursor(self) -> Place:
        return self.index - self.left, self.lane - self.top

    def _in_view(self) -> dict[Place, list[Content]]:
        columns = range(min(self.plan.columns, len(self.spots) - self.left))
        lanes = range(self.plan.lanes)
        return {place: self._note(place) for place in product(columns, lanes)}

    def _redraw(self, *places: Place) -> None:
        """Draw these notes again, and the line above them."""
        self.refresh(Region(0, 0, self.size.width, HEAD), *(self.plan.region(*p) for p in places))

    def _note(self, place: Place) -> list[Content]:
        column, lane = place
        return self._notes.lines(self.spots[self.left + column], self.top + lane)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the stages' names, or a line of each note in view."""
        width = self.size.width
        if not self.spots:
            return self._nothing(y - HEAD, width)
        if y < HEAD:
            return self._strip(list(self._head()), width)
        lane, line = divmod(y - HEAD, self.plan.lines + 1)
        if lane >= self.plan.lanes:
            return Strip.blank(width, self.rich_style)
        return self._strip(list(self._across(lane, line)), width)

    def _nothing(self, line: int, width: int) -> Strip:
        """What to do next where no note hangs."""
        said = Content(NOT_SHOWN if self.session.stages else NO_STAGES).wrap(max(2, width - 2))
        text = said[line].plain if 0 <= line < len(said) else ""
        return self._strip([Segment(f" {text}", self._look("empty").rich_style)], width)

    def _head(self) -> Iterator[Segment]:
        """Where the cursor is, and each stage's name above those of its columns in view."""
        count = f"{self.index + 1}/{len(self.spots)}"
        yield Segment(f"{count:<{GUTTER}}", self._look("count").rich_style)
        seen = range(self.left, min(self.left + self.plan.columns, len(self.spots)))
        for stage, places in groupby(seen, lambda place: self.spots[place].stage):
            columns = list(places)
            mark = "│" if self._begins(columns[0]) else "‹"
            room = len(columns) * (self.plan.width + 1) - 1
            name = Content(plain(self._stage(stage)))
            yield Segment(mark, self._look("rule").rich_style)
            yield Segment(
                name.truncate(room, ellipsis=True, pad=True).plain, self._look("head").rich_style
            )

    def _stage(self, known: str) -> str:
        """A stage by its name, and by its rhythm where that is not the common one."""
        stage = self.session.stage_by_id[known]
        rhythm = "" if stage.rhythm is Rhythm.ONCE else f" ({stage.rhythm})"
        return f"{stage.id} {stage.name}{rhythm}"

    def _begins(self, place: int) -> bool:
        """Whether a column is the first of its stage."""
        return place == 0 or self.spots[place - 1].stage != self.spots[place].stage

    def _across(self, lane: int, line: int) -> Iterator[Segment]:
        """The lane's name, and its line of each note in view."""
        name = LANES[self.top + lane].capitalize() if line == 0 else ""
        yield Segment(f"{name:<{GUTTER}}", self._look("lane").rich_style)
        for column in range(min(self.plan.columns, len(self.spots) - self.left)):
            under = (column, lane) == self._cursor and line < self.plan.lines
            if under:
                yield Segment("▌", self._look("bar").rich_style)
            else:
                mark = "│" if self._begins(self.left + column) else " "
                yield Segment(mark, self._look("rule").rich_style)
            yield from self._cells(column, lane, line, under=under)

    def _cells(self, column: int, lane: int, line: int, *, under: bool) -> Iterator[Segment]:
        """One line of one note, as wide as the note."""
        made = self._note((column, lane))
        if line == self.plan.lines or not (made or under):
            yield Segment(" " * self.plan.width, self.rich_style)
            return
        if not made:
            made = [Content(f"no {LANES[self.top + lane]}")]
        said = made[line] if line < len(made) else Content("")
        base = self._look(LANES[self.top + lane])
        text = Content(" ") + said.truncate(self.plan.width - 1, pad=True)
        if under:
            # Alike in every word: the colours of the looks are for another ground.
            base = self._look("cursor" if self.has_focus else "cursor-blurred")
            text = text.without_spans
        for part, style in text.render(base, end="", parse_style=self._look):
            yield Segment(part, style.rich_style)

    def _look(self, name: str | Style) -> Style:
        return self.get_visual_style(f"wall--{name}", partial=name in LOOKS)

    def _strip(self, segments: list[Segment], width: int) -> Strip:
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _on_resize(self, event: Resize) -> None:
        self.plan = WallLayout.of(self.size.width, self.size.height)
        self._notes = WallNotes(self.session, self.plan)
        self.bring_into_view()
        self.refresh()

    def _on_focus(self, event: Focus) -> None:
        self._redraw(self._cursor)

    def _on_blur(self, event: Blur) -> None:
        self._redraw(self._cursor)

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._wheel(event, 1)

    def _on_mouse_scroll_right(self, event: MouseScrollRight) -> None:
        self._wheel(event, 1)

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._wheel(event, -1)

    def _on_mouse_scroll_left(self, event: MouseScrollLeft) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: MouseEvent, by: int) -> None:
        """The wheel goes along the wall: it is far wider than it is high."""
        event.stop()
        self.action_move(by, 0)

    async def _on_click(self, event: Click) -> None:
        """A click goes to a note; a second one opens its card."""
        at = self.plan.at(event.x, event.y)
        if at and at[0] < len(self.spots) - self.left:
            self.put(self.left + at[0], self.top + at[1])
            if event.chain == 2:
                self.action_choose()
