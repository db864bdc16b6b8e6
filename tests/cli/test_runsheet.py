"""offwall runsheet: two pages that tell true keys, and the same in the docs."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from docs import keys
from offwall.model.documents.brief.export import paper_markdown
from offwall.model.documents.run_sheet import PARTS, run_sheet
from offwall.model.setup.workshop import PLANNED_MINUTES
from offwall.tui.cli.parser import COMMANDS
from tests.told import REPOSITORY

PLACES = {
    "topic": ("Home", "Part 1: topics", "Part 1: issues", "Any list", "Sections side by side"),
    "record": ("Home", "Part 2: the template", "Part 2: RACI", "The line", "Any list"),
    "plan": ("Home", "Actions, in parts 1 and 3", "Part 3: the plan", "Any list"),
}
EVERYWHERE = ("Anywhere but in a field",)


def bound(*places: str) -> set[str]:
    found = keys.by_place(list(keys.bindings()))
    return {
        one.strip("`")
        for place in places
        for binding in found[place]
        for one in keys.said(binding.key).split("` `")
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_key_that_it_tells_is_a_key_there(part: str) -> None:
    known = bound(*EVERYWHERE, *PLACES[part]) | {"Enter"}
    for turn in PARTS[part][1]:
        for said in turn.keys:
            told = [word for word in said.split() if len(word) == 1 or word in ("space", "ctrl+q")]
            assert set(told) - {"a"} - known == set(), said


@pytest.mark.parametrize("part", PARTS)
def test_its_minutes_rise_and_end_before_the_part_does(part: str) -> None:
    minutes = [one.minute for one in PARTS[part][1]]
    assert minutes == sorted(set(minutes))
    assert minutes[0] == 0
    assert minutes[-1] < PLANNED_MINUTES[part]


def test_the_docs_have_it_as_it_is() -> None:
    due = "offwall runsheet -o docs/run-sheet.md --force"
    text = (REPOSITORY / "docs" / "run-sheet.md").read_text("utf-8")
    assert text == paper_markdown(run_sheet(dt.date(2026, 12, 10))), due
    for command in ("export", "chase", "show", "demo"):
        assert command in COMMANDS
        assert f"offwall {command}" in text


@pytest.mark.slow
def test_it_is_two_pages_in_word_and_pdf(offwall: Any) -> None:
    assert offwall("runsheet", "-o", "r.pdf").status == 0
    assert len(PdfReader("r.pdf").pages) == 2
    for name in ("run-sheet.docx", "run-sheet-2.docx"):
        assert f"Wrote {name}" in offwall("runsheet").out
    words = [one.text for one in Document("run-sheet.docx").paragraphs]
    assert "Part 3: next steps and plan (30 minutes)" in words


def test_another_format_is_refused_and_nothing_is_overwritten(offwall: Any) -> None:
    refused = offwall("runsheet", "-o", "r.txt")
    assert (refused.status, refused.out) == (2, "")
    Path("r.md").write_text("mine")
    assert offwall("runsheet", "-o", "r.md").status == 2
    assert Path("r.md").read_text() == "mine"
