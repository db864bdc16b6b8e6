"""Explore the issue under the cursor: note its causes and options, close it with an outcome."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from model.edits.exploring import write_issue
from model.edits.topics import topic_of
from model.presets import topic_kinds
from model.session import Issue
from tui.dialogs.ask_block import AskBlock
from tui.fresh import Fresh
from tui.widgets.fitted_list import FittedList
from tui.widgets.session_widget import SessionWidget
from tui.widgets.topic_words import prompts

ASKED = {"notes": "Causes and options", "outcome": "What came out"}
CLOSES = "An outcome closes the issue. Nothing written opens it again."


class IssueNotes(SessionWidget, FittedList):
    """The keys that write what the topic of an issue says; they take it up where it is not yet."""

    fresh: Fresh
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "write('notes')", "Explore", id="issue.notes", tooltip="Causes and options"
        ),
        Binding(
            "o", "write('outcome')", "Close", id="issue.outcome", tooltip="Close with an outcome"
        ),
    ]

    @property
    def issue(self) -> Issue | None:
        """The issue under the cursor."""
        raise NotImplementedError

    @work
    async def action_write(self, field: str) -> None:
        """Write the notes or the outcome."""
        if not (found := self.issue):
            return
        topic = topic_of(self.session, "issue", found.id)
        seed = self.fresh.seed()

        def keep(text: str) -> str:
            return self.attempt(
                f"{ASKED[field]}: {found.text}",
                lambda session: write_issue(session, found.id, field, text, seed=seed),
            )

        before = getattr(topic, field) if topic else ""
        about = self._questions() if field == "notes" else CLOSES
        await self.app.push_screen_wait(
            AskBlock(f"{ASKED[field]}: {found.text}", before, keep, about)
        )

    def _questions(self) -> str:
        kinds = topic_kinds(self.fresh.presets)
        return prompts(next((kind for kind in kinds if kind.kind == "issue"), None))
