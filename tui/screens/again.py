"""A second session: what is left over from last time, one key each, with what changed since."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import Container

from model.left_over import Kind
from tui.messages import Go, LookBack
from tui.screens.session_screen import SessionScreen
from tui.widgets.left_over_card import LeftOverCard
from tui.widgets.left_over_list import LeftOverList
from tui.widgets.record_list import RecordList

SCREENS = {Kind.ACTION: "plan", Kind.ACTIVITY: "record"}
"""Where Enter goes to work on a record."""


class AgainScreen(SessionScreen):
    """Overdue actions, remarks that came back, activities marked change or drop."""

    TITLE = "Left over from last time"
    PART = "record"
    CSS_PATH = "again.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and what is known of the one under the cursor."""
        session = SessionScreen.session
        with Container(id="again"):
            yield LeftOverList(self.fresh).data_bind(session)
            yield LeftOverCard(self.fresh).data_bind(session)

    @property
    def _list(self) -> LeftOverList:
        return self.query_one(LeftOverList)

    def on_mount(self) -> None:
        """Begin with the first that waits; have the session of last time read."""
        self._list.focus()
        self._list.go_to(self.place or self._list.waiting)
        if hasattr(self.app, "looked_back"):
            self.watch(self.app, "looked_back", self._looked_back)
        self.post_message(LookBack())

    def _looked_back(self, found: tuple[Any, str]) -> None:
        self.query_one(LeftOverCard).look_back(*found)

    def standing_on(self) -> str:
        """The activity under the cursor, or that the remark under it is about."""
        return self._list.activity

    def come_back(self, place: str) -> None:
        """Another screen was left that stood on an activity."""
        self._list.stand_on(place)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The card follows the cursor, and the keys what it stands on."""
        event.stop()
        self.query_one(LeftOverCard).look_at(event.key)
        self.refresh_bindings()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go where the record is worked on."""
        event.stop()
        if found := self._list.left:
            place = found.id if found.kind in SCREENS else self._list.activity
            self.post_message(Go(SCREENS.get(found.kind, "record"), place))
