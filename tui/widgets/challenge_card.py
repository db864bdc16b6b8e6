"""The questions that are asked of one activity, with what the map itself says to them."""

from collections.abc import Mapping, Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.challenge import Evidence
from model.presets import Question
from model.session import Session
from tui.text import plain
from tui.widgets.session_widget import SessionWidget


class ChallengeCard(SessionWidget, Widget):
    """Below the list, or beside it where there is room."""

    DEFAULT_CSS = """
    ChallengeCard { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self._questions = tuple(questions)
        self._key = ""
        self._evidence = Evidence(Session())

    def look_at(self, key: str, evidence: Evidence) -> None:
        """Show another activity, and what the map says of it."""
        self._key, self._evidence = key, evidence
        self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self.refresh()

    def render(self) -> RenderResult:
        """The activity, what was said, the questions."""
        one = self.session.activity_by_id.get(self._key)
        lines = []
        if one:
            ref = self.session.ref_by_id[one.id]
            lines.append(Content.styled(plain(f"{ref} {one.text}"), "bold"))
            if one.note:
                lines.append(Content.assemble(("Note  ", "$text-muted"), plain(one.note)))
        else:
            lines.append(Content.styled("Ask of each activity", "bold"))
        said = self._evidence.of(self._key)
        lines += [_asked(question, said) for question in self._questions]
        return Content("\n").join(lines)


def _asked(question: Question, said: Mapping[str, str]) -> Content:
    answer = said.get(question.about, "")
    text = plain(question.text)
    return (
        Content.assemble(f"· {text} ", (plain(answer), "$text-accent"))
        if answer
        else Content(f"· {text}")
    )
