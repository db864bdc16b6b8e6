"""The styles that a brief is written in: the template's where it has them, else made in its manner.

A style that is made stands in the file under its usual name, so that a council can change it.
"""

from dataclasses import dataclass
from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from model.exchange.brief.bullets import bullet_numbering
from model.exchange.brief.language import LANGUAGE
from model.exchange.clean import clean

FONT, INK = "Arial", RGBColor(0x1F, 0x3A, 0x5F)


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks where Offwall makes it; sizes and spaces in points."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    ink: bool = False
    level: int | None = None
    italic: bool = False


LOOKS = {
    "Normal": Look(10, after=4),
    "Title": Look(18, after=0, bold=True, ink=True),
    "Subtitle": Look(10, after=4),
    "Heading 1": Look(12, before=8, after=3, bold=True, ink=True, level=0),
    "Heading 2": Look(10.5, before=6, after=2, bold=True, ink=True, level=1),
    "List Bullet": Look(10, after=1),
    "Caption": Look(8.5, after=4, italic=True),
    "Table text": Look(8.5, before=1, after=1),
}


class Styles:
    """The ids of a document's styles, each made sure of."""

    def __init__(self, document: Document, *, own: bool) -> None:
        """Look the styles up; ``own`` gives all of them Offwall's looks."""
        self._document = document
        found: dict[str, ParagraphStyle] = {}
        for name in LOOKS:
            found[name] = self._made_sure(name, found.get("Normal"), own=own)
        self._ids = {name: style.style_id for name, style in found.items()}
        self.normal = self._ids["Normal"]
        self.title = self._ids["Title"]
        self.subtitle = self._ids["Subtitle"]
        self.bullet = self._ids["List Bullet"]
        self.caption = self._ids["Caption"]
        self.cell = self._ids["Table text"]
        _speak(document, found["Normal"])

    def heading(self, level: int) -> str:
        """The id of the style of a heading."""
        return self._ids[f"Heading {level}"]

    def _made_sure(self, name: str, normal: ParagraphStyle | None, *, own: bool) -> ParagraphStyle:
        styles = self._document.styles
        found = next((one for one in styles if one.name == name), None)
        if isinstance(found, ParagraphStyle):
            if own:
                _shape(found, LOOKS[name])
            return found
        # A template may use the name for something that is no paragraph.
        free = name if found is None else f"{name} (brief)"
        usual = found is None and name != "Table text"
        made = cast(ParagraphStyle, styles.add_style(free, WD_STYLE_TYPE.PARAGRAPH, builtin=usual))
        if normal is not None:
            made.base_style = normal
        made.quick_style = True
        _shape(made, LOOKS[name], font=own)
        if name == "List Bullet":
            bullet_numbering(self._document, made)
        return made


def add_line(document: Document, style: str, text: str = "") -> Paragraph:
    """Add a paragraph to the end; ``style`` is an id.

    python-docx's own way looks the name up anew each time, which takes half of a brief's time.
    """
    line = document.add_paragraph(clean(text))
    line._p.style = style
    return line


def _shape(style: ParagraphStyle, look: Look, *, font: bool = True) -> None:
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
