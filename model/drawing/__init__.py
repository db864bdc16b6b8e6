"""The drawing of the process, laid out: boxes in lanes and stages, lines along channels.

Where a box stands is the group's own doing, not an engine's: its column is its place in the wall's
order, its row the lane of who leads. What is left is to lead the lines. They run in channels
between columns and between rows, each on a track of its own (`routing`, `tracks`), so that no line
can come through a box and no two lines to different places can lie on each other; a process that
is wider than a page goes on in the next strip (`pages`), and a route to another strip leaves at a
circle and arrives at one of the same letter.

Engines were tried on the sample of 48 activities and 8 roles, and none can be told of lanes: they
place steps so that lines are short. The heights that steps of two roles are spread over overlap
for 26 of the 28 pairs of roles in igraph 1.0 (`layout_sugiyama`; it knows neither the size of a
box nor level and upright lines), 21 in grandalf 0.8 (last released in 2023), 20 in pyelk 0.3 (ELK's
layered layout in Python: lines ran through 17 boxes), and each puts two or three activities before
the one that the wall has before them. rustworkx lays out no layers. Graphviz is a program to
install beside; ELK itself, whose partitions run with the flow and so make stages but no lanes,
needs Java or Node; libavoid, which would lead lines round boxes that stand, has no Python package.
The colouring of intervals in `tracks` is the one algorithm here, and properties of random
processes hold it to what is said above.
"""

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
