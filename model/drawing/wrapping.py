"""Text that fits: broken into lines by its measured width, and cut where there is no end."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from model.drawing.sheet import LEADING, Anchor, Measure, Text

CUT = "…"

LONGEST = 4_000
"""Characters of a text that are looked at: no box holds as many, whatever their widths."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks without a shape that turn the direction of the text after them."""


def spoken(text: str) -> str:
    """The text on one line, without what no drawing can hold or what would turn its direction."""
    return " ".join("".join(" " if _unheld(mark) else mark for mark in text).split())


def _unheld(mark: str) -> bool:
    """Controls, halves of a pair, line ends, and the code points that are no characters."""
    if mark in _TURNING or ord(mark) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(mark) <= 0xFDEF:
        return True
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text and their size, not placed yet."""

    lines: tuple[str, ...]
    size: float
    room: float

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING

    def at(
        self, x: float, top: float, *, anchor: Anchor = Anchor.MIDDLE, bold: bool = False
    ) -> Text:
        """The block as a text whose top is at ``top``."""
        # A base line stands four fifths down its line.
        return Text(
            self.lines, x, top + self.size * LEADING * 0.8, self.size, self.room, anchor, bold
        )


def block(text: str, measure: Measure, size: float, room: float, most: int) -> Block:
    """The text in at most ``most`` lines, none wider than ``room``; what is cut ends in a sign."""
    found = list(islice(wrapped(spoken(text[:LONGEST]), measure, size, room), most + 1))
    if len(found) > most:
        found = [*found[: most - 1], _cut(found[most - 1] + CUT, measure, size, room)]
    return Block(tuple(found), size, room)


def wrapped(text: str, measure: Measure, size: float, room: float) -> Iterator[str]:
    """The lines of a text that is one line already; a word too wide is broken."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined, size) <= room:
            line = joined
            continue
        if line:
            yield line
        *broken, line = _broken(word, measure, size, room)
        yield from broken
    if line:
        yield line


def _broken(word: str, measure: Measure, size: float, room: float) -> list[str]:
    parts = [""]
    for mark in word:
        # A mark that combines stays with its letter.
        wide = parts[-1] and measure(parts[-1] + mark, size) > room
        if wide and not unicodedata.combining(mark):
            parts.append("")
        parts[-1] += mark
    return parts


def _cut(line: str, measure: Measure, size: float, room: float) -> str:
    while len(line) > 1 and measure(line, size) > room:
        line = line[:-2].rstrip() + CUT
    return line
