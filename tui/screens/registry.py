"""Which screens an open session has, by the names that messages use.

A screen is loaded when it is first shown: all of them take a fifth of a second to load, which is
most of what a start would cost. `load_all` has them ready for whoever presses the next key.
"""

from collections.abc import Iterator
from importlib import import_module

from tui.screens.session_screen import SessionScreen

SCREENS: dict[str, str] = {
    "home": "tui.screens.home:HomeScreen",
    "setup": "tui.screens.setup:SetupScreen",
    "topic": "tui.screens.topic:TopicScreen",
    "ranking": "tui.screens.ranking:RankingScreen",
    "tiering": "tui.screens.tiering:TieringScreen",
    "governance": "tui.screens.governance:GovernanceScreen",
    "challenge": "tui.screens.challenge:ChallengeScreen",
    "record": "tui.screens.record:RecordScreen",
    "plan": "tui.screens.plan:PlanScreen",
    "close": "tui.screens.close_down:CloseDownScreen",
    "raci": "tui.screens.raci:RaciScreen",
    "wall": "tui.screens.wall:WallScreen",
    "checks": "tui.screens.checks:ChecksScreen",
    "clashes": "tui.screens.clashes:ClashesScreen",
    "words": "tui.screens.words:WordsScreen",
    "again": "tui.screens.again:AgainScreen",
    "walk": "tui.screens.walk:WalkScreen",
    "importing": "tui.screens.importing:ImportingScreen",
}


def screen_class(name: str) -> type[SessionScreen]:
    """The screen that is known by a name. Raises `KeyError` for one that nobody knows."""
    module, _, found = SCREENS[name].partition(":")
    screen: type[SessionScreen] = getattr(import_module(module), found)
    return screen


def load_all() -> Iterator[str]:
    """Load the screens one after another; yields the name of each that is ready."""
    for name in SCREENS:
        screen_class(name)
        yield name
