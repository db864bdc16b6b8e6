"""The nodes and flows of the process in BPMN, and where they stand: lanes in wrapped rows.

A stage is a row of the pool, with a lane in it for each role that leads there; a long stage goes on
in another row. Measures are pixels, as BPMN tools count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from offwall.model.documents.diagram.board import Board, BoardBox, BoardRoom, BoardWay
from offwall.model.documents.diagram.chart import Chart, ChartStep
from offwall.model.documents.diagram.shapes import (
    LEADING,
    Point,
    drawable_text,
    wrap_text,
)
from offwall.model.process import Edge, EdgeKind
from offwall.model.records import END

TASK, TASK_HEIGHT = 150.0, 70.0
EVENT, GATEWAY = 36.0, 50.0
PAPER, PAPER_GAP = (28.0, 36.0), 8.0
PAPER_ROOM = TASK - 50.0
FONT = 12.0
LINE = FONT * LEADING
LABEL = 96.0
ROW = 2400.0
"""A row is about as wide as this at most."""

PAD = 16.0
ROOM = BoardRoom(track=12.0, pad=12.0, arrow=22.0)

BEGINS = {True: "Nothing leads here yet", False: "Begins alongside"}
"""What an event is called before a step that no way leads to, though the process begins elsewhere:
a cycle runs on beside the stage after it.
"""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(slots=True)
class FlowNode:
    """A task, gateway or event: ``tag`` is its element, ``over`` and ``under`` what it takes of its
    lane above and below its middle; ``box`` and ``label`` are found.
    """

    id: str
    tag: str
    name: str
    step: ChartStep
    over: float
    under: float
    box: Box = (0, 0, 0, 0)
    label: Box | None = None


@dataclass(slots=True)
class FlowLine:
    """A sequence flow between two nodes; answers with one target are one flow."""

    start: str
    goal: str
    name: str = ""
    edge: Edge | None = None
    off: float = 0.0
    points: tuple[Point, ...] = ()
    label: Box | None = None


@dataclass(slots=True)
class FlowRow:
    """A row: a stage, or a part of one, with its lanes by role and their bounds."""

    stage: str
    part: int
    steps: list[ChartStep]
    lanes: dict[str, Box] = field(default_factory=dict)
    box: Box = (0, 0, 0, 0)


class FlowSheet:
    """All nodes, flows and rows of a chart, laid out.

    With ``goal`` it is as people read it, all in one row: each answer has a line, nothing joins
    lines, and no event stands before what nothing leads to. It says what the event is called in
    which a way ends; ``origins`` what is written over each step that is led to from elsewhere.
    """

    def __init__(
        self,
        chart: Chart,
        goal: Callable[[Edge], str] | None = None,
        origins: Mapping[str, str] | None = None,
    ) -> None:
        self._chart, self._plain, self._origins = chart, goal is not None, origins or {}
        self._goal = goal or chart.goal
        self.nodes: dict[str, FlowNode] = {}
        self.lines: list[FlowLine] = []
        self._columns: dict[str, list[str]] = {}
        self._stubs: dict[str, list[FlowLine]] = defaultdict(list)
        come: dict[str, int] = defaultdict(int)
        for step in chart.steps:
            for edge, _ in self._parted(step):
                come[edge.to] += 1
        self._entry = {step.id: self._way_in(step, come[step.id]) for step in chart.steps}
        for step in chart.steps:
            self._way_out(step)
        self.rows = self._row_up()
        self._lay_out()

    def _parted(self, step: ChartStep) -> list[tuple[Edge, str]]:
        """The ways of a step: each, or one for each place led to, with all its answers."""
        if self._plain:
            return [(edge, drawable_text(edge.label)) for edge in step.ways]
        found: dict[tuple[str, str, bool], list[Edge]] = defaultdict(list)
        for edge in step.ways:
            found[edge.to, edge.words, edge.kind is EdgeKind.LEAVE].append(edge)
        labels = ([drawable_text(edge.label) for edge in edges] for edges in found.values())
        return [
            (edges[0], " / ".join(dict.fromkeys(filter(None, said))))
            for edges, said in zip(found.values(), labels, strict=True)
        ]

    def _wrapped(self, text: str, room: float, most: int) -> tuple[float, float]:
        """The width and the height of a text in lines; tools write a little wider."""
        found = wrap_text(text, FONT, room, most)
        return found.width + 4.0 * bool(found.lines), found.height

    def _node(self, known: str, tag: str, name: str, step: ChartStep, height: float) -> FlowNode:
        node = FlowNode(known, tag, drawable_text(name), step, height / 2, height / 2)
        self.nodes[known] = node
        return node

    def _way_in(self, step: ChartStep, come: int) -> str:
        """The task of a step, before it a start and a gateway that joins; what is entered first."""
        starts = step.id == self._chart.first or (not come and not self._plain)
        columns = self._columns[step.id] = []
        task = f"Task_{step.id}"
        enter = f"Join_{step.id}" if come + starts > 1 and not self._plain else task
        if starts:
            known = f"Start_{step.id}"
            name = self._chart.start if step.id == self._chart.first else BEGINS[step.unled]
            node = self._node(known, "startEvent", name, step, EVENT)
            node.under += max(2 * LINE, self._wrapped(node.name, LABEL, 4)[1]) + 4
            columns.append(known)
            self.lines.append(FlowLine(known, enter))
        if enter != task:
            self._node(enter, "exclusiveGateway", "", step, GATEWAY)
            columns.append(enter)
            self.lines.append(FlowLine(enter, task))
        words = step.activity.text if self._plain else f"{step.ref} {step.activity.text}"
        node = self._node(task, "task", words, step, 0.0)
        node.over = node.under = self._size(node)[1] / 2
        node.over += self._wrapped(self._origins.get(step.id, ""), TASK, 3)[1]
        node.under += sum(PAPER_GAP + self.paper(document) for document in step.activity.documents)
        columns.append(task)
        return enter

    def _way_out(self, step: ChartStep) -> None:
        out, ways = f"Task_{step.id}", self._parted(step)
        if len(ways) > 1 or (self._plain and step.activity.decision):
            gate = f"Decision_{step.id}"
            asked = "" if self._plain else f"Which way after {step.ref}?"
            name = drawable_text(step.activity.decision) or asked
            node = self._node(gate, "exclusiveGateway", name, step, GATEWAY)
            node.over = max(node.over, self._wrapped(name, LABEL, 6)[1] + 8)
            self.lines.append(FlowLine(out, gate))
            self._columns[step.id].append(gate)
            out = gate
        for number, (edge, name) in enumerate(ways, 1):
            unsaid = "no answer noted" if step.activity.decision else f"way {number}"
            told = name if self._plain else (name or unsaid) * (len(ways) > 1)
            goal = self._entry.get(edge.to) or self._end(step, edge, number)
            self._stubs[out].append(FlowLine(out, goal, told, edge))

    def _end(self, step: ChartStep, edge: Edge, number: int) -> str:
        name = self._chart.end if edge.to == END else self._goal(edge)
        height = max(0.0 if self._plain else EVENT, self._wrapped(name, LABEL, 4)[1] + 6)
        return self._node(f"End_{step.id}_{number}", "endEvent", name, step, height).id

    def _row_up(self) -> list[FlowRow]:
        if self._plain:
            return [FlowRow("", 1, list(self._chart.steps))]
        rows: list[FlowRow] = []
        for stage, steps in groupby(self._chart.steps, key=lambda step: step.stage):
            width, part = ROW, 0
            for step in steps:
                need = len(self._columns[step.id]) * (TASK + 3 * ROOM.arrow)
                if width + need > ROW:
                    part += 1
                    rows.append(FlowRow(stage, part, []))
                    width = 0.0
                rows[-1].steps.append(step)
                width += need
        return rows

    def _lay_out(self) -> None:
        boxes: dict[str, BoardBox] = {}
        axes: dict[str, float] = {}
        bands, ways = [], []
        self._row_of = {step.id: at for at, row in enumerate(self.rows) for step in row.steps}
        for row in self.rows:
            self._axes(row, axes)
        self._spread(axes)
        deep = [self._axes(row, axes) for row in self.rows]
        for row in self.rows:
            columns = [known for step in row.steps for known in self._columns[step.id]]
            for known in columns:
                boxes[known] = self._board_box(self.nodes[known], axes[known])
            bands.append([[boxes[column]] for column in columns])
        for line in self.lines:
            if self.nodes[line.goal].tag != "endEvent":
                box = boxes[line.start]
                ways.append((line, BoardWay(line.start, line.goal, box.entry + line.off)))
        board = Board(bands, [way for _, way in ways], ROOM, both_sides=False, deep=deep)
        self.width, self.height = board.width, board.height + PAD
        for known, box in boxes.items():
            self._place(self.nodes[known], box)
        for line, way in ways:
            self._draw(line, way.points)
        for line in self.lines:
            if self.nodes[line.goal].tag == "endEvent":
                self._draw_end(line, boxes[line.start])
        self._bound_rows(board, deep)

    def _axes(self, row: FlowRow, axes: dict[str, float]) -> float:
        """The middle of each node of a row, from the row's top; how deep the row is."""
        least, pad = (18.0, 8.0) if self._plain else (40.0, PAD)
        over: dict[str, float] = defaultdict(lambda: least)
        under: dict[str, float] = defaultdict(lambda: least)
        for step in row.steps:
            for known in self._columns[step.id]:
                node = self.nodes[known]
                over[step.lane] = max(over[step.lane], node.over)
                under[step.lane] = max(under[step.lane], node.under)
        y, middle = 0.0, {}
        for lane, high in over.items():
            middle[lane] = y + pad + high
            bottom = middle[lane] + under[lane] + pad
            row.lanes[lane] = (0, y, 0, bottom - y)
            y = bottom
        for step in row.steps:
            axes |= dict.fromkeys(self._columns[step.id], middle[step.lane])
        return y

    def _spread(self, axes: Mapping[str, float]) -> None:
        """The ways out of each node over each other, so that those that go up leave above."""
        for known, lines in self._stubs.items():
            node = self.nodes[known]
            slopes = [self._slope(node, line, axes) for line in lines]
            order = sorted(range(len(lines)), key=lambda at: slopes[at])
            middle = next(
                (at for at, n in enumerate(order) if slopes[n] == 0), (len(order) - 1) // 2
            )
            heights = [self._branch_room(lines[at]) for at in order]
            for at, number in enumerate(order):
                if at < middle:
                    off = -sum(heights[at][1] + heights[at + 1][0] for at in range(at, middle))
                else:
                    off = sum(heights[at][1] + heights[at + 1][0] for at in range(middle, at))
                lines[number].off = off
                node.over = max(node.over, heights[at][0] - off)
                node.under = max(node.under, heights[at][1] + off)
            self.lines += lines

    def _branch_room(self, line: FlowLine) -> tuple[float, float]:
        end = self.nodes[line.goal]
        half = end.over if end.tag == "endEvent" else 3.0
        label = self._wrapped(line.name, LABEL, 4)[1] if line.name else 0.0
        return max(half, label + 3.0, 6.0), half + 5.0

    def _slope(self, node: FlowNode, line: FlowLine, axes: Mapping[str, float]) -> float:
        goal = self.nodes[line.goal]
        if goal.tag == "endEvent":
            return 1
        here, there = self._row_of[node.step.id], self._row_of[goal.step.id]
        if here != there:
            return 4 if there > here else -4
        steps = self.rows[here].steps
        place = {step.id: at for at, step in enumerate(steps)}
        if place[goal.step.id] == place[node.step.id] + 1:
            rise = axes[line.goal] - axes[node.id]
            return 0 if not rise else (2 if rise > 0 else -2)
        deep = sum(box[3] for box in self.rows[here].lanes.values())
        return 3 if axes[line.goal] + axes[node.id] > deep else -3

    def _board_box(self, node: FlowNode, axis: float) -> BoardBox:
        width, height = self._size(node)
        if node.id.startswith("Decision"):
            width += self._wrapped(node.name, LABEL, 6)[0] + 6
        run = max((self._run(line) for line in self._stubs.get(node.id, ())), default=0.0)
        return BoardBox(node.id, width, height, height / 2, axis - height / 2, run)

    def _run(self, line: FlowLine) -> float:
        end = self.nodes[line.goal]
        if end.tag != "endEvent":
            return self._said(line)
        return self._said(line) + 24 + EVENT + 6 + self._wrapped(end.name, LABEL, 4)[0]

    def _said(self, line: FlowLine) -> float:
        return self._wrapped(line.name, LABEL, 4)[0] + 10 if line.name else 0.0

    def _size(self, node: FlowNode) -> tuple[float, float]:
        if node.tag == "task":
            words = self._wrapped(node.name, TASK - 14, 14 if self._plain else 8)
            least = 0.0 if self._plain else TASK_HEIGHT
            return TASK, max(least, words[1] + 12 + (LINE + 2) * self._plain)
        if node.tag == "startEvent" and self._plain:  # its words stand in it
            return max(EVENT, self._wrapped(node.name, LABEL, 4)[0] + 10), EVENT
        side = GATEWAY if node.tag == "exclusiveGateway" else EVENT
        return side, side

    def _place(self, node: FlowNode, box: BoardBox) -> None:
        width, height = self._size(node)
        node.box = (box.x + box.width - width, box.y, width, height)
        if node.id.startswith("Decision"):
            words = self._wrapped(node.name, LABEL, 6)
            node.label = (box.x, box.y + height / 2 - 5 - words[1], *words)
        elif node.tag == "startEvent":
            words = self._wrapped(node.name, LABEL, 4)
            node.label = (box.x + EVENT / 2 - words[0] / 2, box.y + EVENT + 2, *words)

    def _draw(self, line: FlowLine, points: Sequence[Point]) -> None:
        start, goal = self.nodes[line.start], self.nodes[line.goal]
        kept = list(points)
        kept[-1] = (goal.box[0], kept[-1][1])
        line.points = (*self._fan(start, kept[0][1]), *kept[1:])
        self._label(line, start, kept[0][1])

    def _fan(self, node: FlowNode, y: float) -> list[Point]:
        """From a gateway's edge to the height of a way; each way has its own place on the edge."""
        x, top, width, height = node.box
        middle = top + height / 2
        if node.tag != "exclusiveGateway" or abs(y - middle) < 1e-6:
            return [(x + width, y)]
        same = sorted({abs(one.off) for one in self._stubs[node.id] if one.off * (y - middle) > 0})
        inner = len([off for off in same if off < abs(y - middle) - 1e-6])
        along = width / 2 * (1 - (inner + 1) / (len(same) + 1)) * 0.9
        if abs(y - middle) < height / 2 - along:
            return [(x + width - abs(y - middle), y)]
        edge = middle + (height / 2 - along) * (1 if y > middle else -1)
        across = x + width / 2 + along
        return [(across, edge), (across, y)]

    def _label(self, line: FlowLine, start: FlowNode, y: float) -> None:
        if line.name:
            words = self._wrapped(line.name, LABEL, 4)
            line.label = (start.box[0] + start.box[2] + 4, y - words[1] - 2, *words)

    def _draw_end(self, line: FlowLine, box: BoardBox) -> None:
        start, end = self.nodes[line.start], self.nodes[line.goal]
        y = box.y + box.entry + line.off
        x = start.box[0] + start.box[2] + self._said(line) + 24
        end.box = (x, y - EVENT / 2, EVENT, EVENT)
        words = self._wrapped(end.name, LABEL, 4)
        end.label = (x + EVENT + 4, y - words[1] / 2, *words)
        line.points = (*self._fan(start, y), (x, y))
        self._label(line, start, y)

    def _bound_rows(self, board: Board, deep: Sequence[float]) -> None:
        """The rows fill the pool: the channel above a row belongs to its first lane."""
        top = 0.0
        for row, begin, high in zip(self.rows, board.tops, deep, strict=True):
            bottom = self.height if row is self.rows[-1] else begin + high
            row.box = (0.0, top, self.width, bottom - top)
            lanes = list(row.lanes)
            for lane in lanes:
                _, y, _, tall = row.lanes[lane]
                upper = top if lane == lanes[0] else begin + y
                lower = bottom if lane == lanes[-1] else begin + y + tall
                row.lanes[lane] = (0.0, upper, self.width, lower - upper)
            top = bottom

    def left(self, step: ChartStep) -> float:
        """The left edge of the first of a step's nodes."""
        return self.nodes[self._columns[step.id][0]].box[0]

    def paper(self, name: str) -> float:
        """How high a document is drawn; as people read it, its name is on it."""
        if self._plain:
            return self._wrapped(name, TASK - 28, 6)[1] + 18
        return max(PAPER[1], self._wrapped(name, PAPER_ROOM, 6)[1])

    def papers(self, step: ChartStep) -> Iterator[tuple[str, Box]]:
        """The documents of a step under its task, each with the room that it has."""
        x, y, _, height = self.nodes[f"Task_{step.id}"].box
        y += height
        for name in step.activity.documents:
            y += PAPER_GAP
            yield name, (x + 14, y, TASK - 14, self.paper(name))
            y += self.paper(name)
