"""Home and the first screen: where a newcomer starts."""

from pathlib import Path

import pytest
from textual.app import App
from textual.events import Key

from offwall import sample_sessions
from offwall.model import store
from offwall.model.setup.workshop import add_minutes
from offwall.tui.app import OffwallApp
from offwall.tui.home import HomeScreen, bar
from offwall.tui.looks import settings
from offwall.tui.process.record_screen import RecordScreen
from offwall.tui.services import recent_sessions, writers
from offwall.tui.setup.start_screen import StartScreen
from tests.journey import Journey, afternoon


async def test_home_says_what_is_done_in_each_part_and_the_time(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        seen = journey.seen()
        assert "48 activities in 8 stages" in seen
        assert "10 actions (10 scored)" in seen
        assert "of 150 min" in seen
        assert "still to confirm" in seen


@pytest.mark.slow
async def test_keys_go_to_each_part_and_q_comes_back(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        for key in "1230":
            await journey.press(key)
            assert not isinstance(journey.app.screen, HomeScreen)
            await journey.press("q")
            assert isinstance(journey.app.screen, HomeScreen)
        await journey.press("j", "enter")
        assert isinstance(journey.app.screen, RecordScreen)


@pytest.mark.slow
async def test_help_and_palette_list_the_keys_that_apply(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "?")
        assert "Confirm sequence and lead" in journey.seen()
        await journey.press("escape", ":")
        await journey.type("remove")
        await journey.pilot.app.workers.wait_for_complete()
        await journey.settle()
        assert "Take it off the wall" in journey.seen()


@pytest.mark.slow
async def test_the_key_that_ends_other_programs_says_what_leaves(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "ctrl+c")
        assert "Ctrl+Q leaves; what is kept is saved." in journey.seen()
        await journey.press("n", "a", "ctrl+c")
        assert journey.app.is_running


async def test_a_thought_is_parked_from_anywhere(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        before = len(journey.session.issues)
        await journey.press("2", "g", "j", "p")
        await journey.paste("Who owns contracts of two directorates?")
        await journey.press("enter")
        issue = journey.session.issues[-1]
        assert len(journey.session.issues) == before + 1
        assert issue.parked
        assert issue.activity == journey.session.in_order[0].id
        await journey.press("p", "enter")
        assert "Say in a few words" in journey.seen()
        await journey.press("escape")
        assert len(journey.session.issues) == before + 1


async def test_the_minute_counts_for_the_part_that_is_open_and_undo_leaves_it(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        used = journey.session.clock.record.used
        await journey.press("2", "g", "j", "x")
        journey.app.minute_passed()
        await journey.press("u")
        assert journey.session.clock.record.used == used + 1
        assert len(journey.session.activities) == 48


@pytest.mark.slow
async def test_export_writes_beside_the_session_under_a_free_name(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        for name in ("contract-management.xlsx", "contract-management-2.xlsx"):
            await journey.press("E", "j", "enter")
            await journey.app.workers.wait_for_complete()
            await journey.settle()
            assert (own_sample.parent / name).stat().st_size > 10_000
            assert name in journey.app.state.said[0]


@pytest.mark.slow
async def test_leaving_writes_everything(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j", "x", "ctrl+q")
        await journey.app.workers.wait_for_complete()
    assert len(store.read_session(own_sample).activities) == 47


@pytest.mark.slow
async def test_a_folder_that_goes_away_is_said_and_heals(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "FILE_RETRY_SECONDS", 0.01)
    folder, away = own_sample.parent, own_sample.parent.with_name("away")
    async with afternoon(own_sample) as journey:
        folder.rename(away)
        await journey.press("2", "g", "j", "x")
        assert journey.app.services.editing.document is not None
        await journey.until(lambda: own_sample.name in journey.app.state.trouble)
        assert not journey.app.services.editing.document.settled(0)
        assert "safe on this computer" in journey.app.state.trouble
        await journey.until(lambda: journey.app.state.keeping == "kept 1")
        away.rename(folder)
        assert len(journey.on_disk().activities) == 47
        await journey.settle()
        assert journey.app.state.trouble == ""
        assert journey.app.state.keeping == "kept 1"


@pytest.mark.slow
async def test_what_another_program_wrote_comes_in_and_undo_leaves_it(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        theirs = own_sample.read_text("utf-8").replace("A. Facilitator", "Theirs")
        own_sample.write_text(theirs, "utf-8")
        await journey.press("2", "g", "j", "x")
        assert journey.on_disk().workshop.facilitator == "Theirs"
        await journey.settle()
        assert journey.session.workshop.facilitator == "Theirs"
        await journey.press("u")
        assert journey.session.workshop.facilitator == "Theirs"
        assert len(journey.on_disk().activities) == 48


async def started(app: OffwallApp, pilot: object, *keys: str) -> Journey:
    journey = Journey(app, pilot, Path())  # type: ignore[arg-type]
    await journey.settle()
    await journey.press(*keys)
    return journey


@pytest.mark.slow
async def test_without_a_name_the_first_screen_offers_new_and_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = OffwallApp()
    async with app.run_test(size=(80, 24)) as pilot:
        journey = await started(app, pilot, "n")  # what is typed replaces the name proposed
        await journey.paste("housing")
        await journey.press("tab", *"three-phase", "enter")
        assert isinstance(app.screen, HomeScreen)
        assert len(store.read_session(tmp_path / "housing.toml").stages) == 3
    assert recent_sessions.sessions() == [tmp_path / "housing.toml"]


async def test_what_is_done_keeps_its_column_on_a_narrow_screen(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(60, 20)) as journey:
        lines = journey.seen().splitlines()
        begins = next(number for number, line in enumerate(lines) if "topics explored" in line)
        column = lines[begins].index("0 topics")
        assert "scored" in lines[begins + 1]
        assert lines[begins + 1][:column].isspace()
        assert not lines[begins + 1][column].isspace()


@pytest.mark.slow
async def test_the_sample_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = OffwallApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await started(app, pilot, "0", "2", "g", "j", "x")
        assert app.services.editing.document is not None
        assert app.services.editing.document.settled(60)
    original = store.read_session(sample_sessions.path("contract-management"))
    assert len(original.activities) == 48
    assert len(store.read_session(tmp_path / "contract-management.toml").activities) == 47


async def test_a_file_that_cannot_be_read_is_said_and_the_name_typed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("not [ toml")
    app = OffwallApp()
    async with app.run_test(size=(80, 24)) as pilot:
        journey = await started(app, pilot, ",")
        await journey.paste("bad.toml")
        await journey.press("enter")
        assert "line 1" in journey.seen()
        assert "bad.toml" in journey.seen()
        await journey.press("escape")
        assert isinstance(app.screen, StartScreen)
        assert (tmp_path / "bad.toml").read_text() == "not [ toml"


@pytest.mark.slow
async def test_a_stock_app_still_loses_keys_that_come_in_a_burst(
    own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When this fails, Textual hands keys over one at a time and tui/services/terminal_app.py can
    go.
    """
    monkeypatch.setattr(OffwallApp, "on_event", App.on_event)
    app = OffwallApp(own_sample)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        for character in "nabc":
            app.post_message(Key(character, character))
        await pilot.pause()
        await pilot.pause()
        assert getattr(app.focused, "value", "") != "abc"


@pytest.mark.slow
async def test_how_far_it_is_stands_beside_the_parts_where_there_is_room(own_sample: Path) -> None:
    async with afternoon(own_sample, (120, 40)) as journey:
        lines = journey.seen().splitlines()
        stage = next(line for line in lines if "S6 Relationship and improvement" in line)
        assert stage.split("improvement")[1].split()[1:4] == ["3", "1", "1"]
        assert "█" in stage
        assert "▒" in stage
        assert any("S6.04" in line and "Who keeps the log?" in line for line in lines)
        assert any("Part 2" in line and "0 of 150 min" in line for line in lines)
        journey.app.session = add_minutes(journey.session, "record", 146)
        await journey.settle()
        assert "Review and record activity   146 of 150 min " in journey.seen()
    async with afternoon(own_sample) as journey:
        assert "S6.04" not in journey.seen()


def test_a_bar_is_as_long_as_what_is_counted() -> None:
    parts = [(3, ("#", "")), (1, ("=", "")), (0, (".", ""))]
    assert "".join(text for text, _ in bar(parts, 8, 16)) == "######==" + " " * 8
    assert len("".join(text for text, _ in bar([(9, ("#", ""))], 4, 10))) == 10
    assert "".join(text for text, _ in bar([], 0, 5)) == " " * 5


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(("key", "theme"), [("y", "projector"), ("Y", "textual-dark")])
async def test_whether_this_screen_is_projected_is_asked_once(
    own_sample: Path, key: str, theme: str, size: tuple[int, int]
) -> None:
    colours = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    async with afternoon(own_sample, size) as journey:
        journey.app.apply_settings(settings.read_settings(), environment=colours)
        await journey.settle()
        assert "Is this screen projected?" in journey.seen()
        await journey.press(key)
        assert "Is this screen projected?" not in journey.seen()
        assert journey.app.theme == theme
        assert settings.read_settings() == settings.Settings(theme)
        await journey.press(key)
    async with afternoon(own_sample, size) as journey:
        journey.app.apply_settings(settings.read_settings(), environment=colours)
        await journey.settle()
        assert journey.app.theme == theme
        assert "Is this screen projected?" not in journey.seen()


async def test_nobody_is_asked_where_there_are_few_colours_or_the_settings_cannot_be_used(
    own_sample: Path,
) -> None:
    async with afternoon(own_sample) as journey:
        journey.app.apply_settings(settings.Settings(), environment={"TERM": "linux"})
        await journey.settle()
        assert "projected" not in journey.seen()
        journey.app.apply_settings(settings.Settings(), "They cannot be used.", {"TERM": "xterm"})
        await journey.settle()
        assert "projected" not in journey.seen()
        await journey.press("y")
        assert journey.app.theme != "projector"


@pytest.mark.slow
async def test_home_hears_of_the_session_when_it_is_seen_again(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        home = journey.app.screen
        assert isinstance(home, HomeScreen)
        before = journey.seen()
        await journey.press("2", "space")
        assert home.session != journey.session
        await journey.press("q")
        assert home.session == journey.session
        assert journey.seen() != before
