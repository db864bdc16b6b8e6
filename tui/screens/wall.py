"""The wall: what hangs in the room, in colours and letters, to look at together."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.screens.card import CardScreen
from tui.screens.session_screen import SessionScreen
from tui.widgets.wall import Wall


class WallScreen(SessionScreen):
    """Stages across, four lanes down; a note opens as a card."""

    TITLE = "2 The wall"
    PART = "record"
    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="wall.back"),
    ]

    def body(self) -> ComposeResult:
        """The wall, all of it."""
        yield Wall().data_bind(SessionScreen.session)

    @property
    def _wall(self) -> Wall:
        return self.query_one(Wall)

    def on_mount(self) -> None:
        """Stand on the activity or the stage that it was opened at."""
        self._wall.focus()
        self._wall.stand_on(self.place)

    def standing_on(self) -> str:
        """The activity under the cursor."""
        return self._wall.activity.id if self._wall.activity else ""

    def on_wall_keys_chosen(self, event: Wall.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = CardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(SessionScreen.session))
