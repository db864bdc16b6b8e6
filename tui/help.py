"""Help: the keys that apply where one stands, and what a line can say."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from offwall.tui.kit.keys import foot, key, keys

LINE_HELP = (
    ("@role", "lead, who is responsible; @cm,pro adds a second; @? nobody yet"),
    ("a:role", "accountable; r: also responsible; c: consulted; i: informed"),
    ("?text", "decision"),
    (">answer", "a route to the next activity; >no=S2.04, >no=end, >no=some words"),
    (">=S2.04", "where it leads when not to the next"),
    ("+text", "document, one a token"),
    ("!d !g !t !r", "issue: documentation, governance, time, risk; words may follow"),
    ("*text @who by 29 Jan", "action, with its owner and target date"),
    ("^text", "parked"),
    ("%tier=light", "how a tier treats it: yes, light, no"),
    ("/stage", "another stage: its id, its number, the start of its name; with words: new there"),
    ("w:text n:text", "timescale (within when), note"),
    ('"', "people as in the note before"),
    ("\\", "in front of a word makes it plain text"),
)

WIDEST_BOX = 78
"""Columns of the box, where the screen has them; as in the style sheet."""

FRAME_CELLS = 7
"""Columns of its border, its padding and its scrollbar."""

LEAST_CELLS = 16
"""Columns that the words have at the least."""


class HelpScreen(ModalScreen[None]):
    """What can be done here, in words."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "help",
        foot("escape,q,question_mark,enter", "close", "Close", "dismiss"),
        key("j", "down", "Down", "by_key('scroll_down')"),
        key("k", "up", "Up", "by_key('scroll_up')"),
        key("g", "first", "To the first", "by_key('scroll_home')"),
        key("G", "last", "To the last", "by_key('scroll_end')"),
    )

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        with VerticalScroll(id="help"):
            yield Static("Keys here", classes="help-title")
            yield Static(self._table(self._keys, 16))
            yield Static("A post-it is one line", classes="help-title")
            yield Static("Hold kick-off meeting @cm a:hos ?Ready >yes >no=S2.04 +Agenda")
            yield Static(self._table(LINE_HELP, 22), id="help-line")
            yield Static("Esc closes", classes="help-title")

    def _table(self, rows: Sequence[tuple[str, str]], width: int) -> Content:
        """Keys beside what they do; what is longer than a line goes on under its own beginning."""
        room = max(min(self.app.size.width, WIDEST_BOX) - FRAME_CELLS - width - 1, LEAST_CELLS)
        lines = []
        for pressed, text in rows:
            first, *more = wrap(text, room) or [""]
            lines.append(Content.assemble((f"{pressed:<{width}}", "bold"), " ", first))
            lines += [Content(" " * (width + 1) + rest) for rest in more]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """The keys scroll."""
        self.query_one("#help").focus()

    def action_by_key(self, scroll: str) -> None:
        """Scroll with the letters that move in every list."""
        getattr(self.query_one("#help"), scroll)(animate=False)
