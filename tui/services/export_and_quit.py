"""Exports beside the screen (the bundle or the workbook), and quits when all is saved.

Leaving waits `SAVE_SECONDS` for the session file and `LAST_PART` for what is being written.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import EditError, Session
from offwall.model.records.text import counted, plain
from offwall.model.setup.workshop import record_version
from offwall.model.store import ExportError, StoreError
from offwall.tui.kit import Say
from offwall.tui.kit.form import PATH_FIELD, Answers, Choice, Field, PathForm
from offwall.tui.kit.messages import Edit, Go
from offwall.tui.services import recent_sessions
from offwall.tui.services.bundle import bundle_outcome, write_bundle
from offwall.tui.services.editing import Editing
from offwall.tui.services.port import Port
from offwall.tui.services.session_files import expanded, free_name, write_version
from offwall.tui.terminal.worker import Worker, begin_in_background, run_in_background

if TYPE_CHECKING:
    from offwall.model.documents.brief.readers import Audience
    from offwall.model.documents.bundle import BundleResult
    from offwall.tui.services.workbooks import Filling

EVERYTHING = (
    "Everything, into a new folder: workbook, brief, feedback, map, action plan; below them mails"
    " and calendars"
)
WORKBOOK = "The workbook: {}"
TEMPLATE = "A filled copy of a workbook of your own: you see first what goes where"
WRITTEN = "The list of what was written last: {}"
LISTED = "E lists them."
WHO_FOR = "Who is the brief for?"
EXPORT_ABOUT = "They are written beside the session. No other file is changed."

TEMPLATES = (".xlsx", ".xlsm", ".xltx", ".xltm")

STILL_WRITING = "The documents are still being written. This line will say where they are."

WAIT, NOW = "Wait until it is written, then leave", "Leave now, without what is not yet written"

EXPORT_STOPPED = (
    "The document that was being written when you left is missing. The others are complete."
)

LAST_PART = 3.0
"""Seconds that leaving gives the part that is just being made: a share may never answer."""

LAST_FILE = 0.5
"""Seconds that the end of the program gives the file that is just being written."""


SAVE_SECONDS = 1.5
"""Seconds that leaving waits for the session file; what the journal has is safe without it."""

STAY_CHOICE, LEAVE_CHOICE = "Stay, and try again", "Leave, and lose what is not in the file"


class Exports:
    """Writes what leaves on a thread of its own, says how far it is, and where it lies."""

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing
        self._stop = threading.Event()
        self._writing: asyncio.Future[Say] | None = None
        self._worker: Worker[None] | None = None
        self._written = ""
        """What came of it last: the status line forgets, and where it lies is asked again."""
        self._last: BundleResult | None = None
        """The folder that was written last, with its files."""
        self._filling: Filling | None = None
        self._reader = 0
        """The place among the readers of whom the brief was for last."""

    def ask(self) -> None:
        """Ask what is to leave; then it is written. Everything is offered first, everywhere."""
        if (path := self._beside()) is not None:
            options = [EVERYTHING, WORKBOOK.format(path.with_suffix(".xlsx").name), TEMPLATE]
            if self._last and (files := self._last.files):
                options.append(WRITTEN.format(counted(len(files), "file")))
            about = "\n".join(filter(None, (EXPORT_ABOUT, self._written)))
            question = Choice("Documents to send", options, about)
            # A callback comes before the next key, whatever that is; a worker might come after.
            self._port.ask_then(question, partial(self._chosen, path))

    def version(self, name: str) -> None:
        """Record a version; a copy of the session as it is then is written beside its file."""
        if (path := self._beside()) is not None:
            self._begin(self._write_version, path, name)

    def fill(self) -> None:
        """Write the filled copy of the workbook that is shown."""
        if self._filling is not None and (path := self._beside()) is not None:
            self._begin(self._write_filled, path, self._filling)

    def _beside(self) -> Path | None:
        """The session's file; None where there is none, or where something is being written."""
        if self._writing is not None and not self._writing.done():
            self._port.say(STILL_WRITING)
            return None
        return self._editing.document.path if self._editing.document else None

    def _chosen(self, path: Path, choice: int | None) -> None:
        if choice == 2:
            self._port.run_worker(self._ask_template(path.parent))
        elif choice == 3 and self._last is not None:
            self._list(self._last)
        elif choice == 1:
            self._begin(self._write_workbook, path)
        elif choice == 0:
            self._ask_reader(path)

    def _ask_reader(self, path: Path) -> None:
        """Ask whom the brief asks to decide; then everything is written."""
        from offwall.model.documents.brief.readers import READERS, Audience

        readers = [one for one in READERS if one is not Audience.PARTICIPANTS]

        def chosen(place: int | None) -> None:
            if place is not None:
                self._reader = place
                self._begin(self._write_everything, path, readers[place])

        names = [f"{READERS[one][:1].upper()}{READERS[one][1:]}" for one in readers]
        self._port.ask_then(Choice(WHO_FOR, names, at=self._reader), chosen)

    def _list(self, written: "BundleResult") -> None:
        files = written.files

        def chosen(place: int | None) -> None:
            if place is not None:
                self._port.say(str(files[place]), file=files[place])

        names = [str(file.relative_to(written.folder)) for file in files]
        about = "\n".join((str(written.folder), *written.failed, *written.notes))
        self._port.ask_then(Choice("What was written", names, about), chosen)

    def _begin(self, write: Callable[..., Say], path: Path, *what: object) -> None:
        """Write of the session as it is now, beside its file; what refuses it is said."""
        session = self._port.session

        def said() -> Say:
            try:
                return write(session, path, *what)
            except (EditError, ExportError, StoreError, OSError) as sentence:
                return Say(str(sentence), wrong=True)

        self._stop.clear()
        self._writing, self._worker = begin_in_background(said)
        self._port.run_worker(self._say_where(self._writing), group="what leaves")

    async def _ask_template(self, folder: Path) -> None:
        from offwall.tui.services.photos import complete_path
        from offwall.tui.services.workbooks import Filling

        async def read(answers: Answers) -> str:
            template = folder / expanded(Path(answers[PATH_FIELD].strip()))
            try:
                self._filling = await run_in_background(partial(Filling, template))
            except (ExportError, OSError) as sentence:
                return str(sentence)
            return ""

        fields = [Field(PATH_FIELD, "Workbook", hint="It stays as it is; a copy is filled.")]
        complete = partial(complete_path, folder, TEMPLATES)
        form = PathForm("Fill a workbook of your own", fields, read, complete)
        if await self._port.ask(form) is not None:
            self._port.state = replace(self._port.state, filling=self._filling, filled=())
            self._port.post_message(Go("filling"))

    async def _say_where(self, writing: "asyncio.Future[Say]") -> None:
        # Whoever stops waiting does not stop the writing, and others wait for it too.
        said = await asyncio.shield(writing)
        self._written = said.text
        self._port.post_message(said)

    def _write_workbook(self, session: Session, path: Path) -> Say:
        # Excel's writer takes a tenth of a second to load, and an afternoon needs it once.
        from offwall.model.store import photos_folder
        from offwall.model.workbook.write import export as snapshots
        from offwall.model.workbook.write.export import export_workbook

        self._port.post_message(Say("Writing the workbook ..."))
        target = free_name(path.with_suffix(".xlsx"))
        photos, today = photos_folder(path), self._port.fresh.today()
        mark = snapshots.keep_snapshot(recent_sessions.state_folder(), session, path)
        written = export_workbook(session, target, exported_on=today, photos_in=photos, mark=mark)
        return Say(f"Wrote {written}.", file=written)

    def _write_version(self, session: Session, path: Path, name: str) -> Say:
        on = self._port.fresh.today()
        made = write_version(path, session, name, on).versions[-1]
        label, copy = f"Version {made.name}", path.with_name(made.path)
        self._port.post_message(Edit(label, lambda now: record_version(now, name, on, made.path)))
        return Say(f"Recorded version {made.name}. A copy of it is {made.path}.", file=copy)

    def _write_filled(self, session: Session, path: Path, filling: "Filling") -> Say:
        self._port.post_message(Say("Filling the workbook ..."))
        filled = filling.write(session, path)
        self._port.post_message(Edit("Remembered the columns", filled.remember))
        told = (*filled.without_place, *filled.told)
        self._port.call_later(self._filled, told)
        missing = counted(len(filled.without_place), "thing")
        has = f"{missing} had no place in it; the list says which." if filled.without_place else ""
        return Say(f"Wrote {filled.path}. {has}".rstrip(), file=filled.path)

    def _filled(self, told: tuple[str, ...]) -> None:
        self._port.state = replace(self._port.state, filled=told)

    def _write_everything(self, session: Session, path: Path, audience: "Audience") -> Say:
        def tell(number: int, parts: int, name: str) -> None:
            self._port.post_message(Say(f"Writing everything, {number} of {parts}: {name} ..."))

        fresh, stopped = self._port.fresh, self._stop.is_set
        written = write_bundle(session, path, fresh, audience=audience, tell=tell, stopped=stopped)
        folder, self._last = written.folder, written
        named = folder if folder.parent == Path() else folder.parent
        said = " ".join(filter(None, (bundle_outcome(written), LISTED if written.files else "")))
        return Say(said, wrong=bool(written.failed), file=named)

    async def _end_of_writing(self) -> str | None:
        """Wait for what is being written, or leave the rest out; as `leave`, what is said of it."""
        writing = self._writing
        if writing is None or writing.done():
            return ""
        question = Choice("The documents are still being written", [WAIT, NOW])
        chosen = await self._port.ask(question)
        if chosen is None:
            return None
        if chosen == 1:
            self._stop.set()
        self._port.say("Leaving, when the last file is whole ...")
        await asyncio.wait([writing], timeout=LAST_PART if chosen else None)
        return plain(writing.result().text) if writing.done() else EXPORT_STOPPED

    def end(self) -> None:
        """Have no file begun any more; the one that is just being written becomes whole."""
        self._stop.set()
        if self._worker is not None:
            self._worker.close(LAST_FILE)

    async def leave(self) -> str | None:
        """Leave when all is safe; ask where that cannot be done. The answer is the sentence to
        leave with; None where the user wants to stay.
        """
        written = await self._end_of_writing()
        if written is None:
            return None
        late = await self._settle()
        if (document := self._editing.document) is not None:
            await asyncio.to_thread(document.leave)
            # The file may have been lost just now.
            if document.store.whole is not None:
                path = document.path
                late = (
                    f"{path} does not hold all of the session. The whole of it is safe on this"
                    f" computer. Where the file can be opened, offwall {path.name} puts the last"
                    f" changes into it; where it cannot, offwall recover {path.name} lists the"
                    " session first."
                )
        return " ".join(filter(None, (written, late, self._editing.verified)))

    async def _settle(self) -> str:
        """Wait until the file holds everything; the sentence to leave with where it does not."""
        document = self._editing.document
        while document is not None and not await asyncio.to_thread(document.settled, SAVE_SECONDS):
            if document.safe:
                return (
                    f"{document.path} did not take the last changes. They are safe on this"
                    " computer, and are put into it when you open it again:"
                    f" offwall {document.path.name}"
                )
            about = (
                f"{document.path.name} does not take the last changes. {self._port.state.trouble}"
            )
            question = Choice("Not all is saved", [STAY_CHOICE, LEAVE_CHOICE], about)
            if await self._port.ask(question) == 1:
                break
        return ""
