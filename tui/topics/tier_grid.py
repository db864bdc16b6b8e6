"""What each tier does: stages and activities down, tiers across; a treatment in each cell."""

from collections import Counter
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Click, Resize

from offwall.model.process import treatment
from offwall.model.records import Activity, Session, Stage, Treatment, counted, excerpt
from offwall.model.records.session import Tier, Treatments
from offwall.model.topics import heaviest_first, tier_label
from offwall.model.topics.tier_effort import AFTER, EffortFigures, stage_treatments, tier_effort
from offwall.model.topics.tiers import treat_activity, treat_stage
from offwall.tui.kit import ListCell, ListRow
from offwall.tui.kit.record_list import ListColumn
from offwall.tui.kit.sections import DetailedList

TREATMENT_WORDS = {
    Treatment.YES: "done in full",
    Treatment.LIGHT: "done lightly",
    Treatment.NO: "left out",
}
NONE_YET = "none yet"
"""What stands for a figure of which the whole process has nothing yet."""


def tier_detail(session: Session, tier: Tier) -> str:
    """What a tier goes through: ``Bronze: 21 of 48 activities, 3 light; stages: ...``."""
    found = tier_effort(session, tier.code)
    activities = f"activities {AFTER}"
    if found:
        every = counted(len(session.activities), "activity", "activities")
        activities = f"{found.activities} of {every}"
        activities += f", {found.light} light" if found.light else ""
    return (
        f"{excerpt(tier_label(tier))}: {activities}; stages: {stage_treatments_text(session, tier)}"
    )


def stage_treatments_text(session: Session, tier: Tier) -> str:
    """How a tier treats the stages: ``5 in full, 2 light, 1 left out``."""
    counts = stage_treatments(session, tier.code)
    words = {Treatment.YES: "in full", Treatment.LIGHT: "light", Treatment.NO: "left out"}
    return ", ".join(f"{counts[how]} {said}" for how, said in words.items() if counts[how])


def stage_tier_detail(session: Session, stage: Stage, tier: Tier) -> str:
    """How a tier treats a stage, and which of its activities say otherwise."""
    own = dict(stage.tiers).get(tier.code)
    said = f"{TREATMENT_WORDS[own]}, as said here" if own else "done in full, as nothing is said"
    line = f"{excerpt(tier_label(tier))}, {stage.id} {excerpt(stage.name)}: {said}."
    column = session.by_stage[stage.id]
    if not column:
        return f"{line} Activities typed later inherit it."
    others = Counter(
        how for one in column if (how := dict(one.tiers).get(tier.code)) and how is not own
    )
    line += f" {counted(len(column) - others.total(), 'activity', 'activities')} so"
    return (
        line + "".join(f", {number} {TREATMENT_WORDS[how]}" for how, number in others.items()) + "."
    )


def activity_tier_detail(session: Session, activity: Activity, tier: Tier) -> str:
    """How a tier treats an activity, and where that comes from."""
    how = treatment(session, activity, tier.code)
    source = _treatment_source(session, activity, tier)
    ref = session.ref_by_id[activity.id]
    return f"{excerpt(tier_label(tier))}, {ref}: {TREATMENT_WORDS[how]}, {source}. {activity.text}"


def _treatment_source(session: Session, activity: Activity, tier: Tier) -> str:
    """Where it comes from how a tier treats an activity."""
    if tier.code in dict(activity.tiers):
        return "as said here"
    stage = session.stage_by_id.get(activity.stage)
    said = stage is not None and tier.code in dict(stage.tiers)
    return f"as its stage {activity.stage} says" if said else "as nothing is said"


def effort_cells(found: EffortFigures, whole: EffortFigures) -> tuple[str, ...]:
    """A row of figures; what the whole process has none of yet says so."""
    names = ("activities", "light", "decisions", "documents", "hand_offs", "roles")
    return tuple(
        str(getattr(found, name)) if name == "light" or getattr(whole, name) else NONE_YET
        for name in names
    )


# What each tier does: stages and activities down, tiers across, and a cursor on one cell.

STAGE_KEY = "stage:"
"""What the key of a stage's row begins with, as no activity's id does."""

FIXED_COLUMNS = (ListColumn("Ref", 6), ListColumn("Stage, activity"))
TEXT_LEAST = 20
"""Cells that the words keep, however many tiers there are."""

TIER_WIDTH = 9
"""Cells of a tier's column, with the space after it."""

NO_TIERS = "No tiers yet: press 1, then n, or d for examples."
NO_STAGES = "No stages yet: press q until home, then 0."
TREATMENT_LOOKS = {Treatment.YES: "good", Treatment.LIGHT: "open", Treatment.NO: "issue"}
NEXT_TREATMENT = {
    Treatment.YES: Treatment.LIGHT,
    Treatment.LIGHT: Treatment.NO,
    Treatment.NO: Treatment.YES,
}


_TierRowSource = tuple[Activity, str, Treatments, tuple[Tier, ...]]
"""What a row is made of: the activity, its ref, what its stage says, the tiers."""


class TierGrid(DetailedList):
    """A cell says how a tier treats a stage or an activity; what is inherited has a dot, faint."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "column(1)", "Next tier", show=False, id="tier.right"),
        Binding("h,left", "column(-1)", "Tier before", show=False, id="tier.left"),
        Binding("y", "treat('yes')", "Yes", id="tier.yes", tooltip="Done in full"),
        Binding("L", "treat('light')", "Light", id="tier.light", tooltip="Done in a lighter form"),
        Binding("n", "treat('no')", "No", id="tier.no", tooltip="Left out"),
        Binding("full_stop", "clear", "Inherit", id="tier.clear", tooltip="As its stage says"),
        Binding("space", "next", "Next", show=False, id="tier.next", tooltip="Yes, light, no"),
        Binding("t", "only", "This tier only", id="tier.only", tooltip="Hide what it leaves out"),
    ]

    def __init__(self) -> None:
        super().__init__(FIXED_COLUMNS, id="tier-grid")
        self._tiers: tuple[Tier, ...] = ()
        self._column = 0
        self._left = 0
        self._only = False
        self._made: dict[str, tuple[_TierRowSource, ListRow]] = {}

    @property
    def tier(self) -> Tier | None:
        """The tier of the column under the cursor."""
        return self._tiers[self._column] if self._tiers else None

    @property
    def stage(self) -> Stage | None:
        """The stage under the cursor, where it is one."""
        return self.session.stage_by_id.get(self.key.removeprefix(STAGE_KEY))

    @property
    def activity(self) -> Activity | None:
        """The activity under the cursor, where it is one."""
        return self.session.activity_by_id.get(self.key)

    def watch_session(self) -> None:
        """Show what changed."""
        had = bool(self.rows)
        stood, self._tiers = self.tier, heaviest_first(self.session.tiers)
        codes = [tier.code for tier in self._tiers]
        kept = codes.index(stood.code) if stood and stood.code in codes else self._column
        self._column = max(0, min(kept, len(codes) - 1))
        self._window()
        self._rebuild()
        self.refresh()
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
            column = [self._row_of(stage, one) for one in session.by_stage[stage.id]]
            if only:
                done = {
                    one.id
                    for one in session.by_stage[stage.id]
                    if _treatment_of(session, one, only)
                }
                column = [row for row in column if row.key in done]
            if column or not only or dict(stage.tiers).get(only.code) is not Treatment.NO:
                rows += [_stage_row(stage, self._tiers), *column]
        self.show(rows)

    def _row_of(self, stage: Stage, activity: Activity) -> ListRow:
        """The row of an activity; the one made before where nothing that it says changed."""
        said = (activity, self.session.ref_by_id[activity.id], stage.tiers, self._tiers)
        made = self._made.get(activity.id)
        if made is None or made[0] != said:
            row = _activity_row(self.session, activity, self._tiers)
            made = self._made[activity.id] = (said, row)
        return made[1]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A cell is set by a letter; there is nothing to open in it."""
        if action == "choose":
            return False
        if action in ("treat", "clear", "next", "only"):
            return True if self.rows else None
        return super().check_action(action, parameters)

    def action_column(self, by: int) -> None:
        """Stand in the column to the right (1) or to the left (-1); past the last, on a section."""
        if not 0 <= self._column + by < len(self._tiers):
            raise SkipAction
        self._turn(self._column + by)

    def _turn(self, column: int) -> None:
        self._column = column
        self._window()
        if self._only:
            self._rebuild()
        self.refresh()
        self.tell()

    def action_treat(self, how: str) -> None:
        """Say how the tier treats what the cursor stands on."""
        self._treat(Treatment(how))

    def action_next(self) -> None:
        """Yes, light, no, and yes again."""
        if self.tier:
            self._treat(NEXT_TREATMENT[self._how(self.tier)])

    def action_clear(self) -> None:
        """Take back what was said here."""
        self._treat(None)

    def _how(self, tier: Tier) -> Treatment:
        if self.activity:
            return treatment(self.session, self.activity, tier.code)
        return dict(self.stage.tiers if self.stage else ()).get(tier.code, Treatment.YES)

    def _treat(self, how: Treatment | None) -> None:
        tier, stage, activity = self.tier, self.stage, self.activity
        if tier is None:
            return
        said = how or "as inherited"
        if activity is not None:
            known, place = activity.id, self.session.ref_by_id[activity.id]
            self.attempt_or_say(
                f"{excerpt(tier_label(tier))}, {place}: {said}",
                lambda session: treat_activity(session, known, tier.code, how),
            )
        elif stage is not None:
            held = stage.id
            self.attempt_or_say(
                f"{excerpt(tier_label(tier))}, {held} {excerpt(stage.name)}: {said}",
                lambda session: treat_stage(session, held, tier.code, how),
            )

    def action_only(self) -> None:
        """Show what this tier goes through and nothing else, or all again."""
        self._only = not self._only
        self._rebuild()
        self.refresh()

    def about(self, key: str) -> str:
        """What the cell says, and where that comes from."""
        if self.tier is None:
            return ""
        if self.activity:
            return activity_tier_detail(self.session, self.activity, self.tier)
        return stage_tier_detail(self.session, self.stage, self.tier) if self.stage else ""

    def on_resize(self, event: Resize) -> None:
        """As many tiers as the width has room for."""
        self._window()

    def _window(self) -> None:
        """Show the columns that fit, the one under the cursor among them."""
        # Before it is first shown it has no size, but its first picture should be the right one.
        width = self.size.width or self.app.size.width - 2
        room = width - FIXED_COLUMNS[0].width - TEXT_LEAST - 2
        fit = max(1, room // TIER_WIDTH)
        self._left = min(self._left, self._column, max(0, len(self._tiers) - fit))
        self._left = max(self._left, self._column - fit + 1)
        shown = self._tiers[self._left : self._left + fit]
        after = len(self._tiers) - self._left - len(shown)
        left = f" ‹{self._left}" if self._left else ""
        title = f"{FIXED_COLUMNS[1].title}{left}{f' {after}›' if after else ''}"
        tiers = (ListColumn(tier_label(tier), TIER_WIDTH - 1) for tier in shown)
        self.columns = (FIXED_COLUMNS[0], ListColumn(title), *tiers)

    async def _on_click(self, event: Click) -> None:
        await super()._on_click(event)
        x = 0
        for place, (_, size) in enumerate(self._sized(self.size.width)):
            if x <= event.x < x + size and place >= len(FIXED_COLUMNS):
                self._turn(self._left + place - len(FIXED_COLUMNS))
            x += size + 1

    def cells(self, row: ListRow) -> tuple[ListCell, ...]:
        """The cells of the columns that are shown."""
        start = len(FIXED_COLUMNS) + self._left
        return (*row.cells[: len(FIXED_COLUMNS)], *row.cells[start : start + len(self.columns) - 2])

    def look_over(self, index: int, column: int | None = None) -> str:
        """The cursor lies on one cell; its row is marked faintly."""
        look = super().look_over(index, column)
        here = column == self._column - self._left + len(FIXED_COLUMNS)
        return look if here or not look else "cursor-blurred"


def _treatment_of(session: Session, activity: Activity, tier: Tier) -> bool:
    return treatment(session, activity, tier.code) is not Treatment.NO


def _stage_row(stage: Stage, tiers: tuple[Tier, ...]) -> ListRow:
    said = dict(stage.tiers)
    cells = (_cell(said.get(tier.code), Treatment.YES) for tier in tiers)
    return ListRow(STAGE_KEY + stage.id, ((stage.id, "heading"), (stage.name, "heading"), *cells))


def _activity_row(session: Session, activity: Activity, tiers: tuple[Tier, ...]) -> ListRow:
    said = dict(activity.tiers)
    cells = (_cell(said.get(tier.code), treatment(session, activity, tier.code)) for tier in tiers)
    return ListRow(activity.id, ((session.ref_by_id[activity.id], "muted"), activity.text, *cells))


def _cell(own: Treatment | None, inherited: Treatment) -> ListCell:
    return (own, TREATMENT_LOOKS[own]) if own else (f"·{inherited}", "muted")
