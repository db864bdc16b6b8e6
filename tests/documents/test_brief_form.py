"""A council's own report form in Word is filled where it has places, and told what it has not."""

import datetime as dt
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from offwall.model.documents.brief.export import brief_docx
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import Paper
from tests.built_workbooks import session_named
from tests.documents.council_template import MINUTES, council_document, saved

TODAY = dt.date(2026, 12, 10)

CONTROL = """<w:sdt {ns}><w:sdtPr><w:alias w:val="{name}"/><w:showingPlcHdr/></w:sdtPr>
<w:sdtContent><w:p><w:r><w:t>Click or tap to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"""


def brief(audience: Audience = Audience.COMMITTEE) -> Paper:
    return report(session_named("contract-management"), audience, TODAY)


def filled(template: Document) -> tuple[Document, str]:
    """The form filled, and what is said of it."""
    made = brief_docx(brief(), saved(template))
    return docx.Document(BytesIO(made.data)), " ".join(made.notes)


def form() -> Document:
    """Headings with instructions, a table of labels, a heading that nobody can fill for them."""
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "Report title:", "Ward(s)"
    for heading, words in (
        ("1. Recommendations", "[Set out what is asked for]"),
        ("2. Background", ""),
        ("3. Legal implications", "[To be completed by Legal]"),
        ("4. Next steps", "Insert the timetable."),
    ):
        document.add_heading(heading)
        document.add_paragraph(words)
    return document


def under(document: Document, heading: str) -> list[str]:
    """The words that stand under a heading, those of tables too, up to the next of level 1."""
    found, inside = [], False
    for element in document.element.body:
        style = element.xpath("string(./w:pPr/w:pStyle/@w:val)")
        text = "".join(element.xpath(".//w:t/text()"))
        if style == "Heading1":
            inside = text == heading
        elif inside and text:
            found.append(text)
    return found


def test_each_section_stands_under_the_heading_that_the_form_has_for_it() -> None:
    document, notes = filled(form())
    asked = "".join(under(document, "1. Recommendations"))
    assert "Draft terms of reference for a Contract Assurance Board" in asked
    assert "[Set out" not in asked
    assert any("9 people from 9 teams" in text for text in under(document, "2. Background"))
    assert "The plan has 16 actions" in under(document, "4. Next steps")[0]
    assert document.tables[0].cell(0, 1).text == brief().title
    assert document.tables[0].cell(1, 1).text == ""
    # What the form asks of others stays, and is told.
    assert under(document, "3. Legal implications") == ["[To be completed by Legal]"]
    assert "Still to be filled in by hand: 3. Legal implications." in notes


def test_what_has_no_place_follows_at_the_end_and_is_told() -> None:
    document, notes = filled(form())
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]  # type: ignore[union-attr]
    assert headings[:4] == [
        "1. Recommendations",
        "2. Background",
        "3. Legal implications",
        "4. Next steps",
    ]
    assert "Findings" in headings[4:]
    assert "Appendix: the issues, stage by stage" in headings[4:]
    assert "What you are asked to do" not in headings
    assert (
        "At its end, as it has no place for them: Why, The process at a glance, Findings" in notes
    )
    text = "".join(document.element.body.xpath(".//w:t/text()"))
    for part in brief().parts:
        for cell in (cell for row in getattr(part, "rows", ()) for cell in row):
            assert cell in text


def test_content_controls_are_filled_by_their_names() -> None:
    template = docx.Document()
    for name in ("Report title", "Recommendations", "Climate impact"):
        element = parse_xml(CONTROL.format(ns=nsdecls("w"), name=name))
        template.element.body.insert_element_before(element, "w:sectPr")
    document, notes = filled(template)
    body = document.element.body
    texts = ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body]
    assert texts[0] == brief().title
    assert "Support:" in texts[1]
    assert "Filled in the template: Report title and What you are asked to do." in notes
    assert "Still to be filled in by hand: Climate impact." in notes
    assert body.xpath("count(.//w:sdt)") == 2


@pytest.mark.slow
@pytest.mark.parametrize("words", [MINUTES, "What was decided last year, word for word."])
def test_a_report_of_last_year_is_no_form_and_none_of_its_text_leaves(words: str) -> None:
    template = docx.Document()
    template.add_heading("Recommendations")
    template.add_paragraph(words)
    for old in (template, council_document()):
        document, notes = filled(old)
        text = "".join(document.element.body.xpath(".//w:t/text()"))
        assert words not in text
        assert MINUTES not in text
        assert "its text is left out" in notes
        assert "What you are asked to do" in text


@pytest.mark.slow
def test_the_same_form_filled_twice_gives_the_same_bytes_and_without_one_nothing_is_said() -> None:
    template = saved(form())
    assert brief_docx(brief(), template).data == brief_docx(brief(), template).data
    assert brief_docx(brief()).notes == ()
