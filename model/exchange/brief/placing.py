"""Pictures in Word: small beside each other, or large one under the other; each with its words."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph

from model.exchange.brief.pages import start_page, text_width
from model.exchange.brief.styles import Styles
from model.exchange.excel.text import clean
from model.exchange.picture import Picture, Subject
from model.report.content import Pictures

SMALL, LARGE = Cm(3.5), Cm(20)
"""How high a picture may be."""

BESIDE = 2
"""How many small pictures stand beside each other: the process and the wall."""

GAP = Cm(0.4)

ROOM = Pt(4)
"""Above what stands under a table."""

UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def place_pictures(
    document: Document, styles: Styles, pictures: Sequence[Picture], block: Pictures
) -> None:
    """Add the pictures to the end of the document; the process comes before the wall."""
    ordered = sorted(pictures, key=lambda one: one.subject is not Subject.PROCESS)
    if not ordered:
        return
    if block.title:
        heading = document.add_paragraph(clean(block.title), styles.heading(1))
        start_page(heading._p)
    if block.large:
        for picture in ordered:
            _row(document, styles, [picture], LARGE)
    else:
        _row(document, styles, _both(ordered), SMALL)


def _both(ordered: Sequence[Picture]) -> list[Picture]:
    """The first of each subject, else the first ones."""
    subjects = dict.fromkeys(one.subject for one in ordered)
    firsts = [next(one for one in ordered if one.subject is kind) for kind in subjects]
    return (firsts if len(firsts) > 1 else list(ordered))[:BESIDE]


def _row(document: Document, styles: Styles, pictures: Sequence[Picture], high: int) -> None:
    line = document.add_paragraph(style=styles.normal)
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_before = ROOM
    wide = (text_width(document) - GAP * (len(pictures) - 1)) // len(pictures)
    for place, picture in enumerate(pictures):
        if place:
            line.add_run("  ")
        _place(line, picture, wide, high)
    captions = [clean(one.caption) for one in pictures if one.caption]
    if captions:
        sides = ("Left: ", "Right: ") if len(captions) == BESIDE else ("",)
        said = " ".join(f"{side}{text}." for side, text in zip(sides, captions, strict=True))
        document.add_paragraph(said.replace("..", "."), styles.caption)


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
        line.add_run(f"(This picture could not be read: {clean(picture.alternative)})")
        return
    named = shape._inline.docPr
    named.set("descr", clean(picture.alternative))
    for side in ("distT", "distB", "distL", "distR"):
        # Said, because LibreOffice takes room round a picture where nothing is.
        shape._inline.set(side, "0")
    named.set("name", clean(picture.caption) or "Picture")
