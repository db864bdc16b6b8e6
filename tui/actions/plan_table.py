"""Part 3's table: every action with its owner, its date and its status; Enter walks the gaps."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from offwall.model.actions.edit_actions import set_done_on
from offwall.model.records import ActionKind, say_date, short_date
from offwall.model.records.dates import parse_past
from offwall.tui.actions.action_columns import PLAN_COLUMNS
from offwall.tui.actions.action_commands import NEEDS_ACTION
from offwall.tui.actions.action_line import ActionPlace
from offwall.tui.actions.action_table import ActionTable
from offwall.tui.kit import Context, Field


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
        Binding("plus", "helper", "Helper", show=False, id="plan.helper", tooltip="Who helps"),
        Binding(
            "d",
            "done_on",
            "Done on",
            show=False,
            id="plan.done-on",
            tooltip="The day on which it was done; without one it is open again",
        ),
    ]

    deeds = NEEDS_ACTION | {"helper", "done_on"}

    def __init__(self, fresh: Context) -> None:
        super().__init__(
            fresh, kinds=tuple(ActionKind), columns=PLAN_COLUMNS, needed=("owner", "due"), id="plan"
        )

    def able(self, act: str) -> bool:
        """Whether there is an action under the cursor that this can be done to."""
        return bool(self.action) if act in ("helper", "done_on") else super().able(act)

    @work
    async def action_helper(self) -> None:
        """Ask who helps."""
        await self.ask_who("helper", "nobody")

    @work
    async def action_done_on(self) -> None:
        """Ask on what day it was done."""
        if not (found := self.action):
            return
        today = self.fresh.today()

        def say(said: str) -> str:
            day = parse_past(said, today)
            return f"{say_date(day)}." if day else ""

        def keep(said: str) -> str:
            label = f"Done on {say(said) or 'no day: open again.'} {found.text}"
            return self.attempt(label, lambda session: set_done_on(session, found.id, said, today))

        now = short_date(found.done_on or today)
        hint = "today, 9/12, 9 Dec or fri, the last one; empty takes it away."
        await self.ask(found, Field("day", "Done on", now, hint, chosen=True, says=say), keep)

    def action_line(self, mode: str) -> None:
        """Open the line: for the action under the cursor, or for a next step."""
        if mode == "edit" or self.kind is ActionKind.NEXT_STEP:
            super().action_line(mode)
        else:
            self.post_message(self.LineWanted(ActionPlace("new", kind=ActionKind.NEXT_STEP)))
