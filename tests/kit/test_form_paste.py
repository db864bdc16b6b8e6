"""What is pasted into a form: all of it, on one line."""

from pathlib import Path

import pytest
from textual.widgets.input import Selection

from offwall.tui.kit.form import FormInput
from tests.journey import afternoon

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        (
            "Who owns\r\n  contracts of two\n\ndirectorates?\n",
            "Who owns contracts of two directorates?",
        ),
        ("[PO] =1+1 [/", "[PO] =1+1 [/"),
        ("a\x1b]52;c;aGk=\x07b\x00\x9bc", "a]52;c;aGk=bc"),
        ("", ""),
    ],
)
async def test_a_paste_comes_whole_and_on_one_line(
    own_sample: Path, pasted: str, typed: str
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "p")
        await journey.paste(pasted)
        field = journey.app.screen.query_one("#ask-text", FormInput)
        assert field.value == typed
        assert ("joined into one" in journey.seen()) is ("\n" in pasted)
        await journey.type("!")
        assert "joined into one" not in journey.seen()


@pytest.mark.slow
async def test_a_paste_takes_the_place_of_what_is_selected(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "p")
        await journey.type("one two three")
        field = journey.app.screen.query_one("#ask-text", FormInput)
        field.selection = Selection(7, 4)
        await journey.paste("x\ny")
        assert field.value == "one x y three"
        await journey.press("enter")
        assert journey.session.issues[-1].text == "one x y three"


@pytest.mark.slow
async def test_a_stock_input_still_keeps_only_the_first_line(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When this fails, Textual's Input takes a whole paste and tui/kit/form.py can go."""
    monkeypatch.delattr(FormInput, "_on_paste")
    async with afternoon(own_sample) as journey:
        await journey.press("2", "p")
        await journey.paste("one\ntwo")
        assert journey.app.screen.query_one("#ask-text", FormInput).value == "one"
