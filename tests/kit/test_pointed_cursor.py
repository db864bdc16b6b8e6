"""The terminal's own cursor is where the work is, and is shown where something is typed."""

from pathlib import Path
from unittest.mock import patch

from textual.drivers.headless_driver import HeadlessDriver

from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.raci_grid import RaciGrid
from tests.journey import Journey, afternoon

SHOWN, HIDDEN = "\x1b[?25h", "\x1b[?25l"


def under(journey: Journey, length: int) -> str:
    """What the screen says from the terminal's cursor on."""
    x, y = journey.app.cursor_position
    return journey.seen().splitlines()[y][x : x + length]


async def test_it_stands_on_the_row_s_words_on_the_cell_and_on_the_note(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        first, second = journey.session.in_order[:2]
        assert under(journey, 8) == first.text[:8]
        await journey.press("j")
        assert under(journey, 8) == second.text[:8]
        await journey.press("k", "k")
        assert under(journey, 2) == "S1", "a heading"
        await journey.press("j", "r")
        grid = journey.app.screen.query_one(RaciGrid)
        assert grid.role == first.lead
        assert under(journey, 1) == "R"
        await journey.press("escape", "W")
        assert under(journey, 5) == "S1.01"
        await journey.press("j")
        assert under(journey, 1) == "R"


async def test_it_is_shown_in_fields_alone(own_sample: Path) -> None:
    sent: list[str] = []
    with patch.object(HeadlessDriver, "write", lambda _, data: sent.append(data)):
        async with afternoon(own_sample) as journey:
            await journey.press("2", "g", "j")
            assert SHOWN not in sent
            await journey.press("n", *"Ring")
            assert sent.count(SHOWN) == 1
            field = journey.app.screen.query_one(LineInput)
            x, y = field.content_region.offset
            assert journey.app.cursor_position == (x + 4, y)
            await journey.press("escape")
            assert sent[-1] == HIDDEN
            await journey.press("slash")
            assert sent[-1] == SHOWN, "a form's field"
            await journey.press("escape")
            assert sent[-1] == HIDDEN


async def test_a_choice_has_it_on_its_row(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "quotation_mark")
        assert "This one" in under(journey, 12)
        await journey.press("j")
        assert "All" in under(journey, 12)
