"""The drawing of the process as it leaves: SVG to print, PNG for other files, BPMN to redraw."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from offwall.model.documents.diagram.chart import chart
from offwall.model.documents.diagram.pages import pages
from offwall.model.documents.diagram.poster import poster
from offwall.model.documents.diagram.shapes import (
    FAMILY,
    Anchor,
    DrawingPage,
    LinePath,
    LineStyle,
    Shape,
    ShapeKind,
    TextLines,
    own_font,
    xml_file,
)
from offwall.model.documents.diagram.sheet import Size, drawing_title
from offwall.model.process.walk import tier_view
from offwall.model.records import Session
from offwall.model.records.fields import NO_TIER, TierCode

if TYPE_CHECKING:
    from PIL.Image import Image

PAPERS: dict[str, Size] = {"A3": (420.0, 297.0), "A4": (297.0, 210.0)}
"""Width and height in millimetres, lying on the long side."""

LANES = ("roles", "wall")


def drawing_svg(
    session: Session,
    *,
    tier: TierCode = NO_TIER,
    lanes: str = "roles",
    paper: str = "A3",
    printed: dt.date | None = None,
) -> tuple[bytes, ...]:
    """The drawing: first the poster, then a file for each page of the detail.

    With the wall's lanes there is no poster: the first file has all pages. With no ``paper`` there
    is no detail. ``printed`` is the day that the sheets bear.
    """
    size = PAPERS.get(paper)
    found = pages(session, size, tier=tier, lanes=lanes, printed=printed) if size else ()
    wall = lanes == LANES[1]
    first = found if wall else [poster(session, tier=tier, printed=printed)]
    return (to_svg(first), *(to_svg([page]) for page in found if not wall or len(found) > 1))


def drawing_poster(session: Session, *, width: int) -> tuple[bytes, bytes]:
    """The poster as SVG and as PNG, ``width`` pixels broad: the whole process, at a glance."""
    page = poster(session)
    svg = to_svg([page])
    return svg, png(page, svg, width)


def drawn_activities(session: Session, tier: TierCode = NO_TIER) -> int:
    """How many activities a drawing shows."""
    return len(tier_view(session, tier).kept if tier else session.activities)


def drawing_bpmn(session: Session, *, tier: TierCode = NO_TIER) -> bytes:
    """The process in BPMN 2.0, with lanes for roles and a diagram."""
    from offwall.model.documents.diagram.bpmn import bpmn

    return bpmn(session, chart(session, tier), drawing_title(session, tier))


# The drawing as SVG 1.1: true text, shapes that can be counted, fills that stay apart in grey; and
# as a picture of that.

INK = "#1a1a1a"
PAPER = "#ffffff"

FILLS = {
    ShapeKind.STEP: "#fff6d6",
    ShapeKind.DOCUMENT: "#dbe8f7",
    ShapeKind.PEOPLE: "#d5ead6",
    ShapeKind.ISSUES: INK,
    ShapeKind.STAGE: "#d9dde3",
    ShapeKind.FIELD: "#f1f3f6",
    **dict.fromkeys((ShapeKind.DECISION, ShapeKind.FORK, ShapeKind.QUESTION), "#f3c9b8"),
    **dict.fromkeys((ShapeKind.START, ShapeKind.END), "#c4c4c4"),
    **dict.fromkeys((ShapeKind.LANE_NAME, ShapeKind.TAB), "#ededed"),
    **dict.fromkeys((ShapeKind.WORDS, ShapeKind.REMARK), "none"),
}
"""The ground of a shape; paper where nothing is said."""

TINTS = (
    *("#bcd7f0", "#f5cf9f", "#bfe3bd", "#e3c6ea", "#f2e08a", "#f4bcbc"),
    *("#b5e2e2", "#d8d2b8", "#c9c9f2", "#d6e6a0", "#f3c6dd", "#cfd8dc"),
)
"""The colours of tabs, by the number of the role; all as light, so that the names are read."""

BARE = (ShapeKind.WORDS, ShapeKind.REMARK, ShapeKind.LANDING)
"""Words alone, without an outline."""

EDGES = dict.fromkeys((ShapeKind.LANE, ShapeKind.LANE_NAME, ShapeKind.STAGE), "#9a9a9a")
EDGES |= dict.fromkeys((*BARE, ShapeKind.FIELD), "none")
"""Where an edge is not drawn in ink."""

DASHED = {ShapeKind.OPEN, LineStyle.BOUNDARY}
"""What is not firm, or no way of the process."""

BEHIND = {ShapeKind.LANE, ShapeKind.LANE_NAME, ShapeKind.STAGE, ShapeKind.FIELD}
"""What lies under the lines."""

ARROWS = {LineStyle.ROUTE, LineStyle.FLOW, LineStyle.ASKS}

WAVE = 2.4
"""How far a document's lower edge waves, in millimetres at full size."""

THIN, THICK = 0.25, 0.4
"""Millimetres."""


def fill(shape: Shape) -> str:
    """The colour of a shape: a tab's, and that of what explains it, goes by its role."""
    facts = dict(shape.facts)
    tint = facts.get("tint", "none")
    kind = ShapeKind(facts["shows"]) if shape.kind is ShapeKind.KEY else shape.kind
    return TINTS[int(tint)] if tint != "none" else FILLS.get(kind, PAPER)


def ink(kind: ShapeKind) -> str:
    """The colour of the words in a shape."""
    return PAPER if kind is ShapeKind.ISSUES else INK


# Every step, decision, document and line is a group with a class, ``data-`` attributes that say
# what it is of, and a title that a screen reader and a pointer tell.

SVG = "http://www.w3.org/2000/svg"

ARROW = {
    "id": "arrow",
    "viewBox": "0 0 6 6",
    "refX": "6",
    "refY": "3",
    "markerWidth": "2.4",
    "markerHeight": "2.4",
    "markerUnits": "userSpaceOnUse",
    "orient": "auto",
}
"""The head of an arrow, in the attributes of a marker."""


def to_svg(pages: Sequence[DrawingPage]) -> bytes:
    """The pages under each other, each of its size in millimetres; one page is just that page."""
    width, height = max(page.width for page in pages), sum(page.height for page in pages)
    named = {
        "xmlns": SVG,
        "width": f"{_mm(width)}mm",
        "height": f"{_mm(height)}mm",
        "viewBox": f"0 0 {_mm(width)} {_mm(height)}",
        "role": "img",
        "aria-labelledby": "title about",
        "font-family": FAMILY,
    }
    root = ET.Element("svg", named)
    ET.SubElement(root, "title", id="title").text = pages[0].title
    ET.SubElement(root, "desc", id="about").text = " ".join(page.about for page in pages)
    marker = ET.SubElement(ET.SubElement(root, "defs"), "marker", ARROW)
    ET.SubElement(marker, "path", d="M0 0.4 6 3 0 5.6z", fill=INK)
    y = 0.0
    for page in pages:
        _page(root, page, y, alone=len(pages) == 1)
        y += page.height
    return xml_file(root)


def _page(root: ET.Element, page: DrawingPage, y: float, *, alone: bool) -> None:
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
    for shape in page.shapes:
        if shape.kind in BEHIND:
            _shape(group, shape)
    for path in page.paths:
        _path(group, path)
    for shape in page.shapes:
        if shape.kind not in BEHIND:
            _shape(group, shape)


def _shape(parent: ET.Element, shape: Shape) -> None:
    group = _group(parent, shape)
    look = {"fill": fill(shape), "stroke": EDGES.get(shape.kind, INK), "stroke-width": str(THIN)}
    if shape.kind in DASHED:
        look["stroke-dasharray"] = "1.2 0.8"
    tag, outline = _outline(shape)
    if shape.kind not in BARE:
        ET.SubElement(group, tag, outline | look)
    for text in shape.texts:
        _text(group, text, ink(shape.kind))


def _outline(shape: Shape) -> tuple[str, dict[str, str]]:
    x, y, w, h = shape.x, shape.y, shape.w, shape.h
    match shape.kind:
        case ShapeKind.DECISION | ShapeKind.FORK:
            middle, level = x + w / 2, y + h / 2
            corners = (x, level), (middle, y), (x + w, level), (middle, y + h)
            return "polygon", {"points": _points(corners)}
        case ShapeKind.QUESTION:
            near, far, level = x + h * 0.3, x + w - h * 0.3, y + h / 2
            upper, lower = ((near, y), (far, y)), ((far, y + h), (near, y + h))
            return "polygon", {"points": _points(((x, level), *upper, (x + w, level), *lower))}
        case ShapeKind.DOCUMENT:
            low, middle = y + h - WAVE / 2, x + w / 2
            wave = f"Q{_mm(x + w * 3 / 4)} {_mm(low - WAVE)} {_mm(middle)} {_mm(low)}"
            wave += f"T{_mm(x)} {_mm(low)}"
            top = f"M{_mm(x)} {_mm(y)}H{_mm(x + w)}V{_mm(low)}"
            return "path", {"d": f"{top}{wave}z"}
        case ShapeKind.START | ShapeKind.END | ShapeKind.BACK | ShapeKind.JUMP:
            return "rect", _box(x, y, w, h) | {"rx": _mm(h / 2)}
        case _:
            return "rect", _box(x, y, w, h)


def _path(parent: ET.Element, path: LinePath) -> None:
    group = _group(parent, path)
    arrow = path.kind in ARROWS
    look = {
        "points": _points(path.points),
        "fill": "none",
        "stroke": INK if arrow else "#6b6b6b",
        "stroke-width": str(THICK if arrow else THIN),
        "stroke-linejoin": "round",
    }
    if arrow:
        look["marker-end"] = "url(#arrow)"
    if path.kind in DASHED:
        look["stroke-dasharray"] = "1 1"
    ET.SubElement(group, "polyline", look)
    if path.label:
        _text(group, path.label, INK)


def _text(parent: ET.Element, text: TextLines, colour: str) -> None:
    if not text.lines:
        return
    look = {"font-size": _mm(text.size), "fill": colour}
    look |= {"text-anchor": text.anchor} if text.anchor is not Anchor.START else {}
    look |= {"font-weight": "bold"} if text.bold else {}
    element = ET.SubElement(parent, "text", look)
    for at, line in enumerate(text.lines):
        y = text.y + at * text.step
        span = ET.SubElement(element, "tspan", x=_mm(text.x), y=_mm(y))
        # The space keeps words of two lines apart where the text is copied.
        span.text = line if line is text.lines[-1] else f"{line} "


def _group(parent: ET.Element, one: Shape | LinePath) -> ET.Element:
    data = {f"data-{key}": value for key, value in one.facts}
    group = ET.SubElement(parent, "g", {"class": one.kind} | data)
    if one.about:
        ET.SubElement(group, "title").text = one.about
    return group


def _box(x: float, y: float, w: float, h: float) -> dict[str, str]:
    return {"x": _mm(x), "y": _mm(y), "width": _mm(w), "height": _mm(h)}


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)


def _mm(number: float) -> str:
    """Millimetres to a thousandth, without zeros that say nothing."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"


# The same as a picture, for files that hold no SVG: resvg draws the very SVG.

OWN = "Aileron"
"""The family of Pillow's own font; it has the letters of English and no bold ones."""

OF_ITS_WIDTH = (
    *("arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc"),
    "NimbusSans-Regular.otf",
)
"""The files of the families that the drawing names, on one system or another."""

SYSTEM = (*OF_ITS_WIDTH, "DejaVuSans.ttf", "NotoSans-Regular.ttf")
"""These, and others that have the letters which Pillow's lacks."""

BOLD = "".join(
    f'text[font-weight="bold"][fill="{ink}"] {{ stroke: {ink}; stroke-width: 0.045em }}'
    for ink in (INK, PAPER)
)
"""Pillow's font has no bold letters: theirs are drawn thicker."""


def png(page: DrawingPage, svg: bytes, width: int) -> bytes:
    """The page, of which this is the SVG, as a PNG, ``width`` pixels broad."""
    import resvg_py
    from PIL import Image

    text = svg.decode()
    with TemporaryDirectory() as folder:
        # resvg draws no letter of a family that it does not find: one is there always.
        font = Path(folder, "own.ttf")
        font.write_bytes(own_font().path.getvalue())
        drawn = resvg_py.svg_to_bytes(
            svg_string=text if there(SYSTEM) else bare(text),
            width=width,
            dpi=96,
            background=PAPER,
            font_files=[str(font)],
            sans_serif_family=OWN,
            style_sheet=None if there(OF_ITS_WIDTH) else BOLD,
        )
    # Its last row is a part of one.
    height = max(1, round(width * page.height / page.width))
    picture = Image.open(BytesIO(bytes(drawn))).convert("RGB").crop((0, 0, width, height))
    out = BytesIO()
    _with_palette(picture).save(out, "PNG")
    return out.getvalue()


@cache
def there(files: tuple[str, ...]) -> bool:
    """Whether this machine has one of these fonts."""
    from PIL import ImageFont

    for name in files:
        with suppress(OSError):
            return bool(ImageFont.truetype(name))
    return False


def bare(text: str) -> str:
    """The text, or the SVG, in letters without accents, as Pillow's own font has them alone."""
    found = unicodedata.normalize("NFKD", text.replace("£", "GBP "))
    found = "".join(mark for mark in found if not unicodedata.combining(mark))
    return "".join(mark if " " <= mark <= "~" or mark == "\n" else "?" for mark in found)


def _with_palette(picture: "Image") -> "Image":
    """The same with a palette, which halves the file: a map has a few hundred colours.

    It is made of those that most of it has. Pillow takes one beside white for white, so each place
    in it is given what most of its dots are.
    """
    from PIL import Image

    found = sorted(picture.getcolors(picture.width * picture.height) or (), reverse=True)
    colours = [bytes(colour) for _, colour in found if isinstance(colour, tuple)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(colours[:256]))
    each = Image.frombytes("RGB", (len(colours), 1), b"".join(colours))
    taken = each.quantize(palette=palette, dither=Image.Dither.NONE).tobytes()
    meant = dict(zip(reversed(taken), reversed(colours), strict=True))
    made = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    made.putpalette(b"".join(meant.get(place, b"\0\0\0") for place in range(256)))
    return made
