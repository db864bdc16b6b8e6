"""The drawing of the process, laid out: boxes in lanes and stages, lines along channels."""

from model.drawing.pages import pages, poster, ribbon
from model.drawing.sheet import Anchor, Kind, Line, Measure, Page, Part, Path, Shape, Text

__all__ = [
    "Anchor",
    "Kind",
    "Line",
    "Measure",
    "Page",
    "Part",
    "Path",
    "Shape",
    "Text",
    "pages",
    "poster",
    "ribbon",
]
