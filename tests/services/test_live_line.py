"""What the room is told: where one stands and the line, read whole, and known when left behind."""

import json
import stat
from pathlib import Path

import pytest

from offwall.tui.kit.context import Standing
from offwall.tui.services import live_line
from offwall.tui.services.live_line import (
    LOYAL_SECONDS,
    SILENT_SECONDS,
    SUFFIX,
    LiveLineReader,
    LiveLineWriter,
    Told,
    remove_stale_lines,
)
from offwall.tui.services.lock_file import Opener, lock_note_path, lock_notes, this_opener
from tests.journey import afternoon
from tests.waiting import until

ME = this_opener("2026-12-10T14:00")


def line(lines: LiveLineReader) -> str:
    """The line that is shared now."""
    told = lines.now()
    return told.line if told else ""


def put(session: Path, pid: int, text: str, beat: int = 1, at: object = None) -> Path:
    note = lock_note_path(session, Opener("x", "other", pid, ""), SUFFIX)
    said = {"line": text, "beat": beat, "host": "other", "pid": pid, "at": at}
    note.write_text(json.dumps(said))
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
    assert line(lines) == ""
    sharing.say(Told(line="Agree who [PO"))
    until(lambda: line(lines) == "Agree who [PO")
    (note,) = lock_notes(session, SUFFIX)
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    beat = json.loads(note.read_text())["beat"]
    until(lambda: json.loads(note.read_text())["beat"] > beat)
    sharing.say(Told(line=""))
    until(lambda: line(lines) == "")
    assert note.exists()
    sharing.say(Told(line="x" * 10_000 + "end"))
    until(lambda: line(lines).endswith("xend"))
    sharing.worker.close(5)
    assert [found.name for found in session.parent.iterdir()] == ["s.toml"]


def test_it_is_written_at_most_four_times_a_second(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live_line.LINE_PAUSE_SECONDS >= 0.25
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 600)
    sharing = LiveLineWriter(session, ME, pytest.fail)
    sharing.say(Told(line="x"))
    until(lambda: list(lock_notes(session, SUFFIX)))
    for letter in range(200):
        sharing.say(Told(line="x" * letter))
    # It wakes for the end alone, long before the pause is over.
    assert sharing.worker.close(60)
    assert sharing._beat == 1


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    sharing = LiveLineWriter(tmp_path / "gone" / "s.toml", ME, said.append)
    sharing.say(Told(line="text"))
    until(lambda: said)
    sharing.worker.close(5)
    assert said[0].startswith("The room cannot be told where you are (")


def test_one_that_was_left_behind_is_never_shown(session: Path) -> None:
    now = [100.0]
    put(session, 1, "left behind")
    lines = LiveLineReader(session, lambda: now[0])
    assert line(lines) == ""
    put(session, 1, "left behind", beat=2)
    assert line(lines) == "left behind"
    now[0] += SILENT_SECONDS - 1
    assert line(lines) == "left behind"
    now[0] += 2
    assert line(lines) == ""


def test_of_two_the_one_that_was_typed_last(session: Path) -> None:
    now = [100.0]
    lines = LiveLineReader(session, lambda: now[0])
    put(session, 1, "one")
    assert line(lines) == "one"
    now[0] += 1
    put(session, 2, "two")
    assert line(lines) == "two"
    now[0] += 1
    put(session, 1, "one more")
    assert line(lines) == "one more"


def test_where_one_stands_is_known_at_once_and_stays(session: Path) -> None:
    now = [100.0]
    at = {"screen": "record", "section": "", "row": "a-1", "view": ["", "@cm"]}
    put(session, 1, "left behind", at=at)
    lines = LiveLineReader(session, lambda: now[0])
    told = Told(Standing("record", row="a-1", view=("", "@cm")))
    assert lines.now() == told
    now[0] += 10 * SILENT_SECONDS
    assert lines.now() == told


def test_of_two_recorders_one_is_followed_until_it_rests(session: Path) -> None:
    now = [100.0]
    lines = LiveLineReader(session, lambda: now[0])

    def followed() -> str:
        told = lines.now()
        assert told is not None
        return told.at.row

    put(session, 1, "", at={"screen": "record", "row": "first"})
    assert followed() == "first"
    now[0] += LOYAL_SECONDS - 1
    put(session, 2, "", at={"screen": "record", "row": "second"})
    assert followed() == "first"
    now[0] += 2
    put(session, 2, "", at={"screen": "record", "row": "third"})
    assert followed() == "third"
    lock_note_path(session, Opener("x", "other", 2, ""), SUFFIX).unlink()
    assert followed() == "first"


def test_a_program_that_was_ended_here_is_not_followed(session: Path) -> None:
    note = lock_note_path(session, ME, SUFFIX)
    said = {"host": ME.host, "pid": 2**22 + 7, "at": {"screen": "plan"}}
    note.write_text(json.dumps(said))
    assert LiveLineReader(session).now() is None


@pytest.mark.parametrize(
    "at", [None, [], "x", {"screen": 1, "row": [], "view": "no"}, {"view": [1]}]
)
def test_a_place_that_is_none_is_nowhere(at: object, session: Path) -> None:
    put(session, 1, "", at=at)
    told = LiveLineReader(session).now()
    assert told is not None
    assert not any((told.at.screen, told.at.row, *told.at.view))


@pytest.mark.parametrize("data", [b"", b"[", b"[]", b"{}", b"\xff", b'{"line": ', b"[" * 20_000])
def test_what_is_no_line_shows_nothing(session: Path, data: bytes) -> None:
    lines = LiveLineReader(session)
    put(session, 1, "").write_bytes(data)
    assert line(lines) == ""


def test_a_link_and_a_folder_are_not_followed(session: Path) -> None:
    lines = LiveLineReader(session)
    secret = session.with_name("secret")
    secret.write_text('{"line": "secret", "beat": 1}')
    lock_note_path(session, Opener("", "h", 1, ""), SUFFIX).symlink_to(secret)
    lock_note_path(session, Opener("", "h", 2, ""), SUFFIX).mkdir()
    assert line(lines) == ""


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


@pytest.mark.slow
async def test_nothing_is_shared_before_a_key_says_so_nor_after(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 0.01)
    lines = LiveLineReader(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n", *"Mine")
        assert line(lines) == ""
        await journey.press("escape", "V", "n")
        assert "New, shown" in journey.seen()
        await journey.until(lambda: line(lines) == "Mine")
        await journey.press("enter")
        await journey.until(lambda: line(lines) == "")
        await journey.press("escape", "V", "n", *"Own")
        assert "New, shown" not in journey.seen()
        await journey.until(lambda: line(lines) == "")
        (note,) = lock_notes(own_sample, SUFFIX)
        assert "Own" not in note.read_text()
        await journey.press("escape", "V", "n", "end", *"er")
        await journey.until(lambda: line(lines) == "Owner")
    assert [path.name for path in own_sample.parent.iterdir()] == [own_sample.name]


@pytest.mark.slow
async def test_an_action_s_line_is_shown_too(own_sample: Path) -> None:
    lines = LiveLineReader(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("V", "3", "n", *"Ask Jane")
        assert "New, shown" in journey.seen()
        await journey.until(lambda: line(lines) == "Ask Jane")
        await journey.press("escape")
        await journey.until(lambda: line(lines) == "")
