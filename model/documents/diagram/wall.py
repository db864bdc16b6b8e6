"""The wall as it hangs: a column of notes for each activity, in the wall's four lanes, no lines."""

from collections.abc import Iterator, Sequence

from offwall.model.documents.diagram.cards import way_facts
from offwall.model.documents.diagram.chart import Chart, ChartStep
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPart,
    Facts,
    Measure,
    Shape,
    ShapeKind,
    drawable_text,
    wrap_text,
)

LANES = ("activity", "people", "decisions", "documents")
"""From the top."""

TEXT, COLUMN, NAME, GAP, INSET = 3.2, 42.0, 24.0, 2.0, 1.6
STAGE = 6.5


class WallColumn:
    """The notes of one activity, by lane, each placed from the top of its lane."""

    def __init__(self, chart: Chart, step: ChartStep, measure: Measure) -> None:
        self.step, self._measure = step, measure
        self.notes: dict[str, list[Shape]] = {lane: [] for lane in LANES}
        self.high = dict.fromkeys(LANES, GAP)
        head = " · ".join(part for part in (step.ref, step.remark, step.codes) if part)
        about = drawable_text(f"{step.ref} {step.activity.text}")
        own: Facts = (("of", step.id),)
        facts = (("id", step.id), ("ref", step.ref), ("text", drawable_text(step.activity.text)))
        self._note(LANES[0], ShapeKind.STEP, (head, step.activity.text), about, facts)
        if step.people:
            said = drawable_text(f"People of {step.ref}: {', '.join(step.people)}")
            self._note(LANES[1], ShapeKind.PEOPLE, step.people, said, own)
        activity = step.activity
        if activity.decision:
            said = drawable_text(f"Decision at {step.ref}: {activity.decision} {activity.limit}")
            known = (*own, ("text", drawable_text(activity.decision)))
            self._note(LANES[2], ShapeKind.QUESTION, (activity.decision,), said, known)
        for edge in step.ways:
            known, said = way_facts(chart, edge)
            words = f"{edge.label or 'then'}: {chart.goal(edge)}"
            kind = ShapeKind.ROUTE if activity.routes else ShapeKind.FLOW
            self._note(LANES[2], kind, (words,), said, known)
        for name in activity.documents:
            said = drawable_text(f"Document of {step.ref}: {name}")
            known = (*own, ("name", drawable_text(name)))
            self._note(LANES[3], ShapeKind.DOCUMENT, (name,), said, known)

    def _note(
        self, lane: str, kind: ShapeKind, said: Sequence[str], about: str, facts: Facts
    ) -> None:
        room, y = COLUMN - 2 * GAP, self.high[lane]
        texts, high = [], 1.0
        bold = kind is ShapeKind.STEP
        for line in said:
            words = wrap_text(line, self._measure, TEXT, room - 2 * INSET - 3, 12)
            texts.append(words.at(GAP + INSET + 1.5, y + high, anchor=Anchor.START, bold=bold))
            high += words.height
            bold = False
        high += 3.4 if kind is ShapeKind.DOCUMENT else 1.0
        self.notes[lane].append(Shape(kind, GAP, y, room, high, tuple(texts), about, facts))
        self.high[lane] = y + high + GAP


def wall_part(
    chart: Chart, columns: Sequence[WallColumn], measure: Measure, begun: str, broad: float
) -> DrawingPart:
    """Some columns beside each other, at least ``broad`` millimetres wide."""
    width = max(NAME + COLUMN * len(columns), broad)
    pitch = min((width - NAME) / max(len(columns), 1), COLUMN * 1.5)
    shapes = list(_stages(chart, columns, measure, begun, (width, pitch)))
    y = STAGE
    for lane in LANES:
        high = max((column.high[lane] for column in columns), default=0.0)
        if high <= GAP:
            continue
        facts = (("lane", lane),)
        text = wrap_text(lane, measure, TEXT, NAME - 3, 1).at(NAME / 2, y + high / 2 - 2, bold=True)
        shapes.append(Shape(ShapeKind.LANE, 0, y, width, high, (), lane, facts))
        shapes.append(Shape(ShapeKind.LANE_NAME, 0, y, NAME, high, (text,), lane, facts))
        for at, column in enumerate(columns):
            notes = DrawingPart(0, 0, tuple(column.notes[lane]))
            shapes += notes.moved(NAME + at * pitch, y).shapes
        y += high
    return DrawingPart(width, y, tuple(shapes))


def _stages(
    chart: Chart,
    columns: Sequence[WallColumn],
    measure: Measure,
    begun: str,
    size: tuple[float, float],
) -> Iterator[Shape]:
    width, pitch = size
    stages = [column.step.stage for column in columns]
    firsts = [at for at in range(len(stages)) if not at or stages[at] != stages[at - 1]]
    for at, end in zip(firsts, [*firsts[1:], len(stages)], strict=True):
        stage, left = stages[at], NAME + at * pitch
        right = width if end == len(stages) else NAME + end * pitch
        said = drawable_text(chart.stages[stage])
        said += ", continued" if stage == begun and not at else ""
        words = wrap_text(said, measure, TEXT, right - left - 3, 1)
        text = words.at(left + 1.5, 1.2, anchor=Anchor.START, bold=True)
        box = (left, 0.0, right - left, STAGE)
        yield Shape(ShapeKind.STAGE, *box, (text,), said, (("stage", stage),))
