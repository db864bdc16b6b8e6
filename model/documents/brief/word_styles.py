"""The styles that a Word brief is written in: the template's where it has them, else made in its
manner.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from offwall.model.records.text import xml_safe

if TYPE_CHECKING:
    from docx.opc.part import XmlPart

LANGUAGE = "en-GB"
"""As Word and screen readers name it (BCP 47)."""


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
    properties, chosen = OxmlElement("w:numPr"), OxmlElement("w:numId")
    chosen.set(qn("w:val"), str(number))
    properties.append(chosen)
    layout = style.element.get_or_add_pPr()
    layout._insert_numPr(properties)


def _numbering(document: Document) -> BaseOxmlElement:
    """The root of the document's lists, made where there is none."""
    part = document.part
    try:
        known = cast("XmlPart", part.part_related_by(RELATIONSHIP_TYPE.NUMBERING))
        return cast("BaseOxmlElement", known.element)
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        made = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, part.package
        )
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


class WordStyles:
    """The ids of a document's styles, each made sure of."""

    def __init__(self, document: Document, *, own: bool) -> None:
        """Look the styles up; ``own`` gives all of them Offwall's looks."""
        self._document = document
        found: dict[str, ParagraphStyle] = {}
        for name in WORD_LOOKS:
            found[name] = self._made_sure(name, found.get("Normal"), own=own)
        self._ids = {name: style.style_id for name, style in found.items()}
        _speak(document, found["Normal"])

    def __getitem__(self, name: str) -> str:
        """The id of a style of `WORD_LOOKS`."""
        return self._ids[name]

    def _made_sure(self, name: str, normal: ParagraphStyle | None, *, own: bool) -> ParagraphStyle:
        styles = self._document.styles
        found = next((one for one in styles if one.name == name), None)
        if isinstance(found, ParagraphStyle):
            if own:
                _shape(found, WORD_LOOKS[name])
            return found
        # A template may use the name for something that is no paragraph.
        free = name if found is None else f"{name} (brief)"
        usual = found is None and name != "Table text"
        made = cast(
            "ParagraphStyle", styles.add_style(free, WD_STYLE_TYPE.PARAGRAPH, builtin=usual)
        )
        if normal is not None:
            made.base_style = normal
        made.quick_style = True
        _shape(made, WORD_LOOKS[name], font=own)
        if name == "List Bullet":
            bullet_numbering(self._document, made)
        return made


def add_line(document: Document, style: str, text: str = "") -> Paragraph:
    """Add a paragraph to the end; ``style`` is an id.

    python-docx's own way looks the name up anew each time, which takes half of a brief's time.
    """
    line = document.add_paragraph(xml_safe(text))
    line._p.style = style
    return line


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
        _outline(style, look.level)
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


def _outline(style: ParagraphStyle, level: int) -> None:
    """Say that a paragraph of this style is a heading, for the navigation and screen readers."""
    layout = style.element.get_or_add_pPr()
    if not layout.xpath("./w:outlineLvl"):
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        layout.append(outline)


def _speak(document: Document, normal: ParagraphStyle) -> None:
    """Set the language of all text, for spelling and for voices."""
    root = document.styles.element
    for properties in root.xpath("./w:docDefaults/w:rPrDefault/w:rPr | ./w:style/w:rPr"):
        for known in properties.xpath("./w:lang"):
            known.set(qn("w:val"), LANGUAGE)
    properties = normal.element.get_or_add_rPr()
    if not properties.xpath("./w:lang"):
        said = OxmlElement("w:lang")
        said.set(qn("w:val"), LANGUAGE)
        properties.insert_element_before(said, "w:eastAsianLayout", "w:specVanish", "w:oMath")
