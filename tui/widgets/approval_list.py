"""Who decides what on the process: each step at which somebody decides, and what is proposed."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.board import set_approval, toggle_gate
from model.edits.improve import set_improve
from model.governance import ApprovalStep, approval_steps
from model.raci import role_name
from model.session import Activity, Improve, Session
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Cell, Row
from tui.widgets.session_widget import SessionWidget
from tui.widgets.setup_words import role_field

FITS = (
    Fit("gate", "", 1),
    Fit("ref", "Ref", 6),
    Fit("text", "Decision"),
    Fit("who", "Decides", 7, 24),
    Fit("limit", "Limit", 13, 28),
    Fit("waits", "Within", 13, 26, least=72),
    Fit("proposed", "Proposed", 8),
)
NOTHING_YET = "Listed after part 2. Gates may be plain words now: press h."
NO_DECISIONS = "No decision is recorded yet. In part 2, ?words on a line make one."
LOOKS = {Improve.DROP: "wrong", Improve.CHANGE: "open", Improve.NEW: "good"}


class ApprovalList(SessionWidget, FittedList):
    """Enter says who decides, within what limit and time; ``d`` leaves it out of the proposal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e", "edit", "Edit", id="approval.edit", tooltip="Who decides, limit, how long"
        ),
        Binding("b", "gate", "Board", id="approval.gate", tooltip="It comes to the board, or not"),
        Binding("d", "drop", "Drop", id="approval.drop", tooltip="Leave it out, or keep it"),
    ]

    def __init__(self) -> None:
        super().__init__(FITS, id="approvals")

    def watch_session(self) -> None:
        """Show what changed."""
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows again."""
        self.empty = NO_DECISIONS if self.session.activities else NOTHING_YET
        steps = approval_steps(self.session)
        rows = [(step.activity.id, _cells(self.session, step, wide=self.wide)) for step in steps]
        self.put([Row(key, tuple(cells[name] for name in self.shown)) for key, cells in rows])

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor."""
        return self.session.activity_by_id.get(self.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be a decision to say something of."""
        return None if action in ("edit", "gate", "drop") and not self.activity else True

    @work
    async def action_edit(self) -> None:
        """Ask who decides, within what limit, and how long it may take."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Who decides at {ref}", lambda s: set_approval(s, found.id, **said)
            )

        answers = role_name(self.session, found.accountable)
        hint = f"Empty: the accountable ({answers})." if answers else ""
        fields = [
            role_field(self.session, "decided_by", "Who decides", found.decided_by, hint),
            Field("limit", "Limit", found.limit, "Such as to £500k, scheme of delegation."),
            Field("timescale", "Within", found.timescale, "How long it may wait: 10 working days."),
        ]
        await self.app.push_screen_wait(Form(f"{ref} {found.text}", fields, keep))

    def action_gate(self) -> None:
        """Let it come to the board, or not any more."""
        if found := self.activity:
            gates = {step.activity.id for step in approval_steps(self.session) if step.gate}
            how = "does not come to the board" if found.id in gates else "comes to the board"
            ref = self.session.ref_by_id[found.id]
            self.attempt_or_say(f"{ref} {how}", lambda s: toggle_gate(s, found.id))

    def action_drop(self) -> None:
        """Leave it out of the proposal, or keep it there."""
        if found := self.activity:
            ref = self.session.ref_by_id[found.id]
            dropped = found.improve is Improve.DROP
            label = f"{ref} stays" if dropped else f"{ref} is left out of the proposal"
            mark = "" if dropped else Improve.DROP
            self.attempt_or_say(label, lambda s: set_improve(s, found.id, mark))


def _cells(session: Session, step: ApprovalStep, *, wide: bool) -> dict[str, Cell]:
    one = step.activity
    who = role_name(session, step.decider) if wide else step.decider
    return {
        "gate": ("B", "lead") if step.gate else "",
        "ref": (session.ref_by_id[one.id], "muted"),
        "text": one.decision or one.text,
        "who": (who or "who?", "lead" if one.decided_by else "muted" if who else "wrong"),
        "limit": one.limit,
        "waits": one.timescale,
        "proposed": (one.improve, LOOKS.get(one.improve, "")) if one.improve else "",
    }
