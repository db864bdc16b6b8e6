"""Tiering: journeys in keys; what comes of them is looked for in the session and in the file."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.records.session import Session, Treatment
from offwall.model.store.presets.catalogues import preset
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.topics import TIERS_SHEET
from offwall.model.topics.tiers import tier_effort
from offwall.tui.kit.messages import Go
from offwall.tui.kit.sections import Sections
from offwall.tui.topics.tier_grid import TierGrid
from offwall.tui.topics.tiers_screen import TIER_SECTIONS, TiersScreen
from offwall.tui.topics.topic_screen import TopicScreen
from tests.app.test_everywhere import UNSEEN
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

pytestmark = pytest.mark.slow  # a tool of part 1, walked at length

STRANGE = "[PO] =1+1 [/ 🧾e\u0301 ש"


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


@pytest.fixture
def untyped(tmp_path: Path) -> Path:
    """A session with stages and without one activity or tier."""
    path = tmp_path / "untyped.toml"
    path.write_text(dumps(preset("procurement")), encoding="utf-8")
    return path


async def to_tiering(journey: Journey) -> None:
    journey.app.post_message(Go("tiering"))
    await journey.settle()
    assert isinstance(journey.app.screen, TiersScreen)


async def to_tier(journey: Journey, code: str) -> None:
    """Stand in a tier's column, from whichever one."""
    grid = journey.app.screen.query_one(TierGrid)
    assert grid.has_focus
    codes = [tier.code for tier in journey.session.tiers]
    by = codes.index(code) - codes.index(grid.tier.code if grid.tier else "")
    await journey.press(*("l" * by or "h" * -by))


async def undone(journey: Journey, before: Session, times: int) -> None:
    """Take back what was done and find the session as it was; make it again, and it is as now."""
    after = journey.session
    await journey.press(*"u" * times)
    assert journey.session == before
    await journey.press(*"U" * times)
    assert journey.session == after
    assert journey.on_disk() == after


async def test_an_hour_without_one_activity(untyped: Path) -> None:
    async with afternoon(untyped) as journey:
        await journey.press("1")
        assert isinstance(journey.app.screen, TopicScreen)
        await journey.press("j", "j", "enter")
        assert isinstance(journey.app.screen, TiersScreen)
        assert not journey.session.topics  # looking chooses nothing
        assert "No tiers yet: n adds the lowest; I takes examples." in journey.seen()
        before = journey.session
        await journey.press("n", *"Bronze", "enter")
        await journey.press(*"Silver", "tab", "tab", *"100k", "tab", "8", "enter")
        await journey.press(*"Gold", "tab", "tab", *"5m", "tab", *"15", "enter", "escape")
        assert [(one.code, one.value_from, one.risk_from) for one in journey.session.tiers] == [
            ("gold", 5_000_000, 15),
            ("silver", 100_000, 8),
            ("bronze", 0, None),
        ]
        assert "Gold: from £5,000,000 or a risk score of 15 or more" in journey.seen()
        await undone(journey, before, 3)
        stages, before = [stage.id for stage in journey.session.stages], journey.session
        await journey.press("2")
        await to_tier(journey, "bronze")
        await journey.press("y", "y", "j", "x", "j", "y")
        said = {stage.id: dict(stage.tiers) for stage in journey.session.stages}
        assert [said[stage].get("bronze") for stage in stages[:4]] == ["light", "no", "yes", None]
        assert "Activities typed later inherit it." in " ".join(journey.seen().split())
        await undone(journey, before, 4)
        await journey.press("3")
        assert journey.seen().count("after part 2") == 3
        assert "3 in full, 1 light, 1 left out" in journey.seen()
        assert "After part 2: no activity is recorded yet." in journey.seen()
        await journey.press("q", "q", "2", "n", *"Ask for bids @cm", "enter", "escape")
        assert TIERS_SHEET.of(journey.session).records()[2]["light"] == 1
        await journey.press("t", "t", "t")
        assert "Bronze: 1 of 1 activity, 1 light" in journey.seen()


async def test_the_sample_with_three_tiers_set_and_the_bronze_process_shown(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await to_tiering(journey)
        before = journey.session
        await journey.press("x", "x")
        assert "Removed tier Silver" in journey.seen()
        await journey.press("x", "I")
        assert [tier.code for tier in journey.session.tiers] == ["gold", "silver", "bronze"]
        assert all(tier.review.startswith("Example") for tier in journey.session.tiers)
        assert not any(activity.tiers for activity in journey.session.activities)
        await undone(journey, before, 4)
        await journey.press("u", "u", "u", "u", "2")
        await to_tier(journey, "bronze")
        grid = journey.app.screen.query_one(TierGrid)
        stage, first = journey.session.stages[0].id, journey.session.in_order[0].id
        await journey.press("g", "x")
        assert "·no" in journey.seen()
        await journey.press("j", "y", "y", "space")
        assert dict(journey.session.activity_by_id[first].tiers)["bronze"] is Treatment.NO
        await journey.press("space", "minus")
        assert journey.session.activity_by_id[first].tiers == ()
        assert f"as its stage {stage} says" in journey.seen()
        await journey.press("minus")
        assert "Nothing is said here; it is inherited." in journey.seen()
        found, all_ = tier_effort(journey.session, "bronze"), len(journey.session.activities)
        assert found is not None
        await journey.press("t")
        assert f"Bronze: {found.activities} of {all_} activities" in journey.seen()
        shown = sum(row.key in journey.session.activity_by_id for row in grid.rows)
        assert shown == found.activities < all_
        await to_tier(journey, "gold")
        gold = tier_effort(journey.session, "gold")
        assert gold is not None
        assert f"Gold: {gold.activities} of {all_}" in journey.seen()
        await journey.press("t", "3")
        line = next(line for line in journey.seen().splitlines() if line.startswith(" Bronze  "))
        figures = (found.activities, found.light, found.decisions, found.documents)
        assert line.split()[1:] == [*map(str, figures), str(found.hand_offs), str(found.roles)]
        assert "Bronze would skip, though a risk code (R, T) is on it:" in journey.seen()
        assert "Verify KPI data" in journey.seen()


async def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_tiering(journey)
        before = journey.session
        await journey.press("n", *STRANGE, "tab", *"gold", "tab", *"-5", "enter")
        assert "gold is already the code of Gold." in journey.seen()
        await journey.press("up", *"x", "enter")
        assert "-5 is no value. Type whole pounds from 0" in journey.seen()
        await journey.press("down", *("backspace",) * 2, *"100000", "enter")
        assert "both begin at £100,000" in journey.seen()
        assert "[PO] =1+1 [/" in journey.seen()
        assert journey.session is before
        await journey.press(*("backspace",) * 6, *"7m", "tab", "9", "enter")
        assert "higher value than Gold, but at a lower" in " ".join(journey.seen().split())
        await journey.press("backspace", *"20", "enter", "escape")
        assert journey.session.tiers[0].name == STRANGE
        assert journey.session.tiers[0].code == "goldx"
        await undone(journey, before, 1)
        await journey.press("G", "e", "down", "down", "5", "enter")
        assert "Below £5 there is no tier." in journey.seen()
        await journey.press("escape", "x")
        assert "Removed tier Bronze; Silver begins at £0 now" in journey.seen()


@pytest.mark.parametrize(
    ("name", "size"),
    rest_at_night([("brackets", (60, 20)), ("empty", (80, 24)), ("brackets", (200, 50))], names=2),
)
async def test_every_section_stands_whatever_the_sample_and_the_size(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async with afternoon(copy_of(name, tmp_path), size=size) as journey:
        await to_tiering(journey)
        before = journey.session
        for number, section in enumerate(TIER_SECTIONS, 1):
            await journey.press(str(number), "G", "g", "j")
            assert journey.app.screen.query_one(Sections).current == section
            assert not UNSEEN.search(journey.seen())
        await journey.press("2", "t", *"l" * 12, "2", *"h" * 12, "1", "tab", "shift+tab", "1")
        for _ in TIER_SECTIONS:
            await journey.press("e", "escape", "h")
        assert journey.session == before
        assert journey.app.is_running


async def test_the_edge_of_the_grid_leads_on_to_the_next_section(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await to_tiering(journey)
        await journey.press("l", "l", "l")
        grid = journey.app.screen.query_one(TierGrid)
        assert grid.has_focus
        assert grid.tier is not None
        assert grid.tier.code == "bronze"
        await journey.press("l")
        assert not grid.has_focus
        assert "Documents" in journey.seen()
        await journey.press("h")
        assert grid.has_focus


async def test_hostile_text_is_text_and_what_is_wrong_in_the_file_is_said(tmp_path: Path) -> None:
    async with afternoon(copy_of("brackets", tmp_path)) as journey:
        await to_tiering(journey)
        before = journey.session
        assert "Below £1,000 there is no tier." in journey.seen()
        assert "[PO] sends [red]x[/red] to [/: from £9,000" in journey.seen()
        await journey.press("I")
        assert journey.session is before
        await journey.press("2", "y", "y", "j", "x", "3")
        # Its first activity says no of this tier already, so that key changes nothing.
        await undone(journey, before, 2)
