"""What a list of findings on a whole screen shares: the words below it, and the way to each."""

from model.checks import Finding
from tui.messages import Go, Say
from tui.screens.session_screen import SessionScreen
from tui.widgets.finding_list import FindingList, FindingWords
from tui.widgets.open_list import OpenList
from tui.widgets.record_list import RecordList

IN_THE_FILE = "That is put right in the session file, under [board], [[documents]] or [[remarks]]."


class FindingScreen(SessionScreen):
    """A list, and what is under its cursor in full. Enter goes to the place where it is settled.

    A screen says which list it is, what its keys do and where a finding leads.
    """

    @property
    def _list(self) -> FindingList | OpenList:
        """The list."""
        raise NotImplementedError

    @property
    def _keys_said(self) -> str:
        """What the keys would do with the one under the cursor."""
        raise NotImplementedError

    def way_to(self, finding: Finding) -> Go | None:
        """The screen on which a finding is settled, and where on it; None where there is none."""
        raise NotImplementedError

    def standing_on(self) -> str:
        """The activity that the one under the cursor is about."""
        found = self._list.finding
        return found.place if found and found.place in self.session.activity_by_id else ""

    def watch_session(self) -> None:
        """What was found may be gone, or the cursor may stand on another."""
        self.call_after_refresh(self._say)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words follow the cursor."""
        event.stop()
        self._say()

    def _say(self) -> None:
        """Say in full what is under the cursor."""
        found = self._list.finding
        self.query_one(FindingWords).say(found.text if found else "", self._keys_said)
        self.refresh_bindings()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Go to the place."""
        event.stop()
        if not (found := self._list.finding):
            return
        if to := self.way_to(found):
            self._go(to)
        else:
            self.post_message(Say(IN_THE_FILE))

    def _go(self, to: Go) -> None:
        """Open the screen."""
        self.post_message(to)
