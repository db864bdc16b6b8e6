"""Everything into one folder: what lies there, and what a disk or a fault may do meanwhile."""

import datetime as dt
import errno
import os
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import vobject
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from offwall import sample_sessions
from offwall.model import store
from offwall.model.documents import bundle, extras
from offwall.model.documents.bundle import BUNDLE_PARTS, BundleJob, BundleResult, stem, write_bundle
from offwall.model.records.session import Person, Photo, Session
from offwall.model.store.files import ExportError

TODAY = dt.date(2026, 12, 10)
NOW = dt.datetime(2026, 12, 10, 16, 30, tzinfo=dt.UTC)

EVERY_PART = dict(BUNDLE_PARTS)

NOBODY_THERE = store.read_session(sample_sessions.path("cup-of-coffee"))
COFFEE = replace(NOBODY_THERE, people=(Person("p-1", "Sam Ode", "kit"),))
"""Small, so that a test takes a fraction of a second."""


def written(session: Session, beside: Path, **more: Any) -> BundleResult:
    return write_bundle(session, beside / "s.toml", now=NOW, today=TODAY, **more)


def names(found: BundleResult) -> list[str]:
    return sorted(path.relative_to(found.folder).as_posix() for path in found.files)


def on_disk(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out of the brief: it takes longer than all the rest."""
    from offwall.model.documents.brief import export

    monkeypatch.setattr(export, "MOST_DRAWN", -1)


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts that take a millisecond as they are; of the others a file with nothing in it."""

    def file(name: str) -> Callable[[BundleJob], None]:
        return lambda leaving: leaving.put(leaving.folder / f"{name}.bin", b"so")

    real = ("the calendars", "the mails to groups", "the mails to owners")
    found = {name: write if name in real else file(name) for name, write in BUNDLE_PARTS.items()}
    monkeypatch.setattr(bundle, "BUNDLE_PARTS", found)


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_each_part_is_there_and_another_program_can_read_it(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    found = written(COFFEE, tmp_path, tell=lambda *said: told.append(said))
    assert found.folder == tmp_path / "s 2026-12-10"
    assert names(found) == on_disk(found.folder)
    assert names(found) == [
        "mails-and-calendars/Sam-Ode.eml",
        "mails-and-calendars/Sam-Ode.txt",
        "mails-and-calendars/calendar-Kitchen-Owner.ics",
        "mails-and-calendars/calendar.ics",
        "mails-and-calendars/email-participants.eml",
        "mails-and-calendars/email-participants.txt",
        "map-pages/page-1.svg",
        "role-pages/Coffee-Drinker.docx",
        "role-pages/Coffee-Drinker.pdf",
        "role-pages/Coffee-Maker.docx",
        "role-pages/Coffee-Maker.pdf",
        "role-pages/Kitchen-Owner.docx",
        "role-pages/Kitchen-Owner.pdf",
        "role-pages/every-role.xlsx",
        "s-action-plan.docx",
        "s-action-plan.pdf",
        "s-brief.docx",
        "s-brief.pdf",
        "s-feedback.docx",
        "s-feedback.pdf",
        "s-map.pdf",
        "s-map.svg",
        "s-raci.pdf",
        "s.pptx",
        "s.xlsx",
    ]
    assert told == [(n, 11, name) for n, name in enumerate(BUNDLE_PARTS, 1)]
    assert (found.failed, found.left_out) == ((), ())
    assert load_workbook(found.folder / "s.xlsx")["Activities"].max_row > 6
    for name in ("s-brief.docx", "s-feedback.docx"):
        assert Document(str(found.folder / name)).paragraphs
    mails = found.folder / "mails-and-calendars"
    calendar = vobject.readOne((mails / "calendar.ics").read_text("utf-8"))
    assert len(calendar.contents["vevent"]) == 1
    mail = (mails / "email-participants.txt").read_text("utf-8")
    assert "Attach: s.xlsx, s-feedback.docx, s-map.pdf" in mail
    for name in ("brief", "feedback", "map", "raci", "action-plan"):
        assert PdfReader(found.folder / f"s-{name}.pdf").metadata.title
    assert len(Presentation(str(found.folder / "s.pptx")).slides) == 6


@pytest.mark.usefixtures("light")
def test_a_second_time_takes_the_next_free_name_and_touches_nothing(tmp_path: Path) -> None:
    first = written(COFFEE, tmp_path)
    before = {path: path.read_bytes() for path in first.files}
    (tmp_path / "s 2026-12-10 2").write_text("mine")
    second = written(COFFEE, tmp_path)
    assert second.folder.name == "s 2026-12-10 3"
    assert {path: path.read_bytes() for path in first.files} == before
    assert (tmp_path / "s 2026-12-10 2").read_text() == "mine"


def test_a_named_folder_that_is_there_is_left_alone_without_force(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "s.xlsx").write_text("mine")
    with pytest.raises(ExportError, match="already there"):
        written(COFFEE, tmp_path, folder=folder)
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(ExportError, match="is a file"):
        written(COFFEE, tmp_path, folder=file, force=True)
    assert on_disk(tmp_path) == ["file", "mine/s.xlsx"]


@pytest.mark.slow
def test_with_nothing_to_say_what_is_missing_is_told(tmp_path: Path) -> None:
    found = written(Session(), tmp_path)
    assert names(found) == [
        "mails-and-calendars/email-participants.eml",
        "mails-and-calendars/email-participants.txt",
        "map-pages/page-1.svg",
        "s-action-plan.docx",
        "s-action-plan.pdf",
        "s-brief.docx",
        "s-brief.pdf",
        "s-feedback.docx",
        "s-feedback.pdf",
        "s-map.pdf",
        "s-map.svg",
        "s-raci.pdf",
        "s.pptx",
        "s.xlsx",
    ]
    assert found.notes == (
        "There is no calendar, as no action and no meeting has a date.",
        "There is no mail to an owner, as no action has one.",
    )


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_a_photo_that_is_not_here_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    elsewhere = replace(COFFEE, photos=(Photo("f-1", path="wall.jpg"),))
    found = written(elsewhere, tmp_path)
    assert (len(found.files), found.failed) == (25, ())
    assert any("wall.jpg is not on this computer" in note for note in found.notes)
    assert len(found.notes) == len(set(found.notes))


@pytest.mark.usefixtures("light")
def test_a_fault_in_one_part_costs_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("[PO] of a library")

    def refused(_: object) -> None:
        raise ExportError("The brief was not written: so.")

    parts = {**bundle.BUNDLE_PARTS, "the brief": refused, "the map": broken}
    monkeypatch.setattr(bundle, "BUNDLE_PARTS", parts)
    found = written(COFFEE, tmp_path)
    assert found.failed == (
        "The brief was not written: so.",
        "The map was not written, because of a fault: [PO] of a library.",
    )
    assert names(found) == on_disk(found.folder)
    assert len(found.files) == 6 + 2 + 4  # parts of a file, the calendars, two mails twice


@pytest.mark.usefixtures("light")
def test_a_full_disk_is_said_of_each_and_leaves_neither_halves_nor_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    found = written(COFFEE, tmp_path)
    assert found.files == ()
    assert len(found.failed) == len(BUNDLE_PARTS)
    assert all("the disk is full. Make room" in sentence for sentence in found.failed)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("light")
def test_a_disk_that_fills_up_half_way_keeps_what_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = os.fsync, []

    def filling(handle: int) -> None:
        done.append(handle)
        if len(done) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", filling)
    found = written(COFFEE, tmp_path)
    assert (
        on_disk(found.folder)
        == names(found)
        == [f"the {n}.bin" for n in ("brief", "feedback", "workbook")]
    )
    assert [path.name for path in found.folder.iterdir() if path.is_dir()] == []
    assert len(found.failed) == len(BUNDLE_PARTS) - 3


@pytest.mark.usefixtures("light")
def test_a_folder_that_vanishes_is_said_and_nothing_is_made_elsewhere(tmp_path: Path) -> None:
    def vanish(number: int, _: int, __: str) -> None:
        if number == 2:
            (tmp_path / "s 2026-12-10").rename(tmp_path / "away")

    found = written(COFFEE, tmp_path, tell=vanish)
    assert len(found.failed) == len(BUNDLE_PARTS) - 1
    assert "is not there. Make it, or name another" in found.failed[0]
    assert on_disk(tmp_path) == ["away/the workbook.bin"]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_place_that_takes_nothing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(ExportError, match=f"could not be made: {os.strerror(code).lower()}. Not"):
        written(COFFEE, tmp_path)


def test_a_place_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be made: no such file or directory"):
        written(COFFEE, tmp_path / "gone")
    with pytest.raises(ExportError, match="could not be made"):
        written(COFFEE, tmp_path, folder=tmp_path / "\0")


@pytest.mark.usefixtures("light")
def test_who_leaves_meanwhile_has_whole_files_and_is_told_the_rest(tmp_path: Path) -> None:
    begun: list[str] = []
    found = written(
        COFFEE,
        tmp_path,
        tell=lambda *said: begun.append(said[2]),
        stopped=lambda: len(begun) >= 2,
    )
    assert names(found) == on_disk(found.folder) == ["the brief.bin", "the workbook.bin"]
    assert found.left_out == (*BUNDLE_PARTS,)[2:]


HOSTILE = [
    *("[PO]", "../../up", "a/b\\c:*?", "\x1b]0;title\x07", "=1+1"),
    *("🎉", "\u202eevil", "CON", "x" * 300),
]


@pytest.mark.usefixtures("light")
def test_no_name_escapes_the_folder_and_no_control_reaches_a_mail(tmp_path: Path) -> None:
    (action,) = COFFEE.actions
    hostile = replace(
        COFFEE,
        actions=tuple(
            replace(action, id=f"n-{n}", text=words, owner=words, helper=HOSTILE[n - 1])
            for n, words in enumerate(HOSTILE)
        ),
    )
    found = written(hostile, tmp_path)
    assert found.failed == ()
    assert names(found) == on_disk(found.folder)
    assert [path.name for path in tmp_path.iterdir()] == ["s 2026-12-10"]
    groups = "email-participants.txt"
    owners = [path for path in found.files if path.suffix == ".txt" and path.name != groups]
    assert len(owners) == len(HOSTILE)
    for path in found.files:
        assert len(path.name.encode()) < 256
        if path.suffix == ".txt":
            text = path.read_text("utf-8")
            assert "\x1b" not in text
            assert all(character == "\n" or ord(character) >= 32 for character in text)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("v1.2 of it.toml", "v1.2 of it"),
        ("ü" * 120 + ".toml", "ü" * 75),
        (".toml", ".toml"),
        ("s\udcff [PO].toml", "s [PO]"),
        ("..toml", "session"),
    ],
)
def test_the_folder_is_called_after_the_session_however_it_is_called(
    name: str, called: str
) -> None:
    assert stem(Path(name)) == called


@pytest.mark.usefixtures("light")
def test_a_role_that_nobody_has_is_told_as_it_gets_no_mail(tmp_path: Path) -> None:
    found = written(NOBODY_THERE, tmp_path)
    assert "mails-and-calendars/Kitchen-Owner.txt" not in names(found)
    assert "1 action waits without a mail, as nobody on the list is Kitchen Owner." in found.notes
    assert not [note for note in found.notes if "no action has one" in note]


@pytest.mark.usefixtures("light")
def test_a_mail_is_a_draft_too_that_has_what_is_attached(tmp_path: Path) -> None:
    found = written(COFFEE, tmp_path)
    folder = found.folder / "mails-and-calendars"
    draft = message_from_bytes((folder / "Sam-Ode.eml").read_bytes(), policy=SMTP)
    assert draft["X-Unsent"] == "1"
    text = (folder / "Sam-Ode.txt").read_text("utf-8")
    assert f"Subject: {draft['Subject']}" in text
    (calendar,) = draft.iter_attachments()
    assert calendar.get_filename() == "calendar-Kitchen-Owner.ics"
    assert calendar.get_content_type() == "text/calendar"
    held = (folder / "calendar-Kitchen-Owner.ics").read_bytes()
    assert calendar.get_payload(decode=True) == held
    body = draft.get_body(("plain",)).get_content()
    assert body.split()[:2] == ["Dear", "Sam,"]
    assert text.split("\n\n", 1)[1].split() == body.split()


@pytest.mark.usefixtures("light")
def test_without_the_extras_everything_else_is_written_and_how_to_get_them_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PDF", "SLIDES"):
        lacking = replace(getattr(extras, name), modules=("typst_that_is_not_there",))
        monkeypatch.setattr(extras, name, lacking)
    parts = {one: EVERY_PART[one] for one in ("the map", "the RACI", "the slides")}
    monkeypatch.setattr(bundle, "BUNDLE_PARTS", parts)
    found = written(COFFEE, tmp_path)
    assert (names(found), found.failed) == (["map-pages/page-1.svg", "s-map.svg"], ())
    assert [note.split("pip install ")[1] for note in found.notes] == [
        *('"offwall[pdf]".', '"offwall[slides]".')
    ]
