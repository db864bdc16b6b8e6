"""Part 2's table: the activities by stage, one line each, and the keys that act on one."""

from model.progress import Count, Counting
from model.seen import ALL, Seen, followed
from model.session import Session, Stage
from tui.widgets.activity_card import STAGE
from tui.widgets.activity_clash import ClashKeys
from tui.widgets.activity_filter import FilterKeys, banner
from tui.widgets.activity_line import LineKeys
from tui.widgets.activity_order import OrderKeys
from tui.widgets.activity_review import ReviewKeys
from tui.widgets.activity_routes import RouteKeys
from tui.widgets.activity_rows import ActivityRows
from tui.widgets.activity_views import ViewKeys
from tui.widgets.record_list import Column, RecordList, Row
from tui.widgets.review_counts import stage_counts

COLUMNS = (
    Column("", 1),
    Column("Ref", 6),
    Column("Activity"),
    Column("Lead", 6),
    Column("Acc", 6),
    Column("?", 2),
    Column("Doc", 3),
    Column("Code", 4),
)
EMPTY = "Nothing recorded yet. Press n and type the first post-it; Enter keeps it."
NO_STAGES = "There are no stages yet. Press q, then 0, and name those across your wall."
NONE_SHOWN = "Nothing is like that. f asks for something else, Esc shows all."


class ActivityTable(
    RecordList, FilterKeys, RouteKeys, ViewKeys, OrderKeys, ReviewKeys, ClashKeys, LineKeys
):
    """The wall as a list. Stage headings are rows: ``n`` on one makes its first activity.

    The cursor is on the ref, reversed: it is seen from the back of a room, on a terminal without
    colours too, and a move sends a tenth of what two lines would take.
    """

    MARKED = 2
    DEFAULT_CSS = """
    ActivityTable > .record-list--cursor {
        background: $foreground 0%; color: $foreground; text-style: bold reverse;
    }
    ActivityTable > .record-list--cursor-blurred {
        background: $surface-lighten-2; text-style: bold;
    }
    """

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=EMPTY, id="activities")
        self.counting = Counting()
        self._wanted: str | None = None
        self._rows = ActivityRows()

    def watch_session(self, before: Session, session: Session) -> None:
        """Show what changed; the cursor goes to an activity that was just made."""
        was, self.seen = self.seen, followed(self.seen, before, session)
        if self._wanted and self._wanted in session.activity_by_id:
            self.seen = self.seen.and_also(self._wanted)
        self._rebuild(self._wanted)
        self._wanted = None
        if self.seen.view is not was.view:
            self.post_message(self.Looked(self.seen.view))

    def look(self, seen: Seen) -> None:
        """Show another part of the wall; the cursor stays, or goes to the first shown."""
        self.seen = seen
        shown = (item.id for item in self.session.in_order if item.id in seen)
        self._rebuild(next(shown, None) if self.key not in seen else None)
        self.post_message(self.Looked(seen.view))
        self.refresh_bindings()

    @property
    def headings(self) -> list[str]:
        """The keys of the stages' headings that are in view."""
        return [row.key for row in self.rows if row.heading]

    def go_to(self, activity: str) -> None:
        """Stand on an activity, now or as soon as it is there; it comes into view for that.

        A stage that is empty is stood on by the key of its heading.
        """
        if activity.startswith(STAGE):
            self.stand_on(activity)
        elif activity not in self.session.activity_by_id:
            self._wanted = activity
        elif activity in self.seen:
            self.stand_on(activity)
        else:
            self.seen = self.seen.and_also(activity)
            self._rebuild(activity)

    def _rebuild(self, cursor: str | None) -> None:
        session = self.session
        whole = NONE_SHOWN if self.seen is not ALL else EMPTY
        self.empty = whole if session.stages else NO_STAGES
        self.show_banner(*banner(session, self.seen))
        rows = []
        for stage, shown in self._rows.by_stage(session, self.seen):
            if shown or self.seen is ALL:
                rows += [_heading(stage, self.counting.of(session, stage.id)), *shown]
        self.show(rows, cursor=cursor)

    def action_choose(self) -> None:
        """Edit the line of the activity under the cursor."""
        self.action_line("edit")


def _heading(stage: Stage, counted: Count) -> Row:
    said = f"{stage.rhythm}: {stage_counts(counted)}"
    return Row(STAGE + stage.id, (f"{stage.id} {stage.name}", said), True)
