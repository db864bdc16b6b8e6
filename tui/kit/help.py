"""Help and the commands of the palette: the keys that apply where one stands; searched."""

from collections.abc import Iterable, Sequence
from functools import partial
from textwrap import wrap
from typing import ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import ActiveBinding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, Static

from offwall.model.records import Session
from offwall.model.records.session import Besides
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.terminal.textual_private import SteadyInput, ThriftyDialog

# What can be done where one stands, from the keys that are bound there.

SIDEWAYS = {"Scroll Left", "Scroll Right", "Page Left", "Page Right"}
"""What the framework binds everywhere, and no list of ours is wide enough for."""


def reachable_keys(screen: Screen[object]) -> list[tuple[str, ActiveBinding]]:
    """What can be done here: the keys that do the same, and the first of their bindings.

    Offwall's own come first: they have an id, and the framework's have none.
    """
    found: dict[str, list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        binding, name = active.binding, active.binding.description
        ours = not binding.system and not binding.key.startswith("super+")
        if ours and active.enabled and name and name not in SIDEWAYS:
            found.setdefault(f"{name}\n{active.tooltip or name}", []).append(active)
    app = screen.app
    every = [
        (" ".join(app.get_key_display(active.binding) for active in same), same[0])
        for same in found.values()
    ]
    return sorted(every, key=lambda one: not one[1].binding.id)


def _action_name(active: ActiveBinding) -> str:
    """What it does, in a word or two; the framework writes Each Word Large."""
    description = active.binding.description
    return description if active.binding.id else description.capitalize()


NO_COMMANDS = {"move", "page", "to", "column", "section", "command_palette"}
"""The actions that only a key is for: who moves about presses it, and the palette is open."""


def palette_commands(app: App[None], screen: Screen[object]) -> Iterable[SystemCommand]:
    """A palette entry for each thing that can be done on ``screen``, named as in the footer."""

    def run(active: ActiveBinding) -> None:
        app.run_worker(app.run_action(active.binding.action, active.node))

    for pressed, active in reachable_keys(screen):
        # What the framework binds moves and types.
        if not active.binding.id or active.binding.action.partition("(")[0] in NO_COMMANDS:
            continue
        said = active.tooltip or _action_name(active)
        yield SystemCommand(_action_name(active), f"{said} ({pressed})", partial(run, active))
    yield SystemCommand("Theme", "Choose the colours", app.action_change_theme)


HERE, MOVING, ANYWHERE = "On this screen", "Moving about", "Anywhere"


def key_help(screen: Screen[object]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys that apply on ``screen`` and what they do: its own, those of any list, the rest."""
    groups: dict[str, list[tuple[str, str]]] = {HERE: [], MOVING: [], ANYWHERE: []}
    for pressed, active in reachable_keys(screen):
        room, _, name = (active.binding.id or "").partition(".")
        moves = not room or (room in ("list", "sections") and name != "choose")
        group = ANYWHERE if room in ("app", "screen") else MOVING if moves else HERE
        groups[group].append((pressed, active.tooltip or _action_name(active)))
    return [*groups.items()]


# The screen: those keys in groups, and what a line can say.

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


SEARCH_TOLD = "Type to search; ? or Esc closes"
NOTHING_TOLD = "Nothing here does that. Esc, then : finds a command by its name."

KeyGroup = tuple[str, Sequence[tuple[str, str]]]
"""A title, and its keys with what they do."""

WIDEST_BOX, FRAME_CELLS, LEAST_CELLS = 78, 8, 16
"""Columns of the box, as in the style sheet; of its frame, its scrollbar and the gaps beside what
is said; and that the words have at the least.
"""


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
        self._parts = [*((group, rows, 16) for group, rows in keys), last]

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
