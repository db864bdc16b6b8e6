"""Photos of the wall: what is known of a file, where one may lie, which are to be filed.

A path lies in the session's folder or below it; nothing here opens a file.
"""

import datetime as dt
import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from offwall.model.records import (
    EditError,
    Session,
    by_key,
    derive,
    excerpt,
    line_of,
    say_date,
    updated,
)
from offwall.model.records.changes import added
from offwall.model.records.fields import NO_STAGE, StageId
from offwall.model.records.record_kind import Ask, Reading, RecordKind
from offwall.model.records.session import Photo
from offwall.model.records.text import on_one_line
from offwall.model.records.uses import no_id


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


def say_facts(photo: Photo) -> str:
    """The date, the pixels and the size, as far as they are known."""
    parts = (
        f"taken {say_date(photo.taken_on)}" if photo.taken_on else "",
        f"{photo.width}×{photo.height}" if photo.width and photo.height else "",
        say_size(photo.size) if photo.size and photo.size > 0 else "",
    )
    return ", ".join(filter(None, parts))


def say_size(size: int) -> str:
    """A number of bytes as people say it: ``812 kB``, ``3.1 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:,.1f} MB"


def say_photo(photo: Photo) -> str:
    """What a photo is called in a sentence: its file, else what it shows, else who has it."""
    taken = f"taken by {no_id(photo.taken_by)}" if photo.taken_by else "to be filed"
    return photo.path or photo.caption or taken


def say_caption(photo: Photo) -> str:
    """What stands under the picture: what it shows, and who took it when."""
    on = f" on {say_date(photo.taken_on)}" if photo.taken_on else ""
    by = f" by {no_id(photo.taken_by)}" if photo.taken_by else ""
    return (photo.caption or "Photo of the wall") + (f", taken{on}{by}" if on or by else "")


def photo_alt_text(photo: Photo) -> str:
    """What a screen reader says instead of the picture."""
    about = photo.caption or photo.path
    return f"Photo of the wall: {about}" if about else "Photo of the wall"


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


WALL = "The wall"
"""What a photo shows of which nothing but that it was taken is known."""


def new_photo_id(seed: str) -> str:
    """The id of the photo that `add_photo` makes with this seed."""
    return derive(seed, "f")


def _read_path(_: Reading, text: str) -> str:
    if line_of(text) != on_one_line(text):
        raise EditError("The path holds a character that no file name can have. Type it again.")
    return text.strip()


def _check(session: Session, new: Photo, old: Photo | None) -> None:
    others = [photo for photo in session.photos if photo is not old]
    if not (new.path or new.taken_by or (old and new.caption)):
        raise EditError(
            "Name the file of the photo, or who took it; then it stays on the list to be filed."
        )
    if leads_outside(new.path):
        raise EditError(
            f"{new.path} leads out of the session's folder. Put the picture beside the "
            "session file, and name it there."
        )
    if new.path and any(photo.path == new.path for photo in others):
        raise EditError(f"{new.path} is on the list already.")
    looked_at = new.sha256 and not (old and old.sha256 == new.sha256)
    if looked_at and (same := next((p for p in others if p.sha256 == new.sha256), None)):
        raise EditError(f"That picture is on the list already, as {same.path}.")


def _read_stage(reading: Reading, text: str) -> StageId:
    """The stage of that id, or whose name begins so. Raises `EditError` for none, or several."""
    wanted = line_of(text).casefold()
    stages = reading.session.stages
    exact = [stage.id for stage in stages if stage.id.casefold() == wanted]
    found = exact or [stage.id for stage in stages if stage.name.casefold().startswith(wanted)]
    if wanted and len(found) != 1:
        known = ", ".join(stage.id for stage in stages) or "there are none yet"
        raise EditError(f"{excerpt(text)} does not say which stage. Type its id: {known}.")
    return found[0] if wanted else NO_STAGE


PHOTOS = RecordKind(
    collection="photos",
    noun="photo",
    blank=lambda _: Photo(""),
    called=say_photo,
    asks=(
        Ask(
            "path",
            "File",
            "Beside the session file, such as wall-1.jpg. Empty: to be filed.",
            read=_read_path,
        ),
        Ask("caption", "What it shows", "Such as: stages 1 to 4."),
        Ask(
            "taken_by",
            "Taken by",
            "Who has it now.",
            choices=lambda session: [person.name for person in session.people],
        ),
        Ask(
            "stage",
            "Stage",
            "The stage that it shows; empty for several.",
            read=_read_stage,
            choices=lambda session: [stage.id for stage in session.stages],
            chosen=True,
        ),
    ),
    check=_check,
)
"""The photos. A path is kept as typed, relative to the session file; none is to be filed."""


def add_photo(
    session: Session, *, seed: str, facts: PhotoFacts | None = None, **text: str
) -> Session:
    """List a photo, with the facts of its file where that was read. Raises `EditError`."""
    return PHOTOS.add(session, text, seed=seed, **asdict(facts or PhotoFacts()))


def change_photo(
    session: Session, photo: str, *, facts: PhotoFacts | None = None, **text: str
) -> Session:
    """Change what is said of a photo. Raises `EditError`.

    ``facts`` are of its file as it is now. Without them, what is known of the file stays where the
    path stays, and goes with another path.
    """
    if facts is None and text.get("path", "").strip() != PHOTOS.find(session, photo).path:
        facts = PhotoFacts()
    return PHOTOS.change(session, photo, text, **(asdict(facts) if facts else {}))


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
