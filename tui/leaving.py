"""The user leaves, when all is saved."""

import asyncio
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType

from tui.dialogs.choice import Choice
from tui.text import plain
from tui.writing import WritingApp

PATIENCE = 1.5
"""Seconds that leaving waits for the session file; what the journal has is safe without it."""

STAY, LEAVE = "Stay, and try again", "Leave, and lose what is not in the file"


class LeavingApp(WritingApp):
    """Leaves when the file holds everything, and what was asked for is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
    ]

    async def at_rest(self) -> None:
        """Wait for what the user has asked for already."""

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is safe; ask where that cannot be done."""
        await self.at_rest()
        written = await self.end_of_writing()
        if written is None:
            return
        late = await self._settle()
        if self.desk is not None:
            await asyncio.to_thread(self.desk.leave)
            # The file may have been lost just now.
            late = _in_whole(self.desk.path) if self.desk.in_whole else late
        said = " ".join(filter(None, (written, late)))
        self.exit(message=Text(plain(said)) if said else None)

    async def _settle(self) -> str:
        """Wait until the file holds everything; the sentence to leave with where it does not."""
        while self.desk is not None and not await asyncio.to_thread(self.desk.settled, PATIENCE):
            if self.desk.safe:
                return _not_yet(self.desk.path)
            about = f"{self.desk.path.name} does not take the last changes. {self.trouble}"
            question = Choice("Not all is saved", [STAY, LEAVE], about)
            if await self.push_screen_wait(question) == 1:
                break
        return ""


def _not_yet(path: Path) -> str:
    return (
        f"{path} did not take the last changes. They are safe on this computer, and are put into"
        f" it when you open it again: offwall {path.name}"
    )


def _in_whole(path: Path) -> str:
    return (
        f"{path} does not hold all of the session. The whole of it is safe on this computer. Where"
        f" the file can be opened, offwall {path.name} puts the last changes into it; where it"
        f" cannot, offwall recover {path.name} lists the session first."
    )
