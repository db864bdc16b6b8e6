"""What stands on a page: shapes, lines and texts with their places, in millimetres.

The writers of SVG, PNG and BPMN read this and nothing else, so that all of them draw the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

Point = tuple[float, float]
"""Millimetres from the left and from the top."""

Measure = Callable[[str, float], float]
"""How wide a text is at a size, both in millimetres; whoever knows a font hands it in."""

Facts = tuple[tuple[str, str], ...]
"""What a shape or a line is about, by key: whoever reads the drawing can count by it."""


class Kind(StrEnum):
    """What a shape is."""

    STEP = "step"
    DECISION = "decision"
    FORK = "fork"  # several ways out, and no question that was asked
    DOCUMENT = "document"
    PEOPLE = "people"
    START = "start"
    END = "end"
    JUMP = "jump"  # the circle at which a route leaves for a far place
    LANDING = "landing"  # the circle at which it arrives
    BACK = "back"  # a stage on demand is done
    OPEN = "open"  # words that match no activity yet
    ISSUES = "issues"  # the letters on a step
    LANE = "lane"
    LANE_NAME = "lane-name"
    STAGE = "stage"


DIAMONDS = (Kind.DECISION, Kind.FORK)
"""From these, ways part."""


class Line(StrEnum):
    """What a line is."""

    ROUTE = "route"  # an answer to a decision
    FLOW = "flow"  # what comes next
    ASKS = "asks"  # from a step to its decision
    TIE = "tie"  # what belongs together, such as a step and its document
    BOUNDARY = "boundary"  # where a stage begins


class Anchor(StrEnum):
    """Which end of a line of text stands at its place, in SVG's words."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text under each other: ``y`` is the first one's base line, ``room`` the width."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    room: float
    anchor: Anchor = Anchor.MIDDLE
    bold: bool = False

    @property
    def step(self) -> float:
        """From one base line to the next."""
        return self.size * LEADING


LEADING = 1.22
"""The height of a line, in sizes of its text."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape and the texts in it. ``about`` says all of it in words, however much was cut."""

    kind: Kind
    x: float
    y: float
    w: float
    h: float
    texts: tuple[Text, ...] = ()
    about: str = ""
    facts: Facts = ()

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h


@dataclass(frozen=True, slots=True)
class Path:
    """A line along points, each segment level or upright; ``label`` stands on it."""

    kind: Line
    points: tuple[Point, ...]
    label: Text | None = None
    about: str = ""
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a drawing with its size, its upper left corner at zero."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    paths: tuple[Path, ...] = ()

    def moved(self, x: float, y: float, scale: float = 1) -> "Part":
        """The same piece elsewhere, and smaller or larger."""
        return Part(
            self.width * scale,
            self.height * scale,
            tuple(_shape(one, x, y, scale) for one in self.shapes),
            tuple(_path(one, x, y, scale) for one in self.paths),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper: its parts, and the texts at its head and foot."""

    number: int
    of: int
    width: float
    height: float
    title: str
    about: str
    texts: tuple[Text, ...]
    parts: tuple[Part, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Every shape, lanes first."""
        return tuple(shape for part in self.parts for shape in part.shapes)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every line."""
        return tuple(path for part in self.parts for path in part.paths)


def _shape(shape: Shape, x: float, y: float, scale: float) -> Shape:
    return replace(
        shape,
        x=shape.x * scale + x,
        y=shape.y * scale + y,
        w=shape.w * scale,
        h=shape.h * scale,
        texts=tuple(_text(text, x, y, scale) for text in shape.texts),
    )


def _path(path: Path, x: float, y: float, scale: float) -> Path:
    return replace(
        path,
        points=tuple((px * scale + x, py * scale + y) for px, py in path.points),
        label=path.label and _text(path.label, x, y, scale),
    )


def _text(text: Text, x: float, y: float, scale: float) -> Text:
    return replace(
        text,
        x=text.x * scale + x,
        y=text.y * scale + y,
        size=text.size * scale,
        room=text.room * scale,
    )
