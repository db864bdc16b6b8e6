"""The one file with private names of Textual: each with what it mends, and how it would be offered.

`tests/terminal/test_textual_private.py` holds their signatures against the Textual that is
installed, and `docs/textual.md` says how a new one is taken. The drivers, which are classes of
Textual's own `LinuxDriver`, override and use what they inherit where they stand.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

from rich.cells import cell_len, set_cell_size
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Binding
from textual.command import CommandList, CommandPalette
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Key, MouseDown, MouseMove, ScreenResume
from textual.geometry import Offset, Region, Size
from textual.keys import _character_to_key as character_to_key
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList

__all__ = ["BRACKETED_PASTE_END", "BRACKETED_PASTE_START", "character_to_key"]


KindT = TypeVar("KindT", bound=type[Any])


class SequenceParser(XTermParser):
    """Textual's parser, which can be told that a sequence is over.

    One that is still open takes the keys behind it. Upstream: a `reset` beside `feed`.
    """

    def forget_sequence(self) -> None:
        """Begin anew with the next character."""
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None


ESC = "\x1b"


class Escaped(Key):
    """Esc that came in one go with the key behind it: two keys, or Alt and that key. It stands
    here, as the drivers load on Unix alone, and who hears of it loads everywhere.
    """


class ThriftyScreen(Screen[ScreenResultType]):
    """A screen that draws nothing that is not seen. Upstream: the same lines in `Screen`."""

    @property
    def is_current(self) -> bool:
        """Whether it is seen. The framework draws what lies under an opaque screen, too, and that
        one wholly anew with it.
        """
        return super().is_current and (self.is_active or self.app.screen.styles.background.a < 1)

    def wear_breakpoints(self) -> None:
        """Have the classes of the breakpoints before there are widgets: else all are styled twice.

        Called first in `compose`.
        """
        both = (self.HORIZONTAL_BREAKPOINTS or (), self.VERTICAL_BREAKPOINTS or ())
        for points, room in zip(both, self.app.size, strict=True):
            fitting = [name for least, name in sorted(points) if room >= least]
            self.add_class(*fitting[-1:], update=False)

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """What was just made was just styled."""
        event.refresh_styles &= self.stack_updates > 0

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        settled = [one for one in self._compositor.visible_widgets if not one._layout_required]
        super()._refresh_layout(size, scroll)
        # What is told its new size by a layout asks for the same once more, which only bars that
        # come and go may need. Upstream: `_size_updated` with ``layout`` off where there are none.
        for widget in settled:
            if "auto" not in (widget.styles.overflow_x, widget.styles.overflow_y):
                widget._layout_required = False

    def _compositor_refresh(self) -> None:
        # In a batch the framework draws for nothing, a third of what opening a screen costs, and
        # counts it as shown.
        if self.app._batch_count:
            self._repaint_required = True
        else:
            super()._compositor_refresh()


class ThriftyDialog(ModalScreen[ScreenResultType], ThriftyScreen[ScreenResultType]):
    """The same over another screen."""


@runtime_checkable
class Pointed(Protocol):
    """A widget that knows at which cell of the screen its work is."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell."""


def point_cursor(app: App[Any], screen: Screen[Any], *, shown: bool) -> bool:
    """Put the terminal's own cursor where the work is, and show it where one types: braille
    displays, magnifiers and input methods follow it. The answer is whether it is ``shown`` now.

    Upstream: asking the focused widget in `App._display`, which an App overrides to call this.
    """
    focused = screen.focused
    if focused is not None:
        app.cursor_position = place_of_work(focused)
    types = focused is not None and focused.check_consume_key("a", "a")
    if types != shown and app._driver is not None:
        app._driver.write("\x1b[?25h" if types else "\x1b[?25l")
    return types


def place_of_work(widget: Widget) -> Offset:
    """The cell of the screen at which a widget is worked on: its row, its letter, or its start."""
    if isinstance(widget, Pointed):
        return widget.cursor_screen_offset
    region = widget.content_region
    if isinstance(widget, OptionList) and widget.highlighted is not None:
        line = widget._index_to_line.get(widget.highlighted, 0) - widget.scroll_offset.y
        return region.offset + Offset(0, max(0, min(line, region.height - 1)))
    return region.offset


def steady_parts(kind: KindT) -> KindT:
    """A kind of widget the parts of which look alike with the focus and without: they are styled
    once, and again where the theme is another one. Upstream: a cache in `Stylesheet.apply`, as for
    widgets.
    """
    this: type[Any] = kind

    def to_style(widget: Any) -> frozenset[str]:
        rules = widget.app.stylesheet.rules
        if widget.__dict__.get("_styled_by") is rules:
            return frozenset()
        widget._styled_by = rules
        known: frozenset[str] = super(this, widget)._get_component_classes()
        return known

    kind._get_component_classes = to_style
    return kind


@steady_parts
class SteadyInput(Input):
    """A field of one line that lays no screen out, and keeps what it begins with in sight.

    The terminal's own cursor stands in it; the letter there is underlined where that is not drawn.
    """

    DEFAULT_CSS = """
    SteadyInput > .input--cursor {
        background: $foreground 0%; color: $foreground; text-style: underline;
    }
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002
        placeholder: str = "",
        select_on_focus: bool = False,
    ) -> None:
        super().__init__(value, placeholder, id=id, select_on_focus=select_on_focus)
        # Set by its name the framework would style what is not mounted yet.
        self.set_reactive(Input.compact, True)
        self.add_class("-textual-compact", update=False)
        # The framework takes a first paste for what a field begins with, and scrolls to its start.
        self._initial_value = False

    def _watch_value(self, value: str) -> None:
        # The framework has the whole screen laid out anew for each letter, to scroll by this.
        # Upstream: `virtual_size` without a layout.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor on the screen.

        The framework's is one too far behind the last letter; the terminal's own cursor, which a
        screen reader follows, and what is sent for the next letter begin there. Upstream: as here.
        """
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def show_cursor(self) -> None:
        """Have the cursor in view, with words before it, and the terminal's on it: a field that
        becomes narrower scrolls by itself no more than it must to be full.
        """
        before = min(self._cursor_offset, self.content_size.width * 2 // 3)
        place = Region(self._cursor_offset - before, 0, before + 1, 1)
        self.scroll_to_region(place, force=True, animate=False)
        self.app.cursor_position = self.cursor_screen_offset
        self.refresh()

    async def take_key(self, event: Key) -> None:
        """Take a key as the framework's field does."""
        await Input._on_key(self, event)


class WrappedInput(SteadyInput):
    """A field whose text goes on in its later rows, where it has any, and lays nothing out for it.

    Upstream: a `soft_wrap` of `Input`.
    """

    _first = 0
    _pointed = 0

    @property
    def _wraps(self) -> bool:
        return self.content_size.height > 1

    def _starts(self) -> list[int]:
        """Where each row of the text begins; a cell is left for the cursor behind the last."""
        return row_starts(self.value, max(2, self.content_size.width - 1))

    def _cursor_row(self, starts: list[int]) -> int:
        """The row of the cursor, which is brought into view."""
        row = bisect_right(starts, self.cursor_position) - 1
        self._first = max(min(self._first, row), row - self.content_size.height + 1)
        return row

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the cursor on the screen."""
        if not self._wraps:
            return super().cursor_screen_offset
        starts = self._starts()
        row = self._cursor_row(starts)
        x = cell_len(self.value[starts[row] : self.cursor_position])
        within = Offset(min(x, self.content_size.width - 1), row - self._first)
        return self.content_region.offset + within

    def render_line(self, y: int) -> Strip:
        """A row of the text."""
        if not self._wraps or not self.value:
            return super().render_line(y)
        starts, width = self._starts(), self.content_size.width
        self._cursor_row(starts)
        row, text = self._first + y, self._value
        if row >= len(starts):
            return Strip.blank(width, self.rich_style)
        if self.has_focus:
            chosen = sorted(self.selection)
            text.stylize_before(self.get_component_rich_style("input--selection"), *chosen)
            text.pad_right(1)
            at = self.cursor_position
            text.stylize(self.get_component_rich_style("input--cursor"), at, at + 1)
        shown = text[starts[row] : [*starts, len(text)][row + 1]]
        shown.end = ""
        strip = Strip(list(self.app.console.render(shown, self.app.console_options)))
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    async def _on_mouse_down(self, event: MouseDown) -> None:
        self._pointed = event.get_content_offset_capture(self).y

    async def _on_mouse_move(self, event: MouseMove) -> None:
        self._pointed = event.get_content_offset_capture(self).y

    def _cell_offset_to_index(self, offset: int) -> int:
        if not self._wraps:
            return super()._cell_offset_to_index(offset)
        starts = [*self._starts(), len(self.value) + 1]
        row = max(0, min(self._first + self._pointed, len(starts) - 2))
        shown = self.value[starts[row] : starts[row + 1] - 1]
        before = set_cell_size(shown, min(max(0, offset), cell_len(shown)))
        return starts[row] + len(before)


def row_starts(text: str, width: int) -> list[int]:
    """Where the rows of a text begin that is broken between words into so many cells."""
    starts, word, used = [0], 0, 0
    for place, letter in enumerate(text):
        used += cell_len(letter)
        if letter.isspace():
            word = place + 1
        elif used > width:
            starts.append(word if word > starts[-1] else place)
            used = cell_len(text[starts[-1] : place + 1])
    return starts


class Palette(CommandPalette):
    """The palette, which stands a page turned before its list is laid out, and two clicks."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it; the framework closes the screen below as well where it is closed already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        commands = self.query_one(CommandList)
        if not commands._lines:
            self._refresh_layout()
        if commands._lines:
            super()._action_command_list(action)


# How an App ends by a fault. Upstream: a public hook in the place of `_fatal_error`.


def fail_with(app: App[Any], error: Exception) -> None:
    """End as by a fault of a handler: a task's is otherwise heard of by nobody."""
    app._handle_exception(error)


def fault_of(app: App[Any]) -> BaseException:
    """What an App ends by; an unknown fault where it does not say."""
    return app._exception or RuntimeError()


def set_exit(app: App[Any], code: int) -> None:
    """Set the exit status without the message of `App.exit`, which is too late in a fault."""
    app._return_code = code


# What else has no public name.


def begin_with_theme(app: App[Any], name: str) -> None:
    """Wear a theme from the first frame on: set later, all is drawn twice."""
    app.set_reactive(App.theme, name)
    app.stylesheet.set_variables(app.get_css_variables())
    app._refresh_truecolor_filter(app.ansi_theme)
    app.set_class(app.current_theme.dark, "-dark-mode", update=False)
    app.set_class(not app.current_theme.dark, "-light-mode", update=False)


def driver_of(app: App[Any]) -> Driver | None:
    """The driver, which draws all again where something else wrote to the terminal."""
    return app._driver


def bound_to(node: DOMNode, pressed: str) -> Sequence[Binding]:
    """The bindings of a key that a node has itself, as the keymap has them. Upstream: a
    `DOMNode.bindings_of(key)`.
    """
    found = node._bindings
    if keymap := node.app._keymap:
        found = found.copy()
        found.apply_keymap(keymap)
    return found.key_to_bindings.get(pressed, ())


def bindings_of(kind: type[DOMNode]) -> Sequence[Binding]:
    """What can be pressed on a class of widgets, its bases' keys too, a binding for each key."""
    found = kind._merged_bindings
    return [one for keys in found.key_to_bindings.values() for one in keys] if found else ()


def footer_bindings(screen: Screen[Any]) -> Iterable[ActiveBinding]:
    """Of what can be pressed, as `Screen.active_bindings` has it, the keys that a footer names: no
    other is asked what it needs. Upstream: the same as a parameter of that.
    """
    chain, found = screen._modal_binding_chain, dict[str, ActiveBinding]()
    named = {key for _, bindings in chain for key, one in bindings if one.show}
    for node, bindings in chain:
        for key, one in bindings:
            first = found.get(key)
            if key in named and (first is None or one.priority > first.binding.priority):
                able = screen.app._check_action_state(one.action, node)
                if able is not False:
                    found[key] = ActiveBinding(node, one, bool(able), one.tooltip)
    return (active for active in found.values() if active.binding.show)
