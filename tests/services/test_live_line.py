"""The shared line: there while it is shared, read whole, and known to be left behind."""

import json
import stat
import threading
from pathlib import Path

import pytest

from offwall.tui.services import live_line
from offwall.tui.services.live_line import (
    SILENT_SECONDS,
    SUFFIX,
    LiveLineReader,
    LiveLineWriter,
    remove_stale_lines,
)
from offwall.tui.services.lock_file import Opener, lock_note_path, lock_notes, this_opener
from tests.journey import afternoon
from tests.waiting import until

ME = this_opener("2026-12-10T14:00")


def put(session: Path, pid: int, text: str, beat: int = 1) -> Path:
    note = lock_note_path(session, Opener("x", "other", pid, ""), SUFFIX)
    note.write_text(json.dumps({"line": text, "beat": beat, "host": "other", "pid": pid}))
    return note


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "s.toml"
    path.write_text("")
    path.chmod(0o640)
    return path


def test_what_is_typed_arrives_and_goes(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(live_line, "HEARTBEAT_SECONDS", 0.02)
    lines = LiveLineReader(session)
    sharing = LiveLineWriter(session, ME, pytest.fail)
    assert lines.now() == ""
    sharing.say("Agree who [PO")
    until(lambda: lines.now() == "Agree who [PO")
    (note,) = lock_notes(session, SUFFIX)
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    beat = json.loads(note.read_text())["beat"]
    until(lambda: json.loads(note.read_text())["beat"] > beat)
    sharing.say("")
    until(lambda: not note.exists())
    assert lines.now() == ""
    sharing.say("x" * 10_000 + "end")
    until(lambda: lines.now().endswith("xend"))
    sharing.worker.close(5)
    assert [found.name for found in session.parent.iterdir()] == ["s.toml"]


def test_it_is_written_at_most_twice_a_second(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live_line.LINE_PAUSE_SECONDS >= 0.5
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 600)
    sharing = LiveLineWriter(session, ME, pytest.fail)
    sharing.say("x")
    until(lambda: list(lock_notes(session, SUFFIX)))
    for letter in range(200):
        sharing.say("x" * letter)
    # It wakes for the end alone, long before the pause is over.
    assert sharing.worker.close(60)
    assert sharing._beat == 1


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    sharing = LiveLineWriter(tmp_path / "gone" / "s.toml", ME, said.append)
    sharing.say("text")
    until(lambda: said)
    sharing.worker.close(5)
    assert said[0].startswith("The line cannot be shown beside the session (")


def test_one_that_was_left_behind_is_never_shown(session: Path) -> None:
    now = [100.0]
    put(session, 1, "left behind")
    lines = LiveLineReader(session, lambda: now[0])
    assert lines.now() == ""
    put(session, 1, "left behind", beat=2)
    assert lines.now() == "left behind"
    now[0] += SILENT_SECONDS - 1
    assert lines.now() == "left behind"
    now[0] += 2
    assert lines.now() == ""


def test_of_two_the_one_that_was_typed_last(session: Path) -> None:
    now = [100.0]
    lines = LiveLineReader(session, lambda: now[0])
    put(session, 1, "one")
    assert lines.now() == "one"
    now[0] += 1
    put(session, 2, "two")
    assert lines.now() == "two"
    now[0] += 1
    put(session, 1, "one more")
    assert lines.now() == "one more"


@pytest.mark.parametrize("data", [b"", b"[", b"[]", b"{}", b"\xff", b'{"line": ', b"[" * 20_000])
def test_what_is_no_line_shows_nothing(session: Path, data: bytes) -> None:
    lines = LiveLineReader(session)
    put(session, 1, "").write_bytes(data)
    assert lines.now() == ""


def test_a_link_and_a_folder_are_not_followed(session: Path) -> None:
    lines = LiveLineReader(session)
    secret = session.with_name("secret")
    secret.write_text('{"line": "secret", "beat": 1}')
    lock_note_path(session, Opener("", "h", 1, ""), SUFFIX).symlink_to(secret)
    lock_note_path(session, Opener("", "h", 2, ""), SUFFIX).mkdir()
    assert lines.now() == ""


def test_a_start_of_sharing_takes_away_what_a_dead_program_left(session: Path) -> None:
    dead = Opener(ME.who, ME.host, 2**22 + 7, "")
    left = lock_note_path(session, dead, SUFFIX)
    left.write_text(json.dumps({"line": "x", "host": dead.host, "pid": dead.pid}))
    alive = lock_note_path(session, ME, SUFFIX)
    alive.write_text(json.dumps({"line": "x", "host": ME.host, "pid": ME.pid}))
    elsewhere = put(session, 2**22 + 7, "x")
    remove_stale_lines(session, ME)
    assert not left.exists()
    assert alive.exists()
    assert elsewhere.exists()


def shares() -> bool:
    """Whether anything runs that could show a line."""
    return any(thread.name == "shared line" for thread in threading.enumerate())


@pytest.mark.slow
async def test_nothing_is_shared_before_a_key_says_so_nor_after(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 0.01)
    lines = LiveLineReader(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n", *"Mine")
        assert not shares()
        assert lines.now() == ""
        await journey.press("escape", "V", "n")
        assert "New, shown" in journey.seen()
        await journey.until(lambda: lines.now() == "Mine")
        await journey.press("enter")
        await journey.until(lambda: lines.now() == "")
        await journey.press("escape", "V", "n", *"Own")
        assert "New, shown" not in journey.seen()
        await journey.until(lambda: not shares())
        assert lines.now() == ""
        assert not list(lock_notes(own_sample, SUFFIX))
        await journey.press("escape", "V", "n", "end", *"er")
        await journey.until(lambda: lines.now() == "Owner")
    assert [path.name for path in own_sample.parent.iterdir()] == [own_sample.name]


@pytest.mark.slow
async def test_an_action_s_line_is_shown_too(own_sample: Path) -> None:
    lines = LiveLineReader(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("V", "3", "n", *"Ask Jane")
        assert "New, shown" in journey.seen()
        await journey.until(lambda: lines.now() == "Ask Jane")
        await journey.press("escape")
        await journey.until(lambda: lines.now() == "")
