"""Activities on the wall: moved, taken away, and worked on as a list that is copied once.

An id stays, so that routes keep pointing to it while refs follow the place.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from offwall.model.records import (
    Action,
    Activity,
    EditError,
    Issue,
    Session,
    excerpt,
    the_activity,
    whole_number,
    without,
)
from offwall.model.records.edit import the_stage
from offwall.model.records.ids import NO_ACTIVITY, ActivityId, StageId
from offwall.model.setup.stages import has_number

# The activities as a list that is worked on, so that many changes in a row copy it once.
#
# Order in the file is the order on the wall, stage by stage; what is put into a stage goes right
# before what follows it there, wherever other stages' activities stand in between.


class ActivityBatch:
    """A session's activities while they are changed. `kept` gives the session that has them."""

    def __init__(self, session: Session) -> None:
        self._stages = tuple(stage.id for stage in session.stages)
        self._order = list(session.activities)
        # Kept beside the records, as a list finds a word in it far faster than a record.
        self._ids = [activity.id for activity in session.activities]
        self._by_id = dict(zip(self._ids, self._order, strict=True))

    def kept(self, session: Session) -> Session:
        """The session with the activities as they are now."""
        return replace(session, activities=tuple(self._order))

    def get(self, activity: ActivityId) -> Activity | None:
        """The activity of that id as it is now, if it is there."""
        return self._by_id.get(activity)

    def before(self, activity: ActivityId) -> Activity | None:
        """The activity that the wall shows right before this one, of its stage or an earlier."""
        place = self._ids.index(activity)
        stage = self._order[place].stage
        found = self._step(place, stage, -1)
        return self._end_before(stage) if found is None else self._order[found]

    def end_of(self, stage: StageId) -> Activity | None:
        """The last activity of a stage, or else of the nearest earlier stage that has any."""
        return self._last(stage) or self._end_before(stage)

    def change(self, new: Activity) -> None:
        """Put an activity in the place of the one of its id; its stage is the same."""
        self._order[self._ids.index(new.id)] = new
        self._by_id[new.id] = new

    def take(self, activity: ActivityId) -> Activity:
        """Take an activity out."""
        place = self._ids.index(activity)
        del self._ids[place], self._by_id[activity]
        return self._order.pop(place)

    def put_last(self, new: Activity) -> None:
        """Put an activity at the end of its stage."""
        place = self._step(len(self._order), new.stage, -1)
        self._put(self._start_of(new.stage) if place is None else place + 1, new)

    def put_behind(self, new: Activity, other: ActivityId) -> None:
        """Put an activity right behind another of its stage."""
        place = self._ids.index(other)
        following = self._step(place, new.stage, 1)
        self._put(place + 1 if following is None else following, new)

    def put_before(self, new: Activity, other: ActivityId) -> None:
        """Put an activity right before another of its stage."""
        self._put(self._ids.index(other), new)

    def _end_before(self, stage: StageId) -> Activity | None:
        known = self._stages.index(stage) if stage in self._stages else 0
        lasts = (self._last(earlier) for earlier in reversed(self._stages[:known]))
        return next((last for last in lasts if last), None)

    def _last(self, stage: StageId) -> Activity | None:
        place = self._step(len(self._order), stage, -1)
        return None if place is None else self._order[place]

    def _put(self, place: int, new: Activity) -> None:
        self._order.insert(place, new)
        self._ids.insert(place, new.id)
        self._by_id[new.id] = new

    def _step(self, place: int, stage: StageId, by: int) -> int | None:
        """The next place of a stage's activity, from ``place`` on or back (``by`` 1 or -1)."""
        end = len(self._order) if by > 0 else -1
        for found in range(place + by, end, by):
            if self._order[found].stage == stage:
                return found
        return None

    def _start_of(self, stage: StageId) -> int:
        """Where a stage without activities begins: before the first of a later stage."""
        later = set(self._stages[self._stages.index(stage) + 1 :])
        places = (n for n, activity in enumerate(self._order) if activity.stage in later)
        return next(places, len(self._order))


def move_within_stage(session: Session, activity: ActivityId, by: int) -> Session:
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


def move_across_stages(session: Session, activity: ActivityId, by: int) -> Session:
    """Move an activity over the border: to the start of the next stage, or to the end of the one
    before (``by`` -1), so that the same move back keeps it beside the border.

    Raises `EditError` where there is no such stage.
    """
    moved = the_activity(session, activity)
    stages = [stage.id for stage in session.stages]
    place = stages.index(moved.stage) + by
    if not 0 <= place < len(stages):
        raise EditError(f"There is no stage {'after' if by > 0 else 'before'} this one.")
    return _put(session, moved, stages[place], 0 if by > 0 else None)


def move_to_ref(session: Session, activity: ActivityId, ref: str) -> Session:
    """Move an activity to the place that a ref such as ``S2.04`` names, or to a stage's end.

    ``2.4`` is ``S2.04``, as in the line; ``2`` alone could be a stage or a place, and is neither.
    Raises `EditError` where the ref names no place.
    """
    moved = the_activity(session, activity)
    stage, _, number = ref.strip().partition(".")
    stages = [found.id for found in session.stages]
    known = {found.casefold(): found for found in stages}
    numbered = [found for found in stages if number and has_number(found, stage)]
    target = known.get(stage.casefold(), numbered[0] if len(numbered) == 1 else StageId(stage))
    the_stage(session, target)
    if not number:
        return _put(session, moved, target, None)
    place = whole_number(number, 1, 10**9)
    if place is None:
        raise EditError(
            f"{excerpt(ref)} is no place. Type one such as {target}.02, or {target} alone."
        )
    return _put(session, moved, target, place - 1)


def move_together(
    session: Session,
    several: tuple[ActivityId, ...],
    move: Callable[[Session, ActivityId], Session],
) -> Session:
    """Move the first of several, and put the others right behind it in their order."""
    first, *others = several
    session = move(session, first)
    stage = the_activity(session, first).stage
    batch, last = ActivityBatch(session), first
    for one in others:
        batch.put_behind(replace(batch.take(one), stage=stage), last)
        last = one
    return batch.kept(session)


def _put(session: Session, moved: Activity, stage: StageId, place: int | None) -> Session:
    """The session with the activity at a place of a stage's column, or at its end."""
    column = [found.id for found in session.by_stage[stage] if found is not moved]
    working = ActivityBatch(session)
    new = replace(working.take(moved.id), stage=stage)
    if place is None or place >= len(column):
        working.put_last(new)
    else:
        working.put_before(new, column[place])
    return working.kept(session)


# Take an activity away, and what hangs on it.

LinkedRecord = TypeVar("LinkedRecord", Issue, Action)


def remove_activity(session: Session, activity: ActivityId) -> Session:
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


def _unlinked(records: tuple[LinkedRecord, ...], gone: Activity) -> tuple[LinkedRecord, ...]:
    return tuple(
        replace(record, activity=NO_ACTIVITY, near=record.near or gone.text)
        if record.activity == gone.id
        else record
        for record in records
    )
