"""offwall bring: another day's findings come into a session, once, and it says what came."""

from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.actions.ranking import rank

DAY_1 = """\
format = 1

[workshop]
title = "Day 1"
process = "Procurement [PO]"

[[roles]]
code = "cm"
name = "Contract Manager"

[[roles]]
code = "bid"
name = "Bid =1+1 writer"

[[words]]
say = "tender"
not = ["bid"]

[[issues]]
id = "i-1"
text = "[/ nobody reads it"
code = "G"
status = "open"

[[issues]]
id = "i-2"
text = "Later 🧾e\u0301 ש"
parked = true
status = "open"

[[actions]]
id = "n-1"
text = "=1+1"
kind = "improvement"
issue = "i-1"
owner = "bid"
impact = 5
effort = 1
votes = 4
status = "open"
"""


@pytest.fixture
def day_1(tmp_path: Path) -> Path:
    path = tmp_path / "day1.toml"
    path.write_text(DAY_1, encoding="utf-8")
    return path


def test_what_came_is_said_and_in_the_file(offwall: Any, day_1: Path, wall: Path) -> None:
    before = store.read_session(wall)
    said = offwall("bring", day_1, wall)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Brought from Procurement [PO]: 1 role, 1 word, 1 issue, 1 parked, 1 action.",
        "Votes and places stayed behind: the actions of both days rank together.",
    ]
    session = store.read_session(wall)
    assert session.stages == before.stages
    assert {role.code for role in session.roles} - {role.code for role in before.roles} == {"bid"}
    assert [(one.text, one.source, one.parked) for one in session.issues] == [
        ("[/ nobody reads it", "Procurement [PO]", False),
        ("Later 🧾e\u0301 ש", "Procurement [PO]", True),
    ]
    (action,) = rank(session)
    assert (action.text, action.owner, action.issue) == ("=1+1", "bid", "i-1")
    assert (action.votes, action.source) == (0, "Procurement [PO]")
    assert day_1.read_text(encoding="utf-8") == DAY_1


def test_a_second_time_nothing_comes_and_the_file_is_as_it_was(
    offwall: Any, day_1: Path, wall: Path
) -> None:
    offwall("bring", day_1, wall)
    kept = wall.read_bytes()
    said = offwall("bring", day_1, wall)
    assert said.status == 0
    assert said.out.splitlines() == [
        "Nothing new from Procurement [PO].",
        "3 issues and actions were here already.",
    ]
    assert wall.read_bytes() == kept


def test_an_empty_day_brings_nothing(offwall: Any, wall: Path, tmp_path: Path) -> None:
    (tmp_path / "day0.toml").write_text("format = 1\n", encoding="utf-8")
    said = offwall("bring", "day0.toml", wall)
    assert (said.status, said.out) == (0, "Nothing new from day0.\n")


def test_the_same_file_under_two_names_is_refused(offwall: Any, wall: Path) -> None:
    link = wall.with_name("link.toml")
    link.symlink_to(wall)
    for other in (wall, link):
        said = offwall("bring", other, wall)
        assert (said.status, said.out) == (2, "")
        assert said.err == "offwall: both names are one file; name the other day's session first.\n"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not TOML", b"format = 99\n"])
def test_a_bad_file_on_either_side_is_one_line_and_changes_nothing(
    offwall: Any, wall: Path, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(content)
    kept = wall.read_bytes()
    for words in ((bad, wall), (wall, bad), (tmp_path / "gone.toml", wall), (wall, tmp_path)):
        said = offwall("bring", *words)
        assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert (wall.read_bytes(), bad.read_bytes()) == (kept, content)


def test_bad_usage_is_one_line(offwall: Any, wall: Path) -> None:
    said = offwall("bring", wall)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


@pytest.mark.slow
def test_two_days_rank_together_in_the_workbook(
    offwall: Any, day_1: Path, own_sample: Path, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    assert offwall("bring", day_1, own_sample).status == 0
    assert offwall("export", own_sample, "-o", tmp_path / "out.xlsx").status == 0
    sheet = load_workbook(tmp_path / "out.xlsx")["Action plan"]
    header, *rows = sheet.iter_rows(min_row=4, values_only=True)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    found = [row for row in found if row["Improvement or next step"] == "improvement"]
    assert [row["ID"] for row in found] == [one.id for one in rank(store.read_session(own_sample))]
    brought = next(row for row in found if row["ID"] == "n-1")
    assert (brought["Action"], brought["Source"]) == ("=1+1", "Procurement [PO]")
    assert all(row["Why in this place"] for row in found)
    team = next(row for row in found if str(row["Meeting and papers"]).startswith("Senior"))
    assert f"{team['Papers due']:%d %m %Y}" == "03 02 2027"
