"""A second session goes through what the first left: what changed since, and each thing settled."""

import datetime as dt
from dataclasses import replace

from offwall.model.actions.edit_actions import set_due
from offwall.model.actions.issues import park, set_issue_status
from offwall.model.compare.describe import ChangeSection, describe_changes, describe_record
from offwall.model.records import (
    Action,
    ActionStatus,
    EditError,
    IssueStatus,
    Session,
    by_key,
    line_of,
    updated,
)
from offwall.model.records.fields import ActionId, ActivityId, IssueId
from offwall.model.records.session import Remark, RemarkStatus
from offwall.model.review.progress import confirm
from offwall.model.review.second_session import second_session
from offwall.model.topics.improvement import set_improve


class ChangesSince:
    """What changed since last time, asked record by record."""

    def __init__(self, earlier: Session) -> None:
        # As the second session began: that all is to be confirmed again is nobody's change.
        self._begun = second_session(earlier, seed="")
        self._known: tuple[Session, tuple[ChangeSection, ...]] | None = None

    def of(self, session: Session, collection: str, key: str) -> str:
        """What changed of one record; empty where nothing did."""
        return describe_record(self._begun, session, key, collection)

    def all(self, session: Session) -> tuple[ChangeSection, ...]:
        """All that changed, found once for each session."""
        if self._known is None or self._known[0] is not session:
            self._known = (session, describe_changes(self._begun, session))
        return self._known[1]


PRESENTING = ("presenter", "presented_at", "presented_for", "pre_brief")


def changes_since(version: Session, session: Session) -> tuple[ChangeSection, ...]:
    """What changed since a version of the process; minutes, and who is told of it, are none."""
    if version.workshop.id != session.workshop.id:  # a second session began in between
        version = second_session(version, seed="")
        version = replace(version, workshop=replace(version.workshop, date=session.workshop.date))
    held = session.workshop
    told_to = {name: getattr(held, name) for name in PRESENTING}
    version = replace(version, workshop=replace(version.workshop, **told_to))
    kept = replace(version, clock=session.clock, versions=session.versions, export=session.export)
    return describe_changes(kept, session)


# Each change also says that the thing was gone through.

NO_DATE = "Type the new target date, such as 29 Jan, 2w or fri."


def settle_action(session: Session, action: ActionId, status: str, today: dt.date) -> Session:
    """Say how far an action has come: open, doing, done (today), or dropped."""
    found: Action = by_key(session, "actions", action)
    wanted = ActionStatus(status)
    done_on = (found.done_on or today) if wanted is ActionStatus.DONE else None
    session = updated(session, "actions", found, status=wanted, done_on=done_on)
    return _gone_through(session, action)


def settle_issue(session: Session, issue: IssueId, status: str) -> Session:
    """Say how far an issue has come: open, explored, closed."""
    return _gone_through(set_issue_status(session, issue, IssueStatus(status)), issue)


def postpone(session: Session, action: ActionId, when: str, today: dt.date) -> Session:
    """Give an action another target date. Raises `EditError` as `set_due` does, and without one."""
    found: Action = by_key(session, "actions", action)
    new = set_due(session, action, line_of(when, NO_DATE), today)
    if by_key(new, "actions", action).due == found.due:
        raise EditError("That is the date it has. Give another, from today on.")
    return _gone_through(new, action)


def accept_remark(session: Session, remark: str, *, seed: str) -> Session:
    """Take over what somebody wrote: into its activity's note, else as a parked issue."""
    found: Remark = by_key(session, "remarks", remark)
    activity = session.activity_by_id.get(found.on)
    if activity:
        by = f" ({line_of(found.by)})" if found.by else ""
        note = "; ".join(filter(None, (activity.note, line_of(found.text) + by)))
        session = updated(session, "activities", activity, note=note)
    else:
        session = park(session, found.text, raised_by=found.by, seed=seed)
    return close_remark(session, remark)


def close_remark(session: Session, remark: str) -> Session:
    """A remark is settled; nothing is taken over. A first session has remarks, too."""
    found: Remark = by_key(session, "remarks", remark)
    session = updated(session, "remarks", found, status=RemarkStatus.CLOSED)
    return _gone_through(session, remark) if session.earlier else session


def settle_mark(session: Session, activity: ActivityId, mark: str) -> Session:
    """Mark an activity anew, or as before: keep, change or drop."""
    return _gone_through(set_improve(session, activity, mark), activity)


def settle_activity(session: Session, activity: ActivityId) -> Session:
    """The group agrees its place and its lead, and leaves its mark."""
    return _gone_through(confirm(session, activity), activity)


def _gone_through(session: Session, key: str) -> Session:
    earlier = session.earlier
    if earlier is None:
        raise EditError("This session follows no other, so nothing is left over from one.")
    if key in earlier.gone_through:
        return session
    return replace(session, earlier=replace(earlier, gone_through=(*earlier.gone_through, key)))
