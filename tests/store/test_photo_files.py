"""Photos on the disk: what is read of them, what is refused, and the copies that leave."""

import datetime as dt
import os
import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image, ImageDraw

from offwall.model.records.session import Photo, Session
from offwall.model.setup.photos import PhotoFileState, add_photo
from offwall.model.store.photo_files import (
    LARGEST,
    MissingPhotoError,
    PhotoError,
    copy_photos,
    facts_here,
    facts_in_image,
    photo_completions,
    photo_states,
    photos_folder,
    read_elsewhere,
    read_file,
    read_photo,
    scaled_copy,
)

PLACE, CAMERA = "Town Hall", "Acme Camera"


def picture(
    size: tuple[int, int] = (640, 480),
    orientation: int = 1,
    taken: str = "2026:12:10 13:05:00",
    mode: str = "RGB",
    kind: str = "JPEG",
) -> bytes:
    """A picture, its left half red, with what a telephone writes into it."""
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[274], exif[271] = orientation, CAMERA
    exif.get_ifd(34665)[36867] = taken
    exif.get_ifd(34853)[29] = PLACE
    held = BytesIO()
    options = {"comment": PLACE.encode(), "xmp": PLACE.encode()} if kind == "JPEG" else {}
    image.save(held, kind, exif=exif, **options)
    return held.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    within = tmp_path / "one"
    within.mkdir()
    (within / "wall-1.jpg").write_bytes(picture(orientation=6))
    (tmp_path / "secret.jpg").write_bytes(picture())
    return within


def listed(folder: Path, *paths: str) -> Session:
    session = Session()
    for number, path in enumerate(paths):
        facts = facts_here(folder, path) if (folder / path).exists() else None
        session = add_photo(session, seed=str(number), path=path, caption="Left", facts=facts)
    return session


def test_a_picture_says_when_it_was_taken_and_how_large_it_is_upright() -> None:
    content = picture(orientation=6)
    found = facts_in_image(content, "w.jpg")
    assert (found.taken_on, found.width, found.height) == (dt.date(2026, 12, 10), 480, 640)
    assert (found.size, len(found.sha256)) == (len(content), 64)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "2026:13:45 00:00:00", ""])
def test_a_date_that_is_none_is_none(taken: str) -> None:
    found = facts_in_image(picture(taken=taken), "w.jpg")
    assert found.taken_on is None


def test_a_copy_is_upright_and_says_nothing_of_who_took_it_or_where() -> None:
    content = picture(orientation=6)
    assert PLACE.encode() in content
    copy = scaled_copy(content, "w.jpg", 240)
    for said in (PLACE, CAMERA, "Exif", "ns.adobe.com"):
        assert said.encode() not in copy
    with Image.open(BytesIO(copy)) as image:
        assert (image.format, image.size) == ("JPEG", (240, 320))
        # The left half lies on its side: turned clockwise, it is the upper one.
        (red, green, _), low = image.getpixel((120, 40)), image.getpixel((120, 280))  # type: ignore[misc]
    assert red > 200 > green
    assert min(low) > 200  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "kind"), [("L", "PNG"), ("P", "PNG"), ("RGBA", "WEBP"), ("CMYK", "JPEG"), ("1", "PNG")]
)
def test_pictures_of_many_kinds_are_copied_and_never_enlarged(mode: str, kind: str) -> None:
    held = BytesIO()
    Image.new(mode, (300, 100)).save(held, kind)
    copy = scaled_copy(held.getvalue(), "w", 2000)
    with Image.open(BytesIO(copy)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (300, 100))


def test_a_large_picture_is_made_smaller_strip_by_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Image.new("1", (1300, 2601), 1)
    ImageDraw.Draw(drawn).rectangle((0, 0, 649, 2600), fill=0)
    content = BytesIO()
    drawn.save(content, "PNG")
    most = 0
    real = Image.Image.convert

    def convert(image: Image.Image, mode: str, *more: object) -> Image.Image:
        nonlocal most
        most = max(most, image.width * image.height if mode == "RGBA" else 0)
        return real(image, mode, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Image.Image, "convert", convert)
    with Image.open(BytesIO(scaled_copy(content.getvalue(), "wall.png", 100))) as copy:
        assert copy.size == (100, 200)
        for y in range(0, 200, 7):
            left, right = copy.getpixel((20, y)), copy.getpixel((80, y))
            assert max(left) < 20, y  # type: ignore[type-var]
            assert min(right) > 235, y  # type: ignore[type-var]
    assert 0 < most <= 1300 * 64 * 6


def test_what_can_be_seen_through_is_white_on_paper() -> None:
    held = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(held, "PNG")
    with Image.open(BytesIO(scaled_copy(held.getvalue(), "w", 10))) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def bomb() -> bytes:
    """A few bytes that say they are a picture of 30,000 by 30,000."""
    held = BytesIO()
    Image.new("1", (8, 8)).save(held, "PNG")
    content = held.getvalue()
    head = content[12:16] + struct.pack(">II", 30_000, 30_000) + content[24:29]
    return content[:12] + head + struct.pack(">I", crc32(head)) + content[33:]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"<svg onload='x'>", "is not a JPEG"),
        (b"%PDF-1.7", "is not a JPEG"),
        (b"GIF89a" + b"0" * 40, "is not a JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0" + b"0" * 40, "HEIC picture.*Save it as JPEG"),
        (picture()[:-900], "cut short"),
        (picture(kind="PNG")[:-200], "cut short"),
        (b"\xff\xd8\xff\xe1\xff\xff" + b"\0" * 99, "cut short"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    for attempt in (
        lambda: facts_in_image(content, "[PO].jpg"),
        lambda: scaled_copy(content, "[PO].jpg", 99),
    ):
        with pytest.raises(PhotoError, match=why) as said:
            attempt()
        assert str(said.value).startswith("[PO].jpg ")
        assert str(said.value).endswith(".")


@pytest.mark.parametrize("pixels", [30_000 * 30_000, 100])
def test_what_would_fill_the_memory_is_refused(
    pixels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an error, and where Pillow would only warn."""
    content = bomb()
    if pixels == 100:
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pixels)
        held = BytesIO()
        Image.new("1", (15, 10)).save(held, "PNG")
        content = held.getvalue()
    with pytest.raises(PhotoError, match=r"too many pixels\. Save a smaller copy"):
        facts_in_image(content, "w.png")


def test_broken_words_about_a_picture_leave_the_picture_usable() -> None:
    content = picture(orientation=6)
    place = content.index(b"Exif\0\0") + 10
    broken = content[:place] + b"\xff" * 8 + content[place + 8 :]
    assert facts_in_image(broken, "w.jpg").taken_on is None
    assert scaled_copy(broken, "w.jpg", 99)


def test_only_a_file_of_its_own_is_opened(folder: Path) -> None:
    (folder / "folder.jpg").mkdir()
    with pytest.raises(PhotoError, match="is not a picture file"):
        read_photo(folder, "folder.jpg")
    for missing in ("nowhere.jpg", "wall-1.jpg/x.jpg", "a\0b.jpg"):
        with pytest.raises(MissingPhotoError, match="is not on this computer"):
            read_photo(folder, missing)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_or_a_device_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jpg")
    with pytest.raises(PhotoError, match="is not a picture file"):
        read_photo(folder, "pipe.jpg")
    with pytest.raises(PhotoError, match="is not a picture file"):
        read_elsewhere(Path("/dev/zero"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read anything")
def test_what_may_not_be_read_is_said(folder: Path) -> None:
    (folder / "wall-1.jpg").chmod(0)
    with pytest.raises(PhotoError, match=r"cannot be read \(permission denied"):
        read_photo(folder, "wall-1.jpg")


def test_a_huge_file_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "huge.jpg").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(PhotoError, match=r"too large \(100\.0 MB; 100\.0 MB is the most"):
        read_file(folder / "huge.jpg", "huge.jpg")


@pytest.mark.parametrize("path", ["../secret.jpg", "a/../../secret.jpg", "link.jpg"])
def test_no_path_of_a_session_leads_out_of_its_folder(folder: Path, path: str) -> None:
    (folder / "link.jpg").symlink_to(folder.parent / "secret.jpg")
    (folder / "inner.jpg").symlink_to(folder / "wall-1.jpg")
    assert read_photo(folder, "inner.jpg")
    with pytest.raises(PhotoError, match="leads out of the session's folder, so it is not opened"):
        read_photo(folder, path)
    with pytest.raises(PhotoError, match="leads out"):
        read_photo(folder, str(folder.parent / "secret.jpg"))
    outside = Session(photos=(Photo("f", path),))
    assert photo_states(outside, folder)["f"].state is PhotoFileState.UNUSABLE
    assert not copy_photos(outside, folder, width=99).pictures


def test_what_became_of_each_photo_is_known(folder: Path) -> None:
    (folder / "b.jpg").write_bytes(picture((64, 48)))
    (folder / "c.jpg").write_bytes(picture((32, 48)))
    session = listed(folder, "wall-1.jpg", "b.jpg", "c.jpg", "gone.jpg")
    unhashed = replace(session.photos[2], sha256="")
    to_file = Photo("f-x", taken_by="Jane")
    session = replace(session, photos=(*session.photos[:2], unhashed, session.photos[3], to_file))
    (folder / "b.jpg").write_bytes(picture((48, 64)))
    found = photo_states(session, folder)
    words = [found[photo.id].state for photo in session.photos if photo.path]
    assert words == [
        PhotoFileState.FILED,
        PhotoFileState.CHANGED,
        PhotoFileState.FILED,
        PhotoFileState.MISSING,
    ]
    assert to_file.id not in found
    assert "b.jpg has changed since it was listed" in found[session.photos[1].id].sentence
    (folder / "c.jpg").write_bytes(b"no picture")
    assert photo_states(session, folder)[unhashed.id].state is PhotoFileState.UNUSABLE


def test_pictures_are_gathered_and_what_cannot_be_had_is_said(folder: Path) -> None:
    session = listed(folder, "wall-1.jpg", "gone.jpg")
    (folder / "wall-1.jpg").write_bytes(picture((1200, 600)))
    found = copy_photos(session, folder, width=300)
    assert [one.caption for one in found.pictures] == ["Left, taken on Thu 10 Dec 2026"]
    assert [one.alternative for one in found.pictures] == ["Photo of the wall: Left"]
    assert "wall-1.jpg has changed" in found.sentences[0]
    assert "gone.jpg is not on this computer" in found.sentences[1]
    with Image.open(BytesIO(found.pictures[0].data)) as image:
        assert image.size == (300, 150)
    assert copy_photos(session, folder / "not-there", width=300).pictures == ()


def test_photos_lie_beside_the_file_itself_where_a_link_leads_to_it(folder: Path) -> None:
    (folder / "s.toml").touch()
    (folder.parent / "link.toml").symlink_to(folder / "s.toml")
    assert photos_folder(folder.parent / "link.toml") == folder.resolve()


def test_a_path_is_completed(folder: Path) -> None:
    for name in ("Wall-2.PNG", "wall.toml", ".hidden.jpg", "\x1b]0;x.jpg", "[PO].webp"):
        (folder / name).touch()
    (folder / "walls").mkdir()
    (folder / "walls" / "x.jpg").touch()
    assert photo_completions(folder, "WA") == ("wall-1.jpg", "Wall-2.PNG", "walls/")
    assert photo_completions(folder, "") == ("[PO].webp", "wall-1.jpg", "Wall-2.PNG", "walls/")
    assert photo_completions(folder, "walls/") == ("walls/x.jpg",)
    assert photo_completions(folder, ".h") == (".hidden.jpg",)
    assert photo_completions(folder, f"{folder}/walls/x") == (f"{folder}/walls/x.jpg",)
    assert photo_completions(folder, "../sec") == ("../secret.jpg",)
    for nowhere in ("none/x", "wall-1.jpg/x", "~nobody-here/x", "a\0/b"):
        assert photo_completions(folder, nowhere) == ()


def test_a_picture_from_elsewhere_is_read_with_its_facts(
    folder: Path, content_of: Callable[[str], bytes]
) -> None:
    content, facts = read_elsewhere(folder.parent / "secret.jpg")
    assert facts == facts_in_image(content, "secret.jpg")
    (folder / "book.jpg").write_bytes(content_of("empty"))
    with pytest.raises(PhotoError, match=r"book\.jpg is not a JPEG"):
        read_elsewhere(folder / "book.jpg")
