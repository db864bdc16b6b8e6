"""The two writers, each on a thread of its own: every change into the journal, then into the file.

Only what the journal has counts as kept; it lies on this computer. The session file, which may lie
on a share that does not answer, follows: neither ever holds up a key, or the other. The newest
session waits; a save that takes long swallows those in between. What cannot be written is tried
again for ever, and said once in a sentence until it is mended.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, replace
from typing import NamedTuple

from offwall.model.records import Session, diff
from offwall.model.store import Store, StoreError, os_reason
from offwall.model.store.journal import Journal, JournalEntry, checksum
from offwall.model.store.merge import ShortenedFile, merge
from offwall.tui.kit.messages import ServiceMessage
from offwall.tui.terminal.worker import DONE, Turn, Worker, as_of_any_thread

DRAFT_PAUSE = 0.4
"""Seconds between two writes of the line that is being typed; at most half a second is lost."""

JOURNAL_RETRY_SECONDS = 1.0
"""Seconds between two tries at a journal that cannot be written."""


Named = Mapping[str, str]
"""What is told of an entry of the journal: its ``label``, ``at`` what time, and ``by`` whom."""

NAMELESS: Named = {}


class JournalJob(NamedTuple):
    """A change, by its number among all that there were, with the session before it and after it.

    ``draft`` is what is still being typed after it, ``taken`` what the file held that was taken
    over last: the change was made on top of it.
    """

    number: int
    old: Session
    new: Session
    draft: bytes | None = None
    taken: Session | None = None
    named: Named = NAMELESS


FileVersion = tuple[str, Session]
"""The digest of a session file's bytes, and the session in them."""


@dataclass
class JournalWritten(ServiceMessage):
    """How many changes the journal has taken so far, or why it takes none."""

    changes: int
    wrong: str = ""


class InFile(NamedTuple):
    """The session file holds all changes up to a number, and held these versions since."""

    number: int
    versions: Sequence[FileVersion] = ()
    named: Named = NAMELESS


FileJob = tuple[int, Session, Session | None]
"""How many changes a session holds, it, and the last of what was told as merged that its sender
has taken over.
"""


class JournalWriter:
    """Keeps changes, and the draft of the line that is being typed: no bytes where it is no more.

    ``tell`` and ``pass_on`` run on its thread.
    """

    # This belongs to the thread alone, and so does what its worker is followed by.
    _draft: bytes | None = None
    _taken: Session | None = None
    _last = 0
    _in_file = -1
    _next_draft = 0.0
    _drafted = b""
    _past = ""

    def __init__(
        self,
        journal: Journal | None,
        tell: Callable[[JournalWritten], object],
        pass_on: Callable[[FileJob], object],
        first: Callable[[], str],
        begin: Callable[[], Journal | None],
        *,
        opened: FileVersion,
        named: Named,
    ) -> None:
        """``first`` runs before anything is passed on: the copy of what was ``opened``, when and
        by whom is ``named``.

        It gives the versions of which somebody was told then. ``begin`` is asked for a journal as
        long as there is none. Changes wait until the worker is started, as ``first`` asks for what
        must be there by then.
        """
        self.journal = journal
        self._tell = tell
        self._pass_on = pass_on
        self._first = first
        self._begin = begin
        self._again = Turn(again=JOURNAL_RETRY_SECONDS, owes=True)
        self.worker = Worker[JournalJob | InFile | bytes](
            "journal",
            self._keep,
            self._faulty,
            retry=self._again,
            first=self._copy,
            last=self._end,
        )
        self._unwritten: list[JournalJob] = []
        self._opened = self._version = opened
        self._named = named
        self._unmarked: list[tuple[int, FileVersion, Named]] = []
        self._begun: Journal | None = None

    def _copy(self) -> None:
        # A copy that cannot be made is no reason to keep nothing.
        try:
            self._past = self._first()
        except Exception as fault:
            # That there is no journal was said already, and why.
            if self.journal is not None:
                said = f"No copy of what was opened was made ({_why(fault)})."
                self._tell(JournalWritten(0, said))

    def _keep(self, jobs: list[JournalJob | InFile | bytes]) -> Turn:
        """Keep what has come in. The session file follows, whatever the journal does."""
        new = self._sorted(jobs)
        # What ends with a change goes with it; what only grows may wait for more of it.
        draft = self._draft if new or time.monotonic() >= self._next_draft else None
        self._draft = None if draft is not None else self._draft
        try:
            self._write(new, draft)
            self._mark()
        finally:
            if new:
                self._pass_on((new[-1].number, new[-1].new, self._taken))
            if draft is not None:
                self._write_draft(draft)
        self._drop()
        if self._unwritten:
            return self._again
        return Turn(again=None if self._draft is None else self._next_draft - time.monotonic())

    def _sorted(self, jobs: list[JournalJob | InFile | bytes]) -> list[JournalJob]:
        """The changes among what came in; the rest is taken note of."""
        new: list[JournalJob] = []
        for job in jobs:
            if isinstance(job, bytes):
                self._draft = job
            elif isinstance(job, InFile):
                self._in_file = max(job.number, self._in_file)
                self._unmarked += [(job.number, version, job.named) for version in job.versions]
            else:
                new.append(job)
                self._draft = self._draft if job.draft is None else job.draft
                self._taken = job.taken
        return new

    def _faulty(self, fault: Exception) -> None:
        said = f"The journal on this computer takes nothing ({_why(fault)})."
        self._tell(JournalWritten(0, said))

    def _end(self) -> None:
        if self._draft is not None:
            self._write_draft(self._draft)
        if self.journal is not None:
            self.journal.close()

    def _write(self, new: list[JournalJob], draft: bytes | None) -> None:
        """Put changes into the journal, unless the session file has them meanwhile."""
        self._unwritten = [job for job in self._unwritten + new if job.number > self._in_file]
        if self._unwritten and self.journal is None:
            self.journal = self._begin()
        if not self._unwritten or self.journal is None:
            return
        made = [(one.number, diff(one.old, one.new), one.named) for one in self._unwritten]
        entries = [JournalEntry(at, changes, **named) for at, changes, named in made if changes]
        if entries and draft is not None and draft != self._drafted:
            was = checksum(self._drafted)
            entries[-1] = replace(entries[-1], was=was, draft=draft.decode())
        if entries:
            self._begin_run(self.journal)
            self.journal.append(*entries)
        self._last = self._unwritten[-1].number
        self._unwritten = []
        self._tell(JournalWritten(self._last))

    def _mark(self) -> None:
        """Write down what the session file held, and so which changes it has taken."""
        if not self._unmarked or self.journal is None:
            return
        entries, before = [], self._version
        for number, version, named in self._unmarked:
            changes = diff(before[1], version[1])
            entries.append(JournalEntry(number, changes, version[0], **named))
            before = version
        # Where a power cut takes the mark, what the file has is put back once more: it is there.
        self._begin_run(self.journal)
        self.journal.mark(*entries)
        self._version, self._unmarked = before, []

    def _begin_run(self, journal: Journal) -> None:
        """Say what the changes are put onto: a copy of it lies beside the journal."""
        if self._begun is not journal:
            journal.mark(JournalEntry(0, (), self._opened[0], past=self._past, **self._named))
            self._begun = journal

    def _drop(self) -> None:
        """Lay aside what other programs left, where the session file has everything."""
        if self.journal is None or self._unwritten or not 0 <= self._last <= self._in_file:
            return
        # It is tried again with the next change, and else at the next start.
        with suppress(Exception):
            self.journal.drop()

    def _write_draft(self, draft: bytes) -> None:
        self._next_draft = time.monotonic() + DRAFT_PAUSE
        if self.journal is not None:
            # It is tried again with the next key.
            self.journal.draft(draft)
            self._drafted = draft


def _why(fault: Exception) -> str:
    return os_reason(fault) if isinstance(fault, OSError) else type(fault).__name__


BATCH_SECONDS = 0.2
"""Seconds that a change waits for those right behind it, so that a burst is one save."""

FILE_RETRY_SECONDS = 2.0
"""Seconds between two tries at a file that cannot be written."""

LOOK_OVER = Turn(again=2.0)
"""After so many seconds without a change all is read back, so that leaving need not do it."""


@dataclass(eq=False)
class FileWritten(ServiceMessage):
    """What came of a save: how many changes the file now holds, or what is wrong.

    ``merged`` is the session as written, where somebody else had changed the file meanwhile;
    ``note`` is what else there is to say of it; ``cut`` is a file that somebody else had cut short;
    ``stale`` is what somebody else made of an older version; ``lost`` says that what lies in the
    file's place can no longer be read; ``by`` is who wrote what was merged, where that is known.
    """

    changes: int
    sent: Session
    merged: Session
    _: KW_ONLY
    wrong: str = ""
    note: str = ""
    cut: ShortenedFile | None = None
    stale: Session | None = None
    lost: bool = False
    by: str = ""


class FileWriter:
    """Keeps a session file up with the session. ``tell`` is called from the second thread."""

    def __init__(self, store: Store, tell: Callable[[FileWritten], object]) -> None:
        self._store = store
        self._tell = tell
        self._sent = self._merged = store.session
        self._unsaved: FileJob | None = None
        self._again = Turn(rest=FILE_RETRY_SECONDS, again=0, owes=True)
        self.worker = Worker[FileJob](
            "session file",
            self._save,
            self._faulty,
            gather=BATCH_SECONDS,
            retry=self._again,
            last=self._end,
        )
        self.worker.start()

    def _save(self, jobs: list[FileJob]) -> Turn:
        """Write the newest session; one that the file does not take is tried again for ever."""
        job = self._unsaved = jobs[-1] if jobs else self._unsaved
        if job is None:
            if note := self._store.look_over():
                self._tell(FileWritten(0, self._sent, self._sent, note=note))
            return DONE
        changes, session, taken = job
        try:
            sent = session
            if taken is not self._merged and self._store.session != self._sent:
                # What others wrote, of which its sender may not have heard yet.
                sent = merge(self._sent, session, self._store.session).session
            merged = self._store.save(sent)
        except StoreError as sentence:
            lost = self._store.lost
            self._tell(FileWritten(changes, session, session, wrong=str(sentence), lost=lost))
            return self._again
        self._sent, self._unsaved = session, None
        # What was told before is not told again: one undo takes it back.
        self._merged = self._merged if merged == sent else merged
        cut, stale = self._store.cut, self._store.stale
        self._store.cut = self._store.stale = None
        note, by = self._store.note, self._store.who[1]
        self._tell(FileWritten(changes, sent, merged, note=note, cut=cut, stale=stale, by=by))
        return LOOK_OVER

    def _faulty(self, fault: Exception) -> None:
        if self._unsaved is None:
            as_of_any_thread(fault)
            return
        wrong = f"The session file was not saved, by a fault of Offwall ({type(fault).__name__})."
        changes, session, _ = self._unsaved
        self._tell(FileWritten(changes, session, session, wrong=wrong))

    def _end(self) -> None:
        if self._unsaved is None:
            self._store.look_over()
