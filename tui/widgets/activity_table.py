"""Part 2's table: the activities by stage, one line each, and the keys that act on one."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from model.session import Activity, Issue, Session, Stage
from tui.text import count
from tui.widgets.activity_card import STAGE
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


class ActivityTable(RecordList, ReviewKeys, OrderKeys, ViewKeys):
    """The wall as a list. Stage headings are rows: ``n`` on one makes its first activity."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "line('new')", "New", id="activity.new", tooltip="A new post-it after this"),
        Binding(
            "N",
            "line('before')",
            "New before",
            show=False,
            id="activity.new-before",
            tooltip="A new post-it before this",
        ),
        Binding("enter,e", "line('edit')", "Edit", id="activity.edit", tooltip="Edit the line"),
        *(
            Binding(
                key,
                f"line('add', {prefix!r})",
                "Add to it",
                show=False,
                id=f"activity.add-{number}",
                tooltip="Add to this one: lead, document, issue, action ...",
            )
            for number, (key, prefix) in enumerate(
                [(";", ""), *((sign, sign) for sign in "@+!*^%>")]
            )
        ),
        Binding("l,right", "stage(1)", "Next stage", show=False, id="activity.next-stage"),
        Binding("h,left", "stage(-1)", "Stage before", show=False, id="activity.stage-before"),
    ]

    class LineWanted(Message):
        """The line is wanted: ``new``, ``before``, ``edit`` or ``add``, at a row."""

        def __init__(self, mode: str, key: str, prefix: str) -> None:
            super().__init__()
            self.mode = mode
            self.key = key
            self.prefix = prefix

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty=EMPTY, id="activities")
        self._wanted: str | None = None

    def watch_session(self, session: Session) -> None:
        """Show what changed; the cursor goes to an activity that was just made."""
        self.empty = EMPTY if session.stages else NO_STAGES
        codes = codes_by_activity(session.issues)
        rows = []
        for stage in session.stages:
            column = session.by_stage[stage.id]
            rows.append(_heading(stage, column))
            rows += [_row(session, activity, codes.get(activity.id, "")) for activity in column]
        self.show(rows, cursor=self._wanted)
        self._wanted = None

    @property
    def stage(self) -> str:
        """The id of the stage that the cursor is in."""
        if self.key.startswith(STAGE):
            return self.key.removeprefix(STAGE)
        return self.activity.stage if self.activity else ""

    def go_to(self, activity: str) -> None:
        """Stand on an activity, now or as soon as it is there."""
        if activity in self.session.activity_by_id:
            self.stand_on(activity)
        else:
            self._wanted = activity

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an activity is dimmed on a heading."""
        if action == "line":
            at = self.session.stages if parameters[0] == "new" else self.activity
            return True if at else None
        return super().check_action(action, parameters)

    def action_line(self, mode: str, prefix: str = "") -> None:
        """Open the line."""
        self.post_message(self.LineWanted(mode, self.key, prefix))

    def action_stage(self, by: int) -> None:
        """Stand on the heading of the stage after or before."""
        stages = list(self.session.stage_by_id)
        if self.stage in stages:
            place = max(0, min(stages.index(self.stage) + by, len(stages) - 1))
            self.stand_on(STAGE + stages[place])


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


def _row(session: Session, activity: Activity, codes: str) -> Row:
    return Row(
        activity.id,
        (
            _state(activity),
            (session.ref_by_id[activity.id], "muted"),
            activity.text,
            (activity.lead, "lead") if activity.lead else ("lead?", "wrong"),
            activity.accountable or ("acc?", "wrong"),
            f"?{len(activity.routes)}" if activity.decision else "",
            f"+{len(activity.documents)}" if activity.documents else "",
            (codes, "issue"),
        ),
    )


def _state(activity: Activity) -> Cell:
    if activity.open_point:
        return "o", "open"
    if activity.confirmed:
        return "✓", "good"
    return ("-", "muted") if activity.sequence_confirmed else ""
