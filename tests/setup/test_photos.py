"""Photos of the wall: what is said of them, where they may lie, and what is asked once."""

import datetime as dt
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given

from offwall.model.records.session import Photo, Session, Stage, Workshop
from offwall.model.records.text import EditError
from offwall.model.review.checks import FindingLevel, findings
from offwall.model.review.second_session import second_session
from offwall.model.setup.photos import (
    PHOTOS,
    PhotoFacts,
    add_photo,
    asks_for_wall_photo,
    change_photo,
    leads_outside,
    name_taker,
    new_photo_id,
    photo_alt_text,
    photo_file_name,
    relative_photo_path,
    say_caption,
    say_facts,
    say_photo,
    say_size,
    wall_photo_later,
    wall_photo_taken,
)
from offwall.model.setup.stages import STAGES
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import texts

FACTS = PhotoFacts("ab12", dt.date(2026, 12, 10), 4032, 3024, 3_120_000)
FILED = add_photo(Session(), seed="s", path="wall 1.jpg", caption="Stages 1 to 4", facts=FACTS)


def facts_of(photo: Photo) -> PhotoFacts:
    return PhotoFacts(photo.sha256, photo.taken_on, photo.width, photo.height, photo.size)


def test_a_photo_knows_its_file_and_the_session_file_keeps_it() -> None:
    (photo,) = FILED.photos
    assert facts_of(photo) == FACTS
    assert loads(dumps(FILED)) == FILED
    assert say_facts(photo) == "taken Thu 10 Dec 2026, 4032×3024, 3.1 MB"


def test_what_is_known_of_a_file_goes_with_another_path_and_stays_with_other_words() -> None:
    photo = new_photo_id("s")
    words = change_photo(FILED, photo, path="wall 1.jpg", caption="All", taken_by="Jane")
    assert facts_of(words.photos[0]) == FACTS
    other = change_photo(FILED, photo, path="b.jpg", caption="All", taken_by="Jane")
    assert facts_of(other.photos[0]) == PhotoFacts()
    newer = change_photo(
        FILED, photo, path="wall 1.jpg", caption="All", taken_by="", facts=PhotoFacts("cd")
    )
    assert facts_of(newer.photos[0]) == PhotoFacts("cd")


def test_the_same_picture_is_not_listed_twice() -> None:
    with pytest.raises(EditError, match="already, as wall 1"):
        add_photo(FILED, seed="t", path="copy.jpg", facts=FACTS)
    again = change_photo(
        FILED, new_photo_id("s"), path="w.jpg", caption="", taken_by="", facts=FACTS
    )
    assert again.photos[0].path == "w.jpg"


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../wall.jpg", "a/../../wall.jpg", "..", "C:\\wall.jpg", "c:wall.jpg"),
        *("\\\\share\\wall.jpg", "a\\..\\..\\b.jpg", "\\wall.jpg", "//share/wall.jpg"),
    ],
)
def test_no_photo_leads_out_of_the_folder(path: str) -> None:
    assert leads_outside(path)
    with pytest.raises(EditError, match="leads out of the session's folder"):
        add_photo(Session(), seed="s", path=path)


@pytest.mark.parametrize("path", ["wall.jpg", "a/b.jpg", "..wall.jpg", "[PO].jpg", "~/x.jpg", "é…"])
def test_what_lies_beside_or_below_is_listed(path: str) -> None:
    assert add_photo(Session(), seed="s", path=f" {path} ").photos[0].path == path


def test_a_path_that_leads_out_is_found_by_the_checks() -> None:
    strays = (Photo("f-1", "../[/secret.jpg"), Photo("f-2", "wall.jpg"), Photo("f-3"))
    (found,) = findings(Session(photos=strays))
    assert (found.level, found.place) == (FindingLevel.ERROR, "f-1")
    assert "“../[/secret.jpg” leads out of the session's folder" in found.text


def test_a_path_into_the_folder_is_kept_relative_to_it() -> None:
    folder = PurePosixPath("/srv/one")
    assert relative_photo_path(folder / "a" / "wall.jpg", folder) == "a/wall.jpg"
    assert relative_photo_path(PurePosixPath("/srv/one-2/wall.jpg"), folder) == ""
    assert relative_photo_path(folder / ".." / "wall.jpg", folder) == ""
    assert relative_photo_path(folder, folder) == ""


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("IMG_0001.JPG", "IMG_0001.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.png", "boot.png"),
        ("a:b*?[PO]\x1b]0;x.jpeg", "a-b-PO-0-x.jpeg"),
        (".hidden.png", "hidden.png"),
        ("", "photo.jpg"),
        ("🧾.jpg", "photo.jpg"),
        ("x" * 300 + ".webp", "x" * 80 + ".webp"),
    ],
)
def test_the_name_of_a_copy_is_one_that_every_system_takes(name: str, made: str) -> None:
    assert photo_file_name(name) == made


@given(texts)
def test_no_name_of_a_copy_strays(name: str) -> None:
    made = photo_file_name(name)
    assert not leads_outside(made)
    assert PurePosixPath(made).name == made
    assert not set(made) & set('/\\:*?"<>|\n\x1b')
    assert len(made) < 100
    assert add_photo(Session(), seed="s", path=made).photos[0].path == made


def test_it_is_asked_once_whether_there_is_a_photo() -> None:
    session = Session(workshop=Workshop(title="Map"))
    assert asks_for_wall_photo(session)
    taken = wall_photo_taken(session, seed="s")
    assert not asks_for_wall_photo(taken)
    assert [photo.path for photo in taken.photos] == [""]
    assert not asks_for_wall_photo(PHOTOS.remove(taken, new_photo_id("s")))
    later = wall_photo_later(session)
    assert not later.photos
    assert not asks_for_wall_photo(loads(dumps(later)))
    assert not asks_for_wall_photo(replace(session, photos=(Photo("f", taken_by="Jane"),)))


def test_a_second_session_has_a_wall_of_its_own_to_be_photographed() -> None:
    assert asks_for_wall_photo(second_session(wall_photo_later(FILED), seed="t"))


def test_who_took_it_is_said_and_what_it_shows_can_be_changed() -> None:
    photo = new_photo_id("s")
    named = name_taker(wall_photo_taken(Session(), seed="s"), photo, " Jane\tDoe ")
    assert named.photos[0].taken_by == "Jane Doe"
    changed = change_photo(
        wall_photo_taken(Session(), seed="s"), photo, path="", caption="Left half", taken_by=""
    )
    assert changed.photos[0].caption == "Left half"


def test_a_photo_in_words() -> None:
    photo = Photo("f", "w.jpg", "Stages 1 to 4", "Jane", taken_on=dt.date(2026, 12, 10))
    assert say_caption(photo) == "Stages 1 to 4, taken on Thu 10 Dec 2026 by Jane"
    assert say_caption(Photo("f")) == "Photo of the wall"
    assert photo_alt_text(photo) == "Photo of the wall: Stages 1 to 4"
    assert photo_alt_text(Photo("f", "w.jpg")) == "Photo of the wall: w.jpg"
    said = [say_photo(one) for one in (photo, Photo("f", taken_by="Jane"), Photo("f"))]
    assert said == ["w.jpg", "taken by Jane", "to be filed"]
    assert say_facts(Photo("f", width=-3, height=0, size=-1)) == ""
    assert [say_size(size) for size in (1, 999_499, 3_140_000)] == ["1 kB", "999 kB", "3.1 MB"]


def test_a_photo_is_of_a_stage_and_the_stage_says_so() -> None:
    session = Session(stages=(Stage("S1", "Apply"), Stage("S2", "Offer")))
    said = {"path": "wall.jpg", "stage": "off"}
    session = PHOTOS.add(session, said, seed="s")
    assert session.photos[0].stage == "S2"
    assert "photo: wall.jpg" in STAGES.detail(session, session.stages[1])
    with pytest.raises(EditError, match="does not say which stage"):
        PHOTOS.add(session, {"path": "x.jpg", "stage": "S9"}, seed="t")
    assert STAGES.remove(session, "S2").photos[0].stage == ""
