"""offwall export --template: what is said, written and remembered, and when nothing is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.workbook.templates import by_openpyxl


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(by_openpyxl())
    return path


def test_a_dry_run_shows_the_mapping_and_writes_nothing(
    offwall: Any, own_sample: Path, theirs: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    said = offwall("export", own_sample, "--template", theirs, "--dry-run")
    assert said.status == 0
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "Process step Activity" in lines
    assert "Budget code (left as it is)" in lines
    assert "Words (calculated by the template)" in lines
    assert "48 rows written; the template has 1 row." in lines
    assert "What stands below moves down by 47 rows." in lines
    assert any(line.startswith("Issues: no table was found, so 14 rows") for line in lines)
    assert "Nothing was written." in lines[-1]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.slow
def test_it_is_written_under_a_free_name_and_the_columns_are_remembered(
    offwall: Any, own_sample: Path, theirs: Path
) -> None:
    said = offwall("export", own_sample, "--template", theirs)
    assert (said.status, said.err) == (0, "")
    written = own_sample.with_suffix(".xlsx")
    assert f"Wrote {written}" in said.out
    rows = CalamineWorkbook.from_path(written).get_sheet_by_name("Our process").to_python()
    assert rows[4][0] == "S1.01"
    kept = tomllib.loads(own_sample.read_text("utf-8"))["export"]["tables"]
    assert [table["kind"] for table in kept] == ["activities", "actions"]
    again = offwall("export", own_sample, "--template", theirs, "--dry-run")
    assert "as the session remembers it" in again.out


def test_the_councils_words_under_export_are_used(
    offwall: Any, own_sample: Path, theirs: Path
) -> None:
    with own_sample.open("a", encoding="utf-8") as file:
        file.write('\n[[export.aliases]]\nmeans = "timescale"\nwords = ["budget CODE"]\n')
    said = offwall("export", own_sample, "--template", theirs, "--dry-run")
    assert "Budget code Timescale" in [" ".join(line.split()) for line in said.out.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.xlsm", "out.xls", "theirs.xlsx", "no/out.xlsx"])
def test_a_name_that_cannot_be_is_one_line_and_changes_nothing(
    name: str, offwall: Any, own_sample: Path, theirs: Path, tmp_path: Path
) -> None:
    before = own_sample.read_bytes(), theirs.read_bytes()
    said = offwall("export", own_sample, "--template", theirs, "-o", tmp_path / name)
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert (own_sample.read_bytes(), theirs.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [own_sample.name, theirs.name]
    )


@pytest.mark.parametrize("content", [None, b"", b"nothing", b"PK\x03\x04broken"])
def test_a_template_that_cannot_be_filled_is_one_line_and_no_output(
    content: bytes | None, offwall: Any, own_sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad \x1b[31m[red].xlsx"
    if content is not None:
        path.write_bytes(content)
    said = offwall("export", own_sample, "--template", path)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "\x1b" not in said.err
    assert not own_sample.with_suffix(".xlsx").exists()


def test_a_dry_run_without_a_template_writes_nothing_either(offwall: Any, own_sample: Path) -> None:
    said = offwall("export", own_sample, "--dry-run")
    assert (said.status, "Nothing was written." in said.out) == (0, True)
    assert not own_sample.with_suffix(".xlsx").exists()
