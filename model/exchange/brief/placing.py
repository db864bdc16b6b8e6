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

from model.exchange.brief.pages import start_page, text_height, text_width, turn_page
from model.exchange.brief.styles import Styles, add_line
from model.exchange.clean import clean
from model.exchange.picture import Picture, Subject
from model.report.content import Pictures

SMALL = Cm(4.8)
"""How high a small picture may be."""

BESIDE = (Subject.PROCESS, Subject.WALL)
"""What stands small, beside each other."""

UNDER = Cm(1.6)
"""Room that a large picture leaves for its heading and caption."""

GAP = Cm(0.4)

ROOM = Pt(4)
"""Above what stands under a table."""

UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)


def place_pictures(
    document: Document, styles: Styles, pictures: Sequence[Picture], block: Pictures
) -> None:
    """Add the pictures to the end of the document.

    Small, the process stands beside the wall. Large, the wall comes first and the process last,
    on pages that lie on their long side: nothing may come after it.
    """
    if not block.large:
        firsts = (_of(pictures, subject)[:1] for subject in BESIDE)
        if found := [picture for first in firsts for picture in first]:
            _row(document, styles, found, SMALL)
        return
    for title, found, turned in (
        (block.wall, _of(pictures, Subject.WALL), False),
        (block.process, _of(pictures, Subject.PROCESS_PAGE, Subject.PROCESS), True),
    ):
        if found:
            _large(document, styles, title, found, turned=turned)


def _of(pictures: Sequence[Picture], *subjects: Subject) -> list[Picture]:
    """The pictures of the first of these subjects that has any."""
    each = ([one for one in pictures if one.subject is subject] for subject in subjects)
    return next((found for found in each if found), [])


def _large(
    document: Document, styles: Styles, title: str, found: Sequence[Picture], *, turned: bool
) -> None:
    if turned:
        turn_page(document)
    heading = add_line(document, styles.heading(1), title)
    if not turned:
        start_page(heading._p)
    for picture in found:
        _row(document, styles, [picture], text_height(document) - UNDER)


def _row(document: Document, styles: Styles, pictures: Sequence[Picture], high: int) -> None:
    line = add_line(document, styles.normal)
    line.paragraph_format.keep_with_next = any(one.caption for one in pictures)
    line.paragraph_format.space_before = ROOM
    wide = (text_width(document) - GAP * (len(pictures) - 1)) // len(pictures)
    for place, picture in enumerate(pictures):
        if place:
            line.add_run("  ")
        _place(line, picture, wide, high)
    captions = [clean(one.caption) for one in pictures if one.caption]
    if captions:
        sides = ("Left: ", "Right: ") if len(captions) == len(BESIDE) else ("",)
        said = " ".join(f"{side}{text}." for side, text in zip(sides, captions, strict=True))
        add_line(document, styles.caption, said.replace("..", "."))


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
