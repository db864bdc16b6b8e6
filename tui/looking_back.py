"""A second session looks back: the session that it follows is read on a thread of its own."""

from textual import work
from textual.reactive import reactive

from model.session import Session
from model.since import Since
from model.store import StoreError
from tui import files
from tui.editing import EditingApp
from tui.messages import LookBack

LookedBack = tuple[Since | None, str]
"""What changed since last time can be asked of the first; where it is None, the sentence why."""


class LookingBackApp(EditingApp):
    """Reads the file of the session before when a screen wants to know what changed since."""

    looked_back: reactive[LookedBack] = reactive[LookedBack]((None, ""))

    def on_look_back(self, _: LookBack) -> None:
        """Read it; the screen does not wait for a disk."""
        if self.desk is not None:
            self._look_back(self.session)

    @work(thread=True, exclusive=True, group="looking back")
    def _look_back(self, session: Session) -> None:
        if self.desk is None:
            return
        try:
            found: LookedBack = (Since(files.earlier_session(self.desk.path, session)), "")
        except StoreError as sentence:
            found = (None, str(sentence))
        self.call_from_thread(setattr, self, "looked_back", found)
