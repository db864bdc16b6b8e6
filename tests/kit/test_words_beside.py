"""What a list has no room for: below it, and beside it where the list keeps all its columns."""

from pathlib import Path
from unittest.mock import patch

import pytest

from offwall.tui.kit.frame import FactsPanel
from offwall.tui.kit.help import palette_commands
from offwall.tui.kit.record_list import RecordList
from offwall.tui.services import terminal_app
from tests.both_ways import compared
from tests.journey import Journey, afternoon
from tests.travel import ABILITIES, Travel

SEGMENT = 1_400
"""Bytes that one packet to a terminal holds."""

BROAD: dict[str, tuple[str, ...]] = {
    "issues": ("1", "l"),
    "actions": ("1", "l", "l"),
    "checks": ("2", "c", "g"),
    "close down": ("C",),
    "tiers": ("1", "j", "j", "enter"),
    "stages": ("0", "l"),
    "roles": ("0", "l", "l"),
    "board": ("1", "j", "j", "j", "enter"),
    "who decides": ("1", "j", "j", "j", "enter", "l"),
    "words": ("2", "a"),
    "next steps": ("3", "l"),
    "spread": ("3", "l", "l"),
}
"""Where the words stand beside the list on 160 columns."""


def both(journey: Journey) -> tuple[RecordList, FactsPanel]:
    """The list and the words that are shown."""
    found = journey.app.focused
    assert isinstance(found, RecordList)
    [words] = [one for one in journey.app.screen.query(FactsPanel) if one.region]
    return found, words


def said(words: FactsPanel) -> list[str]:
    return str(words.render()).splitlines()


async def home(journey: Journey) -> None:
    while len(journey.app.screen_stack) > 2:
        await journey.press("q")


async def test_the_words_stand_below_a_list_that_needs_the_columns(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(159, 40)) as journey:
        await journey.press("1", "l", "j")
        found, words = both(journey)
        assert words.region.y >= found.region.bottom
        issue = journey.session.issues[1]
        assert said(words)[0] == issue.text
        assert " · " in said(words)[1]


async def test_beside_it_there_is_a_line_a_fact_and_the_list_has_all_its_columns(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample, size=(118, 40)) as journey:
        await journey.press("1", "l", "l")
        alone = both(journey)[0].shown
    async with afternoon(own_sample, size=(160, 40)) as journey:
        await journey.press("1", "l", "l")
        found, words = both(journey)
        assert words.region.x >= found.region.right
        assert (found.border_title, words.border_title) == ("Actions", "This action")
        assert (found.region.x, words.region.right) == (1, 159)  # as much space at either side
        assert found.shown == alone
        assert "· owner: Procurement" in said(words)
        await journey.press("h", "j")
        assert "· Gap in governance" in said(both(journey)[1])


async def test_set_up_has_them_beside_its_lists_from_120(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("0", "l", "l")
        found, words = both(journey)
        assert words.region.x >= found.region.right
        assert said(words)[:2] == [
            "Contract Manager is typed @cm",
            "· also called Contracts Manager",
        ]


async def test_beside_a_finding_stands_the_activity_that_it_is_about(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(160, 40)) as journey:
        await journey.press("2", "c", "g", "j")
        found, words = both(journey)
        assert found.record.text.startswith("S2.05")
        assert "Accountable  Finance" in said(words)
        assert not [line for line in said(words) if line.startswith("- ")]


@pytest.mark.slow
async def test_words_that_follow_the_cursor_lay_nothing_out(own_sample: Path) -> None:
    travel = Travel()
    patient = patch.object(terminal_app, "FRAME_SECONDS", 600)
    with patient, travel.watching(), compared(ABILITIES) as sent:
        async with afternoon(own_sample, size=(160, 45)) as journey:
            for name, way in BROAD.items():
                await journey.press(*way)
                found, words = both(journey)
                assert words.region.x >= found.region.right, name
                await journey.press("j")  # a section that was just shown is laid out once more
                for key in "jjkj":
                    cost = await travel.of(name, journey, sent, key)
                    assert cost.counts["layouts"] == 0, name
                    assert cost.counts["bytes"] <= SEGMENT, (name, cost.counts)
                await home(journey)


async def test_the_palette_leaves_out_what_moves_about_and_itself(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        titles = {one.title for one in palette_commands(journey.app, journey.app.screen)}
        assert {"Find", "Copy", "Confirm", "Undo"} <= titles
        assert not {"Down", "Page up", "To the end", "Commands"} & titles
        assert not any(title.startswith(("Scroll", "Cursor")) for title in titles)
