"""Strips on pages: the detail of the process, a lane a role or as the wall hangs; where the strips
break, and what leads from one to another.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from offwall.model.documents.diagram.chart import Chart, ChartStep, chart
from offwall.model.documents.diagram.shapes import DrawingPage, DrawingPart, Measure, ShapeKind
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
from offwall.model.documents.diagram.wall import WallColumn, wall_part
from offwall.model.records import Session
from offwall.model.records.ids import NO_TIER, TierCode

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
    measure: Measure,
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
    drawn = _DrawingMaker(found, measure, lanes, imprint(session, tier, printed), size)
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


@dataclass
class _DrawingMaker:
    """A chart on its way to paper of one size."""

    chart: Chart
    measure: Measure
    lanes: str
    imprint: Imprint
    size: Size

    def __post_init__(self) -> None:
        self._walled = self.lanes == "wall"
        steps = self.chart.steps
        self._columns = {
            step.id: WallColumn(self.chart, step, self.measure) for step in steps if self._walled
        }
        self.key = self._key()
        self.room: Size = (
            self.size[0] - 2 * MARGIN,
            self.size[1] - 2 * MARGIN - HEAD - self.key.height - 3.0,
        )

    def _key(self) -> DrawingPart:
        """The key to what any of the pages may show."""
        steps = self.chart.steps
        kinds = {ShapeKind.STEP, ShapeKind.JUMP} - ({ShapeKind.JUMP} if self._walled else set())
        kinds |= {ShapeKind.DOCUMENT for step in steps if step.activity.documents}
        question = ShapeKind.QUESTION if self._walled else ShapeKind.DECISION
        kinds |= {question for step in steps if step.activity.decision}
        kinds |= {ShapeKind.PEOPLE for step in steps if self._walled and step.people}
        codes = {code for step in steps for code in step.codes}
        return sheet_key(self.chart, kinds, codes, self.measure, self.size[0] - 2 * MARGIN)

    def strip(
        self, steps: Strip, elsewhere: Elsewhere, begun: str = "", broad: float = 0.0
    ) -> DrawingPart:
        """Some steps side by side, ``broad`` millimetres wide at least."""
        if self._walled:
            held = [self._columns[step.id] for step in steps]
            return wall_part(self.chart, held, self.measure, begun, broad)
        return StripDrawing(self.chart, steps, self.measure, elsewhere).part(begun, broad)

    def _extent(self, steps: Strip, elsewhere: Elsewhere) -> Size:
        """The width and height of a strip of some steps, without drawing it."""
        if self._walled:
            part = self.strip(steps, elsewhere)
            return part.width, part.height
        drawing = StripDrawing(self.chart, steps, self.measure, elsewhere)
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
        texts = [*head(self.imprint, sheet, self.size, self.measure)]
        about = sheet_description(placed)
        if parts:
            bottom = self.size[1] - MARGIN - self.key.height
            placed.append(self.key.moved(MARGIN, bottom))
        else:
            texts.append(empty_words(self.imprint, self.size, self.measure))
        title = self.imprint.title
        return DrawingPage(number, of, *self.size, title, about, tuple(texts), tuple(placed))


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
