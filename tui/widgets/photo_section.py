"""Part 3's section of photos: the list, and under it the photo under the cursor in full."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.fresh import Fresh
from tui.text import plain
from tui.widgets.photo_list import PhotoList
from tui.widgets.record_list import RecordList
from tui.widgets.session_widget import SessionWidget


class PhotoSection(SessionWidget, Vertical):
    """Says in full what the list has no room for."""

    DEFAULT_CSS = """
    PhotoSection > Static { height: 2; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, fresh: Fresh) -> None:
        super().__init__()
        self._fresh = fresh

    def compose(self) -> ComposeResult:
        """The list and the words."""
        yield PhotoList(self._fresh).data_bind(PhotoSection.session)
        yield Static()

    def on_mount(self) -> None:
        """Say it again when the files were looked at."""
        self.watch(self.app, "photo_states", self._say)

    def watch_session(self) -> None:
        """Say it of the photo as it is now."""
        self.call_after_refresh(self._say)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words follow the cursor."""
        event.stop()
        self._say()

    def _say(self) -> None:
        if self.is_mounted:
            said = self.query_one(PhotoList).said()
            self.query_one(Static).update(Content(plain(said)), layout=False)
