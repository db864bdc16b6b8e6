"""A key costs no more than it did: counted, not timed, so that a busy computer says the same."""

from pathlib import Path

import pytest

from tests.travel import at_the_list, costs, openings

SEGMENT = 1_400
"""Bytes that one packet to a terminal holds: a key's answer fits, and a whole screen into four."""

MOST = {
    "a move": {
        "bytes": SEGMENT,
        "layouts": 0,
        "full draws": 0,
        "rows built": 0,
        "styled": 0,
        "files": 22,
    },
    # It goes on to the next to confirm, which shows another page of the list.
    "space": {
        "bytes": 4 * SEGMENT,
        "layouts": 0,
        "full draws": 0,
        "rows built": 9,
        "styled": 0,
        "files": 32,
    },
    # Nothing is sent but the last line, where it is asked.
    "find, opened": {
        "bytes": 300,
        "layouts": 0,
        "full draws": 1,
        "rows built": 0,
        "styled": 10,
        "files": 17,
    },
    "find, left": {
        "bytes": 300,
        "layouts": 0,
        "full draws": 1,
        "rows built": 0,
        "styled": 0,
        "files": 18,
    },
    # The card is of the session as Enter makes it, so a letter goes where Enter goes; the list
    # beside the card is asked for the same lines.
    "a letter": {
        "bytes": 40,
        "layouts": 0,
        "full draws": 0,
        "rows built": 0,
        "styled": 0,
        "files": 32,
    },
    # The line goes, the list has its room back, the card says what is there: a whole screen.
    "Esc, out of the line": {
        "bytes": 4 * SEGMENT,
        "layouts": 1,
        "full draws": 1,
        "rows built": 0,
        "styled": 25,
        "files": 34,
    },
    "Enter, a post-it": {
        "bytes": SEGMENT,
        "layouts": 0,
        "full draws": 0,
        "rows built": 10,
        "styled": 0,
        "files": 49,
    },
    # What was kept just before may be told meanwhile.
    "the end": {
        "bytes": 4 * SEGMENT,
        "layouts": 0,
        "full draws": 0,
        "rows built": 0,
        "styled": 0,
        "files": 25,
    },
}
"""What a key may cost. A fold of modules lowers the files, and with them the figure here."""


OPENED = {
    "part 2": {"bytes": 4 * SEGMENT, "rows built": 16, "styled": 45},
    "RACI": {"bytes": 4 * SEGMENT, "rows built": 8, "styled": 28},
    "part 3": {"bytes": 4 * SEGMENT, "rows built": 96, "styled": 120},
}
"""What a part of the sample may cost when it opens again: a whole screen is sent, the rows are its
headings, or its lists, and each widget and part of one is styled once.
"""


@pytest.mark.slow
async def test_a_part_that_opens_again_makes_and_styles_nothing_twice(own_sample: Path) -> None:
    found = await openings(own_sample)
    assert set(found) == set(OPENED)
    over = {
        part: {name: counts[name] for name, most in OPENED[part].items() if counts[name] > most}
        for part, counts in found.items()
    }
    assert not any(over.values()), over


@pytest.mark.slow
async def test_a_key_costs_no_more_than_it_did(own_sample: Path) -> None:
    found = await costs(own_sample)
    assert {cost.key for cost in found} == set(MOST)
    over = {
        cost.key: {name: figure for name, figure in counts.items() if figure > MOST[cost.key][name]}
        for cost in found
        for counts in [{**cost.counts, "files": len(cost.files)}]
    }
    assert not any(over.values()), over


@pytest.mark.slow
async def test_a_move_to_the_list_beside_fits_in_a_packet(own_sample: Path) -> None:
    async with at_the_list(own_sample) as (travel, journey, both):
        await journey.press("q", "3", "tab", "tab")
        for _ in ("there", "back"):
            cost = await travel.of("the list beside", journey, both, "tab")
            assert cost.counts["bytes"] <= SEGMENT
            assert cost.counts["layouts"] == 0
