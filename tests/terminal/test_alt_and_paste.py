"""Esc and a key in one go, line feeds, and pastes: read by where they come in, and never silent."""

from pathlib import Path

import pytest
from textual.command import CommandList, CommandPalette
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from offwall.tui.kit.line_input import LineInput
from offwall.tui.terminal.input_driver import KeyParser
from offwall.tui.terminal.textual_private import Palette
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night

pytestmark = pytest.mark.slow

LINE = "Check the budget"
ENDS = ["\r", "\n", "\r\n"]
PLACES = [
    pytest.param("2Gn", id="line"),
    pytest.param("3n", id="action", marks=pytest.mark.slow),
    pytest.param("2p", id="form", marks=pytest.mark.slow),
]


async def sent(journey: Journey, *pieces: str) -> None:
    """What the terminal sends, piece by piece."""
    parser = KeyParser()
    for piece in pieces:
        for message in [*parser.feed(piece), *parser.tick()]:
            journey.app.post_message(message)
    await journey.settle()


def texts(journey: Journey) -> list[str]:
    return [activity.text for activity in journey.session.in_order]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("\x1bbx", "Check the xbudget"),
        ("\x1bb\x1bb\x1bfx", "Check the xbudget"),
        ("\x1bb\x1bb\x1bdx", "Check xbudget"),
        ("\x1b\x7fx", "Check the x"),
        ("\x1b\x7f\x1b\x7f!", "Check !"),
    ],
)
@pytest.mark.parametrize("opening", rest_at_night(PLACES))
async def test_alt_goes_by_words_in_a_field(
    own_sample: Path, opening: str, keys: str, value: str
) -> None:
    async with afternoon(own_sample) as journey:
        await sent(journey, opening + LINE + keys)
        assert isinstance(journey.app.focused, Input)
        assert journey.app.focused.value == value


@pytest.mark.parametrize("key", ["x", " ", "\r", "é"])
@pytest.mark.parametrize("opening", rest_at_night(PLACES))
async def test_alt_and_any_other_key_is_said_and_never_run(
    own_sample: Path, opening: str, key: str
) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await sent(journey, opening + LINE + "\x1b" + key)
        assert journey.session.activities == before.activities
        assert journey.session.actions == before.actions
        assert journey.session.issues == before.issues
        assert not journey.app.state.private
        assert "came with Esc in one go" in journey.seen()
        if opening != "2p":
            await sent(journey, "n")
            assert isinstance(journey.app.focused, Input)
            assert journey.app.focused.value == LINE


async def test_elsewhere_and_in_an_empty_line_they_are_two_keys(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        number = len(texts(journey))
        await sent(journey, "2G" + "".join(f"n{LINE} {place}\r\x1b" for place in range(9)))
        assert texts(journey)[number:] == [f"{LINE} {place}" for place in range(9)]
        await sent(journey, "\x1bn" + "Tenth\r")
        assert texts(journey)[-1] == "Tenth"
        await sent(journey, "\x1bu")
        assert len(texts(journey)) == number + 9


@pytest.mark.parametrize(
    ("number", "end"),
    [(1, "\n"), (7, "\r\n"), *(pytest.param(60, end, marks=pytest.mark.night) for end in ENDS)],
)
async def test_lines_in_one_write_are_exact_whatever_ends_them(
    own_sample: Path, number: int, end: str
) -> None:
    lines = [f"Line {place} [PO] =1+1 é🙂" for place in range(number)]
    async with afternoon(own_sample) as journey:
        before = texts(journey)
        await sent(journey, "2Gn" + "".join(line + end for line in lines))
        assert texts(journey) == before + lines


@pytest.mark.parametrize("opening", ["2G", "3"], ids=["list", "plan"])
async def test_a_paste_on_a_list_opens_the_line_with_it(own_sample: Path, opening: str) -> None:
    async with afternoon(own_sample) as journey:
        await sent(journey, opening + "\x1b[200~Check insurance\x1b[201~")
        assert isinstance(journey.app.focused, Input)
        assert journey.app.focused.value == "Check insurance"
        await sent(journey, "\r")
        kept = [*journey.session.activities, *journey.session.actions]
        assert "Check insurance" in [record.text for record in kept]


async def test_a_paste_of_lines_on_a_list_is_counted_and_kept_by_enter(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = texts(journey)
        await sent(journey, "2G\x1b[200~One\rTwo\r\x1b[201~\r")
        assert texts(journey) == [*before, "One", "Two"]


@pytest.mark.parametrize("opening", ["", "2r"], ids=["home", "raci"])
async def test_a_paste_that_no_line_takes_is_said(own_sample: Path, opening: str) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await sent(journey, opening + "\x1b[200~Check insurance\x1b[201~")
        assert "What was pasted went nowhere" in journey.seen()
        assert journey.session == before


@pytest.mark.parametrize("opening", ["2", "2n" + LINE, "2p" + LINE])
async def test_ctrl_s_changes_nothing(own_sample: Path, opening: str) -> None:
    async with afternoon(own_sample) as journey:
        await sent(journey, opening)
        await journey.settle()
        before = (journey.session, journey.seen(), journey.app.focused)
        await sent(journey, "\x13")
        assert (journey.session, journey.seen(), journey.app.focused) == before


@pytest.mark.parametrize("size", rest_at_night([(80, 24), (120, 40), (40, 12)]))
@pytest.mark.parametrize(
    ("keys", "least"),
    [(":\x1b[6~", 1), (":e\x1b[6~", 1), (":\x1b[5~", 0), (":zzz\x1b[6~", 0)],
)
async def test_the_palette_turns_a_page_in_the_same_read(
    own_sample: Path, size: tuple[int, int], keys: str, least: int
) -> None:
    async with afternoon(own_sample, size) as journey:
        await sent(journey, "2" + keys)
        shown = journey.app.screen
        assert isinstance(shown, Palette)
        commands = shown.query_one(CommandList)
        # What nothing answers to is said a moment later.
        await journey.until(
            lambda: commands.highlighted is not None or "No matches found" in journey.seen()
        )
        assert (commands.highlighted or 0) >= least


async def test_the_stock_palette_still_ends_where_a_page_is_turned_too_soon() -> None:
    """When this fails, Textual lays the list out first, and `Palette` can go."""
    fresh = OptionList(*(Option(str(number)) for number in range(9)))
    fresh.highlighted = 0
    with pytest.raises(KeyError):
        fresh.action_page_down()
    assert issubclass(Palette, CommandPalette)


async def test_clicks_beside_the_palette_close_it_and_nothing_else(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await sent(journey, "2")
        below = journey.app.screen
        await sent(journey, ":")
        shown = journey.app.screen
        assert isinstance(shown, Palette)
        for _ in range(3):
            # What a click beside it does; the second comes before it is gone.
            shown.dismiss()
        await journey.settle()
        assert journey.app.screen is below


@pytest.mark.parametrize("keys", ["2n", "2e", "3n"])
async def test_the_terminals_cursor_stands_where_the_first_letter_goes(
    own_sample: Path, keys: str
) -> None:
    """What is typed ahead of a slow line is drawn there by mosh, and read there by a reader."""
    async with afternoon(own_sample, (120, 40)) as journey:
        await sent(journey, keys)
        field = journey.app.focused
        assert isinstance(field, LineInput)
        await journey.until(lambda: journey.app.cursor_position == field.cursor_screen_offset)
        assert field.region.contains_point(journey.app.cursor_position)
