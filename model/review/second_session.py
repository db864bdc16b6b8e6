"""The second session of a process: begun from the first, and what is left over from it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from offwall.model.records import (
    Action,
    ActionStatus,
    Activity,
    Improve,
    Issue,
    IssueStatus,
    Session,
    derive,
)
from offwall.model.records.changes import behind
from offwall.model.records.session import Clock, Earlier, Remark, RemarkStatus
from offwall.model.review.progress import LIVE

# Every record keeps its id, so that the two can be compared. Open points, issues, actions, words,
# marks and remarks stay; what was confirmed is known as confirmed *then*, and is to be confirmed
# again. The workshop is another one: it has a new id, no date, no photos, and its clock begins
# anew.

SETTLED = (ActionStatus.DONE, ActionStatus.DROPPED)
"""What an action is of which nothing is left to do."""

MARKED = (Improve.CHANGE, Improve.DROP)
"""What the group wanted otherwise."""


def second_session(
    old: Session, *, seed: str, path: str = "", title: str = "", council: str = ""
) -> Session:
    """The next session after ``old``.

    ``path`` is where its file lies, as seen from the new file's folder; empty where that cannot
    be said. ``title`` and ``council`` replace those of last time where they are not empty. What
    was done or dropped stays for the record.
    """
    workshop = replace(
        old.workshop,
        id=derive(seed, "w"),
        title=title or old.workshop.title,
        council=council or old.workshop.council,
        date=None,
        photo_asked=False,
    )
    return replace(
        old,
        workshop=workshop,
        earlier=_earlier(old, path),
        activities=tuple(_to_confirm_again(old, activity) for activity in old.activities),
        topics=tuple(replace(topic, minutes=0) for topic in old.topics),
        photos=(),
        clock=_anew(old.clock),
    )


def _earlier(old: Session, path: str) -> Earlier:
    workshop = old.workshop
    settled = tuple(action.id for action in old.actions if action.status in SETTLED)
    marked = tuple(activity.id for activity in old.activities if activity.improve in MARKED)
    open_now = (
        *(action.id for action in old.actions if action.status in LIVE),
        *(issue.id for issue in old.issues if issue.status is not IssueStatus.CLOSED),
        *(activity.id for activity in old.activities if activity.open_point),
    )
    return Earlier(workshop.id, workshop.title, workshop.date, path, settled, marked, open_now)


def of_this_session(session: Session) -> tuple[Action, ...]:
    """The actions but for those that were done or dropped before a second session began."""
    settled = frozenset(session.earlier.settled if session.earlier else ())
    return tuple(action for action in session.actions if action.id not in settled)


def _to_confirm_again(old: Session, activity: Activity) -> Activity:
    """Nothing is confirmed; what is not agreed this time keeps what was said the time before."""
    if not (activity.sequence_confirmed or activity.lead_confirmed):
        return activity
    return replace(
        activity,
        sequence_confirmed=False,
        lead_confirmed=False,
        sequence_was_confirmed=activity.sequence_confirmed,
        lead_was_confirmed=activity.lead_confirmed,
        was_confirmed_on=old.workshop.date,
    )


def _anew(clock: Clock) -> Clock:
    """The minutes that were planned, none of them used."""
    parts: dict[str, Any] = {
        name: replace(getattr(clock, name), used=0) for name in ("topic", "record", "plan")
    }
    return replace(clock, **parts)


# What is left over: actions that are not done, those overdue first; issues that are not closed;
# remarks that came back; activities with an open point, or marked drop or change. What was gone
# through stays on the list, so that undo finds it.


class LeftOverKind(StrEnum):
    """What is left over, by the collection that it stands in."""

    ACTION = "actions"
    ISSUE = "issues"
    REMARK = "remarks"
    ACTIVITY = "activities"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A record to go through, and whether that was done."""

    kind: LeftOverKind
    record: Action | Issue | Remark | Activity
    gone_through: bool

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id


def left_over(session: Session, today: dt.date) -> tuple[LeftOver, ...]:
    """All there is to go through, in order; empty where the session follows no other.

    The action that is overdue longest comes first; activities come as the wall reads.
    """
    earlier = session.earlier
    if earlier is None:
        return ()
    gone, marked = frozenset(earlier.gone_through), frozenset(earlier.marked)
    left = frozenset(earlier.left)

    def is_open(remark: Remark) -> bool:
        return remark.status is RemarkStatus.OPEN

    def is_live(action: Action) -> bool:
        return overdue(action, today) or (action.status in LIVE and action.id in left)

    def is_raised(issue: Issue) -> bool:
        return issue.status is not IssueStatus.CLOSED and issue.id in left

    def waits(activity: Activity) -> bool:  # what is marked or left open today is no remnant
        is_marked = activity.improve in MARKED and activity.id in marked
        return is_marked or (bool(activity.open_point) and activity.id in left)

    actions = sorted(session.actions, key=lambda one: one.due or dt.date.max)
    return (
        *_kind(LeftOverKind.ACTION, actions, gone, is_live),
        *_kind(LeftOverKind.ISSUE, session.issues, gone, is_raised),
        *_kind(LeftOverKind.REMARK, session.remarks, gone, is_open),
        *_kind(LeftOverKind.ACTIVITY, session.in_order, gone, waits),
    )


def overdue(action: Action, today: dt.date) -> bool:
    """Whether an action should have been done before today, and is neither done nor dropped."""
    return action.status in LIVE and action.due is not None and action.due < today


def _kind(
    kind: LeftOverKind, records: Iterable[Any], gone: frozenset[str], waits: Callable[..., bool]
) -> Iterator[LeftOver]:
    for record in records:
        if waits(record) or record.id in gone:
            yield LeftOver(kind, record, record.id in gone)


def next_to_go(left_overs: Iterable[LeftOver], after: str) -> str:
    """The id of the next one to go through behind ``after``, round to the start; empty for none."""
    waiting = (one.id for one in behind(tuple(left_overs), after) if not one.gone_through)
    return next(waiting, "")
