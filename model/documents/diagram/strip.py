"""A strip of the detail: steps side by side in the lanes of who leads, with all that is known."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from offwall.model.documents.diagram.chart import Chart, ChartStep
from offwall.model.documents.diagram.flow_nodes import (
    FONT,
    LABEL,
    LINE,
    FlowLine,
    FlowNode,
    FlowSheet,
)
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPart,
    LinePath,
    LineStyle,
    Shape,
    ShapeKind,
    WrappedText,
    drawable_text,
    measure,
    wrap_text,
)
from offwall.model.process import Edge, EdgeKind
from offwall.model.records import END

POINTS_9 = 3.2 / FONT
"""Millimetres of a pixel, at which the words of a strip are a little over 9 points high."""

NAMES, STAGES = 112.0, 24.0
"""The width of the lanes' names, the height of the stages', in pixels."""

INSET = 7.0

ANY_PAGE = 888
"""Stands for a page that is not known yet: no number takes more room."""


class Elsewhere:
    """What stands in other strips: what leads to each step, and the page of each.

    A page is named where it is another.
    """

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self.pages = {step.id: ANY_PAGE for step in chart.steps}
        self._come: dict[str, dict[str, None]] = {}
        for step in chart.steps:
            for edge in step.ways:
                self._come.setdefault(edge.to, {})[step.id] = None

    def goal(self, edge: Edge) -> str:
        """Where a way leads that leaves the strip."""
        if edge.to not in self._chart.refs:
            return self._chart.goal(edge)
        return self._paged(edge.to, edge.start)

    def origin(self, known: str, inside: Container[str]) -> str:
        """Where ways come from that lead to a step from outside; empty where none does."""
        come = self._come.get(known, ())
        said = [self._paged(one, known) for one in come if one not in inside]
        return f"from {', '.join(said)}" if said else ""

    def _paged(self, known: str, here: str) -> str:
        page = self.pages.get(known, 0)
        other = page and (page != self.pages.get(here) or page == ANY_PAGE)
        return f"{self._chart.refs[known]}, page {page}" if other else self._chart.refs[known]


class StripDrawing:
    """Some steps of a chart, laid out in one row of lanes; measures are pixels."""

    def __init__(
        self,
        chart: Chart,
        steps: Sequence[ChartStep],
        elsewhere: Elsewhere,
    ) -> None:
        self._chart, self._steps = chart, steps
        part = replace(chart, steps=tuple(steps))
        inside = {step.id for step in steps}
        self._origins = {known: elsewhere.origin(known, inside) for known in inside}
        self._flow = FlowSheet(part, elsewhere.goal, self._origins)
        self.width = self._flow.width + NAMES
        self.height = self._flow.height + STAGES

    def part(self, begun: str, broad: float) -> DrawingPart:
        """All of it, lanes behind boxes, at least ``broad`` millimetres wide.

        ``begun`` is the stage that was begun in the strip before.
        """
        width = max(self.width, broad / POINTS_9)
        shapes = [*self._lanes(width - NAMES)]
        stages, paths = self._stages(begun, width - NAMES)
        shapes += stages
        for node in self._flow.nodes.values():
            shapes += self._node(node)
        for step in self._steps:
            shapes += self._papers(step)
        paths += [self._line(line) for line in self._flow.lines]
        body = DrawingPart(width, self.height, tuple(shapes), tuple(paths))
        return replace(body.moved(NAMES, STAGES), width=width, height=self.height).moved(
            0, 0, POINTS_9
        )

    def _lanes(self, width: float) -> Iterator[Shape]:
        for role, (_, y, _, high) in self._flow.rows[0].lanes.items():
            name = drawable_text(self._chart.lanes.get(role, role) or role)
            facts = (("lane", name),)
            yield Shape(ShapeKind.LANE, -NAMES, y, width + NAMES, high, (), name, facts)
            words = wrap_text(name, FONT, NAMES - 10, max(int(high / LINE) - 1, 1))
            text = words.at(-NAMES / 2, y + (high - words.height) / 2, bold=True)
            yield Shape(ShapeKind.LANE_NAME, -NAMES, y, NAMES, high, (text,), name, facts)

    def _stages(self, begun: str, width: float) -> tuple[list[Shape], list[LinePath]]:
        """The stages' names over their steps, and a line where another stage begins."""
        firsts = [next(steps) for _, steps in groupby(self._steps, key=lambda step: step.stage)]
        lefts = [0.0, *(self._flow.left(step) - 8 for step in firsts[1:]), width]
        shapes, paths = [], []
        for at, step in enumerate(firsts):
            left, right = lefts[at], lefts[at + 1]
            said = drawable_text(self._chart.stages[step.stage])
            said += ", continued" if step.stage == begun and not at else ""
            words = wrap_text(said, FONT, right - left - 12, 1)
            text = words.at(left + 6, -STAGES + 4, anchor=Anchor.START, bold=True)
            box = (left, -STAGES, right - left, STAGES)
            shapes.append(Shape(ShapeKind.STAGE, *box, (text,), said, (("stage", step.stage),)))
            if at:
                points = ((left, 0.0), (left, self._flow.height))
                paths.append(LinePath(LineStyle.BOUNDARY, points))
        return shapes, paths

    def _node(self, node: FlowNode) -> list[Shape]:
        if node.tag == "task":
            return self._task(node)
        if node.tag == "exclusiveGateway":
            return self._decision(node)
        x, y, width, height = node.box
        words = wrap_text(node.name, FONT, LABEL, 4)
        if node.tag == "endEvent":
            width = width + 6 + words.width
        tall = words.height + 5
        box = (x, y + (height - tall) / 2, width, tall)
        text = words.at(x + width / 2, box[1] + 2.5, bold=True)
        edge = next((line.edge for line in self._flow.lines if line.goal == node.id), None)
        if node.tag == "startEvent":
            kind = ShapeKind.START
        elif edge is None or edge.to == END:
            kind = ShapeKind.END
        elif edge.kind is EdgeKind.LEAVE:
            kind = ShapeKind.BACK
        else:
            kind = ShapeKind.JUMP if edge.to else ShapeKind.OPEN
        return [Shape(kind, *box, (text,), node.name)]

    def _task(self, node: FlowNode) -> list[Shape]:
        step, (x, y, width, height) = node.step, node.box
        badge = measure(step.codes, FONT) + 8 if step.codes else 0.0
        said = drawable_text(" · ".join(text for text in (step.ref, step.remark) if text))
        head = wrap_text(said, FONT, width - INSET - badge - 4, 1)
        words = wrap_text(step.activity.text, FONT, width - 2 * INSET, 14)
        texts = (
            head.at(x + INSET, y + 3, anchor=Anchor.START, bold=True),
            words.at(x + INSET, y + LINE + 6, anchor=Anchor.START),
        )
        facts, told = self._chart.told(step)
        shapes = [Shape(ShapeKind.STEP, x, y, width, height, texts, told, facts)]
        if step.codes:
            x0 = x + width - badge - 3
            letters = WrappedText((step.codes,), FONT).at(x0 + badge / 2, y + 3, bold=True)
            said = f"Issues: {', '.join(step.codes)}"
            box = (x0, y + 3, badge, LINE)
            shapes.append(Shape(ShapeKind.ISSUES, *box, (letters,), said, facts[:1]))
        words = wrap_text(self._origins[step.id], FONT, width, 3)
        if words.lines:
            text = words.at(x, y - words.height - 3, anchor=Anchor.START)
            box = (x, y - words.height - 3, width, words.height)
            shapes.append(Shape(ShapeKind.LANDING, *box, (text,), "", facts[:1]))
        return shapes

    def _decision(self, node: FlowNode) -> list[Shape]:
        step = node.step
        if not step.activity.decision:
            said = f"{step.ref}: {len(step.ways)} ways, and no question yet"
            return [Shape(ShapeKind.FORK, *node.box, (), said, (("of", step.id),))]
        facts, about = step.decision_told()
        shapes = [Shape(ShapeKind.DECISION, *node.box, (), about, facts)]
        if node.label:
            words = wrap_text(node.name, FONT, LABEL, 6)
            text = words.at(*node.label[:2], anchor=Anchor.START)
            shapes.append(Shape(ShapeKind.WORDS, *node.label, (text,)))
        return shapes

    def _papers(self, step: ChartStep) -> Iterator[Shape]:
        for name, (x, y, width, height) in self._flow.papers(step):
            words = wrap_text(name, FONT, width - 2 * INSET, 6)
            text = words.at(x + width / 2, y + (height - 10 - words.height) / 2)
            facts, said = step.document_told(name)
            yield Shape(ShapeKind.DOCUMENT, x, y, width, height, (text,), said, facts)

    def _line(self, line: FlowLine) -> LinePath:
        if line.edge is None:
            return LinePath(LineStyle.ASKS, line.points)
        facts, about = self._chart.way_told(line.edge)
        kind = LineStyle.ROUTE if line.edge.start in self._chart.answered else LineStyle.FLOW
        words = wrap_text(line.name, FONT, LABEL, 4)
        label = words.at(*line.label[:2], anchor=Anchor.START) if line.label else None
        return LinePath(kind, line.points, label, about, facts)
