"""The moving picture of README is made from the app, and is safe to show anywhere."""

import asyncio
import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from docs import gallery, picture

README = Path(__file__).parents[1] / "README.md"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_is_small_whole_and_needs_nothing_from_elsewhere() -> None:
    text = picture.PICTURE.read_text("utf-8")
    assert len(text) < 200_000
    assert "docs/afternoon.svg" in README.read_text("utf-8")
    assert not re.search(r"<script|href|url\(|https?://(?!www\.w3\.org/2000/svg)", text)
    root = fromstring(text)
    frames = [group for group in root.iter(f"{SVG}g") if "f" in group.get("class", "").split()]
    captions = [frame.findall(f"{SVG}text")[-1].text for frame in frames]
    assert captions == [step.caption for step in picture.STEPS]
    assert 25 <= sum(step.seconds for step in picture.STEPS) <= 35


def test_without_motion_the_first_picture_alone_is_seen() -> None:
    text = picture.PICTURE.read_text("utf-8")
    before, _, _ = text.partition("@media (prefers-reduced-motion:no-preference)")
    assert ".f{visibility:hidden}.f0{visibility:visible}" in before
    assert "animation" not in before


def test_neighbours_of_one_colour_become_one_ground() -> None:
    rect = (
        '<rect fill="{}" x="{}" y="25.9" width="{}" height="24.65" shape-rendering="crispEdges"/>'
    )
    cells = (
        ("#333", 0, 12.2),
        ("#333", 12.2, 24.4),
        (picture.GROUND, 36.6, 12.2),
        ("#444", 48.8, 12.2),
    )
    found = picture.grounds("".join(rect.format(*cell) for cell in cells))
    assert found == [picture.Rect("#333", 0, 1, 3), picture.Rect("#444", 4, 1, 1)]


@pytest.mark.slow
def test_the_picture_shows_the_app_as_it_is() -> None:
    made = picture.moving(asyncio.run(picture.pictures()))
    assert made == picture.PICTURE.read_text("utf-8"), "it is old: python -m docs.picture"


@pytest.mark.slow
@pytest.mark.parametrize("look", gallery.LOOKS)
def test_the_gallery_keeps_the_screens_that_are_wanted(
    look: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["--session", "admissions", "--screen", "home", "--screen", "tiers", "--look", look]
    monkeypatch.setattr("sys.argv", ["gallery", str(tmp_path), *wanted, "--size", "60x20"])
    gallery.main()
    assert "2 pictures" in capsys.readouterr().out
    folder = tmp_path / "admissions" / "60x20" / look
    assert "School&#160;admissions" in (folder / "home.svg").read_text("utf-8")
    assert fromstring((folder / "tiers.svg").read_text("utf-8")).tag == f"{SVG}svg"
