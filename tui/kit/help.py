"""Help: the keys that apply where one stands, in groups, and what a line can say; searched."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from offwall.model.records import Session
from offwall.model.records.session import Besides
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.terminal.textual_private import SteadyInput, ThriftyDialog

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
    ("w:text", "timescale: within when"),
    ("n:text", "note"),
    ("h:2-3h", "hands on; q:1d waiting; y:12 times a year; b:20% share that goes back"),
    ('"', "people as in the note before"),
    ("\\", "in front of a word makes it plain text"),
)

IF_RECORDED = {"%tier=light": Besides.TIERS, "w:text": Besides.TIMESCALES, "h:2-3h": Besides.TIMES}
"""What a line can say of what is recorded only where set-up says so."""

HelpPart = tuple[str, Sequence[tuple[str, str]], int]
"""A title, rows of what is pressed or typed and what that does, and the cells of the first."""


def line_part(session: Session) -> HelpPart:
    """What a line can say in this session."""
    title = "A post-it is one line: Hold kick-off meeting @cm a:hos ?Ready >yes >no=S2.04 +Agenda"
    unwanted = {said for said, what in IF_RECORDED.items() if not session.records(what)}
    return title, [row for row in LINE_HELP if row[0] not in unwanted], 22


KEY_CELLS = 16
"""Columns for the keys."""

SEARCH_TOLD = "Type to search; ? or Esc closes"
NOTHING_TOLD = "Nothing here does that. Esc, then : finds a command by its name."

KeyGroup = tuple[str, Sequence[tuple[str, str]]]
"""A title, and its keys with what they do."""

WIDEST_BOX = 78
"""Columns of the box, where the screen has them; as in the style sheet."""

FRAME_CELLS = 8
"""Columns of its border, its padding, its scrollbar and the gap before that."""

LEAST_CELLS = 16
"""Columns that the words have at the least."""


class HelpField(SteadyInput):
    """Takes the words to look for; what closes help is no word: ? always, q before the first."""

    _begun = False

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is typed."""
        if self._closes(key):
            return False
        return super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if self._closes(event.key):
            event.prevent_default()

    def _closes(self, key: str) -> bool:
        self._begun = self._begun or bool(self.value)
        return key == "question_mark" or (key == "q" and not self._begun)


class HelpScreen(ThriftyDialog[None]):
    """What can be done here, in words; typing narrows it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "help",
        foot("escape,question_mark,q", "close", "Close", "dismiss"),
        key("down", "down", "Down", "by_key('scroll_down')"),
        key("up", "up", "Up", "by_key('scroll_up')"),
        key("pagedown", "page-down", "Page down", "by_key('scroll_page_down')"),
        key("pageup", "page-up", "Page up", "by_key('scroll_page_up')"),
    )

    def __init__(self, keys: Sequence[KeyGroup], last: HelpPart) -> None:
        """``last`` is told below the keys."""
        super().__init__()
        self._parts = [*((group, rows, KEY_CELLS) for group, rows in keys), last]

    def compose(self) -> ComposeResult:
        """The field, and below it what is found."""
        with Vertical(id="help"):
            yield HelpField(id="help-field", placeholder=SEARCH_TOLD)
            with VerticalScroll(id="help-found", can_focus=False):
                yield Static(self._told(""), id="help-told")

    def _told(self, sought: str) -> Content:
        """The groups with the rows that hold each word sought, below their titles."""
        words = sought.casefold().split()
        told = []
        for title, rows, width in self._parts:
            said = title.casefold()
            found = [
                row for row in rows if all(w in f"{said} {' '.join(row)}".casefold() for w in words)
            ]
            if found or not (rows or words):
                told.append(Content.styled(title, "bold $text-accent"))
                told.append(self._table(found, width) + "\n")
        return Content("\n").join(told) if told else Content(NOTHING_TOLD)

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
        """What is typed is sought."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell only what holds what is typed, from its beginning."""
        event.stop()
        self.query_one("#help-told", Static).update(self._told(event.value))
        self.query_one("#help-found").scroll_home(animate=False)

    def action_by_key(self, scroll: str) -> None:
        """Scroll what is found."""
        getattr(self.query_one("#help-found"), scroll)(animate=False)
