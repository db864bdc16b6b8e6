"""Photos of the wall: what is known of a file, where one may lie, which there are and which are
to be filed.

A path lies in the session's folder or below it; nothing here opens a file.
"""

import datetime as dt
import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from offwall.model.records import (
    EditError,
    Session,
    by_key,
    derive,
    line_of,
    say_date,
    updated,
    without,
)
from offwall.model.records.edit import added
from offwall.model.records.pointers import no_id
from offwall.model.records.session import Photo


class PhotoFileState(StrEnum):
    """What has become of a photo's file on this computer."""

    FILED = "filed"
    MISSING = "missing"
    CHANGED = "changed"
    UNUSABLE = "cannot be used"


@dataclass(frozen=True, slots=True)
class PhotoStatus:
    """A state, and the sentence for it where something is wrong."""

    state: PhotoFileState
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A file as it was read: checksum, pixels upright, bytes, and when it says it was taken."""

    sha256: str = ""
    taken_on: dt.date | None = None
    width: int | None = None
    height: int | None = None
    size: int | None = None

    def fields(self) -> dict[str, Any]:
        """The facts under the names of a photo's fields."""
        return asdict(self)


def say_facts(photo: Photo) -> str:
    """The date, the pixels and the size, as far as they are known."""
    parts = [
        f"taken {say_date(photo.taken_on)}" if photo.taken_on else "",
        f"{photo.width}×{photo.height}" if photo.width and photo.height else "",
        say_size(photo.size) if photo.size and photo.size > 0 else "",
    ]
    return ", ".join(part for part in parts if part)


def say_size(size: int) -> str:
    """A number of bytes as people say it: ``812 kB``, ``3.1 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:,.1f} MB"


def say_photo(photo: Photo) -> str:
    """What a photo is called in a sentence: its file, else what it shows, else who has it."""
    if photo.path:
        return photo.path
    if photo.caption:
        return photo.caption
    return f"taken by {no_id(photo.taken_by)}" if photo.taken_by else "to be filed"


def say_caption(photo: Photo) -> str:
    """What stands under the picture: what it shows, and who took it when."""
    taken = [f"on {say_date(photo.taken_on)}"] if photo.taken_on else []
    taken += [f"by {no_id(photo.taken_by)}"] if photo.taken_by else []
    parts = [photo.caption or "Photo of the wall", f"taken {' '.join(taken)}" if taken else ""]
    return ", ".join(part for part in parts if part)


def photo_alt_text(photo: Photo) -> str:
    """What a screen reader says instead of the picture."""
    about = photo.caption or photo.path
    return f"Photo of the wall: {about}" if about else "Photo of the wall"


# Where a photo may lie: in the session's folder or below it, and nowhere else.
#
# A session file goes from hand to hand, and a path in it must not make anybody's computer read what
# lies elsewhere. It is judged as both Windows and the others would read it.

OUTSIDE = "leads out of the session's folder, so it is not opened. Put the picture beside the file"


def leads_outside(path: str) -> bool:
    """Whether a path could leave the folder that it is relative to, on any system."""
    return any(
        bool(read.drive or read.root) or ".." in read.parts
        for read in (PurePosixPath(path), PureWindowsPath(path))
    )


def relative_photo_path(path: PurePath, folder: PurePath) -> str:
    """The path as the session file keeps it, with ``/``; empty where it is not in ``folder``.

    Both are absolute, and nothing is asked of a disk.
    """
    if not path.is_relative_to(folder):
        return ""
    found = path.relative_to(folder).as_posix()
    return "" if found == "." or leads_outside(found) else found


LONGEST_PHOTO_NAME = 80
"""Characters of a copy's name: with a number behind it, shorter than any system's limit."""

PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
"""What a picture's name ends in. The last two are offered so that it is said why they do not do."""


def photo_file_name(name: str) -> str:
    """A name for a copy of a picture that every system takes: letters, digits, ``-_.`` and space.

    It has no folder in it and does not begin with a dot.
    """
    stem, dot, suffix = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    kept = re.sub(r"[^\w .-]+", "-", stem if dot else suffix).strip(" .-")[:LONGEST_PHOTO_NAME]
    ending = f".{suffix.lower()}" if dot else ""
    return (kept.strip(" .-") or "photo") + (ending if ending in PHOTO_SUFFIXES else ".jpg")


# Photos of the wall: which there are, who took them, and which are still to be filed.

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
    facts: PhotoFacts | None = None,
) -> Session:
    """List a photo. The path is kept as typed, relative to the session file; none is to be filed.

    Raises `EditError` without a path and without who took it, where the path leads out of the
    session's folder, and where the path or the very picture is listed.
    """
    found = facts or PhotoFacts()
    values = _checked(session, path, caption, taken_by, found)
    return added(session, "photos", Photo(new_photo_id(seed), **values, **found.fields()))


def change_photo(
    session: Session,
    photo: str,
    *,
    path: str,
    caption: str,
    taken_by: str,
    facts: PhotoFacts | None = None,
) -> Session:
    """Change what is said of a photo. Raises `EditError` as `add_photo` does.

    ``facts`` are of its file as it is now. Without them, what is known of the file stays where the
    path stays, and goes with another path.
    """
    old: Photo = by_key(session, "photos", photo)
    values = _checked(session, path, caption, taken_by, facts or PhotoFacts(), but=photo)
    if facts is None and values["path"] != old.path:
        facts = PhotoFacts()
    known = facts.fields() if facts else {}
    return updated(session, "photos", old, **values, **known)


def remove_photo(session: Session, photo: str) -> Session:
    """Take a photo off the list; the file itself stays where it is."""
    return without(session, "photos", by_key(session, "photos", photo))


def asks_for_wall_photo(session: Session) -> bool:
    """Whether it is to be asked if there is a photo of the wall: once, and where none is listed."""
    return not (session.photos or session.workshop.photo_asked)


def wall_photo_taken(session: Session, *, seed: str) -> Session:
    """There is a photo of the wall; it stays on the list to be filed."""
    photo = Photo(new_photo_id(seed), caption=WALL)
    return added(wall_photo_later(session), "photos", photo)


def wall_photo_later(session: Session) -> Session:
    """There is no photo of the wall yet; it is not asked again."""
    return replace(session, workshop=replace(session.workshop, photo_asked=True))


def name_taker(session: Session, photo: str, name: str) -> Session:
    """Say who took a photo, and so has it to file."""
    return updated(session, "photos", by_key(session, "photos", photo), taken_by=line_of(name))


def _checked(
    session: Session, path: str, caption: str, taken_by: str, facts: PhotoFacts, *, but: str = ""
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
