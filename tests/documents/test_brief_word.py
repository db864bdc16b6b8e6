"""The brief in Word, looked into as XML and by python-docx, on our own page and on a council's."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Header
from lxml import etree

from offwall.model.documents.brief.export import brief_docx
from offwall.model.documents.brief.papers import Pictures, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Table,
)
from offwall.model.store.files import ExportError
from tests.built_workbooks import session_named
from tests.documents.council_template import (
    GREEN,
    MINUTES,
    as_kind,
    council_document,
    picture,
    rewritten,
    saved,
    without_styles,
)
from tests.nightly import rest_at_night

TODAY = dt.date(2026, 12, 10)

WALL = Picture(picture("blue", (800, 600), "JPEG"), "Eight columns of post-its", "The wall")
MAP = Picture(picture("white", (900, 300)), "The process in lanes", "The map")

SMALL = Paper(
    *("A map", "of a process", "Sampleshire", "OFFICIAL", TODAY),
    (Heading("One"), Heading("Two", 2), Paragraph("said"), Bullets.of(["a"]), PageBreak(),
     Heading("The wall"), WALL, PageBreak(turned=True), Heading("The process"), MAP, MAP),
)  # fmt: skip

DRAFT = "Draft: 3 of 48 activities are not yet confirmed"

HOSTILE = "\x00[PO] \x1b[31m </w:t><script> & =1+1 \ud800 \uffff {x} \u202eRTL 日本語 👩🏽"


@cache
def content(name: str, audience: Audience = Audience.MANAGEMENT) -> Paper:
    return report(session_named(name), audience, TODAY, Pictures((WALL,), (MAP,)))


@cache
def brief() -> bytes:
    return brief_docx(content("contract-management")).data


def read(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def xml_parts(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def parts(data: bytes) -> list[bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def text_of(document: Document) -> str:
    return "".join(document.element.body.xpath(".//w:t/text()"))


def headers(document: Document) -> list[str]:
    return [shown(one.header) for one in document.sections]


def shown(header: _Header) -> str:
    return "".join(header._element.xpath(".//w:t/text()"))


@pytest.mark.slow
def test_headings_lists_and_tables_are_real() -> None:
    document, said = read(brief()), content("contract-management")
    styles = {
        (line.text, line.style.name) for line in document.paragraphs if line.style is not None
    }
    for block in said.parts:
        if isinstance(block, Heading):
            assert (block.text, f"Heading {block.level}") in styles
        if isinstance(block, Bullets):
            assert all(
                (f"{item.lead} {item.text}".strip(), "List Bullet") in styles
                for item in block.items
            )
    grids = [block for block in said.parts if isinstance(block, Table)]
    assert len(document.tables) == len(grids)
    for table, grid in zip(document.tables, grids, strict=True):
        assert table._tbl.xpath("boolean(./w:tr[1]/w:trPr/w:tblHeader)")
        assert table._tbl.xpath("count(./w:tr/w:trPr/w:tblHeader)") == 1
        assert table._tbl.xpath("string(./w:tblPr/w:tblDescription/@w:val)") == grid.caption
        cells = [[cell.xpath("string(.//w:t)") for cell in row.tc_lst] for row in table._tbl.tr_lst]
        assert cells == [list(grid.heads), *map(list, grid.rows)]


def test_tables_are_as_wide_as_the_text() -> None:
    document = read(brief())
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for table in document.tables:
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(width, rel=0.01)


def test_the_language_the_marking_and_the_properties_are_set() -> None:
    document = read(brief())
    languages = document.styles.element.xpath("//w:lang/@w:val")
    assert set(languages) == {"en-GB"}
    draft = f"OFFICIAL{DRAFT}"
    assert headers(document) == [draft, draft]
    mode = "./w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val"
    assert document.settings.element.xpath(mode) == ["15"]
    assert not any(b"Macintosh" in part for part in parts(brief()))
    properties = document.core_properties
    assert (properties.title, properties.language) == (
        "Contract management: recommendations for senior management",
        "en-GB",
    )
    assert properties.author == "A. Facilitator"
    assert properties.modified is not None
    assert properties.modified.date() == TODAY
    assert "NUMPAGES" in etree.tostring(document.sections[0].footer._element).decode()


def test_pictures_have_words_and_the_wall_stands_before_the_process() -> None:
    document = read(brief())
    described = document.element.body.xpath("//wp:docPr/@descr")
    assert described == ["Eight columns of post-its", "The process in lanes"]
    ids = document.element.body.xpath("//wp:docPr/@id")
    assert len(set(ids)) == len(ids)
    for shape, size in zip(document.inline_shapes, [(4, 3), (3, 1)], strict=True):
        assert shape.width / shape.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.slow
def test_without_pictures_nothing_speaks_of_them() -> None:
    said = report(session_named("contract-management"), Audience.MANAGEMENT, TODAY)
    document = read(brief_docx(said).data)
    assert not document.inline_shapes
    assert "Appendix: photos" not in text_of(document)


def test_a_broken_picture_is_said_in_words() -> None:
    broken = Picture(b"not a picture", "Eight columns", "The wall")
    said = dataclasses.replace(content("empty"), parts=(broken,))
    assert "could not be read: Eight columns" in text_of(read(brief_docx(said).data))


def test_the_appendix_and_the_board_s_terms_begin_pages() -> None:
    starts = [
        line.text for line in read(brief()).paragraphs if line.paragraph_format.page_break_before
    ]
    assert starts == [
        "Appendix: the issues, stage by stage",
        "Appendix: terms of reference, Contract Assurance Board",
        "Appendix: photos of the wall",
    ]


def test_the_process_lies_on_its_side_page_by_page_with_the_same_header() -> None:
    document = read(brief_docx(SMALL).data)
    first, last = document.sections
    assert (last.page_width, last.page_height) == (first.page_height, first.page_width)
    assert headers(document) == ["OFFICIAL", "OFFICIAL"]
    assert last.header.is_linked_to_previous
    described = document.element.body.xpath("//wp:docPr/@descr")
    assert described == ["Eight columns of post-its", *["The process in lanes"] * 2]
    room = (last.page_height or 0) - (last.top_margin or 0) - (last.bottom_margin or 0)
    assert all(shape.height < room for shape in document.inline_shapes)


@pytest.mark.slow
def test_the_same_session_and_day_give_the_same_bytes() -> None:
    content.cache_clear()
    assert brief_docx(content("contract-management")).data == brief()
    template = saved(council_document())
    assert (
        brief_docx(content("empty"), template).data == brief_docx(content("empty"), template).data
    )


@pytest.mark.slow
@pytest.mark.parametrize("audience", rest_at_night(Audience))
@pytest.mark.parametrize("name", ["brackets", "nothing"])
def test_hostile_and_empty_sessions_make_sound_files(name: str, audience: Audience) -> None:
    data = brief_docx(content(name, audience)).data
    assert len(list(xml_parts(data))) > 8
    assert read(data).paragraphs


def test_hostile_text_stands_as_text() -> None:
    said = dataclasses.replace(
        content("nothing"),
        **dict.fromkeys(("title", "subtitle", "marking", "author", "subject"), HOSTILE),
        parts=(
            Heading(HOSTILE),
            Paragraph(HOSTILE, HOSTILE),
            Bullets.of([HOSTILE]),
            Table((HOSTILE,), ((HOSTILE,),), (1,), HOSTILE),
            Picture(picture(), HOSTILE, HOSTILE),
        ),
    )
    data = brief_docx(said).data
    assert all(root is not None for _, root in xml_parts(data))
    text = text_of(read(data))
    assert text.count("</w:t><script> & =1+1") == 2 + 1 + 2 + 1 + 2 + 1
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_marking_of_none_leaves_the_header_empty() -> None:
    assert set(headers(read(brief_docx(content("nothing")).data))) == {""}


@pytest.mark.slow
def test_a_council_s_template_keeps_styles_header_and_page_and_loses_its_body() -> None:
    data = brief_docx(content("contract-management"), saved(council_document())).data
    document = read(data)
    assert len(document.sections) == 2
    assert round(document.sections[0].left_margin.cm) == 4  # type: ignore[union-attr]
    assert headers(document) == [f"OFFICIAL{DRAFT}Sampleshire Borough Council "] * 2
    assert document.sections[0].header._element.xpath("boolean(.//pic:pic)")
    assert document.sections[0].footer.paragraphs[0].text == "Working for Sampleshire"
    heading = document.styles["Heading 1"]
    assert (heading.font.name, heading.font.color.rgb) == ("Georgia", GREEN)
    assert MINUTES not in text_of(document)
    with ZipFile(BytesIO(data)) as archive:
        # The logo and our two pictures: the one of the old body is gone, and so is its thumbnail.
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert len(media) == 3
        assert not any("thumbnail" in name for name in archive.namelist())
        assert all(MINUTES.encode() not in archive.read(name) for name in archive.namelist())


def test_a_header_that_is_a_table_has_the_marking_above_it() -> None:
    template = docx.Document()
    header = template.sections[0].header
    header._element.remove(header.paragraphs[0]._p)
    header.add_table(1, 1, template.sections[0].page_width or 0).cell(0, 0).text = "Logo"
    header.add_paragraph()
    document = read(brief_docx(SMALL, saved(template)).data)
    assert headers(document) == ["OFFICIALLogo"] * 2


def test_the_page_of_a_template_s_end_is_made_fit_for_a_report() -> None:
    template = council_document()
    page = template.sections[-1]
    page.page_width, page.page_height = page.page_height, page.page_width
    page._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))
    first = read(brief_docx(SMALL, saved(template)).data).sections[0]
    assert (first.page_width or 0) < (first.page_height or 0)
    assert not first._sectPr.xpath("./w:cols[@w:num]")


def test_every_kind_of_header_gets_the_marking_once() -> None:
    template = council_document()
    for section in template.sections:
        section.different_first_page_header_footer = True
    template.settings.odd_and_even_pages_header_footer = True
    marked = brief_docx(SMALL, saved(template)).data
    section = read(marked).sections[0]
    kinds = (section.header, section.first_page_header, section.even_page_header)
    assert [shown(one).count("OFFICIAL") for one in kinds] == [1, 1, 1]
    again = read(brief_docx(SMALL, marked).data)
    assert headers(again)[0].count("OFFICIAL") == 1


LACKING = ("Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Caption")


def test_styles_that_a_template_lacks_are_made() -> None:
    template = without_styles(*LACKING)
    assert "numbering" not in " ".join(name for name, _ in xml_parts(template))
    document = read(brief_docx(SMALL, template).data)
    heading = document.styles["Heading 1"].element
    assert heading.xpath("string(./w:pPr/w:outlineLvl/@w:val)") == "0"
    assert heading.xpath("string(./w:name/@w:val)") == "heading 1"
    number = document.styles["List Bullet"].element.xpath("string(./w:pPr/w:numPr/w:numId/@w:val)")
    root = document.part.numbering_part.element
    known = root.xpath(f"string(./w:num[@w:numId={number}]/w:abstractNumId/@w:val)")
    assert root.xpath(
        f"string(./w:abstractNum[@w:abstractNumId={known}]/w:lvl/w:numFmt/@w:val)"
    ) == ("bullet")


def test_a_name_that_a_template_uses_for_letters_is_not_taken_for_a_paragraph_s() -> None:
    template = docx.Document()
    style = template.styles["Caption"].element
    style.set(qn("w:type"), "character")
    document = read(brief_docx(SMALL, saved(template)).data)
    used = {line.style.name for line in document.paragraphs if line.style is not None}
    assert "Caption (brief)" in used


def without_document() -> bytes:
    return rewritten(
        saved(council_document()), lambda name, data: None if name == "word/document.xml" else data
    )


REFUSED = {
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "nothing": (lambda: b"", "can be read"),
    "words": (lambda: b"Dear all,", "can be read"),
    "half of it": (lambda: saved(council_document())[:9000], "can be read"),
    "a workbook": (lambda: as_kind("xlsx"), "no Word document"),
    "no document in it": (without_document, "can be read"),
    "broken XML": (
        lambda: rewritten(saved(council_document()), lambda _, data: data[: len(data) // 2]),
        "can be read",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["dotx", "docm", "dotm"])
def test_a_template_file_becomes_a_document(kind: str) -> None:
    made = brief_docx(content("empty"), as_kind(kind)).data
    types = ZipFile(BytesIO(made)).read("[Content_Types].xml")
    assert b"wordprocessingml.document.main+xml" in types
    assert b"template" not in types
    assert b"macroEnabled" not in types


def untyped(name: str, data: bytes) -> bytes:
    return data.replace(b'<w:style w:type="paragraph"', b"<w:style") if "styles" in name else data


LOCKED = b'<w:documentProtection w:edit="forms" w:enforcement="1"/><w:trackRevisions/>'


def locked(name: str, data: bytes) -> bytes:
    return data.replace(b"<w:compat>", LOCKED + b"<w:compat>") if "settings" in name else data


def test_a_style_that_does_not_say_of_what_it_is_is_a_paragraph_s() -> None:
    template = rewritten(saved(council_document()), untyped)
    assert brief_docx(content("empty"), template).data


def test_a_template_locked_for_forms_gives_a_brief_that_can_be_edited() -> None:
    template = rewritten(saved(council_document()), locked)
    assert b"documentProtection" in ZipFile(BytesIO(template)).read("word/settings.xml")
    made = ZipFile(BytesIO(brief_docx(content("empty"), template).data)).read("word/settings.xml")
    assert b"documentProtection" not in made
    assert b"trackRevisions" not in made


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.slow
def test_what_is_no_template_gets_a_sentence(kind: str) -> None:
    make, said = REFUSED[kind]
    with pytest.raises(ExportError, match=said) as refused:
        brief_docx(content("empty"), make())
    assert str(refused.value).endswith(".")


def test_a_template_s_entities_are_not_followed(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("what nobody else may read")
    trap = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{own.as_uri()}">]>'.encode()

    def trapped(name: str, data: bytes) -> bytes:
        if name != "word/header1.xml":
            return data
        return data.replace(b"?>", b"?>" + trap, 1).replace(b"Sampleshire ", b"&x; ", 1)

    data = brief_docx(content("empty"), rewritten(saved(council_document()), trapped)).data
    with ZipFile(BytesIO(data)) as archive:
        header = archive.read("word/header1.xml")
    assert b"Borough Council" in header
    assert b"nobody else" not in header
