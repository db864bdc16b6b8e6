"""Part 2: review and record the activity from the post-its with the people who lead, and RACI."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from offwall.model.review import next_unconfirmed
from offwall.tui.kit import RecordList, SessionScreen
from offwall.tui.kit.frame import framed
from offwall.tui.kit.keys import Need, key, keys
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.line_screen import LineScreen
from offwall.tui.process.post_it_line import PostItLine
from offwall.tui.process.review_progress import ReviewProgress
from offwall.tui.setup.photos import PhotoQuestion

PHOTO_TAKEN = "A photo of the wall was taken; it stays on the list to be filed"
PHOTO_LATER = "The photo of the wall comes later"
ASKED = Need(lambda screen: any(one.asks for one in screen.query(PhotoQuestion)), hides=True)


class RecordScreen(LineScreen):
    """The table of the wall, the card of one activity, and the line."""

    TITLE = "2 Review and record activity"
    PART = "record"
    CSS_PATH = ["line_screen.tcss", "record_screen.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "record",
        # Of what holds anywhere, the footer has room for the way out, undo, go to and help.
        key("p", "screen.park", "Park", "park", "Park a thought for later"),
        key("y", "photo-taken", "Photo taken", "photo(True)", PHOTO_TAKEN, ASKED),
        key("Y", "photo-later", "Photo later", "photo(False)", PHOTO_LATER, ASKED),
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012

    def body(self) -> ComposeResult:
        """The table; its card below it, or beside it where there is room; the line."""
        yield PhotoQuestion(self.fresh).data_bind(SessionScreen.session)
        with Horizontal(id="record-wall"):
            yield framed(ActivityTable(self.fresh), "Activities").data_bind(SessionScreen.session)
            beside = framed(ActivityCard(id="card-beside"), "This post-it")
            yield beside.data_bind(SessionScreen.session)
        with Vertical(id="record-below"):
            yield ReviewProgress(self.fresh).data_bind(SessionScreen.session)
            yield ActivityCard(id="card-below").data_bind(SessionScreen.session)
            yield PostItLine(self.fresh, beside).data_bind(SessionScreen.session)

    @property
    def cursor(self) -> ActivityTable:
        """The table."""
        return self.query_one(ActivityTable)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or where work is to be done."""
        self.cursor.focus()
        waiting = next_unconfirmed(self.session, "")
        self.cursor.go_to(self.place or (waiting.id if waiting else ""))

    def action_photo(self, taken: bool) -> None:
        """Answer whether there is a photo of the wall."""
        question = self.query_one(PhotoQuestion)
        (question.yes if taken else question.later)()

    def moved(self, found: RecordList) -> None:
        """The cards follow the cursor."""
        for card in self.query(ActivityCard):
            card.look_at(found.key)

    def on_activity_table_looked(self, event: ActivityTable.Looked) -> None:
        """The cards say where it leads for the tier that is looked through."""
        event.stop()
        for card in self.query(ActivityCard):
            card.look_through(event.view)
