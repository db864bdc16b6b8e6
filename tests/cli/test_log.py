"""``offwall log`` and ``recover --at``: what was done, and the session as it was."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.records.changes import updated
from offwall.model.records.session import Session
from offwall.tui.kit import context
from offwall.tui.services import recent_sessions
from offwall.tui.services.document import OpenDocument

DAY = dt.datetime(2026, 12, 10, 14, 0, tzinfo=dt.UTC)


def says(text: str) -> Callable[[Session], Session]:
    return lambda now: updated(now, "activities", now.in_order[0], text=text)


@pytest.fixture
def recorded(own_sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with a comment, after changes at 14:05 and 14:20."""
    own_sample.write_bytes(b"# by hand\n" + own_sample.read_bytes())
    clock = [DAY]
    state = recent_sessions.state_folder()
    document = OpenDocument(own_sample, lambda message: None, state, lambda: clock[0])
    for minute, text in ((5, "[PO] =1+1\u202e"), (20, "Second")):
        clock[0] = DAY.replace(minute=minute)
        document.do(f"Wrote {text}", says(text))
    document.leave(60)
    monkeypatch.setattr(context, "now", lambda: DAY.replace(hour=17))
    return own_sample


def test_what_was_done_is_said_by_day_with_its_time_and_by_whom(
    offwall: Any, recorded: Path
) -> None:
    said = offwall("log", recorded)
    assert (said.status, said.err) == (0, "")
    day, *lines = said.out.splitlines()
    assert day == "Thu 10 Dec 2026"
    assert lines[0] == "  14:00  Opened  (B. Recorder)"
    assert lines[-2] == "  14:20  Wrote Second  (B. Recorder)"
    assert lines[-1].startswith("    S1.01 “Second”: was “[PO] =1+1")
    assert "\u202e" not in said.out
    changes = json.loads(offwall("log", recorded, "--json").out)["changes"]
    assert [one["at"] for one in changes[1:]] == [
        *("2026-12-10T14:05:00+00:00", "2026-12-10T14:20:00+00:00")
    ]
    assert changes[2]["label"] == "Wrote Second"


def test_nothing_done_is_said(offwall: Any, wall: Path) -> None:
    assert "Nothing that was done" in offwall("log", wall).out
    assert json.loads(offwall("log", wall, "--json").out) == {"changes": []}
    said = offwall("recover", wall, "--at", "14:20")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


def test_the_session_as_it_was_is_written_beside_it_with_its_comments(
    offwall: Any, recorded: Path
) -> None:
    before = recorded.read_bytes()
    said = offwall("recover", recorded, "--at", "14:19")
    assert said.status == 0
    beside = recorded.with_name("contract-management-2.toml")
    assert "(Thu 10 Dec 2026, 14:05)" in said.out
    assert store.read_session(beside).in_order[0].text == "[PO] =1+1\u202e"
    assert beside.read_bytes().startswith(b"# by hand\n")
    # Never over the session, nor over another file, unless that is said.
    said = offwall("recover", recorded, "--at", "14:00", "-o", recorded)
    assert (said.status, "--force" in said.err) == (2, True)
    assert recorded.read_bytes() == before
    assert offwall("recover", recorded, "--at", "14:00", "-o", recorded, "--force").status == 0
    assert store.read_session(recorded).in_order[0].text.startswith("Hold handover")


@pytest.mark.parametrize("at", ["13:59", "25:00", "soon", "", "31 Feb 14:20"])
@pytest.mark.slow
def test_a_time_of_which_nothing_is_known_writes_nothing(
    offwall: Any, recorded: Path, at: str
) -> None:
    said = offwall("recover", recorded, "--at", at)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert [path.name for path in recorded.parent.glob("*.toml")] == [recorded.name]


def test_a_file_that_was_spoilt_comes_back_as_it_was(offwall: Any, recorded: Path) -> None:
    recorded.write_bytes(b"\x00" * 10)
    assert offwall("recover", recorded, "--at", "14:20", "-o", "back.toml").status == 0
    assert store.read_session(Path("back.toml")).in_order[0].text == "Second"
