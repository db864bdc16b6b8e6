"""Part 3's table: every action with its owner, its date and its status; Enter walks the gaps."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from model.session import ActionKind
from tui.fresh import Fresh
from tui.widgets.action_columns import PLANNED
from tui.widgets.action_line import ActionPlace
from tui.widgets.action_table import ActionTable


class PlanTable(ActionTable):
    """The improvements as they rank, then the next steps. What is new here is a next step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Scores and approval were part 1's; their keys work on, the footer names what is wanted.
        Binding("0", "scores", "Score", show=False, id="plan.scores", tooltip="Impact and effort"),
        Binding(
            "equals_sign",
            "approval",
            "Approval",
            show=False,
            id="plan.approval",
            tooltip="Whose approval it needs",
        ),
        Binding("s", "status", "Status", id="plan.status", tooltip="Open, doing, done, dropped"),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(
            fresh, kinds=tuple(ActionKind), columns=PLANNED, needed=("owner", "due"), id="plan"
        )

    def action_line(self, mode: str) -> None:
        """Open the line: for the action under the cursor, or for a next step."""
        if mode == "edit" or self.kind is ActionKind.NEXT_STEP:
            super().action_line(mode)
        else:
            self.post_message(self.LineWanted(ActionPlace("new", kind=ActionKind.NEXT_STEP)))
