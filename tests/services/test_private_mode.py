"""The private mode: what the room sees of a mirrored screen names no other council, and no load."""

from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.session import Action, Group, Person
from offwall.tui.app import OffwallApp
from offwall.tui.cli.looks import taken
from offwall.tui.kit.context import Context
from offwall.tui.looks import settings
from offwall.tui.looks.settings import Settings
from offwall.tui.services import recent_sessions
from tests.journey import TODAY, afternoon
from tests.key_driver import KeyDriver

IDLE, BUSY = "Ida Idle", "Ben Busy"


@pytest.fixture
def loaded(own_sample: Path) -> Path:
    """A session with one of the core group who has nothing, and one who has too much."""
    session = store.read_session(own_sample)
    names = (IDLE, BUSY, "Cy", "Di", "Ed")
    people = tuple(Person(f"p-{name}", name, group=Group.CORE) for name in names)
    actions = tuple(Action(f"n-{place}", f"Do {place}", owner=f"p-{BUSY}") for place in range(5))
    own_sample.unlink()
    store.create_session(
        own_sample, replace(session, people=people, actions=actions, issues=(), activities=())
    )
    return own_sample


@pytest.mark.slow
async def test_nothing_of_people_s_loads_is_seen_while_it_is_private(loaded: Path) -> None:
    async with afternoon(loaded, size=(120, 40)) as journey:
        for private in (False, True):
            await journey.press("3")
            assert (IDLE in journey.seen()) is not private
            await journey.press("l", "l")
            assert ("By owner" in journey.seen(), "By week" in journey.seen()) == (True, True)
            assert (IDLE in journey.seen()) is (BUSY in journey.seen()) is not private
            await journey.press("h", "h", "C")
            assert ("an even share is" in journey.seen()) is not private
            assert (IDLE in journey.seen()) is not private
            # It changes what is on the screen, not only what is opened next.
            await journey.press("P")
            assert (IDLE in journey.seen()) is private
            await journey.press("q", "q")


@pytest.mark.slow
async def test_what_is_asked_of_a_role_s_column_is_not_asked_in_private(own_sample: Path) -> None:
    session = store.read_session(own_sample)
    own_sample.unlink()
    led = tuple(replace(activity, lead="cm") for activity in session.activities)
    store.create_session(own_sample, replace(session, activities=led))
    async with afternoon(own_sample, size=(120, 40)) as journey:
        await journey.press("2", "r")
        assert "share out" in journey.seen()
        await journey.press("P")
        assert "share out" not in journey.seen()


async def test_other_sessions_are_not_offered_on_a_private_screen(
    own_sample: Path, tmp_path: Path
) -> None:
    other = tmp_path / "another-council.toml"
    other.write_bytes(own_sample.read_bytes())
    recent_sessions.remember(other)
    app = OffwallApp(fresh=Context(today=lambda: TODAY))
    app.begin_private(True)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = KeyDriver(app, app.keys, pilot)
        await hands.settle()
        assert "another-council" not in hands.seen()
        await hands.press("B")
        assert "another-council" not in hands.seen()
        await hands.press("escape", "P")
        assert "another-council" in hands.seen()
        await hands.press("P", "g", "P")
        assert "another-council" in hands.seen()
        await hands.press("enter")
        assert app.services.editing.document is not None
        assert app.services.editing.document.path == other
    app.services.close()


def test_it_is_an_option_and_a_setting() -> None:
    assert taken(["--private", "s.toml"]) == (Settings(private=True), ["s.toml"])
    settings.settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_path().write_text("private = true\n")
    assert settings.read_settings().private is True
    assert Settings(private=False).over(settings.read_settings()).private is False
    settings.settings_path().write_text('private = "yes"\n')
    with pytest.raises(settings.SettingsError, match="private must be true or false"):
        settings.read_settings()
