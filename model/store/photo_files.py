"""The files of photos, opened so that no path in a session can stray or hang; what has become of
each on this computer, and smaller copies that say nothing of their maker.
"""

import datetime as dt
import hashlib
import os
import stat
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.records import Session
from offwall.model.records.session import Photo
from offwall.model.records.text import shorten
from offwall.model.setup.photos import (
    OUTSIDE,
    PHOTO_SUFFIXES,
    PhotoFacts,
    PhotoFileState,
    PhotoStatus,
    leads_outside,
    photo_alt_text,
    say_caption,
    say_size,
)
from offwall.model.store.disk import OutsideError, os_reason, within

LARGEST = 100_000_000
"""Bytes of a picture that is read; the largest that a telephone takes has about 60 million."""


class PhotoError(Exception):
    """A photo that cannot be used. Its text is a sentence: which, what, what to do."""


class MissingPhotoError(PhotoError):
    """A photo whose file is not on this computer."""


def photos_folder(session_file: Path) -> Path:
    """The folder that photos' paths are relative to; a link to the session file is followed."""
    return session_file.resolve().parent


def read_photo(folder: Path, path: str) -> bytes:
    """The bytes of a photo by the path that its session gives it.

    Raises `PhotoError` where it leads out of ``folder``, by a link too, and as `read_file` does.
    """
    name = shorten(path)
    try:
        root, found = folder.resolve(), (folder / path).resolve()
    except (OSError, ValueError, RuntimeError):
        raise MissingPhotoError(_missing(name)) from None
    if leads_outside(path) or not found.is_relative_to(root):
        raise PhotoError(f"{name} {OUTSIDE}.")
    return read_file(found, name)


def read_file(path: Path, name: str) -> bytes:
    """The bytes of a picture file that a sentence calls ``name``.

    Raises:
        MissingPhotoError: where there is no such file.
        PhotoError: where it is no file of its own, is too large, or cannot be read.
    """
    try:
        # A pipe would keep who opens it waiting for ever, unless asked not to.
        handle = os.open(
            within(path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise PhotoError(_no_file(name))
            content = file.read(LARGEST + 1) if found.st_size <= LARGEST else b""
    except (FileNotFoundError, NotADirectoryError):
        raise MissingPhotoError(_missing(name)) from None
    except (OSError, ValueError) as error:
        outside = isinstance(error, OutsideError)
        if not outside and os.path.isdir(path):  # noqa: PTH112 - it answers for what is no path
            raise PhotoError(_no_file(name)) from None
        raise PhotoError(
            f"{name} cannot be read ({os_reason(error)}). See that you may read it, or copy "
            "it here."
        ) from None
    if (size := max(found.st_size, len(content))) > LARGEST:
        raise PhotoError(
            f"{name} is too large ({say_size(size)}; {say_size(LARGEST)} is the most). "
            "Save a smaller copy, and name that."
        )
    return content


def _missing(name: str) -> str:
    return f"{name} is not on this computer, or not beside the session file. Put it there."


def _no_file(name: str) -> str:
    return f"{name} is not a picture file. Name a JPEG, PNG or WebP picture."


# Which pictures and folders a path that is being typed may become.

MOST_LOOKED_AT, MOST_OFFERED = 5_000, 100
"""Entries of a folder that are looked at, and names that are offered."""


def photo_completions(
    folder: Path, typed: str, suffixes: tuple[str, ...] = PHOTO_SUFFIXES
) -> tuple[str, ...]:
    """What ``typed`` may become, each in full; folders end in ``/``. Never raises.

    What is no path of its own begins in ``folder``; ``~`` is the user's own. Large and small
    letters are the same; what begins with a dot is left out until it is typed.
    """
    before, slash, begun = typed.rpartition("/")
    found: list[str] = []
    with suppress(OSError, ValueError, RuntimeError):
        place = within(folder / Path(before + slash).expanduser())
        found = [before + slash + name for name in _names(place, begun, suffixes)]
    return tuple(sorted(found, key=str.casefold)[:MOST_OFFERED])


def _names(folder: Path, begun: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in islice(entries, MOST_LOOKED_AT):
            name = entry.name
            is_begun = name.isprintable() and name.casefold().startswith(begun.casefold())
            if not is_begun or (name.startswith(".") and not begun):
                continue
            if entry.is_dir():
                yield name + "/"
            elif name.casefold().endswith(suffixes):
                yield name


if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the wall, JPEG.

    ``alternative`` is what a screen reader says instead of it; ``caption`` is printed under it.
    """

    data: bytes
    caption: str
    alternative: str


# Pictures, by Pillow: what one says of itself, and a smaller copy that says nothing of its maker.
#
# Whatever is odd about a picture refuses it with a sentence. Pillow's guard against pictures that
# unpack into all of the memory stays on, and its warning counts as a refusal.

FORMATS = ("JPEG", "PNG", "WEBP")
"""What cameras, telephones and screens make; Pillow tries no other decoder."""

TURNED = (5, 6, 7, 8)
"""The orientations of EXIF in which the picture lies on its side (CIPA DC-008, tag 274)."""

ORIENTATION, DETAILS, TAKEN, CHANGED = 274, 34665, 36867, 306
"""The numbers of EXIF's tags: the orientation; the camera's own list, with the time of taking;
the time of the last change.
"""

QUALITY = 85
"""Of a copy's JPEG: handwriting on a post-it stays sharp, at a tenth of the original's size."""

STRIP = 64
"""Rows of a smaller copy that are made at once."""

HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
"""What such a file says of itself in its bytes 8 to 12 (ISO/IEC 23008-12)."""


def facts_in_image(content: bytes, name: str) -> PhotoFacts:
    """What a picture says of itself. Raises `PhotoError` where it is none, or too many pixels."""
    with _opened(content, name) as image:
        width, height = image.size
        if _orientation(image) in TURNED:
            width, height = height, width
        taken_on = _taken_on(image)
        # A picture that was cut short says so only when it is unpacked; small, that is quick.
        image.draft(None, (64, 64))
        image.load()
    return PhotoFacts(hashlib.sha256(content).hexdigest(), taken_on, width, height, len(content))


def scaled_copy(content: bytes, name: str, width: int) -> bytes:
    """A JPEG copy at most ``width`` pixels wide, upright, without EXIF: no place, no camera.

    It is never enlarged. Raises `PhotoError` as `facts_in` does.
    """
    with _opened(content, name) as image:
        small = _small(image, width)
        profile = small.info.get("icc_profile") if small.mode == "RGB" else None
        plain = small.convert("RGB")
        # Pillow writes remarks and the like from here; nothing of the original may go along.
        plain.info = {}
        held = BytesIO()
        plain.save(held, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile)
        return held.getvalue()


@contextmanager
def _opened(content: bytes, name: str) -> Iterator["Image"]:
    # Pillow takes a while to load, and only who has a photo needs it.
    from PIL import (
        Image,
        JpegImagePlugin,  # noqa: F401
        PngImagePlugin,  # noqa: F401
        WebPImagePlugin,  # noqa: F401
    )

    # It warns of a broken date, too, which is no reason to refuse the picture.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PhotoError(
            f"{name} has too many pixels. Save a smaller copy, and name that."
        ) from None
    except Exception:  # a broken picture may raise whatever its decoder comes upon
        raise PhotoError(_refusal(content, name)) from None


def _refusal(content: bytes, name: str) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIF:
        return f"{name} is a HEIC picture, which cannot be read here. Save it as JPEG."
    if not content:
        return f"{name} is empty. Copy it again from where it was taken."
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        return f"{name} is broken, cut short or of a rare kind. Copy it again, or save it anew."
    return f"{name} is not a JPEG, PNG or WebP picture. Save it as JPEG, and name that."


def _orientation(image: "Image") -> int:
    # What a camera wrote about a picture may be broken while the picture is not.
    with suppress(Exception):
        return int(image.getexif().get(ORIENTATION, 1))
    return 1


def _taken_on(image: "Image") -> dt.date | None:
    with suppress(Exception):
        exif = image.getexif()
        said = exif.get_ifd(DETAILS).get(TAKEN) or exif.get(CHANGED) or ""
        return dt.date.fromisoformat(str(said)[:10].replace(":", "-"))
    return None


def _small(image: "Image", width: int) -> "Image":
    from PIL import Image, ImageOps

    turned = _orientation(image) in TURNED
    # As high as it is wide, twice: a strip of wall taken on end stays a strip.
    box = (2 * width, width) if turned else (width, 2 * width)
    kept = image if image.mode in ("RGB", "L", "CMYK", "YCbCr") else _on_white(image, box)
    kept.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    with suppress(Exception):
        kept = ImageOps.exif_transpose(kept)
    return kept


def _on_white(image: "Image", box: tuple[int, int]) -> "Image":
    """What can be seen through is seen on paper.

    It is done strip by strip, each made smaller at once where the picture is more than twice the
    box: so many dots of four bytes are never in memory together.
    """
    from PIL import Image

    width, height = image.size
    times = max(1, width // (2 * box[0]), height // (2 * box[1]))
    paper = Image.new("RGB", (-(-width // times), -(-height // times)), "white")
    for top in range(0, height, STRIP * times):
        seen = image.crop((0, top, width, min(top + STRIP * times, height))).convert("RGBA")
        strip = Image.new("RGB", seen.size, "white")
        strip.paste(seen, mask=seen.getchannel("A"))
        paper.paste(strip.reduce(times), (0, top // times))
    paper.info = {key: value for key, value in image.info.items() if key == "exif"}
    return paper


# The photos of a session on this computer: what has become of each, and copies that leave.


@dataclass(frozen=True, slots=True)
class PhotoCopies:
    """Copies of what could be used, in the session's order, and a sentence for what could not.

    ``sentences`` also tell which picture is another than the one that was listed.
    """

    pictures: tuple[Picture, ...]
    sentences: tuple[str, ...]


def copy_photos(session: Session, folder: Path, *, width: int) -> PhotoCopies:
    """The session's photos scaled down to at most ``width`` pixels wide; never raises.

    ``folder`` is the session file's. What is still to be filed is neither shown nor said.
    """
    pictures, sentences = [], []
    for photo in session.photos:
        if not photo.path:
            continue
        try:
            content = read_photo(folder, photo.path)
            data = scaled_copy(content, photo.path, width)
        except PhotoError as sentence:
            sentences.append(str(sentence))
            continue
        if changed := say_changed(photo, content):
            sentences.append(changed)
        pictures.append(Picture(data, say_caption(photo), photo_alt_text(photo)))
    return PhotoCopies(tuple(pictures), tuple(sentences))


def facts_here(folder: Path, path: str) -> PhotoFacts:
    """What the file of a photo says of itself. Raises `PhotoError`."""
    return facts_in_image(read_photo(folder, path), path)


def read_elsewhere(path: Path) -> tuple[bytes, PhotoFacts]:
    """A picture from elsewhere on this computer, to be copied. Raises `PhotoError`."""
    content = read_file(path, str(path))
    return content, facts_in_image(content, str(path))


def photo_states(session: Session, folder: Path) -> Mapping[str, PhotoStatus]:
    """What has become of each photo that has a file, by the photo's id; never raises."""
    return {photo.id: _state(photo, folder) for photo in session.photos if photo.path}


def _state(photo: Photo, folder: Path) -> PhotoStatus:
    try:
        content = read_photo(folder, photo.path)
        changed = say_changed(photo, content)
        if changed or not photo.sha256:
            facts_in_image(content, photo.path)
    except MissingPhotoError as sentence:
        return PhotoStatus(PhotoFileState.MISSING, str(sentence))
    except PhotoError as sentence:
        return PhotoStatus(PhotoFileState.UNUSABLE, str(sentence))
    return PhotoStatus(PhotoFileState.CHANGED if changed else PhotoFileState.FILED, changed)


def say_changed(photo: Photo, content: bytes) -> str:
    """That a picture is another than the one that was listed; empty where it is not."""
    if not photo.sha256 or hashlib.sha256(content).hexdigest() == photo.sha256.lower():
        return ""
    return f"{photo.path} has changed since it was listed; see that it is still the wall."
