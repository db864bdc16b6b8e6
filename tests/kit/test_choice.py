"""The choice: keys that move do so, whatever the options begin with."""

import pytest
from textual.app import App
from textual.widgets import OptionList

from offwall.tui.kit.form import Choice

OPTIONS = ("Join", "Keep", "Quit it", "Join later", "Look")


@pytest.mark.parametrize(
    ("pressed", "at"),
    [
        (("j",), 1),
        (("j", "j"), 2),
        (("j", "j", "k"), 1),
        (("l",), 4),
        (("l", "k"), 3),
        (("down", "down"), 2),
    ],
)
async def test_a_key_that_moves_finds_no_option(pressed: tuple[str, ...], at: int) -> None:
    app = App[None]()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Choice("Open it?", OPTIONS))
        await pilot.press(*pressed)
        assert app.screen.query_one(OptionList).highlighted == at


async def test_a_key_that_leaves_finds_no_option() -> None:
    app = App[None]()
    answers: list[int | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Choice("Open it?", OPTIONS), answers.append)
        await pilot.press("q")
    assert answers == [None]
