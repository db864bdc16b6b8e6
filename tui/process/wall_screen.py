"""The wall: what hangs in the room, in colours and letters, to look at together."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.tui.kit import SessionScreen
from offwall.tui.kit.keys import key, keys
from offwall.tui.process.activity_card import ActivityCardScreen
from offwall.tui.process.wall import WallView


class WallScreen(SessionScreen):
    """Stages across, four lanes down; a note opens as a card."""

    TITLE = "2 The wall"
    PART = "record"
    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys("wall", key("escape", "back", "Back"))

    def body(self) -> ComposeResult:
        """The wall, all of it."""
        yield WallView().data_bind(SessionScreen.session)

    @property
    def _wall(self) -> WallView:
        return self.query_one(WallView)

    def on_mount(self) -> None:
        """Stand on the activity or the stage that it was opened at."""
        self._wall.focus()
        self._wall.stand_on(self.place)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return self._wall.activity.id if self._wall.activity else NO_ACTIVITY

    def on_wall_keys_chosen(self, event: WallView.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = ActivityCardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(SessionScreen.session))
