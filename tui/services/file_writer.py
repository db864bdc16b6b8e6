"""Writes the session file on a thread of its own, so that no disk or share ever holds up a key.

The newest session waits; a save that takes long swallows those in between. What cannot be written
is tried again for ever, and said once in a sentence until it is mended.
"""

from collections.abc import Callable

from offwall.model.records import Session
from offwall.model.store import Store, StoreError
from offwall.model.store.merge import ShortenedFile, merge
from offwall.tui.kit.messages import ServiceMessage
from offwall.tui.terminal.worker import DONE, Turn, Worker, as_of_any_thread

BATCH_SECONDS = 0.2
"""Seconds that a change waits for those right behind it, so that a burst is one save."""

RETRY_SECONDS = 2.0
"""Seconds between two tries at a file that cannot be written."""


FileJob = tuple[int, Session, Session | None]
"""How many changes a session holds, it, and what was taken over into it last."""


class FileWritten(ServiceMessage):
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
        self._unsaved: FileJob | None = None
        self._again = Turn(rest=RETRY_SECONDS, again=0, owes=True)
        self.worker = Worker[FileJob](
            "session file",
            self._save,
            self._faulty,
            gather=BATCH_SECONDS,
            retry=self._again,
            last=self._end,
        )
        self.worker.start()

    def save(self, changes: int, session: Session, taken: Session | None = None) -> None:
        """Have the session written as soon as may be; ``changes`` counts what it holds.

        ``taken`` is the last of what was told as merged that its sender has taken over.
        """
        self.worker.put((changes, session, taken))

    def _save(self, jobs: list[FileJob]) -> Turn:
        """Write the newest session; one that the file does not take is tried again for ever."""
        job = self._unsaved = jobs[-1] if jobs else self._unsaved
        if job is None:
            return DONE
        changes, session, taken = job
        try:
            sent = self._with_theirs(session, taken)
            merged = self._store.save(sent)
        except StoreError as sentence:
            lost = self._store.lost
            self._tell(FileWritten(changes, session, session, wrong=str(sentence), lost=lost))
            return self._again
        self._sent, self._unsaved = session, None
        # What was told before is not told again: one undo takes it back.
        self._merged = self._merged if merged == sent else merged
        (cut, stale), self._store.cut = (self._store.cut, self._store.stale), None
        self._store.stale = None
        said = FileWritten(
            changes,
            sent,
            merged,
            note=self._store.note,
            cut=cut,
            stale=stale,
        )
        self._tell(said)
        return DONE

    def _faulty(self, fault: Exception) -> None:
        if self._unsaved is None:
            as_of_any_thread(fault)
            return
        wrong = f"The session file was not saved, by a fault of Offwall ({type(fault).__name__})."
        changes, session, _ = self._unsaved
        self._tell(FileWritten(changes, session, session, wrong=wrong))

    def _with_theirs(self, session: Session, taken: Session | None) -> Session:
        """The session with what others wrote, which its sender may not have heard of yet."""
        if taken is self._merged or self._store.session == self._sent:
            return session
        return merge(self._sent, session, self._store.session).session

    def _end(self) -> None:
        if self._unsaved is None:
            self._store.look_over()
