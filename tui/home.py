"""Home: the three parts of the afternoon, what is done in each, and the time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offwall.model.records import ActionKind, Session, say_date
from offwall.model.records.text import counted, plain
from offwall.model.review.progress import LIVE, stage_counter
from offwall.tui.kit import SessionScreen
from offwall.tui.kit.frame import framed, minutes_text, minutes_used
from offwall.tui.kit.keys import Here, Need, Outcome, foot, key, keys, looks
from offwall.tui.kit.messages import Go, LeaveWanted, ProjectedTold
from offwall.tui.kit.row_view import flowing
from offwall.tui.kit.session_screen import export, park_thought
from offwall.tui.kit.session_widget import app_state, follow

TITLE = 29
"""Cells for the name of a part: its time stands beside it on 60 columns, too."""

INDENT, MARGIN = 4, 6
"""Columns before what is done in a part, for its key; those beside the list, and its scrollbar."""

HomePart = tuple[str, str, str, list[str]]
"""A part of the afternoon: its key, its title, its time, what is done in it."""

PARTS_BESIDE = 49
"""Cells of the parts where the progress stands beside them."""

BAR, SHORT_BAR = 28, 7
"""The most and the fewest cells of a bar of progress."""

FRAME = 6
"""Columns that a frame takes, with the space within it and to either side."""

MOST_STAGES, MOST_OPEN = 14, 6
"""Stages and open points that are listed at the most; the count of the others follows."""

PARTS_TIMED = (("Part 1", "topic"), ("Part 2", "record"), ("Part 3", "plan"))
CONFIRMED, LEFT_OPEN, TO_GO = ("█", "$text-success"), ("▒", "$text-warning"), ("░", "$text-muted")
"""What a bar is drawn with, each seen without its colour too."""

WIDE = 120
"""Columns from which there is room for the progress."""

PROJECTED_QUESTION = Content.assemble(
    "Is this screen projected?  ", ("y", "bold"), " yes  ", ("Y", "bold"), " no"
)

LOW_SCREEN = 24
"""Lines below which the parts stand without an empty line between them."""

AGAIN_LEAVES = "q once more leaves; all is saved."
HOME_CHOICES = ("topic", "record", "plan", "setup")


@dataclass(frozen=True, slots=True)
class HomeView:
    """Whether it is to be asked if the screen is projected, and whether q was just pressed."""

    asks: bool
    leaving: bool


@looks
def go(at: Here, _: object, to: str) -> Outcome:
    """Go to a screen."""
    return Outcome(post=Go(to))


@looks
def tell_projected(at: Here, _: object, *, projected: bool) -> Outcome:
    """Say whether this screen is projected."""
    return Outcome(post=ProjectedTold(projected))


@looks
def leave(at: Here, _: object) -> Outcome:
    """Leave, by a second q; all is saved."""
    return Outcome(post=LeaveWanted()) if at.view.leaving else Outcome(say=AGAIN_LEAVES)


THEIRS = Need(lambda at: at.session.clashes, hides=True)
AGAIN = Need(lambda at: at.session.earlier is not None, hides=True)
UNASKED = Need(lambda at: at.view.asks, hides=True)
PROJECTED_TOLD = "This screen is projected: take the colours made for it"
PLAIN_TOLD = "This screen is not projected: the colours stay"
IS_PROJECTED, IS_PLAIN = (partial(tell_projected, projected=told) for told in (True, False))
HOME_KEYS = keys(
    "home",
    foot("1", "topic", "Part 1", partial(go, to="topic"), "Consider a topic"),
    foot("2", "record", "Part 2", partial(go, to="record"), "Review and record"),
    foot("3", "plan", "Part 3", partial(go, to="plan"), "Next steps and plan"),
    foot("0", "setup", "Set up", partial(go, to="setup"), "Workshop, people, roles"),
    foot("C", "close", "Close down", partial(go, to="close"), "What is still open"),
    foot("E", "export", "Export", export),
    foot("p", "park", "Park", park_thought),
    foot("T", "clashes", "Conflicts", partial(go, to="clashes"), "Conflicts to settle", THEIRS),
    foot("B", "again", "Last time", partial(go, to="again"), "What is left from last time", AGAIN),
    key("y", "projected", "Projected", IS_PROJECTED, PROJECTED_TOLD, UNASKED),
    key("Y", "not-projected", "Not projected", IS_PLAIN, PLAIN_TOLD, UNASKED),
    key("j", "down", "Down"),
    key("k", "up", "Up"),
    foot("q", "leave", "Leave", leave),
)


class HomeScreen(SessionScreen, inherit_bindings=False):
    """Where the afternoon starts, and where one comes back to between its parts."""

    CSS_PATH = "home.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW_SCREEN, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = HOME_KEYS

    def body(self) -> ComposeResult:
        """The heading of the workshop, the four ways on, and how far it is beside them."""
        yield Static(id="home-workshop")
        with Horizontal(id="home-middle"):
            yield OptionList(id="home-ways", compact=True)
            with Vertical(id="home-progress"):
                yield framed(Static(id="home-stages"), "Stages")
                yield framed(Static(id="home-open"), "Open points")
                yield framed(Static(id="home-time"), "Time")
        yield Static(id="home-next")

    def on_mount(self) -> None:
        """The question goes when it is answered."""
        follow(self, lambda state: state.unasked, lambda _: self._say())

    @property
    def asks(self) -> bool:
        """Whether it is still to be asked if this screen is projected; the room is not asked."""
        state = app_state(self)
        return state.unasked and not state.showing

    def here(self) -> Here:
        """Nothing is stood on; what is asked, and whether one is about to leave."""
        leaving = app_state(self).said == (AGAIN_LEAVES, False)
        return replace(super().here(), view=HomeView(self.asks, leaving))

    def watch_session(self) -> None:
        """Say again what is done."""
        if self.is_mounted:
            self._say()

    def on_resize(self) -> None:
        """Lines may be closer together now, or further apart."""
        self._say()

    def _put(self, name: str, lines: Iterable[Content]) -> None:
        self.query_one(f"#home-{name}", Static).update(Content("\n").join(lines))

    def _say(self) -> None:
        session, (width, height) = self.session, self.app.size
        wide, low = width >= WIDE, height < LOW_SCREEN
        self._put("workshop", [_workshop(session, width)])
        lines = [PROJECTED_QUESTION] if self.asks else []
        if not (lines and low):
            lines.append(Content(what_next(session, self.fresh.today())))
        self._put("next", lines)
        if wide:
            beside = width - PARTS_BESIDE - FRAME
            self._put("stages", stage_lines(session, beside))
            self._put("open", open_lines(session, beside))
            self._put("time", time_lines(session))
        ways = self.query_one(OptionList)
        parts = (_part_1(session), _part_2(session), _part_3(session), _set_up(session))
        room = max((PARTS_BESIDE if wide else width) - INDENT - MARGIN, 1)
        options = [_part_lines(*part, room) for part in parts]
        if low:
            options = [option.rstrip() for option in options]
        if not ways.option_count:
            ways.add_options([Option(option) for option in options])
            ways.highlighted = 0 if session.stages else 3
        for index, option in enumerate(options):
            ways.replace_option_prompt_at_index(index, option)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes where the cursor stands."""
        event.stop()
        self.action_run(f"home.{HOME_CHOICES[event.option_index]}")

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()


def what_next(session: Session, today: dt.date) -> str:
    """What a facilitator would do now."""
    if session.clashes:
        number = counted(len(session.clashes), "conflict")
        return f"Press T: {number} to settle, where two people changed one thing."
    if session.earlier:
        # Nothing of it is loaded where there was no session before.
        from offwall.model.review.second_session import left_over

        if left := sum(not one.gone_through for one in left_over(session, today)):
            return f"Press B: {counted(left, 'thing')} left over from last time to go through."
    if not session.stages:
        return "Press 0 and name the stages that run across your wall; then 2 to record."
    if not session.activities:
        return "Press 2, then n, and type the first post-it. Or 1 for the specialist topic."
    waiting = sum(not (a.confirmed or a.open_point) for a in session.activities)
    if waiting:
        return f"Press 2: {counted(waiting, 'activity', 'activities')} still to confirm."
    return (
        "All is reviewed. Press 1 for the topics, now with their figures; "
        "3 for next steps and the plan; C to close down and write everything."
    )


def stage_lines(session: Session, width: int) -> Iterator[Content]:
    """A bar for each stage, its figures beside it, and a line that says what is drawn how."""
    counts = [stage_counter.of(session, stage.id) for stage in session.stages]
    if not counts:
        yield Content.styled("No stage yet.", "$text-muted")
        return
    most = max(count.activities for count in counts)
    figures = ("confirmed", "open", "to fill")
    room = width - sum(len(title) + 2 for title in figures) - 1
    called = [plain(f"{stage.id} {stage.name}") for stage in session.stages]
    name = max(12, min(max(map(cell_len, called)), room - SHORT_BAR))
    cells = max(SHORT_BAR, room - name)
    heads = "  ".join(figures)
    yield Content.styled(f"{'':{name + 1 + cells}}  {heads}", "$text-muted")
    for said, count in list(zip(called, counts, strict=True))[:MOST_STAGES]:
        parts = ((count.confirmed, CONFIRMED), (count.open, LEFT_OPEN), (count.to_go, TO_GO))
        numbers = zip((count.confirmed, count.open, count.to_fill), figures, strict=True)
        yield Content.assemble(
            Content(said).truncate(name, ellipsis=True, pad=True),
            " ",
            *bar(parts, most, cells),
            *(f"  {number or '-':>{len(title)}}" for number, title in numbers),
        )
    if rest := counts[MOST_STAGES:]:
        yield Content.styled(f"and {counted(len(rest), 'more stage')}", "$text-muted")
    marks = zip((CONFIRMED, LEFT_OPEN, TO_GO), ("confirmed", "open", "to confirm"), strict=True)
    signs = (Content.assemble(mark, f" {word}   ") for mark, word in marks)
    yield Content("").join(signs)


def bar(
    parts: Iterable[tuple[int, tuple[str, str]]], most: int, cells: int
) -> Iterator[tuple[str, str]]:
    """A bar of ``cells`` for ``most``, in parts: how many of each, and what it is drawn with."""
    begins, so_far = 0, 0
    for number, (sign, look) in parts:
        so_far += number
        ends = round(min(so_far, most) * cells / max(most, 1))
        yield sign * (ends - begins), look
        begins = ends
    yield " " * (cells - begins), ""


def open_lines(session: Session, width: int) -> Iterator[Content]:
    """What the group left open, each under its place."""
    found = [activity for activity in session.in_order if activity.open_point]
    if not found:
        yield Content.styled("None.", "$text-muted")
    for activity in found[:MOST_OPEN]:
        ref = session.ref_by_id[activity.id]
        hang = " " * (len(ref) + 2)
        first, *rest = wrap(plain(activity.open_point), max(width - len(hang), 1)) or [""]
        said = "".join(f"\n{hang}{line}" for line in rest)
        yield Content.assemble((ref, "bold"), "  ", first, said)
    if rest_of := found[MOST_OPEN:]:
        yield Content.styled(f"and {len(rest_of)} more", "$text-muted")


def time_lines(session: Session) -> Iterator[Content]:
    """How much of each part's time is used."""
    for title, part in PARTS_TIMED:
        used, planned = minutes_used(session, part)
        over = used > planned
        spent = ("█", "$text-warning" if over else "$text-primary")
        said = minutes_text(session, part) + (f", {used - planned} over" if over else "")
        drawn = bar(((used, spent), (planned - used, TO_GO)), planned, BAR)
        yield Content.assemble(f"{title}  ", *drawn, f"  {said}")


def _workshop(session: Session, width: int) -> Content:
    workshop, after = session.workshop, ""
    if earlier := session.earlier:
        which = f"the session of {say_date(earlier.date)}" if earlier.date else "an earlier session"
        after = f"follows {which}"
    facts = (
        workshop.council,
        workshop.process if workshop.process != workshop.title else "",
        say_date(workshop.date) if workshop.date else "",
        after,
        workshop.marking,
    )
    title = plain(workshop.title) or "New session"
    said = flowing((Content(plain(fact)) for fact in facts if fact), " · ", width - MARGIN)
    return Content.assemble((title, "bold"), "\n", said)


def _part_lines(key: str, title: str, time: str, done: list[str], room: int) -> Content:
    """A part in lines: what is done in it goes on under its own beginning."""
    lines = (f"\n{' ' * INDENT}{line}" for line in wrap(", ".join(done), room))
    return Content.assemble((f" {key}  {title:<{TITLE}}", "bold"), time, *lines, "\n")


def _part_1(session: Session) -> HomePart:
    parked = sum(issue.parked for issue in session.issues)
    improvements = [a for a in session.actions if a.kind is ActionKind.IMPROVEMENT]
    scored = sum(a.impact is not None and a.effort is not None for a in improvements)
    done = [
        counted(len(session.topics), "topic") + " explored",
        counted(len(session.issues), "issue") + (f" ({parked} parked)" if parked else ""),
        counted(len(improvements), "action") + (f" ({scored} scored)" if improvements else ""),
    ]
    return "1", "Consider a specialist topic", minutes_text(session, "topic"), done


def _part_2(session: Session) -> HomePart:
    activities = session.activities
    confirmed = sum(activity.confirmed for activity in activities)
    open_points = sum(bool(activity.open_point) for activity in activities)
    done = [
        f"{counted(len(activities), 'activity', 'activities')} "
        f"in {counted(len(session.stages), 'stage')}",
        f"{confirmed} confirmed",
        *([counted(open_points, "open point")] if open_points else []),
    ]
    return "2", "Review and record activity", minutes_text(session, "record"), done


def _part_3(session: Session) -> HomePart:
    to_do = [action for action in session.actions if action.status in LIVE]
    ready = sum(bool(action.owner and action.due) for action in to_do)
    filed = sum(bool(photo.path) for photo in session.photos)
    done = [
        f"{counted(len(to_do), 'action')} to do",
        f"{ready} with owner and date",
        f"{counted(filed, 'photo')} filed" if filed else "no photo filed yet",
    ]
    return "3", "Next steps and action plan", minutes_text(session, "plan"), done


def _set_up(session: Session) -> HomePart:
    done = [
        counted(len(session.stages), "stage"),
        counted(len(session.roles), "role"),
        counted(len(session.people), "person", "people"),
        counted(len(session.meetings), "meeting"),
    ]
    return "0", "Set up", "", done
