"""A report as a Word document, on a council's own template where one is given: same content,
same bytes.
"""

import datetime as dt
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Header
from docx.shared import Cm, Emu, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from offwall.model.documents.brief.content import (
    Block,
    BulletsBlock,
    HeadingBlock,
    PageBreakBlock,
    ParagraphBlock,
    PicturesBlock,
    ReportContent,
    TableBlock,
)
from offwall.model.documents.brief.word_styles import LANGUAGE, WordStyles, add_line
from offwall.model.records.text import fold, xml_safe
from offwall.model.store import ExportError, Picture
from offwall.model.store.photo_files import PictureSubject
from offwall.model.workbook.template.package import SteadyZip

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


def mark_pages(document: Document, content: ReportContent, *, own: bool) -> None:
    """Put the marking into every header; the foot of our own page has title and number."""
    for section in document.sections:
        if content.marking:
            for header in _headers(document, section):
                _mark(header, xml_safe(content.marking))
    if own:
        # The sections after the first take their foot from it.
        _foot(document.sections[0], xml_safe(content.title))


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
    if any(fold(line) == marking.casefold() for line in lines):
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


# A table in Word: a header row that repeats, widths that hold, and a description.

TWIP = 635
"""English metric units in a twentieth of a point, which is what tables are measured in."""

LINE, SHADE = "A6A6A6", "E3EAF2"

SIDES = ("top", "bottom", "insideH")


def add_table(document: Document, styles: WordStyles, grid: TableBlock) -> None:
    """Add a table to the end of the document.

    It is written as XML at once: cell by cell python-docx takes seconds for a long RACI.
    """
    widths = _widths(grid, text_width(document) // TWIP)
    table = parse_xml("".join(_table(grid, widths, styles.cell)))
    document.element.body.insert_element_before(table, "w:sectPr")


def _widths(grid: TableBlock, whole: int) -> list[int]:
    total = sum(grid.widths) or 1
    return [whole * width // total for width in grid.widths]


def _table(grid: TableBlock, widths: list[int], style: str) -> Iterator[str]:
    borders = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="{LINE}"/>' for s in SIDES)
    about = quoteattr(xml_safe(grid.about))
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
    yield '<w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:val="0020"/>'
    yield f"<w:tblDescription w:val={about}/></w:tblPr><w:tblGrid>"
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from _table_row(grid.headers, widths, style, header=True)
    for row in grid.rows:
        yield from _table_row(row, widths, style)
    yield "</w:tbl>"


def _table_row(
    texts: tuple[str, ...], widths: list[int], style: str, *, header: bool = False
) -> Iterator[str]:
    yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if header else ""
    bold = "<w:rPr><w:b/></w:rPr>" if header else ""
    layout = f"<w:pPr><w:pStyle w:val={quoteattr(style)}/></w:pPr>"
    for text, width in zip(texts, widths, strict=True):
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p>{layout}'
        yield f'<w:r>{bold}<w:t xml:space="preserve">{escape(xml_safe(text))}</w:t></w:r>'
        yield "</w:p></w:tc>"
    yield "</w:tr>"


# Pictures in Word: small beside each other, or large one under the other; each with its words.

SMALL = Cm(4.8)
"""How high a small picture may be."""

BESIDE = (PictureSubject.PROCESS, PictureSubject.WALL)
"""What stands small, beside each other."""

UNDER = Cm(1.6)
"""Room that a large picture leaves for its heading and caption."""

GAP = Cm(0.4)

ROOM = Pt(4)
"""Above what stands under a table."""

UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def place_pictures(
    document: Document, styles: WordStyles, pictures: Sequence[Picture], block: PicturesBlock
) -> None:
    """Add the pictures to the end of the document.

    Small, the process stands beside the wall. Large, the wall comes first and the process last,
    on pages that lie on their long side: nothing may come after it.
    """
    if not block.large:
        firsts = (_of(pictures, subject)[:1] for subject in BESIDE)
        if found := [picture for first in firsts for picture in first]:
            _picture_row(document, styles, found, SMALL)
        return
    for title, found, turned in (
        (block.wall, _of(pictures, PictureSubject.WALL), False),
        (block.process, _of(pictures, PictureSubject.PROCESS_PAGE, PictureSubject.PROCESS), True),
    ):
        if found:
            _large(document, styles, title, found, turned=turned)


def _of(pictures: Sequence[Picture], *subjects: PictureSubject) -> list[Picture]:
    """The pictures of the first of these subjects that has any."""
    each = ([one for one in pictures if one.subject is subject] for subject in subjects)
    return next((found for found in each if found), [])


def _large(
    document: Document, styles: WordStyles, title: str, found: Sequence[Picture], *, turned: bool
) -> None:
    if turned:
        turn_page(document)
    heading = add_line(document, styles.heading(1), title)
    if not turned:
        start_page(heading._p)
    for picture in found:
        _picture_row(document, styles, [picture], text_height(document) - UNDER)


def _picture_row(
    document: Document, styles: WordStyles, pictures: Sequence[Picture], high: int
) -> None:
    line = add_line(document, styles.normal)
    line.paragraph_format.keep_with_next = any(one.caption for one in pictures)
    line.paragraph_format.space_before = ROOM
    wide = (text_width(document) - GAP * (len(pictures) - 1)) // len(pictures)
    for place, picture in enumerate(pictures):
        if place:
            line.add_run("  ")
        _place(line, picture, wide, high)
    captions = [xml_safe(one.caption) for one in pictures if one.caption]
    if captions:
        sides = ("Left: ", "Right: ") if len(captions) == len(BESIDE) else ("",)
        said = " ".join(f"{side}{text}." for side, text in zip(sides, captions, strict=True))
        add_line(document, styles.caption, said.replace("..", "."))


def _place(line: Paragraph, picture: Picture, wide: int, high: int) -> None:
    """Add a picture, as large as its box takes; a broken one is said in words."""
    try:
        image = Image.from_blob(picture.data)
        across, down = max(image.px_width, 1), max(image.px_height, 1)
        scale = min(wide / across, high / down)
        shape = line.add_run().add_picture(
            BytesIO(picture.data), Emu(int(across * scale)), Emu(int(down * scale))
        )
    except UNREADABLE:
        line.add_run(f"(This picture could not be read: {xml_safe(picture.alternative)})")
        return
    named = shape._inline.docPr
    named.set("descr", xml_safe(picture.alternative))
    for side in ("distT", "distB", "distL", "distR"):
        # Said, because LibreOffice takes room round a picture where nothing is.
        shape._inline.set(side, "0")
    named.set("name", xml_safe(picture.caption) or "Picture")


# Take a document's text out, and with it all that belongs to that text: nothing of it leaves.

KEPT = {
    *(REL.STYLES, REL.NUMBERING, REL.SETTINGS, REL.WEB_SETTINGS, REL.FONT_TABLE, REL.THEME),
    REL.CUSTOM_XML,
}
"""What a document keeps though its page does not point to it."""

REFERENCES = "./w:headerReference | ./w:footerReference"


def empty_document(document: Document) -> None:
    """Leave the page with its headers and footers, the styles and the theme; the rest goes.

    Pictures, notes and comments of the old text are in parts of their own: they go too.
    """
    body = document.element.body
    _inherit(document)
    page = body.sectPr
    for child in list(body):
        if child is not page:
            body.remove(child)
    if page is None:
        body.append(OxmlElement("w:sectPr"))
    else:
        _for_a_report(page)
    _forget(document)


def _inherit(document: Document) -> None:
    """Give the last section the headers and footers that it has from those before it."""
    body = document.element.body
    sections = body.xpath(".//w:sectPr[not(ancestor::w:sectPrChange)]")
    if not sections or body.sectPr is None:
        return
    last = sections[-1]
    known = {(one.tag, one.get(qn("w:type"))) for one in last.xpath(REFERENCES)}
    for before in reversed(sections[:-1]):
        for reference in before.xpath(REFERENCES):
            kind = (reference.tag, reference.get(qn("w:type")))
            if kind not in known:
                known.add(kind)
                last.insert(0, reference)


def _for_a_report(page: BaseOxmlElement) -> None:
    """Stand the page upright, in one column, without numbers of lines."""
    for odd in page.xpath("./w:cols | ./w:lnNumType | ./w:sectPrChange"):
        page.remove(odd)
    for size in page.xpath("./w:pgSz"):
        wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
        if wide and high and wide.isdigit() and high.isdigit() and int(wide) > int(high):
            size.set(qn("w:w"), high)
            size.set(qn("w:h"), wide)
        size.attrib.pop(qn("w:orient"), None)


def _forget(document: Document) -> None:
    """Let go of every part that the page does not point to."""
    used = set(document.element.body.xpath("//@r:id"))
    relations = document.part.rels
    for key in [key for key, one in relations.items() if one.reltype not in KEPT]:
        if key not in used:
            del relations[key]
    gone = "./w:footnotePr | ./w:endnotePr | ./w:documentProtection | ./w:trackRevisions"
    for notes in document.settings.element.xpath(gone):
        # They name the lines above the notes, which went with the notes; and nobody could edit a
        # brief that is locked for forms.
        notes.getparent().remove(notes)
    package = document.part.package.rels
    for key, one in list(package.items()):
        # A picture of the old first page, and counts of its words.
        if one.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package[key]


# A council's own Word document as the ground: its styles, headers and logo, without its body.

OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97, and files with a password, begin (MS-CFB)."""

MOST_UNPACKED = 400_000_000
"""Bytes of a template once unpacked; more is no template but a trap."""


def open_word_template(template: bytes | None) -> Document:
    """The template as an empty document, or a plain one where none is given.

    Raises:
        ExportError: it is no Word document, has a password, or is broken.
    """
    if template is None:
        document = docx.Document()
        _of_today(document)
    else:
        document = _read(template)
        _check_parts(document)
    empty_document(document)
    return document


WORD_2013 = "15"
"""The mode of every Word since; below it Word writes "Compatibility Mode" over the document."""


def _of_today(document: Document) -> None:
    """Take out of python-docx's own document what says that it is of an old Word for the Mac."""
    settings = document.settings.element
    for mode in settings.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), WORD_2013)
    for old in settings.xpath("./w:compat/w:useFELayout"):
        old.getparent().remove(old)
    for spoken in settings.xpath("./w:themeFontLang"):
        spoken.set(qn("w:val"), LANGUAGE)


def _read(template: bytes) -> Document:
    if template.startswith(OLD_WORD):
        raise ExportError(
            "The template has a password, or is of Word 97. Take the password off, or save it "
            "as a Word document (.docx)."
        )
    try:
        _check_size(template)
        return docx.Document(BytesIO(_as_document(template)))
    except ValueError:
        raise ExportError(BROKEN) from None
    except (BadZipFile, KeyError, OpcError, LxmlError, OSError, EOFError, zlib.error, struct.error):
        raise ExportError(BROKEN) from None
    except (AttributeError, AssertionError, RuntimeError, TypeError, IndexError):
        # What python-docx raises where a part that it counts on is not there.
        raise ExportError(BROKEN) from None


_TYPES, _MAIN = "[Content_Types].xml", b"wordprocessingml.document.main+xml"
_KINDS = re.compile(
    rb"application/(?:vnd\.openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml"
    rb"|vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml)"
)
"""What the main part of a .dotx, .docm and .dotm says that it is."""

_STYLE = re.compile(rb"<w:style(?=[\s>])(?![^>]*\bw:type=)")


def _as_document(template: bytes) -> bytes:
    """A template, or one with macros, as the document that Word makes of it, without macros.

    A style that does not say of what it is is a paragraph's (ECMA-376, 17.7.4.17).
    """
    made = BytesIO()
    with ZipFile(BytesIO(template)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _TYPES:
                content = _KINDS.sub(
                    b"application/vnd.openxmlformats-officedocument." + _MAIN, content
                )
            elif entry.filename.endswith("styles.xml"):
                content = _STYLE.sub(b'<w:style w:type="paragraph"', content)
            target.writestr(entry, content)
    return made.getvalue()


BROKEN = (
    "The template is no Word document that can be read: it is broken, or of another kind. Open it "
    "in Word, save it as a Word document (.docx), and try again."
)


def _check_size(template: bytes) -> None:
    with ZipFile(BytesIO(template)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise ExportError("The template is too large once unpacked. Take a smaller one.")


def _check_parts(document: Document) -> None:
    """Make sure that the parts which a brief needs can be read at all."""
    try:
        len(document.styles)
        len(document.sections)
        _ = document.settings.odd_and_even_pages_header_footer, document.core_properties.title
    except (AttributeError, KeyError, LxmlError, OpcError, ValueError, TypeError):
        raise ExportError(BROKEN) from None
    names = [part.partname for part in document.part.package.iter_parts()]
    if len(set(names)) < len(names):
        raise ExportError(BROKEN)


# The document as bytes, the same for the same content: no clock reaches the file.


def document_bytes(document: Document, date: dt.date) -> bytes:
    """The file. python-docx's own ``save`` would date every entry."""
    saved, steady = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, SteadyZip(steady, date) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return steady.getvalue()


# A report as a Word document: real headings, lists and tables, in styles that can be changed.


def build_word(
    content: ReportContent, pictures: Sequence[Picture], template: bytes | None
) -> bytes:
    """The document's bytes. Raises `ExportError` where the template does not serve."""
    document = open_word_template(template)
    if template is None:
        set_page(document)
    styles = WordStyles(document, own=template is None)
    add_line(document, styles.title, content.title)
    if content.subtitle:
        add_line(document, styles.subtitle, content.subtitle)
    new_page = False
    for block in content.blocks:
        first = len(document.element.body)
        _add(document, styles, block, pictures)
        if new_page and len(document.element.body) > first:
            start_page(document.element.body[first - 1])
            new_page = False
        new_page = new_page or isinstance(block, PageBreakBlock)
    mark_pages(document, content, own=template is None)
    _describe(document, content)
    return document_bytes(document, content.dated)


def _add(document: Document, styles: WordStyles, block: Block, pictures: Sequence[Picture]) -> None:
    match block:
        case HeadingBlock():
            add_line(document, styles.heading(block.level), block.text)
        case ParagraphBlock():
            _write(document, block, styles.normal)
        case BulletsBlock():
            for item in block.items:
                _write(document, item, styles.bullet)
        case TableBlock():
            add_table(document, styles, block)
        case PicturesBlock():
            place_pictures(document, styles, pictures, block)


def _write(document: Document, block: ParagraphBlock, style: str) -> None:
    paragraph = add_line(document, style)
    if block.lead:
        paragraph.add_run(f"{xml_safe(block.lead)} ").bold = True
    paragraph.add_run(xml_safe(block.text))
    before = paragraph._p.getprevious()
    if before is not None and before.tag == qn("w:tbl"):
        # A table has no space of its own below it.
        paragraph.paragraph_format.space_before = ROOM


def _describe(document: Document, content: ReportContent) -> None:
    """What the file says of itself. A council's own labels and properties are left alone."""
    properties = document.core_properties
    day = dt.datetime.combine(content.dated, dt.time())
    for name, said in (
        ("title", content.title),
        ("subject", content.subject),
        ("author", content.author),
        ("last_modified_by", content.author),
        ("keywords", content.marking),
        ("comments", ""),
        ("language", LANGUAGE),
    ):
        setattr(properties, name, xml_safe(said)[:255])
    properties.created = properties.modified = day
    properties.revision = 1
