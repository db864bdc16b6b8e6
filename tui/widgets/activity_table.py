"""Part 2's table: the activities by stage, one line each, and the keys that act on one."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from model.edits.activities import remove_activity
from model.edits.order import move_across_stages, move_to_ref, move_within_stage
from model.edits.review import confirm, next_unconfirmed, record_open_point, unconfirm
from model.session import Activity, Issue, Session, Stage
from tui.dialogs.form import Answers, Field, Form
from tui.messages import Say
from tui.text import count
from tui.widgets.activity_card import STAGE
from tui.widgets.record_list import Cell, Column, RecordList, Row
from tui.widgets.session_widget import SessionWidget

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


class ActivityTable(SessionWidget, RecordList):
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
        Binding(
            "space",
            "confirm",
            "Confirm",
            id="activity.confirm",
            tooltip="Confirm sequence and lead; go to the next unconfirmed",
        ),
        Binding(
            "o",
            "open_point",
            "Open point",
            id="activity.open-point",
            tooltip="Record what the group could not agree",
        ),
        Binding("x", "remove", "Remove", id="activity.remove", tooltip="Take it off the wall"),
        Binding("J", "move_within(1)", "Move down", show=False, id="activity.move-down"),
        Binding("K", "move_within(-1)", "Move up", show=False, id="activity.move-up"),
        Binding("L", "move_across(1)", "To the next stage", show=False, id="activity.stage-on"),
        Binding(
            "H", "move_across(-1)", "To the stage before", show=False, id="activity.stage-back"
        ),
        Binding("M", "move_to", "Move to ...", show=False, id="activity.move-to"),
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
    def activity(self) -> Activity | None:
        """The activity under the cursor; none on a heading."""
        return self.session.activity_by_id.get(self.key)

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
        needs = {"confirm", "open_point", "remove", "move_within", "move_across", "move_to"}
        on_line = action == "line" and parameters[0] in ("edit", "add", "before")
        if (action in needs or on_line) and not self.activity:
            return None
        return True if self.session.stages or action != "line" else None

    def action_line(self, mode: str, prefix: str = "") -> None:
        """Open the line."""
        self.post_message(self.LineWanted(mode, self.key, prefix))

    def action_confirm(self) -> None:
        """Confirm, and go to the next to confirm; on one that is confirmed, look at it again."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]
        if found.confirmed:
            self.attempt_or_say(f"Look at {ref} again", lambda s: unconfirm(s, found.id))
            return
        if not found.lead:
            self.post_message(
                Say(f"{ref} has no lead: the sequence is confirmed. @role names one.")
            )
        following = next_unconfirmed(confirm(self.session, found.id), found.id)
        if self.attempt_or_say(f"Confirmed {ref}", lambda s: confirm(s, found.id)) and following:
            self._wanted = following.id

    @work
    async def action_open_point(self) -> None:
        """Ask what is not agreed."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]

        def check(answers: Answers) -> str:
            return self.attempt(
                f"Open point at {ref}",
                lambda s: record_open_point(s, found.id, answers["point"]),
            )

        field = Field("point", "Not agreed", found.open_point, "Empty takes it away.")
        await self.app.push_screen_wait(Form(f"Open point at {ref} {found.text}", [field], check))

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
