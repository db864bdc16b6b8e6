"""offwall list: every activity, aligned for people and whole for programs."""

import json
from pathlib import Path
from typing import Any

import pytest


def test_the_sample_in_the_order_of_the_wall(offwall: Any, sample: Path) -> None:
    said = offwall("list", sample)
    first, *others = said.out.split("\n\n")
    assert (said.status, said.err, len(others)) == (0, "", 7)
    heading, *lines = first.splitlines()
    assert heading == "S1 Handover and set-up"
    assert lines[0].startswith("S1.01  ")
    assert "  Procurement" in lines[0]
    refs = [line.split()[0] for line in said.out.splitlines() if line[2:3] == "."]
    assert (len(refs), refs) == (48, sorted(refs))


def test_json_is_one_document_with_the_files_names(offwall: Any, sample: Path) -> None:
    activities = json.loads(offwall("list", sample, "--json").out)["activities"]
    assert len(activities) == 48
    first = activities[0]
    assert first["ref"] == "S1.01"
    assert {"id", "stage", "text", "lead", "accountable"} <= set(first)
    decided = next(one for one in activities if "decision" in one)
    assert {"answer"} <= set(decided["routes"][0])


def test_only_one_stage_by_id_or_name(offwall: Any, sample: Path) -> None:
    by_id = offwall("list", sample, "--stage", "s2").out
    assert {line[:2] for line in by_id.splitlines()} == {"S2"}
    stages = json.loads(offwall("list", sample, "--stage", "S2", "--json").out)
    assert {one["stage"] for one in stages["activities"]} == {"S2"}


def test_only_one_lead_by_code_or_name(offwall: Any, sample: Path) -> None:
    by_code = offwall("list", sample, "--lead", "cm").out
    by_name = offwall("list", sample, "--lead", "contract manager").out
    assert by_code == by_name != ""
    assert len(by_code.splitlines()) < 48


def test_unfinished_is_what_still_lacks_something(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Write it @cm a:hos +Plan", "Nobody does this")
    listed = offwall("list", wall, "--unfinished").out
    assert "Nobody does this" in listed
    assert "no lead" in listed
    nobody = offwall("list", wall, "--lead", "?").out
    assert nobody.splitlines()[1].split("  ")[1] == "Nobody does this"
    assert len(nobody.splitlines()) == 2


@pytest.mark.parametrize("option", ["--stage", "--lead"])
def test_an_unknown_filter_names_those_there_are(offwall: Any, sample: Path, option: str) -> None:
    said = offwall("list", sample, option, "nonesuch\x1b[2J")
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "there are" in said.err
    assert "\x1b" not in said.err


def test_an_empty_wall_says_what_to_do(offwall: Any, wall: Path) -> None:
    said = offwall("list", wall)
    assert said.status == 0
    assert "offwall add" in said.out
    assert json.loads(offwall("list", wall, "--json").out) == {"activities": []}


def test_hostile_text_commands_no_terminal(offwall: Any, brackets: Path) -> None:
    said = offwall("list", brackets)
    assert said.status == 0
    assert "[PO]" in said.out
    for character in "\x1b\x07\x9b\u202e\u200b\u2066":
        assert character not in said.out
    assert json.loads(offwall("list", brackets, "--json").out)["activities"]


def test_what_offwall_does_not_know_is_valid_json_too(offwall: Any, wall: Path) -> None:
    offwall("add", wall, "Write it")
    text = wall.read_text("utf-8")
    odd = "far = inf\nodd = nan\nat = 07:32:00\nwhen = 1979-05-27T07:32:00Z\non = 1979-05-27\n"
    wall.write_text(text.replace('text = "Write it"\n', f'text = "Write it"\n{odd}'), "utf-8")
    one = json.loads(offwall("list", wall, "--json").out, parse_constant=pytest.fail)
    assert one["activities"][0]["on"] == "1979-05-27"
    assert one["activities"][0]["far"] == "inf"
