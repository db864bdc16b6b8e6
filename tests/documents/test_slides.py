"""Slides, read back from their XML: titles, what is said instead of a table, reading order."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from offwall.model.documents.brief.papers import briefing
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import Bullets, Heading, Paper, Paragraph, Table
from offwall.model.documents.slides import paper_slides
from offwall.model.records.session import Session
from offwall.model.store import ExportError
from tests.nightly import rest_at_night
from tests.strategies import HOSTILE

DAY = dt.date(2026, 12, 10)
SIX = (
    *("What you are asked to do", "Why", "The process at a glance"),
    *("What changes", "The plan", "Decisions and dates"),
)

PLAIN = (
    Heading("What we ask"),
    Bullets((Paragraph("two changes.", "Approve:"),)),
    Table(("What", "Who"), (("Share it", "Ruth Adeyemi"), ("Do it", "")), (3, 1), "What and who."),
    Heading("Why"),
    Paragraph("It takes five weeks."),
)


def paper(*parts: Any, **values: Any) -> Paper:
    said: dict[str, Any] = {"title": "Handing over", "subtitle": "", "council": "Sampleshire"}
    return Paper(**said | {"marking": "OFFICIAL", "date": DAY, "parts": parts} | values)


def slides(content: bytes) -> list[Any]:
    """The slides' XML, in their order."""
    deck = Presentation(BytesIO(content))
    return [etree.fromstring(etree.tostring(slide._element)) for slide in deck.slides]


def words(element: Any) -> list[str]:
    """The paragraphs with words, in reading order."""
    said = ("".join(line.itertext("{*}t")) for line in element.iter("{*}p"))
    return [line for line in said if line.strip()]


def title_of(slide: Any) -> str:
    (title,) = (
        shape
        for shape in slide.iter("{*}sp")
        if shape.xpath(".//*[local-name()='ph'][@type='title']")
    )
    return " ".join(words(title))


def test_a_section_is_a_slide_with_its_title_and_what_follows_in_reading_order() -> None:
    first, second = slides(paper_slides(paper(*PLAIN, draft="Draft: so")))
    assert (title_of(first), title_of(second)) == ("What we ask", "Why")
    assert words(first)[:6] == [
        *("What we ask", "Approve: two changes.", "What", "Who", "Share it", "Ruth Adeyemi")
    ]
    assert "OFFICIAL · Draft: so" in words(first)
    (table,) = first.iter("{*}graphicFrame")
    assert table.find(".//{*}cNvPr").get("descr") == "What and who."
    assert table.find(".//{*}tblPr").get("firstRow") == "1"
    for slide in (first, second):
        ids = [one.get("id") for one in slide.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))
        assert {run.get("lang") for run in slide.iter("{*}rPr")} == {"en-GB"}


@pytest.mark.slow
def test_the_deck_is_titled_and_the_same_paper_gives_the_same_bytes() -> None:
    content = paper_slides(paper(*PLAIN, author="A. F"))
    said = Presentation(BytesIO(content)).core_properties
    assert (said.title, said.author, said.language) == ("Handing over", "A. F", "en-GB")
    assert content == paper_slides(paper(*PLAIN, author="A. F"))


def council_deck() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    deck.slide_master.name = "Sampleshire"
    for number in range(2):
        deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = f"Theirs {number}"
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def test_the_council_s_deck_gives_its_looks_and_loses_its_slides() -> None:
    content = paper_slides(paper(*PLAIN), council_deck())
    assert [title_of(slide) for slide in slides(content)] == ["What we ask", "Why"]
    with ZipFile(BytesIO(content)) as file:
        parts = file.namelist()
        everything = b"".join(map(file.read, parts))
    assert len(parts) == len(set(parts))
    assert sum(name.startswith("ppt/slides/slide") for name in parts) == 2
    assert b"Theirs" not in everything
    assert b"Sampleshire" in everything


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_deck_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ExportError, match=r"The template is no PowerPoint file that can be read"):
        paper_slides(paper(*PLAIN), content)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    rest_at_night(
        [*HOSTILE, "\u202egnp.exe", "\x1b]0;t\x07", "x" * 5000],
        gate=(*HOSTILE[:5], "x" * 5000),
    ),
)
def test_user_text_is_words_on_one_slide(text: str) -> None:
    rows = ((text, text),)
    parts = (Heading(f"H {text}"), Paragraph(text, text), Table((text, "b"), rows, (1, 1), text))
    made = paper(*parts, title=text, author=text, marking=text, draft=text)
    (slide,) = slides(paper_slides(made))
    assert title_of(slide).startswith("H")
    assert len(list(slide.iter("{*}tc"))) == 4
    assert "\u202e" not in "".join(slide.itertext())


def test_the_briefing_has_six_slides_that_say_what_the_brief_says(
    session_of: Callable[[str], Session],
) -> None:
    session = session_of("contract-management")
    made = briefing(session, Audience.DIRECTOR, DAY)
    found = slides(paper_slides(made))
    assert [title_of(slide) for slide in found] == list(SIX)
    assert "Approve: 3 changes within your authority." in words(found[0])
    dates = words(found[5])
    assert dates.index("3 Feb 2027") < dates.index("10 Feb 2027") < dates.index("20 May 2027")
    assert "Senior management team decides" in dates


@pytest.mark.parametrize("name", ["empty", "cup-of-coffee", "brackets"])
@pytest.mark.slow
def test_any_sample_has_its_slides(session_of: Callable[[str], Session], name: str) -> None:
    made = briefing(session_of(name), Audience.COMMITTEE, DAY)
    found = slides(paper_slides(made))
    assert [title_of(slide) for slide in found] == list(SIX)
    # Nothing but a title and the foot would be an empty slide.
    foot = " · ".join(filter(None, (made.marking, made.draft)))
    for slide in found:
        assert [line for line in words(slide)[1:] if line != foot and not line.startswith("‹")]


def test_a_draft_says_so_on_every_slide(session_of: Callable[[str], Session]) -> None:
    session = session_of("contract-management")
    waiting = tuple(replace(one, lead_confirmed=False) for one in session.activities)
    made = briefing(replace(session, activities=waiting), Audience.DIRECTOR, DAY)
    assert all(any(made.draft in line for line in words(one)) for one in slides(paper_slides(made)))
    assert made.draft.startswith("Draft: 48 of 48")
