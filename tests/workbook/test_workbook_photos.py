"""The photos in the workbook: on the sheet Map, with words for who does not see them."""

import datetime as dt
from io import BytesIO
from itertools import cycle
from pathlib import Path
from shutil import which
from subprocess import run
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from PIL import Image

from offwall.model.records.session import Session, Stage
from offwall.model.setup.photos import add_photo
from offwall.model.store.photo_files import copy_photos, facts_here
from offwall.model.workbook.write.book import build_workbook
from offwall.model.workbook.write.export import export_workbook

HOSTILE = ("=1+1", "[PO] [/ \u202eright to left עברית 🧾", "a" * 3000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (2400, 1200), "navy").save(tmp_path / "wide.jpg")
    Image.new("RGB", (300, 600), "navy").save(tmp_path / "tall.png")
    return tmp_path


def session_in(folder: Path, *captions: str) -> Session:
    """A wide picture, a tall one and one that is not here; the captions in turn."""
    session = Session(stages=(Stage("S1", "Begin"),))
    for path, caption in zip(("wide.jpg", "tall.png"), cycle(captions), strict=False):
        facts = facts_here(folder, path)
        session = add_photo(session, seed=path, path=path, caption=caption, facts=facts)
    return add_photo(session, seed="g", path="gone.jpg", caption=captions[-1])


def test_the_map_sheet_shows_the_photos_and_says_what_is_not_here(folder: Path) -> None:
    session = session_in(folder, *HOSTILE)
    path = export_workbook(session, folder / "out.xlsx", photos_in=folder)
    sheet = load_workbook(path)["Map"]
    assert [(image.width, image.height) for image in sheet._images] == [(1600, 800), (300, 600)]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(said.startswith("gone.jpg is not on this computer") for said in cells)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    last = sheet.tables["Map"].ref.split(":")[1].lstrip("ABCDEFGHIJ")
    assert all(image.anchor._from.row >= int(last) for image in sheet._images)


def test_each_picture_has_words_and_room_of_its_own(folder: Path) -> None:
    session = session_in(folder, "Left <half> & \x07 more")
    content = build_workbook(session, photos=copy_photos(session, folder, width=1600))
    with ZipFile(BytesIO(content)) as archive:
        drawing = fromstring(archive.read("xl/drawings/drawing1.xml"))
    ns = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
    said = [found.attrib for found in drawing.iter(f"{ns}cNvPr")]
    assert [one["name"] for one in said] == ["Photo 1", "Photo 2"]
    assert said[0]["descr"] == "Photo of the wall: Left <half> & more"
    starts = [int(found.text) for found in drawing.iter(f"{ns}row")]
    heights = [int(found.attrib["cy"]) / 9525 for found in drawing.iter(f"{ns}ext")]
    assert starts[0] + heights[0] / 20 < starts[1]


@pytest.mark.slow
def test_the_same_photos_give_the_same_bytes(folder: Path) -> None:
    session = session_in(folder, "The wall")
    photos = copy_photos(session, folder, width=400)
    first = build_workbook(session, photos=photos, exported_on=dt.date(2026, 12, 10))
    assert first == build_workbook(session, photos=photos, exported_on=dt.date(2026, 12, 10))


def test_without_the_folder_photos_are_named_and_nothing_is_read(folder: Path) -> None:
    session = session_in(folder, "The wall")
    sheet = load_workbook(export_workbook(session, folder / "out.xlsx"))["Map"]
    assert not sheet._images
    assert "wide.jpg" in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_another_program_finds_the_pictures_and_their_words(folder: Path) -> None:
    path = export_workbook(
        session_in(folder, "Stages 1 to 4"), folder / "out.xlsx", photos_in=folder
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    theirs = folder / "theirs"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(theirs)]
    run([*command, str(path)], check=True, capture_output=True, timeout=240)
    with ZipFile(theirs / "out.xlsx") as archive:
        names = archive.namelist()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert sum(name.startswith("xl/media/") for name in names) == 2
    assert drawing.count('descr="Photo of the wall: Stages 1 to 4"') == 2
