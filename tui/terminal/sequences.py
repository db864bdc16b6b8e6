"""What Textual sends, read: text, styles, links and moves into cells; all else as it came.

Textual's compositor sends no more than this: CUP, SGR, OSC 8, line feeds and text, in frames of
mode 2026. What only sets the terminal up or asks it something (private modes, the keyboard's
protocol, queries, the bell, the clipboard, the pointer) touches no cell and passes through. A
sequence that is none of these is `Strange`: it passes too, and the screen counts as unknown.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

from tui.terminal.cells import Cells
from tui.terminal.styles import StrangeStyleError, after

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


class Passing(Enum):
    """What becomes of the screen when a sequence passes through."""

    HARMLESS = auto()
    FRAME = auto()
    ANOTHER_SCREEN = auto()
    STRANGE = auto()


def read(cells: Cells, data: str) -> Iterator[tuple[Passing, str]]:
    """Write into the cells; yield what is not about them."""
    for token in _TOKEN.finditer(data):
        kind, said = token.lastgroup, token[token.lastgroup or 0]
        if kind == "text":
            cells.write(said)
        elif kind == "sgr":
            try:
                cells.style = after(cells.style, said)
            except StrangeStyleError:
                yield Passing.STRANGE, token[0]
        elif kind == "place":
            row, _, column = said.partition(";")
            cells.move(int(column or 1) - 1, int(row or 1) - 1)
        elif kind == "feed" and cells.y < cells.height - 1:
            cells.move(0, cells.y + 1)
        elif kind == "link":
            cells.style = cells.style._replace(link="" if said == ";" else said)
        else:
            yield _PASSING.get(kind or "", Passing.STRANGE), token[0]


_PASSING = {
    "harmless": Passing.HARMLESS,
    "frame": Passing.FRAME,
    "screen": Passing.ANOTHER_SCREEN,
}
