"""The review's progress in words: a stage's counts in its heading, all of them in one line."""

import datetime as dt

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from offwall.model.records import Session, counted, say_date
from offwall.model.review.progress import StageCount, Times, done_by, stage_counter, timed
from offwall.tui.kit import Context, SessionWidget

WIDE_COUNTS = 90
"""Cells from which the line has room to say what was read, too."""


def stage_counts(found: StageCount) -> str:
    """The counts of a stage: ``6 discussed, 5 confirmed, 2 to fill``; nought is not said."""
    everything = counted(found.activities, "activity", "activities")
    if not found.read:
        read = everything
    elif found.read == found.activities:
        read = f"{found.read:,} discussed"
    else:
        read = f"{found.read:,} of {found.activities:,} discussed"
    return ", ".join([read, *_rest(found)])


def _rest(found: StageCount) -> list[str]:
    numbers = ((found.confirmed, "confirmed"), (found.open, "open"), (found.to_fill, "to fill"))
    return [f"{number:,} {words}" for number, words in numbers if number]


def wall_counts(found: StageCount, width: int) -> str:
    """The counts of the whole wall, for a line of some width."""
    if width >= WIDE_COUNTS or not found.confirmed:
        return stage_counts(found)
    confirmed = f"{found.confirmed:,} of {found.activities:,} confirmed"
    return ", ".join([confirmed, *_rest(found)[1:]])


def to_go_text(found: StageCount, done: dt.datetime | None, now: dt.datetime) -> str:
    """What is still to go, and until when at this pace, once there is one."""
    if not found.to_go:
        return "all reviewed"
    to_go = f"{found.to_go:,} to go"
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
        if any(one.sequence_was_confirmed and not one.confirmed for one in self.session.activities):
            counts += "; w: confirmed last time"
        left = Content(counts).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(left, "  ", self.right)
