"""The shortest escape codes that make a terminal show one row instead of another.

Only sequences that every terminal knows are used (ECMA-48: CUP, CHA, CUF, CUB), and where the
terminal has them EL and ECH, which fill with the pen's colour (``bce``) or else with the
terminal's own. After a character whose width is not sure the cursor's place counts as lost: it
is then told, so that a terminal that draws it wider or narrower spoils no more than that character.
"""

from typing import NamedTuple

from offwall.tui.terminal.cells import (
    BLANK,
    PLAIN,
    CellStyle,
    ScreenCell,
    ScreenRow,
    has_sure_width,
    nearest_space_style,
    space_look,
    style_change,
)

SPACES_UP_TO = 12
"""Up to so many blank cells are written as spaces; erasing them takes as long."""


class TerminalAbilities(NamedTuple):
    """Whether a terminal erases with the pen's colour, erases some cells of a row."""

    colours_erased: bool = False
    erases_cells: bool = False


class Pen:
    """Where the terminal's cursor stands and how it writes, and what it is being sent."""

    def __init__(self, abilities: TerminalAbilities, width: int) -> None:
        self.abilities = abilities
        self.width = width
        self.x: int | None = None
        self.y: int | None = None
        self.style = PLAIN
        self.sent: list[str] = []

    def copy(self) -> "Pen":
        """A pen that stands there too and has sent nothing."""
        pen = Pen(self.abilities, self.width)
        pen.x, pen.y, pen.style = self.x, self.y, self.style
        return pen

    @property
    def length(self) -> int:
        """How much is to be sent."""
        return sum(map(len, self.sent))

    def text(self) -> str:
        """What is to be sent."""
        return "".join(self.sent)

    def move(self, x: int, y: int) -> None:
        """Go to a cell."""
        self.sent.append(self.way(x, y))
        self.x, self.y = x, y

    def way(self, x: int, y: int) -> str:
        """The shortest that takes the cursor to a cell."""
        if (x, y) == (self.x, self.y):
            return ""
        ways = [f"\x1b[{y + 1 if y else ''}{f';{x + 1}' if x else ''}H"]
        if y == self.y:
            ways.append("\r" if x == 0 else f"\x1b[{x + 1}G")
            if self.x is not None:
                ways.append(_along(x - self.x))
        elif x == 0 and self.y is not None and y == self.y + 1:
            ways.append("\r\n")
        return min(ways, key=len)

    def dress(self, style: CellStyle) -> None:
        """Write in this style from now on."""
        if style != self.style:
            self.sent.append(style_change(self.style, style))
            self.style = style

    def dress_for(self, cell: ScreenCell) -> None:
        """Write so that the cell looks as it should; under a space much cannot be seen."""
        text, style = cell
        if text != " ":
            self.dress(style)
        elif space_look(self.style) != style:
            self.dress(nearest_space_style(self.style, style))

    def put(self, cell: ScreenCell, width: int) -> None:
        """Write a character of so many cells where the cursor stands."""
        self.dress_for(cell)
        self.sent.append(cell[0])
        if self.x is not None:
            self.x += width
            if self.x >= self.width or not has_sure_width(cell[0]):
                self.x = None

    def erases(self, cell: ScreenCell) -> bool:
        """Whether erasing leaves this cell."""
        text, style = cell
        plain = text == " " and style == CellStyle(paper=style.paper)
        return plain and (self.abilities.colours_erased or not style.paper)


def _along(by: int) -> str:
    """The way along a row."""
    if by < 0:
        return "\b" * -by if by >= -4 else f"\x1b[{-by}D"
    return f"\x1b[{by if by > 1 else ''}C"


def draw_row(pen: Pen, y: int, old: ScreenRow, new: ScreenRow) -> None:
    """Send what makes a row that shows ``old`` show ``new``, which differs."""
    tail = _erasable_tail(pen, old, new)
    x, width = 0, len(new)
    while x < tail:
        if old[x] == new[x] or new[x][0] == "":
            x += 1
            continue
        _reach(pen, x, y, new)
        if blanks := _erasable_blanks(pen, x, tail, new):
            pen.dress_for(new[x])
            pen.sent.append(f"\x1b[{blanks}X")
            x += blanks
        else:
            cells = 2 if x + 1 < width and new[x + 1][0] == "" else 1
            pen.put(new[x], cells)
            x += cells
    if tail < width:
        _reach(pen, tail, y, new)
        pen.dress_for(new[tail])
        pen.sent.append("\x1b[K")


def _erasable_tail(pen: Pen, old: ScreenRow, new: ScreenRow) -> int:
    """Where the row's end begins that is worth erasing, or the row's width."""
    last, start = new[-1], len(new)
    if not pen.erases(last):
        return start
    while start and new[start - 1] == last:
        start -= 1
    changed = [x for x in range(start, len(new)) if old[x] != last]
    return changed[0] if len(changed) > 3 else len(new)


def _erasable_blanks(pen: Pen, x: int, end: int, new: ScreenRow) -> int:
    """How many cells from ``x`` are best erased; none where it would not save anything."""
    if not (pen.abilities.erases_cells and new[x][0] == " " and pen.erases(new[x])):
        return 0
    stop = x
    while stop < end and new[stop] == new[x]:
        stop += 1
    return stop - x if stop - x > SPACES_UP_TO else 0


def _reach(pen: Pen, x: int, y: int, new: ScreenRow) -> None:
    """Go to a cell: over a gap that is quickly written again, else by a sequence."""
    way = pen.way(x, y)
    if pen.y == y and pen.x is not None and 0 < x - pen.x < len(way):
        gap = new[pen.x : x]
        if all(text.isascii() and text and _as_written(pen, (text, look)) for text, look in gap):
            pen.sent.append("".join(text for text, _ in gap))
            pen.x = x
            return
    pen.move(x, y)


def _as_written(pen: Pen, cell: ScreenCell) -> bool:
    """Whether the pen would write this cell without another style."""
    return (space_look(pen.style) if cell[0] == " " else pen.style) == cell[1]


def commonest_blank(pen: Pen, rows: tuple[ScreenRow, ...]) -> ScreenCell:
    """The blank cell that fills most of a screen and that erasing leaves."""
    counts: dict[ScreenCell, int] = {BLANK: 0}
    for row in rows:
        for cell in row:
            if cell[0] == " ":
                counts[cell] = counts.get(cell, 0) + 1
    return max((cell for cell in counts if pen.erases(cell)), key=counts.__getitem__)
