"""Photos whose path would lead out of the session's folder: nobody opens them."""

from collections.abc import Iterator

from model.checks.finding import Finding, error, quoted
from model.photo_path import leads_outside
from model.session import Session


def photos(session: Session) -> Iterator[Finding]:
    """What a session made by hand, or by somebody who means ill, may say of a photo."""
    for photo in session.photos:
        if leads_outside(photo.path):
            yield error(
                "photo elsewhere",
                photo.id,
                f"Photo {quoted(photo.path)} leads out of the session's folder and is not opened; "
                "put the picture beside the session file and name it there.",
            )
