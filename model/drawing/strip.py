"""One strip of the drawing: stages across, lanes down, boxes, and the lines between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from model.drawing.cells import GAP, HEAD, INSET, NORMAL, SMALL, Body, Cell, Unit
from model.drawing.chart import Chart
from model.drawing.fan import CIRCLE, PILL, Branch
from model.drawing.grid import Far, Grid, Spot, grid
from model.drawing.lines import leads, ties
from model.drawing.placing import LANDING, NAMES, STAGES, Ruler, ruler
from model.drawing.routing import routing
from model.drawing.sheet import (
    LEADING,
    Anchor,
    Facts,
    Kind,
    Line,
    Measure,
    Part,
    Path,
    Point,
    Shape,
)
from model.drawing.wrapping import Block, block, spoken


def strip(
    chart: Chart,
    units: Sequence[Unit],
    rows: Sequence[str],
    measure: Measure,
    far: Far,
    *,
    begun: str = "",
    broad: float = 0,
) -> Part:
    """Lay some units out side by side.

    ``rows`` are all lanes in their order, of which those with a box are drawn; ``begun`` is the
    stage that was begun in the strip before; ``broad`` is how wide the lanes are at least.
    """
    return _Strip(chart, grid(chart, units, rows, measure, far), measure, far).part(begun, broad)


class _Strip:
    """A strip whose grid is known."""

    def __init__(self, chart: Chart, found: Grid, measure: Measure, far: Far) -> None:
        self._chart, self._grid, self._measure, self._far = chart, found, measure, far
        self._routing = routing(found)
        self._ruler: Ruler = ruler(found, self._routing, {chart.first, *far.landings})

    def part(self, begun: str, broad: float) -> Part:
        """All of it, lanes behind boxes."""
        self._width = max(self._ruler.width, broad)
        shapes = [*self._lanes(), *self._stages(begun)]
        paths = [*self._boundaries()]
        for spot, cell in self._grid.cells.items():
            shapes += self._bodies(spot, cell)
            shapes += self._entry(spot, cell)
            shapes += [self._stub(spot, one) for one in self._grid.branches[spot] if one.stub]
        paths += ties(self._grid, self._ruler)
        paths += leads(self._chart, self._grid, self._ruler, self._routing, self._far)
        return Part(self._width, self._ruler.height, tuple(shapes), tuple(paths))

    def _lanes(self) -> Iterator[Shape]:
        place, last = self._ruler, len(self._grid.rows) - 1
        top = STAGES
        for at, row in enumerate(self._grid.rows):
            bottom = place.height if at == last else place.bottoms[at]
            name = spoken(self._chart.lanes.get(row, row) or row)
            most = max(int((bottom - top - 2) / (NORMAL * LEADING)), 1)
            words = block(name, self._measure, NORMAL, NAMES - 4, most)
            facts = (("lane", name),)
            yield Shape(Kind.LANE, 0, top, self._width, bottom - top, (), name, facts)
            text = words.at(NAMES / 2, (top + bottom - words.height) / 2, bold=True)
            yield Shape(Kind.LANE_NAME, 0, top, NAMES, bottom - top, (text,), name, facts)
            top = bottom

    def _stages(self, begun: str) -> Iterator[Shape]:
        place = self._ruler
        for stage, first, last in self._spans():
            left = place.rights[first - 1] if first else NAMES
            right = place.rights[last] if last + 1 < self._grid.columns else self._width
            said = spoken(self._chart.stages[stage])
            said += ", continued" if stage == begun and not first else ""
            words = block(said, self._measure, NORMAL, right - left - 4, 2)
            text = words.at(left + 2, (STAGES - words.height) / 2, anchor=Anchor.START, bold=True)
            yield Shape(
                Kind.STAGE, left, 0, right - left, STAGES, (text,), said, (("stage", stage),)
            )

    def _spans(self) -> list[tuple[str, int, int]]:
        """Each stage with its first and last column."""
        numbered = groupby(enumerate(self._grid.unit_of), key=lambda pair: pair[1].step.stage)
        found = [(stage, [at for at, _ in pairs]) for stage, pairs in numbered]
        return [(stage, columns[0], columns[-1]) for stage, columns in found]

    def _boundaries(self) -> Iterator[Path]:
        for _, first, _ in self._spans()[1:]:
            x = self._ruler.rights[first - 1] + 0.6
            yield Path(Line.BOUNDARY, ((x, STAGES), (x, self._ruler.height)))

    def _bodies(self, spot: Spot, cell: Cell) -> Iterator[Shape]:
        left, top = self._ruler.body(spot, cell)
        middle = left + cell.body.width / 2
        yield from self._body(cell.body, left, top)
        y = top + cell.body.height
        for one in cell.under:
            yield from self._body(one, middle - one.width / 2, y + GAP)
            y += GAP + one.height

    def _body(self, body: Body, left: float, top: float) -> Iterator[Shape]:
        room = body.height - (HEAD if body.head else 0) - (2.4 if body.kind is Kind.DOCUMENT else 0)
        begin = top + (HEAD if body.head else 0) + (room - body.words.height) / 2
        people = body.kind is Kind.PEOPLE
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
            head = block(body.head, self._measure, SMALL, body.width - 2 * INSET - badge, 1)
            texts.insert(0, head.at(left + 1.6, top + 0.9, anchor=Anchor.START, bold=True))
        about, facts = body.about, body.facts
        yield Shape(body.kind, left, top, body.width, body.height, tuple(texts), about, facts)
        if body.codes:
            letters = Block((body.codes,), SMALL, badge)
            x = left + body.width - badge - 0.8
            text = letters.at(x + badge / 2, top + 1.0, bold=True)
            said = f"Issues: {', '.join(body.codes)}"
            yield Shape(Kind.ISSUES, x, top + 0.8, badge, 3.5, (text,), said, body.facts[:1])

    def _entry(self, spot: Spot, cell: Cell) -> Iterator[Shape]:
        """The start, and the circle at which routes from far away arrive, on top of a box."""
        left, top = self._ruler.body(spot, cell)
        y = top - LANDING + 1.2
        if cell.target and cell.target == self._chart.first:
            yield self._pill(Kind.START, "Start", left + cell.body.width - PILL[0] - 1, y + 0.5)
        if cell.target in self._far.landings:
            come = self._far.landings[cell.target]
            letter = self._far.letters[cell.target]
            said = spoken(f"{letter}: from {', '.join(come)}")
            facts = (("id", cell.target), ("letter", letter))
            yield _circle(Kind.LANDING, (left + 4, y), letter, said, facts)

    def _stub(self, spot: Spot, branch: Branch) -> Shape:
        """What a way ends in at once."""
        width, height = branch.stub_size
        x = self._ruler.bus(spot[0]) + branch.run
        y = self._ruler.axes[spot[1]] + branch.off - height / 2
        if branch.stub is Kind.JUMP:
            return self._jump(branch, x, y)
        if branch.stub is Kind.OPEN and branch.words:
            text = branch.words.at(x + width / 2, y + (height - branch.words.height) / 2)
            said = spoken(self._chart.goal(branch.edge))
            return Shape(Kind.OPEN, x, y, width, height, (text,), said)
        kind = branch.stub or Kind.END
        return self._pill(kind, "End" if kind is Kind.END else "Back", x, y)

    def _jump(self, branch: Branch, x: float, y: float) -> Shape:
        target = branch.edge.to
        letter = self._far.letters.get(target, "")
        said = spoken(f"{letter}: on to {self._chart.goal(branch.edge)}")
        facts = (("id", target), ("letter", letter))
        shape = _circle(Kind.JUMP, (x, y), letter, said, facts)
        words = branch.words or Block((), SMALL, 0)
        beside = words.at(x + CIRCLE + 1, y + (CIRCLE - words.height) / 2, anchor=Anchor.START)
        return replace(shape, texts=(*shape.texts, beside))

    @staticmethod
    def _pill(kind: Kind, said: str, x: float, y: float) -> Shape:
        words = Block((said,), NORMAL, PILL[0] - 4)
        text = words.at(x + PILL[0] / 2, y + (PILL[1] - words.height) / 2, bold=True)
        return Shape(kind, x, y, *PILL, (text,), said)


def _circle(kind: Kind, corner: Point, letter: str, said: str, facts: Facts) -> Shape:
    x, y = corner
    words = Block((letter,), NORMAL if len(letter) < 3 else SMALL, CIRCLE - 1)
    text = words.at(x + CIRCLE / 2, y + (CIRCLE - words.height) / 2, bold=True)
    return Shape(kind, x, y, CIRCLE, CIRCLE, (text,), said, facts)
