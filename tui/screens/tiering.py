"""Part 1: tiers, so that the effort follows value and risk: lines, process, costs, scorecard."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.screens.session_screen import SessionScreen
from tui.text import plain
from tui.widgets.sections import Sections
from tui.widgets.setup_section import SetupSection
from tui.widgets.tier_contracts import ContractList
from tui.widgets.tier_costs import SkippedRisks, TierCosts
from tui.widgets.tier_grid import TierGrid
from tui.widgets.tier_list import TierList
from tui.widgets.tier_scorecard import CriterionList

COSTS = "Costs"
SECTIONS = ("Tiers", "Process", COSTS, "Scorecard", "Contracts")


class TieringScreen(SessionScreen):
    """The sections, one shown, and a few words on what the cursor stands on."""

    TITLE = "1 Tiering"
    PART = "topic"
    TOPIC = "tiering"
    CSS_PATH = "tiering.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "section(1)", "Next section", show=False, id="tiering.next"),
        Binding("shift+tab", "section(-1)", "Section before", show=False, id="tiering.before"),
        *(
            Binding(
                str(number),
                f"go_to({name!r})",
                name,
                show=False,
                id=f"tiering.{name.lower()}",
                tooltip=f"Tiering: {name.lower()}",
            )
            for number, name in enumerate(SECTIONS, 1)
        ),
    ]

    def body(self) -> ComposeResult:
        """The sections, and the words under them."""
        session = SessionScreen.session
        with Sections(*SECTIONS):
            yield TierList(self.fresh).data_bind(session)
            yield TierGrid().data_bind(session)
            with Vertical(id="tier-costs"):
                yield TierCosts().data_bind(session)
                yield SkippedRisks().data_bind(session)
            yield CriterionList(self.fresh).data_bind(session)
            yield ContractList(self.fresh).data_bind(session)
        yield Static(id="tiering-about")

    def on_mount(self) -> None:
        """Begin with the tiers."""
        self.action_go_to(SECTIONS[0])

    def on_setup_section_told(self, message: SetupSection.Told) -> None:
        """Say in full what the cursor stands on; the box has its size, so nothing is laid out."""
        message.stop()
        self.query_one("#tiering-about", Static).update(Content(plain(message.text)), layout=False)

    def on_sections_shown(self, event: Sections.Shown) -> None:
        """What the footer offers is another section's; costs are counted when they are wanted."""
        if event.name == COSTS:
            self.query_one(TierCosts).count()
            self.query_one(SkippedRisks).count()
        self.refresh_bindings()

    def action_go_to(self, name: str) -> None:
        """Show a section."""
        self.query_one(Sections).show(name)

    def action_section(self, by: int) -> None:
        """Show the section after or before."""
        self.query_one(Sections).action_section(by)
