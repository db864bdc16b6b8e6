"""The screen as cells: what each shows, and in which style.

A character takes one cell or two, and may be several code points (a letter and its accents). The
second cell of a wide one holds no text. How wide a terminal draws a character is agreed for nearly
all of them; `sure` names those, so that nothing is built on the others.
"""

import unicodedata
from functools import lru_cache

from rich.cells import split_graphemes

from tui.terminal.styles import PLAIN, Style, of_a_space

Cell = tuple[str, Style]
Row = tuple[Cell, ...]
Frame = tuple[Row, ...]

BLANK: Cell = (" ", PLAIN)
UNKNOWN: Cell = ("\0", PLAIN)
"""What a cell of the terminal holds when nobody knows: no cell that is wanted is equal to it."""


@lru_cache(4096)
def sure(text: str) -> bool:
    """Whether every terminal draws the character as wide as it is counted."""
    if len(text) != 1:
        return False
    kind = unicodedata.category(text)
    wide = unicodedata.east_asian_width(text) in "WF"
    return not (kind in ("Cn", "Co", "Cf", "Mn", "Me") or (wide and kind.startswith("S")))


class Cells:
    """A grid of cells that is written to as a terminal is, with the wrap at its edge off."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.x = self.y = 0
        self.style = PLAIN
        self.written = False
        self._rows = [[BLANK] * width for _ in range(height)]
        self._touched = set(range(height))
        self._frame: list[Row] = [()] * height

    def frame(self) -> Frame:
        """All rows, as they are now; a row that was not written to is the very same as before."""
        for y in self._touched:
            self._frame[y] = tuple(self._rows[y])
        self._touched.clear()
        return tuple(self._frame)

    def move(self, x: int, y: int) -> None:
        """Stand on a cell, within the grid."""
        self.x = max(0, min(x, self.width - 1))
        self.y = max(0, min(y, self.height - 1))

    def resize(self, width: int, height: int) -> None:
        """Take another size: what is cut off is gone, what is new is blank."""
        rows = [(row + [BLANK] * width)[:width] for row in self._rows[:height]]
        rows += [[BLANK] * width for _ in range(height - len(rows))]
        for row in rows:
            row.append(BLANK)
            _mend(row, width)
            row.pop()
        self.width, self.height, self._rows = width, height, rows
        self._touched = set(range(height))
        self._frame = [()] * height
        self.move(self.x, self.y)

    def write(self, text: str) -> None:
        """Put text where the cursor stands; what does not fit into the row is lost."""
        row, x = self._rows[self.y], self.x
        if text.isascii():
            space = of_a_space(self.style)
            cells = [(c, space) if c == " " else (c, self.style) for c in text]
            row[x : x + len(cells)] = cells
            self.x = min(x + len(cells), self.width)
        else:
            for character, width in _characters(text):
                self._place(row, character, width)
        del row[self.width :]
        _mend(row, x)
        _mend(row, self.x)
        self._touched.add(self.y)
        self.written = True

    def _place(self, row: list[Cell], character: str, width: int) -> None:
        if width == 0:
            self._join(row, character)
        elif self.x + width <= self.width:
            style = of_a_space(self.style) if character == " " else self.style
            row[self.x : self.x + width] = [(character, style), ("", style)][:width]
            self.x += width

    def _join(self, row: list[Cell], accent: str) -> None:
        """Add to a character that was written before."""
        before = self.x - 1 if self.x and row[self.x - 1][0] else self.x - 2
        if before >= 0:
            base, style = row[before]
            row[before] = (base + accent, self.style if base == " " else style)


@lru_cache(4096)
def _characters(text: str) -> tuple[tuple[str, int], ...]:
    """Each character, its accents with it, and the cells that it takes."""
    spans, _ = split_graphemes(text)
    return tuple((text[start:end], min(width, 2)) for start, end, width in spans)


def _mend(row: list[Cell], x: int) -> None:
    """Blank what was halved at ``x``: a terminal shows no half of a wide character."""
    if not 0 < x < len(row):
        return
    (left, look), (right, _) = row[x - 1], row[x]
    wide = len(left) > 0 and not left.isascii() and _characters(left)[0][1] == 2
    if wide and right:
        row[x - 1] = (" ", of_a_space(look))
    elif right == "" and not wide:
        row[x] = (" ", of_a_space(row[x][1]))
