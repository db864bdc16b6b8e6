"""What is said in full: the panel of the row under a cursor, and a text that scrolls."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import RenderResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from offwall.model.records import Session
from offwall.tui.kit.selection import MOVE_KEYS
from offwall.tui.kit.session_widget import SessionWidget
from offwall.tui.kit.text import plain

DetailText = Callable[[Session], Callable[[Any], Content]]
"""What there is to say of a row by its key; what a session gives for all rows is made once."""


LABEL_CELLS = 13
"""Cells of a label and the gap behind it."""


def hung(label: str, said: str, width: int, look: str = "", *, cells: int = LABEL_CELLS) -> Content:
    """A label and what it says in ``width`` cells; the later lines begin where the first does."""
    head = Content.styled(plain(label), "$text-muted").truncate(cells, pad=True)
    return _hung(head, Content.styled(plain(said), look), width)


def _hung(head: Content, said: Content, width: int) -> Content:
    lines = said.wrap(max(8, width - head.cell_length)) or [Content("")]
    later = (line.pad_left(head.cell_length) for line in lines[1:])
    return Content("\n").join([head + lines[0], *later])


HEAD = re.compile(r"[-·•] |(?:[^ ]+ ){1,3} +")
"""What a line begins with that its later lines are set in by: a bullet, or a label and a gap."""

LONGEST_HEAD = 18


def hanging(said: Content, width: int) -> Content:
    """Lines as they are wrapped in ``width`` cells, set in behind what each begins with."""
    lines = []
    for line in said.split("\n"):
        found = HEAD.match(line.plain)
        place = found.end() if found and found.end() <= LONGEST_HEAD else 0
        hangs = place and line.cell_length > width
        lines.append(_hung(line[:place], line[place:], width) if hangs else line)
    return Content("\n").join(lines)


class DetailPanel(SessionWidget, Widget):
    """A few lines. A screen tells it by `look_at` where the cursor is; how high it is and whether
    it stands below or beside the list is said in the screen's looks, by its id.
    """

    DEFAULT_CSS = """
    DetailPanel { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, say: DetailText | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.key: Any = ""
        self._say = say
        self._made: tuple[Session, Callable[[Any], Content]] | None = None

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
        if self._say is None:
            return Content("")
        if self._made is None or self._made[0] is not self.session:
            self._made = (self.session, self._say(self.session))
        return self._made[1](key)

    def render(self) -> RenderResult:
        """The words."""
        return hanging(self.words(self.key), self.size.width)


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
