"""The activities as a list that is worked on, so that many changes in a row copy it once.

Order in the file is the order on the wall, stage by stage; what is put into a stage goes right
before what follows it there, wherever other stages' activities stand in between.
"""

from dataclasses import replace

from model.session import Activity, Session


class Working:
    """A session's activities while they are changed. `kept` gives the session that has them."""

    def __init__(self, session: Session) -> None:
        self._stages = tuple(session.stage_by_id)
        self._order = list(session.activities)
        # Kept beside the records, as a list finds a word in it far faster than a record.
        self._ids = [activity.id for activity in session.activities]
        self._by_id = dict(zip(self._ids, self._order, strict=True))

    def kept(self, session: Session) -> Session:
        """The session with the activities as they are now."""
        return replace(session, activities=tuple(self._order))

    def get(self, activity: str) -> Activity | None:
        """The activity of that id as it is now, if it is there."""
        return self._by_id.get(activity)

    def before(self, activity: str) -> Activity | None:
        """The activity that the wall shows right before this one, of its stage or an earlier."""
        place = self._ids.index(activity)
        stage = self._order[place].stage
        found = self._step(place, stage, -1)
        return self._end_before(stage) if found is None else self._order[found]

    def end_of(self, stage: str) -> Activity | None:
        """The last activity of a stage, or else of the nearest earlier stage that has any."""
        return self._last(stage) or self._end_before(stage)

    def change(self, new: Activity) -> None:
        """Put an activity in the place of the one of its id; its stage is the same."""
        self._order[self._ids.index(new.id)] = new
        self._by_id[new.id] = new

    def take(self, activity: str) -> Activity:
        """Take an activity out."""
        place = self._ids.index(activity)
        del self._ids[place], self._by_id[activity]
        return self._order.pop(place)

    def put_last(self, new: Activity) -> None:
        """Put an activity at the end of its stage."""
        place = self._step(len(self._order), new.stage, -1)
        self._put(self._start_of(new.stage) if place is None else place + 1, new)

    def put_behind(self, new: Activity, other: str) -> None:
        """Put an activity right behind another of its stage."""
        place = self._ids.index(other)
        following = self._step(place, new.stage, 1)
        self._put(place + 1 if following is None else following, new)

    def put_before(self, new: Activity, other: str) -> None:
        """Put an activity right before another of its stage."""
        self._put(self._ids.index(other), new)

    def _end_before(self, stage: str) -> Activity | None:
        known = self._stages.index(stage) if stage in self._stages else 0
        lasts = (self._last(earlier) for earlier in reversed(self._stages[:known]))
        return next((last for last in lasts if last), None)

    def _last(self, stage: str) -> Activity | None:
        place = self._step(len(self._order), stage, -1)
        return None if place is None else self._order[place]

    def _put(self, place: int, new: Activity) -> None:
        self._order.insert(place, new)
        self._ids.insert(place, new.id)
        self._by_id[new.id] = new

    def _step(self, place: int, stage: str, by: int) -> int | None:
        """The next place of a stage's activity, from ``place`` on or back (``by`` 1 or -1)."""
        end = len(self._order) if by > 0 else -1
        for found in range(place + by, end, by):
            if self._order[found].stage == stage:
                return found
        return None

    def _start_of(self, stage: str) -> int:
        """Where a stage without activities begins: before the first of a later stage."""
        later = set(self._stages[self._stages.index(stage) + 1 :])
        places = (n for n, activity in enumerate(self._order) if activity.stage in later)
        return next(places, len(self._order))
