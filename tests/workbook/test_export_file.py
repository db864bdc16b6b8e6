"""Where a workbook goes, what is never overwritten, and what is said when it cannot be written."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from offwall.model.records.session import Session, Workshop
from offwall.model.store import files
from offwall.model.store.files import ExportError
from offwall.model.workbook.write.export import export_workbook

SESSION = Session(workshop=Workshop(title="Ours"))


def refused(path: Path, **options: Any) -> str:
    """The one sentence that says why; nothing else may be left behind."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else None
    with pytest.raises(ExportError) as raised:
        export_workbook(SESSION, path, **options)
    assert before is None or sorted(path.parent.iterdir()) == before
    said = str(raised.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert str(path) in said
    return said


def test_the_file_is_where_it_was_asked_for_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    assert export_workbook(SESSION, path) == path
    assert path.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o400


def test_another_file_is_kept_until_force_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_text("mine")
    path.chmod(0o640)
    assert "--force" in refused(path)
    assert path.read_text() == "mine"
    export_workbook(SESSION, path, force=True)
    assert path.read_bytes()[:2] == b"PK"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.slow
def test_force_follows_a_link_and_without_it_a_dangling_one_is_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    link.symlink_to(real)
    assert "already there" in refused(link)
    assert not real.exists()
    export_workbook(SESSION, link, force=True)
    assert link.is_symlink()
    assert real.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["ours.xls", "ours.csv", "ours", ".xlsx"])
def test_a_name_that_excel_would_not_open_is_refused(name: str, tmp_path: Path) -> None:
    assert ".xlsx" in refused(tmp_path / name)


@pytest.mark.slow
def test_a_folder_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "is not there" in refused(tmp_path / "no" / "ours.xlsx")
    (tmp_path / "file").write_text("")
    assert "is not there" in refused(tmp_path / "file" / "ours.xlsx")


@pytest.mark.slow
def test_a_name_that_no_disk_takes_is_said(tmp_path: Path) -> None:
    assert "shorter" in refused(tmp_path / f"{'x' * 300}.xlsx")
    assert refused(tmp_path / "nul\0.xlsx")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "may not write" in refused(tmp_path / "ours.xlsx")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EACCES, "Close it there"), (errno.ENOSPC, "disk is full"), (errno.EIO, "Name another")],
)
@pytest.mark.slow
def test_a_disk_that_refuses_leaves_the_old_file(
    code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "ours.xlsx"
    path.write_text("mine")
    monkeypatch.setattr(files.os, "fsync", fail)
    assert words in refused(path, force=True)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.slow
def test_a_share_without_hard_links_is_no_less_safe(
    taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ours.xlsx"

    def no_links(_: Path, target: Path) -> None:
        if taken:  # another took the name since it was looked at
            target.write_text("theirs")
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(files.os, "link", no_links)
    if taken:
        with pytest.raises(ExportError, match="already there"):
            export_workbook(SESSION, path)
        assert path.read_text() == "theirs"
    else:
        export_workbook(SESSION, path)
        assert path.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [path]


def test_excels_library_is_loaded_only_when_a_workbook_is_written() -> None:
    code = "import sys, offwall.model.workbook.write.export; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
