"""A council's own Word document as the ground of a paper: opened, emptied, or filled where it has
places for what the paper says.
"""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import LxmlError

from offwall.model.documents.brief.word_styles import LANGUAGE
from offwall.model.store import ExportError

OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97, and files with a password, begin (MS-CFB)."""

MOST_UNPACKED = 400_000_000
"""Bytes of a template once unpacked; more is no template but a trap."""


def open_word_template(template: bytes | None) -> Document:
    """The template as it is, or a plain document where none is given.

    Raises:
        ExportError: it is no Word document, has a password, or is broken.
    """
    if template is None:
        document = docx.Document()
        _of_today(document)
    else:
        document = _read(template)
        _check_parts(document)
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
    except UNREADABLE:
        raise ExportError(BROKEN) from None


UNREADABLE = (
    *(BadZipFile, OpcError, LxmlError, OSError, EOFError, zlib.error, struct.error, ValueError),
    *(AttributeError, AssertionError, RuntimeError, TypeError, LookupError),
)
"""What a broken file raises; the latter python-docx, where a part that it counts on is missing."""

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
