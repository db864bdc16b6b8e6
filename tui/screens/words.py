"""Part 2's words: what is said twice, what the group agreed to say, where it is not said yet."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.word_list import WordList


class WordsScreen(SessionScreen):
    """The list, and below it in full what the cursor stands on."""

    TITLE = "2 Words"
    PART = "record"
    CSS_PATH = "words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            id="words.back",
            tooltip="Back to where you came from",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list and its words."""
        yield WordList().data_bind(SessionScreen.session)
        yield Static(id="words-about")

    def on_mount(self) -> None:
        """Begin where there is something to do."""
        found = self.query_one(WordList)
        found.focus()
        found.begin()

    def standing_on(self) -> str:
        """The activity that one came from."""
        return self.place if self.place in self.session.activity_by_id else ""

    def on_word_list_told(self, message: WordList.Told) -> None:
        """Say the row in full; the box has its size, so nothing is laid out."""
        message.stop()
        self.query_one("#words-about", Static).update(Content(plain(message.text)), layout=False)
