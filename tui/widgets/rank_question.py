"""Which first? Two actions that rank alike, and a key for each."""

from typing import ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from model.edits.comparisons import put_first
from model.ranking import comparing, why
from model.session import Action, Session
from tui.messages import Say
from tui.text import count, plain
from tui.widgets.session_widget import SessionWidget

SETTLED = "Nothing among the first ten ranks alike any more."


class RankQuestion(SessionWidget, Widget, can_focus=True):
    """Hidden while nothing is asked. The next question follows from the answers in the session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "first(0)", "The upper", id="question.upper", tooltip="The upper one first"),
        Binding("2", "first(1)", "The lower", id="question.lower", tooltip="The lower one first"),
        Binding("escape,c", "leave", "Enough", id="question.leave", tooltip="Leave the rest as is"),
    ]
    DEFAULT_CSS = """
    RankQuestion {
        height: 7; display: none; padding: 0 1; border-top: solid $primary-background;
    }
    RankQuestion.-open { display: block; }
    """

    class Asked(Message):
        """An action is asked about: the list above shows where it stands."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    class Closed(Message):
        """There is nothing more to ask, or nobody wants to answer."""

    def __init__(self) -> None:
        super().__init__()
        self._pair: tuple[Action, ...] = ()
        self._left = 0

    def open(self) -> None:
        """Ask the first question."""
        self.add_class("-open")
        self.focus()
        self._look(self.session)

    def watch_session(self, session: Session) -> None:
        """Ask what is to be asked now; an answer taken back is asked again."""
        if self.has_class("-open"):
            self._look(session)

    def _look(self, session: Session) -> None:
        found = comparing(session)
        by_id = {action.id: action for action in session.actions}
        self._pair = tuple(by_id[key] for key in found.question or ())
        self._left = found.left
        if self._pair:
            self.post_message(self.Asked(self._pair[0].id))
            self.refresh()
        else:
            self.post_message(Say(SETTLED))
            self.action_leave()

    def render(self) -> RenderResult:
        """The question, both actions, and how many questions are left."""
        most = f"at most {count(self._left, 'question')} left, this one too"
        lines = [Content.assemble(("Which first?  ", "bold $text-accent"), (most, "$text-muted"))]
        for number, action in enumerate(self._pair, 1):
            lines.append(Content.assemble((f"{number}  ", "bold"), (plain(action.text), "bold")))
            said = f"   {why(self.session, action)}"
            lines.append(Content.styled(plain(said), "$text-muted"))
        lines.append(Content.styled("1 or 2 chooses; u takes the last answer back.", "$text-muted"))
        return Content("\n").join(
            line.truncate(self.content_size.width, ellipsis=True) for line in lines
        )

    def action_first(self, place: int) -> None:
        """Put one of the two first."""
        if len(self._pair) == 2:
            first, second = self._pair[place], self._pair[1 - place]
            self._pair = ()
            self.attempt_or_say(
                f"First: {first.text}", lambda session: put_first(session, first.id, second.id)
            )

    def action_leave(self) -> None:
        """Stop asking; the answers given stay."""
        self.remove_class("-open")
        self.post_message(self.Closed())
