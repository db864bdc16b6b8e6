"""A screen of sections: a digit shows each, a strip names all, a few words tell of the row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from offwall.model.records.text import plain
from offwall.tui.kit.frame import BESIDE, FactsPanel, framed
from offwall.tui.kit.keys import KeyTable, key, keys
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.session_screen import SessionScreen

LEFT_TOLD, RIGHT_TOLD = ("‹", "h"), ("l", "›")
"""What stands at either end of the names: the keys that go to the section before and after."""

KEYS_CELLS = 3
"""Cells of either, with the blank beside the names."""


class SectionTabs(Widget):
    """The names of the sections in one row; the one that is shown stands out."""

    DEFAULT_CSS = """
    SectionTabs { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    """

    current: reactive[int] = reactive(0)

    @dataclass
    class Picked(Message):
        """A section was clicked on."""

        place: int

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = tuple(f" {plain(name)} " for name in names)

    @property
    def _shown(self) -> list[tuple[int, str]]:
        """The names by place, as many as there is room for: the section that is shown is there."""
        room = self.content_size.width - 2 * KEYS_CELLS
        first = 0
        while first < self.current and sum(map(len, self._names[first : self.current + 1])) > room:
            first += 1
        shown = list(enumerate(self._names))[first:]
        while len(shown) > 1 and sum(len(name) for _, name in shown) > room:
            shown.pop()
        return shown

    def render(self) -> RenderResult:
        """The names, between the keys, which look as they do in the footer."""
        names = [
            (name, "bold reverse" if place == self.current else "") for place, name in self._shown
        ]
        key = "bold $text-accent"
        left, right = (LEFT_TOLD[0], (LEFT_TOLD[1], key)), ((RIGHT_TOLD[0], key), RIGHT_TOLD[1])
        return Content.assemble(*left, " ", *names, " ", *right)

    def on_click(self, event: Click) -> None:
        """A click on a name shows its section."""
        end = self.styles.padding.left + KEYS_CELLS
        for place, name in self._shown:
            start, end = end, end + len(name)
            if start <= event.x < end:
                self.post_message(self.Picked(place))


class Sections(Vertical):
    """Holds one widget a section: ``with Sections("Topic", "Issues"): yield ...; yield ...``.

    The first widget in a section that can take the focus gets it when the section is shown.
    ``words`` say what the cursor stands on, in whichever section.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "sections",
        key("l,right", "next", "Next section", "section(1)", "The section to the right"),
        key("h,left", "before", "Section before", "section(-1)", "The section to the left"),
    )
    DEFAULT_CSS = """
    Sections { height: 1fr; }
    """

    @dataclass
    class Shown(Message):
        """Another section is shown, by its name."""

        name: str

    def __init__(self, *names: str, words: FactsPanel | None = None) -> None:
        super().__init__()
        self.names = names
        self._words = words
        self._panes: list[Widget] = []
        self._strip = SectionTabs(names)
        self._place = 0

    def compose_add_child(self, widget: Widget) -> None:
        """Take a section, in the order of the names."""
        self._panes.append(widget)

    def compose(self) -> ComposeResult:
        """The strip, and the sections, all but the first hidden."""
        yield self._strip
        for place, pane in enumerate(self._panes):
            pane.display = place == self._place
        if self._words is None:
            yield from self._panes
            return
        with Container(classes="with-words"):
            yield from map(framed, self._panes, self.names)
            yield framed(self._words, "In full")

    @property
    def current(self) -> str:
        """The name of the section that is shown."""
        return self.names[self._place]

    def show(self, name: str) -> None:
        """Show a section and put the focus into it."""
        self._to(self.names.index(name))

    def reveal(self, widget: Widget) -> None:
        """Show the section in which a widget is."""
        around = [pane in widget.ancestors_with_self for pane in self._panes]
        self._to(around.index(True) if True in around else self._place)

    def action_section(self, by: int) -> None:
        """Show the section to the right (1) or to the left (-1), round at either end."""
        self._to((self._place + by) % len(self.names))

    def on_section_tabs_picked(self, event: SectionTabs.Picked) -> None:
        """Show the section that was clicked on."""
        event.stop()
        self._to(event.place)

    def _to(self, place: int) -> None:
        changed, self._place = place != self._place, place
        self._strip.current = place
        for number, pane in enumerate(self._panes):
            pane.display = number == place
        self.focus_section()
        if changed:
            self.post_message(self.Shown(self.current))

    def focus_section(self) -> None:
        """Put the focus on what takes it in the section that is shown."""
        pane = self._panes[self._place]
        for widget in (pane, *pane.query("*")):
            if isinstance(widget, Widget) and widget.focusable:
                widget.focus()
                return


# A screen of sections: a digit shows each, and a few words tell what the cursor stands on.


def section_keys(screen: str, title: str, names: Iterable[str]) -> KeyTable:
    """Tab and the digits; ``screen`` is what their ids begin with."""
    digits = (
        key(str(number), name.lower(), name, f"go_to({name!r})", f"{title}: {name.lower()}")
        for number, name in enumerate(names, 1)
    )
    return keys(
        screen,
        key("tab", "next", "Next section", "section(1)"),
        key("shift+tab", "before", "Section before", "section(-1)"),
        *digits,
    )


class SectionsScreen(SessionScreen):
    """Has in its body a `FactsPanel` in which its lists say what their cursors stand on."""

    HORIZONTAL_BREAKPOINTS = BESIDE

    def on_record_list_detail_changed(self, message: RecordList.DetailChanged) -> None:
        """Say in full what the cursor stands on."""
        message.stop()
        self.query_one(FactsPanel).look_at(message.text)

    def action_go_to(self, name: str) -> None:
        """Show a section."""
        self.query_one(Sections).show(name)

    def action_section(self, by: int) -> None:
        """Show the section after or before."""
        self.query_one(Sections).action_section(by)
