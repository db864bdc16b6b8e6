"""The boxes of each step, sized by their words, before they have a place."""

import math
from dataclasses import dataclass, field

from model.drawing.chart import Chart, Step
from model.drawing.sheet import LEADING, Facts, Kind, Measure
from model.drawing.wrapping import CUT, Block, block, spoken
from model.flow import Edge

STEP_WIDTH, STEP_HEIGHT = 38.0, 15.0
DECISION_WIDTH = 46.0
DOCUMENT_WIDTH = 34.0
FORK = (20.0, 14.0)
INSET = 2.6
"""Between a box's edge and its words: room enough for a font a little wider than was measured."""

SMALL, NORMAL, LARGE = 2.7, 3.1, 5.0
"""Sizes of text; 3.1 mm is close to 9 points."""

MOST_LINES = 14
"""Lines of a box at most; what is cut is whole in the shape's description."""

HEAD = 4.2
"""The height of a step's first line: its ref, what is remarked, the letters of its issues."""

GAP = 2.0
"""Between boxes that stand under each other."""


@dataclass(frozen=True, slots=True)
class Body:
    """One box: its kind, size and words; ``head`` is the small line above the words."""

    kind: Kind
    width: float
    height: float
    words: Block
    about: str
    facts: Facts
    head: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column and one row: a box, and under it what belongs to it.

    ``ways`` leave it; only a cell with a ``target`` is entered, by the ways to that activity.
    """

    row: str
    body: Body
    under: tuple[Body, ...] = ()
    ways: tuple[Edge, ...] = ()
    target: str = ""

    @property
    def below(self) -> float:
        """From the middle of the box to the end of what is under it."""
        return self.body.height / 2 + sum(GAP + one.height for one in self.under)


@dataclass(frozen=True, slots=True)
class Column:
    """Cells over each other, in different rows."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The columns of one step, which stay together."""

    step: Step
    columns: tuple[Column, ...] = field(default=())


ROWS = ("activity", "people", "decisions", "documents")
"""The lanes of the wall, from the top."""


def units(chart: Chart, lanes: str, measure: Measure) -> tuple[Unit, ...]:
    """Each step's columns: by ``roles``, or as the ``wall`` hangs."""
    arrange = _on_the_wall if lanes == "wall" else _by_roles
    return tuple(Unit(step, arrange(chart, step, measure)) for step in chart.steps)


def _by_roles(chart: Chart, step: Step, measure: Measure) -> tuple[Column, ...]:
    """A step in its lead's lane, its documents under it, its decision behind it."""
    asks = _forks(step)
    papers = tuple(_document(step, name, measure) for name in step.activity.documents)
    box = _step(chart, step, measure)
    first = Cell(step.lane, box, papers, () if asks else step.ways, step.id)
    if not asks:
        return (Column((first,)),)
    return Column((first,)), Column((Cell(step.lane, _decision(step, measure), (), step.ways),))


def _on_the_wall(chart: Chart, step: Step, measure: Measure) -> tuple[Column, ...]:
    """A column of notes: the activity, its people, its decision, its documents."""
    asks = _forks(step)
    box = _step(chart, step, measure)
    cells = [Cell(ROWS[0], box, (), () if asks else step.ways, step.id)]
    if step.people:
        cells.append(Cell(ROWS[1], _people(step, measure)))
    if asks:
        cells.append(Cell(ROWS[2], _decision(step, measure), (), step.ways))
    papers = tuple(_document(step, name, measure) for name in step.activity.documents)
    if papers:
        cells.append(Cell(ROWS[3], papers[0], papers[1:]))
    return (Column(tuple(cells)),)


def _forks(step: Step) -> bool:
    """Whether a diamond stands where its ways part, be it that nobody wrote the question down."""
    return bool(step.activity.decision) or len(step.ways) > 1


def _step(chart: Chart, step: Step, measure: Measure) -> Body:
    words = block(step.activity.text, measure, NORMAL, STEP_WIDTH - 2 * INSET, MOST_LINES)
    said = [
        f"{step.ref} {step.activity.text}",
        f"lead: {chart.lanes.get(step.lane, step.lane)}",
        f"issues: {step.codes}" if step.codes else "",
        step.remark,
    ]
    return Body(
        Kind.STEP,
        STEP_WIDTH,
        max(STEP_HEIGHT, HEAD + words.height + INSET),
        words,
        "; ".join(spoken(text) for text in said if text),
        (("id", step.id), ("ref", step.ref), ("text", spoken(step.activity.text))),
        head=spoken(" · ".join(text for text in (step.ref, step.remark) if text)),
        codes=step.codes,
    )


def _decision(step: Step, measure: Measure) -> Body:
    activity = step.activity
    if not activity.decision:
        said = f"{step.ref}: {len(step.ways)} ways, and no question yet"
        return Body(Kind.FORK, *FORK, Block((), SMALL, 0), spoken(said), (("of", step.id),))
    words, height = _in_a_diamond(activity.decision, measure)
    return Body(
        Kind.DECISION,
        DECISION_WIDTH,
        height,
        words,
        spoken(f"Decision at {step.ref}: {activity.decision} {activity.limit}"),
        (("of", step.id), ("text", spoken(activity.decision))),
    )


def _in_a_diamond(text: str, measure: Measure) -> tuple[Block, float]:
    """The words and the height of the flattest diamond that holds them."""
    room, words = 0.0, Block((), SMALL, 0)
    for height in range(20, 62, 2):
        for lines in range(1, math.ceil(height / 2 / SMALL)):
            # A block of text touches the sides with its corners.
            room = DECISION_WIDTH * (1 - (lines * SMALL * LEADING + 1.5) / height) * 0.94
            if room < 10:
                break
            words = block(text, measure, SMALL, room, lines)
            if not words.lines or not words.lines[-1].endswith(CUT):
                return words, float(height)
    return words, 60.0


def _document(step: Step, name: str, measure: Measure) -> Body:
    words = block(name, measure, SMALL, DOCUMENT_WIDTH - 2 * INSET, 6)
    return Body(
        Kind.DOCUMENT,
        DOCUMENT_WIDTH,
        # The wave takes two and a half millimetres at the lower edge.
        max(9.0, words.height + 4.5),
        words,
        spoken(f"Document of {step.ref}: {name}"),
        (("of", step.id), ("name", spoken(name))),
    )


def _people(step: Step, measure: Measure) -> Body:
    lines: list[str] = []
    for said in step.people:
        lines += block(said, measure, SMALL, STEP_WIDTH - 2 * INSET, 3).lines
    words = Block(tuple(lines), SMALL, STEP_WIDTH - 2 * INSET)
    return Body(
        Kind.PEOPLE,
        STEP_WIDTH,
        words.height + 2 * GAP,
        words,
        spoken(f"People of {step.ref}: {', '.join(step.people)}"),
        (("of", step.id),),
    )
