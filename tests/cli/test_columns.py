"""Aligned rows: by cells, clean, and never wider than the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.tui.cli.say import GAP, LEAST, aligned, cells_of

ROWS = [
    ("S1.01", "Score the contract and set its tier", "cm", "confirmed"),
    ("S1.02", "Hold kick-off meeting", "pro", "no accountable, decision without answers"),
]


def test_columns_stand_under_each_other() -> None:
    lines = aligned(ROWS, None)
    assert lines[0] == "S1.01  Score the contract and set its tier  cm   confirmed"
    assert lines[1].index("pro") == lines[0].index("cm ")


def test_eighty_cells_are_enough_for_long_text() -> None:
    lines = aligned([("S1.01", "x" * 500, "cm", "confirmed"), *ROWS], 80)
    assert all(cells_of(line) <= 80 for line in lines)
    assert "…" in lines[0]
    assert lines[0].endswith("confirmed")


def test_nothing_is_cut_when_piped() -> None:
    assert "x" * 500 in aligned([("S1.01", "x" * 500)], None)[0]


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("👍", 2), ("שלום", 4), ("", 0)],
)
def test_cells(text: str, cells: int) -> None:
    assert cells_of(text) == cells


def test_wide_text_is_cut_at_a_whole_character() -> None:
    line = aligned([("漢" * 30, "ok")], 20)[0]
    assert cells_of(line) <= 20
    assert line.endswith("ok")


@given(
    rows=st.lists(st.tuples(*[st.text(max_size=40)] * 4), min_size=1, max_size=5),
    width=st.integers(min_value=20, max_value=200),
)
def test_any_text_fits_and_commands_nothing(
    rows: list[tuple[str, str, str, str]], width: int
) -> None:
    for line in aligned(rows, width):
        assert cells_of(line) <= max(width, 4 * LEAST + 3 * len(GAP))
        assert "\x1b" not in line
        assert "\n" not in line
