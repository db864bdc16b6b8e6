"""The rows of part 2's table, made anew only where something changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offwall.model.records import Activity, Issue, Session, Stage, Treatment
from offwall.model.records.session import Clash
from offwall.model.review import ALL, VisibleActivities
from offwall.tui.kit import ListCell, ListRow

TIER_MARK = {Treatment.LIGHT: "(light) ", Treatment.NO: "(left out) "}
"""What marks an activity that the tier looked through does not go through in full."""

CONFLICT_MARK = "≠"
"""What marks an activity of which somebody else said something different."""

_RowSource = tuple[Activity, str, str, Treatment]
"""What a row is made of: the activity, its ref, its marks, how the tier treats it."""


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
        """Whether the same would be made again."""
        return self.codes is codes and self.seen is seen and self.activities == activities


class ActivityRows:
    """The rows of each stage. Of a stage in which nothing changed not a row is looked at."""

    def __init__(self) -> None:
        self._issues: tuple[Issue, ...] = ()
        self._clashes: tuple[Clash, ...] = ()
        self._codes: Mapping[str, str] = {}
        self._columns: dict[str, _StageRows] = {}
        self._made: dict[str, tuple[_RowSource, ListRow]] = {}

    def by_stage(
        self, session: Session, seen: VisibleActivities
    ) -> Iterator[tuple[Stage, tuple[ListRow, ...]]]:
        """Each stage, and the rows of those of its activities that are in view."""
        codes = self._codes_of(session)
        for stage in session.stages:
            activities = session.by_stage[stage.id]
            column = self._columns.get(stage.id)
            if column is None or not column.still(activities, codes, seen):
                column = _StageRows(
                    activities, codes, seen, self._column(session, activities, seen)
                )
                self._columns[stage.id] = column
            yield stage, column.rows

    def _codes_of(self, session: Session) -> Mapping[str, str]:
        """The marks of each activity; the very mapping of before where no mark changed."""
        issues, clashes = session.issues, session.clashes
        if issues is not self._issues or clashes is not self._clashes:
            codes = issue_codes_by_activity(issues)
            codes |= {one: CONFLICT_MARK + codes.get(one, "") for one in _conflicting(clashes)}
            self._issues, self._clashes = issues, clashes
            self._codes = self._codes if codes == self._codes else codes
        return self._codes

    def _column(
        self, session: Session, activities: tuple[Activity, ...], seen: VisibleActivities
    ) -> tuple[ListRow, ...]:
        refs, codes = session.ref_by_id, self._codes
        shown = activities if seen is ALL else (one for one in activities if one.id in seen)
        return tuple(
            self._row(one, refs[one.id], codes.get(one.id, ""), seen.treatment(one.id))
            for one in shown
        )

    def _row(self, activity: Activity, ref: str, codes: str, how: Treatment) -> ListRow:
        made = self._made.get(activity.id)
        # The same object says the same: comparing two would cost as much as making the row.
        if made and made[0][0] is activity and made[0][1:] == (ref, codes, how):
            return made[1]
        said = (activity, ref, codes, how)
        row = _row(*said)
        self._made[activity.id] = (said, row)
        return row


def issue_codes_by_activity(issues: tuple[Issue, ...]) -> dict[str, str]:
    """The letters of each activity's issues, once each."""
    codes: dict[str, str] = {}
    for issue in issues:
        if issue.activity and issue.code and issue.code not in codes.get(issue.activity, ""):
            codes[issue.activity] = codes.get(issue.activity, "") + issue.code
    return codes


def _conflicting(clashes: tuple[Clash, ...]) -> set[str]:
    return {clash.record for clash in clashes if clash.collection == "activities"}


def _row(activity: Activity, ref: str, codes: str, how: Treatment) -> ListRow:
    return ListRow(
        activity.id,
        (
            (CONFLICT_MARK, "wrong") if codes.startswith(CONFLICT_MARK) else _state(activity),
            (ref, "muted"),
            (TIER_MARK[how] + activity.text, "muted") if how in TIER_MARK else activity.text,
            _lead(activity),
            activity.accountable or ("acc?", "wrong"),
            f"?{len(activity.routes)}" if activity.decision else "",
            f"+{len(activity.documents)}" if activity.documents else "",
            (codes.removeprefix(CONFLICT_MARK), "issue"),
        ),
    )


def _lead(activity: Activity) -> ListCell:
    """The lead; faint until the group made it firm."""
    if not activity.lead:
        return "lead?", "wrong"
    return activity.lead, "lead" if activity.lead_confirmed else "muted"


def _state(activity: Activity) -> ListCell:
    if activity.open_point:
        return "o", "open"
    if activity.confirmed:
        return "✓", "good"
    if activity.sequence_confirmed:
        return "-", "muted"
    # Confirmed in the session before this one; it waits to be confirmed again.
    return ("w", "muted") if activity.sequence_was_confirmed else ""
