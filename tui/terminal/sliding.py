"""Cells of a row that moved along it together: what stands behind a letter that was put between."""

from typing import NamedTuple

from tui.terminal.cells import UNKNOWN, Row

MOST = 4
"""Cells put between or taken out; more than a key does is as quickly written again."""

WORTHWHILE = 8
"""Cells behind them that must then stand right."""


class Slide(NamedTuple):
    """From ``x`` on, cells move right by so many, or left where ``by`` is below nought."""

    x: int
    by: int

    @property
    def sequence(self) -> str:
        """What moves the cells, with the cursor at ``x``: ICH or DCH."""
        many = abs(self.by)
        return f"\x1b[{many if many > 1 else ''}{'@' if self.by > 0 else 'P'}"

    def applied(self, old: Row) -> Row:
        """What the row then shows; what came in is not known."""
        came = (UNKNOWN,) * abs(self.by)
        if self.by < 0:
            return old[: self.x] + old[self.x - self.by :] + came
        kept = old[: self.x] + came + old[self.x : -self.by]
        halved = old[-self.by][0] == ""
        return (*kept[:-1], UNKNOWN) if halved else kept


def find(old: Row, new: Row) -> Slide | None:
    """The slide after which most stands right, if there is one worth trying."""
    x = next(at for at, (was, now) in enumerate(zip(old, new, strict=True)) if was != now)
    found = [
        (_alike(old[max(x, x - by) :], new[max(x, x + by) :]), Slide(x, by))
        for many in range(1, MOST + 1)
        for by in (many, -many)
        if max(x, x - by) < len(old) and "" not in (old[x][0], old[max(x, x - by)][0])
    ]
    alike, slide = max(found, key=lambda one: one[0], default=(0, Slide(0, 0)))
    return slide if alike >= WORTHWHILE else None


def _alike(old: Row, new: Row) -> int:
    """How many cells are the same, before one is not."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in pairs if was != now), min(len(old), len(new)))
