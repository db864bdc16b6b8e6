"""What every widget that shows the session shares: the session, and how to change it.

A change is tried on the session shown before it is asked for; its refusal is a sentence.
"""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.reactive import reactive

from offwall.model.records import Session
from offwall.tui.kit.messages import Edit, Say
from offwall.tui.kit.session_app import session_app


class CachedChange:
    """A change that is worked out once for a session: tried by a widget, then made by the App."""

    def __init__(self, change: Callable[[Session], Session]) -> None:
        self._change = change
        self._known: tuple[Session, Session] | None = None

    def __call__(self, session: Session) -> Session:
        """The session changed; the very value of before where it is the very session of before."""
        if self._known is None or self._known[0] is not session:
            self._known = (session, self._change(session))
        return self._known[1]


class EditRequester(MessagePump):
    """Tries a change on the session shown before asking for it."""

    session: Session

    def refusal(self, change: Callable[[Session], Session]) -> str:
        """The sentence that says why a change cannot be made, or nothing."""
        return session_app(self).refusal(self.session, change)

    def attempt(self, label: str, change: Callable[[Session], Session]) -> str:
        """Ask for a change that can be made; else the sentence that says why it cannot."""
        tried = CachedChange(change)
        wrong = self.refusal(tried)
        if not wrong:
            self.post_message(Edit(label, tried))
        return wrong

    def attempt_or_say(self, label: str, change: Callable[[Session], Session]) -> bool:
        """Ask for a change; what is wrong with it is said in the status line."""
        if wrong := self.attempt(label, change):
            self.post_message(Say(wrong, wrong=True))
        return not wrong


class SessionWidget(EditRequester):
    """Gives a widget the session, which comes down by ``data_bind``; changes go up as messages.

    It is named first among the bases and is no widget itself: Textual takes styles and component
    classes from the first base that is one.
    """

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)


# What a screen that is mirrored to the room leaves out: who carries too much, or nothing.

LOAD_FINDINGS = frozenset({"no action", "too many"})
"""The kinds of finding that are about a person's load."""

LOADS_HIDDEN = "Hidden while private: P shows who carries what."
