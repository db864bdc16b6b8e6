"""Where a record stands in its list, and which activity of the wall it belongs to."""

from model.edits.lists import put
from model.edits.note_targets import find_target
from model.edits.records import by_key, updated, without
from model.edits.texts import line_of
from model.session import END, Session


def put_beside(
    session: Session, collection: str, key: str, other: str, *, before: bool = False
) -> Session:
    """The session with a record right behind another of its collection, or before it.

    Where the other is not there, it goes to the end. Raises `EditError` where the record itself
    is not there.
    """
    record = by_key(session, collection, key)
    return put(without(session, collection, record), collection, record, other, before)


def put_at(session: Session, collection: str, key: str, where: str) -> Session:
    """The session with an issue or action at an activity, by its ref or words, or near a place.

    Words that mean no one activity are kept as ``near``, for it may not be typed yet.
    """
    words = line_of(where)
    found = find_target(session, words)
    activity = "" if found == END else found
    record = by_key(session, collection, key)
    return updated(session, collection, record, activity=activity, near="" if activity else words)
