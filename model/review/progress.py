"""How far the review has come: counts for each stage, and when it will be done at this pace.

No clock runs here: whoever watches the session hands in when each activity was settled.
"""

import datetime as dt
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import astuple, dataclass
from itertools import pairwise
from operator import is_

from offwall.model.records import Activity, Session
from offwall.model.records.edit import behind
from offwall.model.records.ids import StageId
from offwall.model.review.missing import unfinished

BREAK = dt.timedelta(minutes=5)
"""Longer than this between two activities, and the group was having coffee: it counts for nothing.

Two days' wall, 60 notes in 150 minutes, is one in two and a half.
"""

FEWEST = 2
"""Gaps between activities that make a pace: three activities without a break."""


def settled(activity: Activity) -> bool:
    """Whether the review is done with it: all of it confirmed, or said what is not agreed."""
    return activity.confirmed or bool(activity.open_point)


def next_to_fill(
    session: Session, after: str, among: Container[str] | None = None
) -> Activity | None:
    """The next activity behind ``after`` that lacks something, round to the start; else none.

    ``among`` are the ids of those that are shown; all are where there are none.
    """
    for activity in behind(session.in_order, after):
        if (among is None or activity.id in among) and unfinished(activity):
            return activity
    return None


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many activities there are, how many were discussed, confirmed, left open, lack something.

    ``to_go`` are those that are neither confirmed nor left open.
    """

    activities: int = 0
    read: int = 0
    confirmed: int = 0
    open: int = 0
    to_fill: int = 0
    to_go: int = 0

    @classmethod
    def of(cls, column: Collection[Activity]) -> "StageCount":
        """Count some activities."""
        return cls(
            len(column),
            sum(one.sequence_confirmed or bool(one.open_point) for one in column),
            sum(one.confirmed for one in column),
            sum(bool(one.open_point) for one in column),
            sum(bool(unfinished(one)) for one in column),
            sum(not settled(one) for one in column),
        )

    def __add__(self, other: "StageCount") -> "StageCount":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return StageCount(*(ours + theirs for ours, theirs in pairs))


class StageCounter:
    """Counts by stage. A stage in which nothing changed is not counted again."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[tuple[Activity, ...], StageCount]] = {}

    def of(self, session: Session, stage: StageId) -> StageCount:
        """The count of one stage."""
        column = session.by_stage[stage]
        before, count = self._counted.get(stage, ((), StageCount()))
        if len(before) != len(column) or not all(map(is_, before, column)):
            count = StageCount.of(column)
            self._counted[stage] = (column, count)
        return count

    def total(self, session: Session) -> StageCount:
        """The count of all stages."""
        return sum((self.of(session, stage) for stage in session.by_stage), StageCount())


Times = Mapping[str, dt.datetime]
"""When the review was done with an activity, by its id."""


def timed(times: Times, old: Session, new: Session, now: dt.datetime) -> Times:
    """The times after a change: ``now`` for what it settled, none for what is to look at again.

    An activity that was not there before says nothing of the pace.
    """
    if old.activities is new.activities:
        return times
    after = dict(times)
    for activity in new.activities:
        before = old.activity_by_id.get(activity.id)
        if before is None or before is activity or settled(before) == settled(activity):
            continue
        if settled(activity):
            after[activity.id] = now
        else:
            after.pop(activity.id, None)
    return after


def pace(times: Iterable[dt.datetime]) -> dt.timedelta | None:
    """The time that one activity takes; none while there are too few. Breaks are left out."""
    gaps = [after - before for before, after in pairwise(sorted(times))]
    worked = [gap for gap in gaps if gap <= BREAK]
    return sum(worked, dt.timedelta()) / len(worked) if len(worked) >= FEWEST else None


def done_by(times: Iterable[dt.datetime], to_go: int, now: dt.datetime) -> dt.datetime | None:
    """When the rest will be done at the pace so far; none where there is no pace, or no rest."""
    each = pace(times)
    return now + each * to_go if each is not None and to_go else None
