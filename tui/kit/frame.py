"""The frame of every screen: the heading, what says in full what is under the cursor, the status
line, and the footer of keys.

Textual's `Footer` makes a widget a key and composes them all anew whenever the bindings may have
changed: most of what a key costs. Each of these is one line, drawn again only when it reads
differently.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import RenderResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from offwall.model.records import Session
from offwall.model.records.changes import once
from offwall.model.records.text import plain, plain_lines
from offwall.model.setup.workshop import PLANNED_MINUTES
from offwall.tui.kit.row_view import hanging, within
from offwall.tui.kit.selection import MOVE_KEYS
from offwall.tui.kit.session_widget import SessionWidget, app_state, follow
from offwall.tui.terminal.textual_private import footer_bindings

if TYPE_CHECKING:
    from offwall.model.records.session import PartTime


def minutes_text(session: Session, part: str) -> str:
    """The time of a part, such as ``41 of 60 min``."""
    used, planned = minutes_used(session, part)
    return f"{used} of {planned} min"


def time_left(session: Session, part: str) -> str:
    """How much of a part's time is left, in a sentence."""
    used, planned = minutes_used(session, part)
    rest = f"{used - planned} over" if used > planned else f"{planned - used} left"
    return f"{used} of {planned} minutes are used, {rest}."


def minutes_used(session: Session, part: str) -> tuple[int, int]:
    """The minutes of a part that are used, and those that it is to take."""
    time: PartTime = getattr(session.clock, part)
    return time.used, PLANNED_MINUTES[part] if time.planned is None else time.planned


class ScreenHeading(Widget):
    """One line; it is drawn again only when something on it changes."""

    DEFAULT_CSS = """
    ScreenHeading { height: 1; background: $primary-background; color: $text; padding: 0 1; }
    """

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, title: str, part: str = "") -> None:
        super().__init__()
        self._title = title
        self._part = part

    def on_mount(self) -> None:
        """Follow what the App says is kept."""
        told = self.watch_session
        follow(self, lambda state: (state.keeping, state.paused, state.holding), lambda _: told())

    def watch_session(self) -> None:
        """Say what the session is, and what the App says is kept."""
        self.left = plain(self.session.workshop.title) or "New session"
        time = minutes_text(self.session, self._part) if self._part else ""
        state = app_state(self)
        if time and state.paused:
            time += " paused"
        held = "room held" if state.holding else ""
        self.right = "   ".join(text for text in (held, time, state.keeping) if text)

    def render(self) -> RenderResult:
        """The session, cut where it is long, and the screen; time and count to the right."""
        screen = f" › {self._title}" if self._title else ""
        room = max(0, self.size.width - len(self.right) - 2)
        left = Content(self.left).truncate(max(1, room - len(screen)), ellipsis=True) + screen
        return Content.assemble(
            left.truncate(room, ellipsis=True, pad=True).stylize("bold"), "  ", self.right
        )


FramedT = TypeVar("FramedT", bound=Widget)


def framed(widget: FramedT, title: str) -> FramedT:
    """A widget that has a frame and a title where its screen is wide; its looks are the App's."""
    widget.border_title = title
    return widget.add_class("framed", update=False)


class StatusLine(Widget):
    """Shows what the App last said; what is wrong with the file stays until it is mended."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $text-muted; }
    StatusLine.-wrong { color: $text-error; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Follow what is said."""
        follow(self, lambda state: (state.said, state.trouble, state.hint), lambda _: self._say())

    def _said(self) -> tuple[str, bool]:
        state = app_state(self)
        if state.trouble:
            return state.trouble, True
        return state.said if state.said[0] else (state.hint, False)

    def _say(self) -> None:
        text, wrong = self._said()
        self.set_class(wrong, "-wrong")
        # A long sentence takes the lines it needs; a short one never moves the screen.
        room = max(1, self.app.size.width - 2)
        lines = Content(plain(text)).wrap(room) if len(text) > room else ()
        self.styles.height = max(1, min(3, len(lines)))
        self.refresh()

    def render(self) -> RenderResult:
        """The sentence as it is, never as markup; the file that it names is a link."""
        said, file = Content(plain(self._said()[0])), app_state(self).file
        start = said.plain.find(name := plain(str(file))) if file else -1
        if file is None or start < 0:
            return within(said, *self.size)
        return said.stylize(Style(link=file_link(file)), start, start + len(name))


def file_link(file: Path) -> str:
    """The address of a file, with the computer that it is on: over SSH that is another one."""
    return f"file://{socket.gethostname()}{file.absolute().as_uri().removeprefix('file://')}"


# The last line: the keys that apply where one stands.

ALWAYS_SHOWN = ("screen.back", "home.leave", "start.leave", "show.leave", "app.help")
"""The keys that are shown however little room there is: the way out, and what says more."""


@dataclass(frozen=True, slots=True)
class BarKey:
    """A key and what it does, and whether it can be done now; ``pressed`` is what a click is."""

    text: Content
    able: bool
    needed: bool
    pressed: str = ""


def keys_that_fit(keys: Sequence[BarKey], width: int) -> tuple[Sequence[BarKey], str]:
    """The keys that one line has room for, and what stands between two: they are closer together
    where room is short; then those that can do nothing now go, then the last ones. Help, which
    always stays, lists them all.
    """
    left = list(keys)

    def length(gap: str) -> int:
        return sum(key.text.cell_length for key in left) + len(gap) * (len(left) - 1)

    if length("  ") <= width:
        return left, "  "
    spare = sorted((key for key in left if not key.needed), key=lambda key: key.able, reverse=True)
    while spare and length(" ") > width:
        left.remove(spare.pop())
    return left, " "


def fit_keys(keys: Sequence[BarKey], width: int) -> Content:
    """Those keys in one line."""
    left, gap = keys_that_fit(keys, width)
    return Content(gap).join(key.text for key in left).truncate(width, ellipsis=True)


class KeyBar(Widget):
    """Shows the bindings with ``show`` set, one for each action; dimmed where they cannot act."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[BarKey, ...] = ()

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def _changed(self, screen: Screen[object]) -> None:
        keys: dict[str, BarKey] = {}
        for active in footer_bindings(screen):
            binding, able = active.binding, active.enabled
            if binding.action not in keys:
                key = self.app.get_key_display(binding)
                look, said = ("bold $text-accent", "$text") if able else ("$text-disabled",) * 2
                text = Content.assemble((key, look), " ", (binding.description, said))
                always = binding.id in ALWAYS_SHOWN
                keys[binding.action] = BarKey(text, able, always, binding.key)
        if (now := tuple(keys.values())) != self._keys:
            self._keys = now
            self.refresh()

    def render(self) -> RenderResult:
        """As many keys as there is room for."""
        return fit_keys(self._keys, self.size.width)

    async def _on_click(self, event: Click) -> None:
        """A click on a key is that key."""
        event.stop()
        left, gap = keys_that_fit(self._keys, self.size.width)
        x = event.get_content_offset_capture(self).x
        for key in left:
            if 0 <= x < key.text.cell_length:
                self.app.simulate_key(key.pressed)
            x -= key.text.cell_length + len(gap)


# What is said in full: the panel of the row under a cursor, and a text that scrolls.


def headed(text: str) -> Content:
    """Lines of which the first is what they are about, where there are more."""
    head, more, rest = plain_lines(text).partition("\n")
    return Content.assemble((head, "bold" if more else ""), more, rest)


DetailText = Callable[[Session], Callable[[Any], Content]]
"""What there is to say of a row by its key; what a session gives for all rows is made once."""


class DetailPanel(SessionWidget, Widget):
    """A few lines. A screen tells it by `look_at` where the cursor is, or without ``say`` the words
    themselves; how high it is and whether it stands below or beside the list is said in the
    screen's looks, by its id.
    """

    DEFAULT_CSS = """
    DetailPanel { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, say: DetailText | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.key: Any = ""
        self._say = once(say) if say else None

    def look_at(self, key: Any) -> None:
        """Show another row."""
        if key != self.key:
            self.key = key
            self.refresh()

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        self.refresh()

    def words(self, key: Any) -> Content:
        """What there is to say of a row."""
        return self._say(self.session)(key) if self._say else headed(key)

    def render(self) -> RenderResult:
        """The words."""
        width, height = self.size
        return within(hanging(self.words(self.key), width), width, height)


FACT = "· "
"""What a line begins with that says one of several facts of a record."""

TALL = 12
"""Lines from which what is said of a record has a line for each thing."""


BESIDE = [(0, "-narrow"), (160, "-beside")]
"""From how many columns the words of a list stand beside it, and it keeps all its own."""


def facts(head: str, said: Iterable[str]) -> str:
    """What a record says: its head, and a line for each fact that there is."""
    return "\n".join([plain(head), *(f"{FACT}{plain(one)}" for one in said if one)])


def folded(said: Content) -> Content:
    """The facts behind one another, in the place of a line for each."""
    lines: list[Content] = []
    for are_facts, found in groupby(said.split("\n"), lambda line: line.plain.startswith(FACT)):
        if are_facts:
            lines.append(Content(" · ").join(line[len(FACT) :] for line in found))
        else:
            lines += found
    return Content("\n").join(lines)


class FactsPanel(DetailPanel):
    """All that a record says, below its list; beside it where the list keeps all its columns."""

    def render(self) -> RenderResult:
        """A line a fact where there is room."""
        said = self.words(self.key)
        shown = said if self.size.height >= TALL else folded(said)
        return within(hanging(shown, self.size.width), *self.size)


class ScrolledText(VerticalScroll, can_focus=True, inherit_bindings=False):
    """What is longer than its place scrolls by the keys of a list, and at once: what glides costs a
    slow line a screen a frame.
    """

    BINDINGS: ClassVar[list[BindingType]] = MOVE_KEYS

    def action_move(self, by: int) -> None:
        """Scroll by some lines."""
        self.scroll_relative(y=by, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by a screenful."""
        scroll = self.scroll_page_down if direction > 0 else self.scroll_page_up
        scroll(animate=False)

    def action_to(self, place: int) -> None:
        """Scroll to the start (0) or the end (-1)."""
        scroll = self.scroll_end if place else self.scroll_home
        scroll(animate=False)
