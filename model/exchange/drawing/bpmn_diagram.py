"""Where the elements of a BPMN file stand: the diagram interchange of the standard, in pixels.

Gateways, events and data objects have the sizes that BPMN tools give them, with their names
beside them; tasks, lanes and lines stand as in the drawing.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from model.drawing import DIAMONDS, Kind, Part, Path, Point, Shape

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

    def pool(self, known: str, part: Part) -> None:
        """The pool around all lanes."""
        lanes = [one for one in part.shapes if one.kind is Kind.LANE]
        top = min((one.y for one in lanes), default=0) * PIXELS
        bottom = max((one.bottom for one in lanes), default=60) * PIXELS
        width = max(part.width, 150) * PIXELS
        self._shape(known, (-POOL, top, width + POOL, bottom - top), isHorizontal="true")

    def lane(self, known: str, shape: Shape) -> None:
        """A lane, from left to right."""
        self._shape(known, _pixels(shape), isHorizontal="true")

    def group(self, known: str, shape: Shape, part: Part) -> None:
        """A stage: from its name down over all lanes."""
        x, y, w, _ = _pixels(shape)
        element = self._shape(known, (x, y, w, part.height * PIXELS - y))
        _label(element, (x, y + 4, w, LETTERS))

    def node(self, known: str, shape: Shape, name: str) -> None:
        """A task, an event or a gateway."""
        x, y, w, h = _pixels(shape)
        if shape.kind is Kind.STEP:
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

    def flow(self, known: str, path: Path, source: Shape, target: Shape) -> None:
        """A sequence flow, led to the edges of what is smaller here than in the drawing."""
        points = [(x * PIXELS, y * PIXELS) for x, y in path.points]
        if source.kind in DIAMONDS:
            x, _, w, _ = _box(source)
            points[0] = x + w, points[0][1]
        elif source.kind is Kind.START:
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
    if shape.kind is Kind.DOCUMENT:
        return x, y + (h - PAPER[1]) / 2, *PAPER
    if shape.kind is Kind.START:
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
