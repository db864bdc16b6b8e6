"""Part 2: the wall's table, an activity's card, the line, the progress, a photo asked for."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from offwall.model.records import Session, say_date
from offwall.model.records.fields import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Photo
from offwall.model.review import next_unconfirmed
from offwall.model.review.progress import StageCount, Times, done_by, stage_counter, timed
from offwall.model.setup.photos import (
    asks_for_wall_photo,
    name_taker,
    new_photo_id,
    wall_photo_later,
    wall_photo_taken,
)
from offwall.tui.kit import Context, Field, RecordList, SessionScreen, SessionWidget
from offwall.tui.kit.frame import framed
from offwall.tui.kit.keys import Here, Need, Outcome, ask_one, key, keys
from offwall.tui.kit.messages import PhotoQuestionAsked
from offwall.tui.kit.session_screen import park_thought
from offwall.tui.kit.session_widget import app_state
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.process.activity_commands import LineWanted
from offwall.tui.process.activity_table import ActivityTable, said_counts, stage_counts
from offwall.tui.process.pasted_lines import LinePlace
from offwall.tui.process.post_it_line import PostItLine

if TYPE_CHECKING:
    from offwall.tui.process.wall_screen import ActivityWall

# What any screen of the activities does with the line under them.


class LineScreen(SessionScreen):
    """Takes the line up where the cursor stands, and comes back to what it made."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-middle"), (30, "-tall")]  # noqa: RUF012

    @property
    def cursor(self) -> "ActivityTable | ActivityWall":
        """Where the activities are gone about on."""
        raise NotImplementedError

    def come_back(self, place: str) -> None:
        """Stand where the other view stood."""
        self.cursor.go_to(place)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return one.id if (one := self.cursor.record) else NO_ACTIVITY

    def on_line_wanted(self, event: LineWanted) -> None:
        """Take the line up where the cursor stands."""
        event.stop()
        self.add_class("-typing")
        place = self._line_place(event.mode)
        self.query_one(PostItLine).open(place, event.prefix, event.several)

    def _line_place(self, mode: str) -> LinePlace:
        if one := self.cursor.record:
            return LinePlace(mode, one.id, one.stage)
        stage = self.cursor.stage or self.session.stages[0].id
        column = self.session.by_stage[stage]
        mode, beside = ("before", column[0].id) if column else ("new", NO_ACTIVITY)
        return LinePlace(mode, beside, stage)

    def on_post_it_line_kept(self, event: PostItLine.Kept) -> None:
        """Stand on what was kept; an edit goes back to the list."""
        event.stop()
        self.cursor.again = event.same or self.cursor.again
        if event.activity:
            self.cursor.go_to(event.activity)
        if not event.more:
            self.on_typed_line_closed()

    def on_typed_line_closed(self) -> None:
        """Back to the list."""
        self.remove_class("-typing")
        self.cursor.focus()


# How far the review is, in one line.

WIDE_COUNTS = 90
"""Cells from which the line has room to say what was read, too."""


def wall_counts(count: StageCount, width: int) -> str:
    """The counts of the whole wall, for a line of some width."""
    if width >= WIDE_COUNTS or not count.confirmed:
        return stage_counts(count)
    confirmed = f"{count.confirmed:,} of {count.activities:,} confirmed"
    return ", ".join([confirmed, *said_counts(count)[1:]])


def to_go_text(count: StageCount, done: dt.datetime | None, now: dt.datetime) -> str:
    """What is still to go, and until when at this pace, once there is one."""
    if not count.to_go:
        return "all reviewed"
    to_go = f"{count.to_go:,} to go"
    if done is None:
        return to_go
    day = "" if done.date() == now.date() else f" on {say_date(done.date())}"
    return f"{to_go}, at this pace done by {done:%H:%M}{day}"


class ReviewProgress(SessionWidget, Widget):
    """One line: the counts to the left; to the right what is to go, and until when."""

    DEFAULT_CSS = """
    ReviewProgress { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    counted: reactive[StageCount] = reactive(StageCount())
    right: reactive[str] = reactive("")

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self._now = fresh.now
        self._times: Times = {}

    def watch_session(self, before: Session, session: Session) -> None:
        """Count again, and time what was settled just now."""
        now = self._now()
        self._times = timed(self._times, before, session, now)
        self.counted = stage_counter.total(session)
        done = done_by(self._times.values(), self.counted.to_go, now)
        self.right = to_go_text(self.counted, done, now) if session.activities else ""

    def render(self) -> RenderResult:
        """The counts, cut where the line is short; what is to go never is."""
        if not self.counted.activities:
            return Content("")
        width = self.size.width
        room = max(0, width - len(self.right) - 2)
        counts = wall_counts(self.counted, width)
        if any(
            activity.sequence_was_confirmed and not activity.confirmed
            for activity in self.session.activities
        ):
            mark = "; w: confirmed last time"
            counts += mark if room >= len(counts) + len(mark) else ""
        left = Content(counts).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(left, "  ", self.right)


# The line over part 2 that asks once for a photo of the wall: here the notes come off it.
#
# No dialog asks, for the next post-it may already be on its way: the line waits for one key, and
# stands in nobody's way until then.

ASK = "Notes come off the wall here. Was a photo of it taken?"
ASK_SHORT = "Photo of the wall taken?"
WHO = "The photo is on the list, to be filed in part 3."
WHO_SHORT = "The photo is to be filed."
WIDE_QUESTION = 78
"""Cells from which there is room for the longer words."""


class PhotoQuestion(SessionWidget, Widget):
    """Asks for the photo; then, once, who took it. It is there only while it asks."""

    DEFAULT_CSS = """
    PhotoQuestion {
        height: 1; padding: 0 1; display: none;
        color: $text-warning; background: $warning-muted;
    }
    PhotoQuestion.-asks { display: block; }
    """

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self._fresh = fresh
        self._silent = False
        self._made = ""
        self.asks = False

    def on_mount(self) -> None:
        """Ask, unless it was asked in this run, or nothing can be changed."""
        state = app_state(self)
        self._silent = bool(state.photo_asked or state.refused)
        self._look()
        if self.asks:
            self.post_message(PhotoQuestionAsked())

    @property
    def _nameless(self) -> Photo | None:
        """The photo that was said to be taken here, while nobody is named with it."""
        made = (photo for photo in self.session.photos if photo.id == self._made)
        return next((one for one in made if not (one.taken_by or one.path)), None)

    def watch_session(self, before: Session, session: Session) -> None:
        """Photos and the workshop say whether it is answered."""
        answered = before.photos is not session.photos or before.workshop is not session.workshop
        if answered and self.is_mounted:
            self._look()

    def _look(self) -> None:
        """Be there as long as there is something to answer."""
        asks = asks_for_wall_photo(self.session) or self._nameless is not None
        self.asks = asks and not self._silent
        self.set_class(self.asks, "-asks")
        self.refresh()

    def yes(self) -> None:
        """There is one: list it; asked again, say who took it."""
        if self._nameless:
            photo, names = self._nameless.id, [person.name for person in self.session.people]

            def keep(name: str) -> Outcome:
                return Outcome(f"Photo taken by {name}", lambda s: name_taker(s, photo, name))

            field = Field("taken_by", "Taken by", "", "Who has it, and will file it.", names)
            self.perform(ask_one("The photo of the wall", field, keep))
            return
        seed = self._fresh.seed()
        self._made = new_photo_id(seed)
        self.attempt_or_say(
            "Photo of the wall taken, to be filed", lambda s: wall_photo_taken(s, seed=seed)
        )

    def later(self) -> None:
        """There is none yet, or nobody says who took it."""
        if self._nameless:
            self._silent = True
            self._look()
        else:
            self.attempt_or_say("Photo of the wall: later", wall_photo_later)

    def render(self) -> RenderResult:
        """The question and its two keys."""
        wide = self.size.width >= WIDE_QUESTION
        if self._nameless:
            said, keys = WHO if wide else WHO_SHORT, (("y", "who took it"), ("Y", "not now"))
        else:
            said, keys = ASK if wide else ASK_SHORT, (("y", "yes"), ("Y", "later"))
        parts = [Content.assemble("  ", (key, "bold"), f" {words}") for key, words in keys]
        return Content.assemble(said, " ", *parts)


# The screen.

PHOTO_TAKEN = "A photo of the wall was taken; it stays on the list to be filed"
PHOTO_LATER = "The photo of the wall comes later"
ASKED = Need(lambda at: at.view, hides=True)


class RecordScreen(LineScreen):
    """The table of the wall, the card of one activity, and the line."""

    TITLE = "2 Review and record activity"
    PART = "record"
    CSS_PATH = ["line_screen.tcss", "record_screen.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "record",
        # Of what holds anywhere, the footer has room for the way out, undo, go to and help.
        key("p", "screen.park", "Park", park_thought),
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

    def here(self) -> Here:
        """Where one stands, and whether a photo of the wall is asked for."""
        asks = any(one.asks for one in self.query(PhotoQuestion))
        return replace(super().here(), view=asks)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, or where work is to be done."""
        self.cursor.focus()
        waiting = next_unconfirmed(self.session, "")
        self.cursor.go_to(self.place or (waiting.id if waiting else ""))

    def action_photo(self, taken: bool) -> None:
        """Answer whether there is a photo of the wall."""
        question = self.query_one(PhotoQuestion)
        (question.yes if taken else question.later)()

    def moved(self, records: RecordList) -> None:
        """The cards follow the cursor."""
        for card in self.query(ActivityCard):
            card.look_at(records.key)

    def on_activity_table_looked(self, event: ActivityTable.Looked) -> None:
        """The cards say where it leads for the tier that is looked through."""
        event.stop()
        for card in self.query(ActivityCard):
            card.look_through(event.view)
