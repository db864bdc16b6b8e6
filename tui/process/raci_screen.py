"""The RACI screen: the grid, what is wrong with a row in words, and what each role carries."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from offwall.model.process.raci import RaciPart, RoleLoad, raci_letters, role_loads
from offwall.model.records import Activity, Session, excerpt
from offwall.model.records.changes import once
from offwall.model.records.fields import NO_ACTIVITY, NO_ROLE, ActivityId, RoleCode, StageId
from offwall.model.records.text import plain
from offwall.model.records.uses import role_name
from offwall.model.review.checks import check_raci
from offwall.tui.kit import RecordList, SessionScreen
from offwall.tui.kit.frame import DetailPanel, framed
from offwall.tui.kit.keys import key, keys
from offwall.tui.kit.session_screen import back
from offwall.tui.kit.session_widget import app_state, follow
from offwall.tui.process.activity_card import STAGE_KEY
from offwall.tui.process.raci_grid import RaciGrid

PART_NAMES = {
    RaciPart.LEAD: "leads",
    RaciPart.ALSO: "also responsible",
    RaciPart.ACCOUNTABLE: "accountable",
    RaciPart.CONSULTED: "consulted",
    RaciPart.INFORMED: "informed",
}
"""What a letter says of a role."""


MARGIN_CELLS, FRAME_CELLS = 2, 7
"""Cells beside the grid alone; and in frames, but for those of what stands beside it."""

LOADS_LEAST, LOADS_MOST = 44, 60
"""Cells of what every role carries; a name that has no room in the most is cut."""


class RaciView(DetailPanel):
    """What the views of the RACI share: the row and the column under the cursor are the key."""

    @property
    def row(self) -> str:
        """An activity, or a stage's heading."""
        return self.key[0] if self.key else ""

    @property
    def role(self) -> RoleCode:
        """The role of the column."""
        return RoleCode(self.key[1]) if self.key else NO_ROLE

    def on_mount(self) -> None:
        """Ask nothing of a role's load while the screen is private."""
        follow(self, lambda state: state.private, lambda _: self.refresh(), init=False)

    @property
    def loads(self) -> Mapping[str, RoleLoad]:
        """What each role carries, counted when it is first wanted."""
        return role_loads(self.session)


class RaciDetail(RaciView):
    """What is wrong with the row, and what the role of the column is and carries."""

    def words(self, key: object) -> Content:
        """The row, what is wrong with it, and the role."""
        lines: list[Content] = []
        if activity := self.session.activity_by_id.get(self.row):
            lines += self._activity(activity)
        elif stage := self.session.stage_by_id.get(self.row.removeprefix(STAGE_KEY)):
            lines.append(Content.styled(plain(f"{stage.id} {stage.name}"), "bold"))
        if self.role:
            lines.append(self._role(activity))
        return Content("\n").join(lines)

    def _activity(self, activity: Activity) -> list[Content]:
        title = Content.styled(
            plain(f"{self.session.ref_by_id[activity.id]} {activity.text}"), "bold"
        )
        if wrong := raci_findings(self.session, activity.stage).get(activity.id):
            return [title, Content.styled(plain("  ".join(wrong)), "$text-warning")]
        if title.cell_length > self.size.width:
            return [title]  # the line is the title's
        return [title, Content.styled("Nothing is wrong with this row.", "$text-muted")]

    def _role(self, activity: Activity | None) -> Content:
        said = raci_letters(activity).get(self.role, "") if activity else ""
        here = " and ".join(PART_NAMES[RaciPart(letter)] for letter in said) or "no part"
        here = f"{here} here; " if activity else ""
        load = self.loads.get(self.role, RoleLoad())
        name, code = excerpt(role_name(self.session, self.role)), excerpt(self.role)
        known = name if name == code else f"{name} ({code})"
        doubts = "" if app_state(self).private else "; ".join(load.doubts())
        return Content.assemble(
            plain(f"{known}: {here}carries {load.counts()} activities"),
            (f": {doubts}" if doubts else "", "$text-warning"),
        )


class RoleLoads(RaciView):
    """Every role and what it carries, a line each; the one of the column stands out."""

    def words(self, key: object) -> Content:
        """As many lines as fit, the role under the cursor among them."""
        room = max(1, self.size.height - 1)
        codes = list(self.loads)
        at = codes.index(self.role) if self.role in codes else 0
        first = max(0, min(at - room // 2, len(codes) - room))
        title = self._line("", *"RACI")
        lines = [Content.styled(title, "$text-muted underline")]
        lines += [self._load(code) for code in codes[first : first + room]]
        return Content("\n").join(lines)

    def _load(self, code: str) -> Content:
        load = self.loads[code]
        counts = (str(number or "") for number in load.each.values())
        line = self._line(role_name(self.session, code), *counts)
        doubtful = load.doubts() and not app_state(self).private
        mark = Content.styled(" ?" if doubtful else "", "$text-warning")
        # As a list's row where the keys go elsewhere.
        look = "bold on $surface-lighten-2" if code == self.role else ""
        return Content.assemble((line, look), mark)

    @property
    def wanted(self) -> int:
        """The cells that it needs with its frame: all names whole, the figures and a mark."""
        names = [cell_len(plain(role_name(self.session, code))) for code in self.loads]
        wanted = max(names, default=0) + len("RACI") * self._figure + 2 + 4
        return max(LOADS_LEAST, min(LOADS_MOST, wanted))

    @property
    def _figure(self) -> int:
        """The cells of a figure, and of the gap before it."""
        most = max((sum(load.each.values()) for load in self.loads.values()), default=0)
        return 1 + max(2, len(str(most)))

    def _line(self, name: str, *counts: str) -> str:
        """A name, cut where it is long, and figures in columns."""
        figures = "".join(f"{count:>{self._figure}}" for count in counts)
        room = max(4, self.size.width - len(figures) - 2)
        return Content(plain(name)).truncate(room, ellipsis=True, pad=True).plain + figures


@once
def raci_findings(session: Session, stage: StageId) -> Mapping[str, list[str]]:
    """What the RACI rules find wrong with each activity of a stage, as sentences.

    The stage is all that is looked at, so that a large map costs no more than a small one: a ref
    counts within its stage, and the roles are all there.
    """
    column = replace(session, activities=session.by_stage[stage])
    found: dict[str, list[str]] = {}
    for one in check_raci(column):
        found.setdefault(one.place, []).append(one.text)
    return found


class RaciScreen(SessionScreen):
    """The grid; below it the words; beside it, where the grid has all roles, what each carries."""

    TITLE = "2 RACI"
    PART = "record"
    CSS_PATH = "raci_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = keys("raci", key("escape", "back", "Back", back))

    def body(self) -> ComposeResult:
        """The grid and its words."""
        with Horizontal(id="raci-grid"):
            yield framed(RaciGrid(self.fresh), "RACI").data_bind(SessionScreen.session)
            loads = framed(RoleLoads(id="raci-loads"), "What each role carries")
            yield loads.data_bind(SessionScreen.session)
        yield RaciDetail(id="raci-words").data_bind(SessionScreen.session)

    @property
    def _grid(self) -> RaciGrid:
        return self.query_one(RaciGrid)

    def on_mount(self) -> None:
        """Stand on the activity that was asked for, in the column of its lead."""
        self._grid.focus()
        self._grid.stand_on(self.place)
        if (one := self._grid.record) and one.lead in self._grid.names:
            self._grid.turn(self._grid.names.index(one.lead))
        self._look()

    def standing_on(self) -> ActivityId:
        """The activity under the cursor."""
        return one.id if (one := self._grid.record) else NO_ACTIVITY

    def moved(self, records: RecordList) -> None:
        """The words follow the cursor down."""
        self._look()

    def on_cell_grid_turned(self, event: RaciGrid.Turned) -> None:
        """The words follow the cursor across."""
        event.stop()
        self._look()

    def on_resize(self) -> None:
        """Another width."""
        self._look()

    def _look(self) -> None:
        width, loads = self.app.size.width, self.query_one(RoleLoads)
        loads.styles.width = cells = loads.wanted
        room = width - MARGIN_CELLS
        self.set_class(self._grid.wanted_of(room) <= width - FRAME_CELLS - cells, "-wide")
        for view in self.query(RaciView):
            view.look_at((self._grid.key, self._grid.role))
