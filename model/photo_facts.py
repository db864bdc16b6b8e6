"""What is known of a photo's file, and the words for it."""

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from model.dates import say_date
from model.session import Photo


class State(StrEnum):
    """What has become of a photo's file on this computer."""

    FILED = "filed"
    MISSING = "missing"
    CHANGED = "changed"
    UNUSABLE = "cannot be used"


@dataclass(frozen=True, slots=True)
class PhotoState:
    """A state, and the sentence for it where something is wrong."""

    state: State
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
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
    return f"taken by {photo.taken_by}" if photo.taken_by else "to be filed"


def say_caption(photo: Photo) -> str:
    """What stands under the picture: what it shows, and who took it when."""
    taken = [f"on {say_date(photo.taken_on)}"] if photo.taken_on else []
    taken += [f"by {photo.taken_by}"] if photo.taken_by else []
    parts = [photo.caption or "Photo of the wall", f"taken {' '.join(taken)}" if taken else ""]
    return ", ".join(part for part in parts if part)


def alternative(photo: Photo) -> str:
    """What a screen reader says instead of the picture."""
    about = photo.caption or photo.path
    return f"Photo of the wall: {about}" if about else "Photo of the wall"
