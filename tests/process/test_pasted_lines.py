"""Many lines at once: counted before they are kept, read while keys are answered, one undo."""

from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.tui.kit.line_input import LineInput
from offwall.tui.process.activity_table import ActivityTable
from offwall.tui.process.pasted_lines import LINES_AT_ONCE
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow  # a thousand lines take long


def lines(number: int) -> str:
    return "\n".join(f"Line {n} @cm ?Ok >yes >no=S1.01 +Document {n}" for n in range(number))


MANY = lines(400)


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    path = tmp_path / "coffee.toml"
    path.write_bytes(sample_sessions.path("cup-of-coffee").read_bytes())
    return path


async def read(journey: Journey) -> None:
    """Wait until what was pasted is read."""
    await journey.app.workers.wait_for_complete()
    await journey.settle()


def preview(journey: Journey) -> str:
    return " ".join(journey.seen().split())


async def test_keys_are_answered_while_a_long_paste_is_read(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("2", "G", "n")
        await journey.paste(lines(3_000))
        await journey.type("Half a thought")
        assert journey.app.screen.query_one(LineInput).value == "Half a thought"
        assert "of 3,000 lines. Esc keeps none." in preview(journey)
        await journey.press("enter")
        assert journey.session == before
        await read(journey)
        assert len(journey.session.activities) == len(before.activities) + 3_000
        assert journey.session.activities[-1].routes[1].to == before.in_order[0].id
        assert journey.app.screen.query_one(LineInput).value == "Half a thought"
        await journey.press("enter", "escape", "u", "u")
        assert journey.session == before


async def test_a_long_paste_is_counted_and_kept_by_enter(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = len(journey.session.activities)
        await journey.press("2", "G", "n")
        await journey.paste(f"{MANY}\n!urgent ask\n+Rota\n")
        await read(journey)
        assert len(journey.session.activities) == before
        assert "402 lines pasted: 401 post-its, 1 line adding to one" in preview(journey)
        assert "Line 401: “!urgent” stays as text" in preview(journey)
        await journey.press("enter", "escape")
        assert len(journey.on_disk().activities) == before + 401
        assert journey.session.activities[-1].documents == ("Rota",)
        table = journey.app.screen.query_one(ActivityTable)
        assert table.key == journey.session.activities[-1].id


async def test_escape_keeps_none_of_a_paste(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("2", "G", "n")
        await journey.paste(MANY)
        await journey.press("escape")
        # On the list a paste opens the line with it, and Escape leaves that too.
        await journey.paste(MANY)
        await journey.press("escape", "n", "enter")
        await journey.press("n")
        await journey.paste("One\nTwo")
        await journey.press("escape", "q")
        assert journey.session == before


async def test_what_enter_kept_is_kept_though_the_screen_is_left(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        before = journey.session
        await journey.press("2", "G", "n")
        await journey.paste(MANY)
        await journey.press("enter", "escape", "q")
        wanted = len(before.activities) + 400
        await journey.until(lambda: len(journey.session.activities) == wanted)
        await journey.press("u")
        assert journey.session == before


async def test_a_paste_that_cannot_be_kept_says_which_line_and_keeps_none(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[stages]]\nid = "S1"\nname = "One"\n', encoding="utf-8")
    for lines in ("@cm\nBoil", "@cm\n" + "Boil\n" * (LINES_AT_ONCE + 5)):
        async with afternoon(path) as journey:
            await journey.press("2", "n")
            await journey.paste(lines)
            await read(journey)
            assert "Line 1: It begins with a token" in preview(journey)
            await journey.press("enter")
            assert "None is kept" in preview(journey)
            assert journey.session.activities == ()


async def test_a_paste_before_an_activity_goes_there(coffee: Path) -> None:
    async with afternoon(coffee) as journey:
        first = journey.session.in_order[0]
        await journey.press("2", "g", "n")
        await journey.paste("- [red]One\n- [/\n• =1+1 עברית 🙂")
        assert "3 lines pasted: 3 post-its" in preview(journey)
        await journey.press("enter", "escape")
        texts = [found.text for found in journey.session.in_order[:3]]
        assert texts == ["[red]One", "[/", "=1+1 עברית 🙂"]
        assert journey.session.in_order[3] == first
