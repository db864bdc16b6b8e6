"""What each tier does: stages and activities down, tiers across, and a cursor on one cell."""

from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Click, Resize

from model.edits.answers import brief
from model.edits.tiers import treat_activity, treat_stage
from model.flow import treatment
from model.session import Activity, Session, Stage, Tier, Treatment, Treatments
from model.tiering import called, heaviest_first
from tui.widgets.record_list import Cell, Column, Row
from tui.widgets.setup_section import SetupSection
from tui.widgets.tier_words import of_activity, of_stage, of_tier

STAGE = "stage:"
"""What the key of a stage's row begins with, as no activity's id does."""

FIRST = (Column("Ref", 6), Column("Stage, activity"))
TEXT_LEAST = 20
"""Cells that the words keep, however many tiers there are."""

WIDTH = 9
"""Cells of a tier's column, with the space after it."""

NO_TIERS = "No tiers yet: press 1, then n, or d for examples."
NO_STAGES = "No stages yet: press q until home, then 0."
LOOKS = {Treatment.YES: "good", Treatment.LIGHT: "open", Treatment.NO: "issue"}
NEXT = {
    Treatment.YES: Treatment.LIGHT,
    Treatment.LIGHT: Treatment.NO,
    Treatment.NO: Treatment.YES,
}


_Said = tuple[Activity, str, Treatments, tuple[Tier, ...]]
"""What a row is made of: the activity, its ref, what its stage says, the tiers."""


class TierGrid(SetupSection):
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
        super().__init__(FIRST, id="tier-grid")
        self._tiers: tuple[Tier, ...] = ()
        self._column = 0
        self._left = 0
        self._only = False
        self._made: dict[str, tuple[_Said, Row]] = {}

    @property
    def tier(self) -> Tier | None:
        """The tier of the column under the cursor."""
        return self._tiers[self._column] if self._tiers else None

    @property
    def stage(self) -> Stage | None:
        """The stage under the cursor, where it is one."""
        return self.session.stage_by_id.get(self.key.removeprefix(STAGE))

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
        self.show_banner(of_tier(session, only) if only else "", "t all")
        rows: list[Row] = []
        for stage in session.stages if self._tiers else ():
            column = [self._row_of(stage, one) for one in session.by_stage[stage.id]]
            if only:
                done = {one.id for one in session.by_stage[stage.id] if _done(session, one, only)}
                column = [row for row in column if row.key in done]
            if column or not only or dict(stage.tiers).get(only.code) is not Treatment.NO:
                rows += [_stage_row(stage, self._tiers), *column]
        self.show(rows)

    def _row_of(self, stage: Stage, activity: Activity) -> Row:
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
            self._treat(NEXT[self._how(self.tier)])

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
                f"{brief(called(tier))}, {place}: {said}",
                lambda session: treat_activity(session, known, tier.code, how),
            )
        elif stage is not None:
            held = stage.id
            self.attempt_or_say(
                f"{brief(called(tier))}, {held} {brief(stage.name)}: {said}",
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
            return of_activity(self.session, self.activity, self.tier)
        return of_stage(self.session, self.stage, self.tier) if self.stage else ""

    def on_resize(self, event: Resize) -> None:
        """As many tiers as the width has room for."""
        self._window()

    def _window(self) -> None:
        """Show the columns that fit, the one under the cursor among them."""
        # Before it is first shown it has no size, but its first picture should be the right one.
        width = self.size.width or self.app.size.width - 2
        room = width - FIRST[0].width - TEXT_LEAST - 2
        fit = max(1, room // WIDTH)
        self._left = min(self._left, self._column, max(0, len(self._tiers) - fit))
        self._left = max(self._left, self._column - fit + 1)
        shown = self._tiers[self._left : self._left + fit]
        after = len(self._tiers) - self._left - len(shown)
        left = f" ‹{self._left}" if self._left else ""
        title = f"{FIRST[1].title}{left}{f' {after}›' if after else ''}"
        tiers = (Column(called(tier), WIDTH - 1) for tier in shown)
        self.columns = (FIRST[0], Column(title), *tiers)

    async def _on_click(self, event: Click) -> None:
        await super()._on_click(event)
        x = 0
        for place, (_, size) in enumerate(self._sized(self.size.width)):
            if x <= event.x < x + size and place >= len(FIRST):
                self._turn(self._left + place - len(FIRST))
            x += size + 1

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """The cells of the columns that are shown."""
        start = len(FIRST) + self._left
        return (*row.cells[: len(FIRST)], *row.cells[start : start + len(self.columns) - 2])

    def look_over(self, index: int, column: int | None = None) -> str:
        """The cursor lies on one cell; its row is marked faintly."""
        look = super().look_over(index, column)
        here = column == self._column - self._left + len(FIRST)
        return look if here or not look else "cursor-blurred"


def _done(session: Session, activity: Activity, tier: Tier) -> bool:
    return treatment(session, activity, tier.code) is not Treatment.NO


def _stage_row(stage: Stage, tiers: tuple[Tier, ...]) -> Row:
    said = dict(stage.tiers)
    cells = (_cell(said.get(tier.code), Treatment.YES) for tier in tiers)
    return Row(STAGE + stage.id, ((stage.id, "heading"), (stage.name, "heading"), *cells))


def _activity_row(session: Session, activity: Activity, tiers: tuple[Tier, ...]) -> Row:
    said = dict(activity.tiers)
    cells = (_cell(said.get(tier.code), treatment(session, activity, tier.code)) for tier in tiers)
    return Row(activity.id, ((session.ref_by_id[activity.id], "muted"), activity.text, *cells))


def _cell(own: Treatment | None, inherited: Treatment) -> Cell:
    return (own, LOOKS[own]) if own else (f"·{inherited}", "muted")
