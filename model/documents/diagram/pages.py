"""Strips on pages: the detail of the process, a lane a role or as the wall hangs; where the strips
break, and what leads from one to another.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, repeat

from offwall.model.documents.diagram.chart import Chart, ChartStep, chart
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPage,
    DrawingPart,
    Facts,
    Shape,
    ShapeKind,
    drawable_text,
    wrap_text,
)
from offwall.model.documents.diagram.sheet import (
    HEAD,
    MARGIN,
    Imprint,
    Size,
    empty_words,
    head,
    imprint,
    sheet_description,
    sheet_key,
)
from offwall.model.documents.diagram.strip import POINTS_9, Elsewhere, StripDrawing
from offwall.model.records import Session
from offwall.model.records.fields import NO_TIER, TierCode

# The wall as it hangs: a column of notes for each activity, in the wall's four lanes, no lines.

LANES = ("activity", "people", "decisions", "documents")
"""From the top."""

TEXT, COLUMN, NAME, GAP, INSET = 3.2, 42.0, 24.0, 2.0, 1.6
STAGE = 6.5


class WallColumn:
    """The notes of one activity, by lane, each placed from the top of its lane."""

    def __init__(self, chart: Chart, step: ChartStep) -> None:
        self.step = step
        self.notes: dict[str, list[Shape]] = {lane: [] for lane in LANES}
        self.high = dict.fromkeys(LANES, GAP)
        head = " · ".join(part for part in (step.ref, step.remark, step.codes) if part)
        facts, _ = chart.told(step)
        about = drawable_text(f"{step.ref} {step.activity.text}")
        self._note(LANES[0], ShapeKind.STEP, (head, step.activity.text), about, facts)
        if step.people:
            said = drawable_text(f"People of {step.ref}: {', '.join(step.people)}")
            self._note(LANES[1], ShapeKind.PEOPLE, step.people, said, (("of", step.id),))
        activity = step.activity
        if activity.decision:
            known, said = step.decision_told()
            self._note(LANES[2], ShapeKind.QUESTION, (activity.decision,), said, known)
        for edge in step.ways:
            known, said = chart.way_told(edge)
            words = f"{edge.label or 'then'}: {chart.goal(edge)}"
            kind = ShapeKind.ROUTE if activity.routes else ShapeKind.FLOW
            self._note(LANES[2], kind, (words,), said, known)
        for name in activity.documents:
            known, said = step.document_told(name)
            self._note(LANES[3], ShapeKind.DOCUMENT, (name,), said, known)

    def _note(
        self, lane: str, kind: ShapeKind, said: Sequence[str], about: str, facts: Facts
    ) -> None:
        room, y = COLUMN - 2 * GAP, self.high[lane]
        texts, high = [], 1.0
        bold = kind is ShapeKind.STEP
        for line in said:
            words = wrap_text(line, TEXT, room - 2 * INSET - 3, 12)
            texts.append(words.at(GAP + INSET + 1.5, y + high, anchor=Anchor.START, bold=bold))
            high += words.height
            bold = False
        high += 3.4 if kind is ShapeKind.DOCUMENT else 1.0
        self.notes[lane].append(Shape(kind, GAP, y, room, high, tuple(texts), about, facts))
        self.high[lane] = y + high + GAP


def wall_part(chart: Chart, columns: Sequence[WallColumn], begun: str, broad: float) -> DrawingPart:
    """Some columns beside each other, at least ``broad`` millimetres wide."""
    width = max(NAME + COLUMN * len(columns), broad)
    pitch = min((width - NAME) / max(len(columns), 1), COLUMN * 1.5)
    shapes = list(_stages(chart, columns, begun, (width, pitch)))
    y = STAGE
    for lane in LANES:
        high = max((column.high[lane] for column in columns), default=0.0)
        if high <= GAP:
            continue
        facts = (("lane", lane),)
        text = wrap_text(lane, TEXT, NAME - 3, 1).at(NAME / 2, y + high / 2 - 2, bold=True)
        shapes.append(Shape(ShapeKind.LANE, 0, y, width, high, (), lane, facts))
        shapes.append(Shape(ShapeKind.LANE_NAME, 0, y, NAME, high, (text,), lane, facts))
        for at, column in enumerate(columns):
            notes = DrawingPart(0, 0, tuple(column.notes[lane]))
            shapes += notes.moved(NAME + at * pitch, y).shapes
        y += high
    return DrawingPart(width, y, tuple(shapes))


def _stages(
    chart: Chart, columns: Sequence[WallColumn], begun: str, size: tuple[float, float]
) -> Iterator[Shape]:
    width, pitch = size
    at = 0
    for stage, held in groupby(columns, key=lambda column: column.step.stage):
        end = at + len([*held])
        left = NAME + at * pitch
        right = width if end == len(columns) else NAME + end * pitch
        said = drawable_text(chart.stages[stage])
        said += ", continued" if stage == begun and not at else ""
        text = wrap_text(said, TEXT, right - left - 3, 1).at(
            left + 1.5, 1.2, anchor=Anchor.START, bold=True
        )
        box = (left, 0.0, right - left, STAGE)
        yield Shape(ShapeKind.STAGE, *box, (text,), said, (("stage", stage),))
        at = end


BETWEEN = 6.0
"""Between two strips."""

LARGEST = 1.5
"""How large strips are drawn where a page has room to spare."""

STRIP = 15.0
"""What a strip costs besides its height, so that they are not cut short."""

TORN = 20.0
"""Millimetres of a page that may be given up for not tearing what belongs together."""

GIVE = 1.08
"""How much more than a page holds is drawn smaller rather than on another page."""


def pages(
    session: Session,
    size: Size,
    *,
    tier: TierCode = NO_TIER,
    lanes: str = "roles",
    printed: dt.date | None = None,
) -> tuple[DrawingPage, ...]:
    """The drawing on sheets of a size, width and height in millimetres; at least one.

    A strip that is wider or higher than a page, such as one with an activity of twenty
    documents, is drawn smaller, so that nothing is left out.
    """
    found = chart(session, tier)
    drawn = _DrawingMaker(found, lanes, imprint(session, tier, printed), size)
    strips = drawn.split()
    # The room is kept for any page, so that nothing moves once the pages are known.
    elsewhere = Elsewhere(found)
    parts = drawn.parts(strips, elsewhere)
    heights = [part.height * _fit((part.width, part.height), drawn.room) for part in parts]
    sheets = _packed(heights, drawn.room[1])
    numbers = [number for number, sheet in enumerate(sheets, 1) for _ in sheet]
    one = len(sheets) == 1
    elsewhere.pages = {
        step.id: 0 if one else number
        for number, steps in zip(numbers, strips, strict=True)
        for step in steps
    }
    # Lanes that are drawn smaller are laid out longer, so that all end at the page's edge.
    scales = [scale for sheet in sheets for scale in drawn.scales([parts[at] for at in sheet])]
    parts = drawn.parts(strips, elsewhere, [drawn.room[0] / scale for scale in scales])
    return tuple(
        drawn.page(number, len(sheets), [parts[at] for at in sheet])
        for number, sheet in enumerate(sheets, 1)
    ) or (drawn.page(1, 1, []),)


Strip = Sequence[ChartStep]


class _DrawingMaker:
    """A chart on its way to paper of one size."""

    def __init__(self, chart: Chart, lanes: str, imprint: Imprint, size: Size) -> None:
        self.chart, self.imprint, self.size = chart, imprint, size
        self._walled = lanes == "wall"
        steps = chart.steps
        self._columns = {step.id: WallColumn(chart, step) for step in steps if self._walled}
        # The key is to what any of the pages may show.
        kinds = {ShapeKind.STEP} if self._walled else {ShapeKind.STEP, ShapeKind.JUMP}
        kinds |= {ShapeKind.DOCUMENT for step in steps if step.activity.documents}
        question = ShapeKind.QUESTION if self._walled else ShapeKind.DECISION
        kinds |= {question for step in steps if step.activity.decision}
        kinds |= {ShapeKind.PEOPLE for step in steps if self._walled and step.people}
        across = size[0] - 2 * MARGIN
        self.key = sheet_key(chart, kinds, across)
        self.room: Size = (across, size[1] - 2 * MARGIN - HEAD - self.key.height - 3.0)

    def strip(
        self, steps: Strip, elsewhere: Elsewhere, begun: str = "", broad: float = 0.0
    ) -> DrawingPart:
        """Some steps side by side, ``broad`` millimetres wide at least."""
        if self._walled:
            return wall_part(self.chart, [self._columns[step.id] for step in steps], begun, broad)
        return StripDrawing(self.chart, steps, elsewhere).part(begun, broad)

    def _extent(self, steps: Strip, elsewhere: Elsewhere) -> Size:
        if self._walled:
            part = self.strip(steps, elsewhere)
            return part.width, part.height
        drawing = StripDrawing(self.chart, steps, elsewhere)
        return drawing.width * POINTS_9, drawing.height * POINTS_9

    def split(self) -> list[Strip]:
        """The steps in strips that fit a page's width, such that all of them together are lowest.

        One that tears what belongs together counts as higher than it is.
        """
        steps = self.chart.steps
        lowest = [0.0, *repeat(float("inf"), len(steps))]
        begun = [0] * (len(steps) + 1)
        elsewhere = Elsewhere(self.chart)
        for first in range(len(steps)):
            for last in range(first + 1, len(steps) + 1):
                size = self._extent(steps[first:last], elsewhere)
                if size[0] > self.room[0] and last > first + 1:
                    break
                torn = last < len(steps) and last - first > 1 and _torn(steps[first:], last - first)
                height = lowest[first] + size[1] * _fit(size, self.room) + STRIP + TORN * torn
                if height < lowest[last]:
                    lowest[last], begun[last] = height, first
        found: list[Strip] = []
        last = len(steps)
        while last:
            found.append(steps[begun[last] : last])
            last = begun[last]
        return found[::-1]

    def parts(
        self, strips: Sequence[Strip], elsewhere: Elsewhere, broads: Sequence[float] = ()
    ) -> list[DrawingPart]:
        """Each strip laid out; ``broads`` are the widths of their lanes, where those are known."""
        begun = ["", *(steps[-1].stage for steps in strips)]
        return [
            self.strip(steps, elsewhere, before, broad)
            for steps, before, broad in zip(strips, begun, broads or repeat(0.0), strict=False)
        ]

    def scales(self, parts: Sequence[DrawingPart]) -> list[float]:
        """How large the strips of one page are drawn: so that all of them fit, and fill it."""
        scales = [_fit((part.width, part.height), self.room) for part in parts]
        needed = sum(scale * part.height for scale, part in zip(scales, parts, strict=True))
        spare = self.room[1] - BETWEEN * (len(parts) - 1)
        if needed > spare:
            return [scale * spare / needed for scale in scales]
        # One scale for all, so that the words of a page are of one size.
        larger = min((self.room[0] / part.width for part in parts), default=1.0)
        larger = min(larger, spare / max(sum(part.height for part in parts), 1.0), LARGEST)
        return [max(scale, larger) for scale in scales]

    def page(self, number: int, of: int, parts: Sequence[DrawingPart]) -> DrawingPage:
        """A sheet with its head, its foot, and the strips under each other."""
        scales = self.scales(parts)
        heights = [part.height * scale for part, scale in zip(parts, scales, strict=True)]
        spare = self.room[1] - sum(heights) - BETWEEN * (len(parts) - 1)
        apart = BETWEEN + min(max(spare, 0) / max(len(parts) - 1, 1), 2 * BETWEEN)
        y, placed = MARGIN + HEAD, []
        for scale, part, height in zip(scales, parts, heights, strict=True):
            placed.append(part.moved(MARGIN, y, scale))
            y += height + apart
        sheet = f"Page {number} of {of}" if of > 1 else ""
        texts = [*head(self.imprint, sheet, self.size)]
        about = sheet_description(placed)
        if parts:
            bottom = self.size[1] - MARGIN - self.key.height
            placed.append(self.key.moved(MARGIN, bottom))
        else:
            texts.append(empty_words(self.imprint, self.size))
        title = self.imprint.title
        return DrawingPage(number, *self.size, title, about, tuple(texts), tuple(placed))


def _torn(left: Strip, count: int) -> bool:
    """Whether a strip would end with the beginning of a stage, or between answers and targets."""
    last, after = left[count - 1], left[count]
    if left[count - 2].stage != last.stage == after.stage:
        return True
    ahead = {step.id for step in left[count : count + 3]}
    return len(last.ways) > 1 and any(edge.to in ahead for edge in last.ways)


def _fit(size: Size, room: Size) -> float:
    """How much smaller a strip must be to fit a page."""
    return min(1.0, room[0] / size[0], room[1] / size[1])


def _packed(heights: Sequence[float], room: float) -> list[list[int]]:
    """Which strips go on which page, in their order; one more if they need give but a little."""
    sheets: list[list[int]] = []
    left = 0.0
    for at, height in enumerate(heights):
        if not sheets or height > left + 0.01:
            sheets.append([])
            left = room * GIVE
        sheets[-1].append(at)
        left -= height + BETWEEN
    return sheets
