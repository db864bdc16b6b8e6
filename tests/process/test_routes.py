"""Where activities lead: followed, come back from, and walked from start to end."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.process.graph import EdgeKind, edges
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.process.walk_screen import WalkScreen
from tests.journey import Journey, afternoon


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


def table(journey: Journey) -> ActivityTable:
    return journey.app.screen.query_one(ActivityTable)


def at(journey: Journey) -> str:
    """The ref under the cursor."""
    return journey.session.ref_by_id.get(table(journey).key, "")


def walked(journey: Journey) -> list[str]:
    """The path, what is asked and the answers: all but the heading, which counts and is timed.

    Columns have grown with what stood in them, so only the words are looked at.
    """
    return [" ".join(line.split()) for line in journey.seen().splitlines()[1:]]


@pytest.mark.slow
async def test_a_route_is_followed_and_come_back_from(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "b")
        assert at(journey) == "S1.01"
        await journey.press("]", "]")
        assert at(journey) == "S1.03"
        await journey.press("]")
        assert "Which tier is it?" in journey.seen()
        assert "Bronze -> S2.01 Hold contract start-up" in journey.seen()
        await journey.press("j", "enter")
        assert at(journey) == "S2.01"
        assert "S2 Mobilisation" in journey.seen()
        assert "S1.03 Bronze -> S2.01 Hold contract start-up" in journey.seen()
        await journey.press("]", "escape", "b")
        assert at(journey) == "S2.01"
        await journey.press("b", "b", "b", "b")
        assert at(journey) == "S1.01"
        # Leaving the question goes nowhere.
        await journey.press("j", "j", "]", "escape")
        assert at(journey) == "S1.03"


@pytest.mark.slow
async def test_the_end_and_ways_into_nothing_are_said(tmp_path: Path) -> None:
    async with afternoon(copy_of("cup-of-coffee", tmp_path)) as journey:
        await journey.press("2", "G", "]")
        assert "S2.03: it ends the process." in journey.seen()
        assert at(journey) == "S2.03"
        await journey.press(";")
        await journey.paste("?Clean >yes >no=the dishwasher")
        await journey.press("enter", "escape", "]", "j", "enter")
        assert "“the dishwasher”, which is no activity yet" in journey.seen()
        await journey.press("g", "j", "j", "j", "x", "G", "k", "k", "]", "j", "enter")
        assert at(journey) == "S2.01"
        assert "was removed" in journey.seen()
        await journey.press("u")
        assert at(journey) == "S1.03"
        await journey.press("G", "k", "k", "]", "j", "enter")
        assert at(journey) == "S1.03"


@pytest.mark.slow
async def test_what_a_filter_hides_comes_into_view_when_it_is_gone_to(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "f")
        await journey.paste("score the contract")
        await journey.press("enter", "]", "j", "enter")
        assert at(journey) == "S2.01"
        assert "shown 2 of 48" in journey.seen()
        await journey.press("x", "b", "]", "escape")
        assert at(journey) == "S1.03"


async def test_a_walk_asks_counts_and_comes_to_the_end(tmp_path: Path) -> None:
    async with afternoon(copy_of("cup-of-coffee", tmp_path)) as journey:
        await journey.press("2", "R")
        assert isinstance(journey.app.screen, WalkScreen)
        begun = walked(journey)
        assert "From S1.01: 4 steps, 1 hand-off (»), 0 loops" in begun
        assert "S2.01 Is it good? (Coffee Drinker decides)" in begun
        await journey.press("9", "b")
        assert walked(journey)[:-2] == begun[:-2]
        assert journey.app.state.said[0] == "No answer was given yet.", "why b is off"
        await journey.press("2")
        assert "You were here before (2nd time): S2.01 Is it good?" in journey.seen()
        assert "6 steps, 3 hand-offs (»), 1 loop" in journey.seen()
        await journey.press("enter")
        assert "The end, after S2.03." in journey.seen()
        await journey.press("enter", "1", "backspace", "b")
        assert walked(journey)[:-2] == begun[:-2]
        await journey.press("j", "enter")
        assert "2nd time" in journey.seen()
        await journey.press("escape")
        assert isinstance(journey.app.screen, RecordScreen)


async def test_a_walk_begins_where_the_cursor_stood_and_at_the_start(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "/")
        await journey.paste("Approve the supplier")
        await journey.press("enter", "R")
        assert "From S1.01: 3 steps" in journey.seen()
        await journey.press("R")
        assert "From S2.02: 5 steps" in journey.seen()
        await journey.press("1")
        assert "From S2.02: 9 steps" in journey.seen()
        await journey.press("pageup")
        assert "S2.02" in journey.seen()
        await journey.press("R")
        assert "From S1.01: 3 steps" in journey.seen()
        await journey.press("t", "t", "t", "1")
        assert "Bronze, from S1.01" in journey.seen()
        await journey.press("t")
        assert "Bronze" not in journey.seen().splitlines()[1]


@pytest.mark.slow
async def test_a_walk_follows_what_is_undone_beneath_it(tmp_path: Path) -> None:
    async with afternoon(copy_of("cup-of-coffee", tmp_path)) as journey:
        await journey.press("2", "g", "j", "j", "x", "R", "2", "2")
        assert "7 steps" in journey.seen()
        await journey.press("u")
        assert "8 steps" in journey.seen()
        assert "3rd time" in journey.seen()
        await journey.press("p")
        await journey.paste("Too weak for whom?")
        await journey.press("enter")
        parked = journey.on_disk().issues[-1]
        assert journey.session.ref_by_id[parked.activity] == "S2.01"


@pytest.mark.slow
async def test_a_walk_says_a_dead_end_and_a_loop(tmp_path: Path) -> None:
    async with afternoon(copy_of("cup-of-coffee", tmp_path), size=(60, 20)) as journey:
        await journey.press("2", "g", "j", "j", ";")
        await journey.paste("?Clean >yes=S1.01 >no=the sink")
        await journey.press("enter", "escape", "R", "2")
        assert "Dead end at S1.02" in journey.seen()
        await journey.press("b", "1")
        assert "before (2nd time): S1.02 Clean" in journey.seen()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_hostile_text_is_walked_as_text(tmp_path: Path, size: tuple[int, int]) -> None:
    async with afternoon(copy_of("brackets", tmp_path), size=size) as journey:
        await journey.press("2", "R")
        for answer in "2b1112b3":
            await journey.press(answer)
            seen = journey.seen()
            assert "hand-off" in seen
            assert "\x1b" not in seen
        await journey.press("q")
        kinds = set()
        for activity in journey.session.in_order:
            table(journey).go_to(activity.id)
            for place, edge in enumerate(edges(journey.session, activity)):
                table(journey).go_to(activity.id)
                kinds.add(edge.kind)
                await journey.press("]", *"j" * place, "enter")
                if edge.to in journey.session.activity_by_id:
                    assert table(journey).key == edge.to
                else:
                    assert journey.app.state.said[0].startswith(
                        journey.session.ref_by_id[activity.id]
                    )
                await journey.press("escape")
            if size != (80, 24):
                break
        assert size != (80, 24) or kinds >= {
            EdgeKind.ROUTE,
            EdgeKind.OPEN,
            EdgeKind.NEXT,
            EdgeKind.RETURN,
            EdgeKind.LEAVE,
        }


async def test_an_empty_wall_has_nothing_to_walk(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await journey.press("2", "R", "]", "b")
        assert isinstance(journey.app.screen, RecordScreen)
        assert "no stages yet" in journey.seen()
