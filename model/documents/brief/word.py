"""A paper as a Word document: real headings, lists and tables, in styles that can be changed; the
same paper gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO

from docx.document import Document
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from offwall.model.documents.brief.word_styles import (
    describe,
    mark_pages,
    set_page,
    steady_bytes,
    text_size,
    turn_page,
    word_styles,
)
from offwall.model.documents.brief.word_template import WordForm, empty_document, open_word_template
from offwall.model.documents.paper import (
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Picture,
    Table,
    plain,
)

LINE, SHADE = "A6A6A6", "E3EAF2"

SIDES = ("top", "bottom", "insideH")

TWIP = 635
"""English metric units in a twentieth of a point, which is what tables are measured in."""

UNDER = Cm(1.6)
"""Room that a picture leaves for its heading and caption."""

ROOM = Pt(4)
"""Above what stands under a table."""

UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


@dataclass(frozen=True, slots=True)
class WordFile:
    """A document, and what is to be said of the template that it was written on."""

    data: bytes
    notes: tuple[str, ...] = ()


def build_word(paper: Paper, template: bytes | None) -> WordFile:
    """The document. Raises `ExportError` where the template does not serve."""
    own = template is None
    document = open_word_template(template)
    form = None if own else WordForm(document, paper)
    fits = form is not None and form.fits
    if not fits:
        empty_document(document)
    if own:
        set_page(document)
    writer = WordWriter(document, own=own)
    if form is not None and fits:
        form.fill(writer.written)
    else:
        writer.head(paper)
        writer.written(paper.parts)
    mark_pages(document, paper, own=own)
    describe(document, paper)
    return WordFile(steady_bytes(document, paper.date), form.notes if form else ())


class WordWriter:
    """Writes parts at the end of a document."""

    def __init__(self, document: Document, *, own: bool) -> None:
        """``own`` gives all styles Offwall's looks."""
        self.document = document
        self.styles = word_styles(document, own=own)
        self._new_page = False

    def head(self, paper: Paper) -> None:
        """The title and what stands under it."""
        self._line(self.styles["Title"], paper.title)
        if paper.subtitle:
            self._line(self.styles["Subtitle"], paper.subtitle)

    def written(self, parts: Iterable[Part]) -> list[BaseOxmlElement]:
        """Add parts, and return the elements that they became, for who puts them elsewhere."""
        body = self.document.element.body
        before = set(body)
        for part in parts:
            self._part(part)
        return [element for element in body if element not in before]

    def _part(self, part: Part) -> None:
        match part:
            case Heading():
                self._line(self.styles[f"Heading {part.level}"], part.text)
            case Paragraph():
                self._write(part, self.styles["Normal"])
            case Bullets():
                for item in part.items:
                    self._write(item, self.styles["List Bullet"])
            case Table():
                self._table(part)
            case Picture():
                self._picture(part)
            case PageBreak(turned=True):
                turn_page(self.document)
            case PageBreak():
                self._new_page = True

    def _line(self, style: str, text: str = "") -> WordParagraph:
        # python-docx's own way looks the style's name up anew each time: half of a brief's time.
        line = self.document.add_paragraph(plain(text))
        line._p.style = style
        if self._new_page:
            line.paragraph_format.page_break_before = True
            self._new_page = False
        return line

    def _write(self, part: Paragraph, style: str) -> None:
        line = self._line(style)
        if part.lead:
            line.add_run(f"{plain(part.lead)} ").bold = True
        line.add_run(plain(part.text))
        before = line._p.getprevious()
        if before is not None and before.tag == qn("w:tbl"):
            # A table has no space of its own below it.
            line.paragraph_format.space_before = ROOM

    def _table(self, part: Table) -> None:
        """Written as XML at once: cell by cell python-docx takes seconds for a long RACI."""
        whole, total = text_size(self.document)[0] // TWIP, sum(part.widths) or 1
        widths = [whole * width // total for width in part.widths]
        made = parse_xml("".join(_table_xml(part, widths, self.styles["Table text"])))
        self.document.element.body.insert_element_before(made, "w:sectPr")

    def _picture(self, part: Picture) -> None:
        line = self._line(self.styles["Normal"])
        line.paragraph_format.keep_with_next = bool(part.caption)
        line.paragraph_format.space_before = ROOM
        wide, high = text_size(self.document)
        _place(line, part, wide, high - UNDER)
        if part.caption:
            self._line(self.styles["Caption"], part.caption)


# A table: a header row that repeats, widths that hold, and a description.


def _table_xml(part: Table, widths: list[int], style: str) -> Iterator[str]:
    borders = "".join(f'<w:{s} w:val="single" w:sz="4" w:color="{LINE}"/>' for s in SIDES)
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
    yield '<w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:val="0020"/>'
    yield f'<w:tblDescription w:val="{escape(plain(part.caption))}"/></w:tblPr><w:tblGrid>'
    yield from (f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from _table_row(part.heads, widths, style, header=True)
    for row in part.rows:
        yield from _table_row(row, widths, style)
    yield "</w:tbl>"


def _table_row(
    texts: tuple[str, ...], widths: list[int], style: str, *, header: bool = False
) -> Iterator[str]:
    yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if header else ""
    bold = "<w:rPr><w:b/></w:rPr>" if header else ""
    layout = f'<w:pPr><w:pStyle w:val="{escape(style)}"/></w:pPr>'
    for text, width in zip(texts, widths, strict=True):
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p>{layout}'
        yield f'<w:r>{bold}<w:t xml:space="preserve">{escape(plain(text), quote=False)}</w:t></w:r>'
        yield "</w:p></w:tc>"
    yield "</w:tr>"


# A picture, with its words.


def _place(line: WordParagraph, picture: Picture, wide: int, high: int) -> None:
    """Add a picture, as large as its box takes; a broken one is said in words."""
    try:
        image = Image.from_blob(picture.data)
        across, down = max(image.px_width, 1), max(image.px_height, 1)
        scale = min(wide / across, high / down)
        shape = line.add_run().add_picture(
            BytesIO(picture.data), Emu(int(across * scale)), Emu(int(down * scale))
        )
    except UNREADABLE:
        line.add_run(plain(picture.unreadable))
        return
    named = shape._inline.docPr
    named.set("descr", plain(picture.alt))
    for side in ("distT", "distB", "distL", "distR"):
        # Said, because LibreOffice takes room round a picture where nothing is.
        shape._inline.set(side, "0")
    named.set("name", plain(picture.caption) or "Picture")
