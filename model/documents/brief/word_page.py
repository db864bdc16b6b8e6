"""The pages of a Word document: their size, what stands at their top and foot, and the file."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Cm, Emu, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from offwall.model.documents.paper import Paper
from offwall.model.records.text import fold, unturned, xml_safe
from offwall.model.workbook.template.package import SteadyZip

A4 = (Cm(21), Cm(29.7))

MARGIN = Cm(1.8)


def plain(text: str) -> str:
    """The text as a document can bear it."""
    return xml_safe(unturned(text))


def text_width(document: Document) -> int:
    """The width between the margins, in English metric units."""
    last = document.sections[-1]
    page = last.page_width or A4[0]
    return max(page - (last.left_margin or 0) - (last.right_margin or 0), Cm(5))


def text_height(document: Document) -> int:
    """The height between the margins, in English metric units."""
    last = document.sections[-1]
    page = last.page_height or A4[1]
    return max(page - (last.top_margin or 0) - (last.bottom_margin or 0), Cm(8))


def set_page(document: Document) -> None:
    """Our own page, where no template says another."""
    section = document.sections[-1]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)


def turn_page(document: Document) -> None:
    """Go on with pages that lie on their long side, with the headers of those before."""
    before = document.sections[-1]
    short, long = sorted((before.page_width or A4[0], before.page_height or A4[1]))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Emu(long), Emu(short)
    section.different_first_page_header_footer = False


# The top and the foot of every page, and what the file says of itself.


def mark_pages(document: Document, paper: Paper, *, own: bool) -> None:
    """Put the marking, and that it is a draft, into every header; our own foot has the number."""
    for section in document.sections:
        for said in filter(None, (paper.draft, paper.marking)):
            for header in _headers(document, section):
                _mark(header, plain(said))
        if own:
            section.footer.is_linked_to_previous = False
            _foot(section, plain(paper.title))


def _headers(document: Document, section: Section) -> Iterator[_Header]:
    """The headers that its pages show."""
    yield section.header
    if section.different_first_page_header_footer:
        yield section.first_page_header
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header


def _mark(header: _Header, marking: str) -> None:
    """Add a line to a header, above what it has, unless it says it already."""
    lines = ("".join(line.xpath(".//w:t/text()")) for line in header._element.xpath(".//w:p"))
    if any(fold(line) == fold(marking) for line in lines):
        return
    content = header._element
    empty = len(content) == 1 and not content.xpath(".//w:r | .//w:tbl")
    line = header.paragraphs[0] if empty else WordParagraph(OxmlElement("w:p"), header)
    if not empty:
        content.insert(0, line._p)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(marking).bold = True


def _foot(section: Section, title: str) -> None:
    line = section.footer.paragraphs[0]
    width = (section.page_width or A4[0]) - 2 * MARGIN
    if line.style is not None and isinstance(line.style, ParagraphStyle):
        line.style.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{title}\tPage ").font.size = Pt(8)
    _field(line, "PAGE")
    line.add_run(" of ").font.size = Pt(8)
    _field(line, "NUMPAGES")


def _field(line: WordParagraph, code: str) -> None:
    """A figure that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = line.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    line._p.append(field)


def describe(document: Any, paper: Paper) -> None:
    """What a document, or a deck, says of itself. A council's own properties are left alone."""
    properties = document.core_properties
    day = dt.datetime.combine(paper.date, dt.time())
    for name, said in (
        ("title", paper.title),
        ("subject", paper.subject),
        ("author", paper.author),
        ("last_modified_by", paper.author),
        ("keywords", paper.marking),
        ("comments", ""),
        ("language", paper.language),
    ):
        setattr(properties, name, plain(said)[:255])
    properties.created = properties.modified = day
    properties.revision = 1


def steady_bytes(document: Any, date: dt.date) -> bytes:
    """A document, or a deck, as a file. Its own ``save`` would date every entry."""
    saved, steady = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, SteadyZip(steady, date) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return steady.getvalue()
