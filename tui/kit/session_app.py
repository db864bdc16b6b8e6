"""The App that widgets are shown by: the session and the state come down from it, typed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from textual.app import App
from textual.message_pump import MessagePump
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from offwall.model.records import EditError, Session
from offwall.model.records.changes import check_lengths
from offwall.tui.kit.context import AppState, Context
from offwall.tui.kit.messages import Say

T = TypeVar("T")

TOO_LARGE = (
    "The session would be too large for its file (20 MB), so nothing was changed; take less."
)


class SessionApp(App[None]):
    """An App that shows a session: the session and the state go down from it, messages come up."""

    session: reactive[Session] = reactive(Session(), repaint=False)
    state: reactive[AppState] = reactive(AppState(), repaint=False)

    def __init__(self, fresh: Context) -> None:
        super().__init__()
        self.fresh = fresh

    def begin_session(self, session: Session) -> None:
        """Show another session from the next screen on; those of the one before hear nothing."""
        self.set_reactive(SessionApp.session, session)

    async def ask(self, question: Screen[T]) -> T | None:
        """Ask, from within a worker; None where the user left it."""
        return await self.push_screen_wait(question)

    def ask_then(self, question: Screen[T], answered: Callable[[T | None], None]) -> None:
        """Ask; the answer is taken before the next key, whatever that is."""
        self.push_screen(question, answered)

    def say(self, text: str, *, wrong: bool = False, file: Path | None = None) -> None:
        """Show a sentence in the status line; may be the same again."""
        self.state = replace(self.state, said=(text, wrong), file=file)
        self.refresh_bindings()

    def on_say(self, message: Say) -> None:
        """Show a sentence in the status line."""
        self.say(message.text, wrong=message.wrong, file=message.file)

    def too_large(self, session: Session) -> bool:
        """Whether a session would no longer fit into its file."""
        return False

    def refusal(self, session: Session, change: Callable[[Session], Session]) -> str:
        """The sentence that says why a change of a session cannot be made, or nothing."""
        if refused := self.state.refused:
            return refused
        try:
            new = change(session)
            check_lengths(session, new)
        except EditError as sentence:
            return str(sentence)
        return TOO_LARGE if self.too_large(new) else ""


def session_app(node: MessagePump) -> SessionApp:
    """The App that a widget or a screen is shown by. Raises `TypeError` where it has no session."""
    app = node.app
    if not isinstance(app, SessionApp):
        raise TypeError(f"{type(app).__name__} shows no session")
    return app


def app_state(node: MessagePump) -> AppState:
    """What holds now."""
    return session_app(node).state


def follow(
    widget: Widget,
    asked: Callable[[AppState], T],
    call: Callable[[T], object],
    *,
    init: bool = True,
) -> None:
    """Have ``call`` hear what is asked of the state when that changes; with ``init`` also now."""

    def changed(before: AppState, now: AppState) -> None:
        if asked(before) != (new := asked(now)):
            call(new)

    app = session_app(widget)
    if init:
        call(asked(app.state))
    widget.watch(app, SessionApp.state.name, changed, init=False)
