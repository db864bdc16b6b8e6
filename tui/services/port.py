"""What a service may ask of the App that it serves; it knows nothing else of it."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen

from offwall.model.records import Session
from offwall.tui.kit import Context
from offwall.tui.kit.context import AppState

T = TypeVar("T")


class Port(Protocol):
    """The session and the state, which a service may set; a sentence, a question, a later call.

    `post_message` and `call_later` may be called from any thread, and raise `RuntimeError` where
    the App has ended; the rest belongs to the App's own.
    """

    session: Session
    state: AppState
    fresh: Context

    def begin_session(self, session: Session) -> None:
        """Show another session from the next screen on; those of the one before hear nothing."""

    def say(self, text: str, *, wrong: bool = False, file: Path | None = None) -> None:
        """Show a sentence in the status line; the file that it names is a link."""

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to take a text."""

    def refusal(self, session: Session, change: Callable[[Session], Session]) -> str:
        """The sentence that says why a change cannot be made, or nothing."""

    def post_message(self, message: Message) -> bool:
        """Have a message handled in its turn."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Have a call made in its turn."""

    def run_worker(
        self,
        work: Coroutine[Any, Any, object],
        *,
        group: str = "default",
        exclusive: bool = False,
    ) -> object:
        """Run a coroutine beside the keys; ``exclusive`` ends those of its group before."""

    async def ask(self, question: Screen[T]) -> T | None:
        """Ask, from within such a coroutine; None where the user left it."""

    def ask_then(self, question: Screen[T], answered: Callable[[T | None], None]) -> None:
        """Ask; the answer is taken before the next key, whatever that is."""
