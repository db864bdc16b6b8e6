"""How long and how often, in keys: said of an activity and of a stage, summed, and passed on."""

from pathlib import Path

from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store import read_session
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.projector.show_views import NOT_SHOWN
from offwall.tui.services.live_line import LiveLineReader
from tests.journey import afternoon


def tick(path: Path) -> None:
    path.write_text(dumps(WORKSHOP.change(read_session(path), {"times": "yes"})))


async def test_the_key_is_nowhere_until_set_up_ticks_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "number_sign")
        assert "How long and how often" not in journey.seen()
        await journey.press("q", "0", "1")
        assert "Pounds an hour" not in journey.seen()
    tick(own_sample)
    async with afternoon(own_sample, size=(80, 50)) as journey:
        await journey.press("0", "1")
        assert "Pounds an hour" in journey.seen()
        await journey.press("q", "2")
        assert "Times" not in journey.seen().splitlines()[-1]
        await journey.press("number_sign")
        assert "How long and how often" in journey.seen()


async def test_times_are_said_summed_and_undone(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "number_sign", "g", "enter")
        await journey.type("ages")
        await journey.press("enter")
        assert "is no time" in journey.seen()
        await journey.press(*["backspace"] * 4)
        await journey.type("2-3h")
        await journey.press("tab")
        await journey.type("1 to 2 days")
        await journey.press("enter")
        first = journey.session.in_order[0]
        assert (first.hands_on, first.waiting, first.per_year) == ("2-3h", "1 to 2 days", "")
        await journey.press("2", "enter", "tab", "tab")
        await journey.type("10")
        await journey.press("enter")
        assert journey.session.stages[0].per_year == "10"
        await journey.press("3")
        every = len(journey.session.activities)
        row = next(line for line in journey.seen().splitlines() if "Whole process" in line)
        assert f"1 of {every}" in row
        assert row.count("20 to 30") == 2
        assert "Pounds" not in journey.seen()
        assert "1.3 to 2.4" in journey.seen()
        await journey.press("u", "u")
        assert journey.session.in_order[0].hands_on == ""
        assert "20 to 30" not in journey.seen()


async def test_a_post_it_says_it_and_the_room_sees_neither_line_nor_card(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "g", "j", "V", "e")
        await journey.type(" h:2-3h q:1 to 2 days")
        assert "hands on 2-3h" in journey.seen()
        room = LiveLineReader(own_sample)
        await journey.until(lambda: (told := room.now()) is not None and bool(told.line))
        told = room.now()
        assert told is not None
        assert "2-3h" not in told.line + told.card
        await journey.press("enter", "escape")
        first = journey.session.in_order[0]
        assert (first.hands_on, first.waiting) == ("2-3h", "1 to 2 days")
        await journey.press("e")
        await journey.type(" y:4")
        await journey.press("enter")
        assert journey.session.in_order[0].per_year == "4"
        assert journey.session.in_order[0].text == first.text


async def test_the_share_of_a_loop_is_asked_of_the_activity_that_leads_back(
    own_sample: Path,
) -> None:
    tick(own_sample)
    async with afternoon(own_sample, size=(120, 40)) as journey:
        checked = journey.session.id_by_ref["S2.06"]
        await journey.press("2", "number_sign", "3")
        await journey.until(lambda: "Shares that go back" in journey.seen())
        assert "0 of 8" in journey.seen()
        text = journey.session.activity_by_id[checked].text
        await journey.press("1", "slash", *text[:12], "enter")
        await journey.press("enter", "tab", "tab", "tab")
        await journey.type("1 in 5")
        await journey.press("enter")
        assert journey.session.activity_by_id[checked].goes_back == "1 in 5"
        await journey.press("3", "j")
        await journey.until(lambda: "1 of 8" in journey.seen())
        told = "A loop counts by the share of cases that go back"
        await journey.until(lambda: told in journey.seen())


async def test_part_1_asks_it_of_the_stages_where_it_is_ticked(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("1", "enter")
        assert "how often" not in journey.seen()
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("1", "enter")
        await journey.press("j", "j", "j", "enter")
        assert "How long and how often" in journey.seen()
        await journey.press("g", "enter")
        await journey.type("1d")
        await journey.press("enter")
        assert journey.session.stages[0].hands_on == "1d"


async def test_what_is_to_be_filled_has_its_columns_on_a_small_screen(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample, size=(60, 20)) as journey:
        await journey.press("2", "number_sign")
        for title in ("Hands on", "Waiting", "A year", "Goes back"):
            assert title in journey.seen().splitlines()[2]


async def test_no_key_here_makes_or_removes_what_is_on_the_wall(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "number_sign", "x", "n", "N", "J", "K", "2", "x", "n", "J")
        assert journey.session is before


async def test_the_grid_says_who_passes_on_to_whom(own_sample: Path) -> None:
    tick(own_sample)
    async with afternoon(own_sample) as journey:
        await journey.press("2", "number_sign", "4", "right", "right")
        assert "Contract Manager to Procurement: 3 steps pass on." in journey.seen()
        await journey.press("left", "left")
        assert "What one lead does in a row is not passed on." in journey.seen()


def test_the_room_is_not_shown_it() -> None:
    assert "times" in NOT_SHOWN
