"""Part 1: the Contract Assurance Board, who decides what, and the board's terms of reference."""

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.screens.session_screen import SessionScreen
from tui.widgets.approval_list import ApprovalList
from tui.widgets.approval_words import ApprovalWords, board_words
from tui.widgets.board_list import BoardList
from tui.widgets.board_words import BoardPage, BoardWords
from tui.widgets.record_list import RecordList
from tui.widgets.sections import Sections

BOARD, DECIDES, TERMS = "Board", "Who decides", "Terms of reference"


class GovernanceScreen(SessionScreen):
    """The board with its gates, the steps at which somebody decides, and the page of terms."""

    TITLE = "1 Governance"
    PART = "topic"
    TOPIC = "governance"
    CSS_PATH = "governance.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The sections; each list with the words of what its cursor stands on."""
        session = SessionScreen.session
        with Sections(BOARD, DECIDES, TERMS):
            with Vertical(id="governance-board"):
                yield BoardList().data_bind(session)
                yield BoardWords(board_words, id="board-words").data_bind(session)
            with Vertical(id="governance-decides"):
                yield ApprovalList().data_bind(session)
                yield BoardWords(ApprovalWords, id="approval-words").data_bind(session)
            yield BoardPage(id="governance-terms").data_bind(session)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or on the board."""
        sections = self.query_one(Sections)
        if self.place:
            self.query_one(ApprovalList).go_to(self.place)
        sections.show(DECIDES if self.place else BOARD)

    def standing_on(self) -> str:
        """The activity at which somebody decides, where the cursor is on one."""
        found = self.query_one(ApprovalList).activity
        return found.id if found and self.query_one(Sections).current == DECIDES else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words follow the cursor of the list above them."""
        event.stop()
        for shown in event.sender.siblings:
            if isinstance(shown, BoardWords):
                shown.look_at(event.key)
