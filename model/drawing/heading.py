"""The words at the head and the foot of a page, and what a screen reader is told of it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from model.drawing.cells import LARGE, NORMAL, SMALL
from model.drawing.sheet import Anchor, Kind, Line, Measure, Part, Text
from model.drawing.wrapping import block, spoken
from model.session import Session
from model.tables.lists import CODE_MEANS

MARGIN = 10.0
"""Millimetres that stay white at every edge, as printers want it."""

KEY = "Letters on a step: " + ", ".join(f"{code} {said}" for code, said in CODE_MEANS.items())
CIRCLES = "Circles of one letter belong together: a route leaves at one and arrives at the other."


def title(session: Session, tier: str = "") -> str:
    """What the drawing is called."""
    shop = session.workshop
    name = shop.title or shop.process or "Process map"
    known = next((one.name for one in session.tiers if one.code == tier), tier)
    return spoken(f"{name}: {known} tier" if tier else name)


def head(
    session: Session, name: str, number: str, size: tuple[float, float], measure: Measure
) -> Iterator[Text]:
    """The title, the council and the date on the left; the marking and the page on the right."""
    shop, width = session.workshop, size[0] - 2 * MARGIN
    date = f"{shop.date.day} {shop.date:%B %Y}" if shop.date else ""
    left = width * 0.7
    yield block(name, measure, LARGE, left, 1).at(
        MARGIN, MARGIN - 2, anchor=Anchor.START, bold=True
    )
    below = " · ".join(text for text in (shop.council, date) if text)
    yield block(below, measure, NORMAL, left, 1).at(MARGIN, MARGIN + 4.6, anchor=Anchor.START)
    for text, y in ((shop.marking, MARGIN - 1), (number, MARGIN + 4.6)):
        words = block(text, measure, NORMAL, width * 0.28, 1)
        yield words.at(size[0] - MARGIN, y, anchor=Anchor.END, bold=text == shop.marking)


def foot(size: tuple[float, float], measure: Measure) -> Text:
    """The key to the letters and the circles."""
    words = block(f"{KEY}. {CIRCLES}", measure, SMALL, size[0] - 2 * MARGIN, 2)
    return words.at(MARGIN, size[1] - MARGIN - words.height + 2, anchor=Anchor.START)


COUNTED = (
    (Kind.STEP, "step"),
    (Kind.DECISION, "decision"),
    (Line.ROUTE, "route"),
    (Kind.DOCUMENT, "document"),
)


TOLD = (Kind.STEP, Kind.DECISION, Kind.DOCUMENT, Line.ROUTE, Line.FLOW)


def about(parts: Sequence[Part]) -> str:
    """What the page holds, counted; every step, decision and document; and what leads to what."""
    count = Counter[str](shape.kind for part in parts for shape in part.shapes)
    count.update(path.kind for part in parts for path in part.paths)
    held = ", ".join(_number(count[kind], word) for kind, word in COUNTED)
    told = [one.about for part in parts for one in part.shapes if one.kind in TOLD]
    ways = [one.about for part in parts for one in part.paths if one.kind in TOLD]
    led = [f"Ways: {'; '.join(ways)}"] if ways else []
    return ". ".join([f"A process map: {held}", *told, *led]) + "."


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
