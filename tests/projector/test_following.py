"""The recorder's editor and the room's screen on one folder: keys in one, what the other shows."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from offwall.tui.kit.standing import standing
from offwall.tui.projector import show_app
from offwall.tui.projector.show_app import SessionFollower
from offwall.tui.services import file_watcher, live_line, terminal_app
from offwall.tui.services.live_line import SUFFIX
from offwall.tui.services.lock_file import lock_notes
from tests.journey import Journey, afternoon
from tests.projector.showing import Room, room


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """All looks and writes are oftener than in an afternoon."""
    monkeypatch.setattr(show_app, "SessionFollower", partial(SessionFollower, every=0.01))
    monkeypatch.setattr(file_watcher, "SETTLE_SECONDS", 0.005)
    monkeypatch.setattr(live_line, "LINE_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(terminal_app, "LOOK_SECONDS", 0.01)


@asynccontextmanager
async def both(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Journey, Room]]:
    """The recorder's App and the room's."""
    async with afternoon(path, size) as recorder, room(path, size) as hands:
        await hands.sees("Consider a specialist topic", "Next steps and action plan")
        yield recorder, hands


async def follows(recorder: Journey, hands: Room) -> None:
    """Wait until the room stands where the recorder does."""
    wanted = standing(recorder.app.screen)
    assert wanted.row

    def there() -> bool:
        found = standing(hands.app.screen)
        same = found.row == wanted.row and found.section in ("", wanted.section)
        return same and hands.app._name == wanted.screen

    await hands.until(there, str(wanted))


@pytest.mark.slow
async def test_the_room_goes_where_the_recorder_goes(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        for keys in ("2", "jj", "space", "r", "jl", "qW", "l", "qR", "2", "qq3", "jj", "l", "q1"):
            await recorder.press(*([keys] if keys == "space" else keys))
            await follows(recorder, hands)
        assert not hands.app.query("Input:focus")
        await recorder.press("l", "j")
        await hands.until(lambda: "Who owns" in hands.seen() or "Issue" in hands.seen())
        await follows(recorder, hands)
        await recorder.press("q", "C", "j")
        await follows(recorder, hands)
        await hands.sees("Close down")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["ranking", "tiering", "governance", "challenge", "setup", "checks"]
)
async def test_each_tool_of_a_part_has_its_view(name: str, own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        recorder.app._show(name)
        await recorder.settle()
        await recorder.press("j")
        title = recorder.app.screen.TITLE or ""
        await hands.sees(f"› {title}")
        if standing(recorder.app.screen).row:
            await follows(recorder, hands)


@pytest.mark.slow
async def test_the_walk_goes_the_same_way_and_the_tiers_stand_in_the_same_column(
    own_sample: Path,
) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("2", "R", "1")
        asked = recorder.app.screen.query_one("#walk-asked").render()
        await hands.sees(str(asked).splitlines()[0][:40])
        await hands.sees("» S2.05", "Finance")
        await recorder.press("b")
        await follows(recorder, hands)
        recorder.app._show("tiering")
        await recorder.settle()
        await recorder.press("I", "2", "l", "j")
        await hands.until(lambda: standing(hands.app.screen).view == ("1", ""))
        await follows(recorder, hands)


@pytest.mark.slow
async def test_a_filter_is_shown_with_what_it_leaves(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("2", "f", *"@leg", "enter")
        await hands.sees("of 48: @leg")
        assert "Contract Manager" not in " ".join(row for row in hands.rows if "▶" in row)
        await follows(recorder, hands)
        await recorder.press("escape")
        await hands.until(lambda: "@leg" not in hands.seen())


@pytest.mark.slow
async def test_the_line_comes_with_a_key_and_wherever_one_is(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("2", "n", *"Mine")
        await recorder.press("escape", "j")
        await follows(recorder, hands)
        assert "Mine" not in hands.seen()
        await recorder.press("V", "n", *" and theirs")
        await hands.sees("being typed", "and theirs▏")
        await recorder.press(*" @cm")
        await hands.sees("@cm▏", "Lead         Contract Manager")
        await recorder.press("enter")
        await hands.until(lambda: "being typed" not in hands.seen())
        await hands.sees("▶ " + recorder.session.ref_by_id[standing(recorder.app.screen).row])
        await recorder.press("escape", "q", "q", "3", "n", *"Ask Jane")
        await hands.sees("3 Next steps", "Ask Jane▏")


@pytest.mark.slow
async def test_a_held_room_keeps_what_it_sees_and_follows_again(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("2", "j", "V")
        await follows(recorder, hands)
        await hands.settle()
        before = hands.rows[1:-2]
        await recorder.press("left_parenthesis")
        assert "room held" in recorder.seen()
        await hands.until(lambda: hands.app._told and hands.app._told.held)
        await recorder.press("n", *"Not for the room", "enter", "escape", "q", "0")
        recorder.on_disk()
        await hands.until(lambda: hands.app._held == recorder.session)
        assert hands.rows[1:-2] == before
        await recorder.press("left_parenthesis")
        assert "room held" not in recorder.seen()
        await hands.until(lambda: hands.app.session == recorder.session)
        await hands.sees("› Set up")


@pytest.mark.slow
async def test_what_is_private_is_neither_told_nor_shown(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("3", "l", "l", "j")
        await hands.sees("Amira Khan (cm)")
        await recorder.press("P")
        await hands.until(lambda: hands.app.state.private)
        await hands.until(lambda: "Amira" not in hands.seen())
        await recorder.press("j", "j")
        await recorder.press("left_parenthesis")
        await hands.until(lambda: hands.app._told and hands.app._told.held)
        (note,) = lock_notes(own_sample, SUFFIX)
        said = json.loads(note.read_text())
        assert said["at"] == {"screen": "plan", "section": "", "row": "", "view": []}
        assert said["private"] is True


@pytest.mark.slow
async def test_a_key_in_the_room_looks_elsewhere_and_0_comes_back(own_sample: Path) -> None:
    async with both(own_sample) as (recorder, hands):
        await recorder.press("2", "j")
        await follows(recorder, hands)
        await hands.press("3")
        await hands.sees("3 Next steps", "0 comes back")
        await recorder.press("j", "j")
        await hands.until(lambda: hands.app._wanted.row == standing(recorder.app.screen).row)
        await hands.settle()
        assert "3 Next steps" in hands.rows[0]
        await hands.press("0")
        await follows(recorder, hands)
        await hands.press("?")
        await recorder.press("q", "3")
        await hands.sees("3 Next steps")
        assert "0 comes back" not in hands.seen()


@pytest.mark.slow
async def test_nothing_stays_when_the_editor_leaves_and_the_room_stays_where_it_is(
    own_sample: Path,
) -> None:
    async with room(own_sample) as hands:
        async with afternoon(own_sample) as recorder:
            await recorder.press("2", "g", "j")
            await follows(recorder, hands)
            assert list(lock_notes(own_sample, SUFFIX))
        assert not list(lock_notes(own_sample, SUFFIX))
        await hands.until(lambda: hands.app._told is None)
        assert "2 Review and record" in hands.rows[0]
    assert [path.name for path in own_sample.parent.iterdir()] == [own_sample.name]


async def test_a_room_that_comes_late_is_where_the_recorder_is(own_sample: Path) -> None:
    async with afternoon(own_sample) as recorder:
        await recorder.press("2", "g", "j", "j")
        await recorder.until(lambda: list(lock_notes(own_sample, SUFFIX)))
        async with room(own_sample) as hands:
            await follows(recorder, hands)


async def test_a_folder_that_cannot_be_written_is_said_and_the_session_works(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(live_line, "write_lock_note", refuses)
    async with afternoon(own_sample) as recorder:
        await recorder.until(lambda: "room cannot be told where you are" in recorder.seen())
        await recorder.press("2", "n", *"Agree who signs", "enter")
        assert any(one.text == "Agree who signs" for one in recorder.on_disk().activities)
