"""Activities on the wall: found by a ref, an id or words, moved, taken away, worked on as a list.

An id stays, so that routes keep pointing to it while refs follow the place.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from offwall.model.records import (
    END,
    Action,
    Activity,
    EditError,
    Issue,
    Session,
    by_key,
    excerpt,
    line_of,
    the_activity,
    updated,
    whole_number,
    without,
)
from offwall.model.records.changes import once, the_stage
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, StageId
from offwall.model.records.text import Candidate, fold
from offwall.model.setup.stages import has_number


class TargetMatcher:
    """Finds the activity that words mean, in ``session``.

    A ref means who bears it in ``screen``, the session that people saw when they said it; else
    who bears it in ``session``.
    """

    def __init__(self, session: Session, screen: Session | None = None) -> None:
        self.session = session
        self.screen = screen or session

    @cached_property
    def _texts(self) -> list[tuple[str, ActivityId]]:
        found = self.session.activities
        return sorted((fold(activity.text), activity.id) for activity in found)

    def find(self, words: str) -> ActivityId:
        """An activity's id, `END`, or "" where the words mean none, or more than one."""
        said = words.strip()
        if said.casefold() == END:
            return END
        if named := self.session.activity_by_id.get(said):
            return named.id
        worded = self.several(said)
        return self._bearer(said) or (worded[0] if len(worded) == 1 else NO_ACTIVITY)

    def _bearer(self, ref: str) -> ActivityId:
        sessions, forms = (self.screen, self.session), (ref, ref.upper())
        known = (one.id_by_ref.get(form, NO_ACTIVITY) for one in sessions for form in forms)
        return next((one for one in known if one in self.session.activity_by_id), NO_ACTIVITY)

    def several(self, words: str) -> tuple[ActivityId, ...]:
        """The activities whose text the words are, else those whose text begins so."""
        said, exact, begun = fold(words), [], []
        for at in range(bisect_left(self._texts, (said, NO_ACTIVITY)), len(self._texts)):
            text, known = self._texts[at]
            if not said or not text.startswith(said):
                break
            if text == said:
                exact.append(known)
            elif not text[len(said)].isalnum():  # "plan" does not mean "Planning permission"
                begun.append(known)
        return tuple(exact or begun)


def find_target(session: Session, words: str) -> ActivityId:
    """The id of the one activity that the words mean: a ref, an id, its text or its start.

    ``end`` gives `END`; words that match none, or several, give "".
    """
    return TargetMatcher(session).find(words)


@once
def _leading_nowhere(session: Session) -> tuple[Activity, ...]:
    """The activities with an open target: asked for at each letter of a line."""
    known = session.activity_by_id
    return tuple(
        activity
        for activity in session.activities
        if (activity.then and activity.then not in known)
        or any(route.to_words and not route.to for route in activity.routes)
    )


def say_settled(before: Session, after: Session) -> tuple[str, ...]:
    """A sentence for each open target of ``before`` that leads to an activity in ``after``."""
    told = []
    for old in _leading_nowhere(before):
        new = after.activity_by_id.get(old.id, old)
        ways = [("", old.then, new.then)] if old.then not in before.activity_by_id else []
        pairs = zip(old.routes, new.routes, strict=False) if new.routes != old.routes else ()
        ways += [(one.answer, "", two.to) for one, two in pairs if one.to_words and not one.to]
        for answer, was, to in ways:
            if to != was and to in after.ref_by_id:
                place = " ".join(filter(None, [after.ref_by_id[old.id], answer]))
                told.append(f"{place} now leads to {after.ref_by_id[to]}.")
    return tuple(told)


def settle_targets(session: Session, screen: Session) -> Session:
    """The session with every open target that now matches an activity leading there."""
    targets = TargetMatcher(session, screen)
    settled = {
        old.id: new
        for old in session.activities
        if (old.then or old.routes) and (new := _settled(old, targets)) is not old
    }
    if not settled:
        return session
    return replace(
        session, activities=tuple(settled.get(old.id, old) for old in session.activities)
    )


def _settled(activity: Activity, targets: TargetMatcher) -> Activity:
    open_then = activity.then and activity.then not in targets.session.activity_by_id
    then = targets.find(activity.then) if open_then else ""
    if then and then != activity.then:
        activity = replace(activity, then=then)
    routes = tuple(
        replace(route, to=found, to_words="")
        if route.to_words and not route.to and (found := targets.find(route.to_words))
        else route
        for route in activity.routes
    )
    return activity if routes == activity.routes else replace(activity, routes=routes)


def put_at(session: Session, issue: str, where: str) -> Session:
    """The session with an issue at an activity, by its ref or words, or near a place.

    Words that mean no one activity are kept as ``near``, for it may not be typed yet.
    """
    words = line_of(where)
    target = find_target(session, words)
    activity = "" if target == END else target
    found = by_key(session, "issues", issue)
    return updated(session, "issues", found, activity=activity, near="" if activity else words)


def target_candidate(ref: str, activity: Activity) -> Candidate:
    """An activity as what a route leads to: by its ref, and by its words."""
    label = f"{ref} {activity.text}"
    return Candidate(ref, label, (label, activity.text))


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
        return self._last(self._earlier(stage)) if found is None else self._order[found]

    def end_of(self, stage: StageId) -> Activity | None:
        """The last activity of a stage, or else of the nearest earlier stage that has any."""
        return self._last([stage, *self._earlier(stage)])

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

    def _earlier(self, stage: StageId) -> tuple[StageId, ...]:
        known = self._stages.index(stage) if stage in self._stages else 0
        return self._stages[:known][::-1]

    def _last(self, stages: Iterable[StageId]) -> Activity | None:
        places = (self._step(len(self._order), stage, -1) for stage in stages)
        return next((self._order[place] for place in places if place is not None), None)

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
    column = [activity.id for activity in session.by_stage[moved.stage]]
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
    stages = [stage.id for stage in session.stages]
    known = {stage.casefold(): stage for stage in stages}
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
    column = [activity.id for activity in session.by_stage[stage] if activity is not moved]
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
        requirements=tuple(
            replace(requirement, activity=NO_ACTIVITY)
            if requirement.activity == gone.id
            else requirement
            for requirement in session.requirements
        ),
    )


def _unlinked(records: tuple[LinkedRecord, ...], gone: Activity) -> tuple[LinkedRecord, ...]:
    return tuple(
        replace(record, activity=NO_ACTIVITY, near=record.near or gone.text)
        if record.activity == gone.id
        else record
        for record in records
    )


def activity_above(session: Session, activity: Activity) -> Activity | None:
    """The activity before this one in its stage; none where it is the first."""
    column = session.by_stage[activity.stage]
    place = column.index(activity)
    return column[place - 1] if place else None
