"""offwall export: where the workbook goes, and what is never overwritten."""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook


@pytest.mark.slow
def test_beside_the_session_under_the_next_free_name(offwall: Any, own_sample: Path) -> None:
    first, second = offwall("export", own_sample), offwall("export", own_sample)
    assert (first.status, second.status) == (0, 0)
    assert f"Wrote {own_sample.with_suffix('.xlsx')}" in first.out
    assert "contract-management-2.xlsx" in second.out
    workbook = CalamineWorkbook.from_path(own_sample.with_suffix(".xlsx"))
    refs = [row[0] for row in workbook.get_sheet_by_name("Activities").to_python()]
    assert "S8.01" in refs


@pytest.mark.slow
def test_no_output_is_overwritten_without_force(offwall: Any, wall: Path, tmp_path: Path) -> None:
    target = tmp_path / "ours.xlsx"
    target.write_text("mine")
    refused = offwall("export", wall, "-o", target)
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert target.read_text() == "mine"
    assert offwall("export", wall, "-o", target, "--force").status == 0
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.slow
def test_a_place_that_is_not_there_is_one_line(offwall: Any, wall: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "no" / "such.xlsx", tmp_path):
        said = offwall("export", wall, "-o", target)
        assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.toml"]
