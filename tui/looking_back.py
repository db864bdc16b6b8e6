"""A second session looks back: the session that it follows is read beside the screen."""

from typing import TYPE_CHECKING, TypeAlias

from textual import work
from textual.reactive import reactive

from model.store import StoreError
from tui import files
from tui.aside import aside
from tui.editing import EditingApp
from tui.messages import LookBack

if TYPE_CHECKING:
    from model.since import Since

LookedBack: TypeAlias = "tuple[Since | None, str]"
"""What changed since last time can be asked of the first; where it is None, the sentence why."""


class LookingBackApp(EditingApp):
    """Reads the file of the session before when a screen wants to know what changed since."""

    looked_back: reactive[LookedBack] = reactive[LookedBack]((None, ""))

    @work(exclusive=True, group="looking back")
    async def on_look_back(self, _: LookBack) -> None:
        """Read it; neither a key nor leaving waits for a disk."""
        from model.since import Since

        if self.desk is None:
            return
        path, session = self.desk.path, self.session
        self.looked_back = (None, "")
        try:
            found = await aside(lambda: Since(files.earlier_session(path, session)))
        except StoreError as sentence:
            self.looked_back = (None, str(sentence))
        else:
            self.looked_back = (found, "")
