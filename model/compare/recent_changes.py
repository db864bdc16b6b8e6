"""The records that were changed last: what those who follow a session want to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from offwall.model.records import Session, diff
from offwall.model.records.changes import RECORD, Change
from offwall.model.records.fields import Collection
from offwall.model.records.ids import NO_ACTION, NO_ACTIVITY, ActionId, ActivityId
from offwall.model.records.pointers import records_of
from offwall.model.review import next_unconfirmed

LINKED: tuple[Collection, ...] = ("issues", "actions")
"""What belongs to an activity and shows there."""


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """The activity, the action and the topic that were changed last, by their ids; empty for none.

    An issue or an action of an activity changes what is known of that activity, too.
    """

    activity: ActivityId = NO_ACTIVITY
    action: ActionId = NO_ACTION
    topic: str = ""

    def after(self, old: Session, new: Session) -> "RecentChanges":
        """What it is once ``old`` has become ``new``."""
        changes = diff(old, new)
        activity = _newest("activities", changes, old.in_order, new.activity_by_id)
        return RecentChanges(
            activity or _linked(changes, new) or self.activity,
            _newest("actions", changes, old.actions, _ids(new.actions)) or self.action,
            _newest("topics", changes, old.topics, _ids(new.topics)) or self.topic,
        )


def at_first(session: Session) -> RecentChanges:
    """Where the work is in a session of which no change was seen yet.

    The review goes on at the first activity that is not settled; actions and topics are added at
    the end.
    """
    waiting = next_unconfirmed(session, "")
    activities = session.in_order
    activity = waiting or (activities[-1] if activities else None)
    return RecentChanges(
        activity.id if activity else NO_ACTIVITY,
        session.actions[-1].id if session.actions else NO_ACTION,
        session.topics[-1].id if session.topics else "",
    )


def _ids(records: Sequence[Any]) -> set[str]:
    return {record.id for record in records}


def _newest(collection: str, changes: Sequence[Change], before: Sequence[Any], there: Any) -> Any:
    """The last record that was added, else changed, else the one before what was removed."""
    mine = [change for change in changes if change.collection == collection]
    added = [change.key for change in mine if change.field == RECORD and change.old is None]
    changed = [change.key for change in mine if change.key in there]
    if found := added or changed:
        return found[-1]
    gone = {change.key for change in mine}
    left = ""
    for record in before:
        if record.id in gone:
            return left
        left = record.id
    return ""


def _linked(changes: Sequence[Change], new: Session) -> ActivityId:
    """The activity of the last issue or action that was added or changed."""
    of = {one.id: one.activity for name in LINKED for one in records_of(new, name)}
    touched = (of.get(change.key, NO_ACTIVITY) for change in changes if change.collection in LINKED)
    found = [activity for activity in touched if activity in new.activity_by_id]
    return found[-1] if found else NO_ACTIVITY
