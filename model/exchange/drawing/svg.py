"""The drawing as SVG 1.1: true text that can be selected and found, shapes that can be counted.

Every step, decision, document and line is a group with a class, ``data-`` attributes that say
what it is of, and a title that a screen reader and a pointer tell.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from model.drawing import Anchor, Kind, Page, Path, Shape, Text
from model.exchange.drawing.fonts import FAMILY
from model.exchange.drawing.look import (
    ARROWS,
    DASHED,
    EDGES,
    FILLS,
    INK,
    PAPER,
    THIN,
    WAVE,
    diamond,
    ink,
    layers,
    line_ink,
    thickness,
)

SVG = "http://www.w3.org/2000/svg"


def svg(pages: Sequence[Page]) -> bytes:
    """The pages under each other, each of its size in millimetres; one page is just that page."""
    width, height = max(page.width for page in pages), sum(page.height for page in pages)
    root = ET.Element(
        "svg",
        {
            "xmlns": SVG,
            "width": f"{_mm(width)}mm",
            "height": f"{_mm(height)}mm",
            "viewBox": f"0 0 {_mm(width)} {_mm(height)}",
            "role": "img",
            "aria-labelledby": "title about",
            "font-family": FAMILY,
        },
    )
    ET.SubElement(root, "title", id="title").text = pages[0].title
    ET.SubElement(root, "desc", id="about").text = " ".join(page.about for page in pages)
    _arrowhead(root)
    y = 0.0
    for page in pages:
        _page(root, page, y, alone=len(pages) == 1)
        y += page.height
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _arrowhead(root: ET.Element) -> None:
    marker = ET.SubElement(
        ET.SubElement(root, "defs"),
        "marker",
        id="arrow",
        viewBox="0 0 6 6",
        refX="6",
        refY="3",
        markerWidth="2.4",
        markerHeight="2.4",
        markerUnits="userSpaceOnUse",
        orient="auto",
    )
    ET.SubElement(marker, "path", d="M0 0.4 6 3 0 5.6z", fill=INK)


def _page(root: ET.Element, page: Page, y: float, *, alone: bool) -> None:
    name = f"page-{page.number}"
    if not alone:
        box = f"0 {_mm(y)} {_mm(page.width)} {_mm(page.height)}"
        ET.SubElement(root, "view", id=f"{name}-view", viewBox=box)
    group = ET.SubElement(root, "g", {"class": "page", "id": name})
    if y:
        group.set("transform", f"translate(0 {_mm(y)})")
    sheet = {"fill": PAPER} | ({} if alone else {"stroke": "#bbbbbb", "stroke-width": "0.2"})
    ET.SubElement(group, "rect", _box(0, 0, page.width, page.height) | sheet)
    for text in page.texts:
        _text(group, text, INK)
    under, over = layers(page)
    for shape in under:
        _shape(group, shape)
    for path in page.paths:
        _path(group, path)
    for shape in over:
        _shape(group, shape)


def _shape(parent: ET.Element, shape: Shape) -> None:
    group = ET.SubElement(parent, "g", {"class": shape.kind, **_data(shape.facts)})
    if shape.about:
        ET.SubElement(group, "title").text = shape.about
    look = {
        "fill": FILLS[shape.kind],
        "stroke": EDGES.get(shape.kind, INK),
        "stroke-width": str(THIN),
    }
    if shape.kind in DASHED:
        look["stroke-dasharray"] = "1.2 0.8"
    tag, outline = _outline(shape)
    ET.SubElement(group, tag, outline | look)
    for text in shape.texts:
        _text(group, text, ink(shape.kind))


def _outline(shape: Shape) -> tuple[str, dict[str, str]]:
    x, y, w, h = shape.x, shape.y, shape.w, shape.h
    match shape.kind:
        case Kind.DECISION | Kind.FORK:
            return "polygon", {"points": _points(diamond(shape))}
        case Kind.DOCUMENT:
            low, middle = y + h - WAVE / 2, x + w / 2
            wave = f"Q{_mm(x + w * 3 / 4)} {_mm(low - WAVE)} {_mm(middle)} {_mm(low)}"
            wave += f"T{_mm(x)} {_mm(low)}"
            top = f"M{_mm(x)} {_mm(y)}H{_mm(x + w)}V{_mm(low)}"
            return "path", {"d": f"{top}{wave}z"}
        case Kind.JUMP | Kind.LANDING:
            r = h / 2
            return "circle", {"cx": _mm(x + r), "cy": _mm(y + r), "r": _mm(r)}
        case Kind.START | Kind.END | Kind.BACK:
            return "rect", _box(x, y, w, h) | {"rx": _mm(h / 2)}
        case _:
            return "rect", _box(x, y, w, h)


def _path(parent: ET.Element, path: Path) -> None:
    group = ET.SubElement(parent, "g", {"class": path.kind, **_data(path.facts)})
    if path.about:
        ET.SubElement(group, "title").text = path.about
    look = {
        "points": _points(path.points),
        "fill": "none",
        "stroke": line_ink(path.kind),
        "stroke-width": str(thickness(path.kind)),
        "stroke-linejoin": "round",
    }
    if path.kind in ARROWS:
        look["marker-end"] = "url(#arrow)"
    if path.kind in DASHED:
        look["stroke-dasharray"] = "1 1"
    ET.SubElement(group, "polyline", look)
    if path.label:
        _text(group, path.label, INK)


def _text(parent: ET.Element, text: Text, colour: str) -> None:
    if not text.lines:
        return
    element = ET.SubElement(
        parent,
        "text",
        {"font-size": _mm(text.size), "fill": colour}
        | ({"text-anchor": text.anchor} if text.anchor is not Anchor.START else {})
        | ({"font-weight": "bold"} if text.bold else {}),
    )
    for at, line in enumerate(text.lines):
        place = {"x": _mm(text.x), "y": _mm(text.y + at * text.step)}
        span = ET.SubElement(element, "tspan", place)
        # The space keeps words of two lines apart where the text is copied.
        span.text = line if line is text.lines[-1] else f"{line} "


def _data(facts: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {f"data-{key}": value for key, value in facts}


def _box(x: float, y: float, w: float, h: float) -> dict[str, str]:
    return {"x": _mm(x), "y": _mm(y), "width": _mm(w), "height": _mm(h)}


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)


def _mm(number: float) -> str:
    """Millimetres to a thousandth, without zeros that say nothing."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"
