"""Photos of the wall: which there are, who took them, and which are still to be filed."""

from dataclasses import replace
from typing import Any

from model.edits.errors import EditError
from model.edits.records import added, by_key, updated, without
from model.edits.texts import line_of
from model.ids import derive
from model.photo_facts import Facts
from model.photo_path import leads_outside
from model.session import Photo, Session

_NEEDED = "Name the file of the photo, or who took it; then it stays on the list to be filed."

WALL = "The wall"
"""What a photo shows of which nothing but that it was taken is known."""


def new_photo_id(seed: str) -> str:
    """The id of the photo that `add_photo` makes with this seed."""
    return derive(seed, "f")


def add_photo(
    session: Session,
    *,
    seed: str,
    path: str = "",
    caption: str = "",
    taken_by: str = "",
    facts: Facts | None = None,
) -> Session:
    """List a photo. The path is kept as typed, relative to the session file; none is to be filed.

    Raises `EditError` without a path and without who took it, where the path leads out of the
    session's folder, and where the path or the very picture is listed.
    """
    found = facts or Facts()
    values = _checked(session, path, caption, taken_by, found)
    return added(session, "photos", Photo(new_photo_id(seed), **values, **found.fields()))


def change_photo(
    session: Session,
    photo: str,
    *,
    path: str,
    caption: str,
    taken_by: str,
    facts: Facts | None = None,
) -> Session:
    """Change what is said of a photo. Raises `EditError` as `add_photo` does.

    ``facts`` are of its file as it is now. Without them, what is known of the file stays where the
    path stays, and goes with another path.
    """
    old: Photo = by_key(session, "photos", photo)
    values = _checked(session, path, caption, taken_by, facts or Facts(), but=photo)
    if facts is None and values["path"] != old.path:
        facts = Facts()
    known = facts.fields() if facts else {}
    return updated(session, "photos", old, **values, **known)


def remove_photo(session: Session, photo: str) -> Session:
    """Take a photo off the list; the file itself stays where it is."""
    return without(session, "photos", by_key(session, "photos", photo))


def to_ask(session: Session) -> bool:
    """Whether it is to be asked if there is a photo of the wall: once, and where none is listed."""
    return not (session.photos or session.workshop.photo_asked)


def answer_taken(session: Session, *, seed: str) -> Session:
    """There is a photo of the wall; it stays on the list to be filed."""
    photo = Photo(new_photo_id(seed), caption=WALL)
    return added(answer_later(session), "photos", photo)


def answer_later(session: Session) -> Session:
    """There is no photo of the wall yet; it is not asked again."""
    return replace(session, workshop=replace(session.workshop, photo_asked=True))


def name_taker(session: Session, photo: str, name: str) -> Session:
    """Say who took a photo, and so has it to file."""
    return updated(session, "photos", by_key(session, "photos", photo), taken_by=line_of(name))


def _checked(
    session: Session, path: str, caption: str, taken_by: str, facts: Facts, *, but: str = ""
) -> dict[str, Any]:
    values = {"path": path.strip(), "caption": line_of(caption), "taken_by": line_of(taken_by)}
    others = [photo for photo in session.photos if photo.id != but]
    if not (values["path"] or values["taken_by"] or (but and values["caption"])):
        raise EditError(_NEEDED)
    if line_of(path) != " ".join(path.split()):
        raise EditError("The path holds a character that no file name can have. Type it again.")
    if leads_outside(values["path"]):
        raise EditError(
            f"{values['path']} leads out of the session's folder. Put the picture beside the "
            "session file, and name it there."
        )
    if values["path"] and any(photo.path == values["path"] for photo in others):
        raise EditError(f"{values['path']} is on the list already.")
    if same := next((p for p in others if facts.sha256 and p.sha256 == facts.sha256), None):
        raise EditError(f"That picture is on the list already, as {same.path}.")
    return values
