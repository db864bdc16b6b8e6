"""The line that votes are typed into, as people call them out."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from offwall.model.actions.voting import cast_votes, parse_votes
from offwall.model.records import EditError, Session
from offwall.model.records.ids import ActionId
from offwall.model.records.text import counted
from offwall.tui.kit import SessionWidget, plain
from offwall.tui.kit.line_input import LineInput

VOTE_HINT = "3 one vote  3 7 one each  3x2 two  -3 takes back  Esc ends"


class VoteInput(LineInput):
    """A number has nothing to complete."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key's name out of the last line."""
        return False if action == "complete" else super().check_action(action, parameters)


class VoteLine(SessionWidget, Widget):
    """Enter gives the votes and waits for the next; it is hidden while it is not used."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list(1)", "List down", show=False, id="vote.down"),
        Binding("up", "list(-1)", "List up", show=False, id="vote.up"),
    ]
    DEFAULT_CSS = """
    VoteLine { height: 4; display: none; border-top: solid $primary-background; }
    VoteLine.-open { display: block; }
    #vote-row { height: 1; background: $boost; }
    #vote-label { width: auto; padding: 0 1; color: $text-accent; text-style: bold; }
    #vote-preview, #vote-hint { height: 1; padding: 0 1; }
    #vote-hint { color: $text-muted; }
    """

    class Kept(Message):
        """Votes were given; ``action`` is the id of the last that got one."""

        def __init__(self, action: ActionId) -> None:
            super().__init__()
            self.action = action

    class Look(Message):
        """The list above is to move, by some rows."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Closed(Message):
        """The voting is over: the focus goes back to the list."""

    def compose(self) -> ComposeResult:
        """The field, what it means, and the hint."""
        with Horizontal(id="vote-row"):
            yield Static(Content("Votes for"), id="vote-label")
            yield VoteInput(id="vote-input")
        yield Static(id="vote-preview")
        yield Static(Content(VOTE_HINT), id="vote-hint")

    @property
    def _input(self) -> LineInput:
        return self.query_one(LineInput)

    def open(self) -> None:
        """Wait for the first vote."""
        self.add_class("-open")
        self._input.value = ""
        self._say("")
        self._input.focus()

    def _say(self, text: str, look: str = "$text-muted") -> None:
        said = Content.styled(plain(text), look)
        self.query_one("#vote-preview", Static).update(said, layout=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which actions the numbers mean."""
        event.stop()
        text = self._input.value
        try:
            said = _say_votes(self.session, text) if text.strip() else ""
        except EditError as sentence:
            said = str(sentence)
        self._say(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the votes; nothing typed ends it."""
        event.stop()
        said = self._input.value
        if not said.strip():
            self._close()
            return
        label = f"Votes for {' '.join(said.split())}"
        if wrong := self.attempt(label, lambda session: cast_votes(session, said)):
            self._say(wrong, "$text-error")
            return
        self.post_message(self.Kept([*parse_votes(self.session, said)][-1]))
        self._input.value = ""

    def on_line_input_left(self, event: LineInput.Left) -> None:
        """End the voting."""
        event.stop()
        self._close()

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Numbers that came in several lines are one line of numbers."""
        event.stop()
        self._input.insert_text_at_cursor(plain(" ".join(event.pasted.lines)))

    def action_list(self, by: int) -> None:
        """Move the list above."""
        self.post_message(self.Look(by))

    def _close(self) -> None:
        self.remove_class("-open")
        self.post_message(self.Closed())


def _say_votes(session: Session, said: str) -> str:
    """What the numbers mean and how many votes each then has. Raises `EditError`."""
    called = parse_votes(session, said)
    return "; ".join(
        f"{counted(action.votes + called[action.id], 'vote')}: {action.text}"
        for action in session.actions
        if action.id in called
    )
