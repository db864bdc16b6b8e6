"""The key that shares the live line with the room, and stops sharing it."""

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import reactive

from offwall.tui.kit import Say
from offwall.tui.kit.messages import Typing
from offwall.tui.services import lock_file
from offwall.tui.services.editing import EditingApp
from offwall.tui.services.live_line import LiveLineWriter

SHOWN = "The room sees the line as it is typed (offwall show); V shows it no longer."
NOT_SHOWN = "The line is no longer shown while it is typed."

UNSHARE_SECONDS = 0.5
"""Seconds that leaving waits for the line to be taken away: its share may no longer answer."""


class LiveLineSharingApp(EditingApp):
    """Nothing is shared until a key says so, and nothing after the session is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "V",
            "share",
            "Share the line",
            show=False,
            id="app.share",
            tooltip="Show the line to the room while it is typed, or no longer",
        ),
    ]

    sharing: reactive[bool] = reactive(False)
    _share: LiveLineWriter | None = None

    def open_document(self, path: Path) -> None:
        """Put a session file on the desk; of it nothing is shared yet.

        Raises `model.store.store.StoreError` where it cannot be read.
        """
        super().open_document(path)
        self._stop_sharing()

    def close_document(self) -> None:
        """Share nothing any more."""
        self._stop_sharing()
        super().close_document()

    def action_share(self) -> None:
        """Show the line from now on, or no longer."""
        if self.sharing:
            self._stop_sharing()
            self.say(NOT_SHOWN)
        elif self.desk is not None:
            opener = lock_file.this_opener(self.fresh.now().isoformat("T", "minutes")[:16])
            self._share = LiveLineWriter(self.desk.path, opener, self._not_shared)
            self.sharing = True
            self.say(SHOWN)

    def on_typing(self, message: Typing) -> None:
        """Show what the line holds now."""
        if self._share is not None:
            self._share.say(message.text)

    def _not_shared(self, wrong: str) -> None:
        # Said by the thread that writes; the App may have ended meanwhile.
        with suppress(RuntimeError):
            self.post_message(Say(wrong, wrong=True))

    def _stop_sharing(self) -> None:
        if self._share is not None:
            self._share.worker.close(UNSHARE_SECONDS)
        self._share = None
        self.set_reactive(LiveLineSharingApp.sharing, False)
