"""The pages of a brief: A4, the marking at the head of each, the number at the foot."""

from collections.abc import Iterator

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Header
from docx.shared import Cm, Emu, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from model.exchange.clean import clean
from model.report.content import Content

A4 = (Cm(21), Cm(29.7))

MARGIN = Cm(1.8)


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


def turn_page(document: Document) -> None:
    """Go on with pages that lie on their long side, with the headers of those before."""
    before = document.sections[-1]
    short, long = sorted((before.page_width or A4[0], before.page_height or A4[1]))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Emu(long), Emu(short)
    section.different_first_page_header_footer = False


def start_page(element: BaseOxmlElement) -> None:
    """Have a paragraph begin a page; a table is left where it is."""
    if element.tag == qn("w:p"):
        Paragraph(element, None).paragraph_format.page_break_before = True  # type: ignore[arg-type]


def set_page(document: Document) -> None:
    """Our own page, where no template says another."""
    section = document.sections[-1]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)


def mark_pages(document: Document, content: Content, *, own: bool) -> None:
    """Put the marking into every header; the foot of our own page has title and number."""
    for section in document.sections:
        if content.marking:
            for header in _headers(document, section):
                _mark(header, clean(content.marking))
    if own:
        # The sections after the first take their foot from it.
        _foot(document.sections[0], clean(content.title))


def _headers(document: Document, section: Section) -> Iterator[_Header]:
    """The headers that its pages show."""
    yield section.header
    if section.different_first_page_header_footer:
        yield section.first_page_header
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header


def _mark(header: _Header, marking: str) -> None:
    """Add the marking to a header, above what it has, unless it says it already."""
    lines = ("".join(line.xpath(".//w:t/text()")) for line in header._element.xpath(".//w:p"))
    if any(" ".join(line.split()).casefold() == marking.casefold() for line in lines):
        return
    content = header._element
    empty = len(content) == 1 and not content.xpath(".//w:r | .//w:tbl")
    line = header.paragraphs[0] if empty else Paragraph(OxmlElement("w:p"), header)
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


def _field(line: Paragraph, code: str) -> None:
    """A figure that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = line.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    line._p.append(field)
