"""Photos of the wall: which there are, who took them, and which are still to be filed."""

from typing import Any

from model.edits.errors import EditError
from model.edits.records import added, by_key, updated, without
from model.edits.texts import line_of
from model.ids import derive
from model.session import Photo, Session

_NEEDED = "Name the file of the photo, or who took it; then it stays on the list to be filed."


def new_photo_id(seed: str) -> str:
    """The id of the photo that `add_photo` makes with this seed."""
    return derive(seed, "f")


def add_photo(
    session: Session, *, seed: str, path: str = "", caption: str = "", taken_by: str = ""
) -> Session:
    """List a photo. The path is kept as typed, relative to the session file; none is to be filed.

    Raises `EditError` without a path and without who took it, or where the path is listed.
    """
    values = _checked(session, path, caption, taken_by)
    return added(session, "photos", Photo(new_photo_id(seed), **values))


def change_photo(
    session: Session, photo: str, *, path: str, caption: str, taken_by: str
) -> Session:
    """Change what is said of a photo. Raises `EditError` as `add_photo` does.

    A checksum belongs to a file: it goes with another path.
    """
    old: Photo = by_key(session, "photos", photo)
    values = _checked(session, path, caption, taken_by, but=photo)
    sha256 = old.sha256 if values["path"] == old.path else ""
    return updated(session, "photos", old, **values, sha256=sha256)


def remove_photo(session: Session, photo: str) -> Session:
    """Take a photo off the list; the file itself stays where it is."""
    return without(session, "photos", by_key(session, "photos", photo))


def _checked(
    session: Session, path: str, caption: str, taken_by: str, *, but: str = ""
) -> dict[str, Any]:
    values = {"path": path.strip(), "caption": line_of(caption), "taken_by": line_of(taken_by)}
    if not (values["path"] or values["taken_by"]):
        raise EditError(_NEEDED)
    if line_of(path) != " ".join(path.split()):
        raise EditError("The path holds a character that no file name can have. Type it again.")
    if values["path"] and any(
        photo.path == values["path"] and photo.id != but for photo in session.photos
    ):
        raise EditError(f"{values['path']} is on the list already.")
    return values
