"""Writes the session file on a thread of its own, so that no disk or share ever holds up a key.

The newest session waits; a save that takes long swallows those in between. What cannot be written
is tried again for ever, and said once in a sentence until it is mended.
"""

import threading
import time
from collections.abc import Callable

from textual.message import Message

from offwall.model.records import Session
from offwall.model.store import Store, StoreError
from offwall.model.store.merge import ShortenedFile, merge

BATCH_SECONDS = 0.2
"""Seconds that a change waits for those right behind it, so that a burst is one save."""

RETRY_SECONDS = 2.0
"""Seconds between two tries at a file that cannot be written."""


FileJob = tuple[int, Session, Session | None]
"""How many changes a session holds, it, and what was taken over into it last."""


class FileWritten(Message):
    """What came of a save: how many changes the file now holds, or what is wrong.

    ``merged`` is the session as written, where somebody else had changed the file meanwhile;
    ``note`` is what else there is to say of it; ``cut`` is a file that somebody else had cut short;
    ``stale`` is what somebody else made of an older version; ``lost`` says that what lies in the
    file's place can no longer be read.
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


class FileWriter:
    """Keeps a session file up with the session. ``tell`` is called from the second thread."""

    def __init__(self, store: Store, tell: Callable[[FileWritten], object]) -> None:
        self._store = store
        self._tell = tell
        self._sent = self._merged = store.session
        self._condition = threading.Condition()
        self._waiting: FileJob | None = None
        self._leaving = False
        self._hurry = False
        self._idle = True
        self._behind = 0.0
        self._thread = threading.Thread(target=self._work, name="session file", daemon=True)
        self._thread.start()

    def save(self, changes: int, session: Session, taken: Session | None = None) -> None:
        """Have the session written as soon as may be; ``changes`` counts what it holds.

        ``taken`` is the last of what was told as merged that its sender has taken over.
        """
        with self._condition:
            self._waiting = (changes, session, taken)
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

    def _done(self, changes: int, session: Session, taken: Session | None) -> bool:
        try:
            merged = self._store.save(self._with_theirs(session, taken))
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
        self._sent, self._merged = session, merged
        (cut, stale), self._store.cut = (self._store.cut, self._store.stale), None
        self._store.stale = None
        note = self._store.note
        self._tell(FileWritten(changes, session, merged, note=note, cut=cut, stale=stale))
        return True

    def _with_theirs(self, session: Session, taken: Session | None) -> Session:
        """The session with what others wrote, which its sender may not have heard of yet."""
        if taken is self._merged or self._store.session == self._sent:
            return session
        return merge(self._sent, session, self._store.session).session

    def _next(self) -> FileJob | None:
        with self._condition:
            self._idle = self._waiting is None
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._waiting or self._leaving)
            self._condition.wait_for(lambda: self._hurry or self._leaving, BATCH_SECONDS)
            job, self._waiting = self._waiting, None
            return job

    def _again(self, job: FileJob) -> bool:
        """Put a save that failed back, unless a newer one waits; False when leaving."""
        with self._condition:
            self._waiting = self._waiting or job
            self._condition.wait_for(lambda: self._leaving, RETRY_SECONDS)
            return not self._leaving
