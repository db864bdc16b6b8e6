"""The mouse where there is one: keys of the footer, rows, the wheel, cells and cards."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.events import MouseScrollDown

from offwall.tui.kit.frame import BarKey, KeyBar, keys_that_fit
from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.activity_card import ActivityCardScreen
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.raci_grid import RaciGrid
from offwall.tui.process.wall_screen import WallView
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow


def ref(journey: Journey, kind: type = ActivityTable) -> str:
    return journey.session.ref_by_id[journey.app.screen.query_one(kind).key]


async def click(journey: Journey, kind: type, x: int, y: int, times: int = 1) -> None:
    await journey.pilot.click(kind, offset=(x, y), times=times)
    await journey.settle()
    await journey.app.keys.done()
    await journey.settle()


def wheel(kind: type[MouseScrollDown]) -> MouseScrollDown:
    """A notch of the wheel, at the left top."""
    return kind(None, 0, 0, 0, 0, 0, shift=False, meta=False, ctrl=False)


def test_the_last_keys_and_those_that_do_nothing_go_first() -> None:
    names = ("New", "Edit", "Open", "Help")
    made = [BarKey(Content(name), name != "Edit", name == "Help", name[0]) for name in names]
    assert keys_that_fit(made, 22) == (made, "  ")
    assert keys_that_fit(made, 18) == (made, " ")
    assert [key.pressed for key in keys_that_fit(made, 14)[0]] == ["N", "O", "H"]
    assert [key.pressed for key in keys_that_fit(made, 3)[0]] == ["H"]


def row_of(journey: Journey, ref: str) -> int:
    """The line of the screen on which an activity begins."""
    return next(n for n, said in enumerate(journey.seen().splitlines()) if ref in said[:9])


async def test_a_key_of_the_footer_is_clicked(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        last = journey.seen().splitlines()[-1]
        await click(journey, KeyBar, last.index("n New") + 3, 0)
        assert isinstance(journey.app.focused, LineInput)
        await journey.press("escape")
        last = journey.seen().splitlines()[-1]
        await click(journey, KeyBar, last.index("Back"), 0)
        assert not journey.app.screen.query(ActivityTable)
        await click(journey, KeyBar, 79, 0)  # past the last key


async def test_a_double_click_edits_and_a_click_below_the_rows_does_nothing(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g")
        await click(journey, ActivityTable, 20, row_of(journey, "S1.02") - 1)
        assert ref(journey) == "S1.02"
        await click(journey, ActivityTable, 20, row_of(journey, "S1.01") - 1, times=2)
        line = journey.app.focused
        assert isinstance(line, LineInput)
        assert line.value.startswith(journey.session.in_order[0].text)
        await journey.press("escape", "f", *"/S6", "enter", "g")
        before = journey.app.screen.query_one(ActivityTable).key
        await click(journey, ActivityTable, 20, 13, times=2)
        assert journey.app.screen.query_one(ActivityTable).key == before
        assert isinstance(journey.app.focused, ActivityTable)


async def test_the_wheel_moves_the_view_and_a_key_comes_back_to_the_cursor(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        for _ in range(3):
            journey.app.screen.query_one(ActivityTable).post_message(wheel(MouseScrollDown))
        await journey.settle()
        assert ref(journey) == "S1.01"
        assert "S1.01" not in journey.seen().splitlines()[2]
        assert "S1 Handover" not in journey.seen()
        await journey.press("j")
        assert ref(journey) == "S1.02"
        assert "S1.02" in journey.seen()


async def test_a_cell_of_the_raci_and_a_card_of_the_wall_are_clicked(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "r")
        grid = journey.app.screen.query_one(RaciGrid)
        across = journey.seen().splitlines()[2].index("hos")
        await click(journey, RaciGrid, across, row_of(journey, "S1.03") - 1)
        assert (grid.role, ref(journey, RaciGrid)) == ("hos", "S1.03")
        await journey.press("escape", "W")
        wall = journey.app.screen.query_one(WallView)
        wall.post_message(wheel(MouseScrollDown))
        await journey.settle()
        assert "S1.05" in journey.seen()
        assert ref(journey, WallView) == "S1.03"
        await journey.press("left", "right")
        await click(journey, WallView, 60, 3)
        assert ref(journey, WallView) == "S1.04"
        await click(journey, WallView, 60, 3, times=2)
        assert isinstance(journey.app.screen, ActivityCardScreen)
