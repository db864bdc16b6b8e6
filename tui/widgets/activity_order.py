"""The keys that move an activity on the wall, join it, split it, or take it off."""

from typing import ClassVar, Protocol, cast

from textual import work
from textual.binding import Binding, BindingType

from model.edits.activities import remove_activity
from model.edits.joining import above, join, split, split_id
from model.edits.order import move_across_stages, move_to_ref, move_within_stage
from tui.dialogs.form import Answers, Field, Form
from tui.fresh import Fresh
from tui.messages import Say
from tui.widgets.activity_keys import ActivityKeys

SPLIT = (
    "People, documents, issues and actions stay with the first; the lead is in both. The decision "
    "with its routes goes to the second."
)

HIDDEN = "{}, the one above, is not shown now. Esc shows all; then & joins the two."


class _Drawing(Protocol):
    """A screen that seeds are drawn from."""

    fresh: Fresh


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
        if action == "join" and self.activity and not above(self.session, self.activity):
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
        upper = above(self.session, found) if found else None
        if found and upper:
            ref = self.session.ref_by_id
            if upper.id not in self.seen:  # nobody should join with what they do not see
                self.post_message(Say(HIDDEN.format(ref[upper.id]), wrong=True))
                return
            label = f"Joined {ref[found.id]} with {ref[upper.id]}"
            if self.attempt_or_say(label, lambda s: join(s, found.id)):
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
            return self.attempt(label, lambda s: split(s, found.id, first, second, seed=seed))

        fields = [Field("first", "First", found.text), Field("second", "Second")]
        if await self.app.push_screen_wait(Form(label, fields, check, SPLIT)) is not None:
            self.go_to(split_id(seed))
