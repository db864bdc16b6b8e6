"""Millimetres for the columns, rows and tracks of a strip."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import accumulate

from model.drawing.cells import Cell
from model.drawing.fan import BUS, CIRCLE
from model.drawing.grid import Grid, Spot
from model.drawing.routing import Routing
from model.drawing.tracks import APART

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
class Ruler:
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

    def body(self, spot: Spot, cell: Cell) -> tuple[float, float]:
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


def ruler(grid: Grid, routing: Routing, entered: Container[str]) -> Ruler:
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
    return Ruler(
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


def _reach(grid: Grid, row: int, entered: Container[str]) -> tuple[float, float]:
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
