"""What each tier does: stages and activities down, tiers across; a treatment in each cell."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType

from offwall.model.process import treatment
from offwall.model.records import Activity, Session, Stage, Treatment, counted, excerpt
from offwall.model.records.changes import following
from offwall.model.records.session import Tier, Treatments
from offwall.model.topics import heaviest_first
from offwall.model.topics.tiers import (
    AFTER,
    EffortFigures,
    stage_treatments,
    tier_effort,
    treat_activity,
    treat_stage,
)
from offwall.tui.kit import Context, ListCell, ListRow
from offwall.tui.kit.cell_grid import CellGrid
from offwall.tui.kit.keys import Here, Need, Outcome, foot, key, keys
from offwall.tui.kit.row_view import ListColumn

TREATMENT_WORDS = {
    Treatment.YES: "done in full",
    Treatment.LIGHT: "done lightly",
    Treatment.NO: "left out",
}


def tier_detail(session: Session, tier: Tier) -> str:
    """What a tier goes through: ``Bronze: 21 of 48 activities, 3 light; stages: ...``."""
    found = tier_effort(session, tier.code)
    activities = f"activities {AFTER}"
    if found:
        every = counted(len(session.activities), "activity", "activities")
        activities = f"{found.activities} of {every}"
        activities += f", {found.light} light" if found.light else ""
    return f"{excerpt(tier.label)}: {activities}; stages: {stage_treatments_text(session, tier)}"


def stage_treatments_text(session: Session, tier: Tier) -> str:
    """How a tier treats the stages: ``5 in full, 2 light, 1 left out``."""
    counts = stage_treatments(session, tier.code)
    words = {Treatment.YES: "in full", Treatment.LIGHT: "light", Treatment.NO: "left out"}
    return ", ".join(f"{counts[how]} {said}" for how, said in words.items() if counts[how])


def stage_tier_detail(session: Session, stage: Stage, tier: Tier) -> str:
    """How a tier treats a stage, and which of its activities say otherwise."""
    own = dict(stage.tiers).get(tier.code)
    said = f"{TREATMENT_WORDS[own]}, as said here" if own else "done in full, as nothing is said"
    line = f"{excerpt(tier.label)}, {stage.id} {excerpt(stage.name)}: {said}."
    column = session.by_stage[stage.id]
    if not column:
        return f"{line} Activities typed later inherit it."
    others = Counter(
        how for one in column if (how := dict(one.tiers).get(tier.code)) and how is not own
    )
    line += f" {counted(len(column) - others.total(), 'activity', 'activities')} so"
    more = (f", {number} {TREATMENT_WORDS[how]}" for how, number in others.items())
    return f"{line}{''.join(more)}."


def activity_tier_detail(session: Session, activity: Activity, tier: Tier) -> str:
    """How a tier treats an activity, and where that comes from."""
    how = treatment(session, activity, tier.code)
    stage = session.stage_by_id.get(activity.stage)
    if tier.code in dict(activity.tiers):
        source = "as said here"
    elif stage and tier.code in dict(stage.tiers):
        source = f"as its stage {activity.stage} says"
    else:
        source = "as nothing is said"
    ref = session.ref_by_id[activity.id]
    return f"{excerpt(tier.label)}, {ref}: {TREATMENT_WORDS[how]}, {source}. {activity.text}"


def effort_cells(effort_figures: EffortFigures, whole: EffortFigures) -> tuple[str, ...]:
    """A row of figures; what the whole process has none of yet says so."""
    names = ("activities", "light", "decisions", "documents", "hand_offs", "roles")
    return tuple(
        str(getattr(effort_figures, name))
        if name == "light" or getattr(whole, name)
        else "none yet"
        for name in names
    )


STAGE_KEY = "stage:"
"""What the key of a stage's row begins with, as no activity's id does."""

TIER_WIDTH = 9
"""Cells of a tier's column, with the space after it."""

NO_TIERS = "No tiers yet: press 1, then n, or I for examples."
NO_STAGES = "No stages yet: press q until home, then 0."
TREATMENT_LOOKS = {Treatment.YES: "good", Treatment.LIGHT: "open", Treatment.NO: "issue"}

_TierRowSource = tuple[Activity, str, Treatments, tuple[Tier, ...]]
"""What a row is made of: the activity, its ref, what its stage says, the tiers."""


def treat(at: Here, one: Stage | Activity, how: Treatment | None) -> Outcome:
    """Say how the tier treats what the cursor stands on; None takes back what was said."""
    tier = at.view
    if isinstance(one, Stage):
        where, change = f"{one.id} {excerpt(one.name)}", partial(treat_stage, stage=one.id)
    else:
        where, change = at.session.ref_by_id[one.id], partial(treat_activity, activity=one.id)
    label = f"{excerpt(tier.label)}, {where}: {how or 'as inherited'}"
    return Outcome(label, lambda session: change(session, tier=tier.code, how=how))


def treat_next(at: Here, one: Stage | Activity) -> Outcome:
    """Yes, light, no."""
    if isinstance(one, Activity):
        now = treatment(at.session, one, at.view.code)
    else:
        now = dict(one.tiers).get(at.view.code, Treatment.YES)
    return treat(at, one, following(tuple(Treatment), now))


def treat_yes(at: Here, one: Stage | Activity) -> Outcome:
    """Done in full; once more, in a lighter form."""
    full = dict(one.tiers).get(at.view.code) is Treatment.YES
    return treat(at, one, Treatment.LIGHT if full else Treatment.YES)


CELL = Need(lambda at: at.view and at.record, "There is no cell yet: a tier and a stage make one.")


class TierGrid(CellGrid):
    """A cell says how a tier treats a stage or an activity; what is inherited has a dot, faint."""

    FIXED = (ListColumn("Ref", 6), ListColumn("Stage, activity"))
    TITLED = False
    DETAILED = True
    BINDINGS: ClassVar[list[BindingType]] = keys(
        "tier",
        key("l,right", "right", "Next tier", "column(1)"),
        key("h,left", "left", "Tier before", "column(-1)"),
        foot("y", "yes", "Yes, light", treat_yes, needs=CELL),
        foot("x", "no", "Leave out", partial(treat, how=Treatment.NO), "Left out", CELL),
        foot("minus", "clear", "Inherit", partial(treat, how=None), "As its stage says", CELL),
        key("space", "next", "Next", treat_next, needs=CELL),
        foot("t", "only", "This tier only", "", "Hide what it leaves out", CELL),
    )
    GONE = ("choose",)

    def __init__(self, fresh: Context) -> None:
        super().__init__(id="tier-grid")
        self.fresh = fresh
        self._tiers: tuple[Tier, ...] = ()
        self._only = False
        self._made: dict[str, tuple[_TierRowSource, ListRow]] = {}

    @property
    def tier(self) -> Tier | None:
        """The tier of the column under the cursor."""
        return self._tiers[self.column] if self._tiers else None

    @property
    def record(self) -> Stage | Activity | None:
        """The stage or the activity under the cursor."""
        stage = self.session.stage_by_id.get(self.key.removeprefix(STAGE_KEY))
        return self.session.activity_by_id.get(self.key) or stage

    def here(self) -> Here:
        """The row, and the tier."""
        return Here(self.session, self.fresh, self.key, self.record, self.tier)

    def cell_sizes(self) -> list[int]:
        """All tiers are as wide."""
        return [TIER_WIDTH - 1] * len(self._tiers)

    def watch_session(self) -> None:
        """Show what changed."""
        had = bool(self.rows)
        stood, self._tiers = self.tier, heaviest_first(self.session.tiers)
        codes = [tier.code for tier in self._tiers]
        column = codes.index(stood.code) if stood and stood.code in codes else self.column
        self.take([tier.label for tier in self._tiers], column)
        self._rebuild()
        if self.display:
            self.tell()
            if had != bool(self.rows):
                self.refresh_bindings()

    def _rebuild(self) -> None:
        session = self.session
        self.empty = NO_STAGES if not session.stages else NO_TIERS
        only = self.tier if self._only else None
        self.show_banner(tier_detail(session, only) if only else "", "t all")
        rows: list[ListRow] = []
        for stage in session.stages if self._tiers else ():
            column = [
                self._row_of(stage, activity)
                for activity in session.by_stage[stage.id]
                if not only or treatment(session, activity, only.code) is not Treatment.NO
            ]
            own = dict(stage.tiers)
            if column or not only or own.get(only.code) is not Treatment.NO:
                cells = (_cell(own.get(tier.code), Treatment.YES) for tier in self._tiers)
                named = ((stage.id, "heading"), (stage.name, "heading"))
                rows += [ListRow(STAGE_KEY + stage.id, (*named, *cells)), *column]
        self.show(rows)

    def _row_of(self, stage: Stage, activity: Activity) -> ListRow:
        """The row of an activity; the one made before where nothing that it says changed."""
        said = (activity, self.session.ref_by_id[activity.id], stage.tiers, self._tiers)
        made = self._made.get(activity.id)
        if made is None or made[0] != said:
            own, inherited = dict(activity.tiers), partial(treatment, self.session, activity)
            cells = (_cell(own.get(tier.code), inherited(tier.code)) for tier in self._tiers)
            row = ListRow(activity.id, ((said[1], "muted"), activity.text, *cells))
            made = self._made[activity.id] = (said, row)
        return made[1]

    def action_column(self, by: int) -> None:
        """Stand in the column to the right (1) or to the left (-1); past the last, on a section."""
        if not 0 <= self.column + by < len(self._tiers):
            raise SkipAction
        super().action_column(by)

    def on_cell_grid_turned(self) -> None:
        """Another tier: other words, and where one alone is shown, other rows."""
        if self._only:
            self._rebuild()
            self.refresh()
        self.tell()

    def action_only(self) -> None:
        """Show what this tier goes through and nothing else, or all again."""
        self._only = not self._only
        self._rebuild()
        self.refresh()

    @property
    def view_said(self) -> tuple[str, ...]:
        """The column, and whether its tier is shown alone."""
        return (*super().view_said, "only" * self._only)

    def take_view(self, said: Sequence[str]) -> None:
        """Look at the same column, alone or not."""
        super().take_view(said)
        if ("only" in said[1:]) is not self._only:
            self.action_only()

    def about(self, key: str) -> str:
        """What the cell says, and where that comes from."""
        if self.tier is None or self.record is None:
            return ""
        if isinstance(self.record, Activity):
            return activity_tier_detail(self.session, self.record, self.tier)
        return stage_tier_detail(self.session, self.record, self.tier)


def _cell(own: Treatment | None, inherited: Treatment) -> ListCell:
    return (own, TREATMENT_LOOKS[own]) if own else (f"·{inherited}", "muted")
