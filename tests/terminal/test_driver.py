"""The light driver shows, cell for cell, what Textual's own output shows."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from offwall.tui.terminal.screen_diff import TerminalAbilities
from tests.both_ways import Both
from tests.strategies import EXAMPLES

TEXTS = [*"abc XYZ0189.,│─›✓…éß", "   ", "        ", "漢", "字", "é́", "ö", "😀", "🧭", "שׁ"]
TEXTS += ["नि", "👍🏽", "مرحبا"]
LOOKS = ["", "bold", "italic", "underline", "reverse", "strike", "bold reverse"]
COLOURS = ["default", "red", "bright_blue", "#123456", "#fedcba", "color(200)"]
ABILITIES = [
    TerminalAbilities(),
    TerminalAbilities(colours_erased=True, erases_cells=True),
    TerminalAbilities(erases_cells=True),
    TerminalAbilities(colours_erased=True),
]
SIZES = [(20, 6), (40, 12), (80, 24)]


class Artist:
    """Draws as Textual's compositor does: pieces of rows, each behind a move, styles closed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a screen, no secret
        self.styles = [self._style() for _ in range(6)]
        self.behind = ""

    def _style(self) -> Style:
        chance = self.chance
        ground = chance.choice(COLOURS)
        return Style.parse(f"{chance.choice(LOOKS)} {chance.choice(COLOURS)} on {ground}".strip())

    def piece(self, width: int) -> str:
        """Text of exactly so many cells, in a few styles."""
        sent = []
        while width > 0:
            text = self.chance.choice(TEXTS) * self.chance.choice((1, 1, 2, 9))
            if cell_len(text) > width:
                text = " " * self.chance.randint(1, width)
            width -= cell_len(text)
            style = self.chance.choice(self.styles)
            sent.append(style.render(text, color_system=ColorSystem.TRUECOLOR))
        return "".join(sent)

    def whole(self, width: int, height: int) -> list[str]:
        return [self.piece(width) for _ in range(height)]

    def frame(self, rows: list[str]) -> str:
        return "\n".join(f"\x1b[{y};1H{row}" for y, row in enumerate(rows, 1))

    def spans(self, width: int, height: int) -> str:
        """Some pieces of some rows."""
        sent = []
        for _ in range(self.chance.randint(1, 5)):
            x, y = self.chance.randrange(width), self.chance.randrange(height)
            piece = self.piece(self.chance.randint(1, width - x))
            sent.append(f"\x1b[{y + 1};{x + 1}H{piece}")
        return "".join(sent)

    def slid(self, rows: list[str], width: int) -> list[str]:
        """A row anew, with something put before it and its end cut off."""
        y = self.chance.randrange(len(rows))
        begun, end = self.piece(self.chance.randint(0, 3)), self.piece(width - 3)
        self.behind = end if self.chance.random() < 0.5 else self.behind or end
        return [*rows[:y], begun + self.behind, *rows[y + 1 :]]

    def scrolled(self, rows: list[str], width: int) -> list[str]:
        """Some rows moved up or down together, others come in."""
        top = self.chance.randrange(len(rows))
        bottom = self.chance.randint(top, len(rows))
        by = self.chance.randint(-3, 3)
        moved = rows[top:bottom]
        moved = moved[by:] + self.whole(width, by) if by >= 0 else self.whole(width, -by) + moved
        return rows[:top] + moved[: bottom - top] + rows[bottom:][: len(rows)]


def draw(seed: int, size: tuple[int, int], abilities: TerminalAbilities, frames: int) -> Both:
    """Random frames of every kind, compared after each."""
    artist = Artist(seed)
    both = Both(*size, abilities)
    rows = artist.whole(*size)
    both.take(artist.frame(rows) + "\x1b[1;1H")
    both.compare()
    for _ in range(frames):
        kind = artist.chance.random()
        if kind < 0.3:
            data = artist.spans(*size)
        elif kind < 0.4:
            rows = artist.slid(rows, size[0])
            data = artist.frame(rows)
        elif kind < 0.8:
            rows = artist.scrolled(rows, size[0])
            rows = (rows + artist.whole(size[0], size[1]))[: size[1]]
            data = artist.frame(rows)
        elif kind < 0.9:
            size = artist.chance.choice(SIZES)
            both.resize(*size)
            rows = artist.whole(*size)
            data = artist.frame(rows)
        else:
            both.forget()
            data = artist.spans(*size)
        x, y = artist.chance.randrange(size[0]), artist.chance.randrange(size[1])
        both.take(f"\x1b[?2026h{data}\x1b[{y + 1};{x + 1}H\x1b[?2026l")
        both.compare()
    return both


@pytest.mark.slow
@settings(max_examples=max(EXAMPLES // 2, 1))
@given(st.integers(0, 2**32), st.sampled_from(SIZES[:2]), st.sampled_from(ABILITIES))
def test_random_screens_look_the_same(
    seed: int, size: tuple[int, int], abilities: TerminalAbilities
) -> None:
    draw(seed, size, abilities, 6)
