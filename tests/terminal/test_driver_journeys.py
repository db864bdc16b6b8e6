"""Journeys through the app: the light driver shows what Textual's own output shows, frame by frame.

``OFFWALL_COMPARE=1`` has every journey of the suite compared so; see `conftest`.
"""

from pathlib import Path

import pytest

from offwall.tui.terminal.screen_diff import TerminalAbilities
from tests.both_ways import Both, compared
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

pytestmark = pytest.mark.slow  # each journey is made twice and drawn by an emulator

BARE = TerminalAbilities()
COLOURED = TerminalAbilities(colours_erased=True, erases_cells=True)

JOURNEYS = {
    "the parts": ["1", "q", "2", "q", "3", "q", "0", "q"],
    "moving about": ["2", *"jjjkk", "pagedown", "pagedown", "pageup", "G", "g"],
    "a post-it": ["2", "n", *"Hold the meeting @cm ?Ready >yes", "enter", "escape", "u", "U"],
    "corrections": ["2", "j", *"oWho signs?", "enter", "space", "e", "escape", "J", "K", "x", "u"],
    "the RACI": ["2", "r", "down", "right", "right", "a", "c", "down", "i", "full_stop", "q"],
    "the wall": ["2", "W", "right", "down", "down", "left", "q"],
    "help and palette": ["question_mark", "down", "q", "colon", *"exp", "escape"],
    "the topic": ["1", "down", "down", "n", *"Too many boards", "enter", "escape"],
    "the plan": ["3", "down", "n", *"Tell everybody @cm by 29 Jan", "enter", "escape", "5", "1"],
    "set up": ["0", "down", "down", "enter", "escape", "tab", "tab", "down"],
    "checks": ["2", "m", "down", "enter", "q"],
    "filter": ["2", "f", "down", "enter", "j", "j", "t", "t"],
}


async def walk(journey: Journey, keys: list[str], both: Both) -> None:
    for key in keys:
        await journey.press(key)
    both.compare()


@pytest.mark.parametrize("name", rest_at_night(JOURNEYS, gate=(*JOURNEYS,)[:5]))
async def test_a_journey_looks_the_same(own_sample: Path, name: str) -> None:
    with compared(COLOURED) as both:
        async with afternoon(own_sample) as journey:
            await walk(journey, JOURNEYS[name], both)
    own, light = both.bytes
    assert light < own / 2, "what does not change is sent again"


async def test_hostile_text_looks_the_same(brackets: Path, tmp_path: Path) -> None:
    path = tmp_path / brackets.name
    path.write_bytes(brackets.read_bytes())
    with compared(BARE) as both:
        async with afternoon(path, size=(120, 40)) as journey:
            await walk(journey, ["1", "q", "2", "j", "j", "W", "q", "q", "3", "j", "q", "0"], both)
    assert both.bytes[1] < both.bytes[0]


async def test_another_size_looks_the_same(own_sample: Path) -> None:
    with compared(COLOURED) as both:
        async with afternoon(own_sample) as journey:
            await journey.press("2")
            for size in [(60, 20), (132, 43), (80, 24)]:
                await journey.pilot.resize_terminal(*size)
                await journey.press("j", "j")
            both.compare()
