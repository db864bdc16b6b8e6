"""The editor's own views for the room: the same rows, and keys that look and change nothing."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from model.session import Session
from tui.fresh import Fresh
from tui.widgets.plan_table import PlanTable
from tui.widgets.raci_grid import RaciGrid
from tui.widgets.show_led import Led
from tui.widgets.wall import Wall

LOOKING: list[BindingType] = [
    Binding("j,down", "move(1)", "Down", show=False, id="show.list-down"),
    Binding("k,up", "move(-1)", "Up", show=False, id="show.list-up"),
    Binding("pagedown", "page(1)", "Page down", show=False, id="show.list-page-down"),
    Binding("pageup", "page(-1)", "Page up", show=False, id="show.list-page-up"),
    Binding("g,home", "to(0)", "To the first", show=False, id="show.list-first"),
    Binding("G,end", "to(-1)", "To the last", show=False, id="show.list-last"),
    Binding("slash", "find", "Find", show=False, id="show.list-find", tooltip="Find a text"),
]
"""The keys of any list."""

NO_RACI = "Nothing is recorded yet. What the recorder keeps appears here."
NO_ACTIONS = "There is no action yet. What the recorder keeps appears here."
NO_STAGES = "There are no stages yet. What the recorder keeps appears here."


class ShownRaci(RaciGrid, Led, inherit_bindings=False):
    """The RACI, to be looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LOOKING,
        Binding("l,right", "column(1)", "Next role", show=False, id="show.raci-right"),
        Binding("h,left", "column(-1)", "Role before", show=False, id="show.raci-left"),
    ]

    def watch_session(self, session: Session) -> None:
        """Show what changed."""
        super().watch_session(session)
        self.empty = NO_RACI

    def _to(self, index: int) -> None:
        super()._to(index)
        self.moved()


class ShownPlan(PlanTable, Led, inherit_bindings=False):
    """The plan, to be looked at."""

    BINDINGS: ClassVar[list[BindingType]] = LOOKING

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(fresh)
        self.empty = NO_ACTIONS

    def _to(self, index: int) -> None:
        super()._to(index)
        self.moved()


class ShownWall(Wall, Led):
    """The wall, to be looked at; its own keys change nothing anyhow."""

    def put(self, index: int, lane: int, left: int | None = None) -> None:
        """Put the cursor on another note."""
        super().put(index, lane, left)
        self.moved()

    def _nothing(self, line: int, width: int) -> Strip:
        return self._strip([Segment(NO_STAGES if line == 0 else "")], width)
