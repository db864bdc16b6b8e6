"""The guide, done in keys from its first section to its last: each key does what the guide says."""

import datetime as dt
from pathlib import Path

import pytest

from offwall.model.records.session import Activity, Improve, IssueStatus
from offwall.tui.actions.plan_screen import PlanScreen
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.raci_screen import RaciScreen
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.process.walk_screen import WalkScreen
from offwall.tui.process.wall_screen import WallScreen
from offwall.tui.review.checks import ChecksScreen
from offwall.tui.review.close_down_screen import CloseDownScreen
from offwall.tui.setup.glossary_screen import GlossaryScreen
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow


def _here(journey: Journey) -> Activity:
    found = journey.app.screen.query_one(ActivityTable).record
    assert found is not None
    return found


async def _in_part_2(journey: Journey) -> None:
    """On the second activity."""
    await journey.press("2", "g", "j", "j")
    assert _here(journey) == journey.session.in_order[1]


async def _line(journey: Journey, key: str, text: str) -> None:
    await journey.press(key)
    await journey.type(text)
    await journey.press("enter", "escape")


async def test_part_2_what_the_group_says_and_the_key(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await _in_part_2(journey)
        many, known = len(journey.session.activities), _here(journey).id

        def now() -> Activity:
            return journey.session.activity_by_id[known]

        await _line(journey, "@", "hos")
        assert now().lead == "hos"
        await _line(journey, "+", "KPI form")
        assert now().documents[-1] == "KPI form"
        await journey.press("J")
        assert journey.session.ref_by_id[known] == "S1.03"
        await journey.press("K")
        assert journey.session.ref_by_id[known] == "S1.02"
        await journey.press("L")
        assert now().stage == "S2"
        await journey.press("H")
        assert now().stage == "S1"
        await journey.press("M")
        await journey.type("S2.01")
        await journey.press("enter")
        assert journey.session.ref_by_id[known].startswith("S2.0")
        await journey.press("u")
        await journey.press("&")
        assert len(journey.session.activities) == many - 1
        await journey.press("u")
        assert len(journey.session.activities) == many
        await journey.press("o")
        await journey.type("Procurement or head of service?")
        await journey.press("enter")
        assert "Procurement or head of service?" in [
            a.open_point for a in journey.session.activities
        ]
        await journey.press("i")
        assert _here(journey).improve is Improve.KEEP


async def test_part_2_new_split_and_confirmed(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await _in_part_2(journey)
        await journey.press("n")
        await journey.type(
            "Check the insurance, and file the certificate @cm a:hos ?Valid >yes >no"
        )
        await journey.press("enter", "escape")
        new = _here(journey)
        assert journey.session.ref_by_id[new.id] == "S1.03"
        assert (new.lead, new.accountable, len(new.routes)) == ("cm", "hos", 2)
        await journey.press("space")
        assert journey.session.activity_by_id[new.id].confirmed
        assert not _here(journey).confirmed
        await journey.press("g", "j", "j", "j", "S", "tab")
        await journey.type("File the certificate")
        await journey.press("enter")
        assert journey.session.in_order[3].text == "File the certificate"


async def test_part_2_other_ways_to_look(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await _in_part_2(journey)
        await journey.press("]")
        assert _here(journey) == journey.session.in_order[2]
        await journey.press("b")
        assert _here(journey) == journey.session.in_order[1]
        for key, screen in (
            ("r", RaciScreen),
            ("W", WallScreen),
            ("R", WalkScreen),
            ("c", ChecksScreen),
            ("a", GlossaryScreen),
        ):
            await journey.press(key)
            assert isinstance(journey.app.screen, screen)
            await journey.press("escape")
            assert isinstance(journey.app.screen, RecordScreen)


async def test_part_2_seen_less_and_all_again(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await _in_part_2(journey)
        await journey.press("f")
        await journey.type("unconfirmed")
        await journey.press("enter")
        assert "Hold handover meeting" not in journey.seen()
        await journey.press("escape", "t")
        assert "Gold" in journey.seen()
        await journey.press("escape", "g", "m")
        assert journey.session.ref_by_id[_here(journey).id] == "S6.04"


async def test_part_1_issues_and_actions(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "l", "*")
        await journey.type("Adopt the checklist")
        await journey.press("enter", "escape", "h", "l", "g", "o")
        await journey.type("One checklist for all")
        await journey.press("enter", "enter")
        assert journey.session.issues[0].status is IssueStatus.CLOSED
        await journey.press("l", "n")
        await journey.type("Share the checklist @pro by 29 Jan 2/1")
        await journey.press("enter", "escape")
        shared = next(one for one in journey.session.actions if one.text == "Share the checklist")
        assert (shared.owner, shared.due) == ("pro", dt.date(2027, 1, 29))
        await journey.press("5", "2")
        shared = next(one for one in journey.session.actions if one.id == shared.id)
        assert (shared.impact, shared.effort) == (5, 2)


async def test_part_3_and_leaving(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        many = len(journey.session.actions)
        await journey.press("3", "l", "enter")
        assert len(journey.session.actions) == many + 1
        await journey.press("h", "g", "j", "w")
        await journey.type("2027-03-01")
        await journey.press("enter")
        assert dt.date(2027, 3, 1) in {one.due for one in journey.session.actions}
        await journey.press("C")
        assert isinstance(journey.app.screen, CloseDownScreen)
        await journey.press("q")
        assert isinstance(journey.app.screen, PlanScreen)
        await journey.press("E")
        assert "Everything, into a new folder" in journey.seen()
        await journey.press("j", "enter")
        await journey.until(own_sample.with_suffix(".xlsx").exists)
        assert own_sample.with_suffix(".xlsx").stat().st_size > 10_000
