"""The process in BPMN 2.0 (ISO/IEC 19510), with its diagram interchange, for those who go on
drawing it.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from offwall.model.documents.diagram.shapes import (
    DIAMONDS,
    DrawingPart,
    LinePath,
    LineStyle,
    Point,
    Shape,
    ShapeKind,
)

# Where the elements of a BPMN file stand: the diagram interchange of the standard, in pixels.
#
# Gateways, events and data objects have the sizes that BPMN tools give them, with their names
# beside them; tasks, lanes and lines stand as in the drawing.

PIXELS = 4.0
"""Pixels of a millimetre: a task's words are then as large as BPMN tools write them."""

POOL = 30.0
"""The width of a pool's name."""

EVENT, GATEWAY, PAPER = 36.0, 50.0, (28.0, 36.0)
LETTERS = 14.0
"""The height of a line of a name."""


class Diagram:
    """The plane, and all that is on it."""

    def __init__(self) -> None:
        self.element = ET.Element("bpmndi:BPMNDiagram", id="Diagram")
        self._plane = ET.SubElement(
            self.element, "bpmndi:BPMNPlane", id="Plane", bpmnElement="Collaboration"
        )

    def pool(self, known: str, part: DrawingPart) -> None:
        """The pool around all lanes."""
        lanes = [one for one in part.shapes if one.kind is ShapeKind.LANE]
        top = min((one.y for one in lanes), default=0) * PIXELS
        bottom = max((one.bottom for one in lanes), default=60) * PIXELS
        width = max(part.width, 150) * PIXELS
        self._shape(known, (-POOL, top, width + POOL, bottom - top), isHorizontal="true")

    def lane(self, known: str, shape: Shape) -> None:
        """A lane, from left to right."""
        self._shape(known, _pixels(shape), isHorizontal="true")

    def group(self, known: str, shape: Shape, part: DrawingPart) -> None:
        """A stage: from its name down over all lanes."""
        x, y, w, _ = _pixels(shape)
        element = self._shape(known, (x, y, w, part.height * PIXELS - y))
        _label(element, (x, y + 4, w, LETTERS))

    def node(self, known: str, shape: Shape, name: str) -> None:
        """A task, an event or a gateway."""
        x, y, w, h = _pixels(shape)
        if shape.kind is ShapeKind.STEP:
            self._shape(known, (x, y, w, h))
            return
        box = _box(shape)
        marked = {"isMarkerVisible": "true"} if shape.kind in DIAMONDS else {}
        element = self._shape(known, box, **marked)
        if shape.kind in DIAMONDS:
            lines = max(1, sum(len(text.lines) for text in shape.texts))
            _label(element, (x, box[1] + GATEWAY + 4, w, lines * LETTERS))
        elif name:
            right = box[0] + EVENT + 4
            height = max(LETTERS, sum(len(text.lines) for text in shape.texts) * LETTERS)
            _label(element, (right, y + (h - height) / 2, max(x + w - right, 30), height))

    def document(self, known: str, shape: Shape, name: str) -> None:
        """A data object, its name beside it."""
        x, y, w, h = _pixels(shape)
        element = self._shape(known, _box(shape))
        if name:
            _label(element, (x + PAPER[0] + 6, y, w - PAPER[0] - 6, h))

    def tie(self, known: str, step: Shape, paper: Shape) -> None:
        """From a task down along its documents to one of them."""
        x, y, _, h = _box(paper)
        left = step.x * PIXELS + 3
        self._edge(known, [(left, step.bottom * PIXELS), (left, y + h / 2), (x, y + h / 2)])

    def flow(self, known: str, path: LinePath, source: Shape, target: Shape) -> None:
        """A sequence flow, led to the edges of what is smaller here than in the drawing."""
        points = [(x * PIXELS, y * PIXELS) for x, y in path.points]
        if source.kind in DIAMONDS:
            x, _, w, _ = _box(source)
            points[0] = x + w, points[0][1]
        elif source.kind is ShapeKind.START:
            _, y, _, h = _box(source)
            points[0] = points[0][0], y + h
        if target.kind in DIAMONDS:
            points[-1] = _box(target)[0], points[-1][1]
        edge = self._edge(known, points)
        if path.label:
            text = path.label
            top = (text.y - text.size) * PIXELS
            wide = max(text.room * PIXELS * 1.1, 20)
            _label(edge, (text.x * PIXELS, top, wide, len(text.lines) * LETTERS))

    def _shape(self, known: str, box: tuple[float, float, float, float], **more: str) -> ET.Element:
        named = {"id": f"{known}_di", "bpmnElement": known}
        element = ET.SubElement(self._plane, "bpmndi:BPMNShape", named | more)
        _bounds(element, box)
        return element

    def _edge(self, known: str, points: Iterable[Point]) -> ET.Element:
        element = ET.SubElement(self._plane, "bpmndi:BPMNEdge", id=f"{known}_di", bpmnElement=known)
        for x, y in points:
            ET.SubElement(element, "di:waypoint", x=_number(x), y=_number(y))
        return element


def _box(shape: Shape) -> tuple[float, float, float, float]:
    """Where a gateway, an event or a data object stands: around the middle, or on the left."""
    x, y, w, h = _pixels(shape)
    if shape.kind in DIAMONDS:
        return x + (w - GATEWAY) / 2, y + (h - GATEWAY) / 2, GATEWAY, GATEWAY
    if shape.kind is ShapeKind.DOCUMENT:
        return x, y + (h - PAPER[1]) / 2, *PAPER
    if shape.kind is ShapeKind.START:
        return x + (w - EVENT) / 2, y + (h - EVENT) / 2, EVENT, EVENT
    return x, y + (h - EVENT) / 2, EVENT, EVENT


def _pixels(shape: Shape) -> tuple[float, float, float, float]:
    return shape.x * PIXELS, shape.y * PIXELS, shape.w * PIXELS, shape.h * PIXELS


def _label(element: ET.Element, box: tuple[float, float, float, float]) -> None:
    _bounds(ET.SubElement(element, "bpmndi:BPMNLabel"), box)


def _bounds(element: ET.Element, box: tuple[float, float, float, float]) -> None:
    x, y, w, h = map(_number, box)
    # Bounds come before a label, as the schema has it.
    element.insert(0, ET.Element("dc:Bounds", x=x, y=y, width=w, height=h))


def _number(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")


# The process in BPMN 2.0 (ISO/IEC 19510), with a diagram, for those who go on drawing it.
#
# A pool with a lane for each role that leads; a task for each activity, an exclusive gateway for
# each decision, a data object for each document on an activity, a group for each stage. What leads
# out of the map, to words or back to whoever asked, ends in an end event of that name.

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = {
    "xmlns": BPMN,
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "id": "Definitions",
    "targetNamespace": "http://bpmn.io/schema/bpmn",
    "exporter": "Offwall",
}

TAGS = {
    ShapeKind.STEP: "task",
    ShapeKind.DECISION: "exclusiveGateway",
    ShapeKind.FORK: "exclusiveGateway",
    ShapeKind.START: "startEvent",
    ShapeKind.END: "endEvent",
    ShapeKind.BACK: "endEvent",
    ShapeKind.OPEN: "endEvent",
}
"""What a shape is in BPMN."""


def bpmn(part: DrawingPart, title: str) -> bytes:
    """The process as one file; ``part`` is all of it in one strip."""
    root = ET.Element("definitions", SPACES)
    writer = _BpmnWriter(root, title)
    writer.write(part)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


class _BpmnWriter:
    """Writes the elements, numbered as they come, and has the diagram drawn beside them."""

    def __init__(self, root: ET.Element, title: str) -> None:
        self._root = root
        pool = ET.SubElement(root, "collaboration", id="Collaboration")
        ET.SubElement(pool, "participant", id="Pool", name=title, processRef="Process")
        self._process = ET.SubElement(root, "process", id="Process", isExecutable="false")
        self._diagram = Diagram()
        self._nodes: dict[str, tuple[ET.Element, Shape]] = {}
        self._steps: dict[str, str] = {}
        self._decisions: dict[str, str] = {}
        self._ends: dict[Point, str] = {}
        self._start = ""
        self._artifacts: list[ET.Element] = []

    def write(self, part: DrawingPart) -> None:
        """Pool, lanes, nodes, flows, documents, stages: the order of the schema."""
        self._diagram.pool("Pool", part)
        shapes = part.shapes
        lanes = self._lanes([one for one in shapes if one.kind is ShapeKind.LANE])
        for number, shape in enumerate((one for one in shapes if one.kind in TAGS), 1):
            self._node(f"{TAGS[shape.kind]}_{number}", shape, lanes)
        for number, path in enumerate(part.paths, 1):
            self._flow(f"Flow_{number}", path)
        papers = [one for one in shapes if one.kind is ShapeKind.DOCUMENT]
        self._documents(papers)
        self._stages([one for one in shapes if one.kind is ShapeKind.STAGE], part)
        self._process.extend(self._artifacts)
        self._root.append(self._diagram.element)

    def _lanes(self, shapes: list[Shape]) -> list[tuple[ET.Element, Shape]]:
        """Each lane with its shape."""
        if not shapes:
            return []
        held = ET.SubElement(self._process, "laneSet", id="Lanes")
        found = []
        for number, shape in enumerate(shapes, 1):
            lane = ET.SubElement(held, "lane", id=f"Lane_{number}", name=shape.about)
            self._diagram.lane(f"Lane_{number}", shape)
            found.append((lane, shape))
        return found

    def _node(self, known: str, shape: Shape, lanes: list[tuple[ET.Element, Shape]]) -> None:
        words = "" if shape.kind in (ShapeKind.STEP, *DIAMONDS) else _said(shape)
        facts = dict(shape.facts)
        element = ET.SubElement(
            self._process, TAGS[shape.kind], id=known, name=facts.get("text", words)
        )
        if shape.about:
            ET.SubElement(element, "documentation").text = shape.about
        self._nodes[known] = element, shape
        middle = shape.y + shape.h / 2
        for lane, around in lanes:
            if around.y <= middle < around.bottom:
                ET.SubElement(lane, "flowNodeRef").text = known
        match shape.kind:
            case ShapeKind.STEP:
                self._steps[facts["id"]] = known
            case ShapeKind.DECISION | ShapeKind.FORK:
                self._decisions[facts["of"]] = known
            case ShapeKind.START:
                self._start = known
            case _:
                self._ends[_near((shape.x, middle))] = known
        self._diagram.node(known, shape, facts.get("text", words))

    def _flow(self, known: str, path: LinePath) -> None:
        """A way, or the short lines to a decision and from the start."""
        facts = dict(path.facts)
        if path.kind in (LineStyle.ROUTE, LineStyle.FLOW):
            source = self._decisions.get(facts["from"]) or self._steps[facts["from"]]
            target = self._steps.get(facts["to"]) or self._ends[_near(path.points[-1])]
        elif path.kind is LineStyle.ASKS and "of" in facts:
            source, target = self._steps[facts["of"]], self._decisions[facts["of"]]
        elif path.kind is LineStyle.ASKS and "start" in facts:
            source, target = self._start, self._steps[facts["start"]]
        else:
            return
        named = {"name": facts["answer"]} if facts.get("answer") else {}
        ends = {"sourceRef": source, "targetRef": target}
        ET.SubElement(self._process, "sequenceFlow", {"id": known} | named | ends)
        leaving, coming = self._nodes[source][0], self._nodes[target][0]
        _refer(leaving, "outgoing", known)
        _refer(coming, "incoming", known)
        self._diagram.flow(known, path, self._nodes[source][1], self._nodes[target][1])

    def _documents(self, shapes: Iterable[Shape]) -> None:
        """The documents; whether a step reads or makes one is not known, so no arrow says it."""
        for number, shape in enumerate(shapes, 1):
            facts = dict(shape.facts)
            paper, thing, line = (f"{word}_{number}" for word in ("Document", "Data", "Tie"))
            ET.SubElement(self._process, "dataObject", id=thing)
            ET.SubElement(
                self._process,
                "dataObjectReference",
                id=paper,
                name=facts["name"],
                dataObjectRef=thing,
            )
            self._diagram.document(paper, shape, facts["name"])
            step = self._steps[facts["of"]]
            ends = {"id": line, "sourceRef": step, "targetRef": paper}
            self._artifacts.append(ET.Element("association", ends))
            self._diagram.tie(line, self._nodes[step][1], shape)

    def _stages(self, shapes: list[Shape], part: DrawingPart) -> None:
        """A group around each stage, named by a value of a category, as the standard has it."""
        if not shapes:
            return
        category = ET.SubElement(self._root, "category", id="Stages")
        for number, shape in enumerate(shapes, 1):
            name, group = f"StageName_{number}", f"Stage_{number}"
            ET.SubElement(category, "categoryValue", id=name, value=shape.about)
            self._artifacts.append(ET.Element("group", id=group, categoryValueRef=name))
            self._diagram.group(group, shape, part)


def _refer(element: ET.Element, tag: str, known: str) -> None:
    """Say in a node which flow comes or leaves: those that come first, as the schema wants it."""
    reference = ET.Element(tag)
    reference.text = known
    first = sum(child.tag == "documentation" for child in element)
    incoming = sum(child.tag == "incoming" for child in element)
    element.insert(first + incoming if tag == "incoming" else len(element), reference)


def _said(shape: Shape) -> str:
    return " ".join(line for text in shape.texts for line in text.lines)


def _near(point: Point) -> Point:
    return round(point[0], 2), round(point[1], 2)
