"""Rows that moved up or down together: the terminal can move them itself."""

from collections import Counter
from operator import eq
from typing import NamedTuple

from tui.terminal.cells import UNKNOWN, Frame, Row

WORTHWHILE = 3
"""Fewer rows than this are as quickly written again."""

MORE = 8
"""Cells by which a row must stand better after the shift to be taken along."""


class Shift(NamedTuple):
    """Rows ``top`` to ``bottom`` move by so many: up where ``by`` is above nought, else down."""

    top: int
    bottom: int
    by: int

    def sequence(self, height: int) -> str:
        """What moves the rows; margins are set only where rows below stay."""
        lines = f"\x1b[{abs(self.by)}{'M' if self.by > 0 else 'L'}"
        start = f"\x1b[{self.top + 1}H"
        if self.bottom == height - 1:
            return start + lines
        return f"\x1b[{self.top + 1};{self.bottom + 1}r{start}{lines}\x1b[r"

    def leaves_cursor_at_top(self, height: int) -> bool:
        """Whether the cursor then stands in the first column of ``top``. Not all terminals agree
        where it is when margins are taken away.
        """
        return self.bottom == height - 1

    def applied(self, old: Frame) -> Frame:
        """What the screen shows when the rows have moved; what came in is not known."""
        nothing: Row = (UNKNOWN,) * len(old[0])
        rows = list(old)
        for y in range(self.top, self.bottom + 1):
            source = y + self.by
            rows[y] = old[source] if self.top <= source <= self.bottom else nothing
        return tuple(rows)


def find(old: Frame, new: Frame) -> Shift | None:
    """The shift that puts most rows into their place, if there is one worth trying."""
    changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
    if len(changed) < WORTHWHILE:
        return None
    places: dict[str, list[int]] = {}
    for y, row in enumerate(old):
        places.setdefault(_text(row), []).append(y)
    found = [
        (y, source - y)
        for y in changed
        if (text := _text(new[y])).strip()
        for source in places.get(text, ())
        if source != y
    ]
    votes = Counter(by for _, by in found).most_common(1)
    if not votes or votes[0][1] < WORTHWHILE:
        return None
    by = votes[0][0]
    rows = [y for y, voted in found if voted == by]
    first, last = min(rows), max(rows)
    # Rows of which a part moved too, beside something that stays: a list beside a card.
    while _moved_mostly(old, new, first - 1, by):
        first -= 1
    while _moved_mostly(old, new, last + 1, by):
        last += 1
    return Shift(min(first, first + by), max(last, last + by), by)


def _moved_mostly(old: Frame, new: Frame, y: int, by: int) -> bool:
    """Whether more of a row stands right after the shift than before it."""
    if not (0 <= y < len(new) and 0 <= y + by < len(old)):
        return False
    return _alike(old[y + by], new[y]) > _alike(old[y], new[y]) + MORE


def _alike(old: Row, new: Row) -> int:
    return sum(map(eq, old, new))


def _text(row: Row) -> str:
    return "".join([text for text, _ in row])
