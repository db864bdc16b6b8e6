"""offwall version: a version is recorded, a copy lies beside it, and what changed since is said."""

from pathlib import Path
from typing import Any

import pytest

from offwall.model import store


@pytest.fixture
def path(offwall: Any, wall: Path) -> Path:
    assert offwall("add", wall, "Check the insurance @cm").status == 0
    return wall


def test_it_is_recorded_and_compared_with(offwall: Any, path: Path) -> None:
    assert "No version is recorded yet." in offwall("version", path).out
    said = offwall("version", path, "1.0 [PO]", "--today", "20/12/2026")
    assert (said.status, said.err) == (0, "")
    copy = path.with_name("s_version_1-0-PO.toml")
    day = "Sun 20 Dec 2026"
    assert said.out == f"Recorded version 1.0 [PO] of {day}; a copy of it is {copy.name}.\n"
    assert store.read_session(copy) == store.read_session(path)
    assert offwall("version", path).out.endswith(f"{copy.name}\nNothing changed since.\n")
    assert offwall("set", path, "stage", "1", "name=Hand over =1+1").status == 0
    assert "Hand over =1+1" in offwall("version", path).out
    assert offwall("brief", path, "-o", "b.md").err == ""
    brief = path.with_name("b.md").read_text("utf-8")
    assert "## What changed since version 1.0" in brief
    assert "Hand over =1+1" in brief
    assert "version 1.0 \\[PO\\] of 20 December 2026" in brief


@pytest.mark.parametrize("name", ["1.0", " 1.0", "", " "])
def test_a_name_that_cannot_be_is_refused_and_nothing_written(
    offwall: Any, path: Path, name: str
) -> None:
    assert offwall("version", path, "1.0").status == 0
    before, there = path.read_bytes(), set(path.parent.iterdir())
    said = offwall("version", path, name)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert path.read_bytes() == before
    assert set(path.parent.iterdir()) == there
    assert offwall("version", path, "2", "--today", "soonish").status == 2


@pytest.mark.slow
@pytest.mark.parametrize("change", ["gone", "another", "absolute", "unreadable"])
def test_a_copy_that_is_not_there_or_not_it_is_told_and_the_brief_goes_on(
    offwall: Any, path: Path, change: str
) -> None:
    assert offwall("version", path, "1.0").status == 0
    copy = path.with_name("s_version_1-0.toml")
    if change == "gone":
        copy.unlink()
    elif change == "another":
        assert offwall("new", "other.toml").status == 0
        copy.write_bytes(path.with_name("other.toml").read_bytes())
    elif change == "absolute":
        path.write_text(path.read_text("utf-8").replace(copy.name, "/etc/passwd"), "utf-8")
    else:
        copy.write_text("not TOML", "utf-8")
    refused = offwall("version", path)
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    said = offwall("brief", path, "-o", "b.md")
    assert (said.status, said.out) == (0, "Wrote b.md.\n")
    assert "What changed since last version is left out: " in said.err
    assert "What changed since version" not in path.with_name("b.md").read_text("utf-8")


def test_check_says_that_it_is_due_for_review(offwall: Any, path: Path) -> None:
    assert "due for review" not in offwall("check", path).out
    assert offwall("set", path, "workshop", "review_on=2020-01-31").status == 0
    assert "has been due for review since 31 Jan 2020" in offwall("check", path).out
