"""The start screen, where no session was named: recent sessions, a new one, or the sample."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from offwall.tui.kit import Answers, Field, Form, plain
from offwall.tui.kit.frame import KeyBar, StatusLine
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.messages import Open, SessionOpened
from offwall.tui.kit.session_app import app_state, follow


class StartScreen(Screen[None]):
    """Choose what to open. Nothing is opened, made or changed before that."""

    CSS_PATH = "start_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "start",
        foot("n", "new", "New", tooltip="A new session file"),
        foot("B", "follow", "Second", tooltip="A second session from one"),
        foot("0", "sample", "Sample", tooltip="A copy of the sample"),
        foot("comma", "open", "Open", tooltip="Open a file by its path"),
        key("j", "down", "Down"),
        key("k", "up", "Up"),
        foot("q", "leave", "Leave", "app.leave"),
    )

    def __init__(
        self, recent: Sequence[Path], presets: Sequence[str], lay_out: Callable[[Open], str]
    ) -> None:
        """``lay_out`` puts what is wanted on the desk, or says in a sentence why it cannot."""
        super().__init__()
        self._lay_out = lay_out
        self._presets = tuple(presets)
        self._recent = tuple(recent)

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        yield Static(
            Content.assemble(("Offwall", "bold"), "  Take the process map off the wall"),
            id="start-title",
        )
        yield OptionList(*self._options(), compact=True)
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Other councils' names are left out as soon as the screen is private."""
        follow(self, lambda state: state.private, lambda _: self._list_again(), init=False)

    @property
    def _offered(self) -> Sequence[Path]:
        """The recent sessions that are shown."""
        return () if app_state(self).private else self._recent

    def _options(self) -> list[Option]:
        recent = (Path(plain(str(path))) for path in self._offered)
        return [
            *(Option(Content(f"{path.stem}   {path.parent}")) for path in recent),
            Option(Content("n  A new session: its stages from a preset, then yours")),
            Option(Content("B  A second session, which follows an earlier one")),
            Option(Content("0  A copy of the sample: a contract management process")),
            Option(Content(",  Open a session file by its path")),
        ]

    def _list_again(self) -> None:
        ways = self.query_one(OptionList)
        ways.clear_options()
        ways.add_options(self._options())
        ways.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what the cursor stands on."""
        event.stop()
        offered = self._offered
        if event.option_index < len(offered):
            self.post_message(Open(str(offered[event.option_index])))
        else:
            (self.action_new, self.action_follow, self.action_sample, self.action_open)[
                event.option_index - len(offered)
            ]()

    @work
    async def action_new(self) -> None:
        """Ask for the file's name and the preset, and make it."""
        fields = [
            _new_file("session.toml"),
            Field(
                "preset",
                "Stages from",
                "contract-management",
                "One of: " + ", ".join(self._presets) + ".",
                choices=self._presets,
                chosen=True,
                fixed=True,
            ),
        ]
        await self._ask(Form("A new session", fields, self._new))

    @work
    async def action_follow(self) -> None:
        """Ask which session it follows and for the new file's name, and make it."""
        latest = str(self._offered[0]) if self._offered else ""
        fields = [
            Field("earlier", "It follows", latest, "The file of last time; it stays as it is."),
            _new_file("second.toml"),
        ]
        await self._ask(Form("A second session", fields, self._follow))

    def action_sample(self) -> None:
        """Open a copy of the sample."""
        self.post_message(Open("", "sample"))

    @work
    async def action_open(self) -> None:
        """Ask for a path."""
        fields = [Field("path", "Session file", "", "Such as workshops/housing.toml")]
        await self._ask(Form("Open a session", fields, self._open))

    async def _ask(self, form: Form) -> None:
        """Ask, and show what the answers put on the desk; what is refused stays to be mended."""
        if await self.app.push_screen_wait(form):
            self.post_message(SessionOpened())

    def action_down(self) -> None:
        """Move down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move up."""
        self.query_one(OptionList).action_cursor_up()

    def _new(self, answers: Answers) -> str:
        preset = answers["preset"].strip()
        if preset not in self._presets:
            return f"There is no such preset. Type one of: {', '.join(self._presets)}."
        return self._wanted(answers, preset=preset)

    def _follow(self, answers: Answers) -> str:
        earlier = answers["earlier"].strip()
        if not earlier:
            return "Type the path of the session file of last time."
        return self._wanted(answers, earlier=earlier)

    def _open(self, answers: Answers) -> str:
        return self._wanted(answers)

    def _wanted(self, answers: Answers, preset: str = "", earlier: str = "") -> str:
        path = answers["path"].strip()
        if not path:
            return "Type the path of a session file."
        return self._lay_out(Open(path, preset, earlier))


def _new_file(name: str) -> Field:
    """The name of a file to be made; what is typed takes the place of the one proposed."""
    return Field("path", "File", name, "Made in this folder unless you name another.", (), True)
