"""One strip of the diagram: stages across, lanes down, boxes, and the lines between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from offwall.model.documents.diagram.boxes import (
    GAP,
    HEAD,
    INSET,
    NORMAL,
    SMALL,
    BoxBody,
    BoxCell,
    Chart,
    StepColumns,
)
from offwall.model.documents.diagram.grid import (
    CIRCLE,
    PILL,
    Branch,
    GridSpot,
    JumpTargets,
    StripGrid,
    grid,
)
from offwall.model.documents.diagram.routing import (
    LANDING,
    NAMES,
    STAGES,
    RoutedBranch,
    Routing,
    StripRuler,
    routing,
    ruler,
)
from offwall.model.documents.diagram.shapes import (
    DIAMONDS,
    LEADING,
    Anchor,
    DrawingPart,
    Facts,
    LinePath,
    LineStyle,
    Measure,
    Point,
    Shape,
    ShapeKind,
    WrappedText,
    drawable_text,
    wrap_text,
)


def tie_lines(grid: StripGrid, ruler: StripRuler) -> Iterator[LinePath]:
    """What belongs together: a step and its documents, and the notes of one column of the wall."""
    for column in range(grid.columns):
        below: Point | None = None
        for spot, cell in grid.in_column(column):
            left, top = ruler.body(spot, cell)
            middle, y = left + cell.body.width / 2, top + cell.body.height
            if below:
                yield LinePath(LineStyle.TIE, (below, (middle, top)))
            for one in cell.under:
                yield LinePath(LineStyle.TIE, ((middle, y), (middle, y + GAP)))
                y += GAP + one.height
            below = (middle, y)
    yield from _asked(grid, ruler)


def _asked(grid: StripGrid, ruler: StripRuler) -> Iterator[LinePath]:
    """From a step to its decision, where that stands in the next column."""
    for (column, row), cell in grid.cells.items():
        before = grid.cells.get((column - 1, row))
        own = dict(cell.body.facts).get("of")
        if before and cell.body.kind in DIAMONDS and before.target == own:
            left, _ = ruler.body((column - 1, row), before)
            y = ruler.axes[row]
            to, _ = ruler.body((column, row), cell)
            yield LinePath(
                LineStyle.ASKS, ((left + before.body.width, y), (to, y)), facts=(("of", own),)
            )


def branch_lines(
    chart: Chart, grid: StripGrid, ruler: StripRuler, routing: Routing, far: JumpTargets
) -> Iterator[LinePath]:
    """Every way out of every cell, and the short lines on which one comes in from above."""
    near = {(way.start, way.branch.off): way for way in routing.ways}
    for spot, branches in grid.branches.items():
        for one in branches:
            way = near.get((spot, one.off))
            points = _out(grid, ruler, spot, one)
            points += _on(grid, ruler, way) if way else [(_stub_x(ruler, spot, one), points[-1][1])]
            yield _path(chart, ruler, spot, one, points)
    for spot, cell in grid.cells.items():
        if cell.target:
            yield from _entered(chart, grid, ruler, spot, far)


def _path(
    chart: Chart, ruler: StripRuler, spot: GridSpot, one: Branch, points: list[Point]
) -> LinePath:
    edge = one.edge
    goal = chart.goal(edge)
    start = chart.refs[edge.start]
    kind = LineStyle.ROUTE if edge.start in chart.answered else LineStyle.FLOW
    facts: Facts = (("from", edge.start), ("to", edge.to), ("way", edge.kind))
    label = None
    if one.label.lines:
        y = ruler.axes[spot[1]] + one.off
        label = one.label.at(
            ruler.bus(spot[0]) + 1, y - one.label.height - 0.4, anchor=Anchor.START
        )
        facts += (("answer", drawable_text(edge.label)),)
    said = drawable_text(f"{start} to {goal}" + (f": {edge.label}" if edge.label else ""))
    return LinePath(kind, _plain(points), label, said, facts)


def _out(grid: StripGrid, ruler: StripRuler, spot: GridSpot, one: Branch) -> list[Point]:
    """From the box to where the branch has its own height."""
    cell = grid.cells[spot]
    left, _ = ruler.body(spot, cell)
    right, axis, bus = left + cell.body.width, ruler.axes[spot[1]], ruler.bus(spot[0])
    y = axis + one.off
    beside = cell.body.kind not in DIAMONDS and abs(one.off) < cell.body.height / 2 - 1.5
    if beside or not one.off:
        return [(right, y)]
    return [(right, axis), (bus, axis), (bus, y)]


def _stub_x(ruler: StripRuler, spot: GridSpot, one: Branch) -> float:
    return ruler.bus(spot[0]) + one.run


def _on(grid: StripGrid, ruler: StripRuler, way: RoutedBranch) -> list[Point]:
    """From the branch's own height to the target."""
    y, goal = ruler.axes[way.start[1]] + way.branch.off, way.goal
    end = ruler.body(way.target, grid.cells[way.target])[0], ruler.axes[way.target[1]]
    if way.straight:
        return [end]
    first = ruler.upright(way.first, goal)
    if way.across is None:
        return [(first, y), (first, end[1]), end]
    level, last = ruler.level(way.across, goal), ruler.upright(way.last, goal)
    return [(first, y), (first, level), (last, level), (last, end[1]), end]


def _entered(
    chart: Chart, grid: StripGrid, ruler: StripRuler, spot: GridSpot, far: JumpTargets
) -> Iterator[LinePath]:
    cell = grid.cells[spot]
    left, top = ruler.body(spot, cell)
    width, target = cell.body.width, cell.target
    if target == chart.first:
        x = left + width - 8.5
        yield LinePath(
            LineStyle.ASKS, ((x, top - LANDING + 7.7), (x, top)), facts=(("start", target),)
        )
    if target in far.landings:
        x = left + 7.5
        yield LinePath(
            LineStyle.ASKS, ((x, top - LANDING + 8.2), (x, top)), facts=(("landing", target),)
        )


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


def strip(
    chart: Chart,
    units: Sequence[StepColumns],
    rows: Sequence[str],
    measure: Measure,
    far: JumpTargets,
    *,
    begun: str = "",
    broad: float = 0,
) -> DrawingPart:
    """Lay some units out side by side.

    ``rows`` are all lanes in their order, of which those with a box are drawn; ``begun`` is the
    stage that was begun in the strip before; ``broad`` is how wide the lanes are at least.
    """
    return _StripLayout(chart, grid(chart, units, rows, measure, far), measure, far).part(
        begun, broad
    )


class _StripLayout:
    """A strip whose grid is known."""

    def __init__(self, chart: Chart, found: StripGrid, measure: Measure, far: JumpTargets) -> None:
        self._chart, self._grid, self._measure, self._far = chart, found, measure, far
        self._routing = routing(found)
        self._ruler: StripRuler = ruler(found, self._routing, {chart.first, *far.landings})

    def part(self, begun: str, broad: float) -> DrawingPart:
        """All of it, lanes behind boxes."""
        self._width = max(self._ruler.width, broad)
        shapes = [*self._lanes(), *self._stages(begun)]
        paths = [*self._boundaries()]
        for spot, cell in self._grid.cells.items():
            shapes += self._bodies(spot, cell)
            shapes += self._entry(spot, cell)
            shapes += [self._stub(spot, one) for one in self._grid.branches[spot] if one.stub]
        paths += tie_lines(self._grid, self._ruler)
        paths += branch_lines(self._chart, self._grid, self._ruler, self._routing, self._far)
        return DrawingPart(self._width, self._ruler.height, tuple(shapes), tuple(paths))

    def _lanes(self) -> Iterator[Shape]:
        place, last = self._ruler, len(self._grid.rows) - 1
        top = STAGES
        for at, row in enumerate(self._grid.rows):
            bottom = place.height if at == last else place.bottoms[at]
            name = drawable_text(self._chart.lanes.get(row, row) or row)
            most = max(int((bottom - top - 2) / (NORMAL * LEADING)), 1)
            words = wrap_text(name, self._measure, NORMAL, NAMES - 4, most)
            facts = (("lane", name),)
            yield Shape(ShapeKind.LANE, 0, top, self._width, bottom - top, (), name, facts)
            text = words.at(NAMES / 2, (top + bottom - words.height) / 2, bold=True)
            yield Shape(ShapeKind.LANE_NAME, 0, top, NAMES, bottom - top, (text,), name, facts)
            top = bottom

    def _stages(self, begun: str) -> Iterator[Shape]:
        place = self._ruler
        for stage, first, last in self._spans():
            left = place.rights[first - 1] if first else NAMES
            right = place.rights[last] if last + 1 < self._grid.columns else self._width
            said = drawable_text(self._chart.stages[stage])
            said += ", continued" if stage == begun and not first else ""
            words = wrap_text(said, self._measure, NORMAL, right - left - 4, 2)
            text = words.at(left + 2, (STAGES - words.height) / 2, anchor=Anchor.START, bold=True)
            yield Shape(
                ShapeKind.STAGE, left, 0, right - left, STAGES, (text,), said, (("stage", stage),)
            )

    def _spans(self) -> list[tuple[str, int, int]]:
        """Each stage with its first and last column."""
        numbered = groupby(enumerate(self._grid.unit_of), key=lambda pair: pair[1].step.stage)
        found = [(stage, [at for at, _ in pairs]) for stage, pairs in numbered]
        return [(stage, columns[0], columns[-1]) for stage, columns in found]

    def _boundaries(self) -> Iterator[LinePath]:
        for _, first, _ in self._spans()[1:]:
            x = self._ruler.rights[first - 1] + 0.6
            yield LinePath(LineStyle.BOUNDARY, ((x, STAGES), (x, self._ruler.height)))

    def _bodies(self, spot: GridSpot, cell: BoxCell) -> Iterator[Shape]:
        left, top = self._ruler.body(spot, cell)
        middle = left + cell.body.width / 2
        yield from self._body(cell.body, left, top)
        y = top + cell.body.height
        for one in cell.under:
            yield from self._body(one, middle - one.width / 2, y + GAP)
            y += GAP + one.height

    def _body(self, body: BoxBody, left: float, top: float) -> Iterator[Shape]:
        room = (
            body.height
            - (HEAD if body.head else 0)
            - (2.4 if body.kind is ShapeKind.DOCUMENT else 0)
        )
        begin = top + (HEAD if body.head else 0) + (room - body.words.height) / 2
        people = body.kind is ShapeKind.PEOPLE
        texts = [
            body.words.at(
                left + INSET if people else left + body.width / 2,
                begin,
                anchor=Anchor.START if people else Anchor.MIDDLE,
            )
        ]
        # The letters take two millimetres and a bit each.
        badge = 2.4 * len(body.codes) + 1.4 if body.codes else 0
        if body.head:
            head = wrap_text(body.head, self._measure, SMALL, body.width - 2 * INSET - badge, 1)
            texts.insert(0, head.at(left + 1.6, top + 0.9, anchor=Anchor.START, bold=True))
        about, facts = body.about, body.facts
        yield Shape(body.kind, left, top, body.width, body.height, tuple(texts), about, facts)
        if body.codes:
            letters = WrappedText((body.codes,), SMALL, badge)
            x = left + body.width - badge - 0.8
            text = letters.at(x + badge / 2, top + 1.0, bold=True)
            said = f"Issues: {', '.join(body.codes)}"
            yield Shape(ShapeKind.ISSUES, x, top + 0.8, badge, 3.5, (text,), said, body.facts[:1])

    def _entry(self, spot: GridSpot, cell: BoxCell) -> Iterator[Shape]:
        """The start, and the circle at which routes from far away arrive, on top of a box."""
        left, top = self._ruler.body(spot, cell)
        y = top - LANDING + 1.2
        if cell.target and cell.target == self._chart.first:
            yield self._pill(
                ShapeKind.START, "Start", left + cell.body.width - PILL[0] - 1, y + 0.5
            )
        if cell.target in self._far.landings:
            come = self._far.landings[cell.target]
            letter = self._far.letters[cell.target]
            said = drawable_text(f"{letter}: from {', '.join(come)}")
            facts = (("id", cell.target), ("letter", letter))
            yield _circle(ShapeKind.LANDING, (left + 4, y), letter, said, facts)

    def _stub(self, spot: GridSpot, branch: Branch) -> Shape:
        """What a way ends in at once."""
        width, height = branch.stub_size
        x = self._ruler.bus(spot[0]) + branch.run
        y = self._ruler.axes[spot[1]] + branch.off - height / 2
        if branch.stub is ShapeKind.JUMP:
            return self._jump(branch, x, y)
        if branch.stub is ShapeKind.OPEN and branch.words:
            text = branch.words.at(x + width / 2, y + (height - branch.words.height) / 2)
            said = drawable_text(self._chart.goal(branch.edge))
            return Shape(ShapeKind.OPEN, x, y, width, height, (text,), said)
        kind = branch.stub or ShapeKind.END
        return self._pill(kind, "End" if kind is ShapeKind.END else "Back", x, y)

    def _jump(self, branch: Branch, x: float, y: float) -> Shape:
        target = branch.edge.to
        letter = self._far.letters.get(target, "")
        said = drawable_text(f"{letter}: on to {self._chart.goal(branch.edge)}")
        facts = (("id", target), ("letter", letter))
        shape = _circle(ShapeKind.JUMP, (x, y), letter, said, facts)
        words = branch.words or WrappedText((), SMALL, 0)
        beside = words.at(x + CIRCLE + 1, y + (CIRCLE - words.height) / 2, anchor=Anchor.START)
        return replace(shape, texts=(*shape.texts, beside))

    @staticmethod
    def _pill(kind: ShapeKind, said: str, x: float, y: float) -> Shape:
        words = WrappedText((said,), NORMAL, PILL[0] - 4)
        text = words.at(x + PILL[0] / 2, y + (PILL[1] - words.height) / 2, bold=True)
        return Shape(kind, x, y, *PILL, (text,), said)


def _circle(kind: ShapeKind, corner: Point, letter: str, said: str, facts: Facts) -> Shape:
    x, y = corner
    words = WrappedText((letter,), NORMAL if len(letter) < 3 else SMALL, CIRCLE - 1)
    text = words.at(x + CIRCLE / 2, y + (CIRCLE - words.height) / 2, bold=True)
    return Shape(kind, x, y, CIRCLE, CIRCLE, (text,), said, facts)
