"""Filters that every line passes on its way to the terminal: nothing it would obey, and ASCII.

Widgets clean what they show by `offwall.tui.kit.text`; the first filter stands between all of them
and the terminal, the framework's own fields too, which show what they hold as it is. The second
draws boxes, bars and marks in ASCII for a terminal or a font that lacks them: each character takes
the one cell that it took before. Letters and signs of money are never touched.
"""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from offwall.tui.kit import plain

# The last look at all that is shown: no widget can send a terminal what it would obey.
#
# Widgets clean what they show by `tui.kit.text`; this stands between all of them and the terminal,
# the
# framework's own fields too, which show what they hold as it is.


class CleanLines(LineFilter):
    """Takes out of every line what `tui.kit.text.plain` takes out, and leaves its width as it
    was.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without anything that a terminal would obey."""
        return [_clean_segment(segment) for segment in segments]


def _clean_segment(segment: Segment) -> Segment:
    text, style, control = segment
    if text.isascii() and text.isprintable():
        return segment
    cleaned = plain(text)
    if cleaned == text:
        return segment
    return Segment(set_cell_size(cleaned, cell_len(text)), style, control)


# Boxes, bars and marks in ASCII, for a terminal or a font that lacks them.
#
# It stands where lines leave for the terminal, so no screen needs to know. Each character takes the
# one cell that it took before. Letters and signs of money are never touched.

KEY_NAMES = {
    "⏎": "enter",
    "⌫": "backspace",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
"""What the framework's signs for keys are called."""

_MARKS = {
    "·": "-",
    "…": "~",
    "✓": "v",
    "×": "x",
    "≠": "#",
    "●": "*",
    "○": "o",
    "•": "*",
    "◦": "o",
    "▪": "*",
    "‣": ">",
    "›": ">",
    "‹": "<",
    "»": ">",
    "«": "<",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "▲": "^",
    "▼": "v",
    "▶": ">",
    "◀": "<",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "¹": "1",
    "²": "2",
    "³": "3",
    "\u00a0": " ",
    "\ufffd": "?",
}


def _each(characters: str | Iterable[int], stand_in: str) -> dict[str, str]:
    return {one if isinstance(one, str) else chr(one): stand_in for one in characters}


ASCII_STAND_INS = str.maketrans(
    # Box drawing (U+2500 to U+257F): corners and crossings, then lines, then the diagonals.
    _each(range(0x2500, 0x2580), "+")
    | _each("─━┄┅┈┉╌╍═╴╶╸╺╼╾", "-")
    | _each("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", "|")
    | {"╱": "/", "╲": "\\", "╳": "X"}
    # Block elements (U+2580 to U+259F): what is mostly filled, halves that stand, halves that lie.
    | _each(range(0x2580, 0x25A0), "#")
    | _each("▌▍▎▏▐▕", "|")
    | _each("▁▂▃▔▀▄", "-")
    | _each("░", ".")
    | _MARKS
)


class AsciiFilter(LineFilter):
    """Puts an ASCII character in the place of each that is drawn, and of no letter."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line with their stand-ins."""
        return [
            part
            if part.text.isascii()
            else Segment(part.text.translate(ASCII_STAND_INS), part.style, part.control)
            for part in segments
        ]
