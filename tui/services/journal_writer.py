"""Writes every change into the journal on a thread of its own; only then does it count as kept.

The journal lies on this computer. The session file, which may lie on a share that does not answer,
follows on another thread (`offwall.tui.services.file_writer`): neither ever holds up a key, or the
other.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from textual.message import Message

from offwall.model.records import Session, diff
from offwall.model.store import os_reason
from offwall.model.store.journal import Journal, JournalEntry

DRAFT_PAUSE = 0.4
"""Seconds between two writes of the line that is being typed; at most half a second is lost."""

RETRY_SECONDS = 1.0
"""Seconds between two tries at a journal that cannot be written."""


JournalJob = tuple[int, Session, Session]
"""A change: its number, the session before it, and after it."""


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
    ) -> None:
        """``first`` runs before anything is passed on: the copy of what was opened.

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
        self._in_file = -1
        self._heard = self._leaving = self._idle = False
        # What follows belongs to the thread alone.
        self._unwritten: list[JournalJob] = []
        self._last = 0
        self._next_draft = 0.0
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def keep(self, number: int, old: Session, new: Session) -> None:
        """Have a change kept; ``number`` counts it among all that there were."""
        with self._condition:
            self._jobs.append((number, old, new))
            self._idle = False
            self._condition.notify_all()

    def draft(self, data: bytes) -> None:
        """Have the line that is being typed kept; nothing, where it is no more."""
        with self._condition:
            self._draft = data
            self._condition.notify_all()

    def saved(self, number: int) -> None:
        """Hear that the session file holds all changes up to this one."""
        with self._condition:
            self._in_file = max(number, self._in_file)
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
            draft, leaving, self._heard = self._draft, self._leaving, False
            if draft is not None and not leaving and time.monotonic() < self._next_draft:
                draft = None
            else:
                self._draft = None
        self._write(new)
        if new:
            self._pass_on(new[-1][0], new[-1][2])
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

    def _write(self, new: list[JournalJob]) -> None:
        """Put changes into the journal, unless the session file has them meanwhile."""
        jobs = [job for job in self._unwritten + new if job[0] > self._in_file]
        self._unwritten = []
        if jobs and self._journal is None:
            self._journal = self._begin()
        if not jobs or self._journal is None:
            self._unwritten = jobs
            return
        try:
            made = [(number, diff(old, new)) for number, old, new in jobs]
            if entries := [JournalEntry(number, changes) for number, changes in made if changes]:
                self._journal.append(*entries)
        except OSError as error:
            self._unwritten = jobs
            self._tell(
                JournalWritten(
                    0, f"The journal on this computer takes nothing ({os_reason(error)})."
                )
            )
        else:
            self._last = jobs[-1][0]
            self._tell(JournalWritten(self._last))

    def _drop(self) -> None:
        """Empty the journal where the session file has everything."""
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
