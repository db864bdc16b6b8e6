"""The start screen, where no session was named: recent sessions, a new one, or the sample."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offwall.model.records.text import plain
from offwall.tui.kit import Answers, Field, SessionWidget
from offwall.tui.kit.frame import KeyBar, StatusLine
from offwall.tui.kit.keys import Outcome, Question, foot, key, keys
from offwall.tui.kit.messages import Open, SessionOpened
from offwall.tui.kit.session_widget import app_state, follow


@dataclass(frozen=True, slots=True)
class StartContext:
    """What there is to open; ``lay_out`` opens it, or says in a sentence why it cannot."""

    recent: Sequence[Path]
    presets: Sequence[str]
    lay_out: Callable[[Open], str]
    record: None = None


def new(at: StartContext, _: object) -> Outcome:
    """A new session file."""

    def answered(answers: Answers) -> Outcome:
        preset = answers["preset"].strip()
        if preset not in at.presets:
            return Outcome(wrong=f"There is no such preset. Type one of: {', '.join(at.presets)}.")
        return _opened(at, answers, preset=preset)

    known = ("preset", "Stages from", "contract-management", f"One of: {', '.join(at.presets)}.")
    preset = Field(*known, choices=at.presets, chosen=True, fixed=True)
    fields = [_new_file("session.toml"), preset]
    return Outcome(ask=Question("A new session", fields, answered))


def follow_one(at: StartContext, _: object) -> Outcome:
    """A second session from one."""

    def answered(answers: Answers) -> Outcome:
        earlier = answers["earlier"].strip()
        if not earlier:
            return Outcome(wrong="Type the path of the session file of last time.")
        return _opened(at, answers, earlier=earlier)

    latest = str(at.recent[0]) if at.recent else ""
    follows = Field("earlier", "It follows", latest, "The file of last time; it stays as it is.")
    fields = [follows, _new_file("second.toml")]
    return Outcome(ask=Question("A second session", fields, answered))


def sample(at: StartContext, _: object) -> Outcome:
    """A copy of the sample."""
    return Outcome(post=Open("", "sample"))


def open_file(at: StartContext, _: object) -> Outcome:
    """Open a file by its path."""
    fields = [Field("path", "Session file", "", "Such as workshops/housing.toml")]
    return Outcome(ask=Question("Open a session", fields, partial(_opened, at)))


def _opened(at: StartContext, answers: Answers, preset: str = "", earlier: str = "") -> Outcome:
    """Show what the answers put on the desk; what is refused stays to be mended."""
    path = answers["path"].strip()
    if not path:
        return Outcome(wrong="Type the path of a session file.")
    return Outcome(wrong=at.lay_out(Open(path, preset, earlier)), post=SessionOpened())


def _new_file(name: str) -> Field:
    """The name of a file to be made; what is typed takes the place of the one proposed."""
    return Field("path", "File", name, "Made in this folder unless you name another.", (), True)


START_KEYS = keys(
    "start",
    foot("n", "new", "New", new),
    foot("B", "follow", "Second", follow_one),
    foot("0", "sample", "Sample", sample),
    foot("comma", "open", "Open", open_file),
    key("j", "down", "Down"),
    key("k", "up", "Up"),
    foot("q", "leave", "Leave", "app.leave"),
)
WAYS = {
    "new": "n  A new session: its stages from a preset, then yours",
    "follow": "B  A second session, which follows an earlier one",
    "sample": "0  A copy of the sample: a contract management process",
    "open": ",  Open a session file by its path",
}
"""What the list says below the recent sessions, by the names of the keys."""


class StartScreen(SessionWidget, Screen[None]):
    """Choose what to open. Nothing is opened, made or changed before that."""

    CSS_PATH = "start_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = START_KEYS

    def __init__(self, there: StartContext) -> None:
        super().__init__()
        self._there = there

    def here(self) -> StartContext:
        """What there is to open; recent sessions are nobody's business while private."""
        return replace(self._there, recent=()) if app_state(self).private else self._there

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        title = Content.assemble(("Offwall", "bold"), "  Take the process map off the wall")
        yield Static(title, id="start-title")
        yield OptionList(*self._options(), compact=True)
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Other councils' names are left out as soon as the screen is private."""
        follow(self, lambda state: state.private, lambda _: self._list_again(), init=False)

    def _options(self) -> list[Option]:
        recent = (Path(plain(str(path))) for path in self.here().recent)
        return [
            *(Option(Content(f"{path.stem}   {path.parent}")) for path in recent),
            *(Option(Content(told)) for told in WAYS.values()),
        ]

    def _list_again(self) -> None:
        ways = self.query_one(OptionList)
        ways.clear_options()
        ways.add_options(self._options())
        ways.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what the cursor stands on."""
        event.stop()
        recent = self.here().recent
        if event.option_index < len(recent):
            self.post_message(Open(str(recent[event.option_index])))
        else:
            self.action_run(f"start.{[*WAYS][event.option_index - len(recent)]}")

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()
