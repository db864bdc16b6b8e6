"""offwall calendar: where the calendars go, and what is never overwritten."""

from pathlib import Path
from typing import Any

import pytest
import vobject


def entries(path: Path) -> int:
    return len(vobject.readOne(path.read_text("utf-8")).contents["vevent"])


@pytest.mark.slow
def test_a_folder_beside_the_session_under_the_next_free_name(
    offwall: Any, own_sample: Path
) -> None:
    first, second = offwall("calendar", own_sample), offwall("calendar", own_sample)
    assert (first.status, second.status) == (0, 0)
    assert "delete that before you import a later file" in first.err
    folder = own_sample.with_name("contract-management-calendar")
    assert (
        f"Wrote {folder}: 17 target dates and 3 meetings; calendar.ics for all, and 6 files"
        in first.out
    )
    assert "contract-management-calendar-2" in second.out
    assert len(list(folder.iterdir())) == 7
    assert entries(folder / "calendar.ics") == 23


def test_one_file_for_all(offwall: Any, own_sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "ours.ICS"
    assert offwall("calendar", own_sample, "-o", target).status == 0
    assert entries(target) == 23


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ours.ics", "diaries"])
def test_nothing_is_overwritten_without_force(
    offwall: Any, own_sample: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    mine = target if name.endswith(".ics") else target / "calendar-Legal.ics"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    refused = offwall("calendar", own_sample, "-o", target)
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "--force" in refused.err
    assert mine.read_text() == "mine"
    assert [path.name for path in mine.parent.glob("calendar*")] in ([], ["calendar-Legal.ics"])
    assert offwall("calendar", own_sample, "-o", target, "--force").status == 0
    assert entries(mine) >= 2


@pytest.mark.slow
def test_a_place_that_cannot_be_is_one_line(offwall: Any, own_sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("mine")
    for target in (tmp_path / "no" / "such", tmp_path / "no" / "such.ics", file, "x" * 300):
        said = offwall("calendar", own_sample, "-o", target)
        assert (said.status, said.out, said.err.count("\n")) == (2, "", 1), target
    assert file.read_text() == "mine"


def test_without_a_date_nothing_is_written_and_it_says_what_to_do(
    offwall: Any, wall: Path, tmp_path: Path
) -> None:
    said = offwall("calendar", wall)
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert "no action and no meeting has a date. Give dates in part 3." in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.toml"]


def test_actions_without_a_date_are_counted(offwall: Any, own_sample: Path) -> None:
    text = own_sample.read_text("utf-8")
    own_sample.write_text(text.replace("due = 2027-01-29\n", ""), "utf-8")
    assert (
        "16 target dates and 3 meetings, 1 action without one;"
        in offwall("calendar", own_sample).out
    )


def test_a_hostile_owner_stays_in_the_folder(
    offwall: Any, own_sample: Path, tmp_path: Path
) -> None:
    text = own_sample.read_text("utf-8").replace('owner = "leg"', 'owner = "../../../[PO] 🎉 = 1"')
    own_sample.write_text(text, "utf-8")
    before = set(tmp_path.iterdir())
    assert offwall("calendar", own_sample).status == 0
    (folder,) = set(tmp_path.iterdir()) - before
    assert (folder / "calendar-PO-1.ics").is_file()
