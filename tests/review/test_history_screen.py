"""What was done, in keys: undo goes there, and from the list one goes there, back, or takes one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.records.session import Session
from offwall.tui.actions.plan_screen import PlanScreen
from offwall.tui.kit.sections import Sections
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.review.history_screen import (
    HistoryList,
    HistoryScreen,
    ThenList,
    places_of_change,
)
from offwall.tui.services.co_editing import READ_ONLY_REFUSAL
from offwall.tui.setup.setup_screen import SetupScreen
from offwall.tui.topics.topic_screen import TopicScreen
from tests.journey import Journey, afternoon

EMPTY = "No change is recorded yet"


async def listed(journey: Journey, label: str) -> None:
    """Wait until the list has a change."""
    await journey.until(
        lambda: any(one.startswith(label) for one in labels(journey)) or label in EMPTY
    )
    await journey.until(lambda: label in journey.seen())


def labels(journey: Journey) -> list[str]:
    rows = journey.app.screen.query_one(HistoryList).rows
    return [row.cells[1] for row in rows if not row.heading and isinstance(row.cells[1], str)]


def record_at(journey: Journey) -> str:
    assert isinstance(journey.app.screen, RecordScreen)
    return journey.app.screen.standing_on()


@pytest.mark.slow
async def test_undo_goes_to_what_was_undone_also_in_another_part(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        first, second = before.in_order[0].id, before.in_order[1].id
        await journey.press("2", "g", "j", "o", *"Who", "enter", "G")
        assert record_at(journey) != first
        await journey.press("u")
        assert record_at(journey) == first
        assert journey.session == before
        await journey.press("U", "q", "3", "u")
        assert record_at(journey) == first
        assert "Undone" in journey.seen()
        assert "Here: 2 Review" in journey.seen()
        # A change of the set-up is seen there, on its row.
        await journey.press("q", "0", "3", "g", "J", "q", "2")
        assert journey.session != before
        await journey.press("u")
        assert journey.session == before
        assert isinstance(journey.app.screen, SetupScreen)
        await journey.press("q", "2", "g", "j", "j")
        assert record_at(journey) == second
        # Where it is in a section that is not shown, that is shown.
        await journey.press("q", "1", "l", "g", "x", "h")
        assert journey.session != before
        assert journey.app.screen.query_one(Sections).current == "Topic"
        await journey.press("u")
        assert journey.app.screen.query_one(Sections).current == "Issues"


async def test_nothing_left_and_nothing_changed_are_said(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "u")
        assert "Nothing to undo" in journey.seen()
        await journey.press("U")
        assert "Nothing to make again" in journey.seen()
        await journey.press("g", "j", "e", "enter", "escape")
        assert journey.session == before
        await journey.press("u")
        assert "Nothing to undo" in journey.seen()
        await journey.press("g", "j", "x")
        assert "u brings it back" in journey.seen()


@pytest.mark.slow
async def test_what_was_done_is_listed_and_gone_to_also_after_a_restart(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "q", "3", "G", "x", "z")
        await listed(journey, "Removed S1.01")
        assert isinstance(journey.app.screen, HistoryScreen)
        assert "B. Recorder" in journey.seen()
    async with afternoon(own_sample) as journey:
        await journey.press("z")
        await listed(journey, "Removed S1.01")
        found = [label.split()[0] for label in labels(journey)]
        assert found == ["Removed:", "Removed", "Opened"]
        await journey.press("g", "j", "enter")
        assert isinstance(journey.app.screen, PlanScreen)
        await journey.press("q")
        assert isinstance(journey.app.screen, HistoryScreen)
        await journey.press("j", "enter")
        assert isinstance(journey.app.screen, RecordScreen)


@pytest.mark.slow
async def test_all_is_taken_back_to_a_change_and_undone_as_one(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "g", "j", "x", "x", "x", "z")
        await listed(journey, "Opened")
        after = journey.session
        await journey.press("g", "G", "<")
        assert "3 changes made since" in journey.seen()
        await journey.press("escape")
        assert journey.session == after
        await journey.press("<", "enter")
        assert journey.session == before
        await listed(journey, "Taken back to")
        await journey.press("u")
        assert journey.session == after
        assert isinstance(journey.app.screen, HistoryScreen)
        await listed(journey, "Undone: Taken back")
        await journey.press("g", "j", "<")
        assert "Nothing differs" in journey.seen()


@pytest.mark.slow
async def test_the_session_as_it_was_gives_one_record_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        gone = before.in_order[0]
        await journey.press("2", "g", "j", "x", "j", "J", "z")
        await listed(journey, "Opened")
        await journey.press("G", "B")
        assert "As it was" in journey.seen()
        then = journey.app.screen.query_one(ThenList)
        then.stand_on(f"activities {gone.id}")
        await journey.settle()
        assert "removed." in journey.seen()
        moved = journey.session
        await journey.press("<")
        assert journey.session.in_order[0] == gone
        assert len(journey.session.activities) == len(before.activities)
        await journey.press("u")
        assert journey.session == moved
        # A heading is no record, and what is confirmed is confirmed one at a time.
        await journey.press("g", "<")
        assert journey.session == moved
        await journey.press("q", "q", "space", "z", "G", "B")
        then = journey.app.screen.query_one(ThenList)
        several = next(row.key for row in then.rows if "onfirmed" in row.text())
        then.stand_on(several)
        before = journey.session
        await journey.press("<")
        assert journey.session == before
        assert "one at a time" in journey.seen()
        await journey.press("g", "j", "enter")
        assert isinstance(journey.app.screen, TopicScreen)
        await journey.press("q", "q")
        assert isinstance(journey.app.screen, HistoryScreen)


@pytest.mark.slow
async def test_a_read_only_session_shows_its_log_and_takes_nothing_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x")
        journey.on_disk()
    async with afternoon(own_sample) as journey:
        editing = journey.app.services.editing
        assert editing.document is not None
        editing.document.store.read_only = True
        journey.app.state = replace(journey.app.state, refused=READ_ONLY_REFUSAL)
        before = journey.session
        await journey.press("z")
        await listed(journey, "Removed S1.01")
        await journey.press("G", "<", "enter")
        assert journey.session == before


async def test_where_nothing_was_done_it_says_so(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("z")
        await listed(journey, EMPTY)
        await journey.press("enter", "<", "B", "q", "z", "z")
        assert isinstance(journey.app.screen, HistoryScreen)


def test_the_place_of_a_change(own_sample: Path) -> None:
    from dataclasses import replace

    from offwall.model import store

    session = store.read_session(own_sample)

    def place(change: Callable[[Session], Session]) -> tuple[str, str, str]:
        return places_of_change(session, change(session))[0]

    role = session.roles[-1].code
    assert not places_of_change(session, session)
    assert place(lambda s: replace(s, roles=s.roles[:-1])) == ("setup", "Roles", role)
    action = session.actions[0].id
    fewer = replace(session, actions=session.actions[1:])
    assert places_of_change(fewer, session) == [("plan", action, action)]
    assert place(lambda s: replace(s, tiers=()))[0] == "tiering"
    assert place(lambda s: replace(s, board=None))[0] == "governance"
