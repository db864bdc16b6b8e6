"""What lies on the desk: one session, its history, and the file that keeps up with it."""

from collections.abc import Callable
from pathlib import Path

from model.changes import apply, diff
from model.history import Change, History
from model.session import Session
from model.store import Store
from tui.saver import Saved, Saver


class Desk:
    """The open session. Every value it ever had is in its history, and on its way to the disk."""

    def __init__(self, path: Path, tell: Callable[[Saved], object]) -> None:
        """Open a session file.

        Raises `model.store.StoreError` where it cannot be read.
        """
        self.path = path
        store = Store.open(path)
        self.history = History(store.session)
        self.changes = 0
        self.kept = 0
        self._saver = Saver(store, tell)

    @property
    def session(self) -> Session:
        """The session now."""
        return self.history.session

    @property
    def keeping(self) -> str:
        """How many changes the file holds, or how many it is still to take."""
        behind = self.changes - self.kept
        return f"keeping {behind}" if behind else f"kept {self.kept}"

    def do(self, label: str, change: Change) -> Session:
        """Make a change that undo takes back by its label."""
        return self._now(self.history.do(label, change))

    def undo(self) -> Session:
        """Take the last change back."""
        return self._now(self.history.undo())

    def redo(self) -> Session:
        """Make the last undone change again."""
        return self._now(self.history.redo())

    def everywhere(self, change: Change) -> Session:
        """Make a change that undo does not take back: the clock's, or somebody else's."""
        return self._now(self.history.everywhere(change))

    def take(self, saved: Saved) -> Session:
        """Take over what somebody else wrote into the file meanwhile."""
        if not saved.wrong:
            self.kept = saved.changes
        theirs = diff(saved.sent, saved.merged)
        if theirs:
            self.history = self.history.everywhere(lambda session: apply(session, theirs))
        return self.session

    def settled(self, patience: float) -> bool:
        """Whether the file holds all there is, at the latest after ``patience`` seconds."""
        return self._saver.settled(patience)

    def leave(self) -> None:
        """Stop writing; what cannot be written by now is lost."""
        self._saver.leave()

    def _now(self, history: History) -> Session:
        if history.session is not self.history.session:
            self.changes += 1
            self._saver.save(self.changes, history.session)
        self.history = history
        return self.session
