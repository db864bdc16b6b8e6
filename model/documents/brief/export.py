"""The brief and the feedback as a file, Word or Markdown, with their pictures. Raises
`ExportError`.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from offwall.model.documents.brief.content import (
    Audience,
    Block,
    BulletsBlock,
    HeadingBlock,
    PageBreakBlock,
    ParagraphBlock,
    PicturesBlock,
    ReportContent,
    TableBlock,
)
from offwall.model.records import Session, counted, line_of
from offwall.model.records.text import on_one_line, xml_safe
from offwall.model.setup import PhotoFileState
from offwall.model.setup.photos import photo_alt_text, say_caption
from offwall.model.store import ExportError, Picture, write_output
from offwall.model.store.files import read_input
from offwall.model.store.photo_files import PhotoCopies, PictureSubject, copy_photos, photo_states

WIDE = 1600
"""Pixels across: sharp on a page, and small enough to be sent."""

MOST_DRAWN = 150
"""Activities up to which a brief has the drawing; more is a book of its own, and takes seconds."""

TOO_MANY = "{} activities are too many to be drawn in a brief. Draw them apart: offwall map."


def illustrations(session: Session, folder: Path) -> PhotoCopies:
    """The drawing and the photos, and a sentence for each that is not there.

    ``folder`` is the session file's. Never raises for a photo.
    """
    photos = copy_photos(session, folder, width=WIDE)
    every = len(session.activities)
    sentences = (TOO_MANY.format(every),) if every > MOST_DRAWN else ()
    return PhotoCopies((*_drawn(session), *photos.pictures), (*sentences, *photos.sentences))


def linked(session: Session, folder: Path, output: Path) -> tuple[Picture, ...]:
    """The photos that are there, as links from a document that cannot hold them.

    ``folder`` is the session file's; ``output`` is the document.
    """
    found = photo_states(session, folder)
    usable = (PhotoFileState.FILED, PhotoFileState.CHANGED)
    return tuple(
        Picture(b"", say_caption(one), photo_alt_text(one), name=_way(folder / one.path, output))
        for one in session.photos
        if one.id in found and found[one.id].state in usable
    )


def _way(photo: Path, output: Path) -> str:
    """The way from a document to a photo; empty where it leads over another disk."""
    try:
        return Path(os.path.relpath(photo, output.parent)).as_posix()
    except ValueError:
        return ""


def _drawn(session: Session) -> Iterator[Picture]:
    """The process at a glance, then its pages; nothing where there is nothing, or too much."""
    from offwall.model.documents.diagram.export import drawing_page_pngs, drawing_png

    every = len(session.activities)
    if not 0 < every <= MOST_DRAWN:
        return
    process = line_of(session.workshop.process) or "the process"
    size = f"{counted(every, 'activity', 'activities')} in {counted(len(session.stages), 'stage')}"
    about = f"Flow chart of {process}: {size}, a lane a role. The RACI lists the same activities."
    glance = drawing_png(session, width=WIDE)
    yield Picture(glance, "The process, a lane a role", about, PictureSubject.PROCESS)
    pages = drawing_page_pngs(session, width=WIDE)
    for number, page in enumerate(pages, 1):
        said = f"{about} Page {number} of {len(pages)}."
        yield Picture(page, "", said, PictureSubject.PROCESS_PAGE)


# A report as Markdown: headings, lists, tables with pipes; the session's text never as markup.

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
"""What Markdown, or the HTML and formulas that may stand in it, would read as more than text."""

_FRONT = re.compile(r"^(\d+)([.)])|^([-+=:])")
"""What begins a list, a rule or a heading at the front of a line."""

_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)|(@)")
"""Where readers would make a link that nobody wrote."""


def brief_markdown(content: ReportContent, pictures: Sequence[Picture] = ()) -> str:
    """The report as a text; a picture that bears a name is linked, any other is only captioned."""
    head = [f"# {markdown_text(content.title)}"]
    if content.marking:
        head.insert(0, f"**{markdown_text(content.marking)}**")
    if content.subtitle:
        head.append(markdown_text(content.subtitle))
    parts = [*head, *(part for block in content.blocks for part in _block(block, pictures))]
    return "\n\n".join(parts) + "\n"


def markdown_text(said: str) -> str:
    """The session's text on one line, with every mark that means something made plain."""
    line = on_one_line(xml_safe(said))
    line = _ADDRESS.sub(_plain_address, _MARKS.sub(r"\\\1", line))
    return _FRONT.sub(_plain_front, line)


def _plain_address(found: re.Match[str]) -> str:
    # A character reference reads as itself, and makes no link.
    said = found[0]
    return f"{said[:-1]}&#{ord(said[-1])};"


def _plain_front(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _block(block: Block, pictures: Sequence[Picture]) -> Iterator[str]:
    match block:
        case HeadingBlock():
            yield f"{'#' * (block.level + 1)} {markdown_text(block.text)}"
        case ParagraphBlock():
            yield _paragraph(block)
        case BulletsBlock():
            yield "\n".join(f"- {_paragraph(item)}" for item in block.items)
        case TableBlock():
            yield _table(block)
        case PicturesBlock():
            # Large or small is the reader's to choose here, so they stand once.
            if not block.large:
                yield from filter(None, map(_picture, pictures))
        case PageBreakBlock():
            yield "---"


def _paragraph(block: ParagraphBlock) -> str:
    said = markdown_text(block.text)
    return f"**{markdown_text(block.lead)}** {said}".rstrip() if block.lead else said


def _table(block: TableBlock) -> str:
    rule = " | ".join("---" for _ in block.headers)
    rows = (block.headers, *block.rows)
    lines = [f"| {' | '.join(map(markdown_text, row))} |" for row in rows]
    return "\n".join([lines[0], f"| {rule} |", *lines[1:]])


def _picture(picture: Picture) -> str:
    caption = f"*{markdown_text(picture.caption)}*" if picture.caption else ""
    if not picture.name:
        return caption
    return f"![{markdown_text(picture.alternative)}](<{quote(picture.name)}>)\n\n{caption}".rstrip()


WORD, MARKDOWN = ".docx", ".md"

LARGEST_TEMPLATE = 50 * 2**20
"""Bytes of a template at most."""

BRIEF_NAMES = {Audience.MANAGEMENT: "brief", Audience.PARTICIPANTS: "feedback"}
"""What a report's file is called after the session's name."""


def brief_docx(
    content: ReportContent, pictures: Sequence[Picture] = (), template: bytes | None = None
) -> bytes:
    """The report as a Word document, in the styles of ``template`` where one is given.

    The same content, pictures and template give the same bytes.

    Raises:
        ExportError: the template is no Word document that can be read; the sentence says why.
    """
    # python-docx takes a fifth of a second to load, and only this needs it.
    from offwall.model.documents.brief.word import build_word

    return build_word(content, pictures, template)


def brief_name(session: Path, audience: Audience) -> Path:
    """The file beside a session: ``NAME-brief.docx`` or ``NAME-feedback.docx``."""
    return session.with_name(f"{session.stem}-{BRIEF_NAMES[audience]}{WORD}")


def export_brief(
    content: ReportContent,
    path: Path,
    pictures: Sequence[Picture] = (),
    *,
    template: Path | None = None,
    force: bool = False,
) -> Path:
    """Write the report to ``path``, in the format that its suffix names; return the path.

    Raises:
        ExportError: the suffix is another, the template does not serve, a file is there and
            ``force`` is not given, or it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in (WORD, MARKDOWN):
        raise ExportError(f"{path}: a brief's name ends in {WORD} or {MARKDOWN}. Name it so.")
    if suffix == MARKDOWN:
        if template is not None:
            raise ExportError(f"{path}: a template is for Word. Name a file ending in {WORD}.")
        return write_output(path, brief_markdown(content, pictures).encode(), force=force)
    given = (
        read_input(template, LARGEST_TEMPLATE, "a Word document") if template is not None else None
    )
    return write_output(path, brief_docx(content, pictures, given), force=force)
