"""The line that votes are typed into, as people call them out."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from offwall.model.actions.ranking import cast_votes, parse_votes
from offwall.model.records import EditError, Session
from offwall.model.records.fields import ActionId
from offwall.model.records.text import counted, plain
from offwall.tui.kit.keys import key, keys
from offwall.tui.kit.line_input import LineInput, TypedLine

VOTE_HINT = "3 one vote  3 7 one each  3x2 two  -3 takes back  Esc ends"


class VoteInput(LineInput):
    """A number has nothing to complete, and nothing to choose from."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the list above."""
        listed = action in ("complete", "choose")
        return False if listed else super().check_action(action, parameters)


class VoteLine(TypedLine):
    """Enter gives the votes and waits for the next; it is hidden while it is not used."""

    BINDINGS: ClassVar[list[BindingType]] = keys(
        "vote", key("down", "down", "List down", "list(1)"), key("up", "up", "List up", "list(-1)")
    )
    NAME = "vote"
    HINT = VOTE_HINT
    INPUT = VoteInput
    DEFAULT_CSS = """
    VoteLine { height: 4; display: none; border-top: solid $primary-background; }
    VoteLine.-open { display: block; }
    """

    @dataclass
    class Kept(Message):
        """Votes were given; ``action`` is the id of the last that got one."""

        action: ActionId

    @dataclass
    class Look(Message):
        """The list above is to move, by some rows."""

        by: int

    def open(self) -> None:
        """Wait for the first vote."""
        self.add_class("-open")
        self.put_label("Votes for")
        self.field.value = ""
        self._say("")
        self.field.focus()

    def put_label(self, label: str) -> None:
        """Votes are not shown to the room as they are typed."""
        self.query_one("#vote-label", Static).update(Content(label))

    def tell_room(self) -> None:
        """Votes are not shown to the room as they are typed."""

    def _say(self, text: str, look: str = "$text-muted") -> None:
        self.put_preview(Content.styled(plain(text), look))

    def preview(self) -> None:
        """Say which actions the numbers mean."""
        text = self.field.value
        try:
            said = _say_votes(self.session, text) if text.strip() else ""
        except EditError as sentence:
            said = str(sentence)
        self._say(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the votes; nothing typed ends it."""
        event.stop()
        said = self.field.value
        if not said.strip():
            self.close()
            return
        label = f"Votes for {' '.join(said.split())}"
        if wrong := self.attempt(label, lambda session: cast_votes(session, said)):
            self._say(wrong, "$text-error")
            return
        self.post_message(self.Kept([*parse_votes(self.session, said)][-1]))
        self.field.value = ""

    def on_line_input_left(self, event: LineInput.Left) -> None:
        """End the voting."""
        event.stop()
        self.close()

    def on_line_input_lines_pasted(self, event: LineInput.LinesPasted) -> None:
        """Numbers that came in several lines are one line of numbers."""
        event.stop()
        self.field.insert_text_at_cursor(plain(" ".join(event.pasted.lines)))

    def action_list(self, by: int) -> None:
        """Move the list above."""
        self.post_message(self.Look(by))

    def close(self) -> None:
        """Leave the line."""
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
