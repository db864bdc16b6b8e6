"""Where the ways within a strip run: upright between two columns, level between two rows.

Boxes stand in the columns and rows of a grid, lines in the channels between them, so that no line
can come through a box. Only where a row is empty up to the target does a line run along the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from model.drawing.fan import Branch
from model.drawing.grid import Grid, Spot
from model.drawing.tracks import tracks

ROW = 1000.0
"""A row in the measure in which lines are compared before the rows have a height."""


@dataclass(frozen=True, slots=True)
class Way:
    """A branch that goes on to a step nearby.

    It turns in the channel right of its column; with ``across``, the channel above the row of
    that number, it goes along there to the channel left of its target, and turns again.
    """

    source: Spot
    branch: Branch
    target: Spot
    across: int | None = None

    @property
    def first(self) -> int:
        """The upright channel that it comes into: the one left of the column of that number."""
        return self.source[0] + 1

    @property
    def last(self) -> int:
        """The upright channel that it leaves to its target."""
        return self.target[0] if self.across is not None else self.first

    @property
    def goal(self) -> str:
        """What it leads to: ways with one goal may lie on each other."""
        return self.branch.edge.to

    @property
    def straight(self) -> bool:
        """Whether it needs no turn at all."""
        return self.across is None and self.source[1] == self.target[1] and not self.branch.off


Track = tuple[int, str]
"""A channel and a goal."""


@dataclass(frozen=True, slots=True)
class Routing:
    """The ways and their tracks: in upright channels, and in level ones."""

    ways: tuple[Way, ...]
    upright: Mapping[Track, int]
    level: Mapping[Track, int]

    def count(self, channel: int, *, level: bool = False) -> int:
        """How many tracks a channel holds."""
        found = self.level if level else self.upright
        return max((track + 1 for (at, _), track in found.items() if at == channel), default=0)


def routing(grid: Grid) -> Routing:
    """Lead every branch that stays in the strip."""
    ways = tuple(
        _way(grid, spot, one)
        for spot, branches in grid.branches.items()
        for one in branches
        if not one.stub
    )
    level = _level(ways)
    return Routing(ways, _upright(ways, level), level)


def _way(grid: Grid, source: Spot, branch: Branch) -> Way:
    column, row = source
    target = grid.spots[branch.edge.to]
    if target[0] > column and grid.free(target[1], column + 1, target[0] - 1):
        return Way(source, branch, target)
    if row < target[1]:
        across = target[1]
    elif row > target[1]:
        across = target[1] + 1
    else:
        # Back over the row, on beneath it; answers above the middle keep above.
        back = target[0] <= column
        across = row if branch.off < 0 or (back and not branch.off) else row + 1
    return Way(source, branch, target, across)


def _level(ways: tuple[Way, ...]) -> dict[Track, int]:
    found: dict[Track, int] = {}
    for channel in sorted({way.across for way in ways if way.across is not None}):
        runs = [(way.goal, way.first, way.last) for way in ways if way.across == channel]
        found |= {(channel, str(goal)): track for goal, track in tracks(runs).items()}
    return found


def _upright(ways: tuple[Way, ...], level: Mapping[Track, int]) -> dict[Track, int]:
    runs: dict[int, list[tuple[str, float, float]]] = {}
    for way in ways:
        if way.straight:
            continue
        begin = way.source[1] * ROW + max(-400.0, min(400.0, way.branch.off))
        end = way.target[1] * ROW
        if way.across is None:
            runs.setdefault(way.first, []).append((way.goal, begin, end))
            continue
        middle = way.across * ROW - ROW / 2 + level[way.across, way.goal] * 0.1
        runs.setdefault(way.first, []).append((way.goal, begin, middle))
        runs.setdefault(way.last, []).append((way.goal, middle, end))
    return {
        (channel, str(goal)): track
        for channel, found in sorted(runs.items())
        for goal, track in tracks(found).items()
    }
