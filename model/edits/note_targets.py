"""Where routes lead: words that people said, matched to the activities that they mean."""

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property

from model.session import END, Activity, Route, Session


class Targets:
    """Finds the activity that words mean, in ``session``.

    A ref means who bears it in ``screen``, the session that people saw when they said it; else
    who bears it in ``session``.
    """

    def __init__(self, session: Session, screen: Session | None = None) -> None:
        self.session = session
        self.screen = screen or session

    @cached_property
    def _texts(self) -> list[tuple[str, str]]:
        found = self.session.activities
        return sorted((_folded(activity.text), activity.id) for activity in found)

    def find(self, words: str) -> str:
        """An activity's id, `END`, or "" where the words mean none, or more than one."""
        said = words.strip()
        if said.casefold() == END:
            return END
        if said in self.session.activity_by_id:
            return said
        return self._bearer(said) or self._worded(_folded(said))

    def _bearer(self, ref: str) -> str:
        for session in (self.screen, self.session):
            for form in (ref, ref.upper()):
                known = session.id_by_ref.get(form, "")
                if known in self.session.activity_by_id:
                    return known
        return ""

    def _worded(self, said: str) -> str:
        exact, begun = [], []
        for at in range(bisect_left(self._texts, (said, "")), len(self._texts)):
            text, known = self._texts[at]
            if not said or not text.startswith(said):
                break
            if text == said:
                exact.append(known)
            elif not text[len(said)].isalnum():  # "plan" does not mean "Planning permission"
                begun.append(known)
        found = exact or begun
        return found[0] if len(found) == 1 else ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def find_target(session: Session, words: str) -> str:
    """The id of the one activity that the words mean: a ref, an id, its text or its start.

    ``end`` gives `END`; words that match none, or several, give "".
    """
    return Targets(session).find(words)


def settle(session: Session, screen: Session) -> Session:
    """The session with every open target that now matches an activity leading there."""
    targets = Targets(session, screen)
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


def _settled(activity: Activity, targets: Targets) -> Activity:
    open_then = activity.then and activity.then not in targets.session.activity_by_id
    then = targets.find(activity.then) if open_then else ""
    if then and then != activity.then:
        activity = replace(activity, then=then)
    if not any(route.to_words and not route.to for route in activity.routes):
        return activity
    routes = tuple(_settled_route(route, targets) for route in activity.routes)
    return activity if routes == activity.routes else replace(activity, routes=routes)


def _settled_route(route: Route, targets: Targets) -> Route:
    found = targets.find(route.to_words) if route.to_words and not route.to else ""
    return replace(route, to=found, to_words="") if found else route
