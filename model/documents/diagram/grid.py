"""A strip as a grid: which box stands in which column and row, and the ways out of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from offwall.model.documents.diagram.boxes import SMALL, BoxCell, Chart, StepColumns
from offwall.model.documents.diagram.shapes import Measure, ShapeKind, WrappedText, wrap_text
from offwall.model.process import Edge, EdgeKind
from offwall.model.records import END

BUS = 2.2
"""From the box to where its ways part."""

CIRCLE = 7.0
"""The width of a circle at which a route jumps."""

PILL = (15.0, 6.0)
"""The size of the end, and of the way back from a stage on demand."""

BETWEEN = 1.2
"""Between what belongs to one way and what belongs to the next."""

ONLY_PAGE = -1
"""The page of a drawing that has but one, which need not be said."""

LABEL_ROOM, OPEN_ROOM, GOAL_ROOM = 25.0, 26.0, 15.0
ASIDE = 1.5
"""How far from the middle a way leaves that must not seem to lead straight on.

Branches stand at least twice as far apart, so that none comes to the middle instead.
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out: ``off`` is how far below the middle of the box it leaves.

    ``stub`` is the shape that it ends in at once; without one, it goes on to a step nearby.
    """

    edge: Edge
    label: WrappedText
    stub: ShapeKind | None = None
    words: WrappedText | None = None
    off: float = 0.0

    @property
    def above(self) -> float:
        """What it needs over its line."""
        return max(self.label.height + 0.6 if self.label.lines else 0, self._stub_height / 2, 1)

    @property
    def under(self) -> float:
        """What it needs beneath its line."""
        return max(self._stub_height / 2, 0.8) + BETWEEN

    @property
    def run(self) -> float:
        """How long its line is before a stub begins, or before it may turn."""
        return self._label_width + (4.0 if self.stub else 0.5)

    @property
    def width(self) -> float:
        """How much room it takes from where the ways part, its stub included."""
        return self.run + self.stub_size[0] + self._words_width

    @property
    def stub_size(self) -> tuple[float, float]:
        """The width and height of the shape at its end."""
        if self.stub is ShapeKind.JUMP:
            return CIRCLE, CIRCLE
        if self.stub is ShapeKind.OPEN and self.words:
            return self.words.room + 5, max(7.0, self.words.height + 2.5)
        return PILL if self.stub else (0.0, 0.0)

    @property
    def _label_width(self) -> float:
        return self.label.room + 2 if self.label.lines else 0

    @property
    def _stub_height(self) -> float:
        return max(self.stub_size[1], self.words.height if self.words else 0) if self.stub else 0

    @property
    def _words_width(self) -> float:
        return self.words.room + 1.5 if self.words and self.stub is ShapeKind.JUMP else 0


def branch(edge: Edge, goal: str, measure: Measure, *, near: bool, page: int = 0) -> Branch:
    """One way out of a cell; ``near`` where its target stands in the same strip of the page."""
    label = _narrowed(wrap_text(edge.label, measure, SMALL, LABEL_ROOM, 4), measure)
    stub = stub_kind(edge, near=near)
    words = None
    if stub is ShapeKind.OPEN:
        words = _narrowed(wrap_text(goal, measure, SMALL, OPEN_ROOM, 4), measure)
    elif stub is ShapeKind.JUMP:
        # The room is kept for any page, so that nothing moves once the pages are known.
        sheet = () if page == ONLY_PAGE else (f"page {page}",)
        lines = (*wrap_text(goal, measure, SMALL, GOAL_ROOM, 2).lines, *sheet)
        words = replace(WrappedText(lines, SMALL, 0), room=_widest((*lines, "page 888"), measure))
    return Branch(edge, label, stub, words)


def stub_kind(edge: Edge, *, near: bool) -> ShapeKind | None:
    """What a way ends in at once; none where it goes on to a step nearby."""
    if edge.kind is EdgeKind.LEAVE:
        return ShapeKind.BACK
    if edge.kind in (EdgeKind.OPEN, EdgeKind.MISSING):
        return ShapeKind.OPEN
    if edge.to == END:
        return ShapeKind.END
    return None if near else ShapeKind.JUMP


def _narrowed(words: WrappedText, measure: Measure) -> WrappedText:
    return replace(words, room=_widest(words.lines, measure))


def _widest(lines: Sequence[str], measure: Measure) -> float:
    return max((measure(line, SMALL) for line in lines), default=0.0)


def spread_branches(
    branches: Sequence[Branch], straight: str, *, blocked: bool
) -> tuple[Branch, ...]:
    """The branches with their places: one that leads to ``straight`` leaves from the middle.

    ``blocked`` is whether the middle leads to a box that is none of theirs: then no way that goes
    on may leave from there, for it would seem to lead to that box.
    """
    if not branches:
        return ()
    middle = next(
        (at for at, one in enumerate(branches) if not one.stub and one.edge.to == straight), None
    )
    placed = _stacked(branches, (len(branches) - 1) // 2 if middle is None else middle)
    astray = any(not one.stub and not one.off for one in placed)
    if middle is None and blocked and astray:
        placed = [replace(one, off=one.off + ASIDE) for one in placed]
    return tuple(placed)


def _stacked(branches: Sequence[Branch], middle: int) -> list[Branch]:
    placed = list(branches)
    for at in range(middle - 1, -1, -1):
        after = placed[at + 1]
        placed[at] = replace(placed[at], off=after.off - after.above - placed[at].under)
    for at in range(middle + 1, len(placed)):
        before = placed[at - 1]
        placed[at] = replace(placed[at], off=before.off + before.under + placed[at].above)
    return placed


@dataclass(frozen=True, slots=True)
class JumpTargets:
    """What lies outside a strip: the letter and the page of each step that is jumped to.

    ``landings`` are, for each such step, the refs that jump to it.
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    landings: Mapping[str, Sequence[str]] = field(default_factory=dict)


GridSpot = tuple[int, int]
"""A column and a row, counted from 0."""


@dataclass(frozen=True, slots=True)
class StripGrid:
    """The cells of a strip by their spot, the spot of each target, and each cell's branches."""

    columns: int
    rows: tuple[str, ...]
    cells: Mapping[GridSpot, BoxCell]
    units: tuple[StepColumns, ...]
    unit_of: tuple[StepColumns, ...]
    spots: Mapping[str, GridSpot]
    branches: Mapping[GridSpot, tuple[Branch, ...]]

    def in_column(self, column: int) -> list[tuple[GridSpot, BoxCell]]:
        """The cells of a column, from the top."""
        spots = ((column, row) for row in range(len(self.rows)))
        return [(spot, self.cells[spot]) for spot in spots if spot in self.cells]

    def free(self, row: int, first: int, last: int) -> bool:
        """Whether a row has no cell from one column to another, both included."""
        return all((column, row) not in self.cells for column in range(first, last + 1))


def grid(
    chart: Chart,
    units: Sequence[StepColumns],
    rows: Sequence[str],
    measure: Measure,
    far: JumpTargets,
) -> StripGrid:
    """The units side by side; of the ``rows`` those that are used."""
    columns = [(unit, column) for unit in units for column in unit.columns]
    used = {cell.row for _, column in columns for cell in column.cells}
    kept = tuple(row for row in rows if row in used)
    number = {row: at for at, row in enumerate(kept)}
    cells = {
        (at, number[cell.row]): cell
        for at, (_, column) in enumerate(columns)
        for cell in column.cells
    }
    spots = {cell.target: spot for spot, cell in cells.items() if cell.target}
    bare = StripGrid(
        len(columns), kept, cells, tuple(units), tuple(u for u, _ in columns), spots, {}
    )
    branches = {spot: _branches(chart, bare, spot, measure, far) for spot, cell in cells.items()}
    return StripGrid(len(columns), kept, cells, bare.units, bare.unit_of, spots, branches)


def _branches(
    chart: Chart, found: StripGrid, spot: GridSpot, measure: Measure, far: JumpTargets
) -> tuple[Branch, ...]:
    column, row = spot
    beside = found.cells.get((column + 1, row))
    ahead = _ahead(found, spot)
    branches = [
        branch(
            edge,
            chart.goal(edge),
            measure,
            near=edge.to in found.spots,
            page=far.pages.get(edge.to, 0),
        )
        for edge in found.cells[spot].ways
    ]
    # Ways up leave above ways down, so that they need not cross; answers else keep their order.
    branches.sort(key=lambda one: _slope(found, row, ahead, one))
    # A line that comes to the box beside along the middle must not meet one that leaves here.
    return spread_branches(branches, ahead, blocked=bool(beside and beside.target))


def _slope(found: StripGrid, row: int, ahead: str, one: Branch) -> int:
    """Whether a way goes up (-1), straight on (0), ends here (1), round (2) or down (3)."""
    if one.stub:
        return 1
    target = found.spots[one.edge.to][1]
    if target != row:
        return -1 if target < row else 3
    return 0 if one.edge.to == ahead else 2


def _ahead(found: StripGrid, spot: GridSpot) -> str:
    """The target that stands next to the right in the same row, with nothing between."""
    column, row = spot
    for at in range(column + 1, found.columns):
        if (at, row) in found.cells:
            return found.cells[at, row].target
    return ""
