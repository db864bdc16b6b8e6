"""Strips on pages: the detail of the process, a lane a role or as the wall hangs; where the strips
break, and what leads from one to another.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from offwall.model.documents.diagram.boxes import ROWS, Chart, StepColumns, chart, units
from offwall.model.documents.diagram.grid import ONLY_PAGE, JumpTargets, stub_kind
from offwall.model.documents.diagram.routing import NAMES
from offwall.model.documents.diagram.shapes import DrawingPage, DrawingPart, Measure
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
from offwall.model.documents.diagram.strip import strip
from offwall.model.records import Session
from offwall.model.records.ids import NO_TIER, TierCode

FOOT = 6.0
"""What one line of the key takes of a page."""

BETWEEN = 6.0
"""Between two strips."""

SCALE = 1.03
"""How large a drawing is drawn at least: its text is then 9 points high, its small print 8."""

LARGEST = 1.5
"""How large where a page has room to spare."""

GIVE = 1.1
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
    drawn = _DrawingMaker(session, measure, tier, lanes, imprint(session, tier, printed))
    key = drawn.key(size)
    room = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - HEAD - key.height - 3.0
    broad = room[0] / SCALE
    strips = drawn.split(broad)
    whole = drawn.parts([drawn.units], {0: 1})[0] if len(strips) == 2 else None
    if whole and whole.width <= broad * GIVE:
        strips = [drawn.units]
    parts = drawn.parts(strips, {})
    sheets = _packed([part.height * _fit(part, room) for part in parts], room[1])
    where = {at: number for number, sheet in enumerate(sheets, 1) for at in sheet}
    if len(sheets) == 1:
        where = dict.fromkeys(where, ONLY_PAGE)
    # Lanes that are drawn smaller are laid out longer, so that all end at the page's edge.
    scales = [scale for sheet in sheets for scale in _scales([parts[at] for at in sheet], room)]
    parts = drawn.parts(strips, where, [room[0] / scale for scale in scales])
    return tuple(
        drawn.page(number, len(sheets), size, [parts[at] for at in sheet], room)
        for number, sheet in enumerate(sheets, 1)
    ) or (drawn.page(1, 1, size, [], room),)


@dataclass
class _DrawingMaker:
    """A session on its way to paper."""

    session: Session
    measure: Measure
    tier: TierCode
    lanes: str
    imprint: Imprint

    def __post_init__(self) -> None:
        self.chart: Chart = chart(self.session, self.tier)
        self.units: Sequence[StepColumns] = units(self.chart, self.lanes, self.measure)
        self._widths: dict[str, float] = {}
        self.rows = ROWS if self.lanes == "wall" else tuple(self.chart.lanes)

    def split(self, room: float) -> list[Sequence[StepColumns]]:
        """The units, as many in a strip as fit; none ends where it would tear what belongs together."""
        left: Sequence[StepColumns] = self.units
        found: list[Sequence[StepColumns]] = []
        while left:
            count = self._most(left, room)
            least = max(2, count - 2)
            while least < count < len(left) and _torn(left, count):
                count -= 1
            found.append(left[:count])
            left = left[count:]
        return found

    def _most(self, left: Sequence[StepColumns], room: float) -> int:
        """How many of the units fit beside each other; one at least.

        Their widths one by one are a good guess; only the strip laid out says it for certain.
        """
        width, count = NAMES, 0
        while count < len(left) and width + self._alone(left[count]) <= room:
            width += self._alone(left[count])
            count += 1
        count = max(count, 1)
        while count < len(left) and self._fits(left[: count + 1], room):
            count += 1
        while count > 1 and not self._fits(left[:count], room):
            count -= 1
        return count

    def _alone(self, unit: StepColumns) -> float:
        """How wide a unit is by itself."""
        known = unit.step.id
        if known not in self._widths:
            self._widths[known] = self._strip([unit], JumpTargets(), "").width - NAMES
        return self._widths[known]

    def _fits(self, found: Sequence[StepColumns], room: float) -> bool:
        return self._strip(found, JumpTargets(), "").width <= room

    def _strip(
        self, found: Sequence[StepColumns], far: JumpTargets, begun: str, broad: float = 0
    ) -> DrawingPart:
        return strip(self.chart, found, self.rows, self.measure, far, begun=begun, broad=broad)

    def parts(
        self,
        strips: Sequence[Sequence[StepColumns]],
        where: dict[int, int],
        broads: Sequence[float] = (),
    ) -> list[DrawingPart]:
        """Each strip laid out; ``where`` is the page of each, once that is known.

        ``broads`` are the widths of their lanes, where those shall be wider than what is in them.
        """
        far = _far(strips, where)
        begun = ["", *(found[-1].step.stage for found in strips)]
        return [
            self._strip(found, far, before, broad)
            for found, before, broad in zip(strips, begun, broads or repeat(0.0), strict=False)
        ]

    def key(self, size: Size) -> DrawingPart:
        """The key to what any of the pages may show."""
        cells = [cell for unit in self.units for column in unit.columns for cell in column.cells]
        kinds = {body.kind for cell in cells for body in (cell.body, *cell.under)}
        kinds |= {
            one for cell in cells for edge in cell.ways if (one := stub_kind(edge, near=False))
        }
        codes = {code for unit in self.units for code in unit.step.codes}
        return sheet_key(self.chart, kinds, codes, self.measure, size[0] - 2 * MARGIN)

    def page(
        self, number: int, of: int, size: Size, parts: Sequence[DrawingPart], room: Size
    ) -> DrawingPage:
        """A sheet with its head, its foot, and the strips under each other."""
        scales = _scales(parts, room)
        heights = [part.height * scale for part, scale in zip(parts, scales, strict=True)]
        spare = room[1] - sum(heights) - BETWEEN * (len(parts) - 1)
        apart = BETWEEN + min(max(spare, 0) / max(len(parts) - 1, 1), 2 * BETWEEN)
        y, placed = MARGIN + HEAD, []
        for scale, part, height in zip(scales, parts, heights, strict=True):
            placed.append(part.moved(MARGIN, y, scale))
            y += height + apart
        sheet = f"Page {number} of {of}" if of > 1 else ""
        texts = [*head(self.imprint, sheet, size, self.measure)]
        if not parts:
            texts.append(empty_words(self.imprint, size, self.measure))
        about = sheet_description(placed)
        key = self.key(size)
        placed.append(key.moved(MARGIN, size[1] - MARGIN - key.height))
        name = self.imprint.title
        return DrawingPage(number, of, *size, name, about, tuple(texts), tuple(placed))


def _torn(left: Sequence[StepColumns], count: int) -> bool:
    """Whether a strip would end with the beginning of a stage, or between answers and targets."""
    last, after = left[count - 1].step, left[count].step
    if left[count - 2].step.stage != last.stage == after.stage:
        return True
    ahead = {unit.step.id for unit in left[count : count + 3]}
    return len(last.ways) > 1 and any(edge.to in ahead for edge in last.ways)


def _fit(part: DrawingPart, room: Size) -> float:
    """How much smaller a strip must be to fit a page."""
    return min(SCALE, room[0] / part.width, room[1] / part.height)


def _scales(parts: Sequence[DrawingPart], room: Size) -> list[float]:
    """How large the strips of one page are drawn: so that all of them fit, and fill it."""
    scales = [_fit(part, room) for part in parts]
    needed = sum(scale * part.height for scale, part in zip(scales, parts, strict=True))
    spare = room[1] - BETWEEN * (len(parts) - 1)
    if needed > spare:
        return [scale * spare / needed for scale in scales]
    # One scale for all, so that the words of a page are of one size.
    larger = min((room[0] / part.width for part in parts), default=SCALE)
    larger = min(larger, spare / sum(part.height for part in parts) if parts else larger, LARGEST)
    return [max(scale, larger) for scale in scales]


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


def _far(strips: Sequence[Sequence[StepColumns]], where: dict[int, int]) -> JumpTargets:
    """The letter of each step that a route from another strip leads to, as they come."""
    strip_of = {unit.step.id: at for at, found in enumerate(strips) for unit in found}
    landings: dict[str, list[str]] = {}
    for at, found in enumerate(strips):
        for unit in found:
            for edge in unit.step.ways:
                if edge.to in strip_of and strip_of[edge.to] != at:
                    landings.setdefault(edge.to, []).append(unit.step.ref)
    letters = {known: _letter(number) for number, known in enumerate(landings)}
    numbers = {known: where.get(strip_of[known], 0) for known in landings}
    return JumpTargets(letters, numbers, landings)


def _letter(number: int) -> str:
    """A to Z, then AA, as a spreadsheet counts its columns."""
    tens, ones = divmod(number, 26)
    return (_letter(tens - 1) if tens else "") + chr(ord("A") + ones)
