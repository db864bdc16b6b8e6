"""The wall: journeys in keys; what is looked at, and what is drawn again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from offwall import sample_sessions
from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.kit.messages import Edit
from offwall.tui.looks.settings import Settings
from offwall.tui.process.activity_card import ActivityCardScreen
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.process.wall_screen import WallScreen, WallView
from tests.journey import Journey, afternoon


def wall_of(journey: Journey) -> WallView:
    return journey.app.screen.query_one(WallView)


def ref(journey: Journey) -> str:
    activity = wall_of(journey).record
    return journey.session.ref_by_id[activity.id] if activity else ""


@contextmanager
def drawn(wall: WallView, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Region, ...]]]:
    """What is drawn again meanwhile: regions, or () for everything."""
    asked: list[tuple[Region, ...]] = []
    draw = wall.refresh

    def refresh(*regions: Region, layout: bool = False) -> object:
        asked.append(regions)
        return draw(*regions, layout=layout)

    with monkeypatch.context() as patch:
        patch.setattr(wall, "refresh", refresh)
        yield asked


async def test_the_wall_opens_where_the_list_stands(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j", "j", "W")
        assert isinstance(journey.app.screen, WallScreen)
        assert ref(journey) == "S1.03"
        seen = journey.seen()
        lines = seen.splitlines()
        assert lines[1].startswith(" 3/48")
        assert "S1 Handover" in lines[1]
        assert "S1.03 ✓" in lines[2]
        for said in ("Activity", "People", "Decision", "Documents", "Score the contract"):
            assert said in seen
        assert "Gold or silver ->" in seen
        assert "Bronze -> S2.01" in seen
        await journey.press("escape")
        assert isinstance(journey.app.screen, RecordScreen)


async def test_a_stage_heading_opens_the_wall_at_its_stage(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "l", "l", "W")
        assert ref(journey) == "S3.01"
        assert "S3 Performance (cycle)" in journey.seen().splitlines()[1]


async def test_arrows_and_letters_go_from_note_to_note(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W", "h", "k")
        wall = wall_of(journey)
        assert (ref(journey), wall.lane) == ("S1.01", 0)
        await journey.press("l", "right", "j", "down", "j", "j", "j")
        assert (ref(journey), wall.lane) == ("S1.03", 3)
        await journey.press("h", "left", "k", "up")
        assert (ref(journey), wall.lane) == ("S1.01", 1)
        await journey.press("G")
        assert ref(journey) == "S8.06"
        assert "48/48" in journey.seen()
        await journey.press("l", "pageup")
        assert ref(journey) == "S8.04"
        await journey.press("g", "pagedown")
        assert ref(journey) == "S1.03"
        await journey.press("]", "]", "[", "]", "]")
        assert ref(journey) == "S4.01"
        await journey.press("[", "[", "[", "[")
        assert ref(journey) == "S1.01"


async def test_the_name_of_the_stage_stays_in_sight(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W", *"lllll")
        head = journey.seen().splitlines()[1]
        assert ref(journey) == "S1.06"
        assert "‹S1 Handover and set-up" in head
        await journey.press("l", "l")
        head = journey.seen().splitlines()[1]
        assert "‹S1 Handover" in head
        assert "│S2 " in head


async def test_enter_opens_the_card_and_esc_puts_it_down(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "j", "j", "W", "enter")
        assert isinstance(journey.app.screen, ActivityCardScreen)
        activity = journey.session.in_order[2]
        seen = journey.seen()
        assert f"S1.03 {activity.text}" in seen
        assert journey.session.role_by_code[activity.lead].name in seen
        assert "Gold or silver -> S1.04" in seen
        await journey.press("escape")
        assert isinstance(journey.app.screen, WallScreen)
        assert ref(journey) == "S1.03"
        await journey.press("enter", "q", "q")
        assert isinstance(journey.app.screen, RecordScreen)


async def test_a_long_card_scrolls_to_its_last_word(tmp_path: Path) -> None:
    documents = tuple(f"Document {number}" for number in range(400))
    activity = Activity("a-1", "S1", "Long", documents=documents, note="the last word")
    path = tmp_path / "long.toml"
    path.write_text(dumps(Session(stages=(Stage("S1", "One"),), activities=(activity,))))
    async with afternoon(path) as journey:
        await journey.press("2", "W", "enter")
        assert "the last word" not in journey.seen()
        await journey.press("j")
        assert "S1.01 Long" not in journey.seen()
        await journey.press("end")
        assert "the last word" in journey.seen()


@pytest.mark.slow
async def test_finding_goes_on_from_one_to_the_next(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W", "/")
        await journey.paste("kick")
        await journey.press("enter")
        assert "Nothing here has that text" in journey.seen()
        await journey.press("escape", "/")
        await journey.paste("SUPPLIER")
        await journey.press("enter")
        first = ref(journey)
        assert "1 of " in journey.seen()
        assert "} next, { the one before." in journey.seen()
        assert "supplier" in wall_of(journey).record.text.casefold()
        await journey.press("/", "enter")
        assert (second := ref(journey)) > first
        await journey.press("{")
        assert ref(journey) == first
        await journey.press("}")
        assert ref(journey) == second


@pytest.mark.slow
async def test_a_thought_parked_here_belongs_to_the_activity(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = journey.session
        await journey.press("2", "g", "j", "W", "l", "p")
        await journey.paste("Ask [PO]")
        await journey.press("enter")
        issue = journey.on_disk().issues[-1]
        assert (issue.text, issue.activity) == ("Ask [PO]", before.in_order[1].id)
        await journey.press("u")
        assert journey.session == before


@pytest.mark.slow
async def test_undo_is_seen_on_the_wall(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "W")
        assert "1/47" in journey.seen()
        await journey.press("u")
        assert "/48" in journey.seen()
        assert "Hold handover meeting" in journey.seen()
        assert len(journey.on_disk().activities) == 48
        await journey.press("U")
        assert "/47" in journey.seen()


async def test_a_move_in_view_draws_two_notes(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W")
        wall = wall_of(journey)
        head = Region(0, 0, 78, 1)
        with drawn(wall, monkeypatch) as asked:
            await journey.press("l")
            await journey.press("j")
        at = wall.plan.region
        assert asked == [(head, at(0, 0), at(1, 0)), (head, at(1, 0), at(1, 1))]
        with drawn(wall, monkeypatch) as asked:
            await journey.press("l", "l")
        assert asked[-1] == ()


async def test_a_change_draws_the_note_that_changed(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reword(session: Session) -> Session:
        first = session.in_order[0]
        new = replace(first, documents=("Only this",))
        activities = tuple(new if one is first else one for one in session.activities)
        return replace(session, activities=activities)

    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W")
        wall = wall_of(journey)
        with drawn(wall, monkeypatch) as asked:
            wall.post_message(Edit("Reword", reword))
            await journey.settle()
        assert asked == [(Region(0, 0, 78, 1), wall.plan.region(0, 3))]
        assert "Only this" in journey.seen()


@pytest.mark.slow
async def test_only_what_is_looked_at_is_made(tmp_path: Path) -> None:
    activities = tuple(Activity(f"a-{n}", f"S{n % 3}", f"Step {n}") for n in range(3000))
    stages = tuple(Stage(f"S{n}", f"Stage {n}") for n in range(3))
    path = tmp_path / "huge.toml"
    path.write_text(dumps(Session(stages=stages, activities=activities)))
    async with afternoon(path) as journey:
        await journey.press("2", "W", "G", "g", "l")
        assert len(wall_of(journey)._notes._made) < 100


async def test_the_wall_shows_those_that_it_is_given(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W")
        wall = wall_of(journey)
        shown = [one.id for one in journey.session.in_order if one.stage == "S2"]
        wall.show(shown)
        await journey.press("l")
        assert "2/6" in journey.seen()
        assert ref(journey) == "S2.02"
        wall.show(())
        await journey.press("l", "enter", "]", "G")
        assert "None of the activities is shown" in journey.seen()
        wall.show(None)
        await journey.settle()
        assert "/48" in journey.seen()


@pytest.mark.slow
async def test_an_empty_wall_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(sample_sessions.path("empty").read_bytes())
    async with afternoon(path) as journey:
        await journey.press("2", "W", *"hjkl[]gG", "pagedown", "enter")
        assert "There are no stages yet. Press q twice, then 0" in journey.seen()
        await journey.press("/", "x", "enter")
        assert "Nothing here has that text" in journey.seen()
        await journey.press("escape", "q", "q", "0")
        assert "Set up" in journey.seen()


async def test_an_empty_stage_keeps_its_place_and_has_no_card(tmp_path: Path) -> None:
    stages = (Stage("S1", "First"), Stage("S2", "Second"))
    path = tmp_path / "stages.toml"
    session = Session(stages=stages, activities=(Activity("a-1", "S2", "Begin"),))
    path.write_text(dumps(session))
    async with afternoon(path) as journey:
        await journey.press("2", "g", "W", "enter")
        assert isinstance(journey.app.screen, WallScreen)
        assert "Nothing here yet" in journey.seen()
        await journey.press("l", "enter")
        assert isinstance(journey.app.screen, ActivityCardScreen)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (30, 9), (200, 50)])
async def test_hostile_text_stays_within_its_note(
    brackets: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "brackets.toml"
    path.write_bytes(brackets.read_bytes())
    async with afternoon(path, size) as journey:
        await journey.press("2", "g", "W", *"jjj")
        wall = wall_of(journey)
        for _ in range(0, len(wall.spots), max(1, wall.plan.columns - 1)):
            strips = [wall.render_line(y) for y in range(wall.size.height)]
            assert all(strip.cell_length == wall.size.width for strip in strips)
            assert all(cell_len(strip.text) == wall.size.width for strip in strips)
            await journey.press("pagedown")
        await journey.press("enter")
        assert journey.session.in_order[-1].id == wall.key
        assert isinstance(journey.app.screen, ActivityCardScreen)


@pytest.mark.slow
async def test_a_click_goes_to_a_note_and_the_wheel_along(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "W")
        wall = wall_of(journey)
        await journey.pilot.click(WallView, offset=(40, 8))
        assert (ref(journey), wall.lane) == ("S1.02", 1)
        await journey.pilot.click(WallView, offset=(2, 8))
        assert ref(journey) == "S1.02"
        await journey.pilot.click(WallView, offset=(40, 8), times=2)
        await journey.settle()
        assert isinstance(journey.app.screen, ActivityCardScreen)


async def test_the_cursor_is_reversed_where_colours_are_few(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        journey.app.apply_settings(Settings(), environment={"TERM": "linux"})
        journey.app.refresh_css(animate=False)
        await journey.press("2", "g", "j", "W")
        wall = wall_of(journey)
        row = wall.render_line(wall.cursor_screen_offset.y - wall.content_region.y)
        reversed_text = "".join(part.text for part in row if part.style and part.style.reverse)
        assert "S1.01" in reversed_text
        assert "S1.02" not in reversed_text
