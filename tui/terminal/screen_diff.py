"""The screen diff: what Textual sends goes in; the shortest codes that show the same come out.

This reads the framework's output and not its strips, although those would spare the reading:
`Driver.write` is the one public place that everything passes on its way to the terminal, so nothing
can be sent past it, and a newer Textual that draws otherwise still ends in cells. Textual's
compositor sends CUP, SGR, OSC 8, line feeds and text, in frames of mode 2026. What only sets the
terminal up or asks it something (private modes, the keyboard's protocol, queries, the bell, the
clipboard, the pointer) touches no cell and passes through; so does anything else, after which the
screen counts as unknown.
Rows that moved up or down together are moved by the terminal itself. A row costs some 50
microseconds to read, and as much to compare where it changed.

Only sequences that every terminal knows are sent (ECMA-48: CUP, CHA, CUF, CUB), and where the
terminal has them EL and ECH, which fill with the pen's colour (``bce``) or else with the
terminal's own. After a character whose width is not sure the cursor's place counts as lost: it
is then told, so that a terminal that draws it wider or narrower spoils no more than that character.
"""

import re
from collections import Counter
from collections.abc import Iterator
from operator import eq
from typing import NamedTuple

from offwall.tui.terminal.cells import (
    BLANK,
    PLAIN,
    UNKNOWN,
    CellStyle,
    ScreenCell,
    ScreenCells,
    ScreenFrame,
    ScreenRow,
    StrangeStyleError,
    apply_sgr,
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
        gap, space = new[pen.x : x], space_look(pen.style)
        # Only what the pen would write without another style.
        if all(
            text.isascii() and text and look == (space if text == " " else pen.style)
            for text, look in gap
        ):
            pen.sent.append("".join(text for text, _ in gap))
            pen.x = x
            return
    pen.move(x, y)


def commonest_blank(pen: Pen, rows: tuple[ScreenRow, ...]) -> ScreenCell:
    """The blank cell that fills most of a screen and that erasing leaves."""
    counts = Counter({BLANK: 0})
    counts.update(cell for row in rows for cell in row if cell[0] == " ")
    return max(filter(pen.erases, counts), key=counts.__getitem__)


_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<sgr>[\d;]*)m"
    r"|\x1b\[(?P<place>\d*;?\d*)H"
    r"|(?P<feed>\n)"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x1b\\|\x07)"
    r"|\x1b\[\?2026(?P<frame>[hl])"
    r"|(?P<screen>\x1b\[\?(?:47|1047|1049|3)[hl])"
    r"|(?P<harmless>\x07|\x1b\[[<>=?][\d;]*\$?[A-Za-z]|\x1b\[\d*[cnt]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<strange>\x1b\[[^@-~]*[@-~]|[\s\S])"
)


def read_output(cells: ScreenCells, data: str) -> Iterator[tuple[str, str]]:
    """Write into the cells; yield what is not about them, by what becomes of the screen: it is a
    ``frame``, another ``screen``, ``harmless``, or ``strange``.
    """
    for token in _TOKEN.finditer(data):
        kind = token.lastgroup or "strange"
        said = token[kind]
        if kind == "text":
            cells.write(said)
        elif kind == "sgr":
            try:
                cells.style = apply_sgr(cells.style, said)
            except StrangeStyleError:
                yield "strange", token[0]
        elif kind == "place":
            row, _, column = said.partition(";")
            cells.move(int(column or 1) - 1, int(row or 1) - 1)
        elif kind == "feed" and cells.y < cells.height - 1:
            cells.move(0, cells.y + 1)
        elif kind == "link":
            cells.style = cells.style._replace(link="" if said == ";" else said)
        else:
            yield "strange" if kind == "feed" else kind, token[0]


# Rows that moved up or down together: the terminal can move them itself.

LEAST_ROWS = 3
"""Fewer rows than this are as quickly written again."""

MORE_CELLS = 8
"""Cells by which a row must stand better after the shift to be taken along."""


class ScrollShift(NamedTuple):
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

    def applied(self, old: ScreenFrame) -> ScreenFrame:
        """What the screen shows when the rows have moved; what came in is not known."""
        nothing: ScreenRow = (UNKNOWN,) * len(old[0])
        rows = list(old)
        for y in range(self.top, self.bottom + 1):
            source = y + self.by
            rows[y] = old[source] if self.top <= source <= self.bottom else nothing
        return tuple(rows)


def find_scroll(old: ScreenFrame, new: ScreenFrame) -> ScrollShift | None:
    """The shift that puts most rows into their place, if there is one worth trying."""
    changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
    if len(changed) < LEAST_ROWS:
        return None
    places: dict[str, list[int]] = {}
    for y, row in enumerate(old):
        places.setdefault(_row_text(row), []).append(y)
    found = [
        (y, source - y)
        for y in changed
        if (text := _row_text(new[y])).strip()
        for source in places.get(text, ())
        if source != y
    ]
    votes = Counter(by for _, by in found).most_common(1)
    if not votes or votes[0][1] < LEAST_ROWS:
        return None
    by = votes[0][0]
    rows = [y for y, voted in found if voted == by]
    first, last = min(rows), max(rows)
    # Rows of which a part moved too, beside something that stays: a list beside a card.
    while _moved_mostly(old, new, first - 1, by):
        first -= 1
    while _moved_mostly(old, new, last + 1, by):
        last += 1
    return ScrollShift(min(first, first + by), max(last, last + by), by)


def _moved_mostly(old: ScreenFrame, new: ScreenFrame, y: int, by: int) -> bool:
    """Whether more of a row stands right after the shift than before it."""
    if not (0 <= y < len(new) and 0 <= y + by < len(old)):
        return False
    before, after = (sum(map(eq, row, new[y])) for row in (old[y], old[y + by]))
    return bool(after > before + MORE_CELLS)


def _row_text(row: ScreenRow) -> str:
    return "".join([text for text, _ in row])


BRACKET_FROM = 1000
"""Bytes from which a frame is bracketed, so that a terminal shows it at once. A shorter one arrives
in one piece, and the brackets would be most of it."""


class ScreenDiff:
    """The cells that are wanted, those that the terminal shows, and the pen that it holds."""

    def __init__(self, width: int, height: int, abilities: TerminalAbilities) -> None:
        self._cells = ScreenCells(width, height)
        self._abilities = abilities
        self._pen = Pen(abilities, width)
        self._shown: ScreenFrame | None = None
        self._brackets = False
        self._own = True

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size, and with it shows nobody knows what."""
        if (width, height) != (self._cells.width, self._cells.height):
            self._cells.resize(width, height)
            self.forget()

    def forget(self) -> None:
        """What the terminal shows is no longer known: the next paint draws all of it."""
        self._shown = None

    def take(self, data: str) -> str:
        """Read what Textual sends; the answer is what passes through at once."""
        passed: list[str] = []
        for kind, sequence in read_output(self._cells, data):
            if kind == "frame":
                self._brackets = True
                continue
            if kind == "strange":
                # The terminal is brought to where Textual believes it is.
                passed += self.paint(), style_change(self._pen.style, self._cells.style)
                self.forget()
            elif kind == "screen":
                self._own = sequence.endswith("h")
                self.forget()
            passed.append(sequence)
        return "".join(passed)

    def paint(self) -> str:
        """What makes the terminal show what is wanted; the cursor goes where Textual wants it."""
        if not (self._own and self._cells.written):
            return ""
        frame = self._cells.frame()
        pen = self._anew(frame) if self._shown is None else self._changed(self._shown, frame)
        pen.move(min(self._cells.x, self._cells.width - 1), self._cells.y)
        self._shown, self._pen, sent = frame, pen, "".join(pen.sent)
        if self._brackets and len(sent) > BRACKET_FROM:
            return f"\x1b[?2026h{sent}\x1b[?2026l"
        return sent

    def _anew(self, frame: ScreenFrame) -> Pen:
        """Clear to what fills most of the screen, and draw what differs."""
        pen = Pen(self._abilities, self._cells.width)
        # Whatever the pen was: nothing is built on it.
        pen.sent.append("\x1b[m")
        cleared = commonest_blank(pen, frame)
        pen.dress(cleared[1])
        pen.sent.append("\x1b[2J")
        return self._rows(pen, ((cleared,) * len(frame[0]),) * len(frame), frame)

    def _changed(self, shown: ScreenFrame, frame: ScreenFrame) -> Pen:
        """Draw what changed, with rows moved by the terminal where that is shorter."""
        pen = self._rows(self._pen.copy(), shown, frame)
        shift = find_scroll(shown, frame)
        if shift is None:
            return pen
        moved = self._pen.copy()
        # Rows that come in take the pen's colour in some terminals and not in others.
        moved.sent.append(shift.sequence(len(frame)))
        # Not all terminals agree where the cursor is when margins are taken away.
        if shift.bottom == len(frame) - 1:
            moved.x, moved.y = 0, shift.top
        else:
            moved.x = moved.y = None
        self._rows(moved, shift.applied(shown), frame)
        return min(pen, moved, key=lambda one: sum(map(len, one.sent)))

    def _rows(self, pen: Pen, shown: ScreenFrame, frame: ScreenFrame) -> Pen:
        for y, (old, new) in enumerate(zip(shown, frame, strict=True)):
            if old is not new and old != new:
                draw_row(pen, y, old, new)
        return pen
