"""What each tier then costs, and what the lightest would skip that carries a risk code."""

from textual.events import Resize
from textual.widget import Widget

from model.edits.answers import brief
from model.session import Tier
from model.tier_costs import AFTER, cost, skipped_risks
from model.tiering import called, heaviest_first
from tui.widgets.record_list import Cell, Column, RecordList, Row
from tui.widgets.session_widget import SessionWidget
from tui.widgets.setup_section import SetupSection
from tui.widgets.tier_grid import NO_TIERS
from tui.widgets.tier_words import figures, stages_in_words

FIGURES = (
    Column("Tier"),
    Column("Activities", 10),
    Column("Light", 8),
    Column("Decisions", 9),
    Column("Documents", 9),
    Column("Hand-offs", 9),
    Column("Roles", 8),
)
SHORT = (
    Column("Tier"),
    Column("Activ.", 6),
    Column("Light", 5),
    Column("Decis.", 6),
    Column("Docs", 5),
    Column("Handed", 6),
    Column("Roles", 5),
)
NARROW = 75
"""Cells below which the figures stand closer together."""
BEFORE = (Column("Tier", 16), Column("Stages"), Column("What it costs", 14))
SKIPPED = (Column("Code", 4), Column("Ref", 7), Column("Activity left out"), Column("Its risk"))
WHOLE = "All, no tier"


class TierCosts(SessionWidget, RecordList, can_focus=False):
    """A row a tier, beneath the whole process; before part 2 what is said of the stages."""

    def __init__(self) -> None:
        super().__init__(FIGURES, empty=NO_TIERS, id="tier-figures")

    def watch_session(self) -> None:
        """Count again, where anybody looks."""
        if _shown(self):
            self.count()

    def count(self) -> None:
        """Count what each tier goes through: it costs a walk through the process for each."""
        session = self.session
        whole = cost(session)
        self._fit_columns()
        rows: list[Row] = []
        if whole and session.tiers:
            rows.append(Row(WHOLE, (WHOLE, *figures(whole, whole))))
        for tier in heaviest_first(session.tiers):
            found = cost(session, tier.code)
            if whole and found:
                cells: tuple[Cell, ...] = figures(found, whole)
            else:
                cells = (stages_in_words(session, tier), (AFTER, "muted"))
            rows.append(Row(tier.code, ((called(tier), "lead"), *cells)))
        self.show(rows)
        self.styles.height = len(rows) + 1 if rows else 3
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Choose the columns that fit."""
        self._fit_columns()

    def _fit_columns(self) -> None:
        # Before it is first shown it has no size, but its first picture should be the right one.
        width = self.size.width or self.app.size.width - 2
        figures = SHORT if width < NARROW else FIGURES
        self.columns = figures if self.session.activities else BEFORE

    def look_over(self, index: int, column: int | None = None) -> str:
        """There is no cursor in it."""
        return ""


class SkippedRisks(SetupSection):
    """The activities that the lightest tier leaves out and that an open risk is about."""

    def __init__(self) -> None:
        super().__init__(SKIPPED, id="tier-skipped")

    @property
    def _lightest(self) -> Tier | None:
        order = heaviest_first(self.session.tiers)
        return order[-1] if order else None

    def watch_session(self) -> None:
        """Look again, where anybody looks."""
        if _shown(self):
            self.count()

    def count(self) -> None:
        """Find what the lightest tier skips."""
        session, tier = self.session, self._lightest
        name = brief(called(tier)) if tier else ""
        said = f"{name} would skip, though a risk code (R, T) is on it:"
        self.show_banner(said if tier else "")
        nothing = "Nothing that it leaves out carries an open risk code."
        after = f"{AFTER.capitalize()}: no activity is recorded yet."
        self.empty = (nothing if session.activities else after) if tier else ""
        rows = [
            Row(
                f"{activity.id} {issue.id}",
                (
                    (issue.code or "", "issue"),
                    (session.ref_by_id[activity.id], "muted"),
                    activity.text,
                    issue.text,
                ),
            )
            for activity, issue in skipped_risks(session)
        ]
        self.show(rows)
        self.refresh()
        self.tell()

    def tell(self) -> None:
        """Say in full what the cursor stands on, while the section is shown."""
        if _shown(self):
            super().tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to open."""
        return False if action == "choose" else super().check_action(action, parameters)

    def about(self, key: str) -> str:
        """The risk in full, and what can be done."""
        activity, _, issue = key.partition(" ")
        found = self.session.activity_by_id.get(activity)
        risk = next((one for one in self.session.issues if one.id == issue), None)
        if found is None or risk is None:
            return ""
        ref = self.session.ref_by_id[activity]
        return f"{ref} {found.text}. {risk.code}: {risk.text}. Press 2 to have it done after all."


def _shown(widget: Widget) -> bool:
    """Whether the section that a widget is in is shown."""
    return widget.parent is not None and widget.parent.display
