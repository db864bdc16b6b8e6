"""A strip as a grid: which cell stands in which column and row, and the ways out of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from model.drawing.cells import Cell, Unit
from model.drawing.chart import Chart
from model.drawing.fan import Branch, branch, spread
from model.drawing.sheet import Measure


@dataclass(frozen=True, slots=True)
class Far:
    """What lies outside a strip: the letter and the page of each step that is jumped to.

    ``landings`` are, for each such step, the refs that jump to it.
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    landings: Mapping[str, Sequence[str]] = field(default_factory=dict)


Spot = tuple[int, int]
"""A column and a row, counted from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a strip by their spot, the spot of each target, and each cell's branches."""

    columns: int
    rows: tuple[str, ...]
    cells: Mapping[Spot, Cell]
    units: tuple[Unit, ...]
    unit_of: tuple[Unit, ...]
    spots: Mapping[str, Spot]
    branches: Mapping[Spot, tuple[Branch, ...]]

    def in_column(self, column: int) -> list[tuple[Spot, Cell]]:
        """The cells of a column, from the top."""
        spots = ((column, row) for row in range(len(self.rows)))
        return [(spot, self.cells[spot]) for spot in spots if spot in self.cells]

    def free(self, row: int, first: int, last: int) -> bool:
        """Whether a row has no cell from one column to another, both included."""
        return all((column, row) not in self.cells for column in range(first, last + 1))


def grid(
    chart: Chart, units: Sequence[Unit], rows: Sequence[str], measure: Measure, far: Far
) -> Grid:
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
    bare = Grid(len(columns), kept, cells, tuple(units), tuple(u for u, _ in columns), spots, {})
    branches = {spot: _branches(chart, bare, spot, measure, far) for spot, cell in cells.items()}
    return Grid(len(columns), kept, cells, bare.units, bare.unit_of, spots, branches)


def _branches(
    chart: Chart, found: Grid, spot: Spot, measure: Measure, far: Far
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
    return spread(branches, ahead, blocked=bool(beside and beside.target))


def _slope(found: Grid, row: int, ahead: str, one: Branch) -> int:
    """Whether a way goes up (-1), straight on (0), ends here (1), round (2) or down (3)."""
    if one.stub:
        return 1
    target = found.spots[one.edge.to][1]
    if target != row:
        return -1 if target < row else 3
    return 0 if one.edge.to == ahead else 2


def _ahead(found: Grid, spot: Spot) -> str:
    """The target that stands next to the right in the same row, with nothing between."""
    column, row = spot
    for at in range(column + 1, found.columns):
        if (at, row) in found.cells:
            return found.cells[at, row].target
    return ""
