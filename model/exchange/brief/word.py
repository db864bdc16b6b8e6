"""A report as a Word document: real headings, lists and tables, in styles that can be changed."""

import datetime as dt
from collections.abc import Sequence

from docx.document import Document
from docx.oxml.ns import qn

from model.exchange.brief.language import LANGUAGE
from model.exchange.brief.packing import packed
from model.exchange.brief.pages import mark_pages, set_page, start_page
from model.exchange.brief.placing import ROOM, place_pictures
from model.exchange.brief.styles import Styles, add_line
from model.exchange.brief.table import add_table
from model.exchange.brief.template import opened
from model.exchange.clean import clean
from model.exchange.picture import Picture
from model.report.content import (
    Block,
    Bullets,
    Content,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Pictures,
)


def build(content: Content, pictures: Sequence[Picture], template: bytes | None) -> bytes:
    """The document's bytes. Raises `ExportError` where the template does not serve."""
    document = opened(template)
    if template is None:
        set_page(document)
    styles = Styles(document, own=template is None)
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
        new_page = new_page or isinstance(block, PageBreak)
    mark_pages(document, content, own=template is None)
    _describe(document, content)
    return packed(document, content.dated)


def _add(document: Document, styles: Styles, block: Block, pictures: Sequence[Picture]) -> None:
    match block:
        case Heading():
            add_line(document, styles.heading(block.level), block.text)
        case Paragraph():
            _write(document, block, styles.normal)
        case Bullets():
            for item in block.items:
                _write(document, item, styles.bullet)
        case Grid():
            add_table(document, styles, block)
        case Pictures():
            place_pictures(document, styles, pictures, block)


def _write(document: Document, block: Paragraph, style: str) -> None:
    paragraph = add_line(document, style)
    if block.lead:
        paragraph.add_run(f"{clean(block.lead)} ").bold = True
    paragraph.add_run(clean(block.text))
    before = paragraph._p.getprevious()
    if before is not None and before.tag == qn("w:tbl"):
        # A table has no space of its own below it.
        paragraph.paragraph_format.space_before = ROOM


def _describe(document: Document, content: Content) -> None:
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
        setattr(properties, name, clean(said)[:255])
    properties.created = properties.modified = day
    properties.revision = 1
