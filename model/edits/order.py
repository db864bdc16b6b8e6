"""Move an activity on the wall. Its id stays, so routes keep pointing to it and refs follow."""

from dataclasses import replace

from model.edits.answers import brief, whole
from model.edits.errors import EditError
from model.edits.records import the_activity, the_stage
from model.edits.stages import has_number
from model.edits.working import Working
from model.session import Activity, Session


def move_within_stage(session: Session, activity: str, by: int) -> Session:
    """Move an activity down (``by`` 1) or up (-1) in its stage. Raises `EditError` at an end."""
    moved = the_activity(session, activity)
    column = [found.id for found in session.by_stage[moved.stage]]
    place = column.index(moved.id) + by
    if not 0 <= place < len(column):
        raise EditError(
            f"It is already the {'last' if by > 0 else 'first'} of its stage. "
            "H and L move it to another stage."
        )
    return _put(session, moved, moved.stage, place)


def move_across_stages(session: Session, activity: str, by: int) -> Session:
    """Move an activity to the end of the next stage, or of the one before (``by`` -1).

    Raises `EditError` where there is no such stage.
    """
    moved = the_activity(session, activity)
    stages = list(session.stage_by_id)
    place = stages.index(moved.stage) + by
    if not 0 <= place < len(stages):
        raise EditError(f"There is no stage {'after' if by > 0 else 'before'} this one.")
    return _put(session, moved, stages[place], None)


def move_to_ref(session: Session, activity: str, ref: str) -> Session:
    """Move an activity to the place that a ref such as ``S2.04`` names, or to a stage's end.

    ``2.4`` is ``S2.04``, as in the line; ``2`` alone could be a stage or a place, and is neither.
    Raises `EditError` where the ref names no place.
    """
    moved = the_activity(session, activity)
    stage, _, number = ref.strip().partition(".")
    known = {found.casefold(): found for found in session.stage_by_id}
    numbered = [found for found in session.stage_by_id if number and has_number(found, stage)]
    target = known.get(stage.casefold(), numbered[0] if len(numbered) == 1 else stage)
    the_stage(session, target)
    if not number:
        return _put(session, moved, target, None)
    place = whole(number, 1, 10**9)
    if place is None:
        raise EditError(
            f"{brief(ref)} is no place. Type one such as {target}.02, or {target} alone."
        )
    return _put(session, moved, target, place - 1)


def _put(session: Session, moved: Activity, stage: str, place: int | None) -> Session:
    """The session with the activity at a place of a stage's column, or at its end."""
    column = [found.id for found in session.by_stage[stage] if found is not moved]
    working = Working(session)
    new = replace(working.take(moved.id), stage=stage)
    if place is None or place >= len(column):
        working.put_last(new)
    else:
        working.put_before(new, column[place])
    return working.kept(session)
