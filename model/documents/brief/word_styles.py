"""The looks of a Word brief: its styles, the template's where it has them, else made in its manner;
its pages, their size, what stands at their top and foot; and the file.
"""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.section import Section, _Header
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from offwall.model.documents.paper import LANGUAGE, Paper, plain
from offwall.model.records.text import fold
from offwall.model.workbook.template.package import SteadyZip

if TYPE_CHECKING:
    from docx.opc.part import XmlPart

# A real bulleted list for a template that has none.

_LIST = """<w:abstractNum {ns} w:abstractNumId="{known}">
<w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>
</w:abstractNum>"""

_USE = '<w:num {ns} w:numId="{number}"><w:abstractNumId w:val="{known}"/></w:num>'


def bullet_numbering(document: Document, style: ParagraphStyle) -> None:
    """Make the style's paragraphs items of a list, numbered with a bullet."""
    root = _numbering(document)
    known = 1 + max(map(int, root.xpath("./w:abstractNum/@w:abstractNumId")), default=0)
    number = 1 + max(map(int, root.xpath("./w:num/@w:numId")), default=0)
    ns = nsdecls("w")
    # The schema wants every abstract list before the first that uses one.
    root.insert(len(root.xpath("./w:abstractNum")), parse_xml(_LIST.format(ns=ns, known=known)))
    uses = root.xpath("./w:num")
    place = root.index(uses[-1]) + 1 if uses else len(root.xpath("./w:abstractNum"))
    root.insert(place, parse_xml(_USE.format(ns=ns, number=number, known=known)))
    properties = OxmlElement("w:numPr")
    properties.append(_element("w:numId", str(number)))
    style.element.get_or_add_pPr()._insert_numPr(properties)


def _numbering(document: Document) -> BaseOxmlElement:
    """The root of the document's lists, made where there is none."""
    part = document.part
    try:
        known = cast("XmlPart", part.part_related_by(RELATIONSHIP_TYPE.NUMBERING))
        return cast("BaseOxmlElement", known.element)
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name, kind = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
        made = NumberingPart(name, kind, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return root


# A style that is made stands in the file under its usual name, so that a council can change it.

FONT, INK = "Arial", RGBColor(0x1F, 0x3A, 0x5F)


@dataclass(frozen=True, slots=True)
class WordLook:
    """How a style looks where Offwall makes it; sizes and spaces in points."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    ink: bool = False
    level: int | None = None
    italic: bool = False


WORD_LOOKS = {
    "Normal": WordLook(10.5, after=4),
    "Title": WordLook(18, after=0, bold=True, ink=True),
    "Subtitle": WordLook(11, after=4),
    "Heading 1": WordLook(13, before=8, after=3, bold=True, ink=True, level=0),
    "Heading 2": WordLook(11.5, before=6, after=2, bold=True, ink=True, level=1),
    "List Bullet": WordLook(10.5, after=1),
    "Caption": WordLook(9.5, after=4, italic=True),
    "Table text": WordLook(9, before=1, after=1),
}


def word_styles(document: Document, *, own: bool) -> dict[str, str]:
    """The ids of the document's styles, each made sure of; ``own`` gives all Offwall's looks."""
    found: dict[str, ParagraphStyle] = {}
    for name in WORD_LOOKS:
        found[name] = _made_sure(document, name, found.get("Normal"), own=own)
    _speak(document, found["Normal"])
    return {name: style.style_id for name, style in found.items()}


def _made_sure(
    document: Document, name: str, normal: ParagraphStyle | None, *, own: bool
) -> ParagraphStyle:
    styles = document.styles
    found = next((one for one in styles if one.name == name), None)
    if isinstance(found, ParagraphStyle):
        if own:
            _shape(found, WORD_LOOKS[name])
        return found
    # A template may use the name for something that is no paragraph.
    free = name if found is None else f"{name} (brief)"
    usual = found is None and name != "Table text"
    made = cast("ParagraphStyle", styles.add_style(free, WD_STYLE_TYPE.PARAGRAPH, builtin=usual))
    if normal is not None:
        made.base_style = normal
    made.quick_style = True
    _shape(made, WORD_LOOKS[name], font=own)
    if name == "List Bullet":
        bullet_numbering(document, made)
    return made


def _shape(style: ParagraphStyle, look: WordLook, *, font: bool = True) -> None:
    """Give a style its look; without ``font`` the template's own font and colour stay."""
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = look.italic
    if font:
        _plain_font(style)
        style.font.color.rgb = INK if look.ink else RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = 1.0
    if look.level is not None:
        layout.keep_with_next = True
        # A heading, for the navigation and screen readers.
        properties = style.element.get_or_add_pPr()
        if not properties.xpath("./w:outlineLvl"):
            properties.append(_element("w:outlineLvl", str(look.level)))
    for border in style.element.xpath("./w:pPr/w:pBdr | ./w:pPr/w:contextualSpacing"):
        border.getparent().remove(border)


def _plain_font(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        # A theme's font would win over the one that is named.
        del fonts.attrib[key]
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for spacing in style.element.xpath("./w:rPr/w:spacing | ./w:rPr/w:kern"):
        spacing.getparent().remove(spacing)


def _element(tag: str, value: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    return made


def _speak(document: Document, normal: ParagraphStyle) -> None:
    root = document.styles.element
    for properties in root.xpath("./w:docDefaults/w:rPrDefault/w:rPr | ./w:style/w:rPr"):
        for known in properties.xpath("./w:lang"):
            known.set(qn("w:val"), LANGUAGE)
    properties = normal.element.get_or_add_rPr()
    if not properties.xpath("./w:lang"):
        said = _element("w:lang", LANGUAGE)
        properties.insert_element_before(said, "w:eastAsianLayout", "w:specVanish", "w:oMath")


# The pages of a document: their size.

A4 = (Cm(21), Cm(29.7))

MARGIN = Cm(1.8)


def text_size(document: Document) -> tuple[int, int]:
    """The width and the height between the margins, in English metric units."""
    last = document.sections[-1]
    wide = (last.page_width or A4[0]) - (last.left_margin or 0) - (last.right_margin or 0)
    high = (last.page_height or A4[1]) - (last.top_margin or 0) - (last.bottom_margin or 0)
    return max(wide, Cm(5)), max(high, Cm(8))


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
    two_sided = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        headers: list[_Header] = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if two_sided:
            headers.append(section.even_page_header)
        for said in filter(None, (paper.draft, paper.marking)):
            for header in headers:
                _mark(header, plain(said))
        if own:
            section.footer.is_linked_to_previous = False
            _foot(section, plain(paper.title))


def _mark(header: _Header, marking: str) -> None:
    """Add a line to a header, above what it has, unless it says it already."""
    lines = ("".join(line.xpath(".//w:t/text()")) for line in header._element.xpath(".//w:p"))
    if any(fold(line) == fold(marking) for line in lines):
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
        ("language", LANGUAGE),
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
