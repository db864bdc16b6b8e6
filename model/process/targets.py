"""Words that mean an activity: a ref, an id or its text, matched to the one that they mean."""

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property

from offwall.model.records import END, Activity, Session, by_key, line_of, updated, without
from offwall.model.records.edit import put_record
from offwall.model.records.fields import Collection
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.records.matching import Candidate
from offwall.model.records.session import Route
from offwall.model.records.text import fold


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
        for session in (self.screen, self.session):
            for form in (ref, ref.upper()):
                known = session.id_by_ref.get(form, NO_ACTIVITY)
                if known in self.session.activity_by_id:
                    return known
        return NO_ACTIVITY

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


def say_settled(before: Session, after: Session) -> tuple[str, ...]:
    """A sentence for each open target of ``before`` that leads to an activity in ``after``."""
    told = []
    for old in before.activities:
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
    if not any(route.to_words and not route.to for route in activity.routes):
        return activity
    routes = tuple(_settled_route(route, targets) for route in activity.routes)
    return activity if routes == activity.routes else replace(activity, routes=routes)


def _settled_route(route: Route, targets: TargetMatcher) -> Route:
    found = targets.find(route.to_words) if route.to_words and not route.to else NO_ACTIVITY
    return replace(route, to=found, to_words="") if found else route


# Where a record stands in its list, and which activity of the wall it belongs to.


def put_beside(
    session: Session, collection: Collection, key: str, other: str, *, before: bool = False
) -> Session:
    """The session with a record right behind another of its collection, or before it.

    Where the other is not there, it goes to the end. Raises `EditError` where the record itself
    is not there.
    """
    record = by_key(session, collection, key)
    return put_record(without(session, collection, record), collection, record, other, before)


def put_at(session: Session, collection: Collection, key: str, where: str) -> Session:
    """The session with an issue or action at an activity, by its ref or words, or near a place.

    Words that mean no one activity are kept as ``near``, for it may not be typed yet.
    """
    words = line_of(where)
    found = find_target(session, words)
    activity = "" if found == END else found
    record = by_key(session, collection, key)
    return updated(session, collection, record, activity=activity, near="" if activity else words)


def target_candidate(ref: str, activity: Activity) -> Candidate:
    """An activity as what a route leads to: by its ref, and by its words."""
    label = f"{ref} {activity.text}"
    return Candidate(ref, label, (label, activity.text))
