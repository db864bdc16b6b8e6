"""How wide the columns of a list are, and what of a text stands in them. Widths are in cells."""

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from offwall.tui.kit.text import plain
from offwall.tui.terminal.textual_private import row_starts

LEAST = 4
"""Cells of a column that takes what the others leave, where they leave nothing."""


def widths(wanted: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """The widths of columns with a cell between them.

    A column is at most as wide as it is ``wanted``, and no wider than what stands in it, its
    ``natural`` width; one that is wanted 0 wide takes what is left. What that does not need goes to
    the columns that were cut.
    """
    found = [min(pair) for pair in zip(wanted, natural, strict=True)]
    free = [place for place, width in enumerate(wanted) if not width]
    left = max(room - sum(found) - len(found) + 1, 0)
    for nth, place in enumerate(sorted(free, key=lambda place: natural[place])):
        share = left // (len(free) - nth)
        found[place] = max(LEAST, min(natural[place] or share, share))
        left = max(0, left - found[place])
    for place, width in enumerate(wanted):
        more = max(0, min(left, natural[place] - found[place])) if width else 0
        found[place], left = found[place] + more, left - more
    if free:
        found[free[0]] += left
    return found


@lru_cache(maxsize=4096)
def narrowest(text: str, lines: int) -> int:
    """The fewest cells in which a text has room in so many lines, broken between words."""
    shown = plain(text)
    if lines == 1:
        return cell_len(shown)
    places = [place for place, letter in enumerate(shown) if letter == " "]
    halves = [max(cell_len(shown[:at]), narrowest(shown[at + 1 :], lines - 1)) for at in places]
    return min([cell_len(shown), *halves])


def in_lines(text: str, size: int, lines: int) -> list[str]:
    """A text in at most so many lines of exactly ``size`` cells; the last may be cut."""
    shown = plain(text)
    if lines == 1 or cell_len(shown) <= size:
        return [fitted(shown, size)]
    starts = row_starts(shown, size)[:lines]
    ends = [*starts[1:], len(shown)]
    return [fitted(shown[one:end].rstrip(), size) for one, end in zip(starts, ends, strict=True)]


def fitted(text: str, size: int) -> str:
    """The text in exactly ``size`` cells; an ellipsis says that there is more."""
    shown = plain(text)
    if cell_len(shown) > size > 0:
        shown = set_cell_size(shown, size - 1).rstrip() + "…"
    return set_cell_size(shown, size)
