"""Home: the three parts of the afternoon, what is done in each, and the time."""

import datetime as dt
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offwall.model.records import ActionKind, ActionStatus, Session, say_date
from offwall.model.records.text import counted
from offwall.tui.kit import SessionScreen, plain
from offwall.tui.kit.frame import minutes_text
from offwall.tui.kit.keys import Need, foot, key, keys
from offwall.tui.kit.messages import Go, Say
from offwall.tui.kit.session_app import app_state

TITLE = 34
"""Cells for the name of a part: its time stands beside it on 60 columns, too."""

INDENT = 4
"""Columns before what is done in a part: its key stands there."""

MARGIN = 3
"""Columns beside the list, and one that its scrollbar may take."""

HomePart = tuple[str, str, str, str]
"""A part of the afternoon: its key, its title, its time, what is done in it."""

LOW_SCREEN = 24
"""Lines below which the parts stand without an empty line between them."""

AGAIN_LEAVES = "q once more leaves; all is saved."
HOME_CHOICES = ("topic", "record", "plan", "setup")

THEIRS = Need(lambda screen: screen.session.clashes, hides=True)
AGAIN = Need(lambda screen: screen.session.earlier is not None, hides=True)


class HomeScreen(SessionScreen, inherit_bindings=False):
    """Where the afternoon starts, and where one comes back to between its parts."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "home",
        foot("1", "topic", "Part 1", "go('topic')", "Consider a topic"),
        foot("2", "record", "Part 2", "go('record')", "Review and record"),
        foot("3", "plan", "Part 3", "go('plan')", "Next steps and plan"),
        foot("0", "setup", "Set up", "go('setup')", "Workshop, people, roles"),
        foot("C", "close", "Close down", "go('close')", "What is still open"),
        foot("E", "export", "Export", tooltip="Write what leaves: everything, or the workbook"),
        foot("p", "park", "Park", tooltip="Park a thought for later"),
        foot("T", "clashes", "Theirs", "go('clashes')", "What two said differently", THEIRS),
        foot("B", "again", "Last time", "go('again')", "What is left from last time", AGAIN),
        key("j", "down", "Down"),
        key("k", "up", "Up"),
        foot("q", "leave", "Leave", "", "Leave, by a second q; all is saved"),
    )

    def body(self) -> ComposeResult:
        """The heading of the workshop, and the four ways on."""
        yield Static(id="home-workshop")
        yield OptionList(id="home-ways", compact=True)
        yield Static(id="home-next")

    def watch_session(self) -> None:
        """Say again what is done; out of sight, when one comes back to it."""
        if self.is_mounted and self.is_current:
            self._say()

    def on_screen_resume(self) -> None:
        """Say what was done meanwhile."""
        self._say()

    def on_resize(self) -> None:
        """Lines may be closer together now, or further apart."""
        self._say()

    def _say(self) -> None:
        self.query_one("#home-workshop", Static).update(_workshop(self.session))
        today = self.fresh.today()
        self.query_one("#home-next", Static).update(Content(what_next(self.session, today)))
        ways = self.query_one(OptionList)
        parts = [_part_1(self.session), _part_2(self.session), _part_3(self.session)]
        room = max(self.app.size.width - INDENT - MARGIN, 1)
        options = [_part_lines(*part, room) for part in (*parts, _set_up(self.session))]
        if self.app.size.height < LOW_SCREEN:
            options = [option.rstrip() for option in options]
        if not ways.option_count:
            ways.add_options([Option(option) for option in options])
            ways.highlighted = 0 if self.session.stages else 3
        for index, option in enumerate(options):
            ways.replace_option_prompt_at_index(index, option)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes where the cursor stands."""
        event.stop()
        self.action_go(HOME_CHOICES[event.option_index])

    async def action_leave(self) -> None:
        """Leave where the status line still asks for a second q."""
        if app_state(self).said == (AGAIN_LEAVES, False):
            await self.run_action("app.leave")
        else:
            self.post_message(Say(AGAIN_LEAVES))

    def action_go(self, screen: str) -> None:
        """Go to a part."""
        self.post_message(Go(screen))

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()


def what_next(session: Session, today: dt.date) -> str:
    """What a facilitator would do now."""
    if session.clashes:
        return f"Press T: {counted(len(session.clashes), 'field')} said differently by two."
    if left := _left_over(session, today):
        return f"Press B: {counted(left, 'thing')} left over from last time to go through."
    if not session.stages:
        return "Press 0 and name the stages that run across your wall; then 2 to record."
    if not session.activities:
        return "Press 2, then n, and type the first post-it. Or 1 for the specialist topic."
    waiting = sum(not (a.confirmed or a.open_point) for a in session.activities)
    if waiting:
        return f"Press 2: {counted(waiting, 'activity', 'activities')} still to confirm."
    return (
        "All is reviewed. Press 1 to take a topic up again, now with its figures; "
        "3 for next steps and the plan; C to close down and write everything."
    )


def _left_over(session: Session, today: dt.date) -> int:
    """How many things of the session before are still to go through."""
    if session.earlier is None:
        return 0
    # Nothing of it is loaded where there was no session before.
    from offwall.model.review.second_session import left_over

    return sum(not one.gone_through for one in left_over(session, today))


def _workshop(session: Session) -> Content:
    workshop = session.workshop
    facts = [
        workshop.council,
        workshop.process if workshop.process != workshop.title else "",
        say_date(workshop.date) if workshop.date else "",
        _after(session),
        workshop.marking,
    ]
    title = plain(workshop.title) or "New session"
    return Content.assemble(
        (title, "bold"), "\n", " · ".join(plain(fact) for fact in facts if fact)
    )


def _after(session: Session) -> str:
    """Which session this one follows, by its date."""
    if session.earlier is None:
        return ""
    date = session.earlier.date
    return f"follows the session of {say_date(date)}" if date else "follows an earlier session"


def _part_lines(key: str, title: str, time: str, done: str, room: int) -> Content:
    """A part in lines: what is done in it goes on under its own beginning."""
    return Content.assemble(
        (f" {key}  ", "bold"),
        (f"{title:<{TITLE}}", "bold"),
        time,
        *(f"\n{' ' * INDENT}{line}" for line in wrap(done, room)),
        "\n",
    )


def _part_1(session: Session) -> HomePart:
    parked = sum(issue.parked for issue in session.issues)
    improvements = [a for a in session.actions if a.kind is ActionKind.IMPROVEMENT]
    scored = sum(a.impact is not None and a.effort is not None for a in improvements)
    done = [
        counted(len(session.topics), "topic") + " explored",
        counted(len(session.issues), "issue") + (f" ({parked} parked)" if parked else ""),
        counted(len(improvements), "action") + (f" ({scored} scored)" if improvements else ""),
    ]
    time = minutes_text(session, "topic")
    return "1", "Consider a specialist topic", time, ", ".join(done)


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
    time = minutes_text(session, "record")
    return "2", "Review and record activity", time, ", ".join(done)


def _part_3(session: Session) -> HomePart:
    open_actions = [
        action
        for action in session.actions
        if action.status not in (ActionStatus.DONE, ActionStatus.DROPPED)
    ]
    ready = sum(bool(action.owner and action.due) for action in open_actions)
    filed = sum(bool(photo.path) for photo in session.photos)
    done = [
        f"{counted(len(open_actions), 'action')} to do",
        f"{ready} with owner and date",
        f"{counted(filed, 'photo')} filed" if filed else "no photo filed yet",
    ]
    return "3", "Next steps and action plan", minutes_text(session, "plan"), ", ".join(done)


def _set_up(session: Session) -> HomePart:
    done = [
        counted(len(session.stages), "stage"),
        counted(len(session.roles), "role"),
        counted(len(session.people), "person", "people"),
        counted(len(session.meetings), "meeting"),
    ]
    return "0", "Set up", "", ", ".join(done)
