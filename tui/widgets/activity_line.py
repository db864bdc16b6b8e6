"""The keys that take the line up at an activity, and those that go from stage to stage."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.activity_card import STAGE
from tui.widgets.activity_keys import ActivityKeys


class LineKeys(ActivityKeys):
    """New, add to this one; to the stage after and before."""

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

    @property
    def headings(self) -> list[str]:
        """The keys of the stages' headings that are in view."""
        raise NotImplementedError

    @property
    def stage(self) -> str:
        """The id of the stage that the cursor is in."""
        if self.key.startswith(STAGE):
            return self.key.removeprefix(STAGE)
        return self.activity.stage if self.activity else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A line that is not new needs an activity; a new one needs a stage."""
        if action == "choose":
            return True if self.activity else None
        if action == "line":
            at = self.session.stages if parameters[0] == "new" else self.activity
            return True if at else None
        return super().check_action(action, parameters)

    def action_line(self, mode: str, prefix: str = "") -> None:
        """Open the line."""
        self.post_message(self.LineWanted(mode, self.key, prefix))

    def action_stage(self, by: int) -> None:
        """Stand on the heading of the stage after or before."""
        headings, here = self.headings, STAGE + self.stage
        if here in headings:
            place = max(0, min(headings.index(here) + by, len(headings) - 1))
            self.stand_on(headings[place])

    def stand_on(self, key: str) -> None:
        """Put the cursor on a row, where it is shown."""
        raise NotImplementedError
