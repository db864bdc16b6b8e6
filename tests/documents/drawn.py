"""Processes to draw, and plain looks at what was drawn."""

from collections.abc import Iterator

from hypothesis import strategies as st

from offwall.model.documents.diagram.shapes import (
    DrawingPage,
    LinePath,
    LineStyle,
    Shape,
    ShapeKind,
    TextLines,
    measure,
)
from offwall.model.records.session import (
    END,
    Activity,
    Issue,
    IssueCode,
    Rhythm,
    Role,
    Route,
    Session,
    Stage,
)
from tests.strategies import texts

BOXES = frozenset(
    {
        *(ShapeKind.STEP, ShapeKind.DECISION, ShapeKind.FORK, ShapeKind.DOCUMENT),
        *(ShapeKind.PEOPLE, ShapeKind.START, ShapeKind.END, ShapeKind.JUMP, ShapeKind.LANDING),
        *(ShapeKind.BACK, ShapeKind.OPEN, ShapeKind.QUESTION, ShapeKind.ROUTE, ShapeKind.FLOW),
    }
)
"""What no line may run through, and what may not stand on one another; but see `boxes`."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@st.composite
def processes(draw: st.DrawFn) -> Session:
    """Any process: loops, jumps, open ends, several answers to one place, no lead at all."""
    ids = [f"a-{n}" for n in range(draw(st.integers(1, 11)))]
    stages = tuple(
        Stage(f"S{n}", "A stage", rhythm=draw(st.sampled_from(Rhythm))) for n in range(1, 4)
    )
    routes = st.one_of(
        st.builds(Route, answer=texts, to=st.sampled_from([*ids, END, "a-gone", ""])),
        st.builds(Route, answer=texts, to_words=st.sampled_from(["the board", "who knows" * 9])),
    )
    activities = st.builds(
        Activity,
        id=st.just(""),
        stage=st.sampled_from([stage.id for stage in stages]),
        text=texts,
        lead=st.sampled_from(["", "cm", "hos", "x"]),
        accountable=st.sampled_from(["", "hos"]),
        decision=st.one_of(st.just(""), texts),
        routes=st.lists(routes, max_size=5).map(tuple),
        then=st.sampled_from(["", END, *ids]),
        documents=st.lists(texts, max_size=3).map(tuple),
        open_point=st.sampled_from(["", "who?"]),
    )
    found = [draw(activities) for _ in ids]
    return Session(
        stages=stages,
        roles=(Role("cm", "Contract Manager"), Role("hos", "Head of a long-named Service")),
        activities=tuple(
            Activity(**{key: getattr(one, key) for key in one.__slots__} | {"id": known})
            for known, one in zip(ids, found, strict=True)
        ),
        issues=tuple(Issue(f"i-{code}", "x", code=code, activity=ids[0]) for code in IssueCode),
    )


def box(shape: Shape) -> Box:
    return shape.x, shape.y, shape.x + shape.w, shape.y + shape.h


def boxes(page: DrawingPage) -> list[Shape]:
    """The boxes that stand by themselves: what is on a card belongs to the card."""
    every = [shape for shape in page.shapes if shape.kind in BOXES]
    cards = [shape for shape in every if shape.kind is ShapeKind.STEP]
    return [one for one in every if not any(_on(one, card) for card in cards)]


def _on(one: Shape, card: Shape) -> bool:
    return (
        one is not card
        and card.x - 0.01 <= one.x
        and card.y - 0.01 <= one.y
        and one.x + one.w <= card.x + card.w + 0.01
        and one.y + one.h <= card.y + card.h + 0.01
    )


def segments(path: LinePath) -> Iterator[Box]:
    """Each straight piece as the thin box that it fills."""
    for (x0, y0), (x1, y1) in zip(path.points, path.points[1:], strict=False):
        assert abs(x0 - x1) < 1e-6 or abs(y0 - y1) < 1e-6, "neither level nor upright"
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def ways(page: DrawingPage) -> list[LinePath]:
    """The lines that are drawn firm."""
    return [path for path in page.paths if path.kind is not LineStyle.BOUNDARY]


def overlap(one: Box, other: Box, slack: float = 0.02) -> bool:
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def ink(text: TextLines) -> Box:
    """What a text fills."""
    width = max((measure(line, text.size) for line in text.lines), default=0)
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    top = text.y - text.size
    return left, top, left + width, top + text.step * len(text.lines)
