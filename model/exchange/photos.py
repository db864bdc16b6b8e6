"""The photos of a session on this computer: what has become of each, and copies that leave."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model.exchange.photo_file import MissingPhotoError, PhotoError, read_file, read_photo
from model.exchange.photo_image import facts_in, scaled
from model.exchange.picture import Picture, Subject
from model.photo_facts import Facts, PhotoState, State, alternative, say_caption
from model.session import Photo, Session


@dataclass(frozen=True, slots=True)
class Gathered:
    """Copies of what could be used, in the session's order, and a sentence for what could not.

    ``sentences`` also tell which picture is another than the one that was listed.
    """

    pictures: tuple[Picture, ...] = ()
    sentences: tuple[str, ...] = ()


def gather(session: Session, folder: Path, *, width: int) -> Gathered:
    """The session's photos scaled down to at most ``width`` pixels wide; never raises.

    ``folder`` is the session file's. What is still to be filed is neither shown nor said.
    """
    pictures, sentences = [], []
    for number, photo in enumerate(session.photos, 1):
        if not photo.path:
            continue
        try:
            content = read_photo(folder, photo.path)
            data = scaled(content, photo.path, width)
        except PhotoError as sentence:
            sentences.append(str(sentence))
            continue
        if _changed(photo, content):
            sentences.append(_say_changed(photo))
        name = f"photo-{number}.jpg"
        pictures.append(Picture(data, say_caption(photo), alternative(photo), Subject.WALL, name))
    return Gathered(tuple(pictures), tuple(sentences))


def pictures(session: Session, folder: Path, *, width: int) -> tuple[Picture, ...]:
    """The copies alone; see `gather`."""
    return gather(session, folder, width=width).pictures


def facts_here(folder: Path, path: str) -> Facts:
    """What the file of a photo says of itself. Raises `PhotoError`."""
    return facts_in(read_photo(folder, path), path)


def read_elsewhere(path: Path) -> tuple[bytes, Facts]:
    """A picture from elsewhere on this computer, to be copied. Raises `PhotoError`."""
    content = read_file(path, str(path))
    return content, facts_in(content, str(path))


def states(session: Session, folder: Path) -> Mapping[str, PhotoState]:
    """What has become of each photo that has a file, by the photo's id; never raises."""
    return {photo.id: _state(photo, folder) for photo in session.photos if photo.path}


def _state(photo: Photo, folder: Path) -> PhotoState:
    try:
        content = read_photo(folder, photo.path)
        if photo.sha256 and not _changed(photo, content):
            return PhotoState(State.FILED)
        facts_in(content, photo.path)
    except MissingPhotoError as sentence:
        return PhotoState(State.MISSING, str(sentence))
    except PhotoError as sentence:
        return PhotoState(State.UNUSABLE, str(sentence))
    if photo.sha256:
        return PhotoState(State.CHANGED, _say_changed(photo))
    return PhotoState(State.FILED)


def _changed(photo: Photo, content: bytes) -> bool:
    if not photo.sha256:
        return False
    return hashlib.sha256(content).hexdigest() != photo.sha256.lower()


def _say_changed(photo: Photo) -> str:
    return f"{photo.path} has changed since it was listed; see that it is still the wall."
