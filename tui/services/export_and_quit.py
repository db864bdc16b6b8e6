"""Exports beside the screen (the workbook or the bundle), and quits when all is saved.

Leaving waits `SAVE_SECONDS` for the session file and `LAST_PART` for what is being written.
"""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType

from offwall.model.records import Session
from offwall.tui.kit import Context, Say, plain
from offwall.tui.kit.choice import Choice
from offwall.tui.kit.form import Answers, Field
from offwall.tui.kit.line_input import LineInput
from offwall.tui.kit.messages import Edit, ExportRequested, Go
from offwall.tui.services import recent_sessions
from offwall.tui.services.background import run_in_background
from offwall.tui.services.bundle import bundle_outcome, write_bundle
from offwall.tui.services.editing import EditingApp
from offwall.tui.services.session_files import free_name

if TYPE_CHECKING:
    from offwall.tui.services.workbooks import MappedWorkbooks

WORKBOOK = "The workbook: {}"
EVERYTHING = "Everything, into a new folder: workbook, brief, feedback, calendars, map, mails"
TEMPLATE = "A filled copy of a workbook of your own: you see first what goes where"
EXPORT_ABOUT = "All go beside the session; nothing that is there is touched."

TEMPLATES = (".xlsx", ".xlsm", ".xltx", ".xltm")

STILL_WRITING = "What leaves is still being written; the line here will say where it is."

WAIT, NOW = "Wait until it is written, then leave", "Leave now, without what is not yet written"

EXPORT_STOPPED = "What was being written when you left is left out; what is there is whole."

LAST_PART = 3.0
"""Seconds that leaving gives the part that is just being made: a share may never answer."""

LAST_FILE = 0.5
"""Seconds that the end of the program gives the file that is just being written."""


class ExportingApp(EditingApp):
    """Writes what leaves on a thread of its own, says how far it is, and where it lies."""

    _writing: "asyncio.Future[Say] | None" = None

    mapped: "MappedWorkbooks | None" = None
    """The workbooks whose columns and rows the screen shows."""

    _written = ""
    """What came of it last: the status line forgets, and where it lies is asked again."""

    def __init__(self, fresh: Context) -> None:
        super().__init__(fresh)
        self._stop = threading.Event()
        self._idle = threading.Event()
        self._idle.set()

    @property
    def writes(self) -> bool:
        """Whether something is being written."""
        return self._writing is not None and not self._writing.done()

    def on_export_requested(self, message: ExportRequested) -> None:
        """Ask what is to leave; then it is written."""
        if self.writes:
            self.say(STILL_WRITING)
        elif self.desk is not None:
            path = self.desk.path
            if message.filled:
                self._begin_writing(partial(self._write_filled, self.session, path))
                return
            options = [WORKBOOK.format(path.with_suffix(".xlsx").name), EVERYTHING, TEMPLATE]
            about = "\n".join(filter(None, (EXPORT_ABOUT, self._written)))
            question = Choice("Write what leaves", options, about, message.at)
            # A callback comes before the next key, whatever that is; a worker might come after.
            self.push_screen(question, partial(self._chosen, path))

    def _chosen(self, path: Path, choice: int | None) -> None:
        if choice == 2:
            self._ask_template(path.parent)
        elif choice is not None:
            write = self._write_everything if choice else self._write_workbook
            self._begin_writing(partial(write, self.session, path))

    def _begin_writing(self, write: Callable[[], Say]) -> None:
        self._writing = self._begin(write)
        self._say_where(self._writing)

    @work
    async def _ask_template(self, folder: Path) -> None:
        """Ask for a workbook to fill, and show what it was taken for."""
        from offwall.tui.kit.path_form import PATH_FIELD, PathForm
        from offwall.tui.services.photos import complete_path
        from offwall.tui.services.workbooks import Filling

        async def read(answers: Answers) -> str:
            template = folder / Path(answers[PATH_FIELD].strip()).expanduser()
            try:
                self.mapped = await run_in_background(partial(Filling, template))
            except (ExportError, OSError, RuntimeError) as sentence:
                return str(sentence)
            return ""

        from offwall.model.store import ExportError

        fields = [Field(PATH_FIELD, "Workbook", hint="It stays as it is; a copy is filled.")]
        complete = partial(complete_path, folder, TEMPLATES)
        form = PathForm("Fill a workbook of your own", fields, read, complete)
        if await self.push_screen_wait(form) is not None:
            self.post_message(Go("mapping"))

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

        return run_in_background(run)

    def _write_workbook(self, session: Session, path: Path) -> Say:
        # Excel's writer takes a tenth of a second to load, and an afternoon needs it once.
        from offwall.model.store import ExportError, photos_folder
        from offwall.model.workbook.write import export as snapshots
        from offwall.model.workbook.write.export import export_workbook

        self.post_message(Say("Writing the workbook ..."))
        try:
            target = free_name(path.with_suffix(".xlsx"))
            photos, today = photos_folder(path), self.fresh.today()
            mark = snapshots.keep_snapshot(recent_sessions.state_folder(), session, path)
            written = export_workbook(
                session, target, exported_on=today, photos_in=photos, mark=mark
            )
        except (ExportError, OSError) as sentence:
            return Say(str(sentence), wrong=True)
        return Say(f"Wrote {written}.")

    def _write_filled(self, session: Session, path: Path) -> Say:
        from offwall.model.store import ExportError
        from offwall.tui.services.workbooks import Filling

        if not isinstance(self.mapped, Filling):
            return Say("There is no workbook to fill; E asks for one.", wrong=True)
        try:
            written, remember = self.mapped.write(session, path)
        except (ExportError, OSError) as sentence:
            return Say(str(sentence), wrong=True)
        self.post_message(Edit("Remembered the columns", remember))
        return Say(f"Wrote {written}.")

    def _write_everything(self, session: Session, path: Path) -> Say:
        from offwall.model.store import ExportError

        def tell(number: int, parts: int, name: str) -> None:
            self.post_message(Say(f"Writing everything, {number} of {parts}: {name} ..."))

        try:
            written = write_bundle(session, path, self.fresh, tell=tell, stopped=self._stop.is_set)
        except (ExportError, OSError) as sentence:
            return Say(str(sentence), wrong=True)
        return Say(bundle_outcome(written), wrong=bool(written.failed))

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
        return plain(writing.result().text) if writing.done() else EXPORT_STOPPED

    def close_document(self) -> None:
        """Have no file begun any more; the one that is just being written becomes whole."""
        self._stop.set()
        self._idle.wait(LAST_FILE)
        super().close_document()


# The user leaves, when all is saved.

SAVE_SECONDS = 1.5
"""Seconds that leaving waits for the session file; what the journal has is safe without it."""

STAY_CHOICE, LEAVE_CHOICE = "Stay, and try again", "Leave, and lose what is not in the file"


class QuitApp(ExportingApp):
    """Leaves when the file holds everything, and what was asked for is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Leave", id="app.leave", show=False, priority=True),
    ]

    _said_of = ""
    """The line begun that was said before leaving."""

    async def at_rest(self) -> None:
        """Wait for what the user has asked for already."""

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave when all is safe; ask where that cannot be done. A line begun is said first."""
        line = self.focused
        if isinstance(line, LineInput) and line.begun and line.value != self._said_of:
            self._said_of = line.value
            self.say("A line is begun: Enter keeps it. Ctrl+Q again leaves without it.")
            return
        await self.at_rest()
        written = await self.end_of_writing()
        if written is None:
            return
        late = await self._settle()
        if self.desk is not None:
            await asyncio.to_thread(self.desk.leave)
            # The file may have been lost just now.
            late = _in_whole(self.desk.path) if self.desk.in_whole else late
        said = " ".join(filter(None, (written, late, self.verified)))
        self.exit(message=Text(plain(said)) if said else None)

    async def _settle(self) -> str:
        """Wait until the file holds everything; the sentence to leave with where it does not."""
        while self.desk is not None and not await asyncio.to_thread(
            self.desk.settled, SAVE_SECONDS
        ):
            if self.desk.safe:
                return _unsaved_sentence(self.desk.path)
            about = f"{self.desk.path.name} does not take the last changes. {self.trouble}"
            question = Choice("Not all is saved", [STAY_CHOICE, LEAVE_CHOICE], about)
            if await self.push_screen_wait(question) == 1:
                break
        return ""


def _unsaved_sentence(path: Path) -> str:
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
