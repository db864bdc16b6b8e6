"""Part 1: tiers, so that the effort follows value and risk: lines, process, costs."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.sections_screen import SectionsScreen, section_keys
from tui.screens.session_screen import SessionScreen
from tui.widgets.sections import Sections
from tui.widgets.tier_costs import SkippedRisks, TierCosts
from tui.widgets.tier_grid import TierGrid
from tui.widgets.tier_list import TierList

COSTS = "Costs"
SECTIONS = ("Tiers", "Process", COSTS)


class TieringScreen(SectionsScreen):
    """The sections, one shown, and a few words on what the cursor stands on."""

    TITLE = "1 Tiering"
    PART = "topic"
    TOPIC = "tiering"
    CSS_PATH = "tiering.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*section_keys("tiering", "Tiering", SECTIONS)]

    def body(self) -> ComposeResult:
        """The sections, and the words under them."""
        session = SessionScreen.session
        with Sections(*SECTIONS):
            yield TierList(self.fresh).data_bind(session)
            yield TierGrid().data_bind(session)
            with Vertical(id="tier-costs"):
                yield TierCosts().data_bind(session)
                yield SkippedRisks().data_bind(session)
        yield Static(id="about")

    def on_mount(self) -> None:
        """Begin with the tiers."""
        self.action_go_to(SECTIONS[0])

    def on_sections_shown(self, event: Sections.Shown) -> None:
        """What the footer offers is another section's; costs are counted when they are wanted."""
        if event.name == COSTS:
            self.query_one(TierCosts).count()
            self.query_one(SkippedRisks).count()
        self.refresh_bindings()
