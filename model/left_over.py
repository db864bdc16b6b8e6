"""What a second session goes through first: what is left over from the session before it.

Actions that are overdue, then remarks that came back, then activities marked drop or change. What
was gone through stays on the list, so that undo finds it, and is no more to do.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from model.checks.completeness import LIVE
from model.second_session import MARKED
from model.session import Action, Activity, Remark, RemarkStatus, Session


class Kind(StrEnum):
    """What is left over, by the collection that it stands in."""

    ACTION = "actions"
    REMARK = "remarks"
    ACTIVITY = "activities"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A record to go through, and whether that was done."""

    kind: Kind
    record: Action | Remark | Activity
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
    actions = sorted(session.actions, key=lambda one: one.due or dt.date.max)
    return (
        *_kind(Kind.ACTION, actions, gone, lambda one: overdue(one, today)),
        *_kind(Kind.REMARK, session.remarks, gone, _is_open),
        *_kind(Kind.ACTIVITY, session.in_order, gone, partial(_is_marked, marked)),
    )


def overdue(action: Action, today: dt.date) -> bool:
    """Whether an action should have been done before today, and is neither done nor dropped."""
    return action.status in LIVE and action.due is not None and action.due < today


def _is_open(remark: Remark) -> bool:
    return remark.status is RemarkStatus.OPEN


def _is_marked(then: frozenset[str], activity: Activity) -> bool:
    """Whether it was marked then, and still is: what is marked today is no remnant."""
    return activity.improve in MARKED and activity.id in then


def _kind(
    kind: Kind, records: Iterable[Any], gone: frozenset[str], waits: Callable[..., bool]
) -> Iterator[LeftOver]:
    for record in records:
        if waits(record) or record.id in gone:
            yield LeftOver(kind, record, record.id in gone)


def next_to_go(found: Iterable[LeftOver], after: str) -> str:
    """The id of the next one to go through behind ``after``, round to the start; empty for none."""
    listed = tuple(found)
    start = next((place for place, one in enumerate(listed, 1) if one.id == after), 0)
    waiting = (one.id for one in (*listed[start:], *listed[:start]) if not one.gone_through)
    return next(waiting, "")
