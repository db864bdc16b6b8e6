"""Part 2's table, the activities by stage, and the keys that move, join, split or remove one."""

from typing import ClassVar, Protocol, cast

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.process.activities import (
    move_across_stages,
    move_to_ref,
    move_within_stage,
    remove_activity,
)
from offwall.model.process.join_activities import (
    activity_above,
    join_activities,
    split_activity,
    split_id,
)
from offwall.model.records import Session, Stage
from offwall.model.review import ALL, StageCounter, VisibleActivities
from offwall.model.review.filter import followed
from offwall.model.review.progress import StageCount
from offwall.tui.kit import Answers, Context, Field, Form, ListRow, RecordList, Say
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.activity_filter import FilterKeys, filter_banner
from offwall.tui.process.activity_keys import ActivityKeys
from offwall.tui.process.activity_navigation import LineKeys, RouteKeys, ViewKeys
from offwall.tui.process.activity_review import ReviewKeys
from offwall.tui.process.activity_rows import ActivityRows
from offwall.tui.process.conflicts import ConflictKeys
from offwall.tui.process.review_progress import stage_counts

SPLIT_HINT = (
    "People, documents, issues and actions stay with the first; the lead is in both. The decision "
    "with its routes goes to the second."
)

MOVED_OUT_OF_VIEW = "{}, the one above, is not shown now. Esc shows all; then & joins the two."


class _Drawing(Protocol):
    """A screen that seeds are drawn from."""

    fresh: Context


class OrderKeys(ActivityKeys):
    """Move up and down, across stages and to a ref; join, split; remove."""

    NEEDS: ClassVar[frozenset[str]] = frozenset(
        {"remove", "move_within", "move_across", "move_to", "join", "split"}
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x",
            "remove",
            "Remove",
            show=False,
            id="activity.remove",
            tooltip="Take it off the wall",
        ),
        Binding("J", "move_within(1)", "Move down", show=False, id="activity.move-down"),
        Binding("K", "move_within(-1)", "Move up", show=False, id="activity.move-up"),
        Binding("L", "move_across(1)", "To the next stage", show=False, id="activity.stage-on"),
        Binding(
            "H", "move_across(-1)", "To the stage before", show=False, id="activity.stage-back"
        ),
        Binding("M", "move_to", "Move to ...", show=False, id="activity.move-to"),
        Binding(
            "&",
            "join",
            "Join",
            show=False,
            id="activity.join",
            tooltip="Make one of this and the one above it",
        ),
        Binding(
            "S",
            "split",
            "Split ...",
            show=False,
            id="activity.split",
            tooltip="Make two of it: the second comes right after",
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Joining is dimmed on the first of a stage: there is none above."""
        if action == "join" and self.activity and not activity_above(self.session, self.activity):
            return None
        return super().check_action(action, parameters)

    def action_remove(self) -> None:
        """Take the activity off the wall."""
        if found := self.activity:
            label = f"Removed {self.session.ref_by_id[found.id]} {found.text}"
            self.attempt_or_say(label, lambda s: remove_activity(s, found.id))

    def action_move_within(self, by: int) -> None:
        """Move it up or down in its stage."""
        if found := self.activity:
            label = f"Moved {found.text}"
            self.attempt_or_say(label, lambda s: move_within_stage(s, found.id, by))

    def action_move_across(self, by: int) -> None:
        """Move it to the stage after or before."""
        if found := self.activity:
            label = f"Moved {found.text}"
            self.attempt_or_say(label, lambda s: move_across_stages(s, found.id, by))

    @work
    async def action_move_to(self) -> None:
        """Ask for a ref and move it there."""
        if not (found := self.activity):
            return

        def check(answers: Answers) -> str:
            return self.attempt(
                f"Moved {found.text}", lambda s: move_to_ref(s, found.id, answers["ref"])
            )

        field = Field("ref", "To", hint="A place such as S2.04, or a stage such as S2.")
        await self.app.push_screen_wait(Form(f"Move {found.text}", [field], check))

    def action_join(self) -> None:
        """Make one of it and the one above; stand on that."""
        found = self.activity
        upper = activity_above(self.session, found) if found else None
        if found and upper:
            ref = self.session.ref_by_id
            if upper.id not in self.seen:  # nobody should join with what they do not see
                self.post_message(Say(MOVED_OUT_OF_VIEW.format(ref[upper.id]), wrong=True))
                return
            label = f"Joined {ref[found.id]} with {ref[upper.id]}"
            if self.attempt_or_say(label, lambda s: join_activities(s, found.id)):
                self.go_to(upper.id)

    @work
    async def action_split(self) -> None:
        """Ask for the words of both; stand on the second."""
        if not (found := self.activity):
            return
        seed = cast(_Drawing, self.screen).fresh.seed()
        label = f"Split {self.session.ref_by_id[found.id]} {found.text}"

        def check(answers: Answers) -> str:
            first, second = answers["first"], answers["second"]
            return self.attempt(
                label, lambda s: split_activity(s, found.id, first, second, seed=seed)
            )

        fields = [Field("first", "First", found.text), Field("second", "Second")]
        if await self.app.push_screen_wait(Form(label, fields, check, SPLIT_HINT)) is not None:
            self.go_to(split_id(seed))


# Part 2's table: the activities by stage, one line each, and the keys that act on one.

ACTIVITY_COLUMNS = (
    ListColumn("", 1),
    ListColumn("Ref", 6),
    ListColumn("Activity"),
    ListColumn("Lead", 6),
    ListColumn("Acc", 6),
    ListColumn("?", 2),
    ListColumn("Doc", 3),
    ListColumn("Code", 4),
)
NO_ACTIVITIES = "Nothing recorded yet. Press n and type the first post-it; Enter keeps it."
NO_STAGES = "There are no stages yet. Press q, then 0, and name those across your wall."
NONE_SHOWN = "Nothing is like that. f asks for something else, Esc shows all."


class ActivityTable(
    RecordList, FilterKeys, RouteKeys, ViewKeys, OrderKeys, ReviewKeys, ConflictKeys, LineKeys
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
        super().__init__(ACTIVITY_COLUMNS, empty=NO_ACTIVITIES, id="activities")
        self.counting = StageCounter()
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

    def look(self, seen: VisibleActivities) -> None:
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
        if activity.startswith(STAGE_KEY):
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
        whole = NONE_SHOWN if self.seen is not ALL else NO_ACTIVITIES
        self.empty = whole if session.stages else NO_STAGES
        self.show_banner(*filter_banner(session, self.seen))
        rows = []
        for stage, shown in self._rows.by_stage(session, self.seen):
            if shown or self.seen is ALL:
                rows += [_heading(stage, self.counting.of(session, stage.id)), *shown]
        self.show(rows, cursor=cursor)

    def action_choose(self) -> None:
        """Edit the line of the activity under the cursor."""
        self.action_line("edit")


def _heading(stage: Stage, counted: StageCount) -> ListRow:
    said = f"{stage.rhythm}: {stage_counts(counted)}"
    return ListRow(STAGE_KEY + stage.id, (f"{stage.id} {stage.name}", said), True)
