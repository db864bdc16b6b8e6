"""The process in BPMN 2.0 (ISO/IEC 19510), with its diagram interchange, for those who go on
drawing it.

A pool with a row for each stage and in it a lane for each role that leads; a task for each
activity, an exclusive gateway for each decision and before each task that several ways come to, a
data object for each document. What leads out of the map, to words or back to whoever asked, ends in
an end event of that name. Ids come from the records, so that the next export can be compared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from offwall.model.documents.diagram.chart import Chart, ChartStep
from offwall.model.documents.diagram.flow_nodes import (
    PAPER,
    Box,
    FlowLine,
    FlowNode,
    FlowSheet,
)
from offwall.model.documents.diagram.shapes import Point, drawable_text, xml_file
from offwall.model.process.walk import treatment
from offwall.model.records import Session
from offwall.model.records.text import free_name

NAME = 30.0
"""The width of the name of a pool or a lane."""

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


def bpmn(session: Session, chart: Chart, title: str) -> bytes:
    """The process as one file; ``chart`` is what is drawn of the session."""
    root = ET.Element("definitions", SPACES)
    _BpmnWriter(root, session, chart, title).write(FlowSheet(chart))
    return xml_file(root)


class _BpmnWriter:
    """Writes the elements in the order of the schema, and the diagram beside them."""

    def __init__(self, root: ET.Element, session: Session, chart: Chart, title: str) -> None:
        self._root, self._session, self._chart = root, session, chart
        self._ids: dict[tuple[str, ...], str] = {}
        pool = ET.SubElement(root, "collaboration", id="Collaboration")
        ET.SubElement(pool, "participant", id="Pool", name=title, processRef="Process")
        self._process = ET.SubElement(root, "process", id="Process", isExecutable="false")
        self._diagram = ET.Element("bpmndi:BPMNDiagram", id="Diagram")
        self._plane = ET.SubElement(
            self._diagram, "bpmndi:BPMNPlane", id="Plane", bpmnElement="Collaboration"
        )

    def write(self, sheet: FlowSheet) -> None:
        """Pool, rows and lanes, nodes, flows, documents."""
        width, height = max(sheet.width, 400.0), max(sheet.height, 120.0)
        self._shape("Pool", (-3 * NAME, 0, width + 3 * NAME, height), isHorizontal="true")
        self._rows(sheet, width)
        elements = {known: self._node(node) for known, node in sheet.nodes.items()}
        for line in sheet.lines:
            self._flow(line, elements)
        self._documents(sheet)
        self._root.append(self._diagram)

    def _id(self, *parts: str) -> str:
        """An XML name made of words and records' ids: the same for the same, and for no other."""
        if parts not in self._ids:
            wanted = "_".join(re.sub(r"[^A-Za-z0-9.-]", "_", part) for part in parts)
            self._ids[parts] = free_name(wanted, set(self._ids.values()), "_")
        return self._ids[parts]

    def _rows(self, sheet: FlowSheet, width: float) -> None:
        if not sheet.rows:
            return
        held = ET.SubElement(self._process, "laneSet", id="Lanes")
        for row in sheet.rows:
            known = self._id("Row", row.stage, str(row.part))
            more = ", continued" if row.part > 1 else ""
            name = drawable_text(self._chart.stages[row.stage]) + more
            outer = ET.SubElement(held, "lane", id=known, name=name)
            nodes = [node for node in sheet.nodes.values() if node.step in row.steps]
            self._refer_to(outer, nodes)
            _, y, _, height = row.box
            self._shape(known, (-2 * NAME, y, width + 2 * NAME, height), isHorizontal="true")
            inner = ET.SubElement(outer, "childLaneSet", id=self._id("Lanes", known))
            for role, (_, y, _, height) in row.lanes.items():
                known = self._id("Lane", row.stage, str(row.part), role)
                name = drawable_text(self._chart.lanes.get(role, role))
                lane = ET.SubElement(inner, "lane", id=known, name=name)
                self._refer_to(lane, [node for node in nodes if node.step.lane == role])
                self._shape(known, (-NAME, y, width + NAME, height), isHorizontal="true")

    def _refer_to(self, lane: ET.Element, nodes: Sequence[FlowNode]) -> None:
        for node in nodes:
            ET.SubElement(lane, "flowNodeRef").text = self._id("Node", node.id)

    def _node(self, node: FlowNode) -> ET.Element:
        known = self._id("Node", node.id)
        named = {"name": node.name} if node.name else {}
        element = ET.SubElement(self._process, node.tag, {"id": known} | named)
        told = self._about(node)
        said = ((what, ", ".join(map(drawable_text, filter(None, texts)))) for what, texts in told)
        if about := "\n".join(f"{what}: {words}" for what, words in said if words):
            ET.SubElement(element, "documentation").text = about
        if node.tag == "startEvent" and node.step.id != self._chart.first:
            # A process has one start of no kind; what begins beside it begins at a signal.
            ET.SubElement(element, "signalEventDefinition", id=self._id("Signal", node.id))
        more = {"isMarkerVisible": "true"} if node.tag == "exclusiveGateway" else {}
        _label(self._shape(known, node.box, **more), node.label)
        return element

    def _about(self, node: FlowNode) -> Iterator[tuple[str, list[str]]]:
        step, activity, names = node.step, node.step.activity, self._chart.lanes
        if node.id.startswith("Decision"):
            decides = activity.decided_by or activity.accountable
            yield "Decided by", _called(names, decides)
            yield "Limit", [activity.limit]
        if node.tag != "task":
            return
        yield "Lead (responsible)", [names.get(activity.lead, activity.lead)]
        yield "Also responsible", _called(names, *activity.also)
        yield "Accountable", _called(names, activity.accountable)
        yield "Consulted", _called(names, *activity.consulted)
        yield "Informed", _called(names, *activity.informed)
        yield "Timescale", [activity.timescale]
        tiers = (
            (tier, treatment(self._session, activity, tier.code)) for tier in self._session.tiers
        )
        yield "Tiers", [f"{one.name or one.code}: {how}" for one, how in tiers]
        yield "Issues", [step.codes]
        yield "Open point", [activity.open_point]
        yield "Status", [step.remark]

    def _flow(self, line: FlowLine, elements: dict[str, ET.Element]) -> None:
        known = self._id("Flow", line.start, line.goal)
        named = {"name": line.name} if line.name else {}
        ends = {"sourceRef": self._id("Node", line.start), "targetRef": self._id("Node", line.goal)}
        ET.SubElement(self._process, "sequenceFlow", {"id": known} | named | ends)
        _refer(elements[line.start], "outgoing", known)
        _refer(elements[line.goal], "incoming", known)
        _label(self._edge(known, line.points), line.label)

    def _documents(self, sheet: FlowSheet) -> None:
        """A document of several activities is one thing, referred to at each of them."""
        # Whether a step reads or makes one is not known, so no arrow says it.
        things: dict[str, str] = {}
        ties: list[tuple[ChartStep, str, int, Box]] = []
        for step in self._chart.steps:
            for number, (said, (x, y, width, height)) in enumerate(sheet.papers(step), 1):
                name, box = drawable_text(said), (x, y + (height - PAPER[1]) / 2, *PAPER)
                label = (x + PAPER[0] + 6, y, width - PAPER[0] - 6, height)
                if name not in things:
                    things[name] = self._id("Data", name)
                    ET.SubElement(self._process, "dataObject", id=things[name])
                known = self._id("Document", step.id, str(number))
                named = {"id": known, "name": name, "dataObjectRef": things[name]}
                ET.SubElement(self._process, "dataObjectReference", named)
                _label(self._shape(known, box), label)
                ties.append((step, known, number, box))
        # From a task down along its documents to each of them.
        for step, paper, number, box in ties:
            task, known = f"Task_{step.id}", self._id("Tie", step.id, str(number))
            ends = {"id": known, "sourceRef": self._id("Node", task), "targetRef": paper}
            ET.SubElement(self._process, "association", ends)
            x, y, _, height = sheet.nodes[task].box
            middle = box[1] + PAPER[1] / 2
            self._edge(known, [(x + 6, y + height), (x + 6, middle), (box[0], middle)])

    def _shape(self, known: str, box: Box, **more: str) -> ET.Element:
        named = {"id": f"{known}_di", "bpmnElement": known}
        element = ET.SubElement(self._plane, "bpmndi:BPMNShape", named | more)
        _bounds(element, box)
        return element

    def _edge(self, known: str, points: Iterable[Point]) -> ET.Element:
        element = ET.SubElement(self._plane, "bpmndi:BPMNEdge", id=f"{known}_di", bpmnElement=known)
        for x, y in points:
            ET.SubElement(element, "di:waypoint", x=_number(x), y=_number(y))
        return element


def _called(names: Mapping[str, str], *codes: str) -> list[str]:
    return [names.get(code, code) for code in codes if code]


def _label(element: ET.Element, box: Box | None) -> None:
    if box:
        _bounds(ET.SubElement(element, "bpmndi:BPMNLabel"), box)


def _bounds(element: ET.Element, box: Box) -> None:
    x, y, w, h = map(_number, box)
    # Bounds come before a label, as the schema has it.
    element.insert(0, ET.Element("dc:Bounds", x=x, y=y, width=w, height=h))


def _number(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")


def _refer(element: ET.Element, tag: str, known: str) -> None:
    """Say in a node which flow comes or leaves: those that come first, as the schema wants it."""
    reference = ET.Element(tag)
    reference.text = known
    before = ("documentation", "incoming") if tag == "incoming" else ("signalEventDefinition",)
    place = sum(child.tag in before for child in element)
    element.insert(place if tag == "incoming" else len(element) - place, reference)
