"""What the sections of set up share: a list with the session, and words on where the cursor is."""

from textual.message import Message

from tui.widgets.record_list import RecordList
from tui.widgets.session_widget import SessionWidget


class SetupSection(SessionWidget, RecordList):
    """A list of one kind of thing that is said before the afternoon begins."""

    class Told(Message):
        """What the section has to say in full is another text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def about(self, key: str) -> str:
        """What the row says in full."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say in full what the cursor stands on."""
        self.post_message(self.Told(self.about(self.key) if self.rows else ""))

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The cursor stands on another row."""
        event.stop()
        self.tell()

    def on_focus(self) -> None:
        """The section is shown."""
        self.tell()
