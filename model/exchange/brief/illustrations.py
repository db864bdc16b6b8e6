"""The pictures of a brief: the process as a drawing, and the photos of the wall."""

import os
from collections.abc import Iterator
from pathlib import Path

from model.edits.answers import counted
from model.edits.texts import line_of
from model.exchange.photos import Gathered, gather, states
from model.exchange.picture import Picture, Subject
from model.photo_facts import State, alternative, say_caption
from model.session import Session

WIDE = 1600
"""Pixels across: sharp on a page, and small enough to be sent."""

MOST_DRAWN = 150
"""Activities up to which a brief has the drawing; more is a book of its own, and takes seconds."""

TOO_MANY = "{} activities are too many to be drawn in a brief. Draw them apart: offwall map."


def illustrations(session: Session, folder: Path) -> Gathered:
    """The drawing and the photos, and a sentence for each that is not there.

    ``folder`` is the session file's. Never raises for a photo.
    """
    photos = gather(session, folder, width=WIDE)
    every = len(session.activities)
    sentences = (TOO_MANY.format(every),) if every > MOST_DRAWN else ()
    return Gathered((*_drawn(session), *photos.pictures), (*sentences, *photos.sentences))


def linked(session: Session, folder: Path, output: Path) -> tuple[Picture, ...]:
    """The photos that are there, as links from a document that cannot hold them.

    ``folder`` is the session file's; ``output`` is the document.
    """
    found = states(session, folder)
    usable = (State.FILED, State.CHANGED)
    return tuple(
        Picture(b"", say_caption(one), alternative(one), name=_way(folder / one.path, output))
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
    from model.exchange.drawing import drawing_page_pngs, drawing_png

    every = len(session.activities)
    if not 0 < every <= MOST_DRAWN:
        return
    process = line_of(session.workshop.process) or "the process"
    size = f"{counted(every, 'activity', 'activities')} in {counted(len(session.stages), 'stage')}"
    about = f"Flow chart of {process}: {size}, a lane a role. The RACI lists the same activities."
    glance = drawing_png(session, width=WIDE)
    yield Picture(glance, "The process, a lane a role", about, Subject.PROCESS)
    pages = drawing_page_pngs(session, width=WIDE)
    for number, page in enumerate(pages, 1):
        said = f"{about} Page {number} of {len(pages)}."
        yield Picture(page, "", said, Subject.PROCESS_PAGE)
