"""The first minute in the sample: what to try, ticked as it is done, and gone for good by a key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from offwall.tui.app import OffwallApp
from offwall.tui.services.services import THINGS, FirstMinute
from tests.journey import Journey, afternoon


@asynccontextmanager
async def trying(path: Path, folder: Path) -> AsyncIterator[Journey]:
    """The sample as `offwall demo` opens it."""
    async with afternoon(path) as journey:
        journey.app.services.first_minute.begin(folder)
        await journey.settle()
        yield journey


def begun(folder: Path) -> FirstMinute:
    """What there is to try, of an App that does not run."""
    first = OffwallApp().services.first_minute
    first.begin(folder)
    return first


def hint(first: FirstMinute) -> str:
    """The line that is shown."""
    return first._port.state.hint


@pytest.mark.slow
async def test_each_is_ticked_when_it_is_done_and_then_they_are_gone(
    own_sample: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "state"
    async with trying(own_sample, folder) as journey:
        assert "······· Try: 2, n and words: a post-it" in journey.seen()
        await journey.press("2", "n", *"Ring the tenant", "enter", "escape")
        assert journey.app.state.hint.startswith("✓······ Try: space")
        await journey.press("space", "u")
        assert journey.app.state.hint.startswith("✓✓···✓· Try: @hos")
    async with trying(own_sample, folder) as journey:  # it is known after a restart, too
        assert "✓✓···✓· Try: @hos" in journey.seen()
        await journey.press("2", "r", "escape", ";", *"@hos", "enter", ",", "3")
        assert journey.app.state.hint.startswith("✓✓✓✓✓✓· Try: E")
        await journey.press("E")
        assert journey.app.state.hint == ""
    assert begun(folder).gone


@pytest.mark.slow
async def test_a_key_takes_them_away_for_good(own_sample: Path, tmp_path: Path) -> None:
    async with trying(own_sample, tmp_path / "state") as journey:
        assert "\\ hides this" in journey.seen()
        await journey.press("\\")
        assert "Try" not in journey.seen()
    async with trying(own_sample, tmp_path / "state") as journey:
        assert "Try" not in journey.seen()


async def test_without_them_the_key_does_nothing(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.seen()
        await journey.press("\\")
        assert journey.seen() == before


@pytest.mark.parametrize("odd", [b"", b"{", b"[[]]", b'["no such"]', b"7"])
def test_an_odd_file_is_a_beginning(odd: bytes, tmp_path: Path) -> None:
    (tmp_path / "first-minute.json").write_bytes(odd)
    assert hint(begun(tmp_path)).startswith("······· Try: 2")


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    first = begun(tmp_path / "file")
    first.did("go")
    assert hint(first).startswith("···✓··· Try: 2")


def test_a_line_fits_a_narrow_screen_and_nothing_else_is_one_of_them() -> None:
    assert len(THINGS) == 7
    first = begun(Path("/nowhere"))
    longest = max(map(len, THINGS.values())) - len(THINGS["post-it"])
    before = hint(first)
    assert len(before) + longest <= 58
    first.did("wall")
    assert hint(first) == before
