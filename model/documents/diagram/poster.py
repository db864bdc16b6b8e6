"""The poster: the whole process on one sheet, with every route as a line.

Its cards stand in columns that are read from the top, as in a newspaper; the sheet is the smallest
on which the words are nine points high.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from offwall.model.documents.diagram.board import Board, BoardBox, BoardRoom, BoardWay
from offwall.model.documents.diagram.cards import CARD, TEXT, Card, CardMaker, way_facts
from offwall.model.documents.diagram.chart import Chart, chart
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPage,
    DrawingPart,
    Facts,
    LinePath,
    LineStyle,
    Measure,
    Shape,
    ShapeKind,
    drawable_text,
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
from offwall.model.process import Edge
from offwall.model.records import Session
from offwall.model.records.fields import NO_TIER, TierCode

UNDER, MOST_UNDER = 4.0, 9.0
"""Between cards that stand under each other: room for an arrow; and where columns are short."""

ROOM = BoardRoom(track=2.0, pad=1.5, arrow=2.8)

NAME_TAKES = 3.0
"""A stage's name with what is round it, besides its lines."""


class Poster:
    """The cards of a chart in columns of at most ``tall`` millimetres.

    ``wide`` is room to spare between two columns.
    """

    def __init__(self, chart: Chart, measure: Measure, cards: Sequence[Card]) -> None:
        self._chart, self._cards = chart, cards
        self._edges = [(at, number) for at, card in enumerate(cards) for number in card.ports]
        self._names = {
            known: wrap_text(said, measure, TEXT, CARD - 9, 3)
            for known, said in chart.stages.items()
        }
        self._heads, stage = [], ""
        for card in cards:
            new = card.step.stage != stage
            stage = card.step.stage
            self._heads.append(self._names[stage].height + NAME_TAKES if new else 0.0)

    def arrangements(self) -> Iterator[list[list[int]]]:
        """The cards in every number of columns that may suit a sheet; most columns last."""
        needed = sum(card.height + UNDER for card in self._cards) + sum(self._heads)
        # As many columns as make a sheet of about its shape, and some more and less.
        likely = math.sqrt(needed * 1.45 / (CARD + 8.0))
        seen = set()
        for count in range(max(1, int(likely * 0.6)), int(likely * 1.5) + 2):
            columns = self._balanced(count)
            if len(columns) not in seen:
                seen.add(len(columns))
                yield columns

    def _balanced(self, count: int) -> list[list[int]]:
        """The cards in at most so many columns, the longest as short as can be."""
        low = max((c.height + head for c, head in zip(self._cards, self._heads, strict=True)))
        high = sum(card.height + UNDER for card in self._cards) + sum(self._heads)
        while high - low > 1.0:
            middle = (low + high) / 2
            if len(self._filled(middle)) <= count:
                high = middle
            else:
                low = middle
        return self._filled(high)

    def _filled(self, tall: float) -> list[list[int]]:
        columns: list[list[int]] = []
        y = 0.0
        for at, card in enumerate(self._cards):
            need = card.height + self._heads[at]
            if not columns or y + UNDER + need > tall:
                columns.append([])
                y = -UNDER
            columns[-1].append(at)
            y += UNDER + need
        return columns

    def board(self, columns: Sequence[Sequence[int]], wide: float = 0.0) -> Board:
        """Where the cards stand in these columns, by their places in the chart, and their lines."""
        boxes = [BoardBox(card.step.id, CARD, card.height, card.entry) for card in self._cards]
        self._space(columns, boxes)
        follows = dict(pair for column in columns for pair in pairwise(column))
        place = {card.step.id: at for at, card in enumerate(self._cards)}
        ways = []
        for at, number in self._edges:
            step = self._cards[at].step
            edge = step.ways[number]
            down = len(step.ways) == 1 and not edge.label and follows.get(at) == place[edge.to]
            ways.append(BoardWay(step.id, edge.to, self._cards[at].ports[number], down))
        room = BoardRoom(ROOM.track, ROOM.pad, ROOM.arrow, wide)
        placed = [[[boxes[at] for at in column] for column in columns]]
        return Board(placed, ways, room, both_sides=True)

    def part(self, columns: Sequence[Sequence[int]], board: Board) -> DrawingPart:
        """The poster in these columns, as they stand on a board."""
        boxes = [board.boxes[card.step.id] for card in self._cards]
        shapes = [*self._stages(columns, boxes)]
        for card, box in zip(self._cards, boxes, strict=True):
            shapes += DrawingPart(0, 0, card.shapes).moved(box.x, box.y).shapes
        lines = [
            self._line(self._cards[at].step.ways[number], way)
            for (at, number), way in zip(self._edges, board.ways, strict=True)
        ]
        return DrawingPart(board.width, board.height, tuple(shapes), tuple(lines))

    def _space(self, columns: Sequence[Sequence[int]], boxes: Sequence[BoardBox]) -> None:
        """The cards of each column under each other, so that columns are about equally long."""
        needs = [
            sum(boxes[at].height + self._heads[at] for at in column) + UNDER * (len(column) - 1)
            for column in columns
        ]
        for column, need in zip(columns, needs, strict=True):
            spare = (max(needs) - need) / max(len(column) - 1, 1)
            y = 0.0
            for at in column:
                boxes[at].y = y + self._heads[at]
                y = boxes[at].y + boxes[at].height + min(UNDER + spare, MOST_UNDER)

    def _line(self, edge: Edge, way: BoardWay) -> LinePath:
        kind = LineStyle.ROUTE if edge.start in self._chart.answered else LineStyle.FLOW
        facts, about = way_facts(self._chart, edge)
        return LinePath(kind, way.points, None, about, facts)

    def _stages(
        self, columns: Sequence[Sequence[int]], boxes: Sequence[BoardBox]
    ) -> Iterator[Shape]:
        """A field behind the cards of a stage in each column, and its name where it begins."""
        for column in columns:
            for stage in dict.fromkeys(self._cards[at].step.stage for at in column):
                held = [at for at in column if self._cards[at].step.stage == stage]
                first, last = boxes[held[0]], boxes[held[-1]]
                head = self._heads[held[0]]
                top, left = first.y - max(head, 1.2), first.x - 1.2
                facts: Facts = (("stage", stage),)
                about = drawable_text(self._chart.stages[stage])
                box = (left, top, CARD + 2.4, last.y + last.height + 1.2 - top)
                yield Shape(ShapeKind.FIELD, *box, (), about, facts)
                if head:
                    text = self._names[stage].at(
                        left + 1.6, top + 0.6, anchor=Anchor.START, bold=True
                    )
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
    session: Session,
    measure: Measure,
    *,
    tier: TierCode = NO_TIER,
    printed: dt.date | None = None,
) -> DrawingPage:
    """The poster of a session, or of one tier of it, on the smallest sheet that is readable."""
    found = chart(session, tier)
    said = imprint(session, tier, printed)
    maker = CardMaker(found, measure)
    cards = [maker.card(step) for step in found.steps]
    if not cards:
        size = SHEETS[0]
        texts = (*head(said, "", size, measure), empty_words(said, size, measure))
        return DrawingPage(1, 1, *size, said.title, sheet_description([]), texts)
    drawn = Poster(found, measure, cards)
    tried = [(columns, drawn.board(columns)) for columns in drawn.arrangements()]
    for size in SHEETS:
        # What is read from further away is larger.
        times = size[1] / SHEETS[0][1]
        key = _key(found, cards, measure, size, times)
        top = MARGIN + HEAD * times
        room = size[0] - 2 * MARGIN, size[1] - MARGIN - top - key.height - KEY_GAP * times
        columns, board = max(tried, key=lambda one: _scale(one[1], room))
        if _scale(board, room) >= 1:
            break
    scale = _scale(board, room)
    spare = (room[0] / scale - board.width) / max(len(columns) - 1, 1)
    part = drawn.part(columns, drawn.board(columns, min(spare, MOST_WIDE)))
    placed = part.moved((size[0] - part.width * scale) / 2, top, scale)
    parts = (placed, key.moved(MARGIN, size[1] - MARGIN - key.height))
    texts = tuple(head(said, "", size, measure, times))
    return DrawingPage(1, 1, *size, said.title, sheet_description([placed]), texts, parts)


def _scale(board: Board, room: Size) -> float:
    return min(LARGEST, room[0] / board.width, room[1] / board.height)


def _key(
    chart: Chart, cards: Sequence[Card], measure: Measure, size: Size, times: float
) -> DrawingPart:
    kinds = {shape.kind for card in cards for shape in card.shapes}
    codes = {code for card in cards for code in card.step.codes}
    width = (size[0] - 2 * MARGIN) / times
    return sheet_key(chart, kinds, codes, measure, width).moved(0, 0, times)
