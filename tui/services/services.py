"""The services of the editor: what outlives a screen. In which order a session begins and ends."""

from asyncio import Future
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offwall.model.records import Session
from offwall.model.store import StoreError, os_reason
from offwall.model.store.files import leave_like
from offwall.tui.kit import Say, SessionScreen
from offwall.tui.kit.copying import CopyWanted
from offwall.tui.kit.frame import time_left
from offwall.tui.kit.messages import (
    DraftChanged,
    Edit,
    ExportRequested,
    LogWanted,
    PhotoQuestionAsked,
    PhotosLookWanted,
    PhotoWanted,
    PreviousSessionRequested,
    ProposalsRequested,
    ServiceMessage,
    Typing,
)
from offwall.tui.kit.standing import standing
from offwall.tui.services import lock_file, recent_sessions, session_files
from offwall.tui.services.clipboard import Clipboard
from offwall.tui.services.co_editing import CoEditing
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.editing import Editing
from offwall.tui.services.export_and_quit import Exports
from offwall.tui.services.file_writer import FileWritten
from offwall.tui.services.first_minute import FirstMinute
from offwall.tui.services.journal_writer import JournalWritten
from offwall.tui.services.live_line import LiveLineWriter, Told
from offwall.tui.services.photos import Photos
from offwall.tui.services.port import Port
from offwall.tui.terminal.worker import Latest, run_in_background

if TYPE_CHECKING:
    from offwall.model.compare.log import SessionLog
    from offwall.model.workbook import Proposals
    from offwall.tui.services.workbooks import Importing

PAUSED, GOES_ON = "The clock is paused; Z lets it go on.", "The clock goes on."

SHOWN = "The room sees the line as it is typed (offwall show); V shows it no longer."
NOT_SHOWN = "The line is no longer shown while it is typed."
HELD = "The room keeps what it sees now, whatever you do; ( lets it follow again."
LET_GO = "The room follows you again."

UNSHARE_SECONDS = 0.5
"""Seconds that leaving waits for the note to be taken away: its share may no longer answer."""


class Room:
    """What ``offwall show`` is told: where one stands, unless the room is held; the line, where a
    key says so. Nothing after the session is left.
    """

    def __init__(self, port: Port) -> None:
        self._port = port
        self._writer: LiveLineWriter | None = None
        self._told = Told()

    def begin(self, path: Path) -> None:
        """Tell the room from now on."""
        opener = lock_file.this_opener(self._port.fresh.now().isoformat("T", "minutes")[:16])
        self._writer, self._told = LiveLineWriter(path, opener, self._not_told), Told()

    def look(self, screen: SessionScreen | None) -> None:
        """Tell where one stands; who may only read leads nobody."""
        state, at = self._port.state, self._told.at
        if screen is not None and not state.refused:
            found = at if state.holding else standing(screen, private=state.private)
            self._tell(at=found, private=state.private)

    def typing(self, text: str, card: str = "") -> None:
        """Show what the line holds now, and the card of what it will make."""
        if self._port.state.sharing and not self._port.state.holding:
            self._tell(line=text, card=card)

    def share(self) -> None:
        """Show the line from now on, or no longer."""
        sharing = not self._port.state.sharing
        self._port.state = replace(self._port.state, sharing=sharing)
        self._tell(line="", card="")
        self._port.say(SHOWN if sharing else NOT_SHOWN)

    def hold(self) -> None:
        """Have the room keep what it sees, or follow again."""
        held = not self._port.state.holding
        self._port.state = replace(self._port.state, holding=held)
        self._tell(held=held, line="", card="")
        self._port.say(HELD if held else LET_GO)

    def _tell(self, **what: Any) -> None:
        self._told = replace(self._told, **what)
        if self._writer is not None:
            self._writer.say(self._told)

    def _not_told(self, wrong: str) -> None:
        # Said by the thread that writes; the App may have ended meanwhile.
        with suppress(RuntimeError):
            self._port.post_message(Say(wrong, wrong=True))

    def end(self) -> None:
        """Tell nothing any more."""
        if self._writer is not None:
            self._writer.worker.close(UNSHARE_SECONDS)
            self._port.state = replace(self._port.state, sharing=False, holding=False)
        self._writer = None


class Clock:
    """Counts a minute for the part that is open, unless it is paused."""

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing

    def minute(self, screen: SessionScreen | None) -> None:
        """A minute has passed at a screen, whatever is asked above it."""
        if screen and screen.PART and not self._port.state.paused:
            self._editing.minute_passed(screen.PART, screen.topic)

    def toggle(self, screen: SessionScreen | None) -> None:
        """Stop the clock, or let it go on; say how much is left."""
        paused = not self._port.state.paused
        self._port.state = replace(self._port.state, paused=paused)
        part = screen.PART if screen else ""
        left = f" {time_left(self._port.session, part)}" if part else ""
        self._port.say((PAUSED if paused else GOES_ON) + left)


class PreviousSession:
    """Reads the session that this one follows, when a screen asks what changed since."""

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing

    def read(self) -> None:
        """Read it; neither a key nor leaving waits for a disk."""
        if (document := self._editing.document) is not None:
            self._port.run_worker(self._read(document.path), group="looking back", exclusive=True)

    async def _read(self, path: Path) -> None:
        from offwall.model.compare.carry_over import ChangesSince

        session = self._port.session
        self._port.state = replace(self._port.state, looked_back=(None, ""))
        try:
            found = await run_in_background(
                lambda: ChangesSince(session_files.earlier_session(path, session))
            )
        except StoreError as sentence:
            self._port.state = replace(self._port.state, looked_back=(None, str(sentence)))
        else:
            self._port.state = replace(self._port.state, looked_back=(found, ""))


class Imports:
    """The workbooks that came back, and what they propose for the session."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._importing: Importing | None = None
        self._proposed_for: Session | None = None
        self._latest: Latest[Proposals] = Latest(partial(port.run_worker, group="proposals"))

    def begin(self, importing: "Importing | None") -> None:
        """Have workbooks gone through; before the App runs, the session opens on them."""
        self._importing, self._proposed_for = importing, None
        state = self._port.state
        self._port.state = replace(state, importing=importing, proposals=None, filling=None)

    def open(self) -> str:
        """The screen that the session opens on; empty where nothing came back.

        What the command line says of columns is remembered first.
        """
        if self._importing is None:
            return ""
        if self._importing.choice.columns:
            remember = self._importing.remember
            self._port.post_message(Edit("Columns as the command line says them", remember))
        return "importing"

    def propose(self, session: Session) -> None:
        """Work out what they propose for a session; no key waits for it."""
        importing = self._importing
        if importing is None or session is self._proposed_for:
            return

        self._proposed_for = session
        self._port.state = replace(self._port.state, proposals=None)
        self._latest.want(partial(importing.propose, session), partial(self._told, importing))

    def _told(self, importing: "Importing", answer: "Future[Proposals]") -> None:
        if importing is self._importing:
            self._port.state = replace(self._port.state, proposals=answer.result())


class History:
    """Reads what was done to the session, when a screen asks for it."""

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing
        self._latest: Latest[SessionLog] = Latest(partial(port.run_worker, group="history"))

    def read(self) -> None:
        """Read it, once more where that is going on; no key waits for a disk."""
        if (document := self._editing.document) is not None:
            self._latest.want(document.log, partial(self._told, document))

    def _told(self, document: OpenDocument, answer: "Future[SessionLog]") -> None:
        if document is not self._editing.document:
            return
        try:
            self._port.state = replace(self._port.state, log=answer.result())
        except OSError as error:
            self._port.say(f"What was done cannot be read ({os_reason(error)}).", wrong=True)


class Services:
    """All of them on one port; what they need of one another is handed in here."""

    def __init__(self, port: Port, leave: Callable[[], object]) -> None:
        """``leave`` begins to leave the session, as a key does."""
        self._port = port
        self.editing = Editing(port)
        self.co_editing = CoEditing(port, self.editing, leave)
        self.exports = Exports(port, self.editing)
        self.clipboard = Clipboard(port, self.editing)
        self.room = Room(port)
        self.imports = Imports(port)
        self.photos = Photos(port)
        self.clock = Clock(port, self.editing)
        self.previous = PreviousSession(port, self.editing)
        self.history = History(port, self.editing)
        self.first_minute = FirstMinute(port)

    @property
    def _hears(self) -> Mapping[type[ServiceMessage], Callable[[Any], object]]:
        """What is done of each message."""
        return {
            Typing: lambda message: self.room.typing(message.text, message.card),
            DraftChanged: lambda _: self.editing.keep_drafts(),
            JournalWritten: self.editing.take,
            FileWritten: self._file_written,
            CopyWanted: self.clipboard.copy,
            ExportRequested: self._export,
            PhotoQuestionAsked: lambda _: self.photos.asked(),
            PhotosLookWanted: lambda _: self.photos.look(),
            PhotoWanted: lambda message: self.photos.add(message.photo, message.seed),
            PreviousSessionRequested: lambda _: self.previous.read(),
            LogWanted: lambda _: self.history.read(),
            ProposalsRequested: lambda _: self.imports.propose(self._port.session),
        }

    def hear(self, message: ServiceMessage) -> None:
        """Hand a message to the service that it is for."""
        self._hears[type(message)](message)

    def _file_written(self, message: FileWritten) -> None:
        if message.cut is not None:
            self.co_editing.ask_about(message.cut)
        self.editing.take(message)

    def _export(self, message: ExportRequested) -> None:
        self.first_minute.did("export")
        if message.filled:
            self.exports.fill()
        else:
            self.exports.ask(message.at)

    def open(self, path: Path) -> None:
        """Open a session file in the place of the one that is open.

        Raises `model.store.store.StoreError` where it cannot be read; nothing has changed then.
        """
        document = OpenDocument(
            path, self._port.post_message, recent_sessions.state_folder(), self._port.fresh.now
        )
        self.close()
        self._port.begin_session(document.session)
        self._port.state = replace(self._port.state, log=None)
        self.editing.begin(document)
        self.imports.begin(None)
        self.photos.begin(path)
        self.co_editing.begin(path)
        self.room.begin(path)
        recent_sessions.remember(path)
        leave_like(path)

    def close(self) -> None:
        """Leave the session: who follows it is told first, the disks have the last word."""
        self.co_editing.end()
        self.exports.end()
        self.room.end()
        self.editing.end()
