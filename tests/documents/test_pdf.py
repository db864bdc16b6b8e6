"""Papers and drawings as PDF, read back by pypdf, which did not write them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from offwall.model.documents import extras
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Picture,
    Table,
)
from offwall.model.documents.pdf import drawing_pdf, paper_pdf
from offwall.model.store import ExportError
from tests.nightly import rest_at_night
from tests.strategies import HOSTILE

DAY = dt.date(2026, 12, 10)
MARKUP = '#import "x" $x^2$ @ref <label> \\u{41} `raw` *b* _i_ [PO] =1+1 // gone'


def paper(*parts: Part, **values: Any) -> Paper:
    said: dict[str, Any] = {"title": "Handing over", "subtitle": "", "council": "Sampleshire"}
    return Paper(**said | {"marking": "OFFICIAL", "date": DAY, "parts": parts} | values)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def elements(content: bytes) -> Iterator[Any]:
    """The elements of the structure tree, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for one in node:
                yield from walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(read(content).trailer["/Root"]["/StructTreeRoot"])


def png() -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 20), "white").save(held, "PNG")
    return held.getvalue()


EVERY = (
    Heading("What we ask"),
    Paragraph("Two things.", "First."),
    Bullets.of(["one", "two"]),
    Table(("What", "By"), (("Share it", "10 Dec"), ("Do it", "")), (3, 1), "What by when."),
    PageBreak(turned=True),
    Heading("The process", 1),
    Heading("At a glance", 2),
    Picture(png(), "Six steps in two lanes.", "The map"),
)


def test_it_is_titled_tagged_and_says_that_it_is_pdf_ua_1() -> None:
    made = paper_pdf(paper(*EVERY, author="A. Facilitator"))
    found, root = read(made.content), read(made.content).trailer["/Root"]
    assert made.complete
    assert (found.metadata.title, found.metadata.author) == ("Handing over", "A. Facilitator")
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_headings_are_bookmarks_and_tables_have_a_header_row() -> None:
    content = paper_pdf(paper(*EVERY)).content
    first, second, below = read(content).outline
    assert (first.title, second.title, below[0].title) == (
        *("What we ask", "The process", "At a glance"),
    )
    tags = [str(one["/S"]) for one in elements(content)]
    assert [tags.count(tag) for tag in ("/H1", "/H2", "/TH", "/TD", "/LI")] == [2, 1, 2, 4, 2]
    (figure,) = (one for one in elements(content) if one["/S"] == "/Figure")
    assert figure["/Alt"] == "Six steps in two lanes."


def test_marking_and_draft_are_on_every_page_and_a_turned_page_lies_on_its_side() -> None:
    draft = "Draft: 1 of 2 activities is not yet confirmed"
    first, second = read(paper_pdf(paper(*EVERY, draft=draft)).content).pages
    for number, page in ((1, first), (2, second)):
        said = page.extract_text()
        assert said.count("OFFICIAL") == 2
        assert (draft in said, f"{number} of 2" in said) == (True, True)
    assert first.mediabox.height > first.mediabox.width
    assert second.mediabox.height < second.mediabox.width


@pytest.mark.slow
def test_a_header_row_stands_on_each_page_of_a_long_table() -> None:
    rows = tuple((f"Step {number}", "10 Dec") for number in range(120))
    content = paper_pdf(paper(Heading("All"), Table(("What", "When"), rows, (3, 1), ""))).content
    pages = [page.extract_text() for page in read(content).pages]
    assert len(pages) > 2
    assert all("What" in said and "When" in said for said in pages)
    assert [str(one["/S"]) for one in elements(content)].count("/THead") == 1


@pytest.mark.slow
@pytest.mark.parametrize("text", rest_at_night([MARKUP, *HOSTILE], gate=(MARKUP, *HOSTILE[:5])))
def test_user_text_is_never_markup(text: str) -> None:
    parts = (
        Heading(f"H {text}"),
        Paragraph(text, text),
        Bullets.of([text]),
        Table((text, "b"), ((text, text),), (1, 1), text),
        Picture(png(), f"A {text}", text),
    )
    made = paper_pdf(paper(*parts, title=f"T {text}", council=text, marking=text, draft=text))
    plain = [str(one["/S"]) for one in elements(paper_pdf(paper(*EVERY[:4])).content)]
    tags = [str(one["/S"]) for one in elements(made.content)]
    assert {tag for tag in tags if tag[1:2] == "H"} == {"/H1"}
    assert (tags.count("/TH"), tags.count("/TD"), tags.count("/Figure")) == (2, 2, 1)
    assert "/Link" not in tags
    assert plain
    if text == MARKUP:
        assert words(made.content).count("@ref <label> \\u{41} `raw` *b* _i_ [PO] =1+1 // gone") > 5


def test_what_turns_the_direction_of_text_is_taken_out() -> None:
    made = paper_pdf(paper(Heading("H"), Paragraph("invoice\u202efdp.exe")))
    assert "invoicefdp.exe" in words(made.content)


def test_letters_that_no_font_has_are_told_and_lose_no_page() -> None:
    made = paper_pdf(paper(Heading("H"), Paragraph("before \U0010fffd after")))
    assert not made.complete
    assert "before" in words(made.content)
    assert "after" in words(made.content)
    assert b"pdfuaid" not in read(made.content).trailer["/Root"]["/Metadata"].get_data()
    (note,) = made.notes("brief.pdf")
    assert note.startswith("Some letters in brief.pdf have no shape")
    assert paper_pdf(paper(Heading("H"))).notes("brief.pdf") == ()


@pytest.mark.parametrize("data", [b"", b"no picture", png()[:60]])
@pytest.mark.slow
def test_a_picture_that_cannot_be_read_is_said_in_its_place(data: bytes) -> None:
    said = words(paper_pdf(paper(Heading("H"), Picture(data, "The wall."), *EVERY)).content)
    assert "(This picture could not be read: The wall.)" in said
    assert "What we ask" in said


def test_a_drawing_is_a_page_of_its_own_size_with_what_it_says() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}"'
        ' font-family="Arial"><title>Map</title><desc>Two steps</desc>'
        '<text x="9" y="9" font-size="4">Score it</text></svg>'
    )
    pages = [svg.format(*size, *size).encode() for size in ((420, 297), (210, 297))]
    content = drawing_pdf(paper(), pages).content
    sizes = [(page.mediabox.width, page.mediabox.height) for page in read(content).pages]
    assert [(round(w / 72 * 25.4), round(h / 72 * 25.4)) for w, h in sizes] == [
        *((420, 297), (210, 297))
    ]
    assert words(content) == "Score it Score it"
    assert [one["/Alt"] for one in elements(content) if one["/S"] == "/Figure"] == [
        *("Map. Two steps", "Map. Two steps")
    ]


def test_letters_that_no_font_of_a_drawing_has_are_told_and_it_is_drawn() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="420mm" height="297mm"'
        f' font-family="Arial"><text x="9" y="9" font-size="4">Ask {family} first</text></svg>'
    )
    made = drawing_pdf(paper(), [svg.encode()])
    assert not made.complete
    assert "Ask" in words(made.content)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert paper_pdf(paper(*EVERY)).content == paper_pdf(paper(*EVERY)).content


def test_without_the_extra_a_sentence_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = replace(extras.PDF, modules=("typst", "font_that_is_not_there"))
    monkeypatch.setattr(extras, "PDF", missing)
    with pytest.raises(ExportError, match=r'pip install "offwall\[pdf\]"'):
        paper_pdf(paper(Heading("H")))
