"""Which screens an open session has, by the names that messages use."""

from tui.screens.challenge import ChallengeScreen
from tui.screens.checks import ChecksScreen
from tui.screens.clashes import ClashesScreen
from tui.screens.governance import GovernanceScreen
from tui.screens.home import HomeScreen
from tui.screens.plan import PlanScreen
from tui.screens.raci import RaciScreen
from tui.screens.ranking import RankingScreen
from tui.screens.record import RecordScreen
from tui.screens.session_screen import SessionScreen
from tui.screens.setup import SetupScreen
from tui.screens.tiering import TieringScreen
from tui.screens.topic import TopicScreen
from tui.screens.walk import WalkScreen
from tui.screens.wall import WallScreen
from tui.screens.words import WordsScreen

SCREENS: dict[str, type[SessionScreen]] = {
    "home": HomeScreen,
    "setup": SetupScreen,
    "topic": TopicScreen,
    "ranking": RankingScreen,
    "tiering": TieringScreen,
    "governance": GovernanceScreen,
    "challenge": ChallengeScreen,
    "record": RecordScreen,
    "plan": PlanScreen,
    "raci": RaciScreen,
    "wall": WallScreen,
    "checks": ChecksScreen,
    "clashes": ClashesScreen,
    "words": WordsScreen,
    "walk": WalkScreen,
}
