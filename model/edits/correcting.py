"""Put an activity right with one line: its words replace the words, its tokens are added to it."""

from dataclasses import replace

from model.edits.errors import EditError
from model.edits.notes import add_standing, add_to
from model.edits.records import the_activity, updated
from model.note import Note, Way
from model.session import Session


def correct(session: Session, activity: str, note: Note, way: Way, seed: str) -> Session:
    """Put an activity right; what the line does not say stays as it is.

    A line of only ``^...`` or ``*...`` stands alone, as it does wherever one is kept. Raises
    `EditError` where the activity, or the stage that it moves to, is not there, or nothing is said.
    """
    if way is Way.ALONE:
        return add_standing(session, note, seed)
    old = the_activity(session, activity)
    if note == Note():
        raise EditError("Nothing was said; the activity stays as it is.")
    if note.text:
        session = updated(session, "activities", old, text=note.text)
    return add_to(session, activity, replace(note, text=""), seed)
