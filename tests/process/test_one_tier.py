"""Part 2 through one tier: what it leaves out, and where the ways lead then."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.process.walk import tier_view
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def shown(journey: Journey) -> list[str]:
    table = journey.app.screen.query_one(ActivityTable)
    return [row.key for row in table.rows if not row.heading]


@pytest.mark.slow
async def test_each_tier_in_turn_and_then_all(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        for tier, says in (
            ("gold", "Gold: 48"),
            ("silver", "Silver: 43"),
            ("bronze", "Bronze: 21"),
        ):
            await journey.press("t")
            assert f"{says} of 48 activities" in journey.seen()
            assert "t next tier; Esc all" in journey.seen()
            kept = tier_view(journey.session, tier).kept
            assert shown(journey) == [activity.id for activity in kept]
        await journey.press("t")
        assert len(shown(journey)) == 48
        assert "next tier" not in journey.seen()


@pytest.mark.slow
async def test_the_card_and_following_go_over_what_is_left_out(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "t", "t", "t", "g", "j", "j", "j")
        table = journey.app.screen.query_one(ActivityTable)
        assert journey.session.ref_by_id[table.key] == "S1.03"
        bridged = tier_view(journey.session, "bronze").edges[table.key]
        ref = journey.session.ref_by_id
        # Only one answer is left to which tier it is, so nothing is asked.
        assert f"Bronze: then {ref[bridged[0].to]}" in journey.seen()
        await journey.press("]")
        assert table.key == bridged[0].to
        assert table.key in shown(journey)
        await journey.press("escape")
        assert "Bronze:" not in journey.seen()


@pytest.mark.slow
async def test_a_lighter_form_is_marked_and_what_drops_out_stays_until_the_next_tier(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "t", "t", "t", "g", "j")
        known = journey.session.in_order[0].id
        await journey.press("%")
        await journey.paste("bronze=light")
        await journey.press("enter")
        assert "Bronze: 21 of 48 activities, 1 light" in journey.seen()
        assert "(light) Hold handover" in journey.seen()
        assert "Bronze: light, then S1.02" in journey.seen()
        await journey.press("%")
        await journey.paste("bronze=no")
        await journey.press("enter")
        assert "Bronze: 20 of 48 activities" in journey.seen()
        assert "(left out) Hold handover" in journey.seen()
        await journey.press("t", "t", "t", "t")
        assert known not in shown(journey)
        await journey.press("u", "u")
        assert "Bronze: 21 of 48 activities" in journey.seen()
        assert known in shown(journey)
        assert journey.on_disk().in_order[0].tiers == journey.session.in_order[0].tiers


async def test_a_tier_and_a_filter_narrow_together(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "t", "t", "t", "f")
        await journey.paste("@cm")
        await journey.press("enter")
        seen = journey.seen()
        assert "Bronze: 21 of 48 activities; shown 9: @cm" in seen
        await journey.press("escape")
        assert len(shown(journey)) == 48


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cup-of-coffee", "empty"])
async def test_without_tiers_there_is_no_key_for_them(tmp_path: Path, name: str) -> None:
    async with afternoon(copy_of(name, tmp_path), size=(60, 20)) as journey:
        await journey.press("2")
        before = journey.seen()
        await journey.press("t")
        assert journey.seen() == before


async def test_tiers_with_hostile_names_are_text(tmp_path: Path) -> None:
    async with afternoon(copy_of("brackets", tmp_path)) as journey:
        await journey.press("2")
        for tier in journey.session.tiers:
            await journey.press("t", "j", "j")
            assert f" of {len(journey.session.activities)} activities" in journey.seen()
            kept = tier_view(journey.session, tier.code).kept
            assert shown(journey) == [activity.id for activity in kept]
