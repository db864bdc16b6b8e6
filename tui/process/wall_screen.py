"""The wall as on the paper: stages across, an activity a column, four lanes of notes down.

The cursor goes over columns and lanes. Over Textual's line API, as `RecordList`: a note is made
when it is looked at, so that ten thousand activities open as fast as ten; a move within what is in
view redraws two notes. The keys are those of the list: what they do to an activity is the same.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click, Event, MouseEvent, Resize
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from offwall.model.records import Activity
from offwall.model.records.fields import NO_STAGE, ActivityId, StageId
from offwall.model.records.session import Rhythm
from offwall.model.records.text import plain
from offwall.model.tables.wall import LANES, WallColumn, wall_columns
from offwall.tui.kit import Context, SessionScreen
from offwall.tui.kit.keys import Here, Need, Outcome, foot, key, keys
from offwall.tui.kit.row_view import SELECTED_MARK
from offwall.tui.kit.selection import (
    FIND_KEYS,
    MOVE_KEYS,
    NOTHING_YET,
    SELECT_KEYS,
    UNSELECT_KEYS,
    SelectingWidget,
)
from offwall.tui.kit.session_screen import back
from offwall.tui.kit.session_widget import app_state
from offwall.tui.process.activity_card import STAGE_KEY, ActivityCardScreen
from offwall.tui.process.activity_commands import (
    ACTIVITY,
    LINE_KEYS,
    ORDER_KEYS,
    REVIEW_KEYS,
    ROUTE_KEYS,
    VIEW_KEYS,
    ActivityView,
    line,
)
from offwall.tui.process.post_it_line import PostItLine
from offwall.tui.process.record_screen import LineScreen
from offwall.tui.process.wall_notes import (
    HEAD_LINES,
    LANE_NAME_CELLS,
    WallLayout,
    WallNotes,
    first_in_view,
)

HANGS = Need(lambda at: at.record, "No note hangs here yet.")
NO_STAGES = "There are no stages yet. Press q twice, then 0, and name those across your wall."
NONE_SHOWN = "None of the activities is shown. Press q, and show others in the list."

EDGE = "▏"

NOTE_LOOKS = ("ref", "good", "open", "issue", "wrong", "empty")
"""How words on a note look, upon the colour of its lane."""

WallPlace = tuple[int, int]
"""A column and a lane, as they stand in view."""


class WallView(SelectingWidget, Widget, can_focus=True):
    """Notes on the wall, a colour and a name a lane, and the cursor; looks are in ``wall.tcss``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"wall--{look}"
        for look in (
            *LANES,
            *("head", "count", "lane", "rule", "bar", "cursor", "cursor-blurred", "selected"),
            *NOTE_LOOKS,
        )
    }
    NOUN = ("activity", "activities")
    LOOKS = SelectingWidget.LOOKS | {"choose"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys(
            "wall",
            foot("enter", "card", "Card", "choose", "All that is known of this one", HANGS),
            key("l,right", "right", "Right", "column(1)"),
            key("h,left", "left", "Left", "column(-1)"),
            foot("right_square_bracket", "next-stage", "Next stage", "stage(1)"),
            key("left_square_bracket", "stage-before", "Stage before", "stage(-1)"),
        ),
        *(*MOVE_KEYS, *FIND_KEYS),
    ]

    @dataclass
    class Chosen(Message):
        """The card of the activity under the cursor is wanted."""

        activity: ActivityId

    def __init__(self) -> None:
        super().__init__()
        self.spots: tuple[WallColumn, ...] = ()
        self.lane = 0
        self.left = 0
        self.top = 0
        self.plan = WallLayout.of(80, 24)
        self._notes = WallNotes(self.session, self.plan)
        self._shown: Collection[str] | None = None

    def record_of(self, key: str) -> Activity | None:
        """The activity of a key."""
        return self.session.activity_by_id.get(key)

    @property
    def stage(self) -> StageId:
        """The stage that the cursor is in; empty where there is none."""
        return self.spots[self.index].stage if self.spots else NO_STAGE

    @property
    def listed(self) -> Sequence[str]:
        """The activities from left to right."""
        return [spot.activity for spot in self.spots if spot.activity]

    def draw_marks(self) -> None:
        """The notes in view, and how many are selected."""
        self.refresh()

    @property
    def known_keys(self) -> Sequence[str]:
        """Each column's activity; where a stage has none, the stage as the table's headings are."""
        return [spot.activity or STAGE_KEY + spot.stage for spot in self.spots]

    @property
    def key(self) -> str:
        """The activity under the cursor by its id, or its stage."""
        if not self.spots:
            return ""
        spot = self.spots[self.index]
        return spot.activity or STAGE_KEY + spot.stage

    def texts(self) -> Sequence[str]:
        """What finding looks at, a column each."""
        found = (self.record_of(spot.activity) for spot in self.spots)
        refs = self.session.ref_by_id
        return [
            " ".join((refs[one.id], one.text, one.decision, *one.documents)) if one else ""
            for one in found
        ]

    def watch_session(self) -> None:
        """Draw what changed of what is in view."""
        before, seen = self.spots, self._in_view()
        self._notes = WallNotes(self.session, self.plan, names=app_state(self).showing)
        self.hang()
        if before == self.spots:
            now = self._in_view()
            self._redraw(*(place for place in now if now[place] != seen.get(place)))

    def show(self, activities: Collection[str] | None) -> None:
        """Show these activities only, by their ids; None shows all."""
        self._shown = activities
        self.hang()

    def hang(self) -> None:
        """Order the columns anew; the cursor stays on its activity, or near where it was."""
        stood, before = self.key, self.spots
        self.spots = wall_columns(self.session, self._shown)
        if self._awaited in self.session.activity_by_id:
            stood, self._awaited = self._awaited, ""
        self.index = max(0, min(self.index, len(self.spots) - 1))
        if self.key != stood:
            self.index = self._place_of(stood, self.index)
        self.forget_gone()
        self.bring_into_view()
        if before != self.spots:
            self.refresh()

    def stand_on(self, key: str) -> None:
        """Put the cursor on an activity or a stage's first column, where it is shown."""
        self.jump(self._place_of(key, self.index))

    def _place_of(self, key: str, otherwise: int) -> int:
        stage = key.removeprefix(STAGE_KEY) if key.startswith(STAGE_KEY) else ""
        for place, spot in enumerate(self.spots):
            if (spot.stage == stage) if stage else (spot.activity == key):
                return place
        return otherwise

    def bring_into_view(self) -> None:
        """Shift what is in view so that the cursor is in it."""
        self.left = first_in_view(self.left, self.plan.columns, self.index, len(self.spots))
        self.top = first_in_view(self.top, self.plan.lanes, self.lane, len(LANES))

    def jump(self, place: int) -> None:
        """Go far: as much of the stage comes along from its first column as there is room for."""
        if self.spots:
            place = max(0, min(place, len(self.spots) - 1))
            start = self._place_of(STAGE_KEY + self.spots[place].stage, place)
            self.put(place, self.lane, max(start, place - self.plan.columns // 2))

    def put(self, index: int, lane: int, left: int | None = None) -> None:
        """Put the cursor on a column and a lane, or on the nearest that there is.

        ``left`` is the column to show first, if the cursor is in view then. Two notes are drawn
        again, unless the wall moves under the cursor.
        """
        before, view = self._cursor, (self.left, self.top)
        self.left = self.left if left is None else left
        self.index = max(0, min(index, len(self.spots) - 1))
        self.lane = max(0, min(lane, len(LANES) - 1))
        self.bring_into_view()
        if view != (self.left, self.top):
            self.refresh()
        elif before != self._cursor:
            self._redraw(before, self._cursor)
        self.reach()

    def action_choose(self) -> None:
        """Ask for the card."""
        if found := self.record:
            self.post_message(self.Chosen(found.id))

    def action_move(self, by: int) -> None:
        """Go to the lane below (1) or above (-1)."""
        self.put(self.index, self.lane + by)

    def action_column(self, by: int) -> None:
        """Go to the note at the right (1) or at the left (-1)."""
        self.put(self.index + by, self.lane)

    def action_page(self, direction: int) -> None:
        """Go a screenful to the right or the left."""
        by = direction * max(1, self.plan.columns - 1)
        self.put(self.index + by, self.lane, self.left + by)

    def action_stage(self, by: int) -> None:
        """Go to the first column of the stage after or before."""
        stages = list(dict.fromkeys(spot.stage for spot in self.spots))
        if stages:
            place = stages.index(self.spots[self.index].stage) + by
            self.stand_on(STAGE_KEY + stages[max(0, min(place, len(stages) - 1))])

    @property
    def _cursor(self) -> WallPlace:
        return self.index - self.left, self.lane - self.top

    def _in_view(self) -> dict[WallPlace, list[Content]]:
        columns = range(min(self.plan.columns, len(self.spots) - self.left))
        lanes = range(self.plan.lanes)
        return {place: self._note(place) for place in product(columns, lanes)}

    def _redraw(self, *places: WallPlace) -> None:
        """Draw these notes again, and the line above them."""
        self.refresh(
            Region(0, 0, self.size.width, HEAD_LINES), *(self.plan.region(*p) for p in places)
        )

    def _note(self, place: WallPlace) -> list[Content]:
        column, lane = place
        return self._notes.lines(self.spots[self.left + column], self.top + lane)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first letter of the note under the cursor."""
        note = self.plan.region(*self._cursor) if self.spots else Region()
        return self.content_region.offset + note.offset + Offset(2, 0)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the stages' names, or a line of each note in view."""
        width = self.size.width
        if not self.spots:
            empty = NONE_SHOWN if self.session.stages else NO_STAGES
            said = Content(NOTHING_YET if app_state(self).showing else empty)
            lines = [line.plain for line in said.wrap(max(2, width - 2))]
            text = dict(enumerate(lines, HEAD_LINES)).get(y, "")
            return self._strip([Segment(f" {text}", self._look("empty").rich_style)], width)
        if y < HEAD_LINES:
            told = Segment(self.said_of_selection(), self._look("selected").rich_style)
            head = self._strip(list(self._head()), width).crop(0, width - told.cell_length)
            return Strip.join([head, Strip([told])])
        lane, line = divmod(y - HEAD_LINES, self.plan.lines + 1)
        if lane >= self.plan.lanes:
            return Strip.blank(width, self.rich_style)
        return self._strip(list(self._across(lane, line)), width)

    def _head(self) -> Iterator[Segment]:
        """Where the cursor is, and each stage's name above those of its columns in view."""
        count = f"{self.index + 1}/{len(self.spots)}"
        yield Segment(f"{count:<{LANE_NAME_CELLS}}", self._look("count").rich_style)
        seen = range(self.left, min(self.left + self.plan.columns, len(self.spots)))
        for known, places in groupby(seen, lambda place: self.spots[place].stage):
            columns = list(places)
            mark = "│" if self._begins(columns[0]) else "‹"
            room = len(columns) * (self.plan.width + 1) - 1
            yield Segment(mark, self._look("rule").rich_style)
            stage = self.session.stage_by_id[known]
            # Its rhythm is said where that is not the common one.
            rhythm = "" if stage.rhythm is Rhythm.ONCE else f" ({stage.rhythm})"
            name = Content(plain(f"{stage.id} {stage.name}{rhythm}"))
            shown = name.truncate(room, ellipsis=True, pad=True).plain
            yield Segment(shown, self._look("head").rich_style)

    def _begins(self, place: int) -> bool:
        """Whether a column is the first of its stage."""
        return place == 0 or self.spots[place - 1].stage != self.spots[place].stage

    def _across(self, lane: int, line: int) -> Iterator[Segment]:
        """The lane's name, and its line of each note in view."""
        name = LANES[self.top + lane].capitalize() if line == 0 else ""
        yield Segment(f"{name:<{LANE_NAME_CELLS}}", self._look("lane").rich_style)
        for column in range(min(self.plan.columns, len(self.spots) - self.left)):
            under = (column, lane) == self._cursor and line < self.plan.lines
            known = self.spots[self.left + column].activity
            if line == 1 and self.is_marked(known):
                yield Segment(SELECTED_MARK, self._look("selected").rich_style)
            elif under:
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
        # Where a card has no ground of its own, an edge shows where it begins.
        edge = EDGE if self.app.current_theme.ansi else " "
        text = Content(edge) + said.truncate(self.plan.width - 1, pad=True)
        if under:
            # Alike in every word: the colours of the looks are for another ground.
            base = self._cursor_look("cursor" if self.has_focus else "cursor-blurred")
            text = text.without_spans
        for part, style in text.render(base, end="", parse_style=self._look):
            yield Segment(part, style.rich_style)

    def _look(self, name: str | Style) -> Style:
        return self.get_visual_style(f"wall--{name}", partial=name in NOTE_LOOKS)

    def _cursor_look(self, name: str) -> Style:
        """The look with its reverse, which the framework leaves out of it (as of Textual 8.2)."""
        reverse = bool(self.get_component_styles(f"wall--{name}").text_style.reverse)
        return self._look(name) + Style(reverse=reverse)

    def _strip(self, segments: list[Segment], width: int) -> Strip:
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _on_resize(self, event: Resize) -> None:
        self.plan = WallLayout.of(self.size.width, self.size.height)
        self._notes = WallNotes(self.session, self.plan, names=app_state(self).showing)
        self.bring_into_view()
        self.refresh()

    def _on_focus(self, event: Event) -> None:
        self._redraw(self._cursor)

    def _on_mouse_scroll_down(self, event: MouseEvent) -> None:
        self._wheel(event, 1)

    def _on_mouse_scroll_up(self, event: MouseEvent) -> None:
        self._wheel(event, -1)

    _on_blur = _on_focus
    _on_mouse_scroll_right, _on_mouse_scroll_left = _on_mouse_scroll_down, _on_mouse_scroll_up

    def _wheel(self, event: MouseEvent, by: int) -> None:
        """The wheel shows more of the wall along it; the cursor stays."""
        event.stop()
        before = self.left
        self.left = max(0, min(self.left + by, len(self.spots) - self.plan.columns))
        if self.left != before:
            self.refresh()

    async def _on_click(self, event: Click) -> None:
        """A click goes to a note; a second one opens its card."""
        spot = event.get_content_offset_capture(self)
        at = self.plan.at(*spot)
        if at and at[0] < len(self.spots) - self.left:
            self.put(self.left + at[0], self.top + at[1])
            if event.chain == 2:
                self.action_choose()


def edit(at: Here, one: object) -> Outcome:
    """Open the one under the cursor."""
    return line(at, at.record, "edit")


class ActivityWall(WallView):
    """The wall with the keys of the list: what they do to an activity is the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # What follows an answer is the list's: here its key goes to the next stage.
        *(*UNSELECT_KEYS, *LINE_KEYS, *REVIEW_KEYS, *ORDER_KEYS, *VIEW_KEYS, *ROUTE_KEYS[2:]),
        *(*SELECT_KEYS, *keys("wall", key("e", "edit", "Edit", edit, needs=ACTIVITY))),
    ]
    GONE: ClassVar[Sequence[str]] = ("run('view.wall')",)

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh
        self.view = ActivityView()

    def here(self) -> Here:
        """The activity, and what was followed."""
        return Here(self.session, self.fresh, self.key, self.record, self.view, *self.chosen)

    def look(self, view: ActivityView) -> None:
        """What was followed is another way."""
        self.view = view


class WallScreen(LineScreen):
    """Stages across, four lanes down; a note opens as a card."""

    TITLE = "2 The wall"
    PART = "record"
    CSS_PATH = ["line_screen.tcss", "wall.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys("wall", key("escape", "back", "Back", back, ""))

    def body(self) -> ComposeResult:
        """The wall, and the line where it is typed into."""
        yield ActivityWall(self.fresh).data_bind(SessionScreen.session)
        yield PostItLine(self.fresh).data_bind(SessionScreen.session)

    @property
    def cursor(self) -> ActivityWall:
        """The wall."""
        return self.query_one(ActivityWall)

    def on_mount(self) -> None:
        """Stand on the activity or the stage that it was opened at."""
        self.cursor.focus()
        self.cursor.stand_on(self.place)

    def on_wall_view_chosen(self, event: WallView.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = ActivityCardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(SessionScreen.session))
