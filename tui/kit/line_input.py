"""The field that a line is typed into. Tab completes and never moves the focus."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content, Span
from textual.events import Key, Paste
from textual.message import Message
from textual.strip import Strip
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from offwall.model.line.complete import Completion
from offwall.model.line.pasted import Pasted, read_pasted
from offwall.model.records.text import without_controls
from offwall.tui.kit.completion import LOOK_NAMES, LOOKS, CompletionList
from offwall.tui.kit.context import is_replaced
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.messages import Typing
from offwall.tui.kit.session_widget import SessionWidget, app_state
from offwall.tui.terminal.textual_private import WrappedInput

_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


class LineInput(WrappedInput):
    """A few rows at most; nothing in it blinks, and no paste loses its later lines."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "line",
        foot("enter", "keep", "Keep", "submit", "Keep it and open the next"),
        foot("tab", "complete", "Complete", tooltip="Complete the word as the list says"),
        key("down", "choose-next", "Next choice", "choose(1)", "The next that Tab would take"),
        key("up", "choose-before", "Choice before", "choose(-1)", "The one before"),
        foot("escape", "leave", "Leave", tooltip="Leave; the draft is kept"),
        key("shift+tab", "stay", ""),
    )

    DEFAULT_CSS = "LineInput { width: 1fr; }"

    class Left(Message):
        """The line is left as it is."""

    class CompletionWanted(Message):
        """The word at the cursor is to be completed."""

    @dataclass
    class ChoiceMoved(Message):
        """Another of what is offered is to be chosen."""

        by: int

    @dataclass
    class LinesPasted(Message):
        """Several lines came at once, or a table."""

        pasted: Pasted

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder)
        self.cursor_blink = False
        self.filled = ""

    def _on_resize(self) -> None:
        # A line that opens finds its place after it has the focus: the first letter begins there.
        if self.has_focus:
            self.show_cursor()

    @property
    def begun(self) -> bool:
        """Whether something is typed here that is not kept."""
        return self.value.strip() not in ("", self.filled.strip())

    def fill(
        self, text: str, *, filled: str = "", chosen: bool = False, at: int | None = None
    ) -> None:
        """Put a text in; ``filled`` is what is kept already, ``chosen`` that typing replaces it.

        The cursor begins ``at`` a place in it, or at its end.
        """
        self.filled = filled
        self.value = text
        self.cursor_position = len(text) if at is None else at
        if chosen:
            self.selection = Selection(0, len(text))

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        self.post_message(self.CompletionWanted())

    def action_choose(self, by: int) -> None:
        """Choose another of what is offered."""
        self.post_message(self.ChoiceMoved(by))

    def part(self) -> None:
        """Tab completes nothing: between cells typed by a paste it parts them, as a space does."""
        if self.value[: self.cursor_position][-1:].strip():
            self.insert_text_at_cursor(" ")

    def action_stay(self) -> None:
        """Keep the focus here."""

    def action_leave(self) -> None:
        """Leave the line."""
        self.post_message(self.Left())

    def _on_paste(self, event: Paste) -> None:
        # Input keeps only the first line of a paste; the rest would vanish without a word.
        event.stop()
        event.prevent_default()
        pasted = read_pasted(event.text)
        if len(pasted.lines) > 1 or pasted.columns:
            self.post_message(self.LinesPasted(pasted))
        elif pasted.lines:
            text = next(filter(str.strip, event.text.splitlines())).replace("\t", " ")
            self.replace(without_controls(text) if self.value else pasted.lines[0], *self.selection)

    async def _on_key(self, event: Key) -> None:
        # Joiners and selectors have no shape of their own, but belong to the letters beside them.
        if event.character and event.character in _JOINERS:
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection)
        else:
            await self.take_key(event)


def line_label(line: Widget, label: str) -> str:
    """What stands before a line: also that the room sees it, where it is shared."""
    return f"{label}, shown" if app_state(line).sharing else label


class FixedStatic(Static):
    """A `Static` that each key may tell the same again, at no cost."""

    _last: tuple[str, Sequence[Span]] | None = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; the very same is not drawn."""
        said = (content.plain, content.spans) if isinstance(content, Content) else None
        if said is None or said != self._last:
            self._last = said
            super().update(content, layout=layout)


class UnderLine(FixedStatic):
    """What stands under a line, and under the list of what the word there may become.

    The list begins below the first line under the words, which says what they become and what is
    doubtful and is always seen; ``after`` is what stands between.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = LOOK_NAMES
    DEFAULT_CSS = "UnderLine { " + LOOKS + "}"

    def __init__(
        self,
        content: Content,
        offered: CompletionList,
        after: Widget | None,
        id: str,  # noqa: A002
        classes: str,
    ) -> None:
        super().__init__(content, id=id, classes=classes)
        self._offered = offered
        self._after = after

    def render_line(self, y: int) -> Strip:
        """A line, with the list over it."""
        line = super().render_line(y).adjust_cell_length(self.size.width, self.rich_style)
        above = self._after.size.height - 1 if self._after else -1
        return self._offered.over(line, y + above, self.get_component_rich_style)


class TypedLine(SessionWidget, Widget):
    """A field that a line is typed into: its label, what it will become under it, and a hint.

    ``NAME`` is what the ids of its parts begin with. Subclasses say what the line will become, in
    `preview`, and what the word at the cursor may be, in `completions`.
    """

    NAME: ClassVar[str] = "line"
    HINT: ClassVar[str] = ""
    UNDER: ClassVar[int] = 1
    """Lines for what the line will become."""
    INPUT: ClassVar[type[LineInput]] = LineInput
    DEFAULT_CSS = """
    TypedLine {
        .line-row { height: 1; background: $boost; padding: 0 1 0 0; }
        .line-label { width: auto; padding: 0 1; color: $text-accent; text-style: bold; }
        .line-preview { height: 1; padding: 0 1; }
        .line-hint { height: 1; padding: 0 1; color: $text-muted; }
    }
    """

    class Closed(Message):
        """The line is left: the focus goes back to the list."""

    offered = ""
    """The draft that stands in the field since it was opened, until it is typed over."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.offers = CompletionList(self.UNDER)

    def compose(self) -> ComposeResult:
        """The field, what it will become, and the hint; the list lies over the later lines."""
        with Horizontal(id=f"{self.NAME}-row", classes="line-row"):
            yield FixedStatic(id=f"{self.NAME}-label", classes="line-label")
            yield self.INPUT(id=f"{self.NAME}-input")
        preview, hint = f"{self.NAME}-preview", f"{self.NAME}-hint"
        under = UnderLine(Content(""), self.offers, None, id=preview, classes="line-preview")
        yield under
        said = Content(self.HINT)
        yield UnderLine(said, self.offers, under, id=hint, classes="line-hint")

    @property
    def field(self) -> LineInput:
        """What is typed into."""
        return self.query_one(LineInput)

    @property
    def _under(self) -> UnderLine:
        """What stands under the words."""
        return self.query_one(f"#{self.NAME}-preview", UnderLine)

    def put_label(self, label: str) -> None:
        """Say what the line does; also that the room sees it, where it is shared."""
        said = Content(line_label(self, label))
        self.query_one(f"#{self.NAME}-label", Static).update(said)

    def put_preview(self, said: Content) -> None:
        """Say what the line will become, or what is wrong with it; no list lies over that."""
        self._offer(())
        self._under.update(said, layout=False)

    def preview(self) -> None:
        """Say what the line will become."""

    def completions(self) -> Sequence[Completion]:
        """What the word at the cursor may become, the likeliest first."""
        return ()

    def offer(self) -> None:
        """List what the word at the cursor may become; nothing is chosen until it has a letter."""
        self._offer(self.completions())

    def _offer(self, completions: Sequence[Completion]) -> None:
        self.offers.room = max(self.UNDER, self._under.size.height)
        had, begun = bool(self.offers), completions[0].start if completions else 0
        typed = self.field.value[begun : self.field.cursor_position]
        left = self.field.cursor_screen_offset.x - self.content_region.x - cell_len(typed) - 3
        self.offers.offer(completions, at=0 if typed.strip() else -1, left=max(0, left))
        if completions or had:
            self._draw_offers()

    def _draw_offers(self) -> None:
        for under in self.query(UnderLine):
            under.refresh()

    def on_line_input_choice_moved(self, event: LineInput.ChoiceMoved) -> None:
        """Choose another of what is offered."""
        event.stop()
        self.offers.move(event.by)
        self._draw_offers()

    def on_line_input_completion_wanted(self) -> None:
        """Put what is chosen in the place of the word at the cursor; else choose the first."""
        chosen = self.offers.chosen
        if isinstance(chosen, Completion):
            self.field.replace(chosen.text, chosen.start, chosen.end)
            self.field.cursor_position = chosen.start + len(chosen.text)
        elif self.offers:
            self.offers.move(1)
            self._draw_offers()
        else:
            self.field.part()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line will become; a draft that is typed over is dropped, undo finds it."""
        event.stop()
        if self.offered and is_replaced(self.offered, event.value):
            self.drop(self.offered)
        self.offered = self.offered if event.value == self.offered else ""
        self.changed()
        self.preview()
        self.tell_room()

    def changed(self) -> None:
        """Another text stands in the field."""

    def drop(self, text: str) -> None:
        """A draft is replaced."""

    def tell_room(self) -> None:
        """Say what the line holds, for whom it is shared with."""
        self.post_message(Typing(self.field.value, self.room_card))

    def room_card(self) -> str:
        """What the line will make, in lines for the room; may be nothing."""
        return ""

    def close(self) -> None:
        """Leave the line."""
        self.post_message(Typing(""))
        self.post_message(self.Closed())
