"""The ways out of one cell, spread under each other to the right of it, each with its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.drawing.cells import SMALL
from model.drawing.sheet import Kind, Measure
from model.drawing.wrapping import Block, block
from model.flow import Edge, Way
from model.session import END

BUS = 2.2
"""From the box to where its ways part."""

CIRCLE = 7.0
"""The width of a circle at which a route jumps."""

PILL = (15.0, 6.0)
"""The size of the end, and of the way back from a stage on demand."""

BETWEEN = 1.2
"""Between what belongs to one way and what belongs to the next."""

ONLY_PAGE = -1
"""The page of a drawing that has but one, which need not be said."""

LABEL_ROOM, OPEN_ROOM, GOAL_ROOM = 25.0, 26.0, 15.0
ASIDE = 1.5
"""How far from the middle a way leaves that must not seem to lead straight on.

Branches stand at least twice as far apart, so that none comes to the middle instead.
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out: ``off`` is how far below the middle of the box it leaves.

    ``stub`` is the shape that it ends in at once; without one, it goes on to a step nearby.
    """

    edge: Edge
    label: Block
    stub: Kind | None = None
    words: Block | None = None
    off: float = 0.0

    @property
    def above(self) -> float:
        """What it needs over its line."""
        return max(self.label.height + 0.6 if self.label.lines else 0, self._stub_height / 2, 1)

    @property
    def under(self) -> float:
        """What it needs beneath its line."""
        return max(self._stub_height / 2, 0.8) + BETWEEN

    @property
    def run(self) -> float:
        """How long its line is before a stub begins, or before it may turn."""
        return self._label_width + (4.0 if self.stub else 0.5)

    @property
    def width(self) -> float:
        """How much room it takes from where the ways part, its stub included."""
        return self.run + self.stub_size[0] + self._words_width

    @property
    def stub_size(self) -> tuple[float, float]:
        """The width and height of the shape at its end."""
        if self.stub is Kind.JUMP:
            return CIRCLE, CIRCLE
        if self.stub is Kind.OPEN and self.words:
            return self.words.room + 5, max(7.0, self.words.height + 2.5)
        return PILL if self.stub else (0.0, 0.0)

    @property
    def _label_width(self) -> float:
        return self.label.room + 2 if self.label.lines else 0

    @property
    def _stub_height(self) -> float:
        return max(self.stub_size[1], self.words.height if self.words else 0) if self.stub else 0

    @property
    def _words_width(self) -> float:
        return self.words.room + 1.5 if self.words and self.stub is Kind.JUMP else 0


def branch(edge: Edge, goal: str, measure: Measure, *, near: bool, page: int = 0) -> Branch:
    """One way out of a cell; ``near`` where its target stands in the same strip of the page."""
    label = _narrowed(block(edge.label, measure, SMALL, LABEL_ROOM, 4), measure)
    stub = _stub(edge, near=near)
    words = None
    if stub is Kind.OPEN:
        words = _narrowed(block(goal, measure, SMALL, OPEN_ROOM, 4), measure)
    elif stub is Kind.JUMP:
        # The room is kept for any page, so that nothing moves once the pages are known.
        sheet = () if page == ONLY_PAGE else (f"page {page}",)
        lines = (*block(goal, measure, SMALL, GOAL_ROOM, 2).lines, *sheet)
        words = replace(Block(lines, SMALL, 0), room=_widest((*lines, "page 888"), measure))
    return Branch(edge, label, stub, words)


def _stub(edge: Edge, *, near: bool) -> Kind | None:
    if edge.kind is Way.LEAVE:
        return Kind.BACK
    if edge.kind in (Way.OPEN, Way.MISSING):
        return Kind.OPEN
    if edge.to == END:
        return Kind.END
    return None if near else Kind.JUMP


def _narrowed(words: Block, measure: Measure) -> Block:
    return replace(words, room=_widest(words.lines, measure))


def _widest(lines: Sequence[str], measure: Measure) -> float:
    return max((measure(line, SMALL) for line in lines), default=0.0)


def spread(branches: Sequence[Branch], straight: str, *, blocked: bool) -> tuple[Branch, ...]:
    """The branches with their places: one that leads to ``straight`` leaves from the middle.

    ``blocked`` is whether the middle leads to a box that is none of theirs: then no way that goes
    on may leave from there, for it would seem to lead to that box.
    """
    if not branches:
        return ()
    middle = next(
        (at for at, one in enumerate(branches) if not one.stub and one.edge.to == straight), None
    )
    placed = _stacked(branches, (len(branches) - 1) // 2 if middle is None else middle)
    astray = any(not one.stub and not one.off for one in placed)
    if middle is None and blocked and astray:
        placed = [replace(one, off=one.off + ASIDE) for one in placed]
    return tuple(placed)


def _stacked(branches: Sequence[Branch], middle: int) -> list[Branch]:
    placed = list(branches)
    for at in range(middle - 1, -1, -1):
        after = placed[at + 1]
        placed[at] = replace(placed[at], off=after.off - after.above - placed[at].under)
    for at in range(middle + 1, len(placed)):
        before = placed[at - 1]
        placed[at] = replace(placed[at], off=before.off + before.under + placed[at].above)
    return placed
