"""offwall check --files: whether what is kept would serve when it is needed."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from offwall.model import store
from offwall.model.records.session import Photo
from offwall.model.store import backups
from offwall.tui.services import recent_sessions
from offwall.tui.services.document import OpenDocument
from tests.waiting import PATIENCE


def folder_of(path: Path) -> Path:
    return backups.state_folder(
        recent_sessions.state_folder(), store.read_session(path).workshop.id, path
    )


def sit(path: Path) -> None:
    """A sitting with a change."""
    opened = OpenDocument(path, lambda _: None, recent_sessions.state_folder())
    title = f"{opened.session.workshop.title} more"
    opened.do("x", lambda now: replace(now, workshop=replace(now.workshop, title=title)))
    assert opened.settled(PATIENCE)
    opened.leave()


def test_all_would_serve(offwall: Any, wall: Path) -> None:
    said = offwall("check", wall, "--files")
    assert (said.status, said.out.count("\n")) == (0, 1)
    for _ in range(2):
        sit(wall)
    said = offwall("check", wall, "--files")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("All would serve")


def test_a_file_that_does_not_read_is_said(offwall: Any, wall: Path) -> None:
    wall.write_bytes(b"half = ")
    said = offwall("check", wall, "--files")
    assert (said.status, said.out.count("\n")) == (1, 1)
    assert "line 1" in said.out


def test_each_copy_and_each_journal_is_looked_at(offwall: Any, wall: Path) -> None:
    for _ in range(2):
        sit(wall)
    folder = folder_of(wall)
    (first, second) = backups.backups(folder)
    whole = second.read_bytes()
    second.write_bytes(whole[:-9])
    said = offwall("check", wall, "--files")
    assert said.status == 1
    assert second.name in said.out
    first.unlink()
    second.write_bytes(whole)
    assert "kept-1.jsonl lacks the copy" in offwall("check", wall, "--files").out
    run = folder / "kept-2.jsonl"
    data = run.read_bytes()
    run.write_bytes(data[:50] + b"~" + data[51:])
    said = offwall("check", wall, "--files")
    assert said.status == 1
    assert "And 1 more fault." in said.out


def test_a_photo_is_compared_with_its_checksum(offwall: Any, wall: Path) -> None:
    picture = wall.with_name("wall.jpg")
    picture.write_bytes(b"\xff\xd8\xff picture")
    listed = Photo("ph-1", "wall.jpg", sha256=sha256(picture.read_bytes()).hexdigest())
    opened = store.Store.open(wall)
    opened.save(replace(opened.session, photos=(listed,)))
    assert offwall("check", wall, "--files").status == 0
    picture.write_bytes(b"\xff\xd8\xff another")
    assert "has changed since it was listed" in offwall("check", wall, "--files").out
    picture.unlink()
    said = offwall("check", wall, "--files")
    assert (said.status, "wall.jpg" in said.out) == (1, True)
