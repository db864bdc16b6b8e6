"""The list under the line and under a field: what it shows is what is kept, and it costs little."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual._compositor import Compositor

from offwall.tui.kit.completion import CompletionList
from offwall.tui.kit.form import FormInput
from offwall.tui.kit.line_input import LineInput
from tests.both_ways import compared
from tests.journey import Journey, afternoon
from tests.terminal.test_few_bytes import COLOURED, sent

MOST_BYTES = 600
"""Bytes of a letter that changes all four lines of the list."""


def chosen(journey: Journey) -> str:
    """The row that is chosen; empty for none. The heading has such a mark of its own."""
    marked = [said.partition("› ")[2] for said in lines(journey)[1:] if "› " in said]
    return "".join(marked).strip(" │")


def lines(journey: Journey) -> list[str]:
    return journey.seen().splitlines()


def field_of(journey: Journey) -> FormInput:
    found = journey.app.focused
    assert isinstance(found, FormInput)
    return found


@pytest.mark.slow
async def test_the_line_lists_under_the_word_and_enter_keeps_the_line_itself(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.type("Check the rota @")
        at = next(n for n, said in enumerate(lines(journey)) if "Check the rota @" in said)
        below = lines(journey)[at + 3 :]
        assert "cm Contract Manager, leads" in below[0]
        assert any("more" in said for said in below)
        assert not chosen(journey), "nothing is chosen until a letter is typed"
        await journey.type("head s")
        assert "› hos Head of Service" in lines(journey)[at + 3]
        assert "new in S1" in lines(journey)[at + 2]
        assert "Check the rota @head s" in lines(journey)[at]
        await journey.press("tab", "enter")
        assert (journey.session.in_order[1].text, journey.session.in_order[1].lead) == (
            "Check the rota",
            "hos",
        )
        await journey.type("Ring @fina")
        assert "› fin Finance" in journey.seen()
        await journey.press("enter")
        made = journey.session.in_order[2]
        assert (made.text, made.lead) == ("Ring", "fina"), "Enter keeps what is typed, always"


async def test_down_chooses_in_the_line_and_tab_takes_that(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "n")
        await journey.type("Go @")
        await journey.press("down", "down", "tab")
        assert journey.app.screen.query_one(LineInput).value == "Go @hos"
        await journey.type(" @")
        await journey.press("tab")
        assert "› cm Contract Manager" in journey.seen(), "Tab shows what it would take"
        await journey.press("up", "escape")


async def test_an_empty_line_that_adds_lists_the_signs(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", ";")
        assert "@ lead" in journey.seen()
        await journey.press("down", "down", "tab")
        assert journey.app.screen.query_one(LineInput).value == "a:"
        assert "cm Contract Manager" in journey.seen()


async def test_what_is_wrong_with_a_line_is_under_no_list(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "n")
        await journey.type("Go @c")
        assert chosen(journey)
        await journey.paste("One\nTwo")
        assert "2 post-its" in journey.seen()
        assert not chosen(journey)


@pytest.mark.slow
async def test_what_a_field_shows_is_what_enter_keeps(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("3", "g", "j", "@")
        assert not chosen(journey)
        person = journey.session.people[0]
        await journey.type(person.name[:3].lower())
        assert f"› {person.name}" in journey.seen()
        assert f"{person.name}." in journey.seen(), "the sentence is about what Enter keeps"
        await journey.press("enter")
        assert journey.session.actions[0].owner == person.id
        assert len(journey.session.people) == len(journey.on_disk().people)


async def test_a_group_named_like_the_start_of_somebody_is_one_key_away(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        short = journey.session.people[0].name[:3].lower()
        await journey.press("3", "g", "j", "@")
        await journey.type(short)
        assert f"{short}, as it is typed" in journey.seen()
        await journey.press("up")
        assert f"› {short}, as it is typed" in journey.seen()
        assert "kept as a group" in journey.seen()
        await journey.press("enter")
        assert journey.session.actions[0].owner == short


@pytest.mark.slow
async def test_a_fixed_answer_is_chosen_by_letters_or_arrows_and_nothing_else(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session.people[0]
        await journey.press("0", "4", "g", "e", "tab", "tab", "tab")
        assert f"› {before.group}" in journey.seen()
        await journey.type("sen")
        assert "› senior" in journey.seen()
        assert "as it is typed" not in journey.seen()
        await journey.press("enter")
        assert journey.session.people[0].group == "senior"
        await journey.press("e", "tab", "tab", "tab", "up", "tab")
        await journey.press("enter")
        assert journey.session.people[0].group == "corporate"


async def test_tab_takes_what_is_shown_and_leaving_keeps_nothing(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("0", "4", "g", "e", "tab", *"contr")
        assert "› cm Contract Manager" in journey.seen()
        await journey.press("tab", "shift+tab")
        assert field_of(journey).value == "cm"
        await journey.press("escape")
        assert journey.session == before


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_list_hides_no_word_and_no_sentence(
    own_sample: Path, size: tuple[int, int]
) -> None:
    async with afternoon(own_sample, size=size) as journey:
        await journey.press("0", "4", "g", "e", "tab")
        for said in ("Name", "Role", "Team", "Group", "cm Contract Manager", "Enter keeps"):
            assert said in journey.seen()
        await journey.type("zz")
        await journey.press("enter")
        assert "zz" in journey.seen()
        assert "No role" in journey.seen()


@pytest.mark.slow
async def test_a_letter_in_the_line_or_a_field_lays_out_nothing_and_sends_little(
    own_sample: Path,
) -> None:
    reflow = Compositor.reflow
    layouts: list[int] = []

    def noted(*arguments: Any, **named: Any) -> object:
        layouts[-1] += 1
        return reflow(*arguments, **named)

    async def typed(letters: str) -> list[int]:
        """The bytes of each letter; what opening still has to lay out is no letter's."""
        layouts.clear()
        found = []
        with patch.object(Compositor, "reflow", noted):
            for letter in letters:
                layouts.append(0)
                found.append(await sent(journey, both, letter))
        assert layouts.count(0) > len(layouts) / 2, layouts
        return found

    with compared(COLOURED) as both:
        async with afternoon(own_sample) as journey:
            await journey.press("2", "n", *"Check it @")
            assert max(await typed("hos")) < MOST_BYTES
            await journey.press("escape", "q", "3", "g", "j", "@", "p")
            assert max(await typed("roc")) < MOST_BYTES
            assert chosen(journey).startswith("pro Procurement")


@pytest.mark.parametrize("rows", [0, 1, 4, 5, 500])
def test_a_list_of_any_length_goes_round_and_says_how_many_more(rows: int) -> None:
    offered = CompletionList(4)
    named = [type("Row", (), {"text": f"t{n}", "label": f"label {n}"})() for n in range(rows)]
    offered.offer(named)
    assert offered.chosen is None
    assert len(offered._said()) == min(rows, 4)
    assert any("more" in said for said in offered._said()) is (rows > 4)
    for number in range(rows):
        offered.move(1)
        assert offered.chosen is named[number]
        assert any(said.startswith("›") for said in offered._said())
    offered.move(1)
    assert offered.chosen is (named[0] if rows else None)
    offered.move(-1)
    assert offered.chosen is (named[-1] if rows else None)
