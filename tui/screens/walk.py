"""The walk: a path through the process read aloud, an answer at each decision."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from model.flow import TierView, read_through, start, tier_view
from model.seen import next_tier
from tui.messages import Say
from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.activity_filter import NO_TIERS
from tui.widgets.record_list import RecordList
from tui.widgets.walk_list import StepList, WayList
from tui.widgets.walk_words import asked, summary


class WalkScreen(SessionScreen):
    """The steps so far; below them what is asked, and the answers. It changes nothing."""

    TITLE = "2 Walk"
    PART = "record"
    CSS_PATH = "walk.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="walk.back"),
        Binding(
            "b,backspace",
            "take_back",
            "Answer back",
            id="walk.take-back",
            tooltip="Take the last answer back",
        ),
        Binding(
            "h",
            "begin",
            "Here/start",
            id="walk.begin",
            tooltip="Begin where the cursor stood in the table, or at the start again",
        ),
        Binding("t", "tier", "Tier", id="walk.tier", tooltip="Walk the process of the next tier"),
    ]

    _answers: tuple[int, ...] = ()
    _first = ""
    _standing = ""
    _tier = ""

    def body(self) -> ComposeResult:
        """The path, the question and its answers."""
        yield StepList()
        yield Static(id="walk-asked")
        yield WayList()

    def on_mount(self) -> None:
        """Begin at the start."""
        self.query_one(WayList).focus()
        self._read()

    def watch_session(self) -> None:
        """Read the path again: what it leads through may have changed."""
        if self.is_mounted:
            self._read()

    def standing_on(self) -> str:
        """The activity that the path has come to."""
        return self._standing

    @property
    def _view(self) -> TierView | None:
        return tier_view(self.session, self._tier) if self._tier else None

    def _read(self) -> None:
        first = self._first if self._first in self.session.activity_by_id else ""
        reading = read_through(self.session, self._answers, first, self._view)
        self._answers = self._answers[: reading.answered]
        self._standing = reading.steps[-1].activity.id if reading.steps else ""
        banner = summary(self.session, reading, self._tier)
        self.query_one(StepList).read(self.session, reading, banner)
        self.query_one(WayList).ask(self.session, reading)
        self.query_one("#walk-asked", Static).update(
            Content(plain(asked(self.session, reading))), layout=False
        )
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has no answer to take back, and no other beginning, is dimmed."""
        if action == "take_back" and not self._answers:
            return None
        if action == "begin" and not self._elsewhere:
            return None
        return super().check_action(action, parameters)

    @property
    def _elsewhere(self) -> str:
        """The activity to begin at instead: where the cursor stood, or the start."""
        here = self.place if self.place in self.session.activity_by_id else ""
        beginning = start(self.session)
        return beginning if self._first else here if here != beginning else ""

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Take an answer and go on."""
        event.stop()
        if isinstance(event.sender, WayList):
            self._answers = (*self._answers, int(event.key))
            self._read()

    def action_take_back(self) -> None:
        """Take the last answer back."""
        self._answers = self._answers[:-1]
        self._read()

    def action_begin(self) -> None:
        """Begin elsewhere."""
        self._first = "" if self._first else self.place
        self._answers = ()
        self._read()

    def action_tier(self) -> None:
        """Walk the process of the next tier; after the last, the whole one."""
        if not self.session.tiers:
            self.post_message(Say(NO_TIERS))
            return
        self._tier = next_tier(self.session, self._tier)
        self._answers = ()
        self._read()

    def action_scroll(self, direction: int) -> None:
        """Look at the steps further up or down."""
        self.query_one(StepList).action_page(direction)
