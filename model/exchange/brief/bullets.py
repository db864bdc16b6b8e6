"""A real bulleted list for a template that has none."""

from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.styles.style import ParagraphStyle

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
        known = cast(XmlPart, part.part_related_by(RELATIONSHIP_TYPE.NUMBERING))
        return cast(BaseOxmlElement, known.element)
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        made = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, part.package
        )
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return root
