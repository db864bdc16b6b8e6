"""Part 2's rows, made as seldom as may be: what did not change keeps the very rows it had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.seen import ALL, Seen
from model.session import Activity, Clash, Issue, Session, Stage, Treatment
from tui.widgets.record_list import Cell, Row

TREATED = {Treatment.LIGHT: "(light) ", Treatment.NO: "(left out) "}
"""What marks an activity that the tier looked through does not go through in full."""

CLASH = "≠"
"""What marks an activity of which somebody else said something different."""

_Said = tuple[Activity, str, str, Treatment]
"""What a row is made of: the activity, its ref, its marks, how the tier treats it."""


@dataclass(frozen=True)
class _Column:
    """A stage's rows, and what they were made of besides the stage's id."""

    activities: tuple[Activity, ...]
    codes: Mapping[str, str]
    seen: Seen
    rows: tuple[Row, ...]

    def still(self, activities: tuple[Activity, ...], codes: Mapping[str, str], seen: Seen) -> bool:
        """Whether the same would be made again."""
        return self.codes is codes and self.seen is seen and self.activities == activities


class ActivityRows:
    """The rows of each stage. Of a stage in which nothing changed not a row is looked at."""

    def __init__(self) -> None:
        self._issues: tuple[Issue, ...] = ()
        self._clashes: tuple[Clash, ...] = ()
        self._codes: Mapping[str, str] = {}
        self._columns: dict[str, _Column] = {}
        self._made: dict[str, tuple[_Said, Row]] = {}

    def by_stage(self, session: Session, seen: Seen) -> Iterator[tuple[Stage, tuple[Row, ...]]]:
        """Each stage, and the rows of those of its activities that are in view."""
        codes = self._codes_of(session)
        for stage in session.stages:
            activities = session.by_stage[stage.id]
            column = self._columns.get(stage.id)
            if column is None or not column.still(activities, codes, seen):
                column = _Column(activities, codes, seen, self._column(session, activities, seen))
                self._columns[stage.id] = column
            yield stage, column.rows

    def _codes_of(self, session: Session) -> Mapping[str, str]:
        """The marks of each activity; the very mapping of before where no mark changed."""
        issues, clashes = session.issues, session.clashes
        if issues is not self._issues or clashes is not self._clashes:
            codes = codes_by_activity(issues)
            codes |= {one: CLASH + codes.get(one, "") for one in _clashing(clashes)}
            self._issues, self._clashes = issues, clashes
            self._codes = self._codes if codes == self._codes else codes
        return self._codes

    def _column(
        self, session: Session, activities: tuple[Activity, ...], seen: Seen
    ) -> tuple[Row, ...]:
        refs, codes = session.ref_by_id, self._codes
        shown = activities if seen is ALL else (one for one in activities if one.id in seen)
        return tuple(
            self._row(one, refs[one.id], codes.get(one.id, ""), seen.treatment(one.id))
            for one in shown
        )

    def _row(self, activity: Activity, ref: str, codes: str, how: Treatment) -> Row:
        made = self._made.get(activity.id)
        # The same object says the same: comparing two would cost as much as making the row.
        if made and made[0][0] is activity and made[0][1:] == (ref, codes, how):
            return made[1]
        said = (activity, ref, codes, how)
        row = _row(*said)
        self._made[activity.id] = (said, row)
        return row


def codes_by_activity(issues: tuple[Issue, ...]) -> dict[str, str]:
    """The letters of each activity's issues, once each."""
    codes: dict[str, str] = {}
    for issue in issues:
        if issue.activity and issue.code and issue.code not in codes.get(issue.activity, ""):
            codes[issue.activity] = codes.get(issue.activity, "") + issue.code
    return codes


def _clashing(clashes: tuple[Clash, ...]) -> set[str]:
    return {clash.record for clash in clashes if clash.collection == "activities"}


def _row(activity: Activity, ref: str, codes: str, how: Treatment) -> Row:
    return Row(
        activity.id,
        (
            (CLASH, "wrong") if codes.startswith(CLASH) else _state(activity),
            (ref, "muted"),
            (TREATED[how] + activity.text, "muted") if how in TREATED else activity.text,
            _lead(activity),
            activity.accountable or ("acc?", "wrong"),
            f"?{len(activity.routes)}" if activity.decision else "",
            f"+{len(activity.documents)}" if activity.documents else "",
            (codes.removeprefix(CLASH), "issue"),
        ),
    )


def _lead(activity: Activity) -> Cell:
    """The lead; faint until the group made it firm."""
    if not activity.lead:
        return "lead?", "wrong"
    return activity.lead, "lead" if activity.lead_confirmed else "muted"


def _state(activity: Activity) -> Cell:
    if activity.open_point:
        return "o", "open"
    if activity.confirmed:
        return "✓", "good"
    if activity.sequence_confirmed:
        return "-", "muted"
    # Confirmed in the session before this one; it waits to be confirmed again.
    return ("w", "muted") if activity.sequence_was_confirmed else ""
