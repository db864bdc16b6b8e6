"""Take an activity away, and what hangs on it."""

from dataclasses import replace
from typing import TypeVar

from model.edits.records import the_activity, without
from model.session import Action, Activity, Issue, Session

Linked = TypeVar("Linked", Issue, Action)


def remove_activity(session: Session, activity: str) -> Session:
    """Take an activity off the wall.

    Its issues and actions stay, with its words as the place they were near. Routes that led to
    it keep pointing there, so that the finding names them and undo mends them.
    """
    gone = the_activity(session, activity)
    return replace(
        without(session, "activities", gone),
        issues=_unlinked(session.issues, gone),
        actions=_unlinked(session.actions, gone),
    )


def _unlinked(records: tuple[Linked, ...], gone: Activity) -> tuple[Linked, ...]:
    return tuple(
        replace(record, activity="", near=record.near or gone.text)
        if record.activity == gone.id
        else record
        for record in records
    )
