"""A BPMN file looked at as a tool draws it: what overlaps, what runs through, where lines dock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"

NODES = ("startEvent", "task", "exclusiveGateway", "endEvent")

Point = tuple[float, float]
Segment = tuple[Point, Point]


@dataclass
class Drawn:
    """A node's or a paper's place, or a flow's points and ends."""

    id: str
    tag: str
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    points: tuple[Point, ...] = ()
    source: str = ""
    target: str = ""


class BpmnPicture:
    """What stands where in a file."""

    def __init__(self, content: bytes) -> None:
        root = fromstring(content)
        process = root.find(f"{BPMN}process")
        assert process is not None
        self.process: Element = process
        known = {one.get("id"): one for one in self.process.iter()}
        self.shapes: dict[str, Drawn] = {}
        for shape in root.iter(f"{DI}BPMNShape"):
            element = known.get(shape.get("bpmnElement"))
            tag = _tag(element) if element is not None else ""
            if tag in (*NODES, "dataObjectReference"):
                self.shapes[shape.get("bpmnElement", "")] = Drawn(
                    shape.get("bpmnElement", ""), tag, _bounds(shape)
                )
        self.flows: list[Drawn] = []
        for edge in root.iter(f"{DI}BPMNEdge"):
            element = known[edge.get("bpmnElement")]
            if _tag(element) == "sequenceFlow":
                points = tuple(
                    (float(one.get("x", "")), float(one.get("y", "")))
                    for one in edge.findall(f"{DD}waypoint")
                )
                self.flows.append(
                    Drawn(
                        edge.get("bpmnElement", ""),
                        "sequenceFlow",
                        points=points,
                        source=element.get("sourceRef", ""),
                        target=element.get("targetRef", ""),
                    )
                )

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of shapes that stand on each other."""
        return [
            (one.id, other.id)
            for one, other in combinations(self.shapes.values(), 2)
            if one.box[0] < other.box[2] - 0.1
            and other.box[0] < one.box[2] - 0.1
            and one.box[1] < other.box[3] - 0.1
            and other.box[1] < one.box[3] - 0.1
        ]

    def through(self) -> list[tuple[str, str]]:
        """Flows that run through a shape: any but their own ends, and those only at the edge."""
        found = []
        for flow in self.flows:
            for shape in self.shapes.values():
                own = shape.id in (flow.source, flow.target)
                if any(_enters(piece, shape, own=own) for piece in _segments(flow)):
                    found.append((flow.id, shape.id))
        return found

    def undocked(self) -> list[str]:
        """Flows that do not begin and end on the edge of the shapes that they lead between."""
        return [
            flow.id
            for flow in self.flows
            if not _on_edge(flow.points[0], self.shapes[flow.source])
            or not _on_edge(flow.points[-1], self.shapes[flow.target])
        ]

    def shared(self) -> list[tuple[str, str]]:
        """Pairs of flows with a stretch in common that do not end in one shape."""
        return [
            (one.id, other.id)
            for one, other in combinations(self.flows, 2)
            if one.target != other.target
            and any(_lie_on(a, b) for a in _segments(one) for b in _segments(other))
        ]

    def crossings(self) -> int:
        """How often flows that do not end in one shape cross."""
        return sum(
            _cross(a, b)
            for one, other in combinations(self.flows, 2)
            if one.target != other.target
            for a in _segments(one)
            for b in _segments(other)
        )

    def faults(self) -> list[str]:
        """What bpmnlint's recommended rules would say of nodes and flows."""
        flows = self.process.findall(f"{BPMN}sequenceFlow")
        pairs = Counter((one.get("sourceRef"), one.get("targetRef")) for one in flows)
        said = [f"doubled flow {pair}" for pair, count in pairs.items() if count > 1]
        blank = 0
        for node in (one for tag in NODES for one in self.process.findall(f"{BPMN}{tag}")):
            known, tag = node.get("id", ""), _tag(node)
            come = sum(one.get("targetRef") == known for one in flows)
            leave = [one for one in flows if one.get("sourceRef") == known]
            gateway = tag == "exclusiveGateway"
            forks = gateway and len(leave) > 1
            typed = node.find(f"{BPMN}signalEventDefinition") is not None
            blank += tag == "startEvent" and not typed
            rules = {
                "begins by itself": tag != "startEvent" and not come,
                "ends by itself": tag != "endEvent" and not leave,
                "joins without a gateway": tag == "task" and come > 1,
                "splits without a gateway": not gateway and len(leave) > 1,
                "joins and forks": forks and come > 1,
                "does nothing": gateway and come == 1 and len(leave) == 1,
                "has no name": (not gateway or forks) and not node.get("name"),
                "has a name": gateway and not forks and bool(node.get("name")),
                "has an answer without a name": forks and not all(one.get("name") for one in leave),
            }
            said += [f"{known} {rule}" for rule, broken in rules.items() if broken]
        return said + ["several blank starts"] * (blank > 1)


def _tag(element: Element) -> str:
    return element.tag.removeprefix(BPMN)


def _bounds(shape: Element) -> tuple[float, float, float, float]:
    bounds = shape.find(f"{DC}Bounds")
    assert bounds is not None
    x, y, w, h = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    return x, y, x + w, y + h


def _segments(flow: Drawn) -> Iterator[Segment]:
    for one, other in zip(flow.points, flow.points[1:], strict=False):
        assert abs(one[0] - other[0]) < 0.11 or abs(one[1] - other[1]) < 0.11, flow.id
        yield one, other


def _span(piece: Segment) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = piece
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _enters(piece: Segment, shape: Drawn, *, own: bool) -> bool:
    left, top, right, bottom = _span(piece)
    x0, y0, x1, y1 = shape.box
    if own and shape.tag != "task":
        # A diamond and a circle leave their box's corners free.
        middle, level = (x0 + x1) / 2, (y0 + y1) / 2
        shrink = 0.2 if left == right or top == bottom else 0.0
        inner = (x1 - x0) / 2 - shrink
        nearest = (min(max(middle, left), right), min(max(level, top), bottom))
        across, down = abs(nearest[0] - middle), abs(nearest[1] - level)
        if shape.tag == "exclusiveGateway":
            return across + down < inner - 0.5
        return across**2 + down**2 < (inner - 0.5) ** 2
    return left < x1 - 0.2 and x0 < right - 0.2 and top < y1 - 0.2 and y0 < bottom - 0.2


def _on_edge(point: Point, shape: Drawn) -> bool:
    x0, y0, x1, y1 = shape.box
    x, y = point
    across, down = abs(x - (x0 + x1) / 2), abs(y - (y0 + y1) / 2)
    half, tall = (x1 - x0) / 2, (y1 - y0) / 2
    if shape.tag == "exclusiveGateway":
        return abs(across + down - half) < 0.6
    if shape.tag in ("startEvent", "endEvent"):
        return abs((across**2 + down**2) ** 0.5 - half) < 0.6
    within = across < half + 0.2 and down < tall + 0.2
    return within and (abs(across - half) < 0.2 or abs(down - tall) < 0.2)


def _lie_on(one: Segment, other: Segment) -> bool:
    a, b = _span(one), _span(other)
    for across, along in ((0, 1), (1, 0)):
        if abs(a[across] - a[across + 2]) < 0.11 and abs(b[across] - b[across + 2]) < 0.11:
            near = abs(a[across] - b[across]) < 0.5
            if near and min(a[along + 2], b[along + 2]) - max(a[along], b[along]) > 0.5:
                return True
    return False


def _cross(one: Segment, other: Segment) -> bool:
    a, b = _span(one), _span(other)
    level, upright = (a, b) if a[1] == a[3] else (b, a)
    if level[1] != level[3] or upright[0] != upright[2]:
        return False
    return (
        level[0] < upright[0] - 0.2
        and upright[0] < level[2] - 0.2
        and upright[1] < level[1] - 0.2
        and level[1] < upright[3] - 0.2
    )
