"""The photos in keys: asked for once in part 2, listed and looked after in part 3."""

import asyncio
import datetime as dt
import gc
from pathlib import Path
from threading import Event, current_thread
from threading import enumerate as enumerate_threads

import pytest
from PIL import Image

from offwall import sample_sessions
from offwall.model.records.session import Photo
from offwall.tui.services.photo_form import as_dropped
from offwall.tui.terminal.worker import run_in_background
from tests.journey import afternoon


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "one"
    folder.mkdir()
    path = folder / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    return path


def picture(path: Path, size: tuple[int, int] = (320, 240)) -> None:
    exif = Image.Exif()
    exif.get_ifd(34665)[36867] = "2026:12:10 13:05:00"
    Image.new("RGB", size, "navy").save(path, exif=exif)


QUESTION = "Was a photo of it taken?"


async def test_part_2_asks_once_for_a_photo_and_lets_every_key_through(empty: Path) -> None:
    with empty.open("a", encoding="utf-8") as file:
        file.write('\n[[stages]]\nid = "S1"\nname = "Begin"\n')
    async with afternoon(empty) as journey:
        # A burst goes where it is meant to, letters of the answers too.
        await journey.press("2", "n", *"YAYA", "enter", "escape")
        assert [one.text for one in journey.session.activities] == ["YAYA"]
        assert not journey.session.photos
        assert QUESTION in journey.seen()
        await journey.press("y")
        (photo,) = journey.session.photos
        assert (photo.path, photo.taken_by) == ("", "")
        assert "y who took it" in journey.seen()
        await journey.press("y", *"[Jane]", "enter")
        assert journey.session.photos[0].taken_by == "[Jane]"
        assert "who took it" not in journey.seen()
        await journey.press("y", "Y", "q", "2")
        assert len(journey.session.photos) == 1
        await journey.press("u", "u")
        assert not journey.session.photos
        assert not journey.session.workshop.photo_asked


@pytest.mark.slow
async def test_the_question_is_answered_later_and_never_comes_again(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press("2")
        assert QUESTION in journey.seen()
        await journey.press("Y")
        assert QUESTION not in journey.seen()
        assert journey.on_disk().workshop.photo_asked
    async with afternoon(empty) as journey:
        await journey.press("2")
        assert QUESTION not in journey.seen()
        await journey.press("y", "Y")
        assert not journey.session.photos


@pytest.mark.slow
async def test_the_question_that_nobody_answers_does_not_nag(empty: Path) -> None:
    async with afternoon(empty) as journey:
        before = journey.session
        await journey.press("2", "q", "2")
        assert QUESTION not in journey.seen()
        assert journey.on_disk() == before
    async with afternoon(empty) as journey:
        await journey.press("2", "y", "Y")
        assert "who took it" not in journey.seen()
        assert len(journey.session.photos) == 1


@pytest.mark.slow
async def test_a_session_that_has_photos_is_not_asked(tmp_path: Path) -> None:
    for name in ("brackets", "contract-management"):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(sample_sessions.path(name).read_bytes())
        async with afternoon(path) as journey:
            assert journey.session.photos
            await journey.press("2")
            assert QUESTION not in journey.seen()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_question_fits(empty: Path, size: tuple[int, int]) -> None:
    async with afternoon(empty, size) as journey:
        await journey.press("2")
        assert "Y later" in journey.seen()
        await journey.press("y")
        assert "Y not now" in journey.seen()


@pytest.mark.slow
async def test_a_photo_is_listed_by_its_path_and_looked_after(empty: Path) -> None:
    picture(empty.with_name("wall-1.jpg"))
    picture(empty.with_name("wall-2.jpg"), (200, 100))
    (empty.parent / "notes.txt").touch()
    async with afternoon(empty) as journey:
        await journey.press("3", "h", "n", "w")
        assert "› wall-1.jpg" in journey.seen()
        assert "notes" not in journey.seen()
        await journey.press("down", "tab")
        await journey.press("tab", *"Stages 1 to 4", "tab", *"Jane", "enter")
        (photo,) = journey.session.photos
        assert (photo.path, photo.caption, photo.taken_by) == (
            "wall-2.jpg",
            "Stages 1 to 4",
            "Jane",
        )
        assert (photo.width, photo.height) == (200, 100)
        assert photo.taken_on == dt.date(2026, 12, 10)
        await journey.until(lambda: "filed" in journey.seen())
        assert "taken Thu 10 Dec 2026, 200×100" in journey.seen()
        assert journey.on_disk().photos == (photo,)
        # The same picture is listed once; another in its place is said, and taken by Enter twice.
        await journey.press("n", *"wall-2.jpg", "enter")
        assert "wall-2.jpg is on the list already" in journey.seen()
        await journey.press("escape")
        picture(empty.with_name("wall-2.jpg"), (90, 90))
        await journey.press("q", "3", "h")
        await journey.until(lambda: "has changed since it was listed" in journey.seen())
        await journey.press("e", "enter")
        assert "Enter once more takes it" in journey.seen()
        await journey.press("enter")
        assert journey.session.photos[0].width == 90
        await journey.until(lambda: "filed" in journey.seen())


@pytest.mark.slow
async def test_a_photo_is_listed_changed_moved_and_removed(empty: Path) -> None:
    async with afternoon(empty) as journey:
        await journey.press("3", "h")
        assert "No photo of the wall yet. Press n" in journey.seen()
        await journey.press("n", "enter")
        assert "Name the file of the photo, or who took it" in journey.seen()
        await journey.press("tab", *"[PO]", "tab", *"Jane", "enter")
        listed = journey.session.photos[0]
        assert (listed.path, listed.caption, listed.taken_by) == ("", "[PO]", "Jane")
        assert "to be filed" in journey.seen()
        assert "[PO]" in journey.seen()
        # It may lie on another computer: said once, then listed all the same.
        await journey.press("e", *"w 1.jpg", "enter")
        assert "Enter once more lists it all the same" in " ".join(journey.seen().split())
        await journey.press("enter")
        assert journey.session.photos[0].path == "w 1.jpg"
        await journey.until(lambda: "w 1.jpg is not on this computer" in journey.seen())
        assert "missing" in journey.seen()
        # Words about a file that is not here can be changed without another question.
        await journey.press("e", "tab", *"!", "enter")
        assert journey.session.photos[0].caption == "[PO]!"
        await journey.press("n", *"w 2.jpg", "enter", "enter", "K")
        assert [photo.path for photo in journey.session.photos] == ["w 2.jpg", "w 1.jpg"]
        assert journey.on_disk().photos == journey.session.photos
        await journey.press("x")
        assert [photo.path for photo in journey.session.photos] == ["w 1.jpg"]
        assert "Removed photo w 2.jpg" in journey.seen()
        await journey.press(*["u"] * 6)
        assert journey.session.photos == ()


@pytest.mark.slow
async def test_a_picture_from_elsewhere_is_copied_beside_the_session_and_asked_once(
    empty: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "camera"
    elsewhere.mkdir()
    for number in (1, 2):
        picture(elsewhere / f"IMG[{number}].JPG", (100 + number, 100))
    beside = empty.with_name("IMG-1.jpg")
    beside.write_bytes(b"somebody's own")
    async with afternoon(empty) as journey:
        await journey.press("3", "h", "n", *f"{elsewhere}/img[1", "tab", "enter")
        assert "The picture is elsewhere" in journey.seen()
        await journey.press("j", "enter")
        assert "The photo was not listed" in journey.seen()
        assert not journey.session.photos
        await journey.press("n", *f"{elsewhere}/IMG[1].JPG", "enter", "enter")
        await journey.until(lambda: journey.session.photos)
        await journey.press("n", *"../camera/IMG[2].JPG", "enter")
        await journey.until(lambda: len(journey.session.photos) == 2)
        assert [photo.path for photo in journey.session.photos] == ["IMG-1-2.jpg", "IMG-2.jpg"]
        assert journey.session.photos[1].width == 102
        assert empty.with_name("IMG-2.jpg").read_bytes() == (elsewhere / "IMG[2].JPG").read_bytes()
        assert beside.read_bytes() == b"somebody's own"
        # An absolute path into the folder is kept relative, and nothing is copied.
        picture(empty.with_name("own.jpg"), (70, 70))
        await journey.press("n", *str(empty.with_name("own.jpg")), "enter")
        assert journey.session.photos[2].path == "own.jpg"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("'/a/My wall.jpg'", "/a/My wall.jpg"),
        ('"wall.jpg"', "wall.jpg"),
        ("file:///a/My%20wall.jpg", "/a/My wall.jpg"),
        ("'", "'"),
        ("it's.jpg", "it's.jpg"),
        ("file://[", "["),
        ("", ""),
    ],
)
def test_a_file_dropped_on_the_terminal_is_a_path(typed: str, path: str) -> None:
    assert as_dropped(typed) == path


@pytest.mark.slow
async def test_what_is_asked_of_a_disk_answers_or_raises_beside_the_screen() -> None:
    def refuse() -> int:
        raise OSError("no such disk")

    assert await run_in_background(lambda: current_thread().daemon)
    with pytest.raises(OSError, match="no such disk"):
        await run_in_background(refuse)
    # Nobody waits for these any more, and nothing comes of it.
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
    cancelled = Event()
    run_in_background(refuse)
    gone = run_in_background(lambda: cancelled.wait(60))
    gone.cancel()
    cancelled.set()
    await asyncio.to_thread(join_those_aside)
    # What they told the loop before they ended comes before what it is told now.
    await asyncio.sleep(0)
    gc.collect()
    assert gone.cancelled()
    assert not complaints


def join_those_aside() -> None:
    """Wait until all that was asked aside has answered."""
    for thread in enumerate_threads():
        if thread.name == "aside":
            thread.join(60)
            assert not thread.is_alive()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.heic", b"\0\0\0\x18ftypheic" + b"0" * 40, "HEIC picture"),
        ("x.jpg", b"=1+1", "is not a JPEG"),
        ("x.png", b"", "is empty"),
    ],
)
async def test_what_is_no_picture_is_refused_beside_the_field(
    empty: Path, name: str, content: bytes, why: str
) -> None:
    empty.with_name(name).write_bytes(content)
    async with afternoon(empty) as journey:
        await journey.press("3", "h", "n", *name, "enter")
        assert why in journey.seen()
        assert not journey.session.photos
        await journey.press("escape")
        assert not journey.session.photos


@pytest.mark.slow
async def test_a_disk_that_does_not_answer_holds_up_neither_keys_nor_leaving(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = Event()
    monkeypatch.setattr("offwall.tui.services.photo_form.PICTURE_SECONDS", 0.05)
    monkeypatch.setattr("offwall.tui.services.photo_form.facts_here", lambda *_: stuck.wait(60))
    try:
        async with afternoon(empty) as journey:
            await journey.press("3", "h", "n", *"wall.jpg", "enter")
            assert "wall.jpg is slow to read" in journey.seen()
            await journey.press("escape", "l", "n", *"Tell HR", "enter", "escape")
            assert journey.session.actions[-1].text == "Tell HR"
    finally:
        stuck.set()


@pytest.mark.slow
async def test_a_path_that_leads_out_is_said_and_never_opened(empty: Path) -> None:
    picture(empty.parent.parent / "secret.jpg")
    with empty.open("a", encoding="utf-8") as file:
        file.write('\n[[photos]]\nid = "f-1"\npath = "../secret.jpg"\n')
    async with afternoon(empty) as journey:
        await journey.press("2", "c", "enter")
        await journey.until(lambda: "leads out of the session's folder" in journey.seen())
        assert "unusable" in journey.seen()
        assert journey.session.photos == (Photo("f-1", "../secret.jpg"),)
