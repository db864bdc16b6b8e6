"""What is to be drawn of a session, and the boxes of each step, sized by their words, before
they have a place.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from offwall.model.documents.diagram.shapes import (
    CUT,
    LEADING,
    Facts,
    Measure,
    ShapeKind,
    WrappedText,
    drawable_text,
    wrap_text,
)
from offwall.model.process import Edge, EdgeKind, role_labels, stage_name
from offwall.model.process.graph import edges_by_activity, start_activity, unreached_heads
from offwall.model.process.names import BACK, LinkedRecords
from offwall.model.process.tier_view import tier_view
from offwall.model.records import END, Activity, Session
from offwall.model.records.ids import NO_TIER, ActivityId, StageId, TierCode
from offwall.model.tables.process import shown_letters

NOBODY = "Nobody yet"
"""The lane of what no role leads."""


@dataclass(frozen=True, slots=True)
class ChartStep:
    """One activity as it is drawn."""

    id: str
    ref: str
    stage: StageId
    lane: str
    activity: Activity
    codes: str
    people: tuple[str, ...]
    remark: str
    ways: tuple[Edge, ...]
    unled: bool


@dataclass(frozen=True)
class Chart:
    """The steps of a session, or of one tier of it, and what they are called.

    ``lanes`` are the lanes' names by the code of the role that leads; ``stages`` the stages' by id.
    """

    steps: tuple[ChartStep, ...]
    first: str
    lanes: Mapping[str, str]
    stages: Mapping[str, str]
    refs: Mapping[str, str]

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of the steps whose ways are answers."""
        return frozenset(step.id for step in self.steps if step.activity.routes)

    def goal(self, edge: Edge) -> str:
        """Where a way leads, in a word."""
        if edge.kind is EdgeKind.LEAVE:
            return BACK
        if edge.kind in (EdgeKind.OPEN, EdgeKind.MISSING):
            return f"{edge.words} ({edge.kind})"
        return edge.to if edge.to == END else self.refs[edge.to]


def chart(session: Session, tier: TierCode = NO_TIER) -> Chart:
    """The session's steps; with a tier, those that it keeps, and hidden ones bridged."""
    labels, linked = role_labels(session), LinkedRecords(session)
    if tier:
        view = tier_view(session, tier)
        ways, first, light = view.edges, view.first, view.light
        kept = tuple(_without_question(one, ways[one.id]) for one in view.kept)
        unled = view.unled
    else:
        kept, ways, light = session.in_order, edges_by_activity(session), frozenset[ActivityId]()
        first, unled = (
            start_activity(session),
            frozenset(one.id for one, _ in unreached_heads(session)),
        )
    return Chart(
        steps=tuple(
            ChartStep(
                id=one.id,
                ref=session.ref_by_id[one.id],
                stage=one.stage,
                lane=one.lead,
                activity=one,
                codes=_codes(linked, one.id),
                people=_people_of_step(one, labels),
                remark=_remark(one, light=one.id in light, unled=one.id in unled),
                ways=tuple(ways[one.id]),
                unled=one.id in unled,
            )
            for one in kept
        ),
        first=first,
        lanes={**labels, "": NOBODY},
        stages={one.stage: f"{one.stage} {stage_name(session, one)}" for one in kept},
        refs=session.ref_by_id,
    )


def _without_question(activity: Activity, ways: tuple[Edge, ...]) -> Activity:
    """An activity whose decision has one outcome left decides nothing any more."""
    if len(ways) == 1 and len(activity.routes) > 1 and not ways[0].label:
        return replace(activity, decision="", routes=())
    return activity


def _codes(linked: LinkedRecords, known: ActivityId) -> str:
    return "".join(dict.fromkeys(one.code for one in linked.issues(known) if one.code))


def _people_of_step(activity: Activity, labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{said} {labels[code]}" for code, said in shown_letters(activity).items())


def _remark(activity: Activity, *, light: bool, unled: bool) -> str:
    said = {
        "light": light,
        "to confirm": not activity.confirmed,
        "open point": bool(activity.open_point),
        "nothing leads here": unled,
    }
    return ", ".join(word for word, holds in said.items() if holds)


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
class BoxBody:
    """One box: its kind, size and words; ``head`` is the small line above the words."""

    kind: ShapeKind
    width: float
    height: float
    words: WrappedText
    about: str
    facts: Facts
    head: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class BoxCell:
    """What stands in one column and one row: a box, and under it what belongs to it.

    ``ways`` leave it; only a cell with a ``target`` is entered, by the ways to that activity.
    """

    row: str
    body: BoxBody
    under: tuple[BoxBody, ...] = ()
    ways: tuple[Edge, ...] = ()
    target: str = ""

    @property
    def below(self) -> float:
        """From the middle of the box to the end of what is under it."""
        return self.body.height / 2 + sum(GAP + one.height for one in self.under)


@dataclass(frozen=True, slots=True)
class BoxColumn:
    """Cells over each other, in different rows."""

    cells: tuple[BoxCell, ...]


@dataclass(frozen=True, slots=True)
class StepColumns:
    """The columns of one step, which stay together."""

    step: ChartStep
    columns: tuple[BoxColumn, ...] = field(default=())


ROWS = ("activity", "people", "decisions", "documents")
"""The lanes of the wall, from the top."""


def units(chart: Chart, lanes: str, measure: Measure) -> tuple[StepColumns, ...]:
    """Each step's columns: by ``roles``, or as the ``wall`` hangs."""
    arrange = _on_the_wall if lanes == "wall" else _by_roles
    return tuple(StepColumns(step, arrange(chart, step, measure)) for step in chart.steps)


def _by_roles(chart: Chart, step: ChartStep, measure: Measure) -> tuple[BoxColumn, ...]:
    """A step in its lead's lane, its documents under it, its decision behind it."""
    asks = _forks(step)
    papers = tuple(_document(step, name, measure) for name in step.activity.documents)
    box = _step(chart, step, measure)
    first = BoxCell(step.lane, box, papers, () if asks else step.ways, step.id)
    if not asks:
        return (BoxColumn((first,)),)
    return BoxColumn((first,)), BoxColumn(
        (BoxCell(step.lane, _decision(step, measure), (), step.ways),)
    )


def _on_the_wall(chart: Chart, step: ChartStep, measure: Measure) -> tuple[BoxColumn, ...]:
    """A column of notes: the activity, its people, its decision, its documents."""
    asks = _forks(step)
    box = _step(chart, step, measure)
    cells = [BoxCell(ROWS[0], box, (), () if asks else step.ways, step.id)]
    if step.people:
        cells.append(BoxCell(ROWS[1], _people_box(step, measure)))
    if asks:
        cells.append(BoxCell(ROWS[2], _decision(step, measure), (), step.ways))
    papers = tuple(_document(step, name, measure) for name in step.activity.documents)
    if papers:
        cells.append(BoxCell(ROWS[3], papers[0], papers[1:]))
    return (BoxColumn(tuple(cells)),)


def _forks(step: ChartStep) -> bool:
    """Whether a diamond stands where its ways part, be it that nobody wrote the question down."""
    return bool(step.activity.decision) or len(step.ways) > 1


def _step(chart: Chart, step: ChartStep, measure: Measure) -> BoxBody:
    words = wrap_text(step.activity.text, measure, NORMAL, STEP_WIDTH - 2 * INSET, MOST_LINES)
    said = [
        f"{step.ref} {step.activity.text}",
        f"lead: {chart.lanes.get(step.lane, step.lane)}",
        f"issues: {step.codes}" if step.codes else "",
        step.remark,
    ]
    return BoxBody(
        ShapeKind.STEP,
        STEP_WIDTH,
        max(STEP_HEIGHT, HEAD + words.height + INSET),
        words,
        "; ".join(drawable_text(text) for text in said if text),
        (("id", step.id), ("ref", step.ref), ("text", drawable_text(step.activity.text))),
        head=drawable_text(" · ".join(text for text in (step.ref, step.remark) if text)),
        codes=step.codes,
    )


def _decision(step: ChartStep, measure: Measure) -> BoxBody:
    activity = step.activity
    if not activity.decision:
        said = f"{step.ref}: {len(step.ways)} ways, and no question yet"
        return BoxBody(
            ShapeKind.FORK,
            *FORK,
            WrappedText((), SMALL, 0),
            drawable_text(said),
            (("of", step.id),),
        )
    words, height = _in_a_diamond(activity.decision, measure)
    return BoxBody(
        ShapeKind.DECISION,
        DECISION_WIDTH,
        height,
        words,
        drawable_text(f"Decision at {step.ref}: {activity.decision} {activity.limit}"),
        (("of", step.id), ("text", drawable_text(activity.decision))),
    )


def _in_a_diamond(text: str, measure: Measure) -> tuple[WrappedText, float]:
    """The words and the height of the flattest diamond that holds them."""
    room, words = 0.0, WrappedText((), SMALL, 0)
    for height in range(20, 62, 2):
        for lines in range(1, math.ceil(height / 2 / SMALL)):
            # A block of text touches the sides with its corners.
            room = DECISION_WIDTH * (1 - (lines * SMALL * LEADING + 1.5) / height) * 0.94
            if room < 10:
                break
            words = wrap_text(text, measure, SMALL, room, lines)
            if not words.lines or not words.lines[-1].endswith(CUT):
                return words, float(height)
    return words, 60.0


def _document(step: ChartStep, name: str, measure: Measure) -> BoxBody:
    words = wrap_text(name, measure, SMALL, DOCUMENT_WIDTH - 2 * INSET, 6)
    return BoxBody(
        ShapeKind.DOCUMENT,
        DOCUMENT_WIDTH,
        # The wave takes two and a half millimetres at the lower edge.
        max(9.0, words.height + 4.5),
        words,
        drawable_text(f"Document of {step.ref}: {name}"),
        (("of", step.id), ("name", drawable_text(name))),
    )


def _people_box(step: ChartStep, measure: Measure) -> BoxBody:
    lines: list[str] = []
    for said in step.people:
        lines += wrap_text(said, measure, SMALL, STEP_WIDTH - 2 * INSET, 3).lines
    words = WrappedText(tuple(lines), SMALL, STEP_WIDTH - 2 * INSET)
    return BoxBody(
        ShapeKind.PEOPLE,
        STEP_WIDTH,
        words.height + 2 * GAP,
        words,
        drawable_text(f"People of {step.ref}: {', '.join(step.people)}"),
        (("of", step.id),),
    )
