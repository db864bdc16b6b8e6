"""The second session: made from the first, gone through one key each, and what is left is said."""

import datetime as dt
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import (
    Action,
    ActionStatus,
    Improve,
    Issue,
    IssueStatus,
    Remark,
    RemarkStatus,
    Session,
)
from offwall.tui.app import OffwallApp
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.review.carry_over_screen import CarryOverList, CarryOverScreen
from offwall.tui.services import session_files
from tests.journey import Journey, afternoon

LATER = dt.date(2027, 3, 1)


def first(folder: Path) -> Session:
    """The sample after its afternoon: two actions late, an issue, two remarks back, two marks."""
    old = store.read_session(sample_sessions.path("contract-management"))
    activities = [replace(one, open_point="") for one in old.activities]
    for place, mark in ((2, Improve.CHANGE), (9, Improve.DROP)):
        activities[place] = replace(
            activities[place], improve=mark, sequence_confirmed=True, lead_confirmed=True
        )
    remarks = (
        Remark("r-1", activities[0].id, "Housing has one [PO] =1+1 \u202e", "[/ Doe"),
        Remark("r-2", "", "Thanks 🙂"),
    )
    actions = (
        Action("n-1", "Late [b]one", due=dt.date(2027, 1, 29), owner="cm"),
        Action("n-2", "Later", due=dt.date(2027, 2, 26)),
    )
    issues = (Issue("i-1", "Nobody owns it"),)
    session = replace(
        old, activities=tuple(activities), remarks=remarks, actions=actions, issues=issues
    )
    store.create_session(folder / "first.toml", session)
    return session


@pytest.fixture
def second(tmp_path: Path) -> Path:
    first(tmp_path)
    session_files.make_second_session(tmp_path / "second.toml", tmp_path / "first.toml", seed="s")
    return tmp_path / "second.toml"


async def read_back(journey: Journey) -> None:
    """Wait until the session of last time was read."""
    await journey.app.workers.wait_for_complete()
    await journey.settle()


@pytest.mark.slow
async def test_all_that_is_left_over_is_gone_through_one_key_each(second: Path) -> None:
    async with afternoon(second, today=LATER) as journey:
        assert "7 things left over from last time" in journey.seen()
        await journey.press("B")
        await read_back(journey)
        seen = journey.seen()
        assert "To go: 2 actions, 1 issue, 2 remarks, 2 activities." in seen
        assert "31 days ago" in seen
        assert "nothing of it changed" in seen
        before = journey.session
        await journey.press("3", "2", "3", "1", "2", "1")
        assert "To go: 1 activity." in journey.seen()
        assert "was confirmed on 10 Dec 2026" in journey.seen()
        await journey.press("space")
        assert "That was the last." in " ".join(journey.seen().split())
        assert "All of it is gone through." in journey.seen()
        after = journey.on_disk()
        late, later = after.actions
        assert (late.status, late.done_on, later.status) == (
            *(ActionStatus.DONE, LATER),
            ActionStatus.DOING,
        )
        assert after.issues[0].status is IssueStatus.CLOSED
        assert {one.status for one in after.remarks} == {RemarkStatus.CLOSED}
        marks = [after.activities[place].improve for place in (2, 9)]
        assert marks == [Improve.KEEP, Improve.DROP]
        assert after.activities[9].confirmed
        assert "Housing has one [PO] =1+1" in after.activities[0].note
        await journey.press(*"uuuuuuu")
        assert journey.session == before
        table = journey.app.screen.query_one(CarryOverList)
        assert table.key == "n-1"
        await journey.press("w")
        await journey.paste("2w")
        await journey.press("enter")
        assert journey.session.actions[0].due == dt.date(2027, 3, 15)
        assert table.key == "n-2"


@pytest.mark.slow  # through part 2 and back
async def test_enter_goes_to_the_activity_and_what_changed_there_is_said(second: Path) -> None:
    async with afternoon(second, size=(60, 20), today=LATER) as journey:
        await journey.press("B", "G")
        await read_back(journey)
        ref = "S2.04"
        await journey.press("enter")
        assert isinstance(journey.app.screen, RecordScreen)
        await journey.press("@")
        await journey.type("hos")
        await journey.press("enter", "escape", "q")
        assert isinstance(journey.app.screen, CarryOverScreen)
        key = journey.session.id_by_ref[ref]
        assert journey.session.activity_by_id[key].lead == "hos"
        assert journey.app.screen.query_one(CarryOverList).key == key
        assert "lead now Head of Service" in " ".join(journey.seen().split())


async def test_without_the_file_of_last_time_all_else_is_there(second: Path) -> None:
    (second.parent / "first.toml").unlink()
    async with afternoon(second, today=LATER) as journey:
        await journey.press("B")
        await read_back(journey)
        assert "first.toml is no longer there" in " ".join(journey.seen().split())
        await journey.press("3")
        assert journey.session.actions[0].status is ActionStatus.DONE


async def test_a_share_that_hangs_holds_nobody_up(
    second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = threading.Event()
    monkeypatch.setattr(session_files, "earlier_session", lambda *_: answer.wait(60))
    try:
        async with afternoon(second, today=LATER) as journey:
            await journey.press("B", "3")
            assert journey.session.actions[0].status is ActionStatus.DONE
            assert "Since" not in journey.seen()
    finally:
        assert not answer.is_set()
        answer.set()


async def test_a_first_session_is_not_led_to_it(own_sample: Path) -> None:
    async with afternoon(own_sample, today=LATER) as journey:
        assert "Last time" not in journey.seen()
        await journey.press("B")
        assert not isinstance(journey.app.screen, CarryOverScreen)


async def test_the_first_screen_makes_a_second_session(
    second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second.unlink()
    monkeypatch.chdir(second.parent)
    app = OffwallApp()
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            journey = Journey(app, pilot, second)
            await journey.settle()
            await journey.press("B", "enter")
            assert "Type the path" in journey.seen()
            await journey.paste("nowhere.toml")
            await journey.press("enter")
            assert "nowhere.toml is not there" in journey.seen()
            await journey.press("ctrl+u")
            await journey.paste("first.toml")
            await journey.press("enter")
            assert "follows the session of Thu 10 Dec 2026" in " ".join(journey.seen().split())
    finally:
        app.services.close()
    assert store.read_session(second).earlier is not None
