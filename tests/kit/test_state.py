"""What comes down from the App is typed: what was renamed fails, and switches nothing off."""

import ast
from collections.abc import Callable
from dataclasses import fields, make_dataclass, replace
from pathlib import Path

import pytest
from textual.app import App
from textual.widget import Widget

from offwall import tui
from offwall.model.records import Session
from offwall.tui.app import OffwallApp
from offwall.tui.kit.context import AppState
from offwall.tui.kit.frame import ScreenHeading, StatusLine
from offwall.tui.kit.line_input import line_label
from offwall.tui.kit.session_screen import SessionScreen
from offwall.tui.kit.session_widget import SessionApp, app_state, follow, session_app
from offwall.tui.projector.show_app import ShowApp
from tests.journey import Journey, afternoon
from tests.nightly import rest_at_night


def own_classes(kind: type) -> list[str]:
    """The program's own classes in a class's line."""
    return [one.__name__ for one in kind.__mro__ if one.__module__.startswith("offwall.")]


@pytest.mark.parametrize("kind", [OffwallApp, ShowApp])
def test_an_app_is_at_most_three_classes_of_ours(kind: type) -> None:
    assert len(own_classes(kind)) <= 3


def test_no_app_is_asked_by_a_string() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(tui.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("getattr", "hasattr", "setattr")
        and "app" in ast.unparse(node.args[0]).split(".")
    ]
    assert not found


def lacking(name: str, state: AppState) -> AppState:
    """A state as it would be were one of its names another."""
    known = [one.name for one in fields(AppState) if one.name != name]
    kind = make_dataclass("Renamed", [*known, f"{name}_renamed"])
    values = {one: getattr(state, one) for one in known}
    found: AppState = kind(**values, **{f"{name}_renamed": getattr(state, name)})
    return found


ASKED: dict[str, Callable[[Journey], object]] = {
    "said": lambda journey: top(journey).query_one(StatusLine).render(),
    "hint": lambda journey: top(journey).query_one(StatusLine).render(),
    "trouble": lambda journey: top(journey).query_one(StatusLine).render(),
    "file": lambda journey: top(journey).query_one(StatusLine).render(),
    "keeping": lambda journey: top(journey).query_one(ScreenHeading).watch_session(),
    "paused": lambda journey: top(journey).query_one(ScreenHeading).watch_session(),
    "refused": lambda journey: top(journey).refusal(lambda session: session),
    "private": lambda journey: journey.app.action_private(),
    "sharing": lambda journey: line_label(top(journey).query_one(StatusLine), "New"),
    "holding": lambda journey: top(journey).query_one(ScreenHeading).watch_session(),
    "showing": lambda journey: top(journey).check_action("run", ("screen.park",)),
    "unasked": lambda journey: watched(journey, lambda state: state.unasked),
    "photo_asked": lambda journey: photo_question(journey).on_mount(),
    "photo_states": lambda journey: watched(journey, lambda state: state.photo_states),
    "looked_back": lambda journey: watched(journey, lambda state: state.looked_back),
    "log": lambda journey: watched(journey, lambda state: state.log),
    "proposals": lambda journey: watched(journey, lambda state: state.proposals),
    "importing": lambda journey: watched(journey, lambda state: state.importing),
    "filled": lambda journey: watched(journey, lambda state: state.filled),
    "filling": lambda journey: watched(journey, lambda state: state.filling),
}
"""Who asks for each name of the state."""


def top(journey: Journey) -> SessionScreen:
    """The screen on top."""
    screen = journey.app.screen
    assert isinstance(screen, SessionScreen)
    return screen


def photo_question(journey: Journey) -> Widget:
    """The question that is asked once a run."""
    from offwall.tui.process.record_screen import PhotoQuestion

    return journey.app.screen.query_one(PhotoQuestion)


def watched(journey: Journey, asked: Callable[[AppState], object]) -> None:
    """What a widget follows is asked for at once."""
    follow(top(journey).query_one(StatusLine), asked, lambda _: None)


def test_each_name_is_asked_for_by_somebody() -> None:
    assert set(ASKED) == {one.name for one in fields(AppState)}


@pytest.mark.slow
@pytest.mark.parametrize("name", rest_at_night(ASKED, gate=(*ASKED,)[:6]))
async def test_a_name_that_is_another_fails_at_once(name: str, own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2")
        ASKED[name](journey)
        state = journey.app.state
        journey.app.set_reactive(SessionApp.state, lacking(name, state))
        with pytest.raises((AttributeError, TypeError), match=name):
            ASKED[name](journey)
        journey.app.set_reactive(SessionApp.state, state)


async def test_read_only_private_and_sharing_act(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await journey.press("2", "g", "j")
        activities = journey.session.activities
        journey.app.state = replace(journey.app.state, refused="Read only.")
        await journey.press("x")
        assert journey.session.activities == activities
        assert journey.app.state.said == ("Read only.", False)
        journey.app.state = replace(journey.app.state, refused="")
        await journey.press("P", "V")
        assert (journey.app.state.private, journey.app.state.sharing) == (True, True)
        await journey.press("n")
        assert ", shown" in journey.seen()
        await journey.press("escape", "V", "x")
        assert not journey.app.state.sharing
        assert len(journey.session.activities) == len(activities) - 1


async def test_what_is_followed_is_told_when_it_changes_and_not_else(own_sample: Path) -> None:
    heard: list[bool] = []
    async with afternoon(own_sample) as journey:
        line = top(journey).query_one(StatusLine)
        follow(line, lambda state: state.private, heard.append, init=False)
        await journey.press("Z")
        assert not heard
        await journey.press("P", "P")
        assert heard == [True, False]


async def test_an_app_without_a_session_is_no_place_for_these_widgets() -> None:
    class Other(App[None]):
        session = Session()

    app = Other()
    async with app.run_test():
        with pytest.raises(TypeError, match="Other shows no session"):
            session_app(app.screen)
        with pytest.raises(TypeError, match="Other shows no session"):
            app_state(app.screen)
