"""The frame of what the room sees: a large head, one view that is led, the live line, the keys."""

from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from offwall.model.compare.log import RecentChanges
from offwall.model.records import Session
from offwall.tui.kit import Context, SessionWidget, plain
from offwall.tui.kit.frame import KeyBar, StatusLine, minutes_over, minutes_text
from offwall.tui.kit.keys import Need, foot, keys
from offwall.tui.kit.messages import Go, LookedAway
from offwall.tui.kit.session_app import session_app
from offwall.tui.projector.large_letters import draws_ascii, large_text, spaced_text
from offwall.tui.projector.show_views import ShownView

# The head of what the room sees: the workshop, the time, and where one is, in large letters.

LOW_SCREEN = 20
"""Lines of screen below which the heading takes one line."""


class ShowHeading(SessionWidget, Widget):
    """A line with the workshop and the clock, then the heading as large as it fits."""

    DEFAULT_CSS = """
    ShowHeading { height: 5; padding: 0 1; }
    ShowHeading.-low { height: 2; }
    """

    said: reactive[str] = reactive("")
    """The heading."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def watch_session(self) -> None:
        """Show the time, and what the workshop is called."""
        self.refresh()

    def on_resize(self) -> None:
        """Large letters need lines, too."""
        self.set_class(self.app.size.height < LOW_SCREEN, "-low")

    def render(self) -> RenderResult:
        """The line, and the heading."""
        width = max(1, self.size.width)
        return Content("\n").join(
            [_head_line(self.session, self._part, width), *self._heading(width)]
        )

    def _heading(self, width: int) -> list[Content]:
        said = plain(self.said)
        drawn = [] if self.has_class("-low") or draws_ascii(self.app) else large_text(said, width)
        # Between the small heading and the list is as much room as the large one takes.
        lines = drawn or (
            [spaced_text(said, width)] if self.has_class("-low") else ["", spaced_text(said, width)]
        )
        return [
            Content.styled(line, "bold $text-accent").truncate(width, ellipsis=True)
            for line in lines
        ]


def _head_line(session: Session, part: str, width: int) -> Content:
    time = minutes_text(session, part)
    late = minutes_over(session, part) > 0
    room = max(1, width - len(time) - 2)
    title = plain(session.workshop.title) or "New session"
    left = Content.styled(title, "bold").truncate(room, ellipsis=True, pad=True)
    return Content.assemble(left, "  ", (time, "bold $text-error" if late else "bold"))


# The line that the recorder is typing, while it is shared: in full, for the room to agree on.

MOST_LINES = 6
"""Lines of it that are shown; the end of a longer one is what is being typed."""

EDGE_CELLS = 4
"""Cells that the edges and the space beside the text take."""


class ShowLine(Widget):
    """A box above the counts; not there while nothing is shared."""

    DEFAULT_CSS = """
    ShowLine {
        height: auto; display: none; margin: 0 1; padding: 0 1;
        border: heavy $warning; border-title-color: $text-warning; border-title-style: bold;
        text-style: bold;
    }
    ShowLine.-shared { display: block; }
    """

    text: reactive[str] = reactive("", layout=True)

    def watch_text(self) -> None:
        """Be there while there is something."""
        self.border_title = "being typed"
        self.set_class(bool(self.text), "-shared")

    def render(self) -> RenderResult:
        """The line as typed, with the place where the next letter goes."""
        width = max(8, self.app.size.width - EDGE_CELLS - 2)
        lines = Content(plain(self.text) + "▏").wrap(width)
        return Content("\n").join(lines[-MOST_LINES:])


# The frame of all that the room sees: a large head, one view, the line, the counts, the keys.

FOLLOW = "Come back to what was kept last, and follow it"
ELSEWHERE = Need(lambda shown: not shown.following, "It follows already.")
LOOKING_ELSEWHERE = "You look elsewhere; 0 comes back to what was kept last."


class ShowScreen(SessionWidget, Screen[None]):
    """Follows what was kept last, until a key looks elsewhere."""

    PART: ClassVar[str] = "record"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "show",
        *(
            foot(pressed, mode, label, f"mode({mode!r})", tooltip)
            for pressed, mode, label, tooltip in (
                ("1", "topic", "Topic", "The topic of part 1"),
                ("2", "record", "Record", "The template as it fills"),
                ("3", "plan", "Plan", "The actions, their owners and their dates"),
                ("r", "raci", "RACI", "Who does what"),
                ("W", "wall", "Wall", "The wall, as on the paper"),
            )
        ),
        foot("0,escape", "follow", "Follow", "", FOLLOW, ELSEWHERE),
        foot("q", "leave", "Leave", "app.leave", "Leave; nothing was changed"),
    )

    last: reactive[RecentChanges] = reactive(RecentChanges(), init=False, repaint=False)
    line: reactive[str] = reactive("", init=False, repaint=False)
    following: reactive[bool] = reactive(True, init=False, repaint=False)

    def __init__(self, session: Session, last: RecentChanges, line: str, fresh: Context) -> None:
        super().__init__()
        self.set_reactive(ShowScreen.session, session)
        self.set_reactive(ShowScreen.last, last)
        self.set_reactive(ShowScreen.line, line)
        self.fresh = fresh
        self.shown = self.view()

    def compose(self) -> ComposeResult:
        """The frame; a mode gives its own middle by `view`."""
        yield ShowHeading(self.PART).data_bind(ShowScreen.session)
        yield self.shown.data_bind(ShowScreen.session)
        yield ShowLine().data_bind(text=ShowScreen.line)
        yield from self.below()
        yield StatusLine()
        yield KeyBar()

    def view(self) -> ShownView:
        """What lies in the middle."""
        raise NotImplementedError

    def below(self) -> ComposeResult:
        """What stands below the view."""
        yield from ()

    def wanted(self) -> str:
        """The record that was kept last, of those that are shown here."""
        return self.last.activity

    def heading(self) -> str:
        """What is said in large letters."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Stand where the work is."""
        self.shown.focus()
        self._stand()

    def watch_session(self) -> None:
        """What was kept last may have another place or name now."""
        self.call_later(self._stand)

    def watch_last(self) -> None:
        """Go there."""
        self.call_later(self._stand)

    def _stand(self) -> None:
        if self.following and self.wanted():
            with self.prevent(LookedAway):  # nobody here has chosen it
                self.shown.stand_on(self.wanted())
        self.query_one(ShowHeading).said = self.heading()

    def on_looked_away(self) -> None:
        """Somebody moved the view: where that is elsewhere, it stays there."""
        self.following = self.following and self.shown.key == self.wanted()
        self.query_one(ShowHeading).said = self.heading()

    def watch_following(self) -> None:
        """Say that one looks elsewhere."""
        session_app(self).say("" if self.following else LOOKING_ELSEWHERE)

    def action_follow(self) -> None:
        """Come back to what was kept last."""
        self.following = True
        self._stand()

    def action_mode(self, mode: str) -> None:
        """Show something else."""
        self.post_message(Go(mode))
