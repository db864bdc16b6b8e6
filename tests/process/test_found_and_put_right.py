"""Short ways in part 2: the next that is found, a word put right, an open point and on."""

from pathlib import Path

from offwall.model.review import next_unconfirmed
from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon


def standing_on(journey: Journey) -> str:
    return journey.app.screen.query_one(ActivityTable).key


async def test_find_says_which_of_how_many_and_goes_on_by_one_key(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "}")
        assert "Nothing is looked for yet" in journey.seen()
        await journey.press("/", *"supplier", "enter")
        hits = [n for n, row in enumerate(rows(journey)) if "supplier" in row.casefold()]
        assert len(hits) > 1
        first = standing_on(journey)
        assert f"1 of {len(hits)}." in journey.seen()
        await journey.press("}")
        second = standing_on(journey)
        assert second != first
        assert f"2 of {len(hits)}." in journey.seen()
        await journey.press("{")
        assert standing_on(journey) == first
        await journey.press("{")
        assert f"{len(hits)} of {len(hits)}." in journey.seen(), "round to the end"
        await journey.press("}")
        assert standing_on(journey) == first
        await journey.press("/", *"[PO] nowhere", "enter")
        assert "Nothing here has that text" in journey.seen()
        await journey.press("escape", "}")
        assert standing_on(journey) == first


def rows(journey: Journey) -> list[str]:
    return [row.text() for row in journey.app.screen.query_one(ActivityTable).rows]


async def test_a_move_over_the_border_and_back_stays_beside_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j")
        before, moved = journey.session, standing_on(journey)
        await journey.press("L")
        assert journey.session.ref_by_id[moved] == "S2.01"
        await journey.press("H")
        last = len(before.by_stage["S1"])
        assert journey.session.ref_by_id[moved] == f"S1.{last:02}"
        await journey.press("u", "u")
        assert journey.session == before


async def test_an_edit_begins_at_the_end_of_the_words(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "e")
        one = journey.session.in_order[0]
        line = journey.app.screen.query_one(LineInput)
        assert line.value.startswith(one.text)
        assert line.cursor_position == len(one.text)
        await journey.press(*" now", "enter")
        assert journey.session.in_order[0].text == f"{one.text} now"
        assert journey.session.in_order[0].lead == one.lead
        # A draft goes on where it ended.
        await journey.press("e", *"!", "escape", "e")
        assert line.cursor_position == len(line.value)


async def test_an_action_s_edit_begins_there_too(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "g", "j", "e", *" soon", "enter")
        assert journey.session.actions[0].text.endswith(" soon")


async def test_an_open_point_goes_on_and_an_empty_one_stays(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "space")
        first = journey.session.in_order[0]
        assert not first.confirmed
        await journey.press("g", "j", "o", *"Who pays?", "enter")
        following = next_unconfirmed(journey.session, first.id)
        assert following
        assert standing_on(journey) == following.id
        await journey.press("g", "j", "o", *["backspace"] * 20, "enter")
        assert standing_on(journey) == first.id
        assert journey.session.in_order[0].open_point == ""
