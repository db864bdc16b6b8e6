"""Part 2's RACI: activities by roles, with what is wrong and what each role carries in words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from tui.screens.session_screen import SessionScreen
from tui.widgets.raci_grid import RaciGrid
from tui.widgets.raci_words import RaciView, RaciWords, RoleLoads
from tui.widgets.record_list import RecordList


class RaciScreen(SessionScreen):
    """The grid; below it the words; beside it, where there is room, what every role carries."""

    TITLE = "2 RACI"
    PART = "record"
    CSS_PATH = "raci.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            id="raci.back",
            tooltip="Back to where you came from",
        ),
    ]

    _settable = False

    def body(self) -> ComposeResult:
        """The grid and its words."""
        with Horizontal(id="raci-grid"):
            yield RaciGrid().data_bind(SessionScreen.session)
            yield RoleLoads(id="raci-loads").data_bind(SessionScreen.session)
        yield RaciWords(id="raci-words").data_bind(SessionScreen.session)

    @property
    def _grid(self) -> RaciGrid:
        return self.query_one(RaciGrid)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for."""
        self._grid.focus()
        self._grid.stand_on(self.place)
        self._look()

    def standing_on(self) -> str:
        """The activity under the cursor."""
        return self._grid.activity.id if self._grid.activity else ""

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """The words follow the cursor down."""
        event.stop()
        self._look()

    def on_raci_grid_turned(self, event: RaciGrid.Turned) -> None:
        """The words follow the cursor across."""
        event.stop()
        self._look()

    def _look(self) -> None:
        settable = bool(self.standing_on())
        if settable != self._settable:
            self._settable = settable
            self.refresh_bindings()  # dims the letters on a heading; it costs more than the move
        for view in self.query(RaciView):
            view.look_at(self._grid.key, self._grid.role)
