"""What was exported is kept privately, found by its mark, and never trusted when it was changed."""

import stat
from pathlib import Path

import pytest

from offwall.model.records.session import Activity, Session, Stage, Workshop
from offwall.model.store import backups
from offwall.model.workbook.write import export

SESSION = Session(
    workshop=Workshop(id="w-00000000"),
    stages=(Stage("S1", "Plan"),),
    activities=(Activity("a-1", "S1", "Write the plan"),),
)


def kept(state_dir: Path) -> list[Path]:
    return sorted((state_dir / backups.SESSIONS).glob(f"*/{export.SNAPSHOT_STEM}*"))


def test_it_is_found_again_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    mark = export.keep_snapshot(tmp_path, SESSION, tmp_path / "s.toml")
    assert export.keep_snapshot(tmp_path, SESSION, tmp_path / "s.toml") == mark
    (found,) = kept(tmp_path)
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert export.find_snapshot(tmp_path, mark) == SESSION


@pytest.mark.parametrize("mark", ["", "x", "0" * 32, "../" * 10, "*" * 32, "0" * 1_000, "\x1b[0m"])
def test_a_mark_that_nobody_gave_finds_nothing(mark: str, tmp_path: Path) -> None:
    export.keep_snapshot(tmp_path, SESSION, tmp_path / "s.toml")
    assert export.find_snapshot(tmp_path, mark) is None


def test_one_that_was_changed_is_not_taken(tmp_path: Path) -> None:
    mark = export.keep_snapshot(tmp_path, SESSION, tmp_path / "s.toml")
    (found,) = kept(tmp_path)
    found.write_text(found.read_text("utf-8").replace("Write", "Burn"), "utf-8")
    assert export.find_snapshot(tmp_path, mark) is None


def test_where_nothing_can_be_kept_the_mark_is_empty(tmp_path: Path) -> None:
    state_dir = tmp_path / "a file"
    state_dir.write_text("in the way", "utf-8")
    assert export.keep_snapshot(state_dir, SESSION, tmp_path / "s.toml") == ""
    assert export.find_snapshot(state_dir, "0" * 32) is None


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_SNAPSHOTS", 2)
    marks = []
    for title in ("one", "two", "three"):
        workshop = Workshop(id="w-00000000", title=title)
        marks.append(
            export.keep_snapshot(tmp_path, Session(workshop=workshop), tmp_path / "s.toml")
        )
    assert len(kept(tmp_path)) == 2
    assert export.find_snapshot(tmp_path, marks[-1]) is not None
