"""The choice: asks for one of several; the answer is the place of the one chosen, from 0."""

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offwall.model.records.text import plain, plain_lines
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.row_view import set_in
from offwall.tui.terminal.textual_private import ThriftyDialog, bound_to

DIALOG_CELLS, AROUND_OPTION = 76, 7
"""Cells of the dialog, and those of its frame, its margins and the bar of a long list."""


def _option(text: str, width: int) -> Content:
    """An option; where it goes on it is set in, so that the next is seen to be another."""
    lines = (set_in(Content(line), width, 2) for line in plain_lines(text).split("\n"))
    return Content("\n").join(chain.from_iterable(lines))


class Choice(ThriftyDialog[int | None]):
    """A short list; the answer is the place of the one chosen, from 0, or None."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "choice", foot("escape,q", "leave", "Leave"), key("j", "down", "Down"), key("k", "up", "Up")
    )

    def __init__(
        self, title: str, options: Sequence[str], about: str = "", at: int | None = None
    ) -> None:
        """Ask; the cursor begins on the option ``at`` that place, or on the first."""
        super().__init__()
        self._at = at or 0
        self._title = title
        self._options = tuple(options)
        self._about = about

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with Vertical(id="choice"):
            yield Static(Content(plain(self._title)), id="choice-title")
            if self._about:
                yield Static(Content(plain_lines(self._about)), id="choice-about")
            width = min(DIALOG_CELLS, self.app.size.width) - AROUND_OPTION
            yield OptionList(*(Option(_option(text, width)) for text in self._options))
            yield Static(Content("Enter chooses, Esc leaves"), id="choice-keys")

    def on_mount(self) -> None:
        """Begin where it was asked for."""
        self.query_one(OptionList).highlighted = self._at

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """One was chosen."""
        event.stop()
        self.dismiss(event.option_index)

    def on_key(self, event: Key) -> None:
        """A letter goes to the next option that begins with it, unless it moves or leaves."""
        if bound_to(self, event.key):
            return
        shown, letter = self.query_one(OptionList), (event.character or "").casefold()
        begun = [n for n, one in enumerate(self._options) if one.casefold().startswith(letter)]
        if letter.isalnum() and begun:
            now = shown.highlighted or 0
            shown.highlighted = next((place for place in begun if place > now), begun[0])

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
