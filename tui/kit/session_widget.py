"""What every widget that shows the session shares: the App over it, and how to change the session.

A change is tried on the session shown before it is asked for; its refusal is a sentence.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.message_pump import MessagePump
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from offwall.model.records import EditError, Session
from offwall.model.records.changes import check_lengths, once
from offwall.tui.kit.context import AppState, Context
from offwall.tui.kit.form import Choice, Field, Form, FormCheck
from offwall.tui.kit.keys import (
    ActsOn,
    Choose,
    Command,
    Here,
    Outcome,
    Question,
    Same,
    Write,
    key_for,
    state_of,
)
from offwall.tui.kit.messages import Edit, Say

if TYPE_CHECKING:
    from textual.dom import DOMNode as Node

    from offwall.tui.kit.multiline_form import MultilineForm
else:  # Textual takes styles and component classes from the first base that is a `DOMNode`.
    Node = MessagePump

# The App that widgets are shown by: the session and the state come down from it, typed.

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

    def last_line(self, field: Field, keep: FormCheck, about: str) -> Form:
        """What asks for one field on the last line: once made it stays, as it is laid out then."""
        name = f"{field.name} {field.label} {about}"  # asked in other words it is another
        if not self.is_screen_installed(name):
            line = Form("", [field], keep, about)
            self.install_screen(line.add_class("-line"), name)
        line = self.get_screen(name, Form)
        line.begin(field, keep)
        return line

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
    """Have ``call`` hear what is asked of the state when that changes; with ``init`` also now.

    What changes while another screen lies over the widget's is heard when that one is left.
    """
    app = session_app(widget)
    heard = asked(app.state)

    def changed(now: AppState) -> None:
        nonlocal heard
        if widget.screen.is_current and heard != (new := asked(now)):
            heard = new
            call(new)

    if init:
        call(heard)
    widget.watch(app, SessionApp.state.name, changed, init=False)


# What shows the session.


class SessionWidget(Node):
    """What shows the session, a widget or a screen; it comes down by ``data_bind``.

    Changes go up as messages, each tried on the session shown before it is asked for. It is named
    first among the bases and is no widget itself.
    """

    LOOKS: ClassVar[Set[str]] = frozenset(
        {"move", "page", "to", "find", "found", "column", "heading", "stage", "section", "scroll"}
    )
    """The actions that only look: the room has no others."""

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)
    again: Same | None = None
    """The last change made here that other records can be given."""

    @property
    def view_said(self) -> tuple[str, ...]:
        """How it is looked at, for whoever looks on."""
        return ()

    def take_view(self, said: Sequence[str]) -> None:
        """Look at it in the way that another one said; what is not understood is nothing."""

    def refusal(self, change: Callable[[Session], Session]) -> str:
        """The sentence that says why a change cannot be made, or nothing."""
        return session_app(self).refusal(self.session, change)

    def attempt(self, label: str, change: Callable[[Session], Session]) -> str:
        """Ask for a change that can be made; else the sentence that says why it cannot."""
        tried = once(change)
        wrong = self.refusal(tried)
        if not wrong:
            self.post_message(Edit(label, tried))
        return wrong

    def attempt_or_say(self, label: str, change: Callable[[Session], Session]) -> bool:
        """Ask for a change; what is wrong with it is said in the status line."""
        if wrong := self.attempt(label, change):
            self.post_message(Say(wrong, wrong=True))
        return not wrong

    # Commands: what their keys need is asked here, and what they come to is done here.

    def here(self) -> Any:
        """The context of the commands, and of what their keys need; else the widget itself."""
        return self

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim or hide what lacks what it needs, dim what cannot be changed; the room only looks."""
        state = app_state(self)
        if action not in self.LOOKS and state.showing:
            return False
        found = key_for(self, action, parameters) if state.refused else None
        able = state_of(self, action, parameters, self.here)
        return None if able and found and found.changes else able

    def action_run(self, known: str) -> None:
        """Run the command of a key, by the key's id."""
        found = key_for(self, "run", (known,))
        if found and found.command:
            at = self.here()
            if found.acts_on is ActsOn.SELECTED and (at.several or at.under):
                self.run_on_several(found.command, at)
            else:
                self.perform(found.command(at, at.record))

    def run_on_several(self, command: Command, at: Here) -> None:
        """Run a command on all that are selected."""
        raise NotImplementedError

    def perform(self, outcome: Outcome) -> None:
        """Do what a command comes to; what is wrong is said in the status line."""
        if wrong := self._changed(outcome):
            self.post_message(Say(wrong, wrong=True))
        else:
            self._go_on(outcome)

    def _changed(self, outcome: Outcome) -> str:
        """Make the change; else why it cannot be made."""
        if outcome.change and not outcome.wrong:
            wrong = self.attempt(outcome.label, outcome.change)
            self.again = (not wrong and outcome.same) or self.again
            return wrong
        return outcome.wrong

    def _go_on(self, outcome: Outcome) -> None:
        """Do all that is no change."""
        if outcome.view is not None:
            self.look(outcome.view)
        if outcome.go:
            self.go_to(outcome.go)
        if outcome.post:
            self.post_message(outcome.post)
        if outcome.say:
            self.post_message(Say(outcome.say))
        if outcome.ask:
            self.run_worker(self._ask(outcome.ask))

    def look(self, view: Any) -> None:
        """Look at the records in another way."""
        raise NotImplementedError

    def go_to(self, key: str) -> None:
        """Stand on a row, now or as soon as it is there."""
        raise NotImplementedError

    async def _ask(self, asked: Question | Choose | Write) -> None:
        """Ask; what an answer comes to is done once the question is gone, but for its change."""
        answers: list[Outcome] = []
        chosen = await self.app.push_screen_wait(self._screen_of(asked, answers.append))
        if isinstance(asked, Choose) and isinstance(chosen, int):
            self.perform(asked.answered(chosen))
        elif isinstance(asked, Question) and chosen is None:
            self.perform(asked.left)
        elif answers:
            self._go_on(answers[-1])

    def _screen_of(
        self, asked: Question | Choose | Write, answered: Callable[[Outcome], None]
    ) -> "Choice | Form | MultilineForm":
        """What asks; where the answer cannot be kept it says so and stays."""
        if isinstance(asked, Choose):
            return Choice(asked.title, asked.options, asked.about, asked.at)

        def keep(said: Any) -> str:
            outcome = asked.answered(said)
            if not (wrong := self._changed(outcome)):
                answered(outcome)
            return wrong

        if isinstance(asked, Write):
            from offwall.tui.kit.multiline_form import MultilineForm

            return MultilineForm(asked.title, asked.text, keep, asked.about)
        if asked.line:
            return session_app(self).last_line(asked.fields[0], keep, asked.about)
        return Form(asked.title, asked.fields, keep, asked.about, asked.at)


# What a screen that is mirrored to the room leaves out: who carries too much, or nothing.

LOAD_FINDINGS = frozenset({"no action", "too many"})
"""The kinds of finding that are about a person's load."""

LOADS_HIDDEN = "Hidden while private: P shows who carries what."
