"""What the room sees in its own way: the record, the RACI and the plan, with names for codes.

All else it sees as the editor shows it. Words, lead and accountable of the note that is talked
about are large where the screen is wide.
"""

from collections.abc import Iterable, Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from offwall.model.actions import action_plan
from offwall.model.process import owner_labels, role_labels
from offwall.model.process.raci import raci_columns
from offwall.model.records import ActionKind, Activity, Session, say_date
from offwall.model.records.text import plain
from offwall.model.records.uses import role_name
from offwall.model.review import ALL
from offwall.model.review.filter import followed, view_of
from offwall.tui.actions.action_table import KIND_KEY, KIND_TITLES
from offwall.tui.actions.plan_screen import PlanProgress
from offwall.tui.kit import SessionScreen, SessionWidget
from offwall.tui.kit.context import Standing
from offwall.tui.kit.session_screen import screen_class
from offwall.tui.looks.appearance import AsciiFilter
from offwall.tui.process import STAGE_KEY
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.process.activity_table import filter_banner
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.process.record_screen import ReviewProgress
from offwall.tui.projector.show_screen import ShowColumn, ShowRows
from offwall.tui.topics.topic_screen import TopicScreen

LARGE_FROM = 120
"""Cells of the screen from which the current note is large."""

NOBODY = "nobody yet"
AGREED = {(True, True): "✓ agreed", (True, False): "sequence", (False, True): "lead"}
"""What the group confirmed: sequence and lead, or one of them."""


class ShowTemplate(ShowRows):
    """The template as it fills; the note that the recorder stands on is in the middle."""

    COLUMNS = (
        ShowColumn("Ref", 6),
        ShowColumn("Activity"),
        ShowColumn("Lead", 0.2),
        ShowColumn("Accountable", 0.2, least=72),
        ShowColumn("", 8),
    )
    seen = ALL
    view_said: tuple[str, ...] = ()
    """The tier and the filter that were asked for."""

    def keys_now(self) -> Iterable[str]:
        """Each stage, and its activities that are in view."""
        for stage in self.session.stages:
            shown = [
                activity.id
                for activity in self.session.by_stage[stage.id]
                if activity.id in self.seen
            ]
            if shown or self.seen is ALL:
                yield STAGE_KEY + stage.id
                yield from shown

    def watch_session(self, before: Session, session: Session) -> None:
        """Show what changed, as far as it is in view."""
        self.seen = followed(self.seen, before, session)
        self.banner = filter_banner(session, self.seen)[0]
        super().watch_session(before, session)

    def take_view(self, said: Sequence[str]) -> None:
        """Show what the recorder's filter shows."""
        self.view_said = tuple(said)
        self.seen = view_of(self.session, said, self.fresh.today())
        self.watch_session(self.session, self.session)

    def go_to(self, key: str) -> None:
        """Stand there; what the recorder went to comes into view."""
        self.seen = self.seen.and_also(key)
        self._awaited = key
        self.watch_session(self.session, self.session)

    def cells(self, key: str) -> Sequence[str]:
        """The ref, the words, the names, and what was agreed; of a stage its name."""
        session = self.session
        if key not in session.activity_by_id:
            stage = session.stage_by_id.get(key.removeprefix(STAGE_KEY))
            return (f"{stage.id} {stage.name}" if stage else "",)
        one = session.activity_by_id[key]
        confirmed = one.sequence_confirmed, one.lead_confirmed
        state = "open" if one.open_point else AGREED.get(confirmed, "")
        return (session.ref_by_id[key], one.text, *self._names(one), state)

    def _names(self, activity: Activity) -> tuple[str, str]:
        lead, accountable = (
            role_name(self.session, code) if code else NOBODY
            for code in (activity.lead, activity.accountable)
        )
        return lead, accountable

    def more(self, key: str) -> str:
        """What is not agreed."""
        one = self.session.activity_by_id[key]
        return f"Open: {one.open_point}" if one.open_point else ""

    def large(self, key: str, width: int) -> Iterator[list[str]]:
        """Words, lead and accountable; where there is no room for the names, the words."""
        if self.app.size.width < LARGE_FROM:
            return
        # Without half blocks they would become something else on their way to the terminal.
        if any(isinstance(passed, AsciiFilter) for passed in self.app.get_line_filters()):
            return
        one = self.session.activity_by_id[key]
        words = large_lines(plain(one.text), width, 4)
        names = []
        for title, name in zip(("Lead", "Accountable"), self._names(one), strict=True):
            names += [title, *(large_lines(plain(name), width, 2) or [name])]
        if words:
            yield ["", *words, *names, ""]
            yield ["", *words, ""]
        yield ["", *names, ""]


class ShowRecord(SessionScreen):
    """Part 2 for the room: the template, and how far it has come."""

    TITLE = "2 Review and record activity"
    PART = "record"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high"), (36, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    ShowRecord #show-card { height: 4; border-top: solid $primary-background; }
    ShowRecord.-high #show-card { height: 7; }
    ShowRecord.-tall #show-card { height: 13; }
    ShowRecord.-typing #show-card { display: none; }
    """

    def body(self) -> ComposeResult:
        """The rows, the card of the one in the middle, and the counts."""
        yield ShowTemplate(self.fresh).data_bind(SessionScreen.session)
        yield ActivityCard(id="show-card").data_bind(SessionScreen.session)
        yield ReviewProgress(self.fresh).data_bind(SessionScreen.session)

    def on_show_rows_moved(self, event: ShowRows.Moved) -> None:
        """The card follows."""
        self.query_one(ActivityCard).look_at(event.key)


LETTERS = (
    *(("R", "leads"), ("r", "also responsible"), ("A", "accountable")),
    *(("C", "consulted"), ("I", "informed")),
)


class RaciNames(SessionWidget, Static):
    """What the letters and the codes mean."""

    DEFAULT_CSS = """
    RaciNames { height: auto; max-height: 7; padding: 0 1; }
    """

    def on_resize(self) -> None:
        """Another width takes other lines."""
        self.watch_session()

    def watch_session(self) -> None:
        """Say who each code is."""
        names = [(code, role_name(self.session, code)) for code in raci_columns(self.session)]
        lines = [Content("")]
        for code, name in (*LETTERS, *names):
            one = Content.assemble((plain(code), "bold $text-accent"), " ", plain(name))
            if lines[-1].cell_length + 3 + one.cell_length > self.app.size.width - 2:
                lines.append(Content(""))
            lines[-1] = Content("   ").join([lines[-1], one]) if lines[-1] else one
        self.update(Content("\n").join(lines))


class ShowRaci(SessionScreen):
    """The RACI for the room: the grid, and whom its codes stand for."""

    TITLE = "2 RACI"
    PART = "record"

    def body(self) -> ComposeResult:
        """The grid and the names."""
        yield RaciGrid(self.fresh, legend=False).data_bind(SessionScreen.session)
        yield RaciNames().data_bind(SessionScreen.session)


class ShowActions(ShowRows):
    """The actions as they rank, with their owners in full."""

    COLUMNS = (
        ShowColumn("Action"),
        ShowColumn("Owner", 0.25),
        ShowColumn("By", 15),
        ShowColumn("Status", 7),
    )

    def keys_now(self) -> Iterable[str]:
        """Each kind, and its actions."""
        found = action_plan(self.session)
        for kind in ActionKind:
            yield KIND_KEY + kind
            yield from (one.id for one in found if one.kind is kind)

    def cells(self, key: str) -> Sequence[str]:
        """What, who and by when; of a kind its name."""
        one = next((action for action in self.session.actions if action.id == key), None)
        if one is None:
            return (KIND_TITLES[ActionKind(key.removeprefix(KIND_KEY))],)
        names = owner_labels(self.session, role_labels(self.session))
        owner = " with ".join(names.get(who, who) for who in one.who if who) or NOBODY
        return (one.text, owner, say_date(one.due) if one.due else "no date", one.status)


class ShowPlan(SessionScreen):
    """Part 3 for the room: the plan, and what it still lacks."""

    TITLE = "3 Next steps, plan"
    PART = "plan"

    def body(self) -> ComposeResult:
        """The actions and the counts."""
        yield ShowActions(self.fresh).data_bind(SessionScreen.session)
        yield PlanProgress(self.fresh).data_bind(SessionScreen.session)


OWN: dict[str, type[SessionScreen]] = {
    "topic": TopicScreen,
    "record": ShowRecord,
    "raci": ShowRaci,
    "plan": ShowPlan,
}
"""The screens that the room has of its own, by the names of the editor's."""

NOT_SHOWN = frozenset({"importing", "mapping", "filling", "history", "then", "times"})
"""What is worked out by the editor alone: meanwhile the room keeps what it has."""


def room_screen(at: Standing, session: Session) -> type[SessionScreen]:
    """The screen that the room sees of a place. Raises `KeyError` for one that nobody knows."""
    own = OWN.get(at.screen)
    if own is ShowPlan:
        # Whoever stands on a person of the load, or in another section, shows those.
        listed = at.row.startswith(KIND_KEY) or any(
            action.id == at.row for action in session.actions
        )
        own = own if at.section in ("", "Plan") and (listed or not at.row) else None
    return own or screen_class(at.screen)


# Large letters, drawn in cells: three lines high, of half blocks, to be read across a room. Five
# points high and three wide, as the smallest screens have always had them, but for the few letters
# that need more. A text with a letter that is not here is not drawn at all: collections of fonts
# leave out what they lack, and here nothing of a text may be lost.

GLYPHS = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.## .###",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "##. ..# .#. #.. ###",
    "3": "##. ..# .#. ..# ##.",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ##. ..# ##.",
    "6": ".## #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ##.",
    " ": ".. .. .. .. ..",
    "-": "... ... ### ... ...",
    "–": "... ... ### ... ...",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    ":": ". # . # .",
    ";": ".. .# .. .# #.",
    "'": "# # . . .",
    "’": "# # . . .",
    "!": "# # # . #",
    "?": "##. ..# .#. ... .#.",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "/": "..# ..# .#. #.. #..",
    "&": ".#.. #.#. .#.. #.## .##.",
    "+": "... .#. ### .#. ...",
    "%": "#.# ..# .#. #.. #.#",
    "£": ".## #.. ##. #.. ###",
    "=": "... ### ... ### ...",
    "—": "... ... ### ... ...",
    "_": "... ... ... ... ###",
    "*": "... #.# .#. #.# ...",
    '"': "#.# #.# ... ... ...",
    "“": "#.# #.# ... ... ...",
    "”": "#.# #.# ... ... ...",
    "‘": "# # . . .",
}
"""Each letter's five rows of points, top to bottom; small letters are drawn as capitals."""

LETTER_ROWS = 5
BLOCKS = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
"""The cell for an upper and a lower point."""


def large_text(text: str, width: int) -> list[str]:
    """Three lines that say the text in large letters; none where it lacks a letter or does not fit.

    ``width`` is in cells.
    """
    letters = [GLYPHS.get(letter, "").split() for letter in text.upper()]
    if not letters or not all(letters):
        return []
    rows = [".".join(letter[row] for letter in letters) for row in range(LETTER_ROWS)]
    if len(rows[0]) > width:
        return []
    rows.append("." * len(rows[0]))
    return [
        "".join(BLOCKS[pair] for pair in zip(*rows[row : row + 2], strict=True))
        for row in range(0, LETTER_ROWS, 2)
    ]


def large_lines(text: str, width: int, most: int) -> list[str]:
    """The text in large letters, in so many lines of them at most; none where that cannot be."""
    said: list[str] = []
    for word in text.split():
        if said and large_text(longer := f"{said[-1]} {word}", width):
            said[-1] = longer
        else:
            said.append(word)
    drawn = [large_text(line, width) for line in said]
    if len(drawn) > most or not all(drawn):
        return []
    return [row for line in drawn for row in line]
