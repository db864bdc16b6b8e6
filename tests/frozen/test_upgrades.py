"""A program meets what another version left: files, state and settings, earlier and later."""

import json
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from offwall.tui.app import OffwallApp
from offwall.tui.kit.keymap import usable
from offwall.tui.looks import settings
from offwall.tui.services import recent_sessions
from tests.frozen.test_frozen import FROZEN, SAMPLE, put_state, session
from tests.journey import afternoon

READS = (
    *("add", "brief", "calendar", "chase", "check", "export", "list", "map", "next"),
    *("roles", "version"),
)
"""The commands that need nothing but a session."""


@pytest.mark.parametrize("command", READS)
def test_a_session_of_a_later_format_is_refused_and_stays(
    offwall: Any, tmp_path: Path, command: str
) -> None:
    path = session(SAMPLE, tmp_path)
    before = path.read_bytes().replace(b"format = 1", b"format = 2", 1)
    assert before != path.read_bytes()
    path.write_bytes(before)
    said = offwall(command, path, stdin="A post-it\n")
    assert said.status != 0
    assert "a newer Offwall wrote this file, and this one reads up to format 1" in said.err
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing was written beside it"


def line_of(entry: object) -> bytes:
    """A line of a journal that is whole, whatever it says."""
    body = json.dumps(entry, separators=(",", ":")).encode()
    digest = blake2b(body, digest_size=8).hexdigest().encode()
    return b'{"sum":"%b","entry":%b}\n' % (digest, body)


LATER = {
    "a change says more": {"number": 5, "changes": [["workshop", "", "date", "", "", "", "why"]]},
    "a change is a table": {"number": 5, "changes": [{"of": "workshop", "to": "2027-01-01"}]},
    "a table that is new": {"number": 5, "changes": [["weather", "w-1", "", "", "v = 1", ""]]},
    "a field that is new": {"number": 5, "changes": [["workshop", "", "mood", "", "v = 1", ""]]},
    "entries have other names": {"at": 5, "did": []},
    "an entry is a list": [5, []],
}
"""Lines as no version wrote them yet."""


def put_later_line(entry: object, path: Path) -> Path:
    """The frozen state folder, with such a line in the midst of its journal; the journal."""
    journal = next(
        one
        for one in put_state(path).glob("sessions/*/journal-1.jsonl")
        if (one.parent / "draft-1.json").exists()
    )
    first, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join((first, line_of(entry), *rest)))
    return journal


@pytest.mark.slow
@pytest.mark.parametrize("entry", LATER.values(), ids=list(LATER))
def test_of_a_journal_that_a_later_version_wrote_what_is_known_comes_back_and_the_rest_is_said(
    offwall: Any, tmp_path: Path, entry: object
) -> None:
    path = session(SAMPLE, tmp_path)
    journal = put_later_line(entry, path)
    before = journal.read_bytes()
    said = offwall("recover", path)
    assert (said.status, said.err) == (0, "")
    (row,) = (line for line in said.out.splitlines() if "journal-1" in line or " kept, " in line)
    assert "a part of it cannot be read" in row
    restored = tmp_path / "back.toml"
    assert offwall("recover", path, "--restore", row.split()[0], "-o", restored).status == 0
    assert "Never [reached] the file =1+1" in restored.read_text("utf-8")
    assert journal.read_bytes() == before


@pytest.mark.slow
async def test_the_editor_keeps_a_later_journal_aside_and_says_so(tmp_path: Path) -> None:
    path = session("after-a-sitting", tmp_path).rename(tmp_path / f"{SAMPLE}.toml")
    journal = put_later_line(LATER["a change is a table"], path)
    before = journal.read_bytes()
    async with afternoon(path) as journey:
        await journey.until(lambda: "Put back 4 changes" in journey.seen())
        left = "Not all could be put back; what is left is in"
        await journey.until(lambda: left in " ".join(journey.seen().split()))
    assert (journal.parent / "damaged-1.jsonl").read_bytes() == before
    assert "Never [reached] the file =1+1" in path.read_text("utf-8")


def test_small_files_of_a_later_version_are_passed_over_and_none_is_removed(
    offwall: Any, tmp_path: Path
) -> None:
    path = session(SAMPLE, tmp_path)
    state_dir = put_state(path)
    later = {
        state_dir / "recent.json": '{"sessions": [{"path": "/srv/a.toml"}]}',
        state_dir / "first-minute.json": '{"done": ["letter"]}',
        state_dir / "weather.json": "{}",
        **dict.fromkeys(state_dir.glob("sessions/*/about.json"), '{"at": {"path": 5}}'),
        **{one.parent / "index.db": "SQLite" for one in state_dir.glob("sessions/*/about.json")},
    }
    for one, text in later.items():
        one.write_text(text, "utf-8")
    assert recent_sessions.sessions() == []
    for words in (["list", path], ["recover", path], ["check", path]):
        assert offwall(*words).err == ""
    for one, text in later.items():
        assert one.read_text("utf-8") == text


@pytest.mark.slow
async def test_the_editor_opens_beside_small_files_of_a_later_version(tmp_path: Path) -> None:
    path = session(SAMPLE, tmp_path)
    state_dir = put_state()
    for name in ("recent.json", "first-minute.json"):
        (state_dir / name).write_text('{"sessions": [{"path": "/srv/a.toml"}]}', "utf-8")
    async with afternoon(path) as journey:
        await journey.press("2", "n", *"Agree it", "enter")
        journey.on_disk()
    assert "Agree it" in path.read_text("utf-8")


def test_keys_that_somebody_chose_then_are_keys_now() -> None:
    settings.settings_path().parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(FROZEN / "settings" / "keymap.toml", settings.settings_path())
    found = settings.read_settings()
    assert (found.theme, len(found.keys or {})) == ("textual-light", 7)
    kept, wrong = usable(found.keys or {}, OffwallApp)
    assert wrong == ""
    assert set(found.keys or {}) <= set(kept)
