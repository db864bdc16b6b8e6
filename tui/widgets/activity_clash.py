"""The keys that settle what two people said differently."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from model.clashes import about, drop, take
from model.session import Clash
from tui.widgets.activity_keys import ActivityKeys
from tui.widgets.clash_words import value, where
from tui.widgets.session_widget import SessionWidget


class Settling(SessionWidget, Widget):
    """Take what the other said, or drop it. Either is a change like any other: undo works."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "T",
            "take_theirs",
            "Take theirs",
            id="clash.take",
            tooltip="Take what somebody else said at the same time",
        ),
        Binding(
            "D",
            "drop_theirs",
            "Drop theirs",
            id="clash.drop",
            tooltip="Keep ours, and drop what somebody else said at the same time",
        ),
    ]

    @property
    def clash(self) -> Clash | None:
        """What is to be settled here, if anything."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys are hidden where nobody said anything else, which is nearly always."""
        if action in ("take_theirs", "drop_theirs") and not self.clash:
            return False
        return super().check_action(action, parameters)

    def action_take_theirs(self) -> None:
        """Put the other's value in the place of ours."""
        if clash := self.clash:
            label = f"Took theirs at {where(self.session, clash)}: {value(clash)}"
            self.attempt_or_say(label, lambda session: take(session, clash.id))

    def action_drop_theirs(self) -> None:
        """Keep ours."""
        if clash := self.clash:
            label = f"Kept ours at {where(self.session, clash)}"
            self.attempt_or_say(label, lambda session: drop(session, clash.id))


class ClashKeys(Settling, ActivityKeys):
    """Settle what two said differently about the activity under the cursor, one after another."""

    @property
    def clash(self) -> Clash | None:
        """The first thing that two said differently about it."""
        return next(iter(about(self.session, "activities", self.key)), None)
