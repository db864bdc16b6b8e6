"""Word documents as councils have them, made for the tests."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Cm, RGBColor
from PIL import Image

GREEN = RGBColor(0x00, 0x6B, 0x3C)

MINUTES = "Minutes of a meeting that nobody else may read"


def picture(colour: str = "green", size: tuple[int, int] = (200, 80), kind: str = "PNG") -> bytes:
    held = BytesIO()
    Image.new("RGB", size, colour).save(held, kind)
    return held.getvalue()


def council_document() -> Document:
    """Two sections: the first has the logo in its header, the last takes it from there."""
    document = docx.Document()
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.color.rgb = "Georgia", GREEN
    header = document.sections[0].header.paragraphs[0]
    header.add_run("Sampleshire Borough Council ")
    header.add_run().add_picture(BytesIO(picture()), height=Cm(1))
    document.sections[0].footer.paragraphs[0].text = "Working for Sampleshire"
    document.add_heading("Cover")
    document.add_paragraph(MINUTES)
    document.add_picture(BytesIO(picture("red")))
    last = document.add_section(WD_SECTION.NEW_PAGE)
    last.left_margin = Cm(4)
    last.even_page_header.paragraphs[0].text = "Even"
    document.add_paragraph("More of it")
    document.add_comment(document.paragraphs[0].runs, MINUTES, "Somebody")
    return document


def saved(document: Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def without_styles(*names: str) -> bytes:
    """A document that lacks these styles, and has no list at all."""
    document = docx.Document()
    for name in names:
        document.styles[name].delete()
    return rewritten(saved(document), _no_lists)


def _no_lists(name: str, data: bytes) -> bytes | None:
    if name == "word/numbering.xml":
        return None
    if name == "[Content_Types].xml":
        start = data.index(b'<Override PartName="/word/numbering.xml"')
        return data[:start] + data[data.index(b"/>", start) + 2 :]
    if name == "word/_rels/document.xml.rels":
        place = data.index(b"relationships/numbering")
        start, end = data.rindex(b"<Relationship ", 0, place), data.index(b"/>", place) + 2
        return data[:start] + data[end:]
    return data


def rewritten(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same zip with some of its parts changed, or left out where None comes back."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(held, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return held.getvalue()


def as_kind(kind: str) -> bytes:
    """A template (.dotx, .dotm), one with macros (.docm) or a workbook, by what it says it is."""
    types = {
        "dotx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "docm": b"application/vnd.ms-word.document.macroEnabled.main+xml",
        "dotm": b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return rewritten(saved(docx.Document()), lambda _, data: data.replace(plain, types[kind]))
