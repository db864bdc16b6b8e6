"""The clock of the afternoon's parts: a minute for what is open, unless it is paused."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from offwall.tui.kit import SessionScreen
from offwall.tui.kit.frame import time_left
from offwall.tui.services.editing import EditingApp


class ClockApp(EditingApp):
    """Counts for the part that the screen on top belongs to, whatever is asked above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "Z",
            "pause",
            "Pause the clock",
            show=False,
            id="app.pause",
            tooltip="Stop the clock, or let it go on; it says how much is left",
        ),
    ]

    paused: reactive[bool] = reactive(False)

    def on_mount(self) -> None:
        """Begin to count."""
        self.set_interval(60, self._minute)

    @property
    def _open(self) -> SessionScreen | None:
        """The screen that people work at, under whatever asks them something."""
        screens = (one for one in reversed(self.screen_stack) if isinstance(one, SessionScreen))
        return next(screens, None)

    def _minute(self) -> None:
        screen = self._open
        if screen and screen.PART and not self.paused:
            self.at_work = screen.topic
            self.minute_passed(screen.PART)

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        self.paused = not self.paused
        said = "The clock is paused; Z lets it go on." if self.paused else "The clock goes on."
        part = self._open.PART if self._open else ""
        self.say(f"{said} {time_left(self.session, part)}" if part else said)
