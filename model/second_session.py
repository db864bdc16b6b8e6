"""The second session of a process: what was recorded last time, to be gone through again.

Every record keeps its id, so that the two can be compared. Open points, issues, actions, words,
marks and remarks stay; what was confirmed is known as confirmed *then*, and is to be confirmed
again. The workshop is another one: it has a new id, no date, no photos, and its clock begins anew.
"""

from dataclasses import replace
from typing import Any

from model.dates import short_date
from model.ids import derive
from model.session import (
    Action,
    ActionStatus,
    Activity,
    Clock,
    Earlier,
    Improve,
    PartTime,
    Session,
    Topic,
)

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
        activities=tuple(_to_confirm_again(old, one) for one in old.activities),
        topics=tuple(map(_untimed, old.topics)),
        photos=(),
        clock=_anew(old.clock),
    )


def _earlier(old: Session, path: str) -> Earlier:
    workshop = old.workshop
    settled = tuple(action.id for action in old.actions if action.status in SETTLED)
    marked = tuple(activity.id for activity in old.activities if activity.improve in MARKED)
    return Earlier(workshop.id, workshop.title, workshop.date, path, settled, marked)


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


def _untimed(topic: Topic) -> Topic:
    return replace(topic, minutes=0)


def _anew(clock: Clock) -> Clock:
    """The minutes that were planned, none of them used."""
    parts: dict[str, Any] = {
        name: _unused(getattr(clock, name)) for name in ("topic", "record", "plan")
    }
    return replace(clock, **parts)


def _unused(part: PartTime) -> PartTime:
    return replace(part, used=0)


def was_confirmed(activity: Activity) -> str:
    """What an earlier session confirmed of an activity that waits again; empty for nothing."""
    sequence = activity.sequence_was_confirmed and not activity.sequence_confirmed
    lead = activity.lead_was_confirmed and not activity.lead_confirmed
    if not (sequence or lead):
        return ""
    what = {(True, False): " in its place", (False, True): " in its lead"}.get((sequence, lead), "")
    on = f" on {short_date(activity.was_confirmed_on)}" if activity.was_confirmed_on else ""
    return f"was confirmed{what}{on}"
