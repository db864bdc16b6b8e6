"""How long and how often: what is said, what it comes to, and who passes work on to whom."""

from typing import ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType

from offwall.model.process import role_labels
from offwall.model.process.graph import hand_offs
from offwall.model.records import Session, counted
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, RoleCode
from offwall.model.topics.times import ACTIVITY_TIMES, SHARES, STAGE_TIMES, told
from offwall.tui.kit import ListRow, RecordList, SessionScreen
from offwall.tui.kit.cell_grid import CellGrid
from offwall.tui.kit.frame import FactsPanel
from offwall.tui.kit.keys import key, keys
from offwall.tui.kit.row_view import FittedColumn, ListColumn
from offwall.tui.kit.sections import Sections, SectionsScreen, section_keys
from offwall.tui.kit.setup_list import SetupList


class TimeList(SetupList):
    """Enter asks how long it takes, hands on and waiting, and how often a year."""

    LINES = 4
    KEEPS = True
    GONE = tuple(f"run('setup.{gone}')" for gone in ("new", "new-before", "remove", "down", "up"))

    def about(self, key: str) -> str:
        """What is asked for."""
        return "Enter says how long it takes, and how often a year." if key else ""


SHARES_TOLD = (
    "A loop counts by the share of cases that go back; of one whose share nobody said, nothing at "
    "best and once at worst."
)
HOURS_COLUMNS = (
    FittedColumn("of", "Of"),
    FittedColumn("stated", "Stated for", 18),
    FittedColumn("as_is", "As it is", 26),
    FittedColumn("to_be", "As it should be", 26),
    FittedColumn("pounds", "Pounds a year", 18, least=120),
)


class HoursList(RecordList):
    """A line a figure: of how many it is stated, as it is and as it should be."""

    DETAILED = KEEPS = True
    GONE = ("choose",)

    def __init__(self) -> None:
        super().__init__(HOURS_COLUMNS, id="times-hours")

    def rebuild(self) -> None:
        """Count anew; in pounds where there is a rate."""
        paid = self.session.workshop.rate
        self.take_columns([one for one in HOURS_COLUMNS if paid or one.name != "pounds"])
        rows = enumerate(told(self.session))
        self.put([self.row(str(n), one._asdict() | {"of": one.called}) for n, one in rows])

    def about(self, key: str) -> str:
        """What a loop counts, and what is done lightly."""
        one = told(self.session)[int(key)]
        if one.kind == SHARES:
            return SHARES_TOLD
        return "What it does lightly counts in full." if one.stated.endswith("light") else ""


class PassingGrid(CellGrid):
    """A cell says how often the lead at the left passes the work on to the lead above."""

    FIXED = (ListColumn("From"),)
    DETAILED = True
    GONE = ("choose",)
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "times",
        key("l,right", "right", "Next role", "column(1)"),
        key("h,left", "left", "Role before", "column(-1)"),
    )

    def __init__(self) -> None:
        super().__init__(id="times-passing")
        self.empty = "No step passes the work from one lead to another yet."

    def cell_sizes(self) -> list[int]:
        """As wide as their codes, and three figures at least."""
        return [max(3, len(name)) for name in self.names]

    def watch_session(self, session: Session) -> None:
        """Count anew."""
        found, labels = hand_offs(session), role_labels(session)
        takers = [RoleCode(code) for code in labels if any(code == taker for _, taker in found)]
        givers = [RoleCode(code) for code in labels if any(code == giver for giver, _ in found)]
        self.take(takers, self.column)
        cells = {giver: [str(found[giver, to] or "") for to in takers] for giver in givers}
        self.show([ListRow(giver, (labels[giver], *cells[giver])) for giver in givers])

    def action_column(self, by: int) -> None:
        """Stand in the column to the right (1) or to the left (-1); past the last, on a section."""
        if not 0 <= self.column + by < len(self.names):
            raise SkipAction
        super().action_column(by)

    def on_cell_grid_turned(self) -> None:
        """Another column has other words."""
        self.tell()

    def about(self, key: str) -> str:
        """Who passes the work on to whom, and how often."""
        labels, to = role_labels(self.session), RoleCode(self.names[self.column])
        if key == to:
            return "What one lead does in a row is not passed on."
        times = hand_offs(self.session)[RoleCode(key), to]
        return f"{labels[key]} to {labels[to]}: {counted(times, 'step passes', 'steps pass')} on."


TIME_SECTIONS = ("Activities", "Stages", "Hours", "Passing on")


class TimesScreen(SectionsScreen):
    """The sections, one shown, and a few words on what the cursor stands on."""

    TITLE = "2 How long and how often"
    PART = "record"
    CSS_PATH = "times_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = section_keys("times", "Times", TIME_SECTIONS)

    def body(self) -> ComposeResult:
        """The sections, and the words under them."""
        session = SessionScreen.session
        with Sections(*TIME_SECTIONS, words=FactsPanel()):
            yield TimeList(ACTIVITY_TIMES, self.fresh).data_bind(session)
            yield TimeList(STAGE_TIMES, self.fresh).data_bind(session)
            yield HoursList().data_bind(session)
            yield PassingGrid().data_bind(session)

    def on_mount(self) -> None:
        """Begin with the activity that one came from; with the stages where there is none."""
        self.action_go_to(TIME_SECTIONS[0 if self.place and self.session.activities else 1])
        if self.place:
            self.query(TimeList).first().go_to(self.place)

    def standing_on(self) -> ActivityId:
        """The activity under the cursor of the first section."""
        key = self.query(TimeList).first().key
        return ActivityId(key) if key in self.session.activity_by_id else NO_ACTIVITY
