"""Take a document's text out, and with it all that belongs to that text: nothing of it leaves."""

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

KEPT = {
    *(REL.STYLES, REL.NUMBERING, REL.SETTINGS, REL.WEB_SETTINGS, REL.FONT_TABLE, REL.THEME),
    REL.CUSTOM_XML,
}
"""What a document keeps though its page does not point to it."""

REFERENCES = "./w:headerReference | ./w:footerReference"


def empty(document: Document) -> None:
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
    for notes in document.settings.element.xpath("./w:footnotePr | ./w:endnotePr"):
        # They name the lines above the notes, which went with the notes.
        notes.getparent().remove(notes)
    package = document.part.package.rels
    for key, one in list(package.items()):
        # A picture of the old first page, and counts of its words.
        if one.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package[key]
