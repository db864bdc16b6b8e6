"""Part 2's checks: what is incomplete or inconsistent, and the way to it. Nothing here blocks."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from model.checks import Finding
from model.session import Session
from tui.messages import Back, Go
from tui.screens.finding_screen import FindingScreen
from tui.screens.session_screen import SessionScreen
from tui.widgets.activity_card import STAGE
from tui.widgets.activity_table import ActivityTable
from tui.widgets.finding_list import FindingList, FindingWords


class ChecksScreen(FindingScreen):
    """The findings, and the one under the cursor in full."""

    TITLE = "2 Checks"
    PART = "record"
    CSS_PATH = "checks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,c",
            "back",
            "Back",
            show=False,
            id="checks.back",
            tooltip="Back to where you came from",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list and the words."""
        yield FindingList().data_bind(SessionScreen.session)
        yield FindingWords()

    @property
    def _list(self) -> FindingList:
        """The list."""
        return self.query_one(FindingList)

    @property
    def _keys_said(self) -> str:
        """One key mends what one key can."""
        return self._list.keys

    def on_mount(self) -> None:
        """Stand on what was found at the activity that one came from."""
        self._list.focus()
        self._list.stand_at(self.place)
        self._say()

    def way_to(self, finding: Finding) -> Go | None:
        """Where it is put right."""
        return where(self.session, finding)

    def _go(self, to: Go) -> None:
        """Back to part 2 where one came from there, else to another screen."""
        below = self.app.screen_stack[-2].query(ActivityTable)
        if to.screen == "record" and below:
            table = below.first()
            stand = table.go_to if to.place in self.session.activity_by_id else table.stand_on
            stand(to.place)
            self.post_message(Back())
        else:
            super()._go(to)


def where(session: Session, finding: Finding) -> Go | None:
    """The screen on which a finding is put right, and where on it; None where there is none."""
    if finding.kind in ("unused role", "same name"):
        return Go("setup", "Roles")
    if finding.kind == "two said":
        return Go("clashes")
    place = finding.place
    if finding.kind == "no template":
        place = _user_of(session, place)
    if place in session.activity_by_id:
        return Go("record", place)
    if place in session.stage_by_id:
        return Go("record", STAGE + place)
    screen = _screen_of(session, place)
    return Go(screen, place) if screen else None


def _screen_of(session: Session, place: str) -> str:
    """The screen that lists the record of that id; empty where none does."""
    if place in {action.id for action in session.actions} | {one.id for one in session.photos}:
        return "plan"
    known = {issue.id for issue in session.issues} | {topic.id for topic in session.topics}
    return "topic" if place in known else ""


def _user_of(session: Session, document: str) -> str:
    """The first activity that uses a document; empty where none does."""
    users = (activity.id for activity in session.in_order if document in activity.documents)
    return next(users, "")
