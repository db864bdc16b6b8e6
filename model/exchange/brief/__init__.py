"""The brief and the feedback as a file: Word, in a council's own styles, or Markdown."""

from collections.abc import Sequence
from pathlib import Path

from model.exchange.brief.markdown import brief_markdown
from model.exchange.files import ExportError, read, write
from model.exchange.picture import Picture
from model.report import Audience, Content

WORD, MARKDOWN = ".docx", ".md"

LARGEST = 50 * 2**20
"""Bytes of a template at most."""

NAMES = {Audience.MANAGEMENT: "brief", Audience.PARTICIPANTS: "feedback"}
"""What a report's file is called after the session's name."""

__all__ = ["NAMES", "ExportError", "brief_docx", "brief_markdown", "brief_name", "export"]


def brief_docx(
    content: Content, pictures: Sequence[Picture] = (), template: bytes | None = None
) -> bytes:
    """The report as a Word document, in the styles of ``template`` where one is given.

    The same content, pictures and template give the same bytes.

    Raises:
        ExportError: the template is no Word document that can be read; the sentence says why.
    """
    # python-docx takes a fifth of a second to load, and only this needs it.
    from model.exchange.brief.word import build

    return build(content, pictures, template)


def brief_name(session: Path, audience: Audience) -> Path:
    """The file beside a session: ``NAME-brief.docx`` or ``NAME-feedback.docx``."""
    return session.with_name(f"{session.stem}-{NAMES[audience]}{WORD}")


def export(
    content: Content,
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
        return write(path, brief_markdown(content, pictures).encode(), force=force)
    given = read(template, LARGEST, "a Word document") if template is not None else None
    return write(path, brief_docx(content, pictures, given), force=force)
