"""The open document: a session, its history, and the journal and file that keep up with it."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session, diff
from offwall.model.records.changes import SessionChange, UndoHistory, apply
from offwall.model.records.text import counted
from offwall.model.store import Store, StoreError, backups, read_session
from offwall.model.store.journal import Journal, holds_something
from offwall.model.store.merge import merge
from offwall.model.store.session_file import LARGEST, is_torn, sweep
from offwall.model.store.toml.record_tables import dumps
from offwall.model.store.versions import (
    grown_out_of,
    harmful,
    last_kept,
    put_back,
    rebase_onto,
)
from offwall.tui.kit import context
from offwall.tui.services.lock_file import other_openers, seen_by_writer, this_opener, who_said
from offwall.tui.services.others import say_changes, say_taken_over
from offwall.tui.services.writers import (
    FileWriter,
    FileWritten,
    InFile,
    JournalJob,
    JournalWriter,
    JournalWritten,
)

if TYPE_CHECKING:
    from offwall.model.compare.log import SessionLog

SLOW_DISK_SECONDS = 2.0
"""Seconds after which a session file that takes nothing is said not to answer."""

BYTES_A_SECOND = 2_000_000
"""Of a file that is taken apart and read back on a busy computer: so much longer it may take."""

LEAVE_SECONDS = 2.0
"""Seconds that leaving waits for the disks, whatever has become of them."""


JOURNAL_IS_SAFE = (
    "What is counted as kept is safe on this computer; the file is tried until it takes it."
)
LAST = "The last changes are safe on this computer; the file is tried until it takes them."

PUT_BACK_KEY = "ctrl+t puts your version back, and sets aside what is there."
TAKE_KEY = "ctrl+t takes the other version."


class OpenDocument:
    """The open session. Every value it ever had is in its history, and on its way to the disk."""

    _taken: Session | None = None

    news = ""
    lost = _left = False
    own_note: Path | None = None

    def __init__(
        self,
        path: Path,
        tell: Callable[[FileWritten | JournalWritten], object],
        state_dir: Path,
        clock: Callable[[], dt.datetime] = context.now,
    ) -> None:
        """Open a session file; ``state_dir`` is the user's state folder on this computer.

        Raises `model.store.store.StoreError` where the file cannot be read.
        """
        self.path, self._clock, self._state_dir = path, clock, state_dir
        self.changes = self.kept = 0
        self.offers: list[tuple[str, SessionChange]] = []
        self._unwritten, self._unkept, self._tell = "", "", tell
        self.store = store = _open_store(path, state_dir)
        store.seen_by = lambda digest: seen_by_writer(path.absolute(), digest, self.own_note)
        store.who_said = lambda digest: who_said(path.absolute(), digest, self.own_note)
        self.folder = backups.state_folder(state_dir, store.session.workshop.id, path)
        self._journal = self._open_journal()
        store.spare = self.folder if self._journal else None
        told = self._journal.past if self._journal else []
        opening = store.versions.now, store.session
        store.versions.earlier = lambda: grown_out_of(self.folder, told, *opening)
        opened, left = store.data, backups.left_whole(self.folder)
        self._saver = FileWriter(store, self._heard)
        self._keeper = JournalWriter(
            self._journal,
            self._say,
            self._saver.worker.put,
            lambda: self._first(opened, store.session),
            lambda: self._begin_late(store),
            opened=opening,
            named=self._named(store.session),
        )
        self.history = UndoHistory(store.session)
        self._put_back(store.session)
        self._look_at_whole(left)
        self._look_elsewhere(state_dir, store.session.workshop.id)
        self._keeper.worker.start()  # It asks for the session, with what was put back.

    def _open_journal(self) -> Journal | None:
        try:
            backups.make_state_folder(self.folder, self.path)
            return Journal(self.folder)
        except OSError as error:
            self._unkept = f"The journal on this computer cannot be used ({error.strerror})."
            return None

    def _first(self, data: bytes, opened: Session) -> str:
        """Before anything is written: a copy of what was opened; the journal's thread asks. The
        answer is of which versions somebody is told here, for the journal.
        """
        sweep(self.path.absolute().parent)
        found, told = last_kept(self.folder, data, opened)
        backups.take_backup(self.folder, data)
        older = [one for one in found if any(harmful(one[1], self.session))]
        for base, later in older:
            # It lies there too where nobody takes it now.
            backups.take_backup(self.folder, dumps(later).encode(), backups.PRIOR)
            self.offers.append(("Brought back what was kept last", merging(base, later)))
        if older:
            self.news += (
                " The file is of an older version than was kept here last; ctrl+t brings back"
                " what it lacks."
            )
        return told

    def _begin_late(self, store: Store) -> Journal | None:
        """A journal where there was none at first; the journal's thread asks."""
        journal = self._open_journal()
        if journal is not None and journal.takes_over:
            # What another run left is put back at a start, and must not be dropped before.
            journal.close()
            return None
        store.spare = self.folder if journal else None
        return journal

    def _put_back(self, found: Session) -> None:
        """What a journal has and the file lacks is made again, and stays when undo is pressed."""
        if self._journal is None or not self._journal.takes_over:
            return
        left, data = self._journal.takes_over, self.store.data
        session, misfits = put_back(self.folder, left, data, found)
        if misfits:
            with suppress(OSError):
                self._journal.set_aside()
        if session != found:
            made = counted(len(self._journal.left), "change")
            self.news = f"Put back {made} that the session file had not taken yet."
            self._now(self.history.everywhere(lambda _: session), label="Put back what was kept")
        else:
            self._keeper.worker.put(InFile(0))
        if self._journal.aside:
            self.news += (
                f" Not all could be put back; what is left is in {self._journal.aside[-1]}"
                " (offwall recover lists it)."
            )

    def _look_at_whole(self, left: Path | None) -> None:
        """Say where an earlier run had more than the file; what it has is kept no longer."""
        with suppress(StoreError, OSError):
            if left is not None and read_session(left) == self.session:
                left.unlink()
            elif left is not None:
                self.news += (
                    " The session as it was when its file could not take it is kept as well:"
                    f" offwall recover {self.path.name} lists it."
                )

    def _look_elsewhere(self, state_dir: Path, workshop: str) -> None:
        if any(map(holds_something, backups.moved_here(state_dir, workshop, self.path))):
            self.news += (
                " Changes to this session that its file never took were kept while it lay"
                f" elsewhere: offwall recover {self.path.name} lists them."
            )

    @property
    def session(self) -> Session:
        """The session now."""
        return self.history.session

    def announce_to(self, announce: Callable[[Sequence[str]], object]) -> None:
        """Have somebody told, now and by the file's thread, which versions were seen here."""
        self.store.announce = announce
        announce(self.store.seen)

    @property
    def keeping(self) -> str:
        """How many changes are kept, or how many are still to be."""
        behind = self.changes - self.kept
        if self.store.read_only:
            return "read only"
        return f"keeping {behind}" if behind else f"kept {self.kept}"

    @property
    def safe(self) -> bool:
        """Whether all there is would be found again, were the program to end now."""
        return self.kept == self.changes

    @property
    def trouble(self) -> str:
        """What is wrong with a disk, and where the text is meanwhile; nothing where all is well."""
        wrong = self._unwritten
        patience = SLOW_DISK_SECONDS + len(self.store.data) / BYTES_A_SECOND
        if not wrong and self._saver.worker.behind > patience:
            wrong = f"{self.path.name} was not saved yet, as its disk or share does not answer."
        if wrong and self._unkept:
            return f"{wrong} {self._unkept} Nothing holds the last changes; both are tried again."
        if wrong:
            # Without a whole copy it is the changes alone that lie here: the rest is in the file.
            safe = LAST if self._unwritten and self.store.whole is None else JOURNAL_IS_SAFE
            return f"{wrong} {safe} {PUT_BACK_KEY if self.lost else ''}".strip()
        return (
            f"{self._unkept} Changes count as kept once the file has them." if self._unkept else ""
        )

    def do(
        self, label: str, change: SessionChange, draft: bytes | None = None, where: str = ""
    ) -> Session:
        """Make a change that undo takes back by its label; ``draft`` is what is typed after it.

        ``where`` is the screen on which it is made.
        """
        return self._now(self.history.do(label, change, where), draft, label)

    def settle(self) -> str:
        """Put ours back where the file was lost, else take what is offered; what was done."""
        if self.lost and not self.store.read_only:
            self.store.put_back = True
            self.look()
            return "Your version is put back; what was there is set aside."
        if not self.offers or self.store.read_only:
            return ""
        label, change = self.offers.pop()
        self.do(label, change)
        return label

    def too_large(self, new: Session) -> bool:
        """Whether the session file would be larger than one that is opened again."""
        size = len(self.store.data) + sum(len(str(one.new)) for one in diff(self.session, new))
        return size > LARGEST and len(dumps(new).encode()) > LARGEST

    def undo(self) -> Session:
        """Take the last change back."""
        return self._now(self.history.undo(), label=f"Undone: {self.history.undoable}")

    def redo(self) -> Session:
        """Make the last undone change again."""
        return self._now(self.history.redo(), label=f"Made again: {self.history.redoable}")

    def everywhere(self, change: SessionChange) -> Session:
        """Make a change that undo does not take back: the clock's, or somebody else's."""
        return self._now(self.history.everywhere(change))

    def take(self, said: FileWritten | JournalWritten) -> Session:
        """Take over how far the disks are, and what somebody else wrote into the file meanwhile."""
        if isinstance(said, JournalWritten):
            self._unkept = said.wrong
        else:
            self._unwritten, self.lost = said.wrong, said.lost
            self.news = said.note or self.news
            if said.merged != said.sent:
                self._take_over(said)
            if said.stale is not None:
                self.offers.append(("Took their version", merging(said.merged, said.stale)))
                self.news = f"{self.news} {TAKE_KEY}"
        if not said.wrong:
            self.kept = max(self.kept, said.changes)
        return self.session

    def _take_over(self, written: FileWritten) -> None:
        theirs = diff(written.sent, written.merged)
        # What they filled in where nothing stood takes nothing away.
        harm = [
            one for one in harmful(written.sent, written.merged) if one.old not in (None, "", ())
        ]
        harmed = {(one.collection, one.key) for one in harm}
        # What they added was never ours: undo leaves it.
        others = [one for one in theirs if (one.collection, one.key) not in harmed]
        shared = apply(written.sent, others) if harm else written.merged
        self.history = self.history.everywhere(rebase_onto(written.sent, shared))
        if harm:
            label = say_changes(written, harm)
            self.history = self.history.taken_over(label, rebase_onto(shared, written.merged))
        self.news = " ".join((self.news, *say_taken_over(written, harm, others)))
        # The file's thread hears that from here on ours has theirs in it.
        self._taken = written.merged
        self.look()

    def look(self) -> None:
        """Have the file looked at: somebody else may have changed it."""
        # Nobody does a look that comes while one leaves, and nothing is lacking for it.
        if not self._left:
            unchanged = JournalJob(self.changes, self.session, self.session, taken=self._taken)
            self._keeper.worker.put(unchanged)

    def take_news(self) -> str:
        """What is to be said once."""
        news, self.news = self.news.strip(), ""
        return news

    def wrong_files(self) -> list[str]:
        """Why what is kept would not serve. Raises OSError."""
        from offwall.model.store.recovery import wrong_files

        return list(wrong_files(self.folder, self.path))

    def draft(self, data: bytes) -> None:
        """Keep the lines that are being typed."""
        self._keeper.worker.put(data)

    @property
    def drafts(self) -> list[bytes]:
        """The lines that were being typed when the program ended."""
        return list(self._journal.drafts) if self._journal else []

    def log(self) -> "SessionLog":
        """What was done to the session, as this computer has it. Raises OSError."""
        from offwall.model.compare.log import read_log

        self._keeper.worker.settled(LEAVE_SECONDS)
        return read_log(self._state_dir, self.path)

    def settled(self, patience: float) -> bool:
        """Whether the file holds all there is, at the latest after ``patience`` seconds."""
        until = time.monotonic() + patience
        return self._keeper.worker.settled(patience) and self._saver.worker.settled(
            until - time.monotonic()
        )

    def leave(self, patience: float = LEAVE_SECONDS) -> None:
        """Stop writing, soon: what the journal has is put back at the next start.

        Where the file lacks anything then, or lost it just now, all of the session is kept whole.
        """
        if self._left:
            return
        until = time.monotonic() + patience
        if self.changes and not self.store.read_only:
            self.look()
        self._left = True
        self._keeper.worker.settled(patience)
        self._saver.worker.close(max(0.1, until - time.monotonic()))
        if not self._saver.worker.idle:
            self.store.keep_whole(self.session)
        self._keeper.worker.close(max(0.1, until - time.monotonic()))

    def _heard(self, saved: FileWritten) -> None:
        """Called by the saver's thread: the journal hears of it before the screen does."""
        if not saved.wrong:
            versions, self.store.versions.unread = self.store.versions.unread, []
            theirs = other_openers(self.path) if saved.merged != saved.sent else []
            by = ", ".join(dict.fromkeys(one.who for one in theirs))
            named = self._named(saved.sent) | {"by": by}
            self._keeper.worker.put(InFile(saved.changes, versions, named))
        self._say(saved)

    def _say(self, message: FileWritten | JournalWritten) -> None:
        # A screen that is gone must not stop what keeps its text.
        with suppress(RuntimeError):
            self._tell(message)

    def _named(self, session: Session, label: str = "") -> dict[str, str]:
        by = session.workshop.recorder or this_opener("").who
        return {"label": label, "at": self._clock().isoformat(timespec="seconds"), "by": by}

    def _now(self, history: UndoHistory, draft: bytes | None = None, label: str = "") -> Session:
        if history.session is not self.history.session:
            self.changes += 1
            old, new = self.session, history.session
            named = self._named(new, label)
            self._keeper.worker.put(JournalJob(self.changes, old, new, draft, self._taken, named))
        self.history = history
        return self.session


def merging(base: Session, theirs: Session) -> SessionChange:
    """The change that takes in what somebody else made of a base."""
    return lambda session: merge(base, session, theirs).session


def _open_store(path: Path, state_dir: Path) -> Store:
    """A session file; where it cannot be read, the sentence says that there are copies."""
    try:
        return Store.open(path)
    except StoreError as wrong:
        folders = backups.folders_at(state_dir, path)
        if any(backups.wholes(folder) for folder in folders):
            raise StoreError(
                f"{wrong} The session is kept on this computer: offwall recover {path.name} lists"
                " it first."
            ) from wrong
        if any(backups.backups(folder) or is_torn(folder) for folder in folders):
            raise StoreError(f"{wrong} offwall recover {path.name} lists its copies.") from wrong
        raise
