"""What the shapes look like: light fills that stay apart when printed in grey, dark lines."""

from model.drawing import Kind, Line, Page, Point, Shape

INK = "#1a1a1a"
PAPER = "#ffffff"

FILLS = {
    Kind.STEP: "#fff6d6",
    Kind.DECISION: "#f3c9b8",
    Kind.FORK: "#f3c9b8",
    Kind.DOCUMENT: "#dbe8f7",
    Kind.PEOPLE: "#d5ead6",
    Kind.START: "#c4c4c4",
    Kind.END: "#c4c4c4",
    Kind.BACK: "#ffffff",
    Kind.JUMP: "#ffffff",
    Kind.LANDING: "#ffffff",
    Kind.OPEN: "#ffffff",
    Kind.ISSUES: "#1a1a1a",
    Kind.LANE: "#ffffff",
    Kind.LANE_NAME: "#ededed",
    Kind.STAGE: "#d9dde3",
}

EDGES = {Kind.LANE: "#9a9a9a", Kind.LANE_NAME: "#9a9a9a", Kind.STAGE: "#9a9a9a"}
"""Where an edge is not drawn in ink."""

DASHED = {Kind.OPEN, Line.TIE, Line.BOUNDARY}
"""What is not firm, or no way of the process."""

BEHIND = {Kind.LANE, Kind.LANE_NAME, Kind.STAGE}
"""What lies under the lines."""

ARROWS = {Line.ROUTE, Line.FLOW, Line.ASKS}

WAVE = 2.4
"""How far a document's lower edge waves, in millimetres at full size."""

THIN, THICK = 0.25, 0.4
"""Millimetres."""


def layers(page: Page) -> tuple[list[Shape], list[Shape]]:
    """The shapes that lie under a page's lines, and those that lie over them."""
    under: list[Shape] = []
    over: list[Shape] = []
    for shape in page.shapes:
        (under if shape.kind in BEHIND else over).append(shape)
    return under, over


def diamond(shape: Shape) -> tuple[Point, ...]:
    """The corners of a decision, from the left one round."""
    middle, level = shape.x + shape.w / 2, shape.y + shape.h / 2
    return (shape.x, level), (middle, shape.y), (shape.right, level), (middle, shape.bottom)


def ink(kind: Kind) -> str:
    """The colour of the words in a shape."""
    return PAPER if kind is Kind.ISSUES else INK


def thickness(kind: Line) -> float:
    """How thick a line is."""
    return THICK if kind in ARROWS else THIN


def line_ink(kind: Line) -> str:
    """The colour of a line."""
    return INK if kind in ARROWS else "#6b6b6b"
