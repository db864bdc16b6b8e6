"""The review: what is confirmed, how far it has come, what is missing, and when it will be done.

No clock runs here: whoever watches the session hands in when each activity was settled.
"""

import datetime as dt
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import pairwise
from operator import is_

from offwall.model.process import EdgeKind
from offwall.model.process.graph import edges_by_activity
from offwall.model.records import (
    ActionStatus,
    Activity,
    EditError,
    Session,
    counted,
    the_activity,
    updated,
)
from offwall.model.records.changes import behind, once
from offwall.model.records.fields import ActivityId, StageId
from offwall.model.records.text import english_list, on_one_line, quoted

LIVE = (ActionStatus.OPEN, ActionStatus.DOING)
"""Actions that still need an owner and a date."""


UNREAD = re.compile(r"(?<!\S)[@=][^\W\d]\S*")
"""An owner or an approval that a line could not take: ``@x``, ``=cabinet`` where two begin so."""


def as_printed(text: str) -> str:
    """An action's text without what a line could not take: that is a finding, and in no paper."""
    return " ".join(UNREAD.sub("", text).split()) or text


def unfinished(activity: Activity) -> tuple[str, ...]:
    """What of an activity is still to fill, in a word or two each; for lists.

    Every activity needs these, so that the count ends; what only some need is the checks' to say.
    """
    still = {
        "no lead": not activity.lead,
        "no accountable": not activity.accountable,
        "open point": bool(activity.open_point),
    }
    return tuple(words for words, missing in still.items() if missing)


# What the map and the RACI still lack, counted and placed, for one sentence to a tired room.

STAGES_NAMED = 3
"""More stages than this are counted, not named."""


@once
def missing_summary(session: Session) -> tuple[str, ...]:
    """What is still to record, to name or to confirm; empty where the record is complete."""
    if not session.activities:
        return ("nothing is recorded yet",)
    return tuple(_facts(session))


def _facts(session: Session) -> Iterator[str]:
    wall = session.in_order
    bare = [a for a in wall if not a.accountable]
    yield from _fact(session, bare, ("has no accountable role", "have no accountable role"))
    yield from _fact(session, [a for a in wall if not a.lead], ("has no lead", "have no lead"))
    ways = edges_by_activity(session)
    leading = [a for a in wall if any(edge.kind is EdgeKind.OPEN for edge in ways[a.id])]
    nowhere = ("leads nowhere yet by an answer", "lead nowhere yet by an answer")
    yield from _fact(session, leading, nowhere)
    waiting = [a for a in wall if not (a.confirmed or a.open_point)]
    yield from _fact(session, waiting, ("is to be confirmed", "are to be confirmed"))
    empty = [stage.id for stage in session.stages if not session.by_stage[stage.id]]
    if empty:
        yield f"nothing is recorded in {_stages(session, empty)}"


def _fact(session: Session, activities: list[Activity], said: tuple[str, str]) -> Iterator[str]:
    """What is so of one, or of several: ``7 activities in “Review” and “Exit” have no lead``."""
    if activities:
        where = _stages(session, (activity.stage for activity in activities))
        number = counted(len(activities), "activity", "activities")
        yield f"{number} in {where} {said[len(activities) > 1]}"


def _stages(session: Session, ids: Iterable[str]) -> str:
    """Stages by their names, ``“Review” and “Exit”``; of many how many they are."""
    distinct = list(dict.fromkeys(ids))
    if len(distinct) > STAGES_NAMED:
        return counted(len(distinct), "stage")
    return english_list([_called(session, one) for one in distinct])


def _called(session: Session, stage: str) -> str:
    known = session.stage_by_id.get(StageId(stage))
    return quoted((known.name if known else "") or stage)


# What the group agreed about an activity, now or in an earlier session, and what it could not.


def confirm(session: Session, activity: ActivityId, *, carried_lead: str = "") -> Session:
    """The group agrees the place and the lead; an open point is settled by that, and noted.

    An activity that nobody leads yet is confirmed in its sequence alone.
    """
    agreed = the_activity(session, activity)
    lead = agreed.lead or carried_lead
    settled = f"Settled: {agreed.open_point}" if agreed.open_point else ""
    return updated(
        session,
        "activities",
        agreed,
        lead=lead,
        sequence_confirmed=True,
        lead_confirmed=bool(lead),
        open_point="",
        note=" ".join(filter(None, [agreed.note, settled])),
    )


def unconfirm(session: Session, activity: ActivityId) -> Session:
    """The group wants to look at it again."""
    found = the_activity(session, activity)
    return updated(session, "activities", found, sequence_confirmed=False, lead_confirmed=False)


def record_open_point(session: Session, activity: ActivityId, point: str) -> Session:
    """What the group could not agree: the sequence is confirmed, the lead is left open.

    No words take the open point away. Raises `EditError` where there is none to take away.
    """
    found = the_activity(session, activity)
    words = on_one_line(point)
    if not words and not found.open_point:
        raise EditError("Say in a few words what is not agreed.")
    if not words:
        return updated(session, "activities", found, open_point="")
    return updated(
        session,
        "activities",
        found,
        open_point=words,
        sequence_confirmed=True,
        lead_confirmed=False,
    )


def next_unconfirmed(
    session: Session, after: str, among: Container[str] | None = None
) -> Activity | None:
    """The next activity to review behind ``after``, round to the start; none when all are done.

    One with an open point counts as reviewed: `m` walks those. ``among`` are the ids of those
    that may be it, where not all may.
    """
    for activity in behind(session.in_order, after):
        waiting = not activity.confirmed and not activity.open_point
        if waiting and (among is None or activity.id in among):
            return activity
    return None


def was_confirmed(activity: Activity) -> str:
    """What an earlier session confirmed of an activity that waits again; empty for nothing."""
    sequence = activity.sequence_was_confirmed and not activity.sequence_confirmed
    lead = activity.lead_was_confirmed and not activity.lead_confirmed
    if not (sequence or lead):
        return ""
    from offwall.model.records import short_date

    what = {(True, False): " in its place", (False, True): " in its lead"}.get((sequence, lead), "")
    on = f" on {short_date(activity.was_confirmed_on)}" if activity.was_confirmed_on else ""
    return f"was confirmed{what}{on}"


# How far it has come.

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


stage_counter = StageCounter()
"""The one of all screens, so that the next to come up counts nothing again."""


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
