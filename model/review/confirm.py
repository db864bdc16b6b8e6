"""Confirm: what the group agreed about an activity in the review, and what it could not agree."""

from collections.abc import Container

from offwall.model.records import Activity, EditError, Session, the_activity, updated
from offwall.model.records.edit import behind
from offwall.model.records.ids import ActivityId
from offwall.model.records.text import on_one_line


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
