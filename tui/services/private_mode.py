"""The private mode: hides recent sessions and loads on a screen that the whole room sees."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from offwall.tui.kit import Say

NOW_PRIVATE = "Private: recent sessions and who carries how much are hidden. P shows them."
NO_LONGER_PRIVATE = "No longer private: recent sessions and who carries how much are shown."


class PrivateModeApp(App[None]):
    """Hides what is nobody's business in the room: other councils' names, and people's loads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "P",
            "private",
            "Private",
            show=False,
            id="app.private",
            tooltip="Hide recent sessions and who carries how much, or show them again",
        ),
    ]

    private: reactive[bool] = reactive(False)

    def begin_private(self, private: bool) -> None:
        """Be private from the first screen on; call it before `run`."""
        self.set_reactive(PrivateModeApp.private, private)

    def action_private(self) -> None:
        """Hide it, or show it again."""
        self.private = not self.private
        self.post_message(Say(NOW_PRIVATE if self.private else NO_LONGER_PRIVATE))
