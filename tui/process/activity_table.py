"""Part 2's table: the activities by stage; its keys are `activity_commands`'."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from offwall.model.line import Vocabulary
from offwall.model.line.render import render
from offwall.model.process import TierView
from offwall.model.process.post_it import post_it_of
from offwall.model.records import Activity, Issue, Session, Stage, Treatment
from offwall.model.records.fields import NO_STAGE, ActivityId, StageId
from offwall.model.records.session import Clash
from offwall.model.records.text import counted, cut_short
from offwall.model.records.uses import role_name
from offwall.model.review import ALL, VisibleActivities
from offwall.model.review.filter import (
    FilterError,
    followed,
    next_tier,
    read_filter,
    said_of_view,
    seen_through_tier,
    with_filter,
)
from offwall.model.review.progress import StageCount, stage_counter
from offwall.tui.kit import Context, Field, ListCell, ListRow, RecordList
from offwall.tui.kit.keys import Here, Need, Outcome, ask_below, key, keys, looks
from offwall.tui.kit.record_list import LIST_KEYS
from offwall.tui.kit.row_view import FittedColumn
from offwall.tui.kit.selection import UNSELECT_KEYS
from offwall.tui.process.activity_card import NO_TIERS, STAGE_KEY, issue_codes_by_activity
from offwall.tui.process.activity_commands import (
    ACTIVITIES,
    EDIT_KEYS,
    HAS_TIERS,
    LINE_KEYS,
    ORDER_KEYS,
    REVIEW_KEYS,
    ROUTE_KEYS,
    STAGE_KEYS,
    VIEW_KEYS,
    ActivityView,
)
from offwall.tui.process.conflicts_screen import CONFLICT_KEYS

if TYPE_CHECKING:
    from offwall.model.records.session import Clash

# The rows, made anew only where something changed.

TIER_MARK = {Treatment.LIGHT: "(light) ", Treatment.NO: "(left out) "}
"""What marks an activity that the tier looked through does not go through in full."""

CONFLICT_MARK = "≠"
"""What marks an activity of which somebody else said something different."""

_RowSource = tuple[Activity, str, str, Treatment]
"""What a row is made of: the activity, its ref, its marks, how the tier treats it."""

Names = Mapping[str, str]
"""Each role's name by its code; empty where there is room for codes alone."""


@dataclass(frozen=True)
class _StageRows:
    """A stage's rows, and what they were made of besides the stage's id."""

    activities: tuple[Activity, ...]
    codes: Mapping[str, str]
    seen: VisibleActivities
    rows: tuple[ListRow, ...]

    def still(
        self, activities: tuple[Activity, ...], codes: Mapping[str, str], seen: VisibleActivities
    ) -> bool:
        """Whether the same would be made again: of the same objects, as others may be equal."""
        same = self.codes is codes and self.seen is seen and len(self.activities) == len(activities)
        return same and all(map(is_, self.activities, activities))


class ActivityRows:
    """The rows of each stage. Of a stage in which nothing changed not a row is looked at.

    Where no column is shown yet a row is its key alone.
    """

    def __init__(self) -> None:
        self._issues: tuple[Issue, ...] = ()
        self._clashes: tuple[Clash, ...] = ()
        self._codes: Mapping[str, str] = {}
        self._names: Names = {}
        self._shown: Sequence[str] = ()
        self._columns: dict[str, _StageRows] = {}
        self._made: dict[str, tuple[_RowSource, ListRow]] = {}

    def say(self, names: Names, shown: Sequence[str]) -> None:
        """Say roles by these names, in these columns; nothing made otherwise is kept."""
        if (names, shown) != (self._names, self._shown):
            self._names, self._shown = names, shown
            self._columns, self._made = {}, {}

    def by_stage(
        self, session: Session, seen: VisibleActivities
    ) -> Iterator[tuple[Stage, tuple[ListRow, ...]]]:
        """Each stage, and the rows of those of its activities that are in view."""
        codes, refs = self._codes_of(session), session.ref_by_id
        for stage in session.stages:
            activities = session.by_stage[stage.id]
            column = self._columns.get(stage.id)
            if column is None or not column.still(activities, codes, seen):
                rows = tuple(
                    self._row(
                        activity,
                        refs[activity.id],
                        codes.get(activity.id, ""),
                        seen.treatment(activity.id),
                    )
                    for activity in activities
                    if seen is ALL or activity.id in seen
                )
                column = self._columns[stage.id] = _StageRows(activities, codes, seen, rows)
            yield stage, column.rows

    def _codes_of(self, session: Session) -> Mapping[str, str]:
        """The marks of each activity; the very mapping of before where no mark changed."""
        issues, clashes = session.issues, session.clashes
        if issues is not self._issues or clashes is not self._clashes:
            codes = issue_codes_by_activity(issues)
            at_odds = {clash.record for clash in clashes if clash.collection == "activities"}
            codes |= {one: CONFLICT_MARK + codes.get(one, "") for one in at_odds}
            self._issues, self._clashes = issues, clashes
            self._codes = self._codes if codes == self._codes else codes
        return self._codes

    def _row(self, activity: Activity, ref: str, codes: str, how: Treatment) -> ListRow:
        made = self._made.get(activity.id)
        said = (activity, ref, codes, how)
        # The same object says the same: comparing two would cost as much as making the row.
        if made and made[0][0] is activity and made[0][2:] == (codes, how):
            if made[0][1] == ref:
                return made[1]
            # What follows a post-it that came is called otherwise, and is the same besides.
            cells = dict(zip(self._shown, made[1].cells, strict=True)) | {"ref": _ref_cell(ref)}
        else:
            cells = dict(_cells(*said, self._names)) if self._shown else {}
        row = ListRow(activity.id, tuple(cells[name] for name in self._shown))
        self._made[activity.id] = (said, row)
        return row


BARE_ROWS, FITTED_ROWS = ActivityRows(), ActivityRows()
"""Those of all tables, before and after it is known in which columns: the next makes none again."""


def _cells(
    activity: Activity, ref: str, codes: str, how: Treatment, names: Names
) -> Mapping[str, ListCell]:
    answers = " / ".join(route.answer for route in activity.routes)
    accountable = names.get(activity.accountable, activity.accountable)
    return {
        "state": (CONFLICT_MARK, "wrong") if codes.startswith(CONFLICT_MARK) else _state(activity),
        "ref": _ref_cell(ref),
        "activity": (TIER_MARK[how] + activity.text, "muted")
        if how in TIER_MARK
        else activity.text,
        "lead": _lead(activity, names),
        "accountable": accountable or ("nobody" if names else "acc?", "wrong"),
        "decision": f"{activity.decision}  {answers}".strip(),
        "documents": ", ".join(activity.documents),
        "codes": (codes.removeprefix(CONFLICT_MARK), "issue"),
    }


def _ref_cell(ref: str) -> ListCell:
    return ref, "muted"


def _lead(activity: Activity, names: Names) -> ListCell:
    """The lead; faint until the group made it firm."""
    if not activity.lead:
        return "nobody" if names else "lead?", "wrong"
    look = "lead" if activity.lead_confirmed else "muted"
    return names.get(activity.lead, activity.lead), look


def _state(activity: Activity) -> ListCell:
    if activity.open_point:
        return "o", "open"
    if activity.confirmed:
        return "✓", "good"
    if activity.sequence_confirmed:
        return "-", "muted"
    # Confirmed in the session before this one; it waits to be confirmed again.
    return ("w", "muted") if activity.sequence_was_confirmed else ""


# The filter: show a part of the wall, by a query or as one tier goes through it.

FILTER_HINT = (
    "Any words, and: @cm leads, any:cm takes part, a:cm, c:cm, i:cm, /S2 stage, !d code, %high, "
    "%high=light, unfinished, unconfirmed, confirmed, open. Each narrows; a comma gives a choice: "
    "@cm,pro. Empty shows all again."
)


@looks
def narrow(at: Here, _: Activity | None) -> Outcome:
    """Show what a filter asks for: words, @role, /stage, !code, %tier, unfinished."""
    session, view = at.session, at.view
    today = at.fresh.today()

    def answered(text: str) -> Outcome:
        try:
            wanted = read_filter(text, Vocabulary.of(session, today))
        except FilterError as sentence:
            return Outcome(wrong=str(sentence))
        seen = with_filter(session, view.seen, wanted)
        if wanted and not seen.ids:
            return Outcome(wrong="No activity matches.")
        return Outcome(view=replace(view, seen=seen))

    text = view.seen.filter.text if view.seen.filter else ""
    return ask_below(Field("text", "Filter", text, chosen=True), answered, FILTER_HINT)


@looks
def tier(at: Here, _: Activity | None) -> Outcome:
    """Show the process for the next tier; after the last, all."""
    if not at.session.tiers:
        return Outcome(say=NO_TIERS)
    seen = at.view.seen
    shown = seen_through_tier(at.session, seen, next_tier(at.session, seen.tier))
    return Outcome(view=replace(at.view, seen=shown))


@looks
def show_all(at: Here, _: Activity | None) -> Outcome:
    """Take the filter and the tier away."""
    return Outcome(view=replace(at.view, seen=ALL))


NARROWED = Need(lambda at: at.view.seen is not ALL, "The whole wall is shown.")
FILTER_KEYS = keys(
    "activity",
    key("f", "filter", "Filter", narrow, needs=ACTIVITIES),
    key("t", "tier", "Next tier", tier, needs=HAS_TIERS),
    key("escape", "all", "Show all", show_all, needs=NARROWED),
)


# The table.

_FIRST = (FittedColumn("state", "", 1), FittedColumn("ref", "Ref", 8))
CODED_COLUMNS = (
    *(*_FIRST, FittedColumn("activity", "Activity")),
    *(FittedColumn("lead", "Lead", 6), FittedColumn("accountable", "Acc", 6)),
)
NAMED_COLUMNS = (
    *(*_FIRST, FittedColumn("activity", "Activity")),
    *(FittedColumn("lead", "Lead", 18), FittedColumn("accountable", "Accountable", 18)),
)
WIDE_COLUMNS = (
    *NAMED_COLUMNS,
    *(FittedColumn("decision", "Decision", 20), FittedColumn("documents", "Documents", 16)),
)
WIDEST_COLUMNS = (
    *(replace(column, whole=column.name in ("lead", "accountable")) for column in NAMED_COLUMNS),
    *(FittedColumn("decision", "Decision", 34), FittedColumn("documents", "Documents", 22)),
    FittedColumn("codes", "Issue", 5),
)
COLUMNS_FROM = ((145, WIDEST_COLUMNS), (112, WIDE_COLUMNS), (70, NAMED_COLUMNS), (0, CODED_COLUMNS))
"""The cells from which the list has its columns: names before codes, then what else is said."""

NO_ACTIVITIES = "Nothing recorded yet. Press n and type the first post-it; Enter keeps it."
NO_STAGES = "There are no stages yet. Press q, then 0, and name those across your wall."
LONGEST_TIER_NAME = 24
"""Characters of a tier's name that leave room for the counts."""

NONE_SHOWN = "No activity matches. f changes the filter, Esc shows all."


class ActivityTable(RecordList, inherit_bindings=False):
    """The wall as a list. Stage headings are rows: ``n`` on one makes its first activity.

    Roles stand by name where there is room; else a legend says what their codes mean.
    """

    NOUN = ("activity", "activities")

    BINDINGS: ClassVar[list[BindingType]] = [
        *UNSELECT_KEYS,
        *(*LINE_KEYS, *CONFLICT_KEYS, *REVIEW_KEYS, *ORDER_KEYS, *VIEW_KEYS, *ROUTE_KEYS),
        *(*FILTER_KEYS, *STAGE_KEYS, *LIST_KEYS, *EDIT_KEYS),
    ]

    @dataclass
    class Looked(Message):
        """The process is looked at through another tier, or through none."""

        view: TierView | None

    def __init__(self, fresh: Context) -> None:
        super().__init__(CODED_COLUMNS, empty=NO_ACTIVITIES, id="activities")
        self.fresh = fresh
        self.view: ActivityView = ActivityView()
        self._wanted: str | None = None
        self.plan.columns, self.shown, self._rows = (), (), BARE_ROWS

    @property
    def seen(self) -> VisibleActivities:
        """Which activities are in view."""
        return self.view.seen

    def record_of(self, key: str) -> Activity | None:
        """The activity of a key."""
        return self.session.activity_by_id.get(key)

    def as_line(self, key: str) -> str:
        """The post-it as it is typed; a heading as it is shown."""
        if key not in self.session.activity_by_id:
            return super().as_line(key)
        vocabulary = Vocabulary.of(self.session, self.fresh.today(), ActivityId(key))
        return render(post_it_of(self.session, ActivityId(key)), vocabulary)

    @property
    def stage(self) -> StageId:
        """The id of the stage that the cursor is in."""
        if self.key.startswith(STAGE_KEY):
            return StageId(self.key.removeprefix(STAGE_KEY))
        return one.stage if (one := self.record) else NO_STAGE

    def watch_session(self, before: Session, session: Session) -> None:
        """Show what changed; the cursor goes to an activity that was just made."""
        was, seen = self.seen, followed(self.seen, before, session)
        if self._wanted and self._wanted in session.activity_by_id:
            seen = seen.and_also(self._wanted)
        self.view = replace(self.view, seen=seen)
        self._rebuild(self._wanted)
        self._wanted = None
        if seen.view is not was.view:
            self.post_message(self.Looked(seen.view))

    def look(self, view: ActivityView) -> None:
        """Look at the wall in another way; the cursor stays, or goes to the first shown."""
        before, self.view = self.view, view
        if view.seen is not before.seen:
            shown = (item.id for item in self.session.in_order if item.id in view.seen)
            self._rebuild(next(shown, None) if self.key not in view.seen else None)
            self.post_message(self.Looked(view.seen.view))
            self.refresh_bindings()

    @property
    def view_said(self) -> tuple[str, ...]:
        """The tier that is looked through, and the filter."""
        return said_of_view(self.seen)

    def action_stage(self, by: int) -> None:
        """Stand on the heading of the stage after or before."""
        headings = [row.key for row in self.rows if row.heading]
        here = STAGE_KEY + self.stage
        if here in headings:
            place = max(0, min(headings.index(here) + by, len(headings) - 1))
            self.stand_on(headings[place])

    def go_to(self, activity: str) -> None:
        """Stand on an activity, now or as soon as it is there; it comes into view for that.

        A stage that is empty is stood on by the key of its heading.
        """
        if activity.startswith(STAGE_KEY):
            self.stand_on(activity)
        elif activity not in self.session.activity_by_id:
            self._wanted = activity
        elif activity in self.seen:
            self.stand_on(activity)
        else:
            self.view = replace(self.view, seen=self.seen.and_also(activity))
            self._rebuild(activity)

    def fit_columns(self, width: int) -> None:
        """Names where there is room for them, else codes."""
        self._fits = next(columns for least, columns in COLUMNS_FROM if width >= least)
        # Documents, which stand where it is that wide, are lists.
        self.plan.lines = 3 if width >= COLUMNS_FROM[0][0] else 2
        self._rows = FITTED_ROWS
        super().fit_columns(width)

    def rebuild(self) -> None:
        """Make the rows again."""
        self._rebuild(None)

    def _rebuild(self, cursor: str | None) -> None:
        session = self.session
        whole = NONE_SHOWN if self.seen is not ALL else NO_ACTIVITIES
        self.empty = whole if session.stages else NO_STAGES
        self.show_banner(*filter_banner(session, self.seen))
        named = self._fits is not CODED_COLUMNS
        names = {code: role_name(session, code) for code in session.role_by_code}
        self._rows.say(names if named else {}, self.shown)
        self.show_legend("" if named else code_legend(names, names))
        rows = []
        for stage, shown in self._rows.by_stage(session, self.seen):
            if shown or self.seen is ALL:
                said = f"{stage.rhythm}: {stage_counts(stage_counter.of(session, stage.id))}"
                heading = (f"{stage.id} {stage.name}", said)
                rows += [ListRow(STAGE_KEY + stage.id, heading, True), *shown]
        self.show(rows, cursor=cursor)


def code_legend(codes: Iterable[str], names: Names) -> str:
    """What codes mean, on one line: ``cm Contract Manager  pro Procurement``."""
    return "  ".join(f"{code} {names[code]}" for code in codes if code in names)


def stage_counts(count: StageCount) -> str:
    """The counts of a stage: ``6 discussed, 5 confirmed, 2 to fill``; nought is not said."""
    everything = counted(count.activities, "activity", "activities")
    if not count.read:
        read = everything
    elif count.read == count.activities:
        read = f"{count.read:,} discussed"
    else:
        read = f"{count.read:,} of {count.activities:,} discussed"
    return ", ".join([read, *said_counts(count)])


def said_counts(count: StageCount) -> list[str]:
    """How many are confirmed, open and to fill; nought is not said."""
    numbers = ((count.confirmed, "confirmed"), (count.open, "open"), (count.to_fill, "to fill"))
    return [f"{number:,} {words}" for number, words in numbers if number]


def filter_banner(session: Session, seen: VisibleActivities) -> tuple[str, str]:
    """What is shown, of how much, and the keys that change it; nothing where all is shown."""
    if seen is ALL:
        return "", ""
    parts = []
    total = len(session.activities)
    shown = sum(activity.id in seen for activity in session.activities)
    if seen.view:
        kept = f"{len(seen.view.kept)} of {counted(total, 'activity', 'activities')}"
        light = f", {len(seen.view.light)} light" if seen.view.light else ""
        name = session.tier_name(seen.tier)
        parts.append(f"{cut_short(name, LONGEST_TIER_NAME)}: {kept}{light}")
    if seen.filter:
        of_all = "" if seen.view else f" of {total:,}"
        parts.append(f"shown {shown:,}{of_all}: {seen.filter.text}")
    keys = ["t next tier"] if seen.view and not seen.filter else []
    return "; ".join(parts), "; ".join([*keys, "Esc all"])
