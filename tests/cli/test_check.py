"""offwall check: what is incomplete, and the exit status that says so."""

import json
from pathlib import Path
from typing import Any


def test_the_sample_has_no_errors(offwall: Any, sample: Path) -> None:
    said = offwall("check", sample)
    assert said.status == 0
    assert said.out.splitlines()[-1].startswith("0 to put right, ")


def test_an_activity_without_lead_is_to_put_right(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Nobody does this")
    said = offwall("check", wall)
    assert said.status == 1
    heading, first = said.out.splitlines()[:2]
    assert heading.startswith("S1 ")
    assert first.startswith("to put right: S1.01")
    assert "\n\nThe session as a whole\n" in said.out


def test_json_bears_the_ref_and_the_same_status(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Nobody does this")
    said = offwall("check", wall, "--json")
    found = json.loads(said.out)["findings"]
    assert said.status == 1
    assert found[0]["level"] == "error"
    assert found[0]["ref"] == "S1.01"
    assert set(found[0]) == {"level", "kind", "place", "ref", "text"}


def test_errors_come_before_notices(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "With a lead @cm a:hos", "Nobody does this")
    levels = [one["level"] for one in json.loads(offwall("check", wall, "--json").out)["findings"]]
    assert levels == sorted(levels)
    assert "notice" in levels


def test_hostile_text_is_checked_and_cleaned(offwall: Any, brackets: Path) -> None:
    said = offwall("check", brackets)
    assert said.status in (0, 1)
    assert said.err == ""
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_checking_changes_nothing(offwall: Any, own_sample: Path) -> None:
    before = own_sample.read_bytes()
    offwall("check", own_sample)
    assert own_sample.read_bytes() == before
