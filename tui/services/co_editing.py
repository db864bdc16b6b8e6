"""Co-editing: who else has the session open, what they wrote, and what is asked about conflicts.

Copies that a sync folder made because two computers had changed the file are offered for merging.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from offwall.model.records import Session
from offwall.model.records.changes import COLLECTIONS, SessionChange
from offwall.model.records.text import counted
from offwall.model.records.uses import records_of
from offwall.model.store import StoreError, read_session
from offwall.model.store.merge import ShortenedFile, taken_away, with_all_of
from offwall.tui.kit.form import Choice
from offwall.tui.kit.messages import Edit
from offwall.tui.services import lock_file
from offwall.tui.services.document import merging
from offwall.tui.services.editing import Editing
from offwall.tui.services.file_watcher import POLL_SECONDS, FileWatcher
from offwall.tui.services.port import Port
from offwall.tui.terminal.worker import in_background, run_in_background

COPY_NAME = re.compile(
    r" \(.+\)"  # s (1), s (Jane's conflicted copy 2026-12-10): Dropbox, Nextcloud, browsers
    r"| \d+"  # s 2: iCloud
    r"| - .+| copy( \d+)?"  # s - Copy, s - Copy (2), s copy: Windows, macOS
    r"|-(?=.*(?-i:[A-Z' -]))[\w' .’-]+"  # s-DESKTOP-4F2A, s-desktop-abc, s-Jane's MacBook: OneDrive
    r"|(?!_version_)[ ._-].*conflict.*",  # s.sync-conflict-20261210-101500-ABCDEFG: Syncthing
    re.DOTALL | re.IGNORECASE,
)
"""What is put behind the name of the session, before its ending; a name of ours is ``s-2``."""

MOST_COPIES = 20
"""Copies that are read; who has more has another trouble."""


def find_conflict_copies(
    path: Path, session: Session, nearest: Callable[[Session], Session] = lambda _: Session()
) -> list[tuple[Path, SessionChange]]:
    """The copies beside a session file that say something that the session does not.

    Each comes with the change that merges it: what both say differently clashes, and whatever the
    copy lacks, nothing is taken away. ``nearest`` is the known version of the session from which a
    copy differs least: both may have grown out of it.
    """
    found: list[tuple[Path, SessionChange]] = []
    for candidate in list(_copy_candidates(path))[:MOST_COPIES]:
        with suppress(StoreError):
            copy = read_session(candidate)
            if not _same_workshop(session, copy):
                continue
            base = nearest(copy)
            change = merging(base, with_all_of(base, copy))
            if change(session) != session:
                found.append((candidate, change))
    return found


def _copy_candidates(path: Path) -> Iterator[Path]:
    with suppress(OSError):
        for entry in sorted(path.absolute().parent.iterdir()):
            stem = entry.stem.removeprefix(path.stem)
            if entry.suffix == path.suffix and stem != entry.stem and COPY_NAME.fullmatch(stem):
                yield entry


def _same_workshop(session: Session, copy: Session) -> bool:
    if session.workshop.id or copy.workshop.id:
        return session.workshop.id == copy.workshop.id
    return bool(session.activity_by_id.keys() & copy.activity_by_id.keys())


# Others at the same session: who has it open, what they wrote, and what is asked about it.

JOIN, READ_ONLY, CANCEL = (
    "Join: what each writes appears at the other's",
    "Read only: follow what they write, and change nothing",
    "Cancel: leave it to them",
)
READ_ONLY_REFUSAL = (
    "This session is open read only, as somebody else has it open; leave, and join them."
)

KEEP, TAKE = "Keep it: the file gets it all back", "Remove it here, too"
NOT_NOW = "Not now"

UNLOCK_SECONDS = 0.5
"""Seconds that leaving waits for a note to be taken away: its share may no longer answer."""


class CoEditing:
    """Shares a session file with others, and says so where it matters."""

    def __init__(self, port: Port, editing: Editing, leave: Callable[[], object]) -> None:
        """``leave`` is called where the user leaves the session to those who have it open."""
        self._port, self._editing, self._leave = port, editing, leave
        self._watch: FileWatcher | None = None
        self._note: Path | None = None
        self._others: tuple[lock_file.Opener, ...] = ()
        self._beside: frozenset[tuple[str, int]] = frozenset()
        self._there: dict[Path, str] = {}
        self._beat = 0.0

    def begin(self, path: Path) -> None:
        """See who else has the file of the session open, and follow what they write."""
        self._port.state = replace(self._port.state, refused="")
        self._others = tuple(lock_file.other_openers(path))
        if not self._others:
            self._leave_note()
        self._beside = _stamps(path)
        self._there = lock_file.who_is_there(path, {})
        self._beat = time.monotonic()
        self._watch = FileWatcher(
            path,
            lambda: self._call(self._look),
            POLL_SECONDS,
            lambda fault: self._call(partial(self._odd, fault)),
            partial(self._look_beside, path),
        )

    def end(self) -> None:
        """Take our note away, and look no more."""
        if self._watch is not None:
            self._watch.worker.close(0)
        if (note := self._note) is not None:
            in_background("unlock", partial(lock_file.remove_lock_note, note)).close(UNLOCK_SECONDS)
        self._watch = self._note = None

    def _leave_note(self) -> None:
        if (document := self._editing.document) is not None:
            opener = lock_file.this_opener(self._port.fresh.now().isoformat("T", "minutes")[:16])
            self._note = lock_file.create_lock_note(document.path, opener)
            if self._note is not None:
                document.own_note = self._note
                tell = partial(lock_file.tell_seen, document.path, self._note, opener)
                document.announce_to(tell)

    def _look_beside(self, path: Path) -> None:
        """By the watching thread: say that we are here, and see who and which copy has come."""
        if self._note is not None and time.monotonic() - self._beat > lock_file.HEARTBEAT_SECONDS:
            self._beat = time.monotonic()
            # It says that the program still has the file open, by the clock of the disk.
            with suppress(OSError):
                os.utime(self._note)
        before, self._beside = self._beside, _stamps(path)
        if self._beside - before:
            self._call(self._copies_came)
        before_now, self._there = self._there, lock_file.who_is_there(path, self._there)
        for note in before_now.keys() ^ self._there.keys():
            if who := self._there.get(note) or before_now.get(note):
                said = "joined" if note in self._there else "left"
                self._call(partial(self._tell, f"{who} {said} this session."))

    def _tell(self, news: str) -> None:
        if self._editing.document is not None:
            self._editing.document.news += f" {news}"

    def _copies_came(self) -> None:
        self._port.run_worker(self._offer_copies(), group="greeting", exclusive=True)

    def _call(self, call: Callable[[], object]) -> None:
        # The App may have ended while its thread was looking.
        with suppress(RuntimeError):
            self._port.call_later(call)

    def _odd(self, fault: Exception) -> None:
        said = f"The session file could not be looked at ({type(fault).__name__})."
        self._port.say(said, wrong=True)

    def _look(self) -> None:
        if self._editing.document is not None:
            self._editing.document.look()

    def greet(self) -> None:
        """Ask how to open what somebody has open, then what to do with copies of it."""
        self._port.run_worker(self._greet(), group="greeting", exclusive=True)

    async def _greet(self) -> None:
        if self._others:
            about = "\n".join(f"Open: {opener}" for opener in self._others)
            question = Choice("Somebody has this session open", [JOIN, READ_ONLY, CANCEL], about)
            answer = await self._port.ask(question)
            if answer == 0:
                self._leave_note()
            elif answer == 1:
                self._port.state = replace(self._port.state, refused=READ_ONLY_REFUSAL)
                if self._editing.document is not None:
                    self._editing.document.store.read_only = True
                    self._editing.count()
                self._port.say("Read only: you see what they write.")
            else:
                self._leave()
                return
        await self._offer_copies()

    async def _offer_copies(self) -> None:
        document = self._editing.document
        if document is None or self._port.state.refused:
            return
        nearest = document.store.versions.nearest
        found = await run_in_background(
            partial(find_conflict_copies, document.path, document.session, nearest)
        )
        if not found:
            return
        options = [*(f"Merge {path.name}" for path, _ in found), NOT_NOW]
        about = "A sync folder sets such a copy aside when two computers changed the session."
        chosen = await self._port.ask(Choice("There are copies beside it", options, about))
        if chosen is not None and chosen < len(found):
            path, change = found[chosen]
            label = f"Merged {path.name}; remove that file when all is settled"
            self._port.post_message(Edit(label, change))

    def ask_about(self, cut: ShortenedFile) -> None:
        """Ask about a file that somebody cut short: nothing that it had lost was taken away."""
        self._port.run_worker(self._ask_about(cut))

    async def _ask_about(self, cut: ShortenedFile) -> None:
        before, after = (
            sum(len(records_of(one, name)) for name in COLLECTIONS) for one in (cut.base, cut.left)
        )
        gone = counted(before - after, "record")
        about = (
            f"Somebody else's program took {gone} out of the file at once, which"
            " may be a slip. Nothing was removed here."
        )
        question = Choice("Most of the session file was gone", [KEEP, TAKE], about)
        if await self._port.ask(question) == 1:
            label = "Took away what the file had lost"
            self._port.post_message(Edit(label, lambda session: taken_away(session, cut)))


def _stamps(path: Path) -> frozenset[tuple[str, int]]:
    """The copies beside a session file, and when each was written last."""
    found = set()
    for one in _copy_candidates(path):
        with suppress(OSError):
            found.add((one.name, one.stat().st_mtime_ns))
    return frozenset(found)
