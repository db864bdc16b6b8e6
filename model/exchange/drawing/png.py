"""The drawing as a picture, for files that hold no SVG: Pillow draws the same shapes.

Lines are drawn at twice the size and the picture then halved, so that they have no steps.
"""

from io import BytesIO
from itertools import pairwise
from typing import Any

from model.drawing import Anchor, Kind, Page, Path, Shape, Text
from model.exchange.drawing.fonts import font, readable
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

SMOOTH = 2
"""How much larger than the picture everything is drawn."""

MOST = 12_000
"""Pixels of an edge while it is drawn; a picture beyond that is drawn without smoothing."""

ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}
"""Where text stands, in Pillow's words: s is the base line."""


def png(page: Page, width: int) -> bytes:
    """The page as a PNG, ``width`` pixels broad."""
    from PIL import Image, ImageDraw

    height = max(1, round(width * page.height / page.width))
    times = SMOOTH if max(width, height) * SMOOTH <= MOST else 1
    image = Image.new("RGB", (width * times, height * times), PAPER)
    _Brush(ImageDraw.Draw(image), width * times / page.width).page(page)
    if times > 1:
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Brush:
    """Draws millimetres as pixels."""

    def __init__(self, draw: Any, scale: float) -> None:
        self._draw, self._scale = draw, scale

    def page(self, page: Page) -> None:
        """Lanes, then lines, then boxes, then words."""
        under, over = layers(page)
        for shape in under:
            self._shape(shape)
        for path in page.paths:
            self._path(path)
        for shape in over:
            self._shape(shape)
        for text in page.texts:
            self._text(text, INK)

    def _points(self, points: Any) -> list[tuple[float, float]]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def _shape(self, shape: Shape) -> None:
        x, y, w, h = shape.x, shape.y, shape.w, shape.h
        box = [value for point in self._points(((x, y), (x + w, y + h))) for value in point]
        wide = max(1, round(THIN * self._scale))
        look = {
            "fill": FILLS[shape.kind],
            "outline": EDGES.get(shape.kind, INK),
            "width": wide,
        }
        match shape.kind:
            case Kind.DECISION | Kind.FORK:
                self._draw.polygon(self._points(diamond(shape)), **look)
            case Kind.DOCUMENT:
                edge = self._points(_waved(shape))
                self._draw.polygon(edge, fill=look["fill"])
                # Pillow's polygon leaves gaps in an outline of many short pieces.
                self._draw.line([*edge, edge[0]], fill=INK, width=wide + 1, joint="curve")
            case Kind.JUMP | Kind.LANDING:
                self._draw.ellipse([*box[:2], box[0] + h * self._scale, box[3]], **look)
            case Kind.START | Kind.END | Kind.BACK:
                self._draw.rounded_rectangle(box, h * self._scale / 2, **look)
            case Kind.OPEN:
                around = self._points([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)])
                self._draw.rectangle(box, fill=look["fill"])
                for side in pairwise(around):
                    self._dashed(list(side), INK, wide)
            case _:
                self._draw.rectangle(box, **look)
        for text in shape.texts:
            self._text(text, ink(shape.kind))

    def _dashed(self, points: list[tuple[float, float]], colour: str, wide: int) -> None:
        for dash in _dashes(points, self._scale):
            self._draw.line(dash, fill=colour, width=wide)

    def _path(self, path: Path) -> None:
        points = self._points(path.points)
        wide = max(1, round(thickness(path.kind) * self._scale))
        colour = line_ink(path.kind)
        if path.kind in DASHED:
            self._dashed(points, colour, wide)
        else:
            self._draw.line(points, fill=colour, width=wide, joint="curve")
        if path.kind in ARROWS:
            self._draw.polygon(_head(points, self._scale), fill=colour)
        if path.label:
            self._text(path.label, INK)

    def _text(self, text: Text, colour: str) -> None:
        size = max(1, round(text.size * self._scale))
        shown = [readable(line, size, bold=text.bold) for line in text.lines]
        # A font of this machine may be wider than the one that was measured.
        room = text.room * self._scale
        widest = max((font(size, bold=text.bold).getlength(line) for line in shown), default=0)
        if widest > room > 0:
            size = max(1, int(size * room / widest))
        for at, line in enumerate(shown):
            place = text.x * self._scale, (text.y + at * text.step) * self._scale
            letters = font(size, bold=text.bold)
            self._draw.text(place, line, fill=colour, font=letters, anchor=ANCHORS[text.anchor])


def _waved(shape: Shape) -> list[tuple[float, float]]:
    """The corners of a document, its lower edge in short pieces of two parabolas."""
    low = shape.bottom - WAVE / 2
    edge = []
    for step in range(13):
        along = step / 12
        half = along * 2 if along <= 0.5 else along * 2 - 1
        dip = 2 * half * (1 - half) * WAVE
        edge.append((shape.right - shape.w * along, low - dip if along <= 0.5 else low + dip))
    return [(shape.x, shape.y), (shape.right, shape.y), *edge]


def _head(points: list[tuple[float, float]], scale: float) -> list[tuple[float, float]]:
    """The head of the arrow at the end of a line whose last piece is level or upright."""
    (x0, y0), (x, y) = points[-2:]
    length, half = 2.4 * scale, 1.0 * scale
    if abs(x - x0) >= abs(y - y0):
        back = x - length if x > x0 else x + length
        return [(x, y), (back, y - half), (back, y + half)]
    back = y - length if y > y0 else y + length
    return [(x, y), (x - half, back), (x + half, back)]


def _dashes(points: list[tuple[float, float]], scale: float) -> list[list[tuple[float, float]]]:
    """Pieces of a millimetre with as much between them."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(abs(x1 - x0), abs(y1 - y0), 0.001)
    found, at = [], 0.0
    while at < length:
        ends = at / length, min(at + scale, length) / length
        found.append([(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in ends])
        at += 2 * scale
    return found
