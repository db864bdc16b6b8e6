"""The drawing of the process, laid out: boxes in lanes and stages, lines along channels."""

from model.drawing.heading import title
from model.drawing.pages import pages, poster, ribbon
from model.drawing.sheet import (
    DIAMONDS,
    Anchor,
    Kind,
    Line,
    Measure,
    Page,
    Part,
    Path,
    Point,
    Shape,
    Text,
)

__all__ = [
    "DIAMONDS",
    "Anchor",
    "Kind",
    "Line",
    "Measure",
    "Page",
    "Part",
    "Path",
    "Point",
    "Shape",
    "Text",
    "pages",
    "poster",
    "ribbon",
    "title",
]
