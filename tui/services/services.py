"""The services of the editor: what outlives a screen. In which order a session begins and ends.

Those of a few lines stand here too: the first minute, copying, the live line, the clock.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offwall.model.records import Session
from offwall.model.store import StoreError, disk, os_reason
from offwall.model.store.files import leave_like
from offwall.tui.kit import Say, SessionScreen
from offwall.tui.kit.frame import time_left
from offwall.tui.kit.messages import (
    CopyWanted,
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
    VersionWanted,
)
from offwall.tui.kit.standing import standing
from offwall.tui.services import lock_file, recent_sessions, session_files
from offwall.tui.services.co_editing import UNLOCK_SECONDS, CoEditing
from offwall.tui.services.document import OpenDocument
from offwall.tui.services.editing import Editing
from offwall.tui.services.export_and_quit import Exports
from offwall.tui.services.live_line import LiveLineWriter, Told
from offwall.tui.services.photos import Photos
from offwall.tui.services.port import Port
from offwall.tui.services.writers import FileWritten, JournalWritten
from offwall.tui.terminal.worker import Latest, run_in_background

if TYPE_CHECKING:
    from asyncio import Future

    from offwall.model.compare.log import SessionLog
    from offwall.model.workbook import Proposals
    from offwall.tui.services.workbooks import Importing

THINGS = {
    "post-it": "2, n and words: a post-it",
    "confirm": "space in part 2 confirms it",
    "lead": "@hos on one: another lead",
    "go": ", and letters: go anywhere",
    "raci": "r in part 2: who does what",
    "undo": "u takes the last back",
    "export": "E writes documents to send",
}
"""The things by their names, in their order; each is short enough for a line of 60 cells."""

ALL_TRIED = "All seven are tried. ? lists every key, wherever you are."


class FirstMinute:
    """Seven things to try in the sample, ticked as they are done, one line at a time.

    There is nothing to try until it begins. What is done, and that they are not wanted, stands in
    the state folder; its loss costs nothing.
    """

    gone = True

    def __init__(self, port: Port) -> None:
        self._port = port
        self._file, self._done = Path(), set[str]()

    def begin(self, folder: Path) -> None:
        """Offer what there is to try, before the App runs; ``folder`` is the state folder."""
        self._file = folder / "first-minute.json"
        known = disk.small_json(self._file)
        self._done = {one for one in THINGS if isinstance(known, list) and one in known}
        self.gone = known == "gone" or len(self._done) == len(THINGS)
        self._show()

    def did(self, name: str) -> None:
        """One was done, where it is one; after the last to try they are gone."""
        if name in THINGS and not self.gone and name not in self._done:
            self._done.add(name)
            self.gone = len(self._done) == len(THINGS)
            self._write([one for one in THINGS if one in self._done])
            self._show()
            if self.gone:
                self._port.post_message(Say(ALL_TRIED))

    def changed(self, before: Session, now: Session) -> None:
        """The session was changed, which may be one of them."""
        if self.gone:
            return
        old = before.activity_by_id
        both = [(old[activity.id], activity) for activity in now.activities if activity.id in old]
        if len(now.activities) > len(before.activities):
            self.did("post-it")
        if any(one.confirmed and not was.confirmed for was, one in both):
            self.did("confirm")
        if any(one.lead != was.lead for was, one in both):
            self.did("lead")

    def dismiss(self) -> None:
        """They are not wanted, now or ever again."""
        self.gone = True
        self._write("gone")
        self._show()

    def _show(self) -> None:
        """What to try next, behind a tick for each that is done; nothing once they are gone."""
        line = ""
        if not self.gone:
            ticks = "".join("✓" if name in self._done else "·" for name in THINGS)
            said = next(THINGS[name] for name in THINGS if name not in self._done)
            line = f"{ticks} Try: {said}  (\\ hides this)"
        self._port.state = replace(self._port.state, hint=line)

    def _write(self, known: object) -> None:
        with suppress(OSError):
            _put(self._file, json.dumps(known).encode())


MOST_SENT = 70_000
"""Bytes that terminals take at once; of more they take nothing, or a part."""


class Clipboard:
    """Copies text: the terminal is asked to take it, and a file has it where none answers.

    A terminal never says whether it took what it was sent (OSC 52), so the path is always said: in
    the session's folder among the user's own state.
    """

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing

    def copy(self, wanted: CopyWanted) -> None:
        """Copy a text, and say where it is."""
        data = wanted.text.encode()
        sent = len(data) <= MOST_SENT
        if sent:
            self._port.copy_to_clipboard(wanted.text)
        if (document := self._editing.document) is not None:
            target = document.folder / f"copied.{'tsv' if wanted.table else 'txt'}"
            said = f"Copied {wanted.what}" if sent else f"{wanted.what} are too much for a terminal"
            work = self._write(target, data, said)
            self._port.run_worker(work, group="copying", exclusive=True)

    async def _write(self, target: Path, data: bytes, text: str) -> None:
        try:
            await run_in_background(partial(_put, target, data))
        except OSError as error:
            why = disk.os_reason(error)
            self._port.say(f"{text}; no file could be written: {why}.", wrong=True)
        else:
            self._port.say(f"{text}. Where nothing pastes, it is in {target}", file=target)


def _put(target: Path, data: bytes) -> None:
    disk.make_folder(target.parent)
    disk.replace_private(target, data, durable=False)


PAUSED, GOES_ON = "The clock is paused; Z lets it go on.", "The clock goes on."

SHOWN = "The room sees the line as it is typed (offwall show); V shows it no longer."
NOT_SHOWN = "The line is no longer shown while it is typed."
HELD = "The room keeps what it sees now, whatever you do; ( lets it follow again."
LET_GO = "The room follows you again."


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

    def typing(self, text: str, card: Callable[[], str] = str) -> None:
        """Show what the line holds now, and the card of what it will make."""
        if self._port.state.sharing and not self._port.state.holding:
            self._tell(line=text, card=card())

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
            self._writer.worker.close(UNLOCK_SECONDS)
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
    """Reads what was done to the session, and what changed since the one that it follows, when a
    screen asks for it. Neither a key nor leaving waits for a disk.
    """

    def __init__(self, port: Port, editing: Editing) -> None:
        self._port, self._editing = port, editing
        self._latest: Latest[SessionLog] = Latest(partial(port.run_worker, group="history"))

    def read(self) -> None:
        """Read what was done, once more where that is going on."""
        if (document := self._editing.document) is not None:
            self._latest.want(document.log, partial(self._told, document))

    def _told(self, document: OpenDocument, answer: "Future[SessionLog]") -> None:
        if document is not self._editing.document:
            return
        try:
            self._port.state = replace(self._port.state, log=answer.result())
        except OSError as error:
            self._port.say(f"What was done cannot be read ({os_reason(error)}).", wrong=True)

    def look_back(self) -> None:
        """Read the session that this one follows."""
        if (document := self._editing.document) is not None:
            work = self._look_back(document.path)
            self._port.run_worker(work, group="looking back", exclusive=True)

    async def _look_back(self, path: Path) -> None:
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
        self.history = History(port, self.editing)
        self.first_minute = FirstMinute(port)
        self.hears: Mapping[type[ServiceMessage], Callable[[Any], object]] = {
            Typing: lambda message: self.room.typing(message.text, message.card),
            DraftChanged: lambda _: self.editing.keep_drafts(),
            JournalWritten: self.editing.take,
            FileWritten: self._file_written,
            CopyWanted: self.clipboard.copy,
            ExportRequested: self._export,
            VersionWanted: lambda message: self.exports.version(message.name),
            PhotoQuestionAsked: lambda _: self.photos.asked(),
            PhotosLookWanted: lambda _: self.photos.look(),
            PhotoWanted: lambda message: self.photos.add(message.photo, message.seed),
            PreviousSessionRequested: lambda _: self.history.look_back(),
            LogWanted: lambda _: self.history.read(),
            ProposalsRequested: lambda _: self.imports.propose(self._port.session),
        }
        """What is done of each message."""

    def _file_written(self, message: FileWritten) -> None:
        if message.cut is not None:
            self.co_editing.ask_about(message.cut)
        self.editing.take(message)

    def _export(self, message: ExportRequested) -> None:
        self.first_minute.did("export")
        if message.filled:
            self.exports.fill()
        else:
            self.exports.ask()

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
