"""Part 2's order: moved, joined, split; the cursor stays and what pointed there still does."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.records.session import Activity, Session
from offwall.model.review.checks import findings
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    path = tmp_path / "coffee.toml"
    path.write_bytes(sample_sessions.path("cup-of-coffee").read_bytes())
    return path


def standing_on(journey: Journey) -> str:
    """The id of the activity under the cursor."""
    return journey.app.screen.query_one(ActivityTable).key


def at(session: Session, ref: str) -> Activity:
    return session.activity_by_id[session.id_by_ref[ref]]


@pytest.mark.slow
async def test_every_move_keeps_the_cursor_and_is_taken_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j")
        before, moved = journey.session, at(journey.session, "S1.02")
        for keys, ref in (
            ("J", "S1.03"),
            ("K", "S1.02"),
            ("K", "S1.01"),
            ("L", "S2.01"),
            ("H", "S1.06"),
            ("J", "S1.06"),
        ):
            await journey.press(keys)
            assert journey.session.ref_by_id[moved.id] == ref
            assert standing_on(journey) == moved.id
        assert "already the last of its stage" in journey.seen()
        await journey.press("M")
        await journey.paste("s3.02")
        await journey.press("enter")
        assert journey.session.ref_by_id[moved.id] == "S3.02"
        assert standing_on(journey) == moved.id
        await journey.press(*"uuuuuu")
        assert journey.session == before
        assert standing_on(journey) == moved.id
        await journey.press("H")
        assert "no stage before" in journey.seen()
        await journey.press("G", "L")
        assert "no stage after" in journey.seen()
        assert journey.session == before


async def test_joining_leaves_one_with_all_of_both_and_stands_on_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j", "j")
        before = journey.session
        upper, lower = at(before, "S1.02"), at(before, "S1.03")
        leading = [a.id for a in before.activities if lower.id in {r.to for r in a.routes}]
        assert lower.decision
        await journey.press("&")
        one = at(journey.session, "S1.02")
        assert standing_on(journey) == one.id == upper.id
        assert "Joined S1.03 with S1.02" in journey.seen()
        assert len(journey.session.activities) == 47
        assert one.text == upper.text
        assert f"Also worded: {lower.text}" in one.note
        assert one.documents == (*upper.documents, *lower.documents)
        assert one.decision == lower.decision
        for known in leading:
            targets = {route.to for route in journey.session.activity_by_id[known].routes}
            assert upper.id in targets
            assert lower.id not in targets
        joined = journey.session
        assert journey.on_disk() == joined
        await journey.press("e", "enter")
        assert journey.session == joined
        await journey.press("u")
        assert journey.session == before
        await journey.press("U")
        assert journey.session.activity_by_id.get(lower.id) is None


@pytest.mark.slow
async def test_joining_all_of_a_stage_leaves_no_pointer_to_what_is_gone(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "G")
        before = journey.session
        found = {(each.kind, each.place) for each in findings(before) if "lost" in each.kind}
        await journey.press(*"&&&&&")
        stage = before.stages[-1].id
        assert len(journey.session.by_stage[stage]) == 1
        kinds = {(each.kind, each.place) for each in findings(journey.session)}
        assert "missing target" not in {kind for kind, _ in kinds}
        assert {each for each in kinds if "lost" in each[0]} <= found
        for collection in ("issues", "actions"):
            assert len(getattr(journey.session, collection)) == len(getattr(before, collection))
        await journey.press(*"uuuuu")
        assert journey.session == before


async def test_two_accountable_are_an_open_point_that_the_card_shows(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("Take the order @dri a:mak +order ON a slip of paper")
        await journey.press("enter", "escape", "&")
        one = journey.session.in_order[0]
        assert one.open_point == "Accountable: Kitchen Owner (kit) or Coffee Maker (mak)?"
        assert (one.lead, one.also, one.accountable) == ("mak", ("dri",), "kit")
        assert one.consulted == ()
        assert one.documents == ("Order on a slip of paper",)
        assert not one.confirmed
        seen = journey.seen()
        assert "Accountable: Kitchen Owner (kit) or" in seen
        # The next of the review settles it.
        await journey.press("space")
        assert journey.session.in_order[0].open_point == ""


async def test_the_first_of_a_stage_and_a_heading_have_none_above(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "g", "&", "S", "j", "&", "l", "j", "&")
        assert standing_on(journey) == at(before, "S2.01").id
        table = journey.app.screen.query_one(ActivityTable)
        assert table.check_action("run", ("activity.join",)) is None
        assert table.check_action("run", ("activity.split",)) is True
        await journey.press("j")
        assert table.check_action("run", ("activity.join",)) is True
        assert journey.session == before


@pytest.mark.slow
async def test_nothing_is_joined_with_what_a_filter_hides(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "f")
        await journey.paste("set its tier")
        await journey.press("enter")
        lower = at(before, "S1.03")
        assert standing_on(journey) == lower.id
        await journey.press("&")
        assert "S1.02, the one above, is not shown now" in journey.seen()
        assert journey.session == before
        await journey.press("escape", "&")
        assert lower.id not in journey.session.activity_by_id


@pytest.mark.slow
async def test_splitting_makes_the_second_after_it_and_stands_there(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j", "j", "S")
        before, old = journey.session, at(journey.session, "S1.03")
        assert old.routes
        leading = {a.id for a in before.activities if old.id in {r.to for r in a.routes}}
        seen = journey.seen()
        assert "First" in seen
        assert old.text[:30] in seen
        await journey.press("tab")
        await journey.paste("Set the tier")
        await journey.press("enter")
        first, second = at(journey.session, "S1.03"), at(journey.session, "S1.04")
        assert first.id == old.id
        assert standing_on(journey) == second.id
        assert "Split S1.03" in journey.seen()
        assert (first.text, first.documents, first.routes) == (old.text, old.documents, ())
        assert (second.text, second.lead, second.accountable) == (
            "Set the tier",
            old.lead,
            old.accountable,
        )
        assert (second.decision, second.routes) == (old.decision, old.routes)
        assert not second.confirmed
        still = {a.id for a in journey.session.activities if old.id in {r.to for r in a.routes}}
        assert still - {second.id} == leading - {old.id}
        assert journey.on_disk() == journey.session
        await journey.press("u")
        assert journey.session == before
        await journey.press("U", "k", "&")
        assert at(journey.session, "S1.03").routes == old.routes


@pytest.mark.slow
async def test_a_split_without_a_second_is_said_and_nothing_typed_is_lost(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("2", "g", "j", "S", "end")
        await journey.paste(" please")
        await journey.press("enter")
        assert "what the second one is" in journey.seen()
        assert "please" in journey.seen()
        assert journey.session == before
        await journey.press("escape")
        assert journey.session == before
        assert journey.app.screen.query_one(ActivityTable).has_focus


async def test_a_split_in_one_burst_is_wholly_taken(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        keys = ["2", "g", "j", "S", "tab", *"Write it down", "enter", "@", *"dri", "enter"]
        await journey.press(*keys)
        second = journey.session.in_order[1]
        assert (second.text, second.lead) == ("Write it down", "dri")


@pytest.mark.slow
async def test_an_open_target_finds_its_activity_when_that_is_typed(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        await journey.press("2", "G", "n")
        await journey.paste("Taste it ?Good >yes=end >no=make it again")
        await journey.press("enter")
        asked = journey.session.activities[-1]
        assert asked.routes[1].to_words == "make it again"
        await journey.paste("Make it  again")
        await journey.press("enter", "escape")
        found = journey.session.activity_by_id[asked.id].routes[1]
        assert (found.to, found.to_words) == (journey.session.activities[-1].id, "")
        assert journey.on_disk().activity_by_id[asked.id].routes[1] == found
        await journey.press("n")
        await journey.paste("Taste it again ?Better >yes=end >no=grind more")
        await journey.press("enter", "escape", "g", "j", "S", "tab")
        await journey.paste("Grind more")
        await journey.press("enter")
        assert journey.session.activities[-1].routes[1].to == standing_on(journey)


async def test_hostile_text_is_joined_and_split_as_text(brackets: Path, tmp_path: Path) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path) as journey:
        await journey.press("2", "g")
        before = journey.session
        for _ in range(3):
            await journey.press("S")
            assert "\x1b" not in journey.seen()
            await journey.press("escape", "j", "&")
            assert "\x1b" not in journey.seen()
        await journey.press(*"j&" * (len(before.activities) + len(before.stages)))
        joined = journey.session
        columns = [column for column in before.by_stage.values() if column]
        assert len(joined.activities) < len(before.activities)
        assert len(joined.activities) >= len(columns)
        await journey.press("g", "j", "S", "tab")
        await journey.paste("[/ =1+1 \u202e[PO]")
        await journey.press("enter")
        assert "[/ =1+1" in journey.session.activity_by_id[standing_on(journey)].text
        assert journey.on_disk() == journey.session


async def test_an_empty_session_takes_these_keys_quietly(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path) as journey:
        before = journey.session
        await journey.press("2", *"&SJKHLMx")
        assert "no stages yet" in journey.seen()
        assert journey.session == before


@pytest.mark.parametrize("size", [(60, 20), (200, 50)])
async def test_the_question_fits_every_size(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size=size) as journey:
        await journey.press("2", "g", "j", "S")
        seen = journey.seen()
        for words in ("First", "Second", "Enter keeps"):
            assert words in seen
