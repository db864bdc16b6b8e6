"""``offwall recover``: what is kept beside the session, and how it comes back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.records.changes import diff
from offwall.model.records.session import Activity, Session
from offwall.model.store import backups
from offwall.model.store.journal import Journal, JournalEntry
from offwall.tui.services import recent_sessions


def folder_of(path: Path) -> Path:
    folder = backups.state_folder(
        recent_sessions.state_folder(), store.read_session(path).workshop.id, path
    )
    backups.make_state_folder(folder, path)
    return folder


def journalled(path: Path, *texts: str) -> tuple[Path, Session]:
    """Changes in the journal that the session file never took."""
    folder = folder_of(path)
    kept = Journal(folder)
    session = store.read_session(path)
    for number, text in enumerate(texts, 1):
        added = Activity(f"a-{number}", session.stages[0].id, text)
        new = replace(session, activities=(*session.activities, added))
        kept.append(JournalEntry(number, diff(session, new)))
        session = new
    kept.close()
    return folder, session


def test_nothing_kept_is_said(offwall: Any, wall: Path) -> None:
    said = offwall("recover", wall)
    assert (said.status, said.err) == (0, "")
    assert "No copy" in said.out
    said = offwall("recover", wall, "--restore", 1)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    said = offwall("recover", "gone.toml")
    assert said.status == 0


def test_copies_and_journals_are_listed_and_restored(offwall: Any, wall: Path) -> None:
    commented = b"# by hand\n" + wall.read_bytes()
    wall.write_bytes(commented)
    folder, wanted = journalled(wall, "[PO] =1+1", "Second")
    backups.take_backup(folder, commented)
    said = offwall("recover", wall)
    assert said.status == 0
    lines = said.out.splitlines()
    assert len(lines) == 3
    assert {line.split()[5] for line in lines[:2]} == {"copy", "journal"}
    number = next(line.split()[0] for line in lines if "2 kept, of which s.toml lacks 2" in line)
    said = offwall("recover", wall, "--restore", number)
    assert said.status == 0
    assert store.read_session(wall.with_name("s-2.toml")) == wanted
    assert wall.with_name("s-2.toml").read_bytes().startswith(b"# by hand\n")
    assert wall.read_bytes() == commented
    other = "1" if number == "2" else "2"
    said = offwall("recover", wall, "--restore", other, "-o", "back.toml")
    assert wall.with_name("back.toml").read_bytes() == commented


def test_what_the_editor_had_when_its_file_was_lost_comes_first(offwall: Any, wall: Path) -> None:
    folder, session = journalled(wall, "First")
    opened = store.Store.open(wall, folder)
    backups.take_backup(folder, wall.read_bytes())
    wall.write_bytes(b"")
    with pytest.raises(store.StoreError):
        opened.save(session)
    said = offwall("recover", wall)
    first = said.out.splitlines()[0]
    assert " session " in first
    assert "1 activities" in first
    assert offwall("recover", wall, "--restore", 1).status == 0
    assert store.read_session(wall.with_name("s-2.toml")) == session
    assert "1 whole session" in offwall("forget", wall).out
    assert not backups.wholes(folder)


def test_nothing_is_overwritten_unless_it_is_said(offwall: Any, wall: Path) -> None:
    folder, wanted = journalled(wall, "First")
    before = wall.read_bytes()
    said = offwall("recover", wall, "--restore", 1, "-o", wall)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert wall.read_bytes() == before
    assert offwall("recover", wall, "--restore", 1, "-o", wall, "--force").status == 0
    assert store.read_session(wall) == wanted
    assert [copy.read_bytes() for copy in backups.backups(folder)] == [before]
    for number in (0, -1, 9):
        assert offwall("recover", wall, "--restore", number).status == 2


@pytest.mark.parametrize("fate", ["gone", "garbage", "moved"])
def test_a_file_that_is_lost_is_made_from_the_last_copy_and_the_journal(
    offwall: Any, wall: Path, fate: str
) -> None:
    folder, wanted = journalled(wall, "First", "Second")
    backups.take_backup(folder, wall.read_bytes())
    session = wall
    if fate == "gone":
        wall.unlink()
    elif fate == "garbage":
        wall.write_bytes(b"\xff\x00 not [ toml")
    else:
        session = wall.rename(wall.with_name("elsewhere.toml"))
    said = offwall("recover", session)
    number = next(line.split()[0] for line in said.out.splitlines() if " journal " in line)
    assert offwall("recover", session, "--restore", number, "-o", "new.toml").status == 0
    assert store.read_session(wall.with_name("new.toml")) == wanted


def test_what_cannot_be_read_is_listed_and_refused(offwall: Any, wall: Path) -> None:
    folder = folder_of(wall)
    backups.take_backup(folder, b"\x1b[2J not [ toml")
    said = offwall("recover", wall)
    assert "line 1" in said.out
    assert "\x1b" not in said.out
    said = offwall("recover", wall, "--restore", 1)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


def test_a_damaged_journal_says_so_and_gives_what_it_has(offwall: Any, wall: Path) -> None:
    folder, _ = journalled(wall, "First", "Second", "Third")
    path = folder / "journal-1.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"Second", b"Sacond") + lines[2])
    said = offwall("recover", wall)
    assert "1 kept" in said.out
    assert "a part of it cannot be read" in said.out
    assert offwall("recover", wall, "--restore", 1, "-o", "new.toml").status == 0
    texts = [each.text for each in store.read_session(wall.with_name("new.toml")).activities]
    assert texts == ["First"]
