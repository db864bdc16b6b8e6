"""What the first screen, home and every screen have keys for, as functions: without an App."""

import datetime as dt
from pathlib import Path

import pytest

from offwall.model.records import Session
from offwall.model.records.session import Clash, Earlier
from offwall.tui.home import AGAIN_LEAVES, HOME_KEYS, HomeView
from offwall.tui.kit.context import Context
from offwall.tui.kit.keys import Here, Key, Outcome, Question
from offwall.tui.kit.messages import (
    Back,
    ExportRequested,
    Go,
    LeaveWanted,
    Open,
    ProjectedTold,
    SessionOpened,
)
from offwall.tui.kit.session_screen import SCREEN_KEYS
from offwall.tui.setup.start_screen import START_KEYS, StartContext

FRESH = Context(seed=lambda: "seed", today=lambda: dt.date(2026, 12, 10))


def run(table: list[object], name: str, at: object) -> Outcome:
    """What the command of a key comes to."""
    [found] = [one for one in table if isinstance(one, Key) and (one.id or "").endswith(f".{name}")]
    assert found.command is not None
    return found.command(at, None)


def at_home(*, asks: bool = False, leaving: bool = False) -> Here:
    return Here(Session(), FRESH, view=HomeView(asks, leaving))


def start(refused: str = "", *recent: str) -> tuple[StartContext, list[Open]]:
    """A first screen whose desk refuses with a sentence, or takes; and what lay on it."""
    laid: list[Open] = []

    def lay_out(wanted: Open) -> str:
        laid.append(wanted)
        return refused

    return StartContext([Path(one) for one in recent], ("plain", "housing"), lay_out), laid


@pytest.mark.parametrize("name", ["topic", "record", "plan", "setup", "close", "clashes", "again"])
def test_home_goes_to_each_part(name: str) -> None:
    assert run(HOME_KEYS, name, at_home()) == Outcome(post=Go(name))


def test_home_leaves_by_the_second_q_alone() -> None:
    assert run(HOME_KEYS, "leave", at_home()) == Outcome(say=AGAIN_LEAVES)
    assert isinstance(run(HOME_KEYS, "leave", at_home(leaving=True)).post, LeaveWanted)


def test_home_is_told_once_if_the_screen_is_projected() -> None:
    assert run(HOME_KEYS, "projected", at_home(asks=True)) == Outcome(post=ProjectedTold(True))
    told = run(HOME_KEYS, "not-projected", at_home(asks=True))
    assert told == Outcome(post=ProjectedTold(False))
    needs = {one.id: one.needs for one in HOME_KEYS if isinstance(one, Key) and one.needs}
    asked = needs["home.projected"]
    assert [bool(asked.of(at_home(asks=one))) for one in (True, False)] == [True, False]


def test_home_shows_conflicts_and_last_time_where_there_are_any() -> None:
    needs = {one.id: one.needs for one in HOME_KEYS if isinstance(one, Key) and one.needs}
    bare = at_home()
    clash = Clash("x-1", "activities", "a-1", "text", "theirs")
    full = Here(Session(clashes=(clash,), earlier=Earlier()), FRESH)
    for name in ("home.clashes", "home.again"):
        assert needs[name].hides
        assert not needs[name].of(bare)
        assert needs[name].of(full)


def test_any_screen_parks_where_one_stands_exports_and_goes_back() -> None:
    at = Here(Session(), FRESH, "a-1")
    assert run(SCREEN_KEYS, "back", at) == Outcome(post=Back("a-1"))
    assert run(SCREEN_KEYS, "export", at) == Outcome(post=ExportRequested())
    asked = run(SCREEN_KEYS, "park", at).ask
    assert isinstance(asked, Question)
    made = asked.answered({"text": "Who owns it?", "by": "Legal"})
    assert made.change is not None
    [issue] = made.change(Session()).issues
    assert (issue.text, issue.activity, issue.parked) == ("Who owns it?", "a-1", True)


def test_a_new_session_has_a_preset_that_there_is() -> None:
    at, laid = start()
    asked = run(START_KEYS, "new", at).ask
    assert isinstance(asked, Question)
    assert "plain, housing" in asked.answered({"path": "s.toml", "preset": "none"}).wrong
    assert "Type the path" in asked.answered({"path": " ", "preset": "plain"}).wrong
    assert laid == []
    made = asked.answered({"path": "s.toml", "preset": "plain"})
    assert isinstance(made.post, SessionOpened)
    assert laid == [Open("s.toml", "plain")]


def test_what_the_desk_refuses_is_said_and_not_shown() -> None:
    at, laid = start("It is no session.", "last.toml")
    asked = run(START_KEYS, "follow", at).ask
    assert isinstance(asked, Question)
    assert asked.fields[0].value == "last.toml"
    assert "last time" in asked.answered({"path": "two.toml", "earlier": ""}).wrong
    refused = asked.answered({"path": "two.toml", "earlier": "last.toml"})
    assert refused.wrong == "It is no session."
    assert laid == [Open("two.toml", "", "last.toml")]


def test_the_sample_is_opened_at_once_and_a_file_by_its_path() -> None:
    at, laid = start()
    assert run(START_KEYS, "sample", at) == Outcome(post=Open("", "sample"))
    asked = run(START_KEYS, "open", at).ask
    assert isinstance(asked, Question)
    assert isinstance(asked.answered({"path": "mine.toml"}).post, SessionOpened)
    assert laid == [Open("mine.toml")]
