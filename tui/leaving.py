"""What leaves: the workbook, and the user, when all is saved."""

import asyncio
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType

from model.session import Session
from tui.dialogs.choice import Choice
from tui.editing import EditingApp
from tui.files import free_name
from tui.messages import Export, Say
from tui.text import plain

PATIENCE = 1.5
"""Seconds that leaving waits for the session file; what the journal has is safe without it."""

STAY, LEAVE = "Stay, and try again", "Leave, and lose what is not in the file"


class LeavingApp(EditingApp):
    """Writes the workbook on a thread of its own; leaves when the file holds everything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
    ]

    @work(thread=True)
    def on_export(self, _: Export) -> None:
        """Write the workbook and say where it is."""
        if self.desk is not None:
            self.post_message(Say("Writing the workbook ..."))
            self.post_message(self._write_workbook(self.session, self.desk.path))

    def _write_workbook(self, session: Session, path: Path) -> Say:
        # Excel's writer takes a tenth of a second to load, and an afternoon needs it once.
        from model.exchange.excel import ExportError, export
        from model.exchange.photo_file import folder_of

        target = free_name(path.with_suffix(".xlsx"))
        try:
            written = export(
                session, target, exported_on=self.fresh.today(), photos_in=folder_of(path)
            )
        except ExportError as sentence:
            return Say(str(sentence), wrong=True)
        return Say(f"Wrote {written}.")

    async def at_rest(self) -> None:
        """Wait for what the user has asked for already."""

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is safe; ask where that cannot be done."""
        said = ""
        await self.at_rest()
        if self.desk is not None:
            while not await asyncio.to_thread(self.desk.settled, PATIENCE):
                if self.desk.safe:
                    said = _not_yet(self.desk.path)
                    break
                about = f"{self.desk.path.name} does not take the last changes. {self.trouble}"
                question = Choice("Not all is saved", [STAY, LEAVE], about)
                if await self.push_screen_wait(question) == 1:
                    break
            await asyncio.to_thread(self.desk.leave)
        self.exit(message=Text(plain(said)) if said else None)


def _not_yet(path: Path) -> str:
    return (
        f"{path} did not take the last changes. They are safe on this computer, and are put into"
        f" it when you open it again: offwall {path.name}"
    )
