"""The keys that move an activity on the wall, or take it off."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.activities import remove_activity
from model.edits.order import move_across_stages, move_to_ref, move_within_stage
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.activity_keys import ActivityKeys


class OrderKeys(ActivityKeys):
    """Move up and down, across stages and to a ref; remove."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"remove", "move_within", "move_across", "move_to"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "remove", "Remove", id="activity.remove", tooltip="Take it off the wall"),
        Binding("J", "move_within(1)", "Move down", show=False, id="activity.move-down"),
        Binding("K", "move_within(-1)", "Move up", show=False, id="activity.move-up"),
        Binding("L", "move_across(1)", "To the next stage", show=False, id="activity.stage-on"),
        Binding(
            "H", "move_across(-1)", "To the stage before", show=False, id="activity.stage-back"
        ),
        Binding("M", "move_to", "Move to ...", show=False, id="activity.move-to"),
    ]

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
