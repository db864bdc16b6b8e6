"""Which screens an open session has, by the names that messages use.

A screen is loaded when it is first shown: all of them take a fifth of a second to load, which is
most of what a start would cost. `load_all` has them ready for whoever presses the next key.
"""

from collections.abc import Iterator
from importlib import import_module

from offwall.tui.kit.session_screen import SessionScreen

SCREENS: dict[str, str] = {
    "home": "offwall.tui.home:HomeScreen",
    "setup": "offwall.tui.setup.setup_screen:SetupScreen",
    "topic": "offwall.tui.topics.topic_screen:TopicScreen",
    "ranking": "offwall.tui.actions.ranking_screen:RankingScreen",
    "tiering": "offwall.tui.topics.tiers_screen:TiersScreen",
    "governance": "offwall.tui.topics.board_screen:BoardScreen",
    "challenge": "offwall.tui.topics.improvement_screen:ImprovementScreen",
    "record": "offwall.tui.process.record_screen:RecordScreen",
    "plan": "offwall.tui.actions.plan_screen:PlanScreen",
    "close": "offwall.tui.review.close_down_screen:CloseDownScreen",
    "raci": "offwall.tui.process.raci_screen:RaciScreen",
    "wall": "offwall.tui.process.wall_screen:WallScreen",
    "checks": "offwall.tui.review.checks:ChecksScreen",
    "clashes": "offwall.tui.process.conflicts_screen:ConflictsScreen",
    "words": "offwall.tui.setup.glossary_screen:GlossaryScreen",
    "again": "offwall.tui.review.carry_over_screen:CarryOverScreen",
    "requirements": "offwall.tui.process.requirements_screen:RequirementsScreen",
    "times": "offwall.tui.topics.times_screen:TimesScreen",
    "walk": "offwall.tui.process.walk_screen:WalkScreen",
    "importing": "offwall.tui.review.import_screen:ImportScreen",
    "mapping": "offwall.tui.review.mapping_screen:MappingScreen",
    "filling": "offwall.tui.review.mapping_screen:FillingScreen",
    "history": "offwall.tui.review.history_screen:HistoryScreen",
    "then": "offwall.tui.review.history_screen:ThenScreen",
}


def screen_class(name: str) -> type[SessionScreen]:
    """The screen that is known by a name. Raises `KeyError` for one that nobody knows."""
    module, _, found = SCREENS[name].partition(":")
    screen: type[SessionScreen] = getattr(import_module(module), found)
    return screen


def name_of_screen(screen: object) -> str:
    """The name of a screen; empty for none of these."""
    path = f"{type(screen).__module__}:{type(screen).__name__}"
    return next((name for name, found in SCREENS.items() if found == path), "")


def load_screens() -> Iterator[str]:
    """Load the screens one after another; yields the name of each that is ready."""
    for name in SCREENS:
        screen_class(name)
        yield name
