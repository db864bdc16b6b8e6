"""What stands on a page of the diagram: shapes, lines and texts that fit, with places in
millimetres; how wide a text is.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

# The writers of SVG, PNG and BPMN read this and nothing else, so that all of them draw the same.

Point = tuple[float, float]
"""Millimetres from the left and from the top."""

Facts = tuple[tuple[str, str], ...]
"""What a shape or a line is about, by key: whoever reads the drawing can count by it."""


class ShapeKind(StrEnum):
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
    FIELD = "field"  # behind the steps of a stage
    TAB = "tab"  # who leads, on a card
    WORDS = "words"  # on a card, without an edge
    ROUTE = "route"  # an answer that is written, with no line
    FLOW = "flow"  # what comes next, likewise
    QUESTION = "question"  # a decision, on a card
    REMARK = "remark"  # what is not settled, on a card
    KEY = "key"  # what a shape or a colour means


class LineStyle(StrEnum):
    """What a line is."""

    ROUTE = "route"  # an answer to a decision
    FLOW = "flow"  # what comes next
    ASKS = "asks"  # from a step to its decision
    BOUNDARY = "boundary"  # where a stage begins


class Anchor(StrEnum):
    """Which end of a line of text stands at its place, in SVG's words."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class TextLines:
    """Lines of text under each other: ``y`` is the first one's base line."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
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

    kind: ShapeKind
    x: float
    y: float
    w: float
    h: float
    texts: tuple[TextLines, ...] = ()
    about: str = ""
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class LinePath:
    """A line along points, each segment level or upright; ``label`` stands on it."""

    kind: LineStyle
    points: tuple[Point, ...]
    label: TextLines | None = None
    about: str = ""
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class DrawingPart:
    """A piece of a drawing with its size, its upper left corner at zero."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    paths: tuple[LinePath, ...] = ()

    def moved(self, x: float, y: float, scale: float = 1) -> "DrawingPart":
        """The same piece elsewhere, and smaller or larger."""
        return DrawingPart(
            self.width * scale,
            self.height * scale,
            tuple(_shape(one, x, y, scale) for one in self.shapes),
            tuple(_path(one, x, y, scale) for one in self.paths),
        )


@dataclass(frozen=True, slots=True)
class DrawingPage:
    """One sheet of paper: its parts, and the texts at its head and foot."""

    number: int
    width: float
    height: float
    title: str
    about: str
    texts: tuple[TextLines, ...]
    parts: tuple[DrawingPart, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Every shape, lanes first."""
        return tuple(shape for part in self.parts for shape in part.shapes)

    @property
    def paths(self) -> tuple[LinePath, ...]:
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


def _path(path: LinePath, x: float, y: float, scale: float) -> LinePath:
    return replace(
        path,
        points=tuple((px * scale + x, py * scale + y) for px, py in path.points),
        label=path.label and _text(path.label, x, y, scale),
    )


def _text(text: TextLines, x: float, y: float, scale: float) -> TextLines:
    return replace(
        text,
        x=text.x * scale + x,
        y=text.y * scale + y,
        size=text.size * scale,
    )


def xml_file(root: ET.Element) -> bytes:
    """A drawing's elements as a file."""
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


# How wide a text is. The drawing names Arial and Helvetica and fonts of the same widths. Pillow's
# own font, which comes with it and so is the same everywhere, is measured: its letters are as wide
# as those to within two hundredths. What it lacks is taken to be as wide as its widest letters.

FAMILY = "Arial, Helvetica, 'Liberation Sans', 'Nimbus Sans', sans-serif"

_AT = 100
"""The size at which letters are measured."""

_BOLD = 1.07
"""What is set in bold is about this much wider; to be safe everything is measured so."""


def measure(text: str, size: float) -> float:
    """How wide a text is at a size, both in one unit."""
    return sum(map(_advance, text)) * size


@cache
def _advance(mark: str) -> float:
    if unicodedata.east_asian_width(mark) in "WF":
        return 1.1
    if unicodedata.combining(mark) or unicodedata.category(mark) == "Cf":
        return 0.0
    # An accent does not make its letter wider.
    letter = unicodedata.normalize("NFD", mark)[0]
    if not " " <= letter <= "~":
        return 0.85
    return float(own_font().getlength(letter)) / _AT * _BOLD


@cache
def own_font() -> Any:
    """Pillow's own font."""
    from PIL import ImageFont

    return ImageFont.load_default(_AT)


# Text that fits: broken into lines by its measured width, and cut where there is no end.

CUT = "…"

LONGEST_SPOKEN = 4_000
"""Characters of a text that are looked at: no box holds as many, whatever their widths."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks without a shape that turn the direction of the text after them."""


@lru_cache(maxsize=4096)
def drawable_text(text: str) -> str:
    """The text on one line, without what no drawing can hold or what would turn its direction."""
    shown = text if text.isprintable() else "".join(" " if _unheld(mark) else mark for mark in text)
    return " ".join(shown.split())


def _unheld(mark: str) -> bool:
    """Controls, halves of a pair, line ends, and the code points that are no characters."""
    if mark in _TURNING or ord(mark) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(mark) <= 0xFDEF:
        return True
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class WrappedText:
    """Lines of text and their size, not placed yet."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING

    @property
    def width(self) -> float:
        """The widest line's."""
        return max((measure(line, self.size) for line in self.lines), default=0.0)

    def at(
        self, x: float, top: float, *, anchor: Anchor = Anchor.MIDDLE, bold: bool = False
    ) -> TextLines:
        """The block as a text whose top is at ``top``."""
        # A base line stands four fifths down its line.
        base = top + self.size * LEADING * 0.8
        return TextLines(self.lines, x, base, self.size, anchor, bold)


@lru_cache(maxsize=4096)
def wrap_text(text: str, size: float, room: float, most: int) -> WrappedText:
    """The text in at most ``most`` lines, none wider than ``room``; what is cut ends in a sign."""
    found = list(islice(wrapped_lines(drawable_text(text[:LONGEST_SPOKEN]), size, room), most + 1))
    if len(found) > most:
        found = [*found[: most - 1], _cut(found[most - 1] + CUT, size, room)]
    return WrappedText(tuple(found), size)


def wrapped_lines(text: str, size: float, room: float) -> Iterator[str]:
    """The lines of a text that is one line already; a word too wide is broken."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined, size) <= room:
            line = joined
            continue
        if line:
            yield line
        *broken, line = _broken(word, size, room)
        yield from broken
    if line:
        yield line


def _broken(word: str, size: float, room: float) -> list[str]:
    parts = [""]
    for mark in word:
        # A mark that combines stays with its letter.
        wide = parts[-1] and measure(parts[-1] + mark, size) > room
        if wide and not unicodedata.combining(mark):
            parts.append("")
        parts[-1] += mark
    return parts


def _cut(line: str, size: float, room: float) -> str:
    while len(line) > 1 and measure(line, size) > room:
        line = line[:-2].rstrip() + CUT
    return line
