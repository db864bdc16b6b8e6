"""What two recorders said differently, and the keys that settle it."""

from textual.app import ComposeResult

from tui.messages import Go
from tui.screens.session_screen import SessionScreen
from tui.widgets.clash_list import ClashList
from tui.widgets.record_list import RecordList


class ClashesScreen(SessionScreen):
    """Ours and theirs, a line each."""

    TITLE = "Said differently by two"

    def body(self) -> ComposeResult:
        """The list."""
        yield ClashList().data_bind(SessionScreen.session)

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(ClashList).focus()

    def standing_on(self) -> str:
        """The activity that the clash under the cursor is about."""
        return self.query_one(ClashList).activity

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """What can be done depends on where one stands."""
        event.stop()
        self.refresh_bindings()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the activity."""
        event.stop()
        if place := self.standing_on():
            self.post_message(Go("record", place))
