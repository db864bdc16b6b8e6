"""The lines of a strip as points: ties between boxes, and the ways from step to step."""

from collections.abc import Iterator

from model.drawing.cells import GAP
from model.drawing.chart import Chart
from model.drawing.fan import Branch
from model.drawing.grid import Far, Grid, Spot
from model.drawing.placing import LANDING, Ruler
from model.drawing.routing import Routing, Way
from model.drawing.sheet import DIAMONDS, Anchor, Facts, Line, Path, Point
from model.drawing.wrapping import spoken


def ties(grid: Grid, ruler: Ruler) -> Iterator[Path]:
    """What belongs together: a step and its documents, and the notes of one column of the wall."""
    for column in range(grid.columns):
        below: Point | None = None
        for spot, cell in grid.in_column(column):
            left, top = ruler.body(spot, cell)
            middle, y = left + cell.body.width / 2, top + cell.body.height
            if below:
                yield Path(Line.TIE, (below, (middle, top)))
            for one in cell.under:
                yield Path(Line.TIE, ((middle, y), (middle, y + GAP)))
                y += GAP + one.height
            below = (middle, y)
    yield from _asked(grid, ruler)


def _asked(grid: Grid, ruler: Ruler) -> Iterator[Path]:
    """From a step to its decision, where that stands in the next column."""
    for (column, row), cell in grid.cells.items():
        before = grid.cells.get((column - 1, row))
        own = dict(cell.body.facts).get("of")
        if before and cell.body.kind in DIAMONDS and before.target == own:
            left, _ = ruler.body((column - 1, row), before)
            y = ruler.axes[row]
            to, _ = ruler.body((column, row), cell)
            yield Path(Line.ASKS, ((left + before.body.width, y), (to, y)), facts=(("of", own),))


def leads(chart: Chart, grid: Grid, ruler: Ruler, routing: Routing, far: Far) -> Iterator[Path]:
    """Every way out of every cell, and the short lines on which one comes in from above."""
    near = {(way.source, way.branch.off): way for way in routing.ways}
    for spot, branches in grid.branches.items():
        for one in branches:
            way = near.get((spot, one.off))
            points = _out(grid, ruler, spot, one)
            points += _on(grid, ruler, way) if way else [(_stub_x(ruler, spot, one), points[-1][1])]
            yield _path(chart, ruler, spot, one, points)
    for spot, cell in grid.cells.items():
        if cell.target:
            yield from _entered(chart, grid, ruler, spot, far)


def _path(chart: Chart, ruler: Ruler, spot: Spot, one: Branch, points: list[Point]) -> Path:
    edge = one.edge
    goal = chart.goal(edge)
    source = chart.refs[edge.source]
    kind = Line.ROUTE if edge.source in chart.answered else Line.FLOW
    facts: Facts = (("from", edge.source), ("to", edge.to), ("way", edge.kind))
    label = None
    if one.label.lines:
        y = ruler.axes[spot[1]] + one.off
        label = one.label.at(
            ruler.bus(spot[0]) + 1, y - one.label.height - 0.4, anchor=Anchor.START
        )
        facts += (("answer", spoken(edge.label)),)
    said = spoken(f"{source} to {goal}" + (f": {edge.label}" if edge.label else ""))
    return Path(kind, _plain(points), label, said, facts)


def _out(grid: Grid, ruler: Ruler, spot: Spot, one: Branch) -> list[Point]:
    """From the box to where the branch has its own height."""
    cell = grid.cells[spot]
    left, _ = ruler.body(spot, cell)
    right, axis, bus = left + cell.body.width, ruler.axes[spot[1]], ruler.bus(spot[0])
    y = axis + one.off
    beside = cell.body.kind not in DIAMONDS and abs(one.off) < cell.body.height / 2 - 1.5
    if beside or not one.off:
        return [(right, y)]
    return [(right, axis), (bus, axis), (bus, y)]


def _stub_x(ruler: Ruler, spot: Spot, one: Branch) -> float:
    return ruler.bus(spot[0]) + one.run


def _on(grid: Grid, ruler: Ruler, way: Way) -> list[Point]:
    """From the branch's own height to the target."""
    y, goal = ruler.axes[way.source[1]] + way.branch.off, way.goal
    end = ruler.body(way.target, grid.cells[way.target])[0], ruler.axes[way.target[1]]
    if way.straight:
        return [end]
    first = ruler.upright(way.first, goal)
    if way.across is None:
        return [(first, y), (first, end[1]), end]
    level, last = ruler.level(way.across, goal), ruler.upright(way.last, goal)
    return [(first, y), (first, level), (last, level), (last, end[1]), end]


def _entered(chart: Chart, grid: Grid, ruler: Ruler, spot: Spot, far: Far) -> Iterator[Path]:
    cell = grid.cells[spot]
    left, top = ruler.body(spot, cell)
    width, target = cell.body.width, cell.target
    if target == chart.first:
        x = left + width - 8.5
        yield Path(Line.ASKS, ((x, top - LANDING + 7.7), (x, top)), facts=(("start", target),))
    if target in far.landings:
        x = left + 7.5
        yield Path(Line.ASKS, ((x, top - LANDING + 8.2), (x, top)), facts=(("landing", target),))


def _plain(points: list[Point]) -> tuple[Point, ...]:
    """The points without those that a line only passes."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][at] == kept[-1][at] == point[at] for at in (0, 1)):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)
