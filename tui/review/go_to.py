"""Go to anything of the session by a few letters of it; a digit goes to a part at once.

What can be gone to is a list made once, as the field opens: records by the words they show,
screens, and the commands of the screen below. A letter ranks it anew and draws rows; no layout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from offwall.model.records import Session
from offwall.model.records.record_kind import RecordKind
from offwall.model.records.session import Besides
from offwall.model.setup.documents import DOCUMENTS
from offwall.model.setup.meetings import MEETINGS
from offwall.model.setup.people_and_roles import PEOPLE, ROLES
from offwall.tui.kit.keys import foot, key, keys
from offwall.tui.kit.record_list import RecordList
from offwall.tui.kit.row_view import FittedColumn, ListCell
from offwall.tui.kit.session_screen import SCREENS, screen_class
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.setup.setup_screen import SECTION_MARK
from offwall.tui.terminal.textual_private import SteadyInput, ThriftyDialog

PARTS: Mapping[str, str] = {"1": "topic", "2": "record", "3": "plan", "0": "setup"}
"""The screens that a digit goes to at once."""

UNNAMED = frozenset({"importing", "walk"})
"""Screens that need something which only the screen before knows."""

MOST_RANKED = 300
"""Of what holds all that is typed, so many of the nearest are ranked by how alike they are."""

OPTIONAL = {"requirements": Besides.REQUIREMENTS, "times": Besides.TIMES}
"""Screens of what is off until set-up ticks it."""

SET_UP: Mapping[str, RecordKind[Any]] = {
    "Roles": ROLES,
    "People": PEOPLE,
    "Documents": DOCUMENTS,
    "Meetings": MEETINGS,
}
"""What is set up that can be gone to, by its section."""

END = "\n"
"""Stands behind a short name in the text that is searched; nobody types it."""

MOST_SHOWN = 40
ENOUGH = 8
"""With fewer that hold all that is typed, those are shown too that are only like it."""

ALIKE = 75
"""How alike, of 100, a text is to what is typed that counts as meant (rapidfuzz)."""

COLUMNS = (
    FittedColumn("what", "What", 9),
    FittedColumn("name", "Name"),
    FittedColumn("ref", "Where", 10, least=44),
)


@dataclass(frozen=True, slots=True)
class Destination:
    """What can be gone to: its kind, words, short name, a screen and row; or what runs it."""

    kind: str
    name: str
    ref: str = ""
    screen: str = ""
    place: str = ""
    run: Callable[[], object] | None = None


def destinations(session: Session) -> Iterator[Destination]:
    """Every record of a session, and its screens; the nearest to the work first."""
    refs, stages = session.ref_by_id, session.stages
    for activity in session.in_order:
        yield Destination("activity", activity.text, refs[activity.id], "record", activity.id)
    for stage in stages:
        yield Destination("stage", stage.name, stage.id, "record", STAGE_KEY + stage.id)
    for action in session.actions:
        yield Destination("action", action.text, "part 3", "plan", action.id)
    for issue in session.issues:
        yield Destination("issue", issue.text, issue.code or "part 1", "topic", issue.id)
    for topic in session.topics:
        yield Destination("topic", topic.title or topic.kind, "part 1", "topic", topic.id)
    for section, kind in SET_UP.items():
        for known, record in kind.keyed(session).items():
            named = kind.name(session, record)
            ref = known if known != named else "set up"
            yield Destination(kind.noun, named, ref, "setup", f"{section}{SECTION_MARK}{known}")
    off = {name for name, what in OPTIONAL.items() if not session.records(what)}
    titles = {name: screen_class(name).TITLE or "Home" for name in SCREENS.keys() - UNNAMED - off}
    for name, title in sorted(titles.items(), key=lambda pair: pair[1]):
        yield Destination("screen", title, "", name)


class Finder:
    """Ranks what can be gone to by what is typed."""

    def __init__(self, destinations: Sequence[Destination]) -> None:
        self._found = destinations
        self._texts = [
            f"{one.name} {one.kind} {one.ref} {END} {one.ref.replace('.', '')} {END}".casefold()
            for one in destinations
        ]

    def find(self, typed: str) -> list[Destination]:
        """What holds every word typed, by how near its beginning and how alike; else what is like
        it. Nothing typed finds the screens.
        """
        words = typed.casefold().split()
        if not words:
            return [one for one in self._found if one.kind == "screen"]
        from rapidfuzz import fuzz, process

        typed = typed.casefold().strip()
        holding = [n for n, text in enumerate(self._texts) if all(word in text for word in words)]
        far = {n: _far(typed, self._texts[n]) for n in holding}
        nearest = sorted(holding, key=far.__getitem__)[:MOST_RANKED]
        texts = {n: self._texts[n] for n in nearest}
        alike = process.extract(typed, texts, scorer=fuzz.ratio, limit=None)
        order = [n for _, _, n in sorted(alike, key=lambda one: (far[one[2]], -one[1]))]
        if len(holding) < ENOUGH:
            like = process.extract(
                *(typed, self._texts),
                scorer=fuzz.partial_ratio,
                score_cutoff=ALIKE,
                limit=MOST_SHOWN,
            )
            order += [n for _, _, n in like if n not in far]
        return [self._found[n] for n in order[:MOST_SHOWN]]


def _far(typed: str, text: str) -> int:
    """0 where it is the short name, 1 where it begins so, 2 where a word does, else 3."""
    if f" {typed} {END}" in text:
        return 0
    return 1 if text.startswith(typed) else 3 - (f" {typed}" in text)


class FoundList(RecordList):
    """What is found; its cursor is moved from the field above it."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(COLUMNS, empty="Nothing has that name.", id="found")
        self._found: Sequence[Destination] = ()

    def show_found(self, destinations: Sequence[Destination]) -> None:
        """Show other things, the cursor on the first."""
        self._found = destinations
        self.rebuild()
        self.action_to(0)

    def rebuild(self) -> None:
        """Make the rows."""
        rows = []
        for number, one in enumerate(self._found):
            kind: ListCell = (one.kind, "muted")
            rows.append(self.row(str(number), {"what": kind, "name": one.name, "ref": one.ref}))
        self.show(rows)

    def look_over(self, index: int, column: int | None = None) -> str:
        """The cursor as it is where the keys go: Enter in the field above goes to what is here."""
        return "cursor" if index == self.index else ""

    @property
    def picked(self) -> Destination | None:
        """What the cursor stands on."""
        return self._found[int(self.key)] if self.key else None


class GoToScreen(ThriftyDialog[Destination | None]):
    """A field over everything in the session; its answer is what is to be gone to."""

    CSS_PATH = "go_to.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "go",
        foot("enter", "choose", "Go there", tooltip="Go to what the cursor stands on"),
        key("down", "down", "Down", "move(1)"),
        key("up", "up", "Up", "move(-1)"),
        foot("escape", "leave", "Leave"),
    )

    def __init__(self, session: Session, commands: Sequence[Destination]) -> None:
        super().__init__()
        self._finder = Finder([*destinations(session), *commands])
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The field, what is found, and the keys."""
        with Vertical(id="go"):
            yield SteadyInput(id="go-field", placeholder="A few letters, a ref; 1 2 3 0 for a part")
            yield FoundList()
            yield Static(Content("Enter goes there, Esc leaves"), id="go-keys")

    def on_mount(self) -> None:
        """Begin with the screens."""
        self._find("")
        self.query_one(Input).focus()

    def _find(self, typed: str) -> None:
        self._typed = typed
        self.query_one(FoundList).show_found(self._finder.find(typed))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is called so; a digit alone goes to its part."""
        event.stop()
        if event.value in PARTS and not self._typed:
            self.dismiss(Destination("part", event.value, screen=PARTS[event.value]))
        elif event.value != self._typed:
            self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to what the cursor stands on."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Go there."""
        if picked := self.query_one(FoundList).picked:
            self.dismiss(picked)

    def action_move(self, by: int) -> None:
        """Move the cursor of what is found."""
        self.query_one(FoundList).action_move(by)

    def action_leave(self) -> None:
        """Leave without going anywhere."""
        self.dismiss(None)
