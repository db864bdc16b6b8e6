"""The workbook as an office program opens it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

OFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed"),
]

NAMES = ("contract-management", "brackets", "nothing")


def converted(kind: str, content: bytes, folder: Path) -> Path:
    """The workbook as LibreOffice writes it in another format."""
    source = folder / "in" / "ours.xlsx"
    source.parent.mkdir()
    source.write_bytes(content)
    out = folder / "out"
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", kind, "--outdir", str(out), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return out / f"ours.{kind}"


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_and_every_cell_says_the_same(
    name: str, content_of: Callable[[str], bytes], tmp_path: Path
) -> None:
    ours = CalamineWorkbook.from_path(_saved(content_of(name), tmp_path))
    theirs = CalamineWorkbook.from_path(converted("xlsx", content_of(name), tmp_path))
    assert theirs.sheet_names == ours.sheet_names
    for sheet in ours.sheet_names:
        mine, other = (book.get_sheet_by_name(sheet).to_python() for book in (ours, theirs))
        assert [row for row in other if any(row)] == [row for row in mine if any(row)]


def _saved(content: bytes, folder: Path) -> Path:
    path = folder / "read.xlsx"
    path.write_bytes(content)
    return path


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler) is not installed")
def test_it_prints_on_a3_one_page_wide(content_of: Callable[[str], bytes], tmp_path: Path) -> None:
    path = converted("pdf", content_of("contract-management"), tmp_path)
    said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    facts = dict(line.split(":", 1) for line in said.splitlines())
    assert facts["Title"].strip() == "Contract management process map"
    width, height = [float(word) for word in facts["Page size"].split() if word[0].isdigit()][:2]
    assert (round(width), round(height)) == (1191, 842)
    # 17 sheets; a sheet that was too wide for its page would need many more.
    assert 17 <= int(facts["Pages"]) <= 26
