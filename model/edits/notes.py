"""Keep what a line says: a new activity, more for one that is there, or lines in a row.

Refs and words that say where a route leads are matched when every line is in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from model.edits.errors import EditError
from model.edits.note_edit import edit_note
from model.edits.note_fields import added_to, in_full, new_activity, whole_refs
from model.edits.note_of import note_of
from model.edits.note_records import with_new_records, with_roles
from model.edits.note_targets import find_target, settle
from model.edits.records import the_activity, the_stage
from model.edits.working import Working
from model.ids import derive
from model.note import Note, Way
from model.session import Activity, Session

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
    the note says none, and no ``"`` for the people before. Raises `EditError` without words, or
    where the stage is not there.
    """
    if not note.ditto:
        note = replace(
            note,
            lead=(lead or None) if note.lead is None else note.lead,
            accountable=(accountable or None) if note.accountable is None else note.accountable,
        )
    keeping = _Keeping(session, seed)
    keeping.place(note, 0, stage=stage, after=after, before=before)
    return keeping.kept()


def add_to(session: Session, activity: str, note: Note, seed: str) -> Session:
    """Add what a note says to an activity: ``@ a: ? >= / w: n:`` replace, the rest is added.

    Raises `EditError` where the activity, or the stage that it moves to, is not there.
    """
    keeping = _Keeping(session, seed)
    keeping.extend(activity, note, 0)
    return keeping.kept()


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
    before: str = "",
    adding_to: str = "",
) -> AddedNotes:
    """Keep lines in a row. A line's stage holds for those after it; leads are never invented.

    ``after`` is the activity behind which the first new one goes, or ``before`` the one before
    which it goes; ``adding_to`` is the one that a line before any new activity adds to. Raises
    `EditError` naming the line; then none is kept.
    """
    keeping = _Keeping(session, seed)
    here, at, made, kept = adding_to, after, [], []
    for n, (note, way) in enumerate(notes):
        try:
            if way is Way.NEW:
                stage = note.stage or stage
                where = {"after": at} if at else {"before": before}
                here = at = keeping.place(note, n, stage=stage, people_of=here, **where)
                made.append(here)
            elif way is Way.ADDS:
                keeping.extend(here, note, n)
            else:
                keeping.records(note, "", n)
        except EditError as error:
            raise EditError(f"Line {n + 1}: {error}") from None
        kept.append("" if way is Way.ALONE else here)
    now = keeping.kept()
    roles = tuple(code for code in now.role_by_code if code not in session.role_by_code)
    return AddedNotes(now, tuple(kept), tuple(made), roles)


class _Keeping:
    """Lines kept in a row: the activities are put together once, however many lines there are."""

    def __init__(self, session: Session, seed: str) -> None:
        self._screen = session
        self._seed = seed
        self._session = session  # with the roles, issues and actions so far
        self._working = Working(session)

    def kept(self) -> Session:
        """The session with all lines in, and every target that now matches leading there."""
        return settle(self._working.kept(self._session), self._screen)

    def place(
        self,
        note: Note,
        n: int,
        *,
        stage: str,
        after: str = "",
        before: str = "",
        people_of: str = "",
    ) -> str:
        """Make an activity; the answer is its id. Raises `EditError` for a note without words."""
        if not note.text:
            raise EditError("An activity needs words. Say first what is done, then its tokens.")
        working, other = self._working, after or before
        beside = working.get(other)
        stage = the_stage(self._session, note.stage or (beside.stage if beside else stage)).id
        above = people_of or after
        note = whole_refs(note, self._screen, stage)
        note = self._in_codes(note, working.get(above) if above else working.end_of(stage))
        made = new_activity_id(self._seed, n)
        if working.get(made):
            raise EditError("This line is already kept. Type it again to have it twice.")
        new = new_activity(note, made, stage)
        if beside is None or beside.stage != stage:
            working.put_last(new)
        elif after:
            working.put_behind(new, other)
        else:
            working.put_before(new, other)
        self.records(note, made, n)
        return made

    def extend(self, activity: str, note: Note, n: int) -> None:
        """Add what a note says to an activity. Raises `EditError` where there is none."""
        if not activity:
            raise EditError(
                "It begins with a token, so it adds to an activity, and there is none yet. "
                "Begin with what is done."
            )
        old = self._working.get(activity) or the_activity(self._screen, activity)
        note = whole_refs(note, self._screen, note.stage or old.stage)
        note = self._in_codes(note, self._working.before(activity) if note.ditto else None)
        new = replace(old, **added_to(old, note))
        if note.stage and note.stage != old.stage:
            stage = the_stage(self._session, note.stage).id
            self._working.take(activity)
            self._working.put_last(replace(new, stage=stage))
        else:
            self._working.change(new)
        self.records(note, activity, n)

    def _in_codes(self, note: Note, people: Activity | None) -> Note:
        """The note in full, its roles as codes; those not known yet are made."""
        self._session, said = with_roles(self._session, in_full(note, self._session, people))
        return said

    def records(self, note: Note, activity: str, n: int) -> None:
        """Make the note's issues, actions and parked issues."""
        self._session = with_new_records(self._session, note, activity, self._seed, n)
