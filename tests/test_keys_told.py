"""The tables of keys in docs and README are made from the keys, and none is old."""

import pytest
from textual.binding import Binding

from docs import keys


def test_the_tables_are_what_the_keys_are_now() -> None:
    due = "a key changed: python -m docs.keys"
    assert keys.TABLE.read_text("utf-8") == keys.table(), due
    readme = keys.README.read_text("utf-8")
    assert readme == keys.with_table(readme), due


def test_every_key_has_a_place_and_every_place_a_key() -> None:
    found = list(keys.bindings())
    assert len(found) > 200
    assert all(keys.by_place(found).values())
    with pytest.raises(LookupError):
        keys.by_place([Binding("x", "go", "Go", id="nowhere.go")])


def test_a_readme_without_its_marks_is_told() -> None:
    with pytest.raises(ValueError, match="no marks"):
        keys.with_table("# Offwall\n")
