"""What stands on every sheet round the drawing: title, marking, dates, draft note, page, key."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from offwall.model.actions.facts import draft_note, full_date, kept_up
from offwall.model.documents.diagram.chart import Chart
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPart,
    Facts,
    LineStyle,
    Shape,
    ShapeKind,
    TextLines,
    drawable_text,
    wrap_text,
)
from offwall.model.records import Session
from offwall.model.records.fields import NO_TIER, TierCode
from offwall.model.records.text import counted
from offwall.model.tables.sheet import CODE_MEANS

NORMAL, LARGE = 3.2, 5.0
"""Sizes of text in millimetres: a little over 9 points, and 14."""

MARGIN = 10.0
"""Millimetres that stay white at every edge, as printers want it."""

HEAD = 17.0
"""What the title takes of a page."""

Size = tuple[float, float]

NOTHING = "Nothing is recorded yet. Record an activity, and it is drawn here."
NONE_LEFT = "This tier does none of the activities, so there is nothing to draw."

SWATCH = (5.0, 3.4)

KEYS = {
    ShapeKind.STEP: "activity",
    ShapeKind.QUESTION: "decision, its answers below",
    ShapeKind.DECISION: "decision",
    ShapeKind.FORK: "several ways, no question yet",
    ShapeKind.DOCUMENT: "document",
    ShapeKind.PEOPLE: "people",
    ShapeKind.JUMP: "goes on at the activity of that ref",
    ShapeKind.BACK: "back to whoever asked",
    ShapeKind.OPEN: "words that match no activity yet",
}
"""What a shape means, in the order of the key."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is said of a drawing on each of its sheets; empty where there is nothing to say."""

    title: str
    marking: str
    council: str
    printed: str
    draft: str
    empty: str


def imprint(session: Session, tier: TierCode = NO_TIER, printed: dt.date | None = None) -> Imprint:
    """The imprint of a session's drawing, ``printed`` being the day it is made."""
    shop = session.workshop
    held = f"workshop of {full_date(shop.date)}" if shop.date else ""
    kept = drawable_text(" · ".join(kept_up(session)))
    return Imprint(
        drawing_title(session, tier),
        shop.marking,
        " · ".join(filter(None, (drawable_text(shop.council), held))),
        f"Drawn on {full_date(printed)}" if printed else "",
        " · ".join(filter(None, (draft_note(session), kept))),
        NONE_LEFT if session.activities else NOTHING,
    )


def drawing_title(session: Session, tier: TierCode = NO_TIER) -> str:
    """What the drawing is called."""
    shop = session.workshop
    name = shop.title or shop.process or "Process map"
    return drawable_text(f"{name}: {session.tier_name(tier)} tier" if tier else name)


def head(imprint: Imprint, number: str, size: Size, times: float = 1.0) -> Iterator[TextLines]:
    """The title, council and draft note on the left; the marking, day and page on the right.

    They are ``times`` as large as on a sheet of A3.
    """
    width, right_edge = size[0] - 2 * MARGIN, size[0] - MARGIN
    title = wrap_text(imprint.title, LARGE * times, width * 0.7, 1)
    yield title.at(MARGIN, MARGIN - 2, anchor=Anchor.START, bold=True)
    lines = (("", imprint.marking), (imprint.council, imprint.printed), (imprint.draft, number))
    for at, (left, right) in enumerate(lines):
        y, bold = MARGIN + (0.4 + 4.2 * at) * times, at != 1
        words = wrap_text(left, NORMAL * times, width * 0.7, 1 + at // 2)
        yield words.at(MARGIN, y, anchor=Anchor.START, bold=bold)
        words = wrap_text(right, NORMAL * times, width * 0.28, 1)
        yield words.at(right_edge, y, anchor=Anchor.END, bold=bold)


def empty_words(imprint: Imprint, size: Size) -> TextLines:
    """What stands on a sheet on which nothing is drawn."""
    return wrap_text(imprint.empty, LARGE, size[0] - 2 * MARGIN, 3).at(size[0] / 2, size[1] / 3)


def sheet_key(chart: Chart, kinds: Container[str], width: float) -> DrawingPart:
    """The key to the shapes, the letters and, where there are tabs, the colours of a drawing."""
    rows: list[tuple[Facts, str]] = [
        ((("shows", kind),), said) for kind, said in KEYS.items() if kind in kinds
    ]
    if ShapeKind.TAB in kinds:
        leads = dict.fromkeys(step.lane for step in chart.steps if step.lane)
        rows += [
            ((("shows", ShapeKind.TAB), ("tint", chart.tints[code])), chart.lanes[code])
            for code in chart.lanes
            if code in leads
        ]
    used = {code for step in chart.steps for code in step.codes}
    if letters := ", ".join(f"{code} {said}" for code, said in CODE_MEANS.items() if code in used):
        rows.append(((("shows", ShapeKind.ISSUES),), f"issue: {letters}"))
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for facts, said in rows:
        words = wrap_text(drawable_text(said), NORMAL, width - 8, 1)
        takes = words.width + SWATCH[0] + 1.5
        if x and x + takes > width:
            x, y = 0.0, y + 5.0
        shapes.append(Shape(ShapeKind.KEY, x, y, *SWATCH, (), "", facts))
        left, room = x + SWATCH[0] + 1.2, takes - SWATCH[0] - 1.2
        text = words.at(left, y - 0.2, anchor=Anchor.START)
        shapes.append(Shape(ShapeKind.WORDS, left, y, room, SWATCH[1], (text,)))
        x += takes + 4.0
    return DrawingPart(width, y + SWATCH[1] if rows else 0.0, tuple(shapes))


COUNTED = (
    ((ShapeKind.STEP,), "step"),
    ((ShapeKind.DECISION, ShapeKind.QUESTION), "decision"),
    ((LineStyle.ROUTE,), "route"),
    ((ShapeKind.DOCUMENT,), "document"),
)

TOLD = {ShapeKind.STEP, ShapeKind.QUESTION, ShapeKind.DOCUMENT, ShapeKind.DECISION}


def sheet_description(parts: Sequence[DrawingPart]) -> str:
    """What the sheets hold, counted; every step, decision and document; what leads to what."""
    shapes = [shape for part in parts for shape in part.shapes]
    count = Counter[str](shape.kind for shape in shapes)
    paths = [path for part in parts for path in part.paths]
    count.update(path.kind for path in paths)
    # An answer that ends on its own card is a chip there, and no line.
    chips = [one for one in shapes if dict(one.facts).get("from")]
    count[LineStyle.ROUTE] += sum("answer" in dict(one.facts) for one in chips)
    # A poster draws no documents, which says nothing of whether there are any.
    numbers = [(sum(count[kind] for kind in kinds), word) for kinds, word in COUNTED]
    held = ", ".join(counted(number, word) for number, word in numbers if number) or "no step"
    told = [one.about for one in shapes if one.kind in TOLD]
    ways = [one.about for one in paths if dict(one.facts).get("from")]
    ways += [one.about for one in chips]
    led = [f"Ways: {'; '.join(ways)}"] if ways else []
    return ". ".join([f"A process map: {held}", *told, *led]) + "."
