"""The tables of keys are made from the keys, and none is old."""

import re
from collections import defaultdict

import pytest
from textual.binding import Binding
from textual.keys import format_key

from docs import keys
from docs.meanings import GRID, GRID_LETTERS, MEANINGS


def test_the_tables_are_what_the_keys_are_now() -> None:
    due = "a key changed: python -m docs.keys"
    assert keys.TABLE.read_text("utf-8") == keys.table(), due


def test_every_row_of_a_table_has_the_cells_of_its_heading() -> None:
    bars = re.compile(r"(?<!\\)\|")
    wide = 0
    for line in keys.table().splitlines():
        wide = (wide or len(bars.findall(line))) if line.startswith("|") else 0
        assert len(bars.findall(line)) == wide or not line.startswith("|"), line


def test_every_key_has_a_place_and_every_place_a_key() -> None:
    found = list(keys.bindings())
    assert len(found) > 200
    assert all(keys.by_place(found).values())
    with pytest.raises(LookupError):
        keys.by_place([Binding("x", "go", "Go", id="nowhere.go")])


def meant() -> dict[str, set[str]]:
    """The names that each key has in the program; digits and the grid's own letters apart."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for binding in keys.bindings():
        for pressed in map(format_key, binding.key.split(",")):
            grids_own = (binding.id or "").startswith(GRID) and pressed in GRID_LETTERS
            if not (pressed.isdigit() or grids_own):
                found[pressed].add(binding.description)
    return found


def test_a_key_has_one_meaning_over_the_whole_program_or_two_that_are_related() -> None:
    found = meant()
    assert {
        pressed: len(meanings) for pressed, meanings in MEANINGS.items() if len(meanings) > 2
    } == {}
    stated = {
        pressed: {name for names in meanings for name in names}
        for pressed, meanings in MEANINGS.items()
    }
    unstated = {key: names - stated.get(key, set()) for key, names in found.items()}
    assert {key: names for key, names in unstated.items() if names} == {}
    idle = {key: names - found.get(key, set()) for key, names in stated.items()}
    assert {key: names for key, names in idle.items() if names} == {}


def test_nothing_needs_alt_and_ctrl_only_where_nothing_else_would_reach() -> None:
    held = {pressed for pressed in meant() if "+" in pressed[1:]}
    assert held == {"ctrl+l", "ctrl+q", "ctrl+t", "shift+tab"}
