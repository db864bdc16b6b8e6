"""The keys of the review: what the group agrees about an activity, and what it cannot agree."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.review import confirm, next_unconfirmed, record_open_point, unconfirm
from tui.dialogs.form import Answers, Field, Form
from tui.widgets.activity_keys import ActivityKeys


class ReviewKeys(ActivityKeys):
    """Confirm, and record an open point."""

    NEEDS: ClassVar[frozenset[str]] = frozenset({"confirm", "open_point"})
    BINDINGS: ClassVar[list[BindingType]] = [
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
            "Open",
            id="activity.open-point",
            tooltip="Record what the group could not agree",
        ),
    ]

    def action_confirm(self) -> None:
        """Confirm, and go to the next to confirm; on one that is confirmed, look at it again."""
        if not (found := self.activity):
            return
        ref = self.session.ref_by_id[found.id]
        if found.confirmed:
            self.attempt_or_say(f"To look at again: {ref}", lambda s: unconfirm(s, found.id))
            return
        label = f"Confirmed {ref}" if found.lead else f"{ref}: place confirmed, no lead yet (@role)"
        following = next_unconfirmed(confirm(self.session, found.id), found.id, self.seen)
        if self.attempt_or_say(label, lambda s: confirm(s, found.id)) and following:
            self.go_to(following.id)

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
