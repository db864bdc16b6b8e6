"""Keep what a line says: a new activity, more for one that is there, or lines in a row.

Refs and words that say where a route leads are matched when every line is in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from model.edits.errors import EditError
from model.edits.note_edit import edit_note
from model.edits.note_fields import added_to, in_full, new_activity, note_before
from model.edits.note_of import note_of
from model.edits.note_records import with_new_records, with_roles
from model.edits.note_targets import find_target, settle
from model.edits.order import move_to_ref
from model.edits.records import added, the_activity, the_stage, updated
from model.ids import derive
from model.note import Note, Way
from model.session import Session

__all__ = [
    "AddedNotes",
    "add_note",
    "add_notes",
    "add_standing",
    "add_to",
    "edit_note",
    "find_target",
    "new_activity_id",
    "note_of",
]


@dataclass(frozen=True, slots=True)
class AddedNotes:
    """The session with all lines in, and the activity that each line made or added to.

    ``activities`` has an id a line, "" for one that stands alone; ``made`` are the new ones,
    ``roles`` the codes of the roles made for words that named none.
    """

    session: Session
    activities: tuple[str, ...]
    made: tuple[str, ...]
    roles: tuple[str, ...]


def new_activity_id(seed: str, n: int = 0) -> str:
    """The id of the activity that the ``n``-th line kept with this seed makes."""
    return derive(seed, "a", n)


def add_note(
    session: Session,
    note: Note,
    *,
    stage: str,
    seed: str,
    after: str = "",
    before: str = "",
    lead: str = "",
    accountable: str = "",
) -> Session:
    """Make an activity, with its issues, actions and parked issues.

    It goes behind the activity ``after``, or before ``before``, in their stage; else to the end
    of the note's own stage, or of ``stage``. ``lead`` and ``accountable`` are carried over where
    the note says none. Raises `EditError` without words, or where the stage is not there.
    """
    carrying = replace(
        note,
        lead=(lead or None) if note.lead is None else note.lead,
        accountable=(accountable or None) if note.accountable is None else note.accountable,
    )
    placed = _place(session, carrying, stage=stage, seed=seed, after=after, before=before)
    return settle(placed, session)


def add_to(session: Session, activity: str, note: Note, seed: str) -> Session:
    """Add what a note says to an activity: ``@ a: ? >= / w: n:`` replace, the rest is added.

    Raises `EditError` where the activity, or the stage that it moves to, is not there.
    """
    return settle(_extend(session, activity, note, seed, 0), session)


def add_standing(session: Session, note: Note, seed: str) -> Session:
    """Keep a line of only ``^...`` and ``*...``: parked issues and actions of no activity."""
    return with_new_records(session, note, "", seed, 0)


def add_notes(
    session: Session,
    notes: Iterable[tuple[Note, Way]],
    *,
    stage: str,
    seed: str,
    after: str = "",
    adding_to: str = "",
) -> AddedNotes:
    """Keep lines in a row. A line's stage holds for those after it; leads are never invented.

    ``after`` is the activity behind which the first new one goes, ``adding_to`` the one that a
    line before any new activity adds to. Raises `EditError` naming the line; then none is kept.
    """
    now, here, at, made, kept = session, adding_to, after, [], []
    for n, (note, way) in enumerate(notes):
        try:
            if way is Way.NEW:
                stage = note.stage or stage
                now = _place(now, note, stage=stage, seed=seed, n=n, after=at, people_of=here)
                here = at = new_activity_id(seed, n)
                made.append(here)
            elif way is Way.ADDS:
                now = _extend(now, here, note, seed, n)
            else:
                now = with_new_records(now, note, "", seed, n)
        except EditError as error:
            raise EditError(f"Line {n + 1}: {error}") from None
        kept.append("" if way is Way.ALONE else here)
    roles = tuple(code for code in now.role_by_code if code not in session.role_by_code)
    return AddedNotes(settle(now, session), tuple(kept), tuple(made), roles)


def _place(
    session: Session,
    note: Note,
    *,
    stage: str,
    seed: str,
    n: int = 0,
    after: str = "",
    before: str = "",
    people_of: str = "",
) -> Session:
    if not note.text:
        raise EditError("An activity needs words. Say first what is done, then its tokens.")
    beside = session.activity_by_id.get(after or before)
    stage = the_stage(session, note.stage or (beside.stage if beside else stage)).id
    column = session.by_stage[stage]
    if beside and beside.stage == stage:
        place = column.index(beside) + (1 if after else 0)
    else:
        beside, place = None, len(column)
    session, note = with_roles(
        session, in_full(note, session, people_of or after or _last(session, stage))
    )
    made = new_activity_id(seed, n)
    if made in session.activity_by_id:
        raise EditError("This line is already kept. Type it again to have it twice.")
    session = added(session, "activities", new_activity(note, made, stage))
    session = move_to_ref(session, made, f"{stage}.{place + 1}")
    return with_new_records(session, note, made, seed, n)


def _last(session: Session, stage: str) -> str:
    column = session.by_stage[stage]
    return column[-1].id if column else ""


def _extend(session: Session, activity: str, note: Note, seed: str, n: int) -> Session:
    if not activity:
        raise EditError(
            "It begins with a token, so it adds to an activity, and there is none yet. "
            "Begin with what is done."
        )
    old = the_activity(session, activity)
    session, note = with_roles(session, in_full(note, session, note_before(session, activity)))
    session = updated(session, "activities", old, **added_to(old, note))
    if note.stage and note.stage != old.stage:
        session = move_to_ref(session, activity, note.stage)
    return with_new_records(session, note, activity, seed, n)
