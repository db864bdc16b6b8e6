"""What Textual sends goes in; what a terminal must be sent to show the same comes out.

This reads the framework's output and not its strips, although those would spare the reading:
`Driver.write` is the one public place that everything passes on its way to the terminal, so nothing
can be sent past it, and a newer Textual that draws otherwise still ends in cells. A row
costs some 50 microseconds to read, and as much to compare where it changed.
"""

from tui.terminal import scrolling
from tui.terminal.cells import Cell, Cells, Frame
from tui.terminal.sequences import Passing, read
from tui.terminal.shortest import Abilities, Pen, commonest_blank, draw_row
from tui.terminal.styles import change

LONG = 1000
"""Bytes from which a frame is bracketed, so that a terminal shows it at once. A shorter one arrives
in one piece, and the brackets would be most of it."""


class Wire:
    """The cells that are wanted, those that the terminal shows, and the pen that it holds."""

    def __init__(self, width: int, height: int, abilities: Abilities) -> None:
        self._cells = Cells(width, height)
        self._abilities = abilities
        self._pen = Pen(abilities, width)
        self._shown: Frame | None = None
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
        passed = []
        for kind, sequence in read(self._cells, data):
            if kind is Passing.FRAME:
                self._brackets = True
                continue
            if kind is Passing.STRANGE:
                passed.append(self._ready())
                self.forget()
            elif kind is Passing.ANOTHER_SCREEN:
                self._own = sequence.endswith("h")
                self.forget()
            passed.append(sequence)
        return "".join(passed)

    def _ready(self) -> str:
        """Bring the terminal to where Textual believes it is."""
        return self.paint() + change(self._pen.style, self._cells.style)

    def paint(self) -> str:
        """What makes the terminal show what is wanted; the cursor goes where Textual wants it."""
        if not (self._own and self._cells.written):
            return ""
        frame = self._cells.frame()
        pen = self._anew(frame) if self._shown is None else self._changed(self._shown, frame)
        pen.move(min(self._cells.x, self._cells.width - 1), self._cells.y)
        self._shown, self._pen, sent = frame, pen, pen.text()
        if self._brackets and len(sent) > LONG:
            return f"\x1b[?2026h{sent}\x1b[?2026l"
        return sent

    def _anew(self, frame: Frame) -> Pen:
        """Clear to what fills most of the screen, and draw what differs."""
        pen = Pen(self._abilities, self._cells.width)
        # Whatever the pen was: nothing is built on it.
        pen.sent.append("\x1b[m")
        cleared = commonest_blank(pen, frame)
        pen.dress(cleared[1])
        pen.sent.append("\x1b[2J")
        return self._rows(pen, _filled(frame, cleared), frame)

    def _changed(self, shown: Frame, frame: Frame) -> Pen:
        """Draw what changed, with rows moved by the terminal where that is shorter."""
        pen = self._rows(self._pen.copy(), shown, frame)
        shift = scrolling.find(shown, frame)
        if shift is None:
            return pen
        moved = self._pen.copy()
        # Rows that come in take the pen's colour in some terminals and not in others.
        moved.sent.append(shift.sequence(len(frame)))
        at_top = shift.leaves_cursor_at_top(len(frame))
        moved.x, moved.y = (0, shift.top) if at_top else (None, None)
        self._rows(moved, shift.applied(shown), frame)
        return min(pen, moved, key=lambda one: one.length)

    def _rows(self, pen: Pen, shown: Frame, frame: Frame) -> Pen:
        for y, (old, new) in enumerate(zip(shown, frame, strict=True)):
            if old is not new and old != new:
                draw_row(pen, y, old, new)
        return pen


def _filled(frame: Frame, cell: Cell) -> Frame:
    return ((cell,) * len(frame[0]),) * len(frame)
