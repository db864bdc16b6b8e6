"""Part 2's table: the activities by stage, one line each, and the keys that act on one."""

from model.session import Activity, Issue, Session, Stage
from tui.text import count
from tui.widgets.activity_card import STAGE
from tui.widgets.activity_line import LineKeys
from tui.widgets.activity_order import OrderKeys
from tui.widgets.activity_review import ReviewKeys
from tui.widgets.activity_views import ViewKeys
from tui.widgets.record_list import Cell, Column, RecordList, Row

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


class ActivityTable(RecordList, ViewKeys, OrderKeys, ReviewKeys, LineKeys):
    """The wall as a list. Stage headings are rows: ``n`` on one makes its first activity."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=EMPTY, id="activities")
        self._wanted: str | None = None
        self._made: dict[str, tuple[Activity, str, str, Row]] = {}

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to an activity that was just made."""
        self.empty = EMPTY if session.stages else NO_STAGES
        codes = codes_by_activity(session.issues)
        rows = []
        for stage in session.stages:
            column = session.by_stage[stage.id]
            rows.append(_heading(stage, column))
            rows += [self._row_of(activity, codes.get(activity.id, "")) for activity in column]
        self.show(rows, cursor=self._wanted)
        self._wanted = None

    def go_to(self, activity: str) -> None:
        """Stand on an activity, now or as soon as it is there."""
        if activity in self.session.activity_by_id:
            self.stand_on(activity)
        else:
            self._wanted = activity

    def _row_of(self, activity: Activity, codes: str) -> Row:
        """The row of an activity; the one made before where nothing in it changed."""
        ref = self.session.ref_by_id[activity.id]
        made = self._made.get(activity.id)
        if made and made[0] is activity and made[1] == ref and made[2] == codes:
            return made[3]
        row = _row(activity, ref, codes)
        self._made[activity.id] = (activity, ref, codes, row)
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


def _heading(stage: Stage, column: tuple[Activity, ...]) -> Row:
    confirmed = sum(activity.confirmed for activity in column)
    done = f"{count(len(column), 'activity', 'activities')}, {confirmed} confirmed"
    return Row(STAGE + stage.id, (f"{stage.id} {stage.name}", f"({stage.rhythm}; {done})"), True)


def _row(activity: Activity, ref: str, codes: str) -> Row:
    return Row(
        activity.id,
        (
            _state(activity),
            (ref, "muted"),
            activity.text,
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
