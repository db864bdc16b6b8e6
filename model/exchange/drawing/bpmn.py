"""The process in BPMN 2.0 (ISO/IEC 19510), with a diagram, for those who go on drawing it.

A pool with a lane for each role that leads; a task for each activity, an exclusive gateway for
each decision, a data object for each document on an activity, a group for each stage. What leads
out of the map, to words or back to whoever asked, ends in an end event of that name.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from model.drawing import DIAMONDS, Kind, Line, Part, Path, Point, Shape
from model.exchange.drawing.bpmn_diagram import Diagram

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
    Kind.STEP: "task",
    Kind.DECISION: "exclusiveGateway",
    Kind.FORK: "exclusiveGateway",
    Kind.START: "startEvent",
    Kind.END: "endEvent",
    Kind.BACK: "endEvent",
    Kind.OPEN: "endEvent",
}
"""What a shape is in BPMN."""


def bpmn(part: Part, title: str) -> bytes:
    """The process as one file; ``part`` is all of it in one strip."""
    root = ET.Element("definitions", SPACES)
    writer = _Writer(root, title)
    writer.write(part)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


class _Writer:
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

    def write(self, part: Part) -> None:
        """Pool, lanes, nodes, flows, documents, stages: the order of the schema."""
        self._diagram.pool("Pool", part)
        shapes = part.shapes
        lanes = self._lanes([one for one in shapes if one.kind is Kind.LANE])
        for number, shape in enumerate((one for one in shapes if one.kind in TAGS), 1):
            self._node(f"{TAGS[shape.kind]}_{number}", shape, lanes)
        for number, path in enumerate(part.paths, 1):
            self._flow(f"Flow_{number}", path)
        papers = [one for one in shapes if one.kind is Kind.DOCUMENT]
        self._documents(papers)
        self._stages([one for one in shapes if one.kind is Kind.STAGE], part)
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
        words = "" if shape.kind in (Kind.STEP, *DIAMONDS) else _said(shape)
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
            case Kind.STEP:
                self._steps[facts["id"]] = known
            case Kind.DECISION | Kind.FORK:
                self._decisions[facts["of"]] = known
            case Kind.START:
                self._start = known
            case _:
                self._ends[_near((shape.x, middle))] = known
        self._diagram.node(known, shape, facts.get("text", words))

    def _flow(self, known: str, path: Path) -> None:
        """A way, or the short lines to a decision and from the start."""
        facts = dict(path.facts)
        if path.kind in (Line.ROUTE, Line.FLOW):
            source = self._decisions.get(facts["from"]) or self._steps[facts["from"]]
            target = self._steps.get(facts["to"]) or self._ends[_near(path.points[-1])]
        elif path.kind is Line.ASKS and "of" in facts:
            source, target = self._steps[facts["of"]], self._decisions[facts["of"]]
        elif path.kind is Line.ASKS and "start" in facts:
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

    def _stages(self, shapes: list[Shape], part: Part) -> None:
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
