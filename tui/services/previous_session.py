"""The previous session, which this one follows, read beside the screen for what changed since."""

from typing import TYPE_CHECKING, TypeAlias

from textual import work
from textual.reactive import reactive

from offwall.model.store import StoreError
from offwall.tui.kit.messages import PreviousSessionRequested
from offwall.tui.services import session_files
from offwall.tui.services.background import run_in_background
from offwall.tui.services.editing import EditingApp

if TYPE_CHECKING:
    from offwall.model.compare.carry_over import ChangesSince


PreviousSession: TypeAlias = "tuple[ChangesSince | None, str]"
"""What changed since last time can be asked of the first; where it is None, the sentence why."""


class PreviousSessionApp(EditingApp):
    """Reads the file of the session before when a screen wants to know what changed since."""

    looked_back: reactive[PreviousSession] = reactive[PreviousSession]((None, ""))

    @work(exclusive=True, group="looking back")
    async def on_previous_session_requested(self, _: PreviousSessionRequested) -> None:
        """Read it; neither a key nor leaving waits for a disk."""
        from offwall.model.compare.carry_over import ChangesSince

        if self.desk is None:
            return
        path, session = self.desk.path, self.session
        self.looked_back = (None, "")
        try:
            found = await run_in_background(
                lambda: ChangesSince(session_files.earlier_session(path, session))
            )
        except StoreError as sentence:
            self.looked_back = (None, str(sentence))
        else:
            self.looked_back = (found, "")
