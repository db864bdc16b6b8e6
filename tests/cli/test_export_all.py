"""offwall export --all: everything into a folder, for scripts and for who uses no screen."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from offwall import sample_sessions
from offwall.model.documents import bundle
from offwall.model.documents.brief import export
from offwall.model.store.files import ExportError
from offwall.model.workbook.write.export import MARK


@pytest.fixture
def coffee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small session, and briefs without the drawing, which takes longer than all the rest."""
    monkeypatch.setattr(export, "MOST_DRAWN", -1)
    path = tmp_path / "cup.toml"
    path.write_bytes(sample_sessions.path("cup-of-coffee").read_bytes())
    return path


@pytest.mark.slow
def test_the_files_are_listed_and_the_folder_is_said(offwall: Any, coffee: Path) -> None:
    said = offwall("export", "--all", coffee, "-o", coffee.with_name("out"))
    assert said.status == 0
    *files, last = said.out.splitlines()
    assert last == f"Wrote {coffee.with_name('out')}: 23 files."
    assert sorted(files) == sorted(
        str(path) for path in coffee.with_name("out").rglob("*") if path.is_file()
    )
    assert "11 of 11: the mails to owners" in said.err
    workbook = load_workbook(coffee.with_name("out") / "cup.xlsx")
    assert MARK in workbook.custom_doc_props.names  # so that it can come back and be compared


@pytest.mark.slow
def test_without_a_name_it_is_the_session_s_and_the_day(offwall: Any, coffee: Path) -> None:
    assert offwall("export", "--all", coffee).status == 0
    (folder,) = (path for path in coffee.parent.iterdir() if path.is_dir())
    assert folder.name.startswith("cup 20")


def test_a_dry_run_writes_nothing(offwall: Any, coffee: Path) -> None:
    said = offwall("export", "--all", coffee, "--dry-run")
    assert (said.status, said.err) == (0, "")
    assert "the brief, the feedback" in said.out
    assert [path.name for path in coffee.parent.iterdir()] == ["cup.toml"]


@pytest.mark.slow
def test_what_is_there_stays_unless_it_is_forced(offwall: Any, coffee: Path) -> None:
    folder = coffee.with_name("out")
    folder.mkdir()
    (folder / "cup.xlsx").write_text("mine")
    said = offwall("export", "--all", coffee, "-o", folder)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "--force" in said.err
    assert (folder / "cup.xlsx").read_text() == "mine"
    assert offwall("export", "--all", coffee, "-o", folder, "--force").status == 0
    assert (folder / "cup.xlsx").stat().st_size > 5_000


@pytest.mark.slow
def test_one_part_that_fails_is_complained_of_and_the_rest_is_written(
    offwall: Any, coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> None:
        raise ExportError("The map was not written: so.")

    monkeypatch.setitem(bundle.BUNDLE_PARTS, "the map", refused)  # type: ignore[arg-type]
    said = offwall("export", "--all", coffee)
    assert said.status == 2
    assert "offwall: The map was not written: so." in said.err
    assert said.out.splitlines()[-1].endswith(": 20 files.")


def test_it_does_not_go_with_a_template(offwall: Any, coffee: Path) -> None:
    said = offwall("export", "--all", coffee, "--template", "theirs.xlsx")
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert "does not fill a template" in said.err
