"""Where the ways within a strip run, each on a track, and the millimetres of columns, rows and
tracks.
"""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from offwall.model.documents.diagram.boxes import BoxCell
from offwall.model.documents.diagram.grid import BUS, CIRCLE, Branch, GridSpot, StripGrid

TrackSpan = tuple[float, float]
"""From where to where a line runs along its channel."""

APART = 2.5
"""Millimetres between two tracks."""


def tracks(runs: Iterable[tuple[Hashable, float, float]]) -> dict[Hashable, int]:
    """A track for each group of runs, numbered from 0, such that no two groups on one touch.

    Runs of one group may lie on each other: they lead to the same place and merge. The groups
    that begin first are placed first, each on the first track that is free (the greedy colouring
    of intervals, which needs no more tracks than lines ever stand beside each other).
    """
    spans: dict[Hashable, list[float]] = defaultdict(list)
    for group, one, other in runs:
        spans[group] += [one, other]
    placed: dict[Hashable, int] = {}
    ends: list[float] = []
    for group, ends_at in sorted(spans.items(), key=lambda item: (min(item[1]), max(item[1]))):
        first, last = min(ends_at), max(ends_at)
        free = next((at for at, end in enumerate(ends) if end < first - 0.01), len(ends))
        ends[free : free + 1] = [last]
        placed[group] = free
    return placed


# Where the ways within a strip run: upright between two columns, level between two rows.
#
# Boxes stand in the columns and rows of a grid, lines in the channels between them, so that no line
# can come through a box. Only where a row is empty up to the target does a line run along the row.

ROW = 1000.0
"""A row in the measure in which lines are compared before the rows have a height."""


@dataclass(frozen=True, slots=True)
class RoutedBranch:
    """A branch that goes on to a step nearby.

    It turns in the channel right of its column; with ``across``, the channel above the row of
    that number, it goes along there to the channel left of its target, and turns again.
    """

    start: GridSpot
    branch: Branch
    target: GridSpot
    across: int | None = None

    @property
    def first(self) -> int:
        """The upright channel that it comes into: the one left of the column of that number."""
        return self.start[0] + 1

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
        return self.across is None and self.start[1] == self.target[1] and not self.branch.off


Track = tuple[int, str]
"""A channel and a goal."""


@dataclass(frozen=True, slots=True)
class Routing:
    """The ways and their tracks: in upright channels, and in level ones."""

    ways: tuple[RoutedBranch, ...]
    upright: Mapping[Track, int]
    level: Mapping[Track, int]

    def count(self, channel: int, *, level: bool = False) -> int:
        """How many tracks a channel holds."""
        found = self.level if level else self.upright
        return max((track + 1 for (at, _), track in found.items() if at == channel), default=0)


def routing(grid: StripGrid) -> Routing:
    """Lead every branch that stays in the strip."""
    ways = tuple(
        _way(grid, spot, one)
        for spot, branches in grid.branches.items()
        for one in branches
        if not one.stub
    )
    level = _level(ways)
    return Routing(ways, _upright(ways, level), level)


def _way(grid: StripGrid, start: GridSpot, branch: Branch) -> RoutedBranch:
    column, row = start
    target = grid.spots[branch.edge.to]
    if target[0] > column and grid.free(target[1], column + 1, target[0] - 1):
        return RoutedBranch(start, branch, target)
    if row < target[1]:
        across = target[1]
    elif row > target[1]:
        across = target[1] + 1
    else:
        # Back over the row, on beneath it; answers above the middle keep above.
        back = target[0] <= column
        across = row if branch.off < 0 or (back and not branch.off) else row + 1
    return RoutedBranch(start, branch, target, across)


def _level(ways: tuple[RoutedBranch, ...]) -> dict[Track, int]:
    found: dict[Track, int] = {}
    for channel in sorted({way.across for way in ways if way.across is not None}):
        runs = [(way.goal, way.first, way.last) for way in ways if way.across == channel]
        found |= {(channel, str(goal)): track for goal, track in tracks(runs).items()}
    return found


def _upright(ways: tuple[RoutedBranch, ...], level: Mapping[Track, int]) -> dict[Track, int]:
    runs: dict[int, list[tuple[str, float, float]]] = {}
    for way in ways:
        if way.straight:
            continue
        begin = way.start[1] * ROW + max(-400.0, min(400.0, way.branch.off))
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


NAMES = 24.0
"""The width of the lanes' names, left of the first column."""

STAGES = 9.5
"""The height of the stages' names, above the first row."""

LANDING = CIRCLE + 5.0
"""Over a box on whose top a circle or the start stands."""

ARROW = 3.2
"""Room for the head of an arrow."""

PAD = 1.6


@dataclass(frozen=True, slots=True)
class StripRuler:
    """The places of a strip's columns, rows and channels.

    ``lefts`` and ``boxes`` are a column's left edge and the width of its boxes, ``axes`` the
    height on which a row's boxes have their middle.
    """

    width: float
    height: float
    lefts: tuple[float, ...]
    boxes: tuple[float, ...]
    rights: tuple[float, ...]
    axes: tuple[float, ...]
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]
    _routing: Routing

    def body(self, spot: GridSpot, cell: BoxCell) -> tuple[float, float]:
        """The upper left corner of a cell's box."""
        left = self.lefts[spot[0]] + (self.boxes[spot[0]] - cell.body.width) / 2
        return left, self.axes[spot[1]] - cell.body.height / 2

    def bus(self, column: int) -> float:
        """Where the ways out of a column's cells part."""
        return self.lefts[column] + self.boxes[column] + BUS

    def upright(self, channel: int, goal: str) -> float:
        """How far right the track of a goal is in the channel left of a column."""
        before = self.rights[channel - 1] if channel else NAMES
        return before + PAD + self._routing.upright[channel, goal] * APART

    def level(self, channel: int, goal: str) -> float:
        """How far down the track of a goal is in the channel above a row."""
        before = self.bottoms[channel - 1] if channel else STAGES
        return before + PAD + self._routing.level[channel, goal] * APART


def ruler(grid: StripGrid, routing: Routing, entered: Container[str]) -> StripRuler:
    """Give every column, row and channel the room that it needs.

    ``entered`` are the targets on which a circle or the start stands.
    """
    boxes, strips = [], []
    for column in range(grid.columns):
        cells = grid.in_column(column)
        boxes.append(max(cell.body.width for _, cell in cells))
        ways = [one for spot, _ in cells for one in grid.branches[spot]]
        strips.append(max((BUS + one.width for one in ways), default=0.0))
    gaps = [_gap(routing.count(at)) for at in range(grid.columns + 1)]
    widths = [gap + box + out for gap, box, out in zip(gaps, boxes, strips, strict=False)]
    rights = [NAMES + right for right in accumulate(widths)]
    lefts = [right - box - out for right, box, out in zip(rights, boxes, strips, strict=True)]

    axes, tops, bottoms, y = [], [], [], STAGES
    for row in range(len(grid.rows)):
        y += PAD + routing.count(row, level=True) * APART
        over, under = _reach(grid, row, entered)
        tops.append(y)
        axes.append(y + over)
        y += over + under
        bottoms.append(y)
    y += PAD + routing.count(len(grid.rows), level=True) * APART
    return StripRuler(
        rights[-1] + _last(routing.count(grid.columns)),
        y,
        tuple(lefts),
        tuple(boxes),
        tuple(rights),
        tuple(axes),
        tuple(tops),
        tuple(bottoms),
        routing,
    )


def _gap(count: int) -> float:
    return PAD + count * APART + ARROW


def _last(count: int) -> float:
    """The channel behind the last column, into which no arrow points."""
    return PAD + count * APART


def _reach(grid: StripGrid, row: int, entered: Container[str]) -> tuple[float, float]:
    """How far the cells of a row and their ways reach above and below the middle."""
    over = under = 4.0
    for column in range(grid.columns):
        cell = grid.cells.get((column, row))
        if cell:
            head = LANDING if cell.target in entered else 0
            over = max(over, cell.body.height / 2 + head)
            under = max(under, cell.below)
            for one in grid.branches[column, row]:
                over = max(over, one.above - one.off)
                under = max(under, one.under + one.off)
    return over + PAD, under + PAD
