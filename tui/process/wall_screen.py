"""The wall: what hangs in the room, in colours and letters, to look at and to work on together."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.tui.kit import Context, SessionScreen
from offwall.tui.kit.keys import Here, Outcome, key, keys
from offwall.tui.kit.selection import SELECT_KEYS, UNSELECT_KEYS
from offwall.tui.kit.session_screen import back
from offwall.tui.process.activity_card import ActivityCardScreen
from offwall.tui.process.activity_commands import (
    ACTIVITY,
    LINE_KEYS,
    ORDER_KEYS,
    REVIEW_KEYS,
    ROUTE_KEYS,
    VIEW_KEYS,
    ActivityView,
    line,
)
from offwall.tui.process.post_it_line import PostItLine
from offwall.tui.process.record_screen import LineScreen
from offwall.tui.process.wall import WallView


def edit(at: Here, one: object) -> Outcome:
    """Open the one under the cursor."""
    return line(at, at.record, "edit")


class ActivityWall(WallView):
    """The wall with the keys of the list: what they do to an activity is the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # What follows an answer is the list's: here its key goes to the next stage.
        *(*UNSELECT_KEYS, *LINE_KEYS, *REVIEW_KEYS, *ORDER_KEYS, *VIEW_KEYS, *ROUTE_KEYS[2:]),
        *(*SELECT_KEYS, *keys("wall", key("e", "edit", "Edit", edit, needs=ACTIVITY))),
    ]
    GONE: ClassVar[Sequence[str]] = ("run('view.wall')",)

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh
        self.view = ActivityView()

    def here(self) -> Here:
        """The activity, and what was followed."""
        return Here(self.session, self.fresh, self.key, self.record, self.view, *self.chosen)

    def look(self, view: ActivityView) -> None:
        """What was followed is another way."""
        self.view = view


class WallScreen(LineScreen):
    """Stages across, four lanes down; a note opens as a card."""

    TITLE = "2 The wall"
    PART = "record"
    CSS_PATH = ["line_screen.tcss", "wall.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys("wall", key("escape", "back", "Back", back, ""))

    def body(self) -> ComposeResult:
        """The wall, and the line where it is typed into."""
        yield ActivityWall(self.fresh).data_bind(SessionScreen.session)
        yield PostItLine(self.fresh).data_bind(SessionScreen.session)

    @property
    def cursor(self) -> ActivityWall:
        """The wall."""
        return self.query_one(ActivityWall)

    def on_mount(self) -> None:
        """Stand on the activity or the stage that it was opened at."""
        self.cursor.focus()
        self.cursor.stand_on(self.place)

    def on_wall_view_chosen(self, event: WallView.Chosen) -> None:
        """Open the card."""
        event.stop()
        card = ActivityCardScreen(self.session, event.activity)
        self.app.push_screen(card.data_bind(SessionScreen.session))
