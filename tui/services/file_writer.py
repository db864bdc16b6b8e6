"""Writes the session file on a thread of its own, so that no disk or share ever holds up a key.

The newest session waits; a save that takes long swallows those in between. What cannot be written
is tried again for ever, and said once in a sentence until it is mended.
"""

import threading
import time
from collections.abc import Callable, Iterable

from textual.message import Message

from offwall.model.records import Session
from offwall.model.store import Store, StoreError
from offwall.model.store.merge import ShortenedFile, merge

BATCH_SECONDS = 0.2
"""Seconds that a change waits for those right behind it, so that a burst is one save."""

RETRY_SECONDS = 2.0
"""Seconds between two tries at a file that cannot be written."""


class FileWritten(Message):
    """What came of a save: how many changes the file now holds, or what is wrong.

    ``merged`` is the session as written, where somebody else had changed the file meanwhile;
    ``note`` is what else there is to say of it; ``cut`` is a file that somebody else had cut short;
    ``stale`` is what somebody else made of an older version; ``lost`` says that what lies in the
    file's place can no longer be read, ``evident`` that who wrote it had seen what was there.
    """

    def __init__(
        self,
        changes: int,
        sent: Session,
        merged: Session,
        *,
        wrong: str = "",
        note: str = "",
        cut: ShortenedFile | None = None,
        stale: Session | None = None,
        lost: bool = False,
        evident: bool = False,
    ) -> None:
        super().__init__()
        self.changes = changes
        self.sent = sent
        self.merged = merged
        self.wrong = wrong
        self.note = note
        self.cut = cut
        self.stale = stale
        self.lost = lost
        self.evident = evident


class FileWriter:
    """Keeps a session file up with the session. ``tell`` is called from the second thread."""

    def __init__(self, store: Store, tell: Callable[[FileWritten], object]) -> None:
        self._store = store
        self._tell = tell
        self._sent = store.session
        self._condition = threading.Condition()
        self._waiting: tuple[int, Session] | None = None
        self._since: list[Session] = []
        self._leaving = False
        self._hurry = False
        self._idle = True
        self._behind = 0.0
        self._thread = threading.Thread(target=self._work, name="session file", daemon=True)
        self._thread.start()

    def save(self, changes: int, session: Session) -> None:
        """Have the session written as soon as may be; ``changes`` counts what it holds."""
        with self._condition:
            self._waiting = (changes, session)
            self._since.append(session)
            if self._idle:
                self._idle, self._behind = False, time.monotonic()
            self._condition.notify_all()

    @property
    def behind(self) -> float:
        """For how many seconds the file has been lacking something; 0 where it lacks nothing."""
        return 0.0 if self._idle else time.monotonic() - self._behind

    def settled(self, patience: float) -> bool:
        """Wait until the file holds all there is; False where that takes over ``patience`` s."""
        with self._condition:
            self._hurry = True
            self._condition.notify_all()
            settled = self._condition.wait_for(lambda: self._idle, patience)
            self._hurry = False
            return settled

    def leave(self, patience: float) -> None:
        """Try once more to write what waits, and stop; wait for that ``patience`` s at most."""
        with self._condition:
            self._leaving = True
            self._condition.notify_all()
        self._thread.join(patience)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            if not self._done(*job) and not self._again(job):
                return
        self._store.look_over()

    def _done(self, changes: int, session: Session) -> bool:
        with self._condition:
            since = [*self._since] or [session]
        sent = self._with_theirs(since)
        try:
            merged = self._store.save(sent)
        except StoreError as sentence:
            lost = self._store.lost
            self._tell(FileWritten(changes, session, session, wrong=str(sentence), lost=lost))
            return False
        except Exception as fault:  # a thread that ended here would save nothing ever after
            wrong = (
                f"The session file was not saved, by a fault of Offwall ({type(fault).__name__})."
            )
            self._tell(FileWritten(changes, session, session, wrong=wrong))
            return False
        self._sent = since[-1]
        with self._condition:
            del self._since[: len(since)]
        (cut, stale), self._store.cut = (self._store.cut, self._store.stale), None
        self._store.stale = None
        said = FileWritten(
            changes,
            sent,
            merged,
            note=self._store.note,
            cut=cut,
            stale=stale,
            evident=self._store.evident,
        )
        self._tell(said)
        return True

    def _with_theirs(self, since: Iterable[Session]) -> Session:
        """The last session that came, with what others wrote, which it may not have in it yet.

        Each that came was made of the one before. So none is left out: what one had of theirs and
        the next lacks was taken away here, such as by undo.
        """
        found, base = self._store.session, self._sent
        for session in since:
            found = session if found == base else merge(base, session, found).session
            base = session
        return found

    def _next(self) -> tuple[int, Session] | None:
        with self._condition:
            self._idle = self._waiting is None
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._waiting or self._leaving)
            self._condition.wait_for(lambda: self._hurry or self._leaving, BATCH_SECONDS)
            job, self._waiting = self._waiting, None
            return job

    def _again(self, job: tuple[int, Session]) -> bool:
        """Put a save that failed back, unless a newer one waits; False when leaving."""
        with self._condition:
            self._waiting = self._waiting or job
            self._condition.wait_for(lambda: self._leaving, RETRY_SECONDS)
            return not self._leaving
