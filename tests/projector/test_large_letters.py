"""Large letters: whole, told apart, and never with a letter left out."""

import pytest

from offwall.tui.projector.show_views import (
    GLYPHS,
    LETTER_ROWS,
    large_lines,
    large_text,
)

ENDS = {"█": "##", "▀": "#.", "▄": ".#", " ": ".."}


def points(lines: list[str]) -> list[str]:
    """The points of what was drawn, read back."""
    return ["".join(ENDS[cell][half] for cell in line) for line in lines for half in (0, 1)][
        :LETTER_ROWS
    ]


@pytest.mark.parametrize("letter", GLYPHS)
def test_each_letter_is_drawn_as_it_stands_in_the_table(letter: str) -> None:
    rows = GLYPHS[letter].split()
    assert len(rows) == LETTER_ROWS
    assert len({len(row) for row in rows}) == 1
    assert points(large_text(letter, 9)) == rows


def test_no_two_letters_look_alike() -> None:
    same = [{"-", "–", "—"}, {"'", "’", "‘"}, {'"', "“", "”"}]
    letters = [
        letter for letter in GLYPHS if not any(letter in one and letter != min(one) for one in same)
    ]
    assert len({GLYPHS[letter] for letter in letters}) == len(letters)


def test_words_are_as_wide_as_their_letters_and_the_gaps() -> None:
    drawn = large_text("Ab 1", 80)
    assert {len(line) for line in drawn} == {3 + 1 + 3 + 1 + 2 + 1 + 3}
    assert large_text("AB 1", 80) == drawn
    assert large_text("Ab 1", len(drawn[0])) == drawn
    assert large_text("Ab 1", len(drawn[0]) - 1) == []


@pytest.mark.parametrize("text", ["", "Tŷ", "日本", "🏽", "a\tb", "[PO]", "\x1b[2J"])
def test_what_it_cannot_draw_whole_it_does_not_draw(text: str) -> None:
    assert large_text(text, 200) == []


def test_several_lines() -> None:
    assert large_lines("Check the register", 200, 3) == large_text("Check the register", 200)
    narrow = large_lines("Check the register", 40, 3)
    assert narrow == [*large_text("Check the", 40), *large_text("register", 40)]
    assert large_lines("Check the register", 40, 1) == []
    assert large_lines("Check the Tŷ", 200, 3) == []
    assert large_lines("Incontrovertibility", 30, 3) == []
