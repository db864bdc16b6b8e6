"""The poster: the whole process on one sheet, with every route as a line.

Its cards stand in columns that are read from the top, as in a newspaper; the sheet is the smallest
on which the words are nine points high.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from offwall.model.documents.diagram.board import Board, BoardBox, BoardRoom, BoardWay
from offwall.model.documents.diagram.chart import Chart, ChartStep, chart
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPage,
    DrawingPart,
    Facts,
    LinePath,
    LineStyle,
    Shape,
    ShapeKind,
    WrappedText,
    drawable_text,
    measure,
    wrap_text,
)
from offwall.model.documents.diagram.sheet import (
    HEAD,
    MARGIN,
    Size,
    empty_words,
    head,
    imprint,
    sheet_description,
    sheet_key,
)
from offwall.model.process import Edge, EdgeKind
from offwall.model.records import END, Session
from offwall.model.records.fields import NO_TIER, TierCode

# A step as a card: who leads on a tab, its words, what is asked, and its answers. A way that leads
# to no other step ends on the card itself, in a chip that says where it leads.

TEXT = 3.2
"""Every letter of a poster, in millimetres before it is drawn larger: a little over 9 points."""

LINE = TEXT * 1.22
CARD, INSET = 44.0, 1.6
ACROSS = CARD - 2 * INSET


class Card:
    """The card of a step: its shapes, placed from its own corner, and its height.

    Ways come in at the height ``entry``; ``ports`` are those at which ways to other steps leave;
    ``head`` is what the name of a stage takes above it.
    """

    def __init__(self, chart: Chart, step: ChartStep) -> None:
        self._chart, self.step = chart, step
        self.head = 0.0
        self.shapes: list[Shape] = []
        self.ports: dict[int, float] = {}
        top = self._tab()
        self.entry, self._y = top / 2, top + 0.5
        self._lines(ShapeKind.WORDS, wrap_text(step.activity.text, TEXT, ACROSS, 9))
        if step.remark:
            words = wrap_text(step.remark, TEXT, ACROSS, 2)
            self._lines(ShapeKind.REMARK, words, (("of", step.id),), bold=True)
        if step.id == chart.first:
            self._start()
        if step.activity.decision:
            self._question()
        for at, edge in enumerate(step.ways):
            if len(step.ways) == 1 and edge.to in chart.drawn and not edge.label:
                self.ports[at] = top + 0.5 + LINE / 2
            else:
                self._way(at, edge)
        facts, about = chart.told(step)
        self.height = self._y + 0.6
        self.shapes.insert(0, Shape(ShapeKind.STEP, 0, 0, CARD, self.height, (), about, facts))

    def _tab(self) -> float:
        step = self.step
        lead = self._chart.lanes.get(step.lane, step.lane)
        badge = measure(step.codes, TEXT) + 1.8 if step.codes else 0.0
        ref = measure(step.ref, TEXT) + 1.2
        name = wrap_text(lead, TEXT, ACROSS - ref - badge, 3)
        texts = (
            wrap_text(step.ref, TEXT, ref, 1).at(INSET, 0.5, anchor=Anchor.START, bold=True),
            name.at(INSET + ref, 0.5, anchor=Anchor.START),
        )
        facts = (("lane", drawable_text(lead)), ("tint", self._chart.tints.get(step.lane, "none")))
        height = max(name.height, LINE) + 1.0
        self.shapes.append(Shape(ShapeKind.TAB, 0, 0, CARD, height, texts, "", facts))
        if step.codes:
            box = (CARD - badge - 0.5, 0.5, badge, LINE)
            text = WrappedText((step.codes,), TEXT).at(box[0] + badge / 2, 0.6, bold=True)
            about, known = f"Issues: {', '.join(step.codes)}", (("id", step.id),)
            self.shapes.append(Shape(ShapeKind.ISSUES, *box, (text,), about, known))
        return height

    def _lines(
        self, kind: ShapeKind, words: WrappedText, facts: Facts = (), *, bold: bool = False
    ) -> None:
        text = words.at(INSET, self._y, anchor=Anchor.START, bold=bold)
        self.shapes.append(Shape(kind, INSET, self._y, ACROSS, words.height, (text,), "", facts))
        self._y += words.height + 0.5

    def _start(self) -> None:
        words = wrap_text(self._chart.start, TEXT, ACROSS - 4, 4)
        width = words.width + 4
        text = words.at(INSET + width / 2, self._y + 0.3, bold=True)
        box = (INSET, self._y, width, words.height + 0.6)
        about = drawable_text(self._chart.start)
        self.shapes.append(Shape(ShapeKind.START, *box, (text,), about))
        self._y += words.height + 1.0

    def _question(self) -> None:
        words = wrap_text(self.step.activity.decision, TEXT, CARD - 8.0, 6)
        facts, about = self.step.decision_told()
        box = (0.0, self._y + 0.3, CARD, words.height + 1.0)
        text = words.at(CARD / 2, self._y + 0.8)
        self.shapes.append(Shape(ShapeKind.QUESTION, *box, (text,), about, facts))
        self._y += words.height + 1.8

    def _way(self, at: int, edge: Edge) -> None:
        """A row for one way: its answer, and a chip where it leads to no other step."""
        chip, width = WrappedText((), TEXT), 0.0
        if edge.to not in self._chart.drawn:
            chip = self._chip_words(edge)
            width = chip.width + 4.0
        words = wrap_text(edge.label, TEXT, ACROSS - width, 4)
        room = chip.height + 1.2 if width else LINE
        height = max(words.height, room) + 0.4
        self._y += height
        y = self._y - height / 2
        if words.lines:
            box = (INSET, y - words.height / 2, ACROSS - width, words.height)
            text = words.at(box[0], box[1], anchor=Anchor.START)
            self.shapes.append(Shape(ShapeKind.WORDS, *box, (text,)))
        if not width:
            self.ports[at] = y
            return
        facts, about = self._chart.way_told(edge)
        kind = ShapeKind.END if edge.to == END else ShapeKind.OPEN
        kind = ShapeKind.BACK if edge.kind is EdgeKind.LEAVE else kind
        box = (CARD - 1.0 - width, y - room / 2, width, room)
        text = chip.at(box[0] + width / 2, y - chip.height / 2, bold=True)
        self.shapes.append(Shape(kind, *box, (text,), about, facts))

    def _chip_words(self, edge: Edge) -> WrappedText:
        if edge.kind is EdgeKind.LEAVE:
            return wrap_text("Back", TEXT, CARD, 1)
        said = self._chart.end if edge.to == END else self._chart.goal(edge)
        return wrap_text(said, TEXT, CARD / 2 - 4 if edge.label else CARD - 9.0, 6)


Columns = list[list[Card]]

UNDER, MOST_UNDER = 4.0, 9.0
"""Between cards that stand under each other: room for an arrow; and where columns are short."""

ROOM = BoardRoom(track=2.0, pad=1.5, arrow=2.8)

NAME_TAKES = 3.0
"""A stage's name with what is round it, besides its lines."""


class Poster:
    """The cards of a chart in columns."""

    def __init__(self, chart: Chart, cards: Sequence[Card]) -> None:
        self._chart, self._cards = chart, cards
        self._edges = [(card, number) for card in cards for number in card.ports]
        self._names = {
            known: wrap_text(said, TEXT, CARD - 9, 3) for known, said in chart.stages.items()
        }
        for stage, held in groupby(cards, key=lambda card: card.step.stage):
            next(held).head = self._names[stage].height + NAME_TAKES
        self._needed = sum(card.height + UNDER for card in cards) + sum(card.head for card in cards)

    def arrangements(self) -> list[Columns]:
        """The cards in every number of columns that may suit a sheet; most columns last."""
        # As many columns as make a sheet of about its shape, and some more and less.
        likely = math.sqrt(self._needed * 1.45 / (CARD + 8.0))
        counts = range(max(1, int(likely * 0.6)), int(likely * 1.5) + 2)
        found: dict[int, Columns] = {}
        for columns in map(self._balanced, counts):
            found.setdefault(len(columns), columns)
        return [*found.values()]

    def _balanced(self, count: int) -> Columns:
        """The cards in at most so many columns, the longest as short as can be."""
        low, high = max(card.height + card.head for card in self._cards), self._needed
        while high - low > 1.0:
            middle = (low + high) / 2
            if len(self._filled(middle)) <= count:
                high = middle
            else:
                low = middle
        return self._filled(high)

    def _filled(self, tall: float) -> Columns:
        columns: Columns = []
        y = 0.0
        for card in self._cards:
            need = card.height + card.head
            if not columns or y + UNDER + need > tall:
                columns.append([])
                y = -UNDER
            columns[-1].append(card)
            y += UNDER + need
        return columns

    def board(self, columns: Columns, wide: float = 0.0) -> Board:
        """Where the cards stand in these columns, with room to spare between them; their lines."""
        placed = [[*self._spaced(columns)]]
        follows = {one.step.id: card.step.id for each in columns for one, card in pairwise(each)}
        ways = []
        for card, number in self._edges:
            step, edge = card.step, card.step.ways[number]
            down = len(step.ways) == 1 and not edge.label and follows.get(step.id) == edge.to
            ways.append(BoardWay(step.id, edge.to, card.ports[number], down))
        return Board(placed, ways, replace(ROOM, wide=wide), both_sides=True)

    def _spaced(self, columns: Columns) -> Iterator[list[BoardBox]]:
        """The cards of each column under each other, so that columns are about equally long."""
        needs = [
            sum(card.height + card.head for card in column) + UNDER * (len(column) - 1)
            for column in columns
        ]
        for column, need in zip(columns, needs, strict=True):
            spare = (max(needs) - need) / max(len(column) - 1, 1)
            y, boxes = 0.0, []
            for card in column:
                y += card.head
                boxes.append(BoardBox(card.step.id, CARD, card.height, card.entry, y))
                y += card.height + min(UNDER + spare, MOST_UNDER)
            yield boxes

    def part(self, columns: Columns, board: Board) -> DrawingPart:
        """The poster in these columns, as they stand on a board."""
        shapes = [*self._stages(columns, board.boxes)]
        for card in self._cards:
            box = board.boxes[card.step.id]
            shapes += DrawingPart(0, 0, tuple(card.shapes)).moved(box.x, box.y).shapes
        lines = []
        for (card, number), way in zip(self._edges, board.ways, strict=True):
            kind = LineStyle.ROUTE if card.step.id in self._chart.answered else LineStyle.FLOW
            facts, about = self._chart.way_told(card.step.ways[number])
            lines.append(LinePath(kind, way.points, None, about, facts))
        return DrawingPart(board.width, board.height, tuple(shapes), tuple(lines))

    def _stages(self, columns: Columns, boxes: Mapping[str, BoardBox]) -> Iterator[Shape]:
        """A field behind the cards of a stage in each column, and its name where it begins."""
        for column in columns:
            for stage, cards in groupby(column, key=lambda card: card.step.stage):
                held = [*cards]
                first, last, head = boxes[held[0].step.id], boxes[held[-1].step.id], held[0].head
                top, left = first.y - max(head, 1.2), first.x - 1.2
                facts: Facts = (("stage", stage),)
                about = drawable_text(self._chart.stages[stage])
                box = (left, top, CARD + 2.4, last.y + last.height + 1.2 - top)
                yield Shape(ShapeKind.FIELD, *box, (), about, facts)
                if head:
                    name = self._names[stage]
                    text = name.at(left + 1.6, top + 0.6, anchor=Anchor.START, bold=True)
                    box = (left, top, CARD - 4.5, head - NAME_TAKES + 1.4)
                    yield Shape(ShapeKind.STAGE, *box, (text,), about, facts)


SHEETS = ((420.0, 297.0), (594.0, 420.0), (841.0, 594.0), (1189.0, 841.0))
"""A3, A2, A1 and A0, lying on the long side."""

LARGEST = 2.0
"""A short process is drawn no larger than this: its words are then 18 points high."""

KEY_GAP = 4.0

MOST_WIDE = 14.0
"""Millimetres that a channel is given at most, where the sheet has more than is needed."""


def poster(
    session: Session, *, tier: TierCode = NO_TIER, printed: dt.date | None = None
) -> DrawingPage:
    """The poster of a session, or of one tier of it, on the smallest sheet that is readable."""
    found, said = chart(session, tier), imprint(session, tier, printed)
    cards = [Card(found, step) for step in found.steps]
    if not cards:
        size = SHEETS[0]
        texts = (*head(said, "", size), empty_words(said, size))
        return DrawingPage(1, *size, said.title, sheet_description([]), texts)
    kinds = {shape.kind for card in cards for shape in card.shapes}
    drawn = Poster(found, cards)
    tried = [(columns, drawn.board(columns)) for columns in drawn.arrangements()]
    for size in SHEETS:
        # What is read from further away is larger.
        times = size[1] / SHEETS[0][1]
        across = size[0] - 2 * MARGIN
        key = sheet_key(found, kinds, across / times).moved(0, 0, times)
        top = MARGIN + HEAD * times
        room = across, size[1] - MARGIN - top - key.height - KEY_GAP * times
        columns, board = max(tried, key=lambda one: _scale(one[1], room))
        if _scale(board, room) >= 1:
            break
    scale = _scale(board, room)
    spare = (room[0] / scale - board.width) / max(len(columns) - 1, 1)
    part = drawn.part(columns, drawn.board(columns, min(spare, MOST_WIDE)))
    placed = part.moved((size[0] - part.width * scale) / 2, top, scale)
    parts = (placed, key.moved(MARGIN, size[1] - MARGIN - key.height))
    texts = tuple(head(said, "", size, times))
    return DrawingPage(1, *size, said.title, sheet_description([placed]), texts, parts)


def _scale(board: Board, room: Size) -> float:
    return min(LARGEST, room[0] / board.width, room[1] / board.height)
