"""The wall is worked on with the keys of the list: journeys in keys."""

from pathlib import Path

import pytest

from offwall.model.records import Activity, Session, Stage
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.wall_screen import ActivityWall
from tests.journey import Journey, afternoon


def wall_of(journey: Journey) -> ActivityWall:
    return journey.app.screen.query_one(ActivityWall)


def ref(journey: Journey) -> str:
    return journey.session.ref_by_id.get(wall_of(journey).key, "")


@pytest.mark.slow
async def test_post_its_are_made_edited_and_added_to_where_they_hang(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W", "n", *"Ring the supplier @cm")
        assert "new in S1" in journey.seen()
        await journey.press("enter", "escape")
        made = journey.session.by_stage["S1"][1]
        assert (made.text, made.lead) == ("Ring the supplier", "cm")
        assert ref(journey) == "S1.02"
        assert "Ring the supplier" in journey.seen()
        await journey.press("e", *" today", "enter")
        assert journey.session.by_stage["S1"][1].text.startswith("Ring the supplier")
        assert "today" in dumps(journey.session)
        await journey.press("@", *"fin", "enter", "+", *"Risk log", "enter")
        made = journey.session.by_stage["S1"][1]
        assert (made.lead, made.documents) == ("fin", ("Risk log",))
        assert journey.app.focused is wall_of(journey)
        assert not isinstance(journey.app.focused, LineInput)


async def test_space_confirms_and_goes_on_and_o_notes_what_is_open(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "W")
        first = journey.session.activity_by_id[wall_of(journey).key]
        assert not first.confirmed
        await journey.press("space")
        assert journey.session.activity_by_id[first.id].confirmed
        assert wall_of(journey).key != first.id
        second = wall_of(journey).key
        await journey.press("o", *"Who signs?", "enter")
        assert journey.session.activity_by_id[second].open_point == "Who signs?"
        assert " open" in journey.seen()
        await journey.press("u", "u")
        assert journey.session.activity_by_id[first.id] == first


async def test_order_and_removal_are_the_lists(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        one, two, *_ = journey.session.by_stage["S1"]
        await journey.press("2", "g", "j", "W", "J")
        assert [found.id for found in journey.session.by_stage["S1"][:2]] == [two.id, one.id]
        assert ref(journey) == "S1.02"
        await journey.press("K", "x")
        assert one.id not in journey.session.activity_by_id
        await journey.press("u")
        assert journey.session.by_stage["S1"][0] == one


async def test_notes_are_selected_along_the_wall_and_set_in_one_step(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W", "v", "l", "l")
        assert "3 selected: v ends, Esc clears" in journey.seen().splitlines()[1]
        assert journey.seen().splitlines()[3].count("*") == 3
        await journey.press("@", *"leg", "enter")
        assert [one.lead for one in journey.session.by_stage["S1"][:3]] == ["leg"] * 3
        assert journey.session.by_stage["S1"][3].lead != "leg"
        await journey.press("escape", "l", "'")
        assert journey.session.by_stage["S1"][3].lead == "leg"
        await journey.press("escape")
        assert not journey.app.screen.query(ActivityWall)


@pytest.mark.slow
async def test_a_note_and_its_card_say_what_is_confirmed_and_what_is_open(
    tmp_path: Path,
) -> None:
    activities = (
        Activity("a-1", "S1", "Ask", lead="cm", sequence_confirmed=True, lead_confirmed=True),
        Activity("a-2", "S1", "Check", sequence_confirmed=True),
        Activity("a-3", "S1", "Sign", open_point="Who signs?"),
    )
    path = tmp_path / "wall.toml"
    path.write_text(
        dumps(Session(stages=(Stage("S1", "One"),), activities=activities)), encoding="utf-8"
    )
    async with afternoon(path, (100, 30)) as journey:
        await journey.press("2", "g", "j", "W")
        seen = journey.seen()
        for said in ("S1.01 ✓", "S1.02 place ✓", "S1.03 open"):
            assert said in seen
        said = ("Sequence and lead confirmed", "the lead is not", "Open point   Who signs?")
        for words in said:
            await journey.press("enter")
            assert words in journey.seen()
            await journey.press("escape", "l")


@pytest.mark.slow
async def test_the_first_post_it_of_an_empty_stage_is_made_on_the_wall(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    stages = (Stage("S1", "One"), Stage("S2", "Two"))
    path.write_text(dumps(Session(stages=stages)), encoding="utf-8")
    async with afternoon(path) as journey:
        await journey.press("2", "g", "W", "l", "space", "x", "d", "&", "v", "M")
        assert journey.session.activities == ()
        await journey.press("n", *"Begin", "enter", *"Go on", "enter", "escape")
        assert [one.text for one in journey.session.by_stage["S2"]] == ["Begin", "Go on"]
        assert ref(journey) == "S2.02"
        await journey.press("r", "q", "c", "q")
        assert ref(journey) == "S2.02"
