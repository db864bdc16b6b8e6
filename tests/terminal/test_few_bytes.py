"""A key sends little: a letter in the line and on its card, a move two rows, and what is gone past
quickly not at all.
"""

from math import inf
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import pytest
from textual._compositor import Compositor

from offwall.tui.kit.line_input import LineInput
from offwall.tui.process import activity_card
from offwall.tui.process.activity_card import ActivityCard
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.terminal.screen_diff import TerminalAbilities
from tests.both_ways import Both, compared
from tests.journey import Journey, afternoon

SEGMENT = 1_400
"""Bytes that one packet to a terminal holds: a key's answer is one frame, and fits."""

LETTER, MOVE = 80, 500
"""Bytes of a letter, and of a move without its card, on a terminal of 120x40."""

COLOURED = TerminalAbilities(colours_erased=True, erases_cells=True)


async def sent(journey: Journey, both: Both, *keys: str) -> int:
    before = both.bytes[1]
    await journey.press(*keys)
    return both.bytes[1] - before


@pytest.mark.slow
async def test_a_key_is_answered_in_one_packet(own_sample: Path) -> None:
    with compared(COLOURED) as both:
        async with afternoon(own_sample, size=(120, 40)) as journey:
            await journey.press("2", "g", "j")
            assert await sent(journey, both, "j") < SEGMENT, "a move with its card"
            journey.app.screen.query_one("#card-beside").display = False
            await journey.press("k")
            moves = [await sent(journey, both, "j") for _ in range(3)]
            assert 0 < median(moves) <= MOVE, moves
            await journey.press("n", "H")
            letters = [await sent(journey, both, letter) for letter in "ol "]
            assert 0 < median(letters) <= LETTER, letters


async def test_the_first_and_the_last_of_a_run_are_on_the_card(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_card, "REST_SECONDS", 3600)
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "g", "j")
        card = journey.app.screen.query_one("#card-beside", ActivityCard)
        table = journey.app.screen.query_one(ActivityTable)
        first, *_, last = (one.id for one in journey.session.in_order[2:7])
        card.look_now()
        card._drawn_at = -inf
        card.look_at(first)
        await journey.pilot.pause(0)
        assert not card.waits
        card.look_at(last)
        await journey.pilot.pause(0)
        assert card.waits
        name = journey.session.activity_by_id[last].text[:20]
        assert journey.seen().count(name) == 1, "in the list alone"
        card.look_now()
        await journey.pilot.pause(0)
        assert not card.waits
        assert journey.seen().count(name) == 2
        assert table.key, "the list is where it was"


async def test_the_card_beside_the_line_is_what_it_will_make(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.paste("Zeal @cm ?Zest >yes +Zinc +Zone !r zapped w:Zenith n:Zigzag ^Zoo")
        await journey.paste(" *Zip @cm by 29 Jan")
        assert "new in S1" in journey.seen()
        card = journey.app.screen.query_one("#card-beside", ActivityCard)
        said = " ".join(str(card.render()).split())
        for part in (
            *("Lead Contract Manager", "Decision Zest", "yes -> next", "Documents Zinc, Zone"),
            *(
                "Issue R zapped",
                "Parked Zoo",
                "Action Zip (Contract Manager, Fri 29 Jan 2027)",
                "Timescale Zenith",
                "Note Zigzag",
            ),
        ):
            assert part in said
        text = journey.session.in_order[0].text
        await journey.press("escape")
        assert "Documents Zinc" not in journey.seen()
        assert f"S1.01 {text}"[:30] in journey.seen()


async def test_the_terminal_s_cursor_stands_on_the_line_s(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n")
        await journey.type("Höhe 日本")
        field = journey.app.screen.query_one(LineInput)
        place = journey.app.cursor_position
        assert place == (field.content_region.x + 9, field.content_region.y)
        await journey.press("left")
        assert journey.app.cursor_position == (place[0] - 2, place[1])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_end_of_a_long_line_is_in_view(own_sample: Path, size: tuple[int, int]) -> None:
    async with afternoon(own_sample, size=size) as journey:
        await journey.press("2", "n")
        await journey.paste("a long line " * 12 + "and its end")
        assert " and its end" in journey.seen()
        await journey.type("ing")
        assert " and its ending" in journey.seen()
        await journey.press("home")
        assert "New a long line " in journey.seen()


async def test_a_letter_lays_out_nothing(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n", "H")
        reflow = Compositor.reflow
        layouts: list[int] = []

        def noted(*arguments: Any, **named: Any) -> object:
            layouts[-1] += 1
            return reflow(*arguments, **named)

        with patch.object(Compositor, "reflow", noted):
            for letter in "old it":
                layouts.append(0)
                await journey.type(letter)
        assert "Hold it" in journey.seen()
        # What opening the line, or a minute's end, still has to lay out is no letter's.
        assert layouts.count(0) > len(layouts) / 2


async def test_nothing_is_drawn_that_is_not_shown(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        drawn: list[int] = []
        render = Compositor.render_update

        def noted(compositor: Compositor, *arguments: Any, **named: Any) -> object:
            drawn.append(journey.app._batch_count)
            return render(compositor, *arguments, **named)

        with patch.object(Compositor, "render_update", noted):
            await journey.press("2", "r", "q", "q")
        assert drawn
        assert not any(drawn), "drawn while the framework shows nothing"
        assert "Part 1" in journey.seen()
