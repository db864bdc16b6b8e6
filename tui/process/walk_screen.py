"""The walk: a path through the process read aloud, its steps, and the ways on at each decision."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from offwall.model.process import EdgeKind
from offwall.model.process.graph import start_activity
from offwall.model.process.walk import ProcessWalk, WalkEnd, read_through, tier_view
from offwall.model.records import Session
from offwall.model.records.fields import NO_ACTIVITY, NO_TIER, ActivityId, TierCode
from offwall.model.records.text import counted, plain
from offwall.model.records.uses import role_name
from offwall.model.review.filter import next_tier
from offwall.tui.kit import ListCell, ListRow, RecordList, Say, SessionScreen
from offwall.tui.kit.keys import Here, Need, foot, key, keys
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.session_screen import back
from offwall.tui.process.activity_card import NO_TIERS, answer_text, route_nowhere, route_place
from offwall.tui.process.activity_commands import HAS_TIERS

# What a walk says: how far it has come, what it asks, and why it ends where it ends.

ENDLESS_LOOP = (
    "Nothing on the way asks a question: a loop with no way out. Give one of them an answer."
)


def walk_summary(session: Session, reading: ProcessWalk, tier: TierCode) -> str:
    """Where the walk began, and what it counted so far."""
    if not reading.steps:
        return ""
    begun = session.ref_by_id[reading.steps[0].activity.id]
    place = f"{session.tier_name(tier)}, from" if tier else "From"
    counts = [
        counted(len(reading.steps), "step"),
        counted(reading.hand_offs, "hand-off") + " (»)",
        counted(reading.rounds, "loop"),
    ]
    return f"{place} {begun}: {', '.join(counts)}"


def walk_question(session: Session, reading: ProcessWalk) -> str:
    """The question that the walk stands at, or why it goes no further."""
    if not reading.steps:
        return ""
    step = reading.steps[-1]
    ref = session.ref_by_id[step.activity.id]
    if reading.stop is WalkEnd.ASKED:
        before = f"You were here before ({ordinal(step.time)} time): " if step.time > 1 else ""
        return before + _question_text(session, reading)
    if step.taken is None:
        return ""
    if reading.stop is WalkEnd.END:
        return f"The end, after {ref}."
    if reading.stop is WalkEnd.ROUND:
        return f"{ref} leads back to {route_place(session, step.taken)}. {ENDLESS_LOOP}"
    return f"Dead end at {ref}: {route_nowhere(step.taken)}"


def _question_text(session: Session, reading: ProcessWalk) -> str:
    activity = reading.steps[-1].activity
    ref = session.ref_by_id[activity.id]
    if reading.steps[-1].ways[0].kind is EdgeKind.RETURN:
        return f"{ref} is the last of a cycle: round again, or on?"
    who = activity.decided_by or activity.accountable
    decides = f" ({role_name(session, who)} decides)" if who else ""
    return f"{ref} {activity.decision or activity.text}{decides}"


def ordinal(number: int) -> str:
    """A number as the time that it is: ``2nd``."""
    special = {1: "st", 2: "nd", 3: "rd"}
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else special.get(number % 10, 'th')}"


# The path and its answers.

STEP_COLUMNS = (
    FittedColumn("hand-off", "", 1),
    FittedColumn("ref", "Ref", 6),
    FittedColumn("text", "Activity"),
    FittedColumn("lead", "Lead", 22, 26),
    FittedColumn("time", "Time", 4),
    FittedColumn("answer", "Answer", 14, 28),
)
ROUTE_COLUMNS = (
    FittedColumn("number", "", 2),
    FittedColumn("answer", "Answer", 24, 60, whole=True),
    FittedColumn("to", "Leads to"),
)
NOTHING_TO_WALK = "There is nothing to walk here. Press q, then n, and type the first post-it."


class StepList(RecordList, can_focus=False):
    """The path so far, one step a line; the cursor stays at its end."""

    LINES = 3

    def __init__(self) -> None:
        super().__init__(STEP_COLUMNS, empty=NOTHING_TO_WALK, id="steps")
        self._session = Session()
        self._reading = ProcessWalk((), WalkEnd.NOTHING)

    def read(self, session: Session, reading: ProcessWalk, banner: str) -> None:
        """Show a path."""
        self._session, self._reading = session, reading
        self.show_banner(banner)
        self.rebuild()

    def rebuild(self) -> None:
        """Make a row of every step; the time is said where one comes again."""
        again = any(step.time > 1 for step in self._reading.steps)
        self.take_columns([one for one in STEP_COLUMNS if again or one.name != "time"])
        rows = [self._row_of(place) for place in range(len(self._reading.steps))]
        self.show(rows, cursor=rows[-1].key if rows else None)

    def _row_of(self, place: int) -> ListRow:
        step = self._reading.steps[place]
        lead = step.activity.lead
        handed = self._reading.handed_over(place)
        cells: dict[str, ListCell] = {
            "hand-off": ("»", "open") if handed else "",
            "ref": (self._session.ref_by_id[step.activity.id], "muted"),
            "text": step.activity.text,
            "lead": (role_name(self._session, lead), "lead") if lead else ("lead?", "wrong"),
            "time": (ordinal(step.time), "open") if step.time > 1 else "",
            "answer": answer_text(step.taken) if step.taken and len(step.ways) > 1 else "",
        }
        return self.row(str(place), cells)


TAKE = "Take the answer with that number"


def _answer(number: int) -> Need:
    return Need(lambda at: len(at.rows) >= number, "There is no answer with that number.")


AT_THE_END, ALL_WALKED = "b takes the last answer back, q leaves the walk.", "q leaves the walk."


class RouteList(RecordList):
    """The ways on, by number."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "walk",
        foot("enter", "choose", "Go on", "", "Take this answer, go on", _answer(1)),
        *(key(str(n), f"take-{n}", "Answer", f"take({n})", TAKE, _answer(n)) for n in range(1, 10)),
        key("pageup", "up", "Steps up", "screen.scroll(-1)"),
        key("pagedown", "down", "Steps down", "screen.scroll(1)"),
    )

    def __init__(self) -> None:
        super().__init__(ROUTE_COLUMNS, id="ways")

    def ask(self, session: Session, reading: ProcessWalk) -> None:
        """Show the answers to choose from."""
        ways = reading.steps[-1].ways if reading.stop is WalkEnd.ASKED else ()
        rows = [
            ListRow(str(n), (f"{n + 1}", answer_text(way), route_place(session, way)))
            for n, way in enumerate(ways)
        ]
        self.empty = AT_THE_END if reading.answered else ALL_WALKED
        self.show(rows, cursor="0")

    def here(self) -> "RouteList":
        """It has no commands; its keys need answers."""
        return self

    def rebuild(self) -> None:
        """Show the same answers in other columns."""
        self.show(self.rows)

    def action_take(self, number: int) -> None:
        """Take the answer with a number."""
        self.stand_on(str(number - 1))
        self.action_choose()


# The walk: a path through the process read aloud, an answer at each decision.


BEGIN = "Begin where the cursor stood in the table, or at the start again"
ANSWERED = Need(lambda at: at.view.answers, "No answer was given yet.")
ELSEWHERE = Need(lambda at: at.view.elsewhere, "It begins there already.")


class WalkScreen(SessionScreen):
    """The steps so far; below them what is asked, and the answers. It changes nothing."""

    TITLE = "2 Walk"
    PART = "record"
    CSS_PATH = "walk_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "walk",
        key("escape", "back", "Back", back, ""),
        foot("b,backspace", "take-back", "Answer back", "", "Take the last answer back", ANSWERED),
        foot("R", "begin", "Other start", "", BEGIN, ELSEWHERE),
        foot("t", "tier", "Tier", "", "Walk the process of the next tier", HAS_TIERS),
    )

    answers: tuple[int, ...] = ()
    _first = ""
    _standing = NO_ACTIVITY
    _tier = NO_TIER

    def body(self) -> ComposeResult:
        """The path, the question and its answers."""
        yield StepList()
        yield Static(id="walk-asked")
        yield RouteList()

    def on_mount(self) -> None:
        """Begin at the start."""
        self.query_one(RouteList).focus()
        self._read()

    def watch_session(self) -> None:
        """Read the path again: what it leads through may have changed."""
        if self.is_mounted:
            self._read()

    def here(self) -> Here:
        """Its keys need to know of the walk."""
        return replace(super().here(), view=self)

    def standing_on(self) -> ActivityId:
        """The activity that the path has come to."""
        return self._standing

    @property
    def view_said(self) -> tuple[str, ...]:
        """Where it begins, the tier, and the answers so far."""
        return (self._first, self._tier, *map(str, self.answers))

    def take_view(self, said: Sequence[str]) -> None:
        """Go the same way."""
        first, tier, *answers = said or ("", "")
        self._first = first
        known = (one.code for one in self.session.tiers if one.code == tier)
        self._tier = next(known, NO_TIER)
        self.answers = tuple(int(answer) for answer in answers if answer.isdecimal())
        self._read()

    def _read(self) -> None:
        first = self._first if self._first in self.session.activity_by_id else ""
        view = tier_view(self.session, self._tier) if self._tier else None
        reading = read_through(self.session, self.answers, first, view)
        self.answers = self.answers[: reading.answered]
        self._standing = reading.steps[-1].activity.id if reading.steps else NO_ACTIVITY
        banner = walk_summary(self.session, reading, self._tier)
        self.query_one(StepList).read(self.session, reading, banner)
        self.query_one(RouteList).ask(self.session, reading)
        self.query_one("#walk-asked", Static).update(
            Content(plain(walk_question(self.session, reading))), layout=False
        )
        self.refresh_bindings()

    @property
    def elsewhere(self) -> str:
        """The activity to begin at instead: where the cursor stood, or the start."""
        here = self.place if self.place in self.session.activity_by_id else ""
        beginning = start_activity(self.session)
        return beginning if self._first else here if here != beginning else ""

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        """Take an answer and go on."""
        event.stop()
        if isinstance(event.sender, RouteList):
            self.answers = (*self.answers, int(event.key))
            self._read()

    def action_take_back(self) -> None:
        """Take the last answer back."""
        self.answers = self.answers[:-1]
        self._read()

    def action_begin(self) -> None:
        """Begin elsewhere."""
        self._first = "" if self._first else self.place
        self.answers = ()
        self._read()

    def action_tier(self) -> None:
        """Walk the process of the next tier; after the last, the whole one."""
        if not self.session.tiers:
            self.post_message(Say(NO_TIERS))
            return
        self._tier = next_tier(self.session, self._tier)
        self.answers = ()
        self._read()

    def action_scroll(self, direction: int) -> None:
        """Look at the steps further up or down."""
        self.query_one(StepList).action_page(direction)
