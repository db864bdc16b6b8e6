"""The last look at all that is shown: no widget can send a terminal what it would obey.

Widgets clean what they show by `tui.text`; this stands between all of them and the terminal, the
framework's own fields too, which show what they hold as it is.
"""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.text import plain


class CleanLines(LineFilter):
    """Takes out of every line what `tui.text.plain` takes out, and leaves its width as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without anything that a terminal would obey."""
        return [_clean(segment) for segment in segments]


def _clean(segment: Segment) -> Segment:
    text, style, control = segment
    if text.isascii() and text.isprintable():
        return segment
    cleaned = plain(text)
    if cleaned == text:
        return segment
    return Segment(set_cell_size(cleaned, cell_len(text)), style, control)
