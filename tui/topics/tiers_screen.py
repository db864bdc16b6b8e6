"""The tiers: where each begins by value and by risk, what each does, and what effort it costs."""

from dataclasses import replace
from itertools import starmap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from offwall.model.records import Session, excerpt
from offwall.model.records.session import Tier
from offwall.model.setup.workshop import thing_of
from offwall.model.store.presets.catalogues import preset
from offwall.model.topics import heaviest_first
from offwall.model.topics.tiers import (
    AFTER,
    EXAMPLES,
    TIERS,
    heir_of,
    skipped_risks,
    take_illustrative_tiers,
    tier_effort,
    tier_faults,
)
from offwall.tui.kit import ListCell, ListRow, RecordList, SessionScreen
from offwall.tui.kit.frame import FactsPanel
from offwall.tui.kit.keys import Here, Need, Outcome, foot, keys
from offwall.tui.kit.row_view import ListColumn
from offwall.tui.kit.sections import Sections, SectionsScreen, section_keys
from offwall.tui.kit.setup_list import RECORD, SetupList, remove
from offwall.tui.topics.tier_grid import NO_TIERS, TierGrid, effort_cells, stage_treatments_text

EXAMPLES_PRESET = "contract-management"
"""The preset whose tiers are offered where there is money, labelled as illustrative."""


def illustrate(at: Here, _: Tier | None) -> Outcome:
    """Begin with three tiers as an example."""
    money = thing_of(at.session).money
    tiers = preset(EXAMPLES_PRESET, at.fresh.presets).tiers if money else EXAMPLES
    label = f"Added {len(tiers)} example tiers. Change where they begin to your own"
    return Outcome(label, lambda session: take_illustrative_tiers(session, tiers))


def remove_tier(at: Here, tier: Tier) -> Outcome:
    """Remove it; u brings it back."""
    made, heir = remove(at, tier), heir_of(at.session, at.key)
    if heir is None:
        return made
    begins = f"risk {heir.risk_from}" if heir.value_from is None else "£0"
    return replace(made, label=f"{made.label}; {excerpt(heir.label)} begins at {begins} now")


NO_TIER = Need(lambda at: not at.session.tiers, "There are tiers already.")


class TierList(SetupList):
    """The tiers, and above them what is wrong with where they begin."""

    LINES = 8
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "tier",
        foot("I", "illustrate", "Examples", illustrate, needs=NO_TIER),
        foot("x", "setup.remove", "Remove", remove_tier, needs=RECORD),
    )
    # The lines put the tiers in order.
    GONE = ("run('setup.down')", "run('setup.up')", "run('setup.new-before')")

    def watch_session(self, session: Session) -> None:
        """Show what changed, and what is wrong with it."""
        wrong = tier_faults(session.tiers)
        self.show_banner(wrong[0].text if wrong else "")
        super().watch_session(session)


# What each tier then costs, and what the lightest would skip that carries a risk code.

FIGURES = {"Activities": 10, "Light": 8, "Decisions": 9, "Documents": 9, "Hand-offs": 9, "Roles": 8}
SHORT_FIGURES = {"Activ.": 6, "Light": 5, "Decis.": 6, "Docs": 5, "Handed": 6, "Roles": 5}
EFFORT_COLUMNS, SHORT_EFFORT_COLUMNS = (
    (ListColumn("Tier"), *starmap(ListColumn, named.items())) for named in (FIGURES, SHORT_FIGURES)
)
NARROW_WIDTH = 75
"""Cells below which the figures stand closer together."""
COLUMNS_BEFORE_PART_2 = (
    ListColumn("Tier", 16),
    ListColumn("Stages"),
    ListColumn("What it costs", 14),
)
SKIPPED_COLUMNS = (
    ListColumn("Code", 4),
    ListColumn("Ref", 7),
    ListColumn("Activity left out"),
    ListColumn("Its risk"),
)
WHOLE_PROCESS = "All, no tier"


class TierEffortTable(RecordList, can_focus=False):
    """A row a tier, beneath the whole process; before part 2 what is said of the stages."""

    def __init__(self) -> None:
        super().__init__(EFFORT_COLUMNS, empty=NO_TIERS, id="tier-figures")

    def watch_session(self) -> None:
        """Count again, where anybody looks."""
        if _is_shown(self):
            self.count()

    def count(self) -> None:
        """Count what each tier goes through: it costs a walk through the process for each."""
        session, whole = self.session, tier_effort(self.session)
        self.fit_columns(self.size.width)
        rows: list[ListRow] = []
        if whole and session.tiers:
            rows.append(ListRow(WHOLE_PROCESS, (WHOLE_PROCESS, *effort_cells(whole, whole))))
        for tier in heaviest_first(session.tiers):
            cells: tuple[ListCell, ...] = (stage_treatments_text(session, tier), (AFTER, "muted"))
            if whole and (found := tier_effort(session, tier.code)):
                cells = effort_cells(found, whole)
            rows.append(ListRow(tier.code, ((tier.label, "lead"), *cells)))
        self.show(rows)
        self.styles.height = len(rows) + 1 if rows else 3
        self.refresh()

    def fit_columns(self, width: int) -> None:
        """Choose the columns that fit."""
        # Before it is first shown it has no size, but its first picture should be the right one.
        width = width or self.app.size.width - 2
        figures = SHORT_EFFORT_COLUMNS if width < NARROW_WIDTH else EFFORT_COLUMNS
        self.plan.columns = figures if self.session.activities else COLUMNS_BEFORE_PART_2

    def look_over(self, index: int, column: int | None = None) -> str:
        """There is no cursor in it."""
        return ""


class SkippedRisks(RecordList):
    """The activities that the lightest tier leaves out and that an open risk is about."""

    DETAILED = True
    GONE = ("choose",)

    def __init__(self) -> None:
        super().__init__(SKIPPED_COLUMNS, id="tier-skipped")

    def watch_session(self) -> None:
        """Look again, where anybody looks."""
        if _is_shown(self):
            self.count()

    def count(self) -> None:
        """Find what the lightest tier skips."""
        session, said, self.empty = self.session, "", ""
        if order := heaviest_first(session.tiers):
            said = f"{excerpt(order[-1].label)} would skip, though a risk code (R, T) is on it:"
            nothing = "Nothing that it leaves out carries an open risk code."
            after = f"{AFTER.capitalize()}: no activity is recorded yet."
            self.empty = nothing if session.activities else after
        self.show_banner(said)
        rows = []
        for activity, issue in skipped_risks(session):
            signs = ((issue.code or "", "issue"), (session.ref_by_id[activity.id], "muted"))
            cells = (*signs, activity.text, issue.text)
            rows.append(ListRow(f"{activity.id} {issue.id}", cells))
        self.show(rows)
        self.refresh()
        self.tell()

    def tell(self) -> None:
        """Say in full what the cursor stands on, while the section is shown."""
        if _is_shown(self):
            super().tell()

    def about(self, key: str) -> str:
        """The risk in full, and what can be done."""
        activity, _, issue = key.partition(" ")
        found = self.session.activity_by_id.get(activity)
        risk = next((one for one in self.session.issues if one.id == issue), None)
        if found is None or risk is None:
            return ""
        ref = self.session.ref_by_id[activity]
        return f"{ref} {found.text}. {risk.code}: {risk.text}. Press 2 to have it done after all."


def _is_shown(widget: Widget) -> bool:
    """Whether the section that a widget is in is shown."""
    return widget.parent is not None and widget.parent.display


TIER_SECTIONS = ("Tiers", "Process", "Costs")


class TiersScreen(SectionsScreen):
    """The sections, one shown, and a few words on what the cursor stands on."""

    TITLE = "1 Tiering"
    PART = "topic"
    TOPIC = "tiering"
    CSS_PATH = "tiers_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = section_keys("tiering", "Tiering", TIER_SECTIONS)

    def body(self) -> ComposeResult:
        """The sections, and the words under them."""
        session = SessionScreen.session
        with Sections(*TIER_SECTIONS, words=FactsPanel()):
            yield TierList(TIERS, self.fresh).data_bind(session)
            yield TierGrid(self.fresh).data_bind(session)
            with Vertical(id="tier-costs"):
                yield TierEffortTable().data_bind(session)
                yield SkippedRisks().data_bind(session)

    def on_mount(self) -> None:
        """Begin with the tiers."""
        self.action_go_to("Tiers")

    def on_sections_shown(self, event: Sections.Shown) -> None:
        """What the footer offers is another section's; costs are counted when they are wanted."""
        if event.name == "Costs":
            self.query_one(TierEffortTable).count()
            self.query_one(SkippedRisks).count()
        self.refresh_bindings()
