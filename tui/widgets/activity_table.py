"""Part 2's table: the activities by stage, one line each, and the keys that act on one."""

from model.progress import Count, Counting
from model.seen import ALL, Seen, followed
from model.session import Activity, Issue, Session, Stage, Treatment
from tui.widgets.activity_card import STAGE
from tui.widgets.activity_filter import FilterKeys, banner
from tui.widgets.activity_line import LineKeys
from tui.widgets.activity_order import OrderKeys
from tui.widgets.activity_review import ReviewKeys
from tui.widgets.activity_routes import RouteKeys
from tui.widgets.activity_views import ViewKeys
from tui.widgets.record_list import Cell, Column, RecordList, Row
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
TREATED = {Treatment.LIGHT: "(light) ", Treatment.NO: "(left out) "}
"""What marks an activity that the tier looked through does not go through in full."""

_Said = tuple[Activity, str, str, Treatment]
"""What a row is made of: the activity, its ref, its codes, how the tier treats it."""


class ActivityTable(RecordList, FilterKeys, RouteKeys, ViewKeys, OrderKeys, ReviewKeys, LineKeys):
    """The wall as a list. Stage headings are rows: ``n`` on one makes its first activity."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=EMPTY, id="activities")
        self.counting = Counting()
        self._wanted: str | None = None
        self._made: dict[str, tuple[_Said, Row]] = {}

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
        """Stand on an activity, now or as soon as it is there; it comes into view for that."""
        if activity not in self.session.activity_by_id:
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
        codes = codes_by_activity(session.issues)
        rows = []
        for stage in session.stages:
            column = session.by_stage[stage.id]
            shown = [
                self._row_of(one, codes.get(one.id, "")) for one in column if one.id in self.seen
            ]
            if shown or self.seen is ALL:
                rows += [_heading(stage, self.counting.of(session, stage.id)), *shown]
        self.show(rows, cursor=cursor)

    def _row_of(self, activity: Activity, codes: str) -> Row:
        """The row of an activity; the one made before where nothing in it changed."""
        said = (
            activity,
            self.session.ref_by_id[activity.id],
            codes,
            self.seen.treatment(activity.id),
        )
        made = self._made.get(activity.id)
        # The same object says the same: comparing two would cost as much as making the row.
        if made and made[0][0] is activity and made[0][1:] == said[1:]:
            return made[1]
        row = _row(*said)
        self._made[activity.id] = (said, row)
        return row

    def action_choose(self) -> None:
        """Edit the line of the activity under the cursor."""
        self.action_line("edit")


def codes_by_activity(issues: tuple[Issue, ...]) -> dict[str, str]:
    """The letters of each activity's issues, once each."""
    codes: dict[str, str] = {}
    for issue in issues:
        if issue.activity and issue.code and issue.code not in codes.get(issue.activity, ""):
            codes[issue.activity] = codes.get(issue.activity, "") + issue.code
    return codes


def _heading(stage: Stage, counted: Count) -> Row:
    said = f"{stage.rhythm}: {stage_counts(counted)}"
    return Row(STAGE + stage.id, (f"{stage.id} {stage.name}", said), True)


def _row(activity: Activity, ref: str, codes: str, how: Treatment) -> Row:
    return Row(
        activity.id,
        (
            _state(activity),
            (ref, "muted"),
            (TREATED[how] + activity.text, "muted") if how in TREATED else activity.text,
            _lead(activity),
            activity.accountable or ("acc?", "wrong"),
            f"?{len(activity.routes)}" if activity.decision else "",
            f"+{len(activity.documents)}" if activity.documents else "",
            (codes, "issue"),
        ),
    )


def _lead(activity: Activity) -> Cell:
    """The lead; faint until the group made it firm."""
    if not activity.lead:
        return "lead?", "wrong"
    return activity.lead, "lead" if activity.lead_confirmed else "muted"


def _state(activity: Activity) -> Cell:
    if activity.open_point:
        return "o", "open"
    if activity.confirmed:
        return "✓", "good"
    return ("-", "muted") if activity.sequence_confirmed else ""
