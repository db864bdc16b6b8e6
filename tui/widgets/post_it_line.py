"""The line: one post-it typed, edited or added to, with what it will become under it."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input, Static

from model.edits.notes import (
    add_note,
    add_standing,
    add_to,
    edit_note,
    new_activity_id,
    note_of,
)
from model.line import Parsed, Vocabulary, parse, render
from model.line.complete import Completion, complete
from model.session import Session
from tui.fresh import Fresh
from tui.text import plain
from tui.widgets.line_preview import preview
from tui.widgets.session_widget import SessionWidget

HINT = "@lead a:accountable ?decision >answer +document !d!g!t!r ^park"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the line writes: in a mode, at an activity, in a stage."""

    mode: str
    activity: str = ""
    stage: str = ""
    lead: str = ""
    accountable: str = ""


class LineInput(Input):
    """The field of the line. Tab completes and never moves the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="line.complete"),
        Binding("shift+tab", "nothing", show=False),
        Binding("escape", "leave", "Leave", id="line.leave", tooltip="Leave; the draft is kept"),
        Binding("enter", "submit", "Keep", id="line.keep", tooltip="Keep it and open the next"),
    ]

    class Left(Message):
        """The line is left as it is."""

    class CompletionWanted(Message):
        """The word at the cursor is to be completed."""

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        self.post_message(self.CompletionWanted())

    def action_nothing(self) -> None:
        """Keep the focus here."""

    def action_leave(self) -> None:
        """Leave the line."""
        self.post_message(self.Left())

    def _on_paste(self, event: Paste) -> None:
        # Input keeps only the first line of a paste; the rest would vanish without a word.
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))
