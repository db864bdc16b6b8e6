"""The next free name overwrites nothing."""

from pathlib import Path

from offwall.tui.services.session_files import copy_sample, free_name


def test_names_are_counted_up(tmp_path: Path) -> None:
    wanted = tmp_path / "plan.xlsx"
    assert free_name(wanted) == wanted
    wanted.touch()
    (tmp_path / "plan-2.xlsx").mkdir()
    assert free_name(wanted) == tmp_path / "plan-3.xlsx"


def test_a_link_that_leads_nowhere_is_not_free(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").symlink_to(tmp_path / "gone")
    assert free_name(tmp_path / "plan.xlsx") == tmp_path / "plan-2.xlsx"


def test_the_sample_is_copied_beside_what_is_there(tmp_path: Path, sample: Path) -> None:
    first, second = copy_sample(tmp_path), copy_sample(tmp_path)
    assert (first.name, second.name) == ("contract-management.toml", "contract-management-2.toml")
    assert first.read_bytes() == second.read_bytes() == sample.read_bytes()


def test_a_copy_keeps_what_was_written_into_the_first(tmp_path: Path) -> None:
    first = copy_sample(tmp_path)
    first.write_text("mine")
    copy_sample(tmp_path)
    assert first.read_text() == "mine"
