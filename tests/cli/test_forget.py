"""``offwall forget``: nothing of a session stays on the computer but its file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.records.changes import diff
from offwall.model.store import backups
from offwall.model.store.journal import Journal, JournalEntry
from offwall.tui.services import recent_sessions


@pytest.fixture
def folder(wall: Path) -> Path:
    session = store.read_session(wall)
    folder = backups.state_folder(recent_sessions.state_folder(), session.workshop.id, wall)
    backups.make_state_folder(folder, wall)
    backups.take_backup(folder, wall.read_bytes())
    backups.take_backup(folder, b"# another\n")
    kept = Journal(folder)
    secret = replace(session, workshop=replace(session.workshop, title="Secret words"))
    kept.append(JournalEntry(1, diff(session, secret)))
    kept.draft(b"secret words")
    kept.close()
    recent_sessions.remember(wall)
    return folder


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_all_of_it_is_removed_and_said(offwall: Any, wall: Path, folder: Path) -> None:
    before = wall.read_bytes()
    assert b"Secret words" in everything(recent_sessions.state_folder())
    said = offwall("forget", wall)
    assert (said.status, said.err) == (0, "")
    assert "2 copies, 1 journal, 1 draft" in said.out
    assert not folder.exists()
    left = everything(recent_sessions.state_folder()).lower()
    assert b"secret words" not in left
    assert b"s.toml" not in left
    assert wall.read_bytes() == before
    assert "Nothing is kept" in offwall("forget", wall).out


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_gone_can_be_forgotten(offwall: Any, wall: Path) -> None:
    wall.unlink()
    assert "2 copies" in offwall("forget", wall).out
    assert b"secret" not in everything(recent_sessions.state_folder()).lower()


@pytest.mark.usefixtures("folder")
def test_another_session_is_left_alone(offwall: Any, wall: Path, tmp_path: Path) -> None:
    assert offwall("new", "other.toml").status == 0
    assert "Nothing is kept" in offwall("forget", tmp_path / "other.toml").out
    assert "2 copies" in offwall("forget", wall).out


def test_a_session_that_is_open_is_not_forgotten(offwall: Any, wall: Path, folder: Path) -> None:
    kept = Journal(folder)
    said = offwall("forget", wall)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert len(backups.backups(folder)) == 2
    kept.close()
    assert offwall("forget", wall).status == 0
