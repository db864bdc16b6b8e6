"""Part 1: review what could improve, activity by activity; as it is and to be, side by side."""

from textual.app import ComposeResult
from textual.containers import Container

from model.presets import challenge_questions
from tui.screens.session_screen import SessionScreen
from tui.widgets.challenge_card import ChallengeCard
from tui.widgets.challenge_list import ChallengeList
from tui.widgets.record_list import RecordList


class ChallengeScreen(SessionScreen):
    """The process twice, and the questions of process mapping with what the map says to them."""

    TITLE = "1 What could improve"
    PART = "topic"
    TOPIC = "mapping"
    CSS_PATH = "challenge.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The list, and the questions below it or beside it."""
        session = SessionScreen.session
        with Container(id="challenge-wall"):
            yield ChallengeList().data_bind(session)
            yield ChallengeCard(challenge_questions(self.fresh.presets)).data_bind(session)

    @property
    def _list(self) -> ChallengeList:
        return self.query_one(ChallengeList)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or on the first."""
        self._list.focus()
        first = next(iter(self.session.in_order), None)
        self._list.go_to(self.place or (first.id if first else ""))
        self._look(self._list.key)

    def standing_on(self) -> str:
        """The activity under the cursor."""
        return self._list.activity.id if self._list.activity else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The questions follow the cursor."""
        event.stop()
        self._look(event.key)

    def watch_session(self) -> None:
        """The map may say something else now."""
        if self.is_mounted:
            self.call_after_refresh(lambda: self._look(self._list.key))

    def _look(self, key: str) -> None:
        self.query_one(ChallengeCard).look_at(key, self._list.evidence)
