"""The workbook as an office program opens it."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.nightly import rest_at_night

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


@pytest.mark.parametrize("name", rest_at_night(NAMES))
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
def test_it_prints_on_a4_and_a3_and_the_plan_at_nine_points(
    content_of: Callable[[str], bytes], tmp_path: Path
) -> None:
    path = converted("pdf", content_of("contract-management"), tmp_path)
    said = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    facts = dict(line.split(":", 1) for line in said.splitlines())
    assert facts["Title"].strip() == "Contract management process map"
    # 17 sheets; one that was too wide for its pages would need many more.
    assert 17 <= int(facts["Pages"]) <= 36
    command = ["pdftotext", "-layout", str(path), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")
    assert all("Draft: 3 of 48 activities are not yet confirmed" in page for page in told[:-1])
    first = {
        name: min(at for at, page in enumerate(told, 1) if f"\n{name} " in page) for name in NAMED
    }
    sides, points = _page(path, first["Action plan"])
    assert (sides, points >= 8.95) == ((842, 595), True)
    assert _page(path, first["RACI"])[0] == (842, 1191)


NAMED = ("Action plan", "RACI")
"""What stands in the foot of their pages."""


def _page(path: Path, number: int) -> tuple[tuple[int, int], float]:
    """A page's sides, and the points of a word on it."""
    span = ["-f", str(number), "-l", str(number)]
    command = ["pdftotext", "-bbox", *span, str(path), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    wide, high = (
        float(one) for one in re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', said)[0]
    )
    word = re.search(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Manager<', said)
    assert word
    # The box of a word is as high as the font from its ascent to its descent: 1.117 of its size.
    points = (float(word[2]) - float(word[1])) / 1.117
    return (round(wide), round(high)), points
