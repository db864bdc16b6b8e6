"""A step as a card of the poster: who leads on a tab, its words, what is asked, and its answers.

A way that leads to no other step ends on the card itself, in a chip that says where it leads.
"""

from dataclasses import dataclass

from offwall.model.documents.diagram.chart import Chart, ChartStep
from offwall.model.documents.diagram.shapes import (
    Anchor,
    Facts,
    Shape,
    ShapeKind,
    WrappedText,
    drawable_text,
    measure,
    wrap_text,
)
from offwall.model.process import Edge, EdgeKind
from offwall.model.records import END

TEXT = 3.2
"""Every letter of a poster, in millimetres before it is drawn larger: a little over 9 points."""

LINE = TEXT * 1.22
CARD = 44.0
INSET = 1.6
TINTS = 12
"""Colours of tabs; with more roles than that some share one, and the names tell them apart."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card, its shapes placed from its own corner, and the height at which each way leaves.

    ``entry`` is the height at which ways come in.
    """

    step: ChartStep
    height: float
    entry: float
    shapes: tuple[Shape, ...]
    ports: dict[int, float]


def card_tints(chart: Chart) -> dict[str, str]:
    """The number of the colour of each role that leads; every role keeps its own."""
    return {code: str(at % TINTS) for at, code in enumerate(chart.lanes) if code}


def way_facts(chart: Chart, edge: Edge) -> tuple[Facts, str]:
    """What a line or a chip is about, to count by and to tell."""
    facts: Facts = (("from", edge.start), ("to", edge.to), ("way", edge.kind))
    if edge.start in chart.answered:
        facts += (("answer", drawable_text(edge.label)),)
    said = f"{chart.refs[edge.start]} to {chart.goal(edge)}"
    return facts, drawable_text(said + (f": {edge.label}" if edge.label else ""))


def step_told(chart: Chart, step: ChartStep) -> tuple[Facts, str]:
    """What the shape of a step is about, and all of it in words."""
    facts = (("id", step.id), ("ref", step.ref), ("text", drawable_text(step.activity.text)))
    said = (
        f"{step.ref} {step.activity.text}",
        f"lead: {chart.lanes.get(step.lane, step.lane)}",
        f"issues: {step.codes}" if step.codes else "",
        step.remark,
    )
    return facts, drawable_text("; ".join(filter(None, said)))


def decision_told(step: ChartStep) -> tuple[Facts, str]:
    """What the shape of a decision is about, and all of it in words."""
    asked = step.activity
    facts = (("of", step.id), ("text", drawable_text(asked.decision)))
    return facts, drawable_text(f"Decision at {step.ref}: {asked.decision} {asked.limit}")


def document_told(step: ChartStep, name: str) -> tuple[Facts, str]:
    """What the shape of a document is about, and all of it in words."""
    facts = (("of", step.id), ("name", drawable_text(name)))
    return facts, drawable_text(f"Document of {step.ref}: {name}")


class CardMaker:
    """Makes the cards of one chart."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._tints = card_tints(chart)
        self._drawn = {step.id for step in chart.steps}

    def card(self, step: ChartStep) -> Card:
        """The card of a step, whose ways to other steps leave it at ``ports``."""
        tab = self._tab(step)
        made = _CardParts(tab[0].h + 0.5)
        made.add(ShapeKind.WORDS, self._wrapped(step.activity.text, CARD - 2 * INSET, 9))
        if step.remark:
            words = self._wrapped(step.remark, CARD - 2 * INSET, 2)
            made.add(ShapeKind.REMARK, words, (("of", step.id),), bold=True)
        if step.id == self._chart.first:
            self._start(made)
        if step.activity.decision:
            self._question(made, step)
        for at, edge in enumerate(step.ways):
            if len(step.ways) == 1 and edge.to in self._drawn and not edge.label:
                made.ports[at] = tab[0].h + 0.5 + LINE / 2
            else:
                self._way(made, step, at, edge)
        facts, about = step_told(self._chart, step)
        height = made.y + 0.6
        frame = Shape(ShapeKind.STEP, 0, 0, CARD, height, (), about, facts)
        return Card(step, height, tab[0].h / 2, (frame, *tab, *made.shapes), made.ports)

    def _wrapped(self, text: str, room: float, most: int) -> WrappedText:
        return wrap_text(text, TEXT, room, most)

    def _tab(self, step: ChartStep) -> list[Shape]:
        """The head of a card: its ref, the name of who leads, the letters of its issues."""
        lead = self._chart.lanes.get(step.lane, step.lane)
        badge = measure(step.codes, TEXT) + 1.8 if step.codes else 0.0
        ref = measure(step.ref, TEXT) + 1.2
        name = self._wrapped(lead, CARD - 2 * INSET - ref - badge, 3)
        texts = (
            self._wrapped(step.ref, ref, 1).at(INSET, 0.5, anchor=Anchor.START, bold=True),
            name.at(INSET + ref, 0.5, anchor=Anchor.START),
        )
        facts = (("lane", drawable_text(lead)), ("tint", self._tints.get(step.lane, "none")))
        height = max(name.height, LINE) + 1.0
        shapes = [Shape(ShapeKind.TAB, 0, 0, CARD, height, texts, "", facts)]
        if step.codes:
            x = CARD - badge - 0.5
            text = WrappedText((step.codes,), TEXT).at(x + badge / 2, 0.6, bold=True)
            about = f"Issues: {', '.join(step.codes)}"
            known = (("id", step.id),)
            shapes.append(Shape(ShapeKind.ISSUES, x, 0.5, badge, LINE, (text,), about, known))
        return shapes

    def _start(self, made: "_CardParts") -> None:
        words = self._wrapped(self._chart.start, CARD - 2 * INSET - 4, 4)
        width = words.width + 4
        text = words.at(INSET + width / 2, made.y + 0.3, bold=True)
        box = (INSET, made.y, width, words.height + 0.6)
        about = drawable_text(self._chart.start)
        made.shapes.append(Shape(ShapeKind.START, *box, (text,), about))
        made.y += words.height + 1.0

    def _question(self, made: "_CardParts", step: ChartStep) -> None:
        words = self._wrapped(step.activity.decision, CARD - 8.0, 6)
        facts, about = decision_told(step)
        box = (0.0, made.y + 0.3, CARD, words.height + 1.0)
        text = words.at(CARD / 2, made.y + 0.8)
        made.shapes.append(Shape(ShapeKind.QUESTION, *box, (text,), about, facts))
        made.y += words.height + 1.8

    def _way(self, made: "_CardParts", step: ChartStep, at: int, edge: Edge) -> None:
        """A row for one way: its answer, and a chip where it leads to no other step."""
        chip, width = WrappedText((), TEXT), 0.0
        if edge.to not in self._drawn:
            chip = self._chip_words(edge)
            width = chip.width + 4.0
        words = self._wrapped(edge.label, CARD - 2 * INSET - width, 4)
        room = chip.height + 1.2 if width else LINE
        y = made.row(max(words.height, room) + 0.4)
        if words.lines:
            box = (INSET, y - words.height / 2, CARD - 2 * INSET - width, words.height)
            text = words.at(box[0], box[1], anchor=Anchor.START)
            made.shapes.append(Shape(ShapeKind.WORDS, *box, (text,)))
        if not width:
            made.ports[at] = y
            return
        facts, about = way_facts(self._chart, edge)
        kind = ShapeKind.END if edge.to == END else ShapeKind.OPEN
        kind = ShapeKind.BACK if edge.kind is EdgeKind.LEAVE else kind
        box = (CARD - 1.0 - width, y - room / 2, width, room)
        text = chip.at(box[0] + width / 2, y - chip.height / 2, bold=True)
        made.shapes.append(Shape(kind, *box, (text,), about, facts))

    def _chip_words(self, edge: Edge) -> WrappedText:
        if edge.kind is EdgeKind.LEAVE:
            return self._wrapped("Back", CARD, 1)
        said = self._chart.end if edge.to == END else self._chart.goal(edge)
        return self._wrapped(said, CARD / 2 - 4 if edge.label else CARD - 9.0, 6)


class _CardParts:
    """What is on a card so far, and how far down."""

    def __init__(self, y: float) -> None:
        self.y = y
        self.shapes: list[Shape] = []
        self.ports: dict[int, float] = {}

    def add(
        self, kind: ShapeKind, words: WrappedText, facts: Facts = (), *, bold: bool = False
    ) -> None:
        """Lines of text across the card."""
        text = words.at(INSET, self.y, anchor=Anchor.START, bold=bold)
        box = (INSET, self.y, CARD - 2 * INSET, words.height)
        self.shapes.append(Shape(kind, *box, (text,), "", facts))
        self.y += words.height + 0.5

    def row(self, height: float) -> float:
        """The middle of a row of its own."""
        self.y += height
        return self.y - height / 2
