"""The keys that look at the same activity elsewhere: RACI, the wall, the checks, the words."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.messages import Go
from tui.widgets.activity_keys import ActivityKeys


class ViewKeys(ActivityKeys):
    """Go to another view, standing on the same activity."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "view('raci')", "RACI", id="view.raci", tooltip="RACI, activities by roles"),
        Binding("w", "view('wall')", "Wall", id="view.wall", tooltip="The wall as on the paper"),
        Binding(
            "c",
            "view('checks')",
            "Checks",
            show=False,
            id="view.checks",
            tooltip="What is incomplete or inconsistent",
        ),
        Binding(
            "y",
            "view('words')",
            "Words",
            show=False,
            id="view.words",
            tooltip="What the group agreed to say",
        ),
    ]

    def action_view(self, screen: str) -> None:
        """Go there."""
        self.post_message(Go(screen, self.key))
