"""What leaves, written beside the screen: the workbook, or everything into a folder."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import work

from model.session import Session
from tui import recent
from tui.aside import aside
from tui.dialogs.choice import Choice
from tui.editing import EditingApp
from tui.everything import outcome, write_all
from tui.files import free_name
from tui.fresh import Fresh
from tui.messages import Export, Say
from tui.text import plain

WORKBOOK = "The workbook: {}"
EVERYTHING = "Everything, into a new folder: workbook, brief, feedback, calendars, map, mails"
ABOUT = "Both go beside the session; nothing that is there is touched."

STILL = "What leaves is still being written; the line here will say where it is."

WAIT, NOW = "Wait until it is written, then leave", "Leave now, without what is not yet written"

STOPPED = "What was being written when you left is left out; what is there is whole."

LAST_PART = 3.0
"""Seconds that leaving gives the part that is just being made: a share may never answer."""

LAST_FILE = 0.5
"""Seconds that the end of the program gives the file that is just being written."""


class WritingApp(EditingApp):
    """Writes what leaves on a thread of its own, says how far it is, and where it lies."""

    _writing: "asyncio.Future[Say] | None" = None

    _written = ""
    """What came of it last: the status line forgets, and where it lies is asked again."""

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(fresh)
        self._stop = threading.Event()
        self._idle = threading.Event()
        self._idle.set()

    @property
    def writes(self) -> bool:
        """Whether something is being written."""
        return self._writing is not None and not self._writing.done()

    def on_export(self, message: Export) -> None:
        """Ask what is to leave; then it is written."""
        if self.writes:
            self.say(STILL)
        elif self.desk is not None:
            path = self.desk.path
            options = [WORKBOOK.format(path.with_suffix(".xlsx").name), EVERYTHING]
            about = "\n".join(filter(None, (ABOUT, self._written)))
            question = Choice("Write what leaves", options, about, message.at)
            # A callback comes before the next key, whatever that is; a worker might come after.
            self.push_screen(question, partial(self._chosen, path))

    def _chosen(self, path: Path, choice: int | None) -> None:
        if choice is not None:
            write = self._write_everything if choice else self._write_workbook
            self._writing = self._begin(partial(write, self.session, path))
            self._say_where(self._writing)

    @work(group="what leaves")
    async def _say_where(self, writing: "asyncio.Future[Say]") -> None:
        # Whoever stops waiting does not stop the writing, and others wait for it too.
        said = await asyncio.shield(writing)
        self._written = said.text
        self.post_message(said)

    def _begin(self, write: Callable[[], Say]) -> "asyncio.Future[Say]":
        """Write on a thread that the end of the program does not wait for."""
        self._stop.clear()
        self._idle.clear()

        def run() -> Say:
            try:
                return write()
            finally:
                self._idle.set()

        return aside(run)

    def _write_workbook(self, session: Session, path: Path) -> Say:
        # Excel's writer takes a tenth of a second to load, and an afternoon needs it once.
        from model.exchange import snapshots
        from model.exchange.excel import ExportError, export
        from model.exchange.photo_file import folder_of

        self.post_message(Say("Writing the workbook ..."))
        try:
            target = free_name(path.with_suffix(".xlsx"))
            photos, today = folder_of(path), self.fresh.today()
            mark = snapshots.keep(recent.state_folder(), session, path)
            written = export(session, target, exported_on=today, photos_in=photos, mark=mark)
        except (ExportError, OSError) as sentence:
            return Say(str(sentence), wrong=True)
        return Say(f"Wrote {written}.")

    def _write_everything(self, session: Session, path: Path) -> Say:
        from model.exchange.files import ExportError

        def tell(number: int, parts: int, name: str) -> None:
            self.post_message(Say(f"Writing everything, {number} of {parts}: {name} ..."))

        try:
            written = write_all(session, path, self.fresh, tell=tell, stopped=self._stop.is_set)
        except (ExportError, OSError) as sentence:
            return Say(str(sentence), wrong=True)
        return Say(outcome(written), wrong=bool(written.failed))

    async def end_of_writing(self) -> str | None:
        """Wait for what is being written, or leave the rest out; the sentence to leave with.

        None where the user wants to stay.
        """
        writing = self._writing
        if writing is None or writing.done():
            return ""
        question = Choice("What leaves is still being written", [WAIT, NOW])
        chosen = await self.push_screen_wait(question)
        if chosen is None:
            return None
        if chosen == 1:
            self._stop.set()
        self.say("Leaving, when the last file is whole ...")
        await asyncio.wait([writing], timeout=LAST_PART if chosen else None)
        return plain(writing.result().text) if writing.done() else STOPPED

    def close_desk(self) -> None:
        """Have no file begun any more; the one that is just being written becomes whole."""
        self._stop.set()
        self._idle.wait(LAST_FILE)
        super().close_desk()
