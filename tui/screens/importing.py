"""What people edited in workbooks comes back: a list, accepted one by one or all at once."""

from textual.app import ComposeResult
from textual.containers import Container

from model.importing import Proposals
from model.session import Session
from tui.screens.session_screen import SessionScreen
from tui.widgets.import_card import ImportCard
from tui.widgets.import_list import ImportList
from tui.widgets.import_rows import TOLD
from tui.widgets.record_list import RecordList


class ImportingScreen(SessionScreen):
    """The proposals that the App holds, and the one under the cursor in full."""

    TITLE = "What came back from Excel"
    CSS_PATH = "importing.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and the card."""
        with Container(id="importing"):
            proposals = getattr(self.app, "proposals", None) or Proposals(())
            yield ImportList(proposals).data_bind(SessionScreen.session)
            yield ImportCard()

    @property
    def _list(self) -> ImportList:
        return self.query_one(ImportList)

    def on_mount(self) -> None:
        """Begin with the first that waits."""
        self._list.focus()
        if waiting := self._list.waiting:
            self._list.go_to(waiting[0].id)
        self._look()

    def watch_session(self, _: Session) -> None:
        """The card says what was accepted."""
        self.call_after_refresh(self._look)

    def standing_on(self) -> str:
        """The activity that the proposal under the cursor is about."""
        one = self._list.proposal
        return one.key if one and one.key in self.session.activity_by_id else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The card follows the cursor, and the keys what it stands on."""
        event.stop()
        self._look()
        self.refresh_bindings()

    def _look(self) -> None:
        one, said = self._list.proposal, ""
        if self._list.key.removeprefix(TOLD).isdecimal():
            said = self._list.proposals.told[int(self._list.key.removeprefix(TOLD))]
        chosen = self._list.reading(one) if one else None
        self.query_one(ImportCard).look_at(one, chosen, said)
