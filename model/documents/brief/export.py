"""The brief and the feedback as a file, Word or Markdown, with their pictures. Raises
`ExportError`.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from offwall.model.documents import extras
from offwall.model.documents.brief.papers import NO_PICTURES, Pictures
from offwall.model.documents.brief.readers import Audience
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
from offwall.model.records import Session, counted, line_of
from offwall.model.records.text import on_one_line
from offwall.model.setup.photos import PhotoFileState, photo_alt_text, say_caption
from offwall.model.store import ExportError, write_output
from offwall.model.store.files import read_input
from offwall.model.store.photo_files import copy_photos, photo_states

if TYPE_CHECKING:
    from offwall.model.documents.brief.word import WordFile

WIDE = 1600
"""Pixels across: sharp on a page, and small enough to be sent."""

POSTER_WIDE = 2400
"""Pixels across the poster, of which the letters are smaller."""

MOST_DRAWN = 70
"""Activities up to which the drawing can be read on a page of A4; more need a larger sheet."""

TOO_MANY = "{} activities are too many to be drawn in a brief. Draw them apart: offwall map."


@dataclass(frozen=True, slots=True)
class Illustrations:
    """The pictures of a paper, and a sentence for each that could not be used."""

    pictures: Pictures = NO_PICTURES
    sentences: tuple[str, ...] = ()


def illustrations(session: Session, folder: Path) -> Illustrations:
    """The drawing and the photos, and a sentence for each that is not there.

    ``folder`` is the session file's. Never raises for a photo.
    """
    photos = copy_photos(session, folder, width=WIDE)
    wall = tuple(Picture(one.data, one.alternative, one.caption) for one in photos.pictures)
    every = len(session.activities)
    if every > MOST_DRAWN:
        return Illustrations(Pictures(wall), (TOO_MANY.format(every), *photos.sentences))
    drawn = (_drawn(session),) if every else ()
    return Illustrations(Pictures(wall, drawn), photos.sentences)


def linked(session: Session, folder: Path, output: Path) -> Pictures:
    """The photos that are there, as links from a document that cannot hold them.

    ``folder`` is the session file's; ``output`` is the document.
    """
    found = photo_states(session, folder)
    usable = (PhotoFileState.FILED, PhotoFileState.CHANGED)
    wall = (
        Picture(b"", photo_alt_text(photo), say_caption(photo), _way(folder / photo.path, output))
        for photo in session.photos
        if photo.id in found and found[photo.id].state in usable
    )
    return Pictures(tuple(wall))


def _way(photo: Path, output: Path) -> str:
    """The way from a document to a photo; empty where it leads over another disk."""
    try:
        return Path(os.path.relpath(photo, output.parent)).as_posix()
    except ValueError:
        return ""


def _drawn(session: Session) -> Picture:
    from offwall.model.documents.diagram.export import drawing_poster

    process, stages = line_of(session.workshop.process) or "the process", len(session.stages)
    every = counted(len(session.activities), "activity", "activities")
    alt = f"Process map of {process}: {every} in {counted(stages, 'stage')}."
    caption = "The whole process on one page. The map's own file has it in detail."
    svg, png = drawing_poster(session, width=POSTER_WIDE)
    return Picture(png, f"{alt} The RACI lists the same activities.", caption, svg=svg)


WORD, MARKDOWN, PDF, SLIDES = ENDINGS = (".docx", ".md", ".pdf", ".pptx")

LARGEST_TEMPLATE = 50 * 2**20
"""Bytes of a template at most."""


def brief_kind(audience: Audience) -> str:
    """What a report's file is called after the session's name."""
    return "feedback" if audience is Audience.PARTICIPANTS else "brief"


def brief_docx(paper: Paper, template: bytes | None = None) -> "WordFile":
    """The paper as a Word document, in the styles of ``template`` where one is given.

    The same paper and template give the same bytes.

    Raises:
        ExportError: the template is no Word document that can be read; the sentence says why.
    """
    # python-docx takes a fifth of a second to load, and only this needs it.
    from offwall.model.documents.brief.word import build_word

    return build_word(paper, template)


def brief_name(session: Path, audience: Audience) -> Path:
    """The file beside a session: ``NAME-brief.docx`` or ``NAME-feedback.docx``."""
    return session.with_name(f"{session.stem}-{brief_kind(audience)}{WORD}")


def export_brief(
    paper: Paper, path: Path, *, template: Path | None = None, force: bool = False
) -> tuple[str, ...]:
    """Write the paper to ``path``, in the format that its suffix names.

    Returns what is to be said: of the template what was filled, and what was not; of PDF what
    cannot be shown.

    Raises:
        ExportError: the suffix is another, the template does not serve, a file is there and
            ``force`` is not given, or it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in ENDINGS:
        raise ExportError(f"{path}: a brief's name ends in {' or '.join(ENDINGS)}. Name it so.")
    if template is not None and suffix not in (WORD, SLIDES):
        raise ExportError(f"{path}: a template is for Word or slides. Name a file ending so.")
    what = "slides" if suffix == SLIDES else "a Word document"
    given = read_input(template, LARGEST_TEMPLATE, what) if template is not None else None
    notes: tuple[str, ...] = ()
    match suffix:
        case ".md":
            data = paper_markdown(paper).encode()
        case ".pdf":
            from offwall.model.documents.pdf import paper_pdf

            made = paper_pdf(paper)
            data, notes = made.content, made.notes(path.name)
        case ".pptx":
            extras.SLIDES.check()
            from offwall.model.documents.slides import paper_slides

            data = paper_slides(paper, given)
        case _:
            written = brief_docx(paper, given)
            data, notes = written.data, written.notes
    write_output(path, data, force=force)
    return notes


# A paper as Markdown: headings, lists, tables with pipes; the session's text never as markup.

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
"""What Markdown, or the HTML and formulas that may stand in it, would read as more than text."""

_FRONT = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")
"""What begins a list, a rule or a heading at the front of a line."""

_ADDRESS = re.compile(r"(?i)(https?(?=:)|ftp(?=:)|mailto(?=:)|www(?=\.)|(?=@))(.)")
"""Where readers would make a link that nobody wrote."""


def paper_markdown(paper: Paper) -> str:
    """The paper as a text; a picture that has a way to its file is linked, others captioned."""
    marks = (f"**{markdown_text(one)}**" for one in (paper.marking, paper.draft) if one)
    head = [*marks, f"# {markdown_text(paper.title)}"]
    if paper.subtitle:
        head.append(markdown_text(paper.subtitle))
    parts = [*head, *filter(None, map(_part, paper.parts))]
    return "\n\n".join(parts) + "\n"


def markdown_text(text: str) -> str:
    """The session's text on one line, with every mark that means something made plain."""
    line = on_one_line(plain(text))
    # A character reference reads as itself, and makes no link.
    line = _ADDRESS.sub(lambda found: f"{found[1]}&#{ord(found[2])};", _MARKS.sub(r"\\\1", line))
    return _FRONT.sub(r"\1\\", line)


def _part(part: Part) -> str:
    match part:
        case Heading():
            return f"{'#' * (part.level + 1)} {markdown_text(part.text)}"
        case Paragraph():
            return _paragraph(part)
        case Bullets():
            return "\n".join(f"- {_paragraph(item)}" for item in part.items)
        case Table():
            rows = [[*map(markdown_text, row)] for row in (part.heads, *part.rows)]
            rows.insert(1, ["---"] * len(part.heads))
            return "\n".join(f"| {' | '.join(row)} |" for row in rows)
        case Picture():
            caption = f"*{markdown_text(part.caption)}*" if part.caption else ""
            image = f"![{markdown_text(part.alt)}](<{quote(part.link)}>)" if part.link else ""
            return "\n\n".join(filter(None, (image, caption)))
        case PageBreak():
            return "---"


def _paragraph(part: Paragraph) -> str:
    said = markdown_text(part.text)
    return f"**{markdown_text(part.lead)}** {said}".rstrip() if part.lead else said
