"""Where the wall's notes stand on the screen: plain arithmetic, so that any size costs the same."""

from dataclasses import dataclass

from textual.geometry import Region

from model.wall import LANES

HEAD = 1
"""Lines above the lanes: the names of the stages."""

GUTTER = 10
"""Cells left of the columns: the names of the lanes."""

NARROWEST = 20
"""A note is at least this wide where the screen is, and the screen holds what columns it can."""

FEWEST, MOST = 3, 10
"""Lines on a note; with fewer it says nothing, with more the eye has to search."""


@dataclass(frozen=True, slots=True)
class WallLayout:
    """How many columns and lanes a screen holds, and how large a note is.

    A column is a cell for the gap and then ``width`` cells of note; a lane is ``lines`` lines of
    note and then one for the gap.
    """

    columns: int
    width: int
    lanes: int
    lines: int

    @classmethod
    def of(cls, width: int, height: int) -> "WallLayout":
        """What fits best into so many cells and lines."""
        across = max(2, width - GUTTER)
        columns = max(1, across // (NARROWEST + 1))
        down = max(1, height - HEAD)
        lines = max(FEWEST, min(MOST, (down + 1) // len(LANES) - 1))
        lanes = max(1, min(len(LANES), (down + 1) // (lines + 1)))
        return cls(columns, across // columns - 1, lanes, lines)

    def region(self, column: int, lane: int) -> Region:
        """The cells of a note and of the gap at its left, counted from what is in view."""
        x = GUTTER + column * (self.width + 1)
        return Region(x, HEAD + lane * (self.lines + 1), self.width + 1, self.lines)

    def at(self, x: int, y: int) -> tuple[int, int] | None:
        """Which column and lane in view has a cell; none where there is no note's place."""
        column, lane = (x - GUTTER) // (self.width + 1), (y - HEAD) // (self.lines + 1)
        within = 0 <= column < self.columns and 0 <= lane < self.lanes
        return (column, lane) if within else None


def follow(first: int, room: int, cursor: int, total: int) -> int:
    """What is the first in view, so that the cursor is in view and no room is left over."""
    first = max(min(first, cursor), cursor - room + 1)
    return max(0, min(first, total - room))
