"""Help: the keys that apply where one stands, and what a line can say."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

LINE = (
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
    ("/stage", "another stage: its id, its number, the start of its name"),
    ("w:text n:text", "timescale (within when), note"),
    ('"', "people as in the note before"),
    ("\\", "in front of a word makes it plain text"),
)


class HelpScreen(ModalScreen[None]):
    """What can be done here, in words."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close", id="help.close"),
    ]

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
            yield Static(self._table(LINE, 22), id="help-line")
            yield Static("Esc closes", classes="help-title")

    @staticmethod
    def _table(rows: Sequence[tuple[str, str]], width: int) -> Content:
        lines = [Content.assemble((f"{key:<{width}}", "bold"), " ", text) for key, text in rows]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        """The keys scroll."""
        self.query_one("#help").focus()
