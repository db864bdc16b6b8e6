"""What the group wants to do with an activity: keep it, change it, drop it; or that it is new."""

from model.edits.answers import brief, text_from
from model.edits.errors import EditError
from model.edits.records import the_activity, updated
from model.session import Improve, Session

CYCLE = (None, *Improve)
"""The order in which one key goes through them; None where nothing is said."""


def set_improve(session: Session, activity: str, said: str) -> Session:
    """Mark an activity keep, change, drop or new; nothing takes the mark away.

    Raises `EditError` for any other word.
    """
    found = the_activity(session, activity)
    if said and said not in set(Improve):
        raise EditError(f"{brief(said)} is none of keep, change, drop and new.")
    return updated(session, "activities", found, improve=Improve(said) if said else None)


def next_improve(session: Session, activity: str) -> Session:
    """Mark an activity with what comes next: keep, change, drop, new, nothing."""
    found = the_activity(session, activity)
    following = CYCLE[(CYCLE.index(found.improve) + 1) % len(CYCLE)]
    return updated(session, "activities", found, improve=following)


def note_activity(session: Session, activity: str, note: str) -> Session:
    """Write what was said of an activity; no words take the note away."""
    found = the_activity(session, activity)
    return updated(session, "activities", found, note=text_from(note, found.note))
