"""Undo and redo: the values a session has had, each with the name of the change that made it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from offwall.model.records.session import Session

SessionChange = Callable[[Session], Session]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A value that was left, the label of the change that left it, and on which screen."""

    label: str
    session: Session
    where: str = ""


@dataclass(frozen=True)
class UndoHistory:
    """The session now, what came before it and what was undone. Both lists end nearest to now."""

    session: Session
    past: tuple[UndoStep, ...] = ()
    future: tuple[UndoStep, ...] = ()

    def do(self, label: str, change: SessionChange, where: str = "") -> "UndoHistory":
        """Make a change. One that changes nothing leaves no step; what was undone is forgotten."""
        session = change(self.session)
        if session == self.session:
            return self
        return UndoHistory(session, (*self.past, UndoStep(label, self.session, where)))

    def undo(self) -> "UndoHistory":
        """Take the last change back; nothing happens where there is none."""
        if not self.past:
            return self
        *past, last = self.past
        left = replace(last, session=self.session)
        return UndoHistory(last.session, tuple(past), (*self.future, left))

    def redo(self) -> "UndoHistory":
        """Make the last undone change again."""
        if not self.future:
            return self
        *future, last = self.future
        left = replace(last, session=self.session)
        return UndoHistory(last.session, (*self.past, left), tuple(future))

    def everywhere(self, change: SessionChange) -> "UndoHistory":
        """Apply what another recorder or the clock changed to every value that is kept.

        Undo then takes back one's own change and nothing that somebody else wrote.
        """
        return UndoHistory(
            change(self.session),
            tuple(replace(step, session=change(step.session)) for step in self.past),
            tuple(replace(step, session=change(step.session)) for step in self.future),
        )

    def taken_over(self, label: str, change: SessionChange) -> "UndoHistory":
        """Make a change of somebody else's that undo takes back; what was undone stays so."""
        future = tuple(replace(step, session=change(step.session)) for step in self.future)
        past = (*self.past, UndoStep(label, self.session))
        return UndoHistory(change(self.session), past, future)

    @property
    def undoable(self) -> str:
        """The name of what `undo` would take back, or nothing."""
        return self.past[-1].label if self.past else ""

    @property
    def redoable(self) -> str:
        """The name of what `redo` would make again, or nothing."""
        return self.future[-1].label if self.future else ""
