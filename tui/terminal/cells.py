"""A screen as a grid of cells: what each shows, and its style as SGR (ECMA-48, 8.3.117) and OSC 8.

A character takes one cell or two, and may be several code points (a letter and its accents). The
second cell of a wide one holds no text. How wide a terminal draws a character is agreed for nearly
all of them; `has_sure_width` names those, so that nothing is built on the others. A style is a
value: `apply_sgr` reads what Textual sends; `style_change` is the shortest way from one to another.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

_SGR_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 21: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29} | {
    51: 54,
    52: 54,
    53: 55,
}
"""What turns each look off. Bold and faint share one, as both underlines do."""

_SEEN_ON_A_SPACE = frozenset({4, 7, 9, 21, 51, 52, 53})
"""Looks that a space shows too: lines through, over, under and around it, and reverse."""


class StrangeStyleError(ValueError):
    """A sequence that is none of those that Textual sends."""


class CellStyle(NamedTuple):
    """What is switched on, the colours as SGR parameters (empty: the terminal's own), the link."""

    looks: frozenset[int] = frozenset()
    ink: str = ""
    paper: str = ""
    link: str = ""


PLAIN = CellStyle()


@lru_cache(4096)
def apply_sgr(style: CellStyle, parameters: str) -> CellStyle:
    """The style that holds after ``CSI parameters m``. Raises `StrangeStyleError`."""
    looks, ink, paper, link = style
    codes = [int(code or "0") for code in parameters.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            looks, ink, paper = frozenset(), "", ""
        elif code in _SGR_OFF:
            looks |= {code}
        elif code in _SGR_OFF.values():
            looks -= {on for on, off in _SGR_OFF.items() if off == code}
        elif code in (39, 49):
            ink, paper = ("", paper) if code == 39 else (ink, "")
        elif (colour := _colour(code, codes))[0]:
            ink, paper = (colour[1], paper) if colour[0] == 3 else (ink, colour[1])
        else:
            raise StrangeStyleError(parameters)
    return CellStyle(looks, ink, paper, link)


def _colour(code: int, rest: list[int]) -> tuple[int, str]:
    """3 for ink or 4 for paper, and the colour's own parameters; takes them out of ``rest``."""
    if code in (38, 48):
        length = {5: 2, 2: 4}.get(rest[0] if rest else 0, 0)
        taken, rest[:length] = rest[:length], []
        if len(taken) == length > 0:
            return code // 10, ";".join(map(str, [code, *taken]))
    elif 30 <= code <= 37 or 90 <= code <= 97:
        return 3, str(code)
    elif 40 <= code <= 47 or 100 <= code <= 107:
        return 4, str(code)
    return 0, ""


@lru_cache(4096)
def space_look(style: CellStyle) -> CellStyle:
    """What of the style can be seen on a space: nearly always its paper alone."""
    if style.looks & _SEEN_ON_A_SPACE:
        return style
    return CellStyle(paper=style.paper, link=style.link)


@lru_cache(4096)
def nearest_space_style(pen: CellStyle, wanted: CellStyle) -> CellStyle:
    """The style nearest to the pen's in which a space looks as wanted."""
    if wanted.looks:
        return wanted
    return CellStyle(pen.looks - _SEEN_ON_A_SPACE, pen.ink, wanted.paper, wanted.link)


@lru_cache(4096)
def style_change(now: CellStyle, wanted: CellStyle) -> str:
    """The shortest sequence from one style to another."""
    link = f"\x1b]8;{wanted.link or ';'}\x1b\\" if now.link != wanted.link else ""
    if now[:3] == wanted[:3]:
        return link
    off = {_SGR_OFF[look] for look in now.looks - wanted.looks}
    kept = {look for look in now.looks if _SGR_OFF[look] not in off}
    codes = [*map(str, sorted(off)), *map(str, sorted(wanted.looks - kept))]
    if now.ink != wanted.ink:
        codes.append(wanted.ink or "39")
    if now.paper != wanted.paper:
        codes.append(wanted.paper or "49")
    anew = ";".join(filter(None, [*map(str, sorted(wanted.looks)), wanted.ink, wanted.paper]))
    ways = f"\x1b[{';'.join(codes)}m", f"\x1b[0;{anew}m" if anew else "\x1b[m"
    return link + min(ways, key=len)


ScreenCell = tuple[str, CellStyle]
ScreenRow = tuple[ScreenCell, ...]
ScreenFrame = tuple[ScreenRow, ...]

BLANK: ScreenCell = (" ", PLAIN)
UNKNOWN: ScreenCell = ("\0", PLAIN)
"""What a cell of the terminal holds when nobody knows: no cell that is wanted is equal to it."""


@lru_cache(4096)
def has_sure_width(text: str) -> bool:
    """Whether every terminal draws the character as wide as it is counted."""
    if len(text) != 1:
        return False
    kind = unicodedata.category(text)
    wide = unicodedata.east_asian_width(text) in "WF"
    return not (kind in ("Cn", "Co", "Cf", "Mn", "Me") or (wide and kind.startswith("S")))


class ScreenCells:
    """A grid of cells that is written to as a terminal is, with the wrap at its edge off."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.x = self.y = 0
        self.style = PLAIN
        self.written = False
        self._rows = [[BLANK] * width for _ in range(height)]
        self._touched = set(range(height))
        self._frame: list[ScreenRow] = [()] * height

    def frame(self) -> ScreenFrame:
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
            _blank_halves(row, width)
            row.pop()
        self.width, self.height, self._rows = width, height, rows
        self._touched = set(range(height))
        self._frame = [()] * height
        self.move(self.x, self.y)

    def write(self, text: str) -> None:
        """Put text where the cursor stands; what does not fit into the row is lost."""
        row, x = self._rows[self.y], self.x
        if text.isascii():
            space = space_look(self.style)
            cells = [(c, space) if c == " " else (c, self.style) for c in text]
            row[x : x + len(cells)] = cells
            self.x = min(x + len(cells), self.width)
        else:
            for character, width in _characters(text):
                self._place(row, character, width)
        del row[self.width :]
        _blank_halves(row, x)
        _blank_halves(row, self.x)
        self._touched.add(self.y)
        self.written = True

    def _place(self, row: list[ScreenCell], character: str, width: int) -> None:
        if width == 0:  # it joins what was written before
            before = self.x - 1 if self.x and row[self.x - 1][0] else self.x - 2
            if before >= 0:
                base, style = row[before]
                row[before] = (base + character, self.style if base == " " else style)
        elif self.x + width <= self.width:
            style = space_look(self.style) if character == " " else self.style
            row[self.x : self.x + width] = [(character, style), ("", style)][:width]
            self.x += width


@lru_cache(4096)
def _characters(text: str) -> tuple[tuple[str, int], ...]:
    """Each character, its accents with it, and the cells that it takes."""
    spans, _ = split_graphemes(text)
    return tuple((text[start:end], min(width, 2)) for start, end, width in spans)


def _blank_halves(row: list[ScreenCell], x: int) -> None:
    """Blank what was halved at ``x``: a terminal shows no half of a wide character."""
    if not 0 < x < len(row):
        return
    (left, look), (right, _) = row[x - 1], row[x]
    wide = len(left) > 0 and not left.isascii() and _characters(left)[0][1] == 2
    if wide and right:
        row[x - 1] = (" ", space_look(look))
    elif right == "" and not wide:
        row[x] = (" ", space_look(row[x][1]))
