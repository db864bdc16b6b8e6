"""How high a row must be for what was written in it: a first guess, as nobody measured it yet.

A row keeps at least the height that the template gave it. Excel measures anew when somebody edits
the row; without the guess, other programs would show the first line alone.
"""

from collections.abc import Iterable
from typing import Any

from model.exchange.excel.filling.looks import USUAL_SIZE, Looks
from model.exchange.excel.filling.xml import main
from model.exchange.excel.size import HIGHEST, lines
from model.tables.table import Value

USUAL_WIDTH = 8.43
"""Digits that a column is wide where a sheet does not say (ECMA-376, 18.3.1.81)."""

LINE = 1.32
"""A line's height by the size of its letters."""


class Heights:
    """The widths of a sheet's columns, and the heights that its texts need."""

    def __init__(self, tree: Any, looks: Looks) -> None:
        self._looks = looks
        root = tree.getroot()
        usual = root.find(main("sheetFormatPr"))
        said = usual.get("defaultColWidth") if usual is not None else None
        self._usual = float(said) if said else USUAL_WIDTH
        self._spans = [
            (
                int(one.get("min", "1")),
                int(one.get("max", "1")),
                float(one.get("width", USUAL_WIDTH)),
            )
            for one in root.iterfind(f"{main('cols')}/{main('col')}")
        ]

    def _width(self, place: int) -> float:
        return next((wide for low, high, wide in self._spans if low <= place <= high), self._usual)

    def needed(self, cells: Iterable[tuple[int, str, Value]]) -> float:
        """Points that a row needs for cells of a column, a style and a value; 0 for one line."""
        most = 0.0
        for place, style, value in cells:
            look = self._looks.of(style)
            if look.wraps and isinstance(value, str):
                width = self._width(place) * USUAL_SIZE / look.size
                count = lines(value, width)
                if count > 1:
                    most = max(most, count * look.size * LINE + 2)
        return min(most, HIGHEST)


def give(row: Any, height: float) -> None:
    """Let a row be that high, where it is not higher already."""
    if height > float(row.get("ht", "0")):
        row.set("ht", f"{height:.2f}")
