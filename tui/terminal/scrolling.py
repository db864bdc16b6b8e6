"""Rows that moved up or down together: the terminal can move them itself."""

from collections import Counter
from typing import NamedTuple

from tui.terminal.cells import UNKNOWN, Frame, Row

WORTHWHILE = 3
"""Fewer rows than this are as quickly written again."""


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
    return Shift(min(*rows, min(rows) + by), max(*rows, max(rows) + by), by)


def _text(row: Row) -> str:
    return "".join([text for text, _ in row])
