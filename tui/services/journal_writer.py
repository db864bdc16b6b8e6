"""Writes every change into the journal on a thread of its own; only then does it count as kept.

The journal lies on this computer. The session file, which may lie on a share that does not answer,
follows on another thread (`offwall.tui.services.file_writer`): neither ever holds up a key, or the
other.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from textual.message import Message

from offwall.model.records import Session, diff
from offwall.model.store import os_reason
from offwall.model.store.journal import Journal, JournalEntry, checksum

DRAFT_PAUSE = 0.4
"""Seconds between two writes of the line that is being typed; at most half a second is lost."""

RETRY_SECONDS = 1.0
"""Seconds between two tries at a journal that cannot be written."""


JournalJob = tuple[int, Session, Session]
"""A change: its number, the session before it, and after it."""

FileVersion = tuple[str, Session]
"""The digest of a session file's bytes, and the session in them."""


class JournalWritten(Message):
    """How many changes the journal has taken so far, or why it takes none."""

    def __init__(self, changes: int, wrong: str = "") -> None:
        super().__init__()
        self.changes = changes
        self.wrong = wrong


class JournalWriter:
    """Keeps changes and the draft of a line. ``tell`` and ``pass_on`` run on its thread."""

    def __init__(
        self,
        journal: Journal | None,
        tell: Callable[[JournalWritten], object],
        pass_on: Callable[[int, Session], object],
        first: Callable[[], object],
        begin: Callable[[], Journal | None],
        *,
        opened: FileVersion,
    ) -> None:
        """``first`` runs before anything is passed on: the copy of what was ``opened``.

        ``begin`` is asked for a journal as long as there is none.
        """
        self._journal = journal
        self._tell = tell
        self._pass_on = pass_on
        self._first = first
        self._begin = begin
        self._condition = threading.Condition()
        self._jobs: list[JournalJob] = []
        self._draft: bytes | None = None
        self._versions: list[tuple[int, FileVersion]] = []
        self._in_file = -1
        self._heard = self._leaving = self._idle = False
        # What follows belongs to the thread alone.
        self._unwritten: list[JournalJob] = []
        self._last = 0
        self._next_draft = 0.0
        self._drafted = b""
        self._opened = self._version = opened
        self._unmarked: list[tuple[int, FileVersion]] = []
        self._begun: Journal | None = None
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)

    def start(self) -> None:
        """Begin to write; ``first`` asks for what must be there by now. Before, changes wait."""
        self._thread.start()

    def keep(self, number: int, old: Session, new: Session, draft: bytes | None = None) -> None:
        """Have a change kept; ``number`` counts it among all that there were.

        ``draft`` is what is still being typed after it.
        """
        with self._condition:
            self._jobs.append((number, old, new))
            self._draft = self._draft if draft is None else draft
            self._idle = False
            self._condition.notify_all()

    def draft(self, data: bytes) -> None:
        """Have the line that is being typed kept; nothing, where it is no more."""
        with self._condition:
            self._draft = data
            self._condition.notify_all()

    def saved(self, number: int, versions: Sequence[FileVersion] = ()) -> None:
        """Hear that the session file holds all changes up to this one, and what it held since."""
        with self._condition:
            self._in_file = max(number, self._in_file)
            self._versions += [(number, version) for version in versions]
            self._heard = True
            self._condition.notify_all()

    def settled(self, patience: float) -> bool:
        """Wait until the journal has all there is; False where that takes over ``patience`` s."""
        with self._condition:
            return self._condition.wait_for(lambda: self._idle, patience)

    def leave(self, patience: float) -> None:
        """Keep what waits, and stop; what takes over ``patience`` seconds is left to its fate."""
        with self._condition:
            self._leaving = True
            self._condition.notify_all()
        self._thread.join(patience)

    def _work(self) -> None:
        # A copy that cannot be made is no reason to keep nothing.
        with suppress(OSError):
            self._first()
        while self._turn():
            pass
        if self._journal is not None:
            self._journal.close()

    def _turn(self) -> bool:
        """Keep what has come in; False when it was the last time."""
        with self._condition:
            self._wait()
            new, self._jobs = self._jobs, []
            versions, self._versions = self._versions, []
            draft, leaving, self._heard = self._draft, self._leaving, False
            # What ends with a change goes with it; what only grows may wait for more of it.
            if draft is not None and not (new or leaving) and time.monotonic() < self._next_draft:
                draft = None
            else:
                self._draft = None
        try:
            self._write(new, draft)
            self._mark(versions)
        except Exception as fault:  # a thread that ended here would keep nothing ever after
            why = os_reason(fault) if isinstance(fault, OSError) else type(fault).__name__
            self._tell(JournalWritten(0, f"The journal on this computer takes nothing ({why})."))
        for number, _, session in new:
            self._pass_on(number, session)
        self._drop()
        if draft is not None:
            self._write_draft(draft)
        return not leaving

    def _wait(self) -> None:
        self._idle = not (self._jobs or self._unwritten)
        self._condition.notify_all()
        pause = RETRY_SECONDS if self._unwritten else None
        self._condition.wait_for(
            lambda: self._woken() or self._draft is not None or self._heard, pause
        )
        if self._draft is not None and not self._heard:
            self._condition.wait_for(self._woken, self._next_draft - time.monotonic())

    def _woken(self) -> bool:
        return bool(self._jobs or self._leaving)

    def _write(self, new: list[JournalJob], draft: bytes | None) -> None:
        """Put changes into the journal, unless the session file has them meanwhile."""
        self._unwritten = [job for job in self._unwritten + new if job[0] > self._in_file]
        if self._unwritten and self._journal is None:
            self._journal = self._begin()
        if not self._unwritten or self._journal is None:
            return
        made = [(number, diff(old, new)) for number, old, new in self._unwritten]
        entries = [JournalEntry(number, changes) for number, changes in made if changes]
        if entries and draft is not None and draft != self._drafted:
            was = checksum(self._drafted)
            entries[-1] = replace(entries[-1], was=was, draft=draft.decode())
        if entries:
            self._begin_run(self._journal)
            self._journal.append(*entries)
        self._last = self._unwritten[-1][0]
        self._unwritten = []
        self._tell(JournalWritten(self._last))

    def _mark(self, versions: list[tuple[int, FileVersion]]) -> None:
        """Write down what the session file held, and so which changes it has taken."""
        self._unmarked += versions
        if not self._unmarked or self._journal is None:
            return
        entries, before = [], self._version
        for number, version in self._unmarked:
            entries.append(JournalEntry(number, diff(before[1], version[1]), version[0]))
            before = version
        # Where a power cut takes the mark, what the file has is put back once more: it is there.
        self._begin_run(self._journal)
        self._journal.mark(*entries)
        self._version, self._unmarked = before, []

    def _begin_run(self, journal: Journal) -> None:
        """Say what the changes are put onto: a copy of it lies beside the journal."""
        if self._begun is not journal:
            journal.mark(JournalEntry(0, (), self._opened[0]))
            self._begun = journal

    def _drop(self) -> None:
        """Lay aside what other programs left, where the session file has everything."""
        if self._journal is None or self._unwritten or not 0 <= self._last <= self._in_file:
            return
        with suppress(OSError):
            self._journal.drop()

    def _write_draft(self, draft: bytes) -> None:
        self._next_draft = time.monotonic() + DRAFT_PAUSE
        if self._journal is not None:
            # It is tried again with the next key.
            with suppress(OSError):
                self._journal.draft(draft)
                self._drafted = draft
