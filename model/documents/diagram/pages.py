"""Strips on pages: where the diagram breaks, what leads from one to another, the words at head
and foot.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from offwall.model.documents.diagram.boxes import (
    LARGE,
    NORMAL,
    ROWS,
    SMALL,
    Chart,
    StepColumns,
    chart,
    units,
)
from offwall.model.documents.diagram.grid import ONLY_PAGE, JumpTargets
from offwall.model.documents.diagram.routing import NAMES
from offwall.model.documents.diagram.shapes import (
    Anchor,
    DrawingPage,
    DrawingPart,
    LineStyle,
    Measure,
    ShapeKind,
    TextLines,
    drawable_text,
    wrap_text,
)
from offwall.model.documents.diagram.strip import strip
from offwall.model.records import Session
from offwall.model.records.ids import NO_TIER, TierCode
from offwall.model.tables.lists import CODE_MEANS

MARGIN = 10.0
"""Millimetres that stay white at every edge, as printers want it."""

KEY = "Letters on a step: " + ", ".join(f"{code} {said}" for code, said in CODE_MEANS.items())
CIRCLES = "Circles of one letter belong together: a route leaves at one and arrives at the other."


def drawing_title(session: Session, tier: TierCode = NO_TIER) -> str:
    """What the drawing is called."""
    shop = session.workshop
    name = shop.title or shop.process or "Process map"
    known = next((one.name for one in session.tiers if one.code == tier), tier)
    return drawable_text(f"{name}: {known} tier" if tier else name)


def head(
    session: Session, name: str, number: str, size: tuple[float, float], measure: Measure
) -> Iterator[TextLines]:
    """The title, the council and the date on the left; the marking and the page on the right."""
    shop, width = session.workshop, size[0] - 2 * MARGIN
    date = f"{shop.date.day} {shop.date:%B %Y}" if shop.date else ""
    left = width * 0.7
    yield wrap_text(name, measure, LARGE, left, 1).at(
        MARGIN, MARGIN - 2, anchor=Anchor.START, bold=True
    )
    below = " · ".join(text for text in (shop.council, date) if text)
    yield wrap_text(below, measure, NORMAL, left, 1).at(MARGIN, MARGIN + 4.6, anchor=Anchor.START)
    for text, y in ((shop.marking, MARGIN - 1), (number, MARGIN + 4.6)):
        words = wrap_text(text, measure, NORMAL, width * 0.28, 1)
        yield words.at(size[0] - MARGIN, y, anchor=Anchor.END, bold=text == shop.marking)


def foot(size: tuple[float, float], measure: Measure) -> TextLines:
    """The key to the letters and the circles."""
    words = wrap_text(f"{KEY}. {CIRCLES}", measure, SMALL, size[0] - 2 * MARGIN, 2)
    return words.at(MARGIN, size[1] - MARGIN - words.height + 2, anchor=Anchor.START)


COUNTED = (
    (ShapeKind.STEP, "step"),
    (ShapeKind.DECISION, "decision"),
    (LineStyle.ROUTE, "route"),
    (ShapeKind.DOCUMENT, "document"),
)


TOLD = (ShapeKind.STEP, ShapeKind.DECISION, ShapeKind.DOCUMENT, LineStyle.ROUTE, LineStyle.FLOW)


def page_description(parts: Sequence[DrawingPart]) -> str:
    """What the page holds, counted; every step, decision and document; and what leads to what."""
    count = Counter[str](shape.kind for part in parts for shape in part.shapes)
    count.update(path.kind for part in parts for path in part.paths)
    held = ", ".join(_number(count[kind], word) for kind, word in COUNTED)
    told = [one.about for part in parts for one in part.shapes if one.kind in TOLD]
    ways = [one.about for part in parts for one in part.paths if one.kind in TOLD]
    led = [f"Ways: {'; '.join(ways)}"] if ways else []
    return ". ".join([f"A process map: {held}", *told, *led]) + "."


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


HEAD, FOOT = 13.0, 7.0
"""What the title, and the key to the letters, take of a page."""

BETWEEN = 7.0
"""Between two strips."""

SCALE = 0.86
"""How large a drawing is drawn: its text is then 7.6 points high, its small print 6.6."""

GIVE = 1.15
"""How much more than a page holds is drawn smaller rather than on another page."""

POSTERS = (240, 330, 440, 600, 800, 1100, 1500, 2000, 2700, 3600, 5000)
"""Widths that are tried for a drawing on one sheet."""

FLAT = 50.0
"""No strip is flatter than this, so that a sheet that could not hold such strips is not tried."""

NOTHING = "Nothing is recorded yet. Record an activity, and it is drawn here."
NONE_LEFT = "This tier does none of the activities, so there is nothing to draw."

Size = tuple[float, float]


def pages(
    session: Session,
    measure: Measure,
    size: Size,
    *,
    tier: TierCode = NO_TIER,
    lanes: str = "roles",
) -> tuple[DrawingPage, ...]:
    """The drawing on sheets of a size, width and height in millimetres; at least one.

    A strip that is wider or higher than a page, such as one with an activity of twenty
    documents, is drawn smaller, so that nothing is left out.
    """
    drawn = _DrawingMaker(session, measure, tier, lanes)
    room = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - HEAD - FOOT
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


def poster(
    session: Session, measure: Measure, *, tier: TierCode = NO_TIER, lanes: str = "roles"
) -> DrawingPage:
    """The whole drawing on one sheet, as broad as it takes to be broader than high."""
    drawn = _DrawingMaker(session, measure, tier, lanes)
    parts: list[DrawingPart] = []
    broad, height = 0.0, 0.0
    needed = drawn.width()
    for width in POSTERS:
        if needed / width * FLAT > width / 1.4:
            continue
        strips = drawn.split(width)
        parts = drawn.parts(strips, {})
        broad = max([NAMES * 5, *(part.width for part in parts)])
        height = sum(part.height + BETWEEN for part in parts)
        if height <= broad / 1.4:
            break
    strips = drawn.split(broad)
    where = dict.fromkeys(range(len(strips)), ONLY_PAGE)
    parts = drawn.parts(strips, where, [broad] * len(strips))
    tall = HEAD + FOOT + 2 * MARGIN + sum(part.height + BETWEEN for part in parts) * SCALE
    size = broad * SCALE + 2 * MARGIN, max(tall, 60.0)
    return drawn.page(1, 1, size, parts, (broad * SCALE, tall))


def ribbon(session: Session, measure: Measure, *, tier: TierCode = NO_TIER) -> DrawingPart:
    """The whole process in one strip, lanes for roles, without a jump."""
    drawn = _DrawingMaker(session, measure, tier, "roles")
    return drawn.parts([drawn.units], {0: 1})[0] if drawn.units else DrawingPart(0, 0)


@dataclass
class _DrawingMaker:
    """A session on its way to paper."""

    session: Session
    measure: Measure
    tier: TierCode
    lanes: str

    def __post_init__(self) -> None:
        self.chart: Chart = chart(self.session, self.tier)
        self.units: Sequence[StepColumns] = units(self.chart, self.lanes, self.measure)
        self._widths: dict[str, float] = {}
        self.rows = ROWS if self.lanes == "wall" else tuple(self.chart.lanes)

    def split(self, room: float) -> list[Sequence[StepColumns]]:
        """The units, as many in a strip as fit; a stage does not begin with its last alone."""
        left: Sequence[StepColumns] = self.units
        found: list[Sequence[StepColumns]] = []
        while left:
            count = self._most(left, room)
            if 2 < count < len(left) and _begins_last(left, count):
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

    def width(self) -> float:
        """How wide all units are beside each other, about."""
        return sum(map(self._alone, self.units))

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

    def page(
        self, number: int, of: int, size: Size, parts: Sequence[DrawingPart], room: Size
    ) -> DrawingPage:
        """A sheet with its head, its foot, and the strips under each other."""
        name = drawing_title(self.session, self.tier)
        y, placed = MARGIN + HEAD, []
        for scale, part in zip(_scales(parts, room), parts, strict=True):
            placed.append(part.moved(MARGIN, y, scale))
            y += part.height * scale + BETWEEN
        sheet = f"Page {number} of {of}" if of > 1 else ""
        texts = [*head(self.session, name, sheet, size, self.measure), foot(size, self.measure)]
        if not parts:
            said = wrap_text(
                NONE_LEFT if self.session.activities else NOTHING, self.measure, LARGE, room[0], 3
            )
            texts.append(said.at(size[0] / 2, size[1] / 3))
        return DrawingPage(
            number, of, *size, name, page_description(parts), tuple(texts), tuple(placed)
        )


def _begins_last(left: Sequence[StepColumns], count: int) -> bool:
    """Whether the last unit of a strip begins a stage that goes on in the next."""
    before, last, after = (left[count + at].step.stage for at in (-2, -1, 0))
    return before != last == after


def _fit(part: DrawingPart, room: Size) -> float:
    """How much smaller a strip must be to fit a page."""
    return min(SCALE, room[0] / part.width, room[1] / part.height)


def _scales(parts: Sequence[DrawingPart], room: Size) -> list[float]:
    """How large the strips of one page are drawn, so that all of them fit."""
    scales = [_fit(part, room) for part in parts]
    needed = sum(scale * part.height for scale, part in zip(scales, parts, strict=True))
    spare = room[1] - BETWEEN * (len(parts) - 1)
    return [scale * spare / needed for scale in scales] if needed > spare else scales


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
