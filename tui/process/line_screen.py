"""What a screen with the activities, and the line under them, does when the line is wanted."""

from typing import Protocol

from offwall.model.records import Activity
from offwall.model.records.ids import NO_ACTIVITY, ActivityId, StageId
from offwall.tui.kit import SessionScreen
from offwall.tui.kit.keys import Same
from offwall.tui.process.activity_commands import LineWanted
from offwall.tui.process.pasted_lines import LinePlace
from offwall.tui.process.post_it_line import PostItLine


class ActivityCursor(Protocol):
    """A table or a wall of activities, with a cursor."""

    again: Same | None

    @property
    def record(self) -> Activity | None:
        """The activity under the cursor; none on a heading."""

    @property
    def stage(self) -> StageId:
        """The stage that the cursor is in."""

    def go_to(self, key: str) -> None:
        """Stand on an activity, now or as soon as it is there."""

    def focus(self) -> object:
        """Take the keys."""


class LineScreen(SessionScreen):
    """Takes the line up where the cursor stands, and comes back to what it made."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-middle"), (30, "-tall")]  # noqa: RUF012

    @property
    def cursor(self) -> ActivityCursor:
        """Where the activities are gone about on."""
        raise NotImplementedError

    def come_back(self, place: str) -> None:
        """Stand where the other view stood."""
        self.cursor.go_to(place)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return one.id if (one := self.cursor.record) else NO_ACTIVITY

    def on_line_wanted(self, event: LineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.add_class("-typing")
        place = self._line_place(event.mode)
        self.query_one(PostItLine).open(place, event.prefix, event.several)

    def _line_place(self, mode: str) -> LinePlace:
        if one := self.cursor.record:
            return LinePlace(mode, one.id, one.stage)
        stage = self.cursor.stage or self.session.stages[0].id
        column = self.session.by_stage[stage]
        return (
            LinePlace("before", column[0].id, stage)
            if column
            else LinePlace("new", NO_ACTIVITY, stage)
        )

    def on_post_it_line_kept(self, event: PostItLine.Kept) -> None:
        """Stand on what was kept; an edit goes back to the list."""
        event.stop()
        self.cursor.again = event.same or self.cursor.again
        if event.activity:
            self.cursor.go_to(event.activity)
        if not event.more:
            self._leave_line()

    def on_typed_line_closed(self) -> None:
        """Back to the list."""
        self._leave_line()

    def _leave_line(self) -> None:
        self.remove_class("-typing")
        self.cursor.focus()
