"""offwall map: where the drawing goes, in which form, and what is never overwritten."""

import re
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import parse
from pypdf import PdfReader

from tests.nightly import rest_at_night


@pytest.mark.slow
def test_beside_the_session_with_a_file_for_each_page(offwall: Any, own_sample: Path) -> None:
    first = offwall("map", own_sample, "--pages", "A3")
    second = offwall("map", own_sample, "--pages", "A3")
    assert (first.status, second.status) == (0, 0)
    stem = own_sample.stem
    pages = sorted(own_sample.parent.glob(f"{stem}-page-*.svg"))
    assert len(pages) > 1
    assert f"Wrote {own_sample.with_suffix('.svg')}: 48 activities." in first.out
    assert f"{stem}-page-1.svg to {stem}-page-{len(pages)}.svg" in first.out
    assert f"{stem}-2.svg" in second.out
    assert (own_sample.parent / f"{stem}-2-page-1.svg").exists()


def test_without_pages_it_is_the_poster_and_bears_the_day(
    offwall: Any, own_sample: Path, tmp_path: Path
) -> None:
    assert offwall("map", own_sample, "-o", tmp_path / "poster.svg").status == 0
    assert [path.name for path in tmp_path.glob("*.svg")] == ["poster.svg"]
    text = (tmp_path / "poster.svg").read_text("utf-8")
    assert re.search(r">Drawn on \d+ [A-Z][a-z]+ \d{4}<", text)
    assert ">Draft: 3 of 48 activities are not yet confirmed<" in text


@pytest.mark.slow
def test_a_page_that_is_there_already_stops_it_before_anything_is_written(
    offwall: Any, own_sample: Path, tmp_path: Path
) -> None:
    held = tmp_path / "ours-page-2.svg"
    held.write_text("mine")
    refused = offwall("map", own_sample, "-o", tmp_path / "ours.svg", "--pages", "A4")
    assert refused.status == 2
    assert "ours-page-2.svg is already there" in refused.err
    assert held.read_text() == "mine"
    assert not (tmp_path / "ours.svg").exists()
    words = ("-o", tmp_path / "ours.svg", "--pages", "A4", "--force")
    assert offwall("map", own_sample, *words).status == 0
    assert held.read_text().startswith("<?xml")


def test_tier_lanes_and_paper(offwall: Any, own_sample: Path, tmp_path: Path) -> None:
    words = ("--tier", "bronze", "--lanes", "wall", "--pages", "A4")
    said = offwall("map", own_sample, "-o", tmp_path / "b.svg", *words)
    assert said.status == 0
    assert "b.svg: 21 of 48 activities." in said.out
    root = parse(tmp_path / "b.svg").getroot()
    assert root.get("width") == "297mm"
    assert {group.get("data-lane") for group in root.iter() if group.get("data-lane")} == {
        *("activity", "people", "decisions", "documents")
    }
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert "Bronze tier" in str(title.text)


def test_bpmn(offwall: Any, own_sample: Path) -> None:
    said = offwall("map", own_sample, "--format", "bpmn")
    assert said.status == 0
    written = own_sample.with_suffix(".bpmn")
    assert written.read_bytes().count(b"<task ") == 48
    assert offwall("map", own_sample, "-o", "named.bpmn").status == 0
    assert Path("named.bpmn").read_bytes() == written.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "least"),
    rest_at_night([(("--pages", "A4"), 5), ((), 1), (("--lanes", "wall"), 2)], names=2),
)
def test_a_pdf_has_the_poster_and_what_else_is_asked_for(
    offwall: Any, own_sample: Path, words: tuple[str, ...], least: int
) -> None:
    assert offwall("map", own_sample, "-o", "x.pdf", *words).status == 0
    made = PdfReader("x.pdf")
    assert made.metadata.title == "Contract management: process map"
    assert len(made.pages) == 1 if least == 1 else len(made.pages) >= least
    said = " ".join(page.extract_text() for page in made.pages)
    assert all(f"S{stage}.01" in said for stage in range(1, 9))
    assert not list(own_sample.parent.glob("*.svg"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--tier", "platinum"), "There is no tier “platinum”"),
        (("--format", "bpmn", "--lanes", "wall"), "leave --lanes out"),
        (("--pages", "A0"), "invalid choice: 'A0'"),
        (("-o", "nowhere/x.svg"), "the folder nowhere is not there"),
        (("-o", "x.png"), "ends in .svg or .pdf or .bpmn"),
        (("-o", "x.svg", "--format", "bpmn"), "ends in .bpmn"),
    ],
)
def test_bad_usage_is_one_line(
    offwall: Any, own_sample: Path, words: tuple[str, ...], why: str
) -> None:
    said = offwall("map", own_sample, *words)
    assert said.status == 2
    assert why in said.err
    assert said.err.count("\n") == 1
    assert not list(own_sample.parent.glob("*.svg"))


def test_nothing_recorded_is_a_page_that_says_so(offwall: Any, wall: Path) -> None:
    said = offwall("map", wall)
    assert (said.status, said.err) == (0, "")
    assert "Nothing is recorded yet" in wall.with_suffix(".svg").read_text()
