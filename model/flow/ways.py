"""Where each activity leads.

A decision's routes come first, else ``then``, else the next activity of the stage; at the stage's
end its rhythm says: *once* falls through to the next stage that has activities and is not entered
on demand, *cycle* returns to its own first activity, *on demand* goes back to where it was called
from.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from model.session import END, Activity, Rhythm, Route, Session

_ID = re.compile(r"a-\S+")
"""How an activity's id begins. ``then`` may hold an id or words; anything else is words."""


class Way(StrEnum):
    """What kind of way an edge is."""

    ROUTE = "route"
    THEN = "then"
    NEXT = "next"
    RETURN = "return"  # a cycle begins again
    LEAVE = "leave"  # a stage on demand is done: back to whoever asked for it
    OPEN = "open"  # words that match no activity yet
    MISSING = "missing"  # an id that no activity bears


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one activity to another.

    ``to`` is an activity's id or `END`, and empty where ``kind`` is leave, open or missing;
    ``words`` is then what is written in its place. ``label`` is the answer, if it is a route.
    """

    source: str
    to: str
    kind: Way
    label: str = ""
    words: str = ""


def edges(session: Session, activity: Activity) -> tuple[Edge, ...]:
    """The ways out of an activity, in the order of its answers; at least one."""
    if activity.routes:
        return tuple(_route(session, activity, route) for route in activity.routes)
    if activity.then:
        return (_then(session, activity),)
    return (_following(session, activity),)


def graph(session: Session) -> dict[str, tuple[Edge, ...]]:
    """The ways out of every activity, under its id, as the wall reads."""
    return {activity.id: edges(session, activity) for activity in session.in_order}


def _route(session: Session, activity: Activity, route: Route) -> Edge:
    if route.to:
        return _aim(session, activity.id, route.to, Way.ROUTE, route.answer)
    if route.to_words:
        return Edge(activity.id, "", Way.OPEN, route.answer, route.to_words)
    following = _following(session, activity)
    kind = following.kind if following.kind is Way.LEAVE else Way.ROUTE
    return Edge(activity.id, following.to, kind, route.answer)


def _then(session: Session, activity: Activity) -> Edge:
    edge = _aim(session, activity.id, activity.then, Way.THEN)
    if edge.kind is Way.MISSING and not _ID.fullmatch(activity.then):
        return Edge(activity.id, "", Way.OPEN, words=activity.then)
    return edge


def _aim(session: Session, source: str, target: str, kind: Way, label: str = "") -> Edge:
    if target == END or target in session.activity_by_id:
        return Edge(source, target, kind, label)
    return Edge(source, "", Way.MISSING, label, target)


def _following(session: Session, activity: Activity) -> Edge:
    """Where the activity leads when it says nothing of it."""
    column = session.by_stage.get(activity.stage, ())
    # The ref already counts the place within the stage.
    place = int(session.ref_by_id.get(activity.id, ".0").rpartition(".")[2])
    if place < len(column):
        return Edge(activity.id, column[place].id, Way.NEXT)
    stage = session.stage_by_id.get(activity.stage)
    rhythm = stage.rhythm if stage else Rhythm.ONCE
    if rhythm is Rhythm.CYCLE and column:
        return Edge(activity.id, column[0].id, Way.RETURN)
    if rhythm is Rhythm.ON_DEMAND:
        return Edge(activity.id, "", Way.LEAVE)
    return Edge(activity.id, first_after(session, activity.stage) or END, Way.NEXT)


def first_after(session: Session, stage: str) -> str:
    """The first activity of the next stage that one falls into; empty after the last."""
    later = list(session.by_stage)
    later = later[later.index(stage) + 1 :] if stage in session.by_stage else []
    return next(
        (
            column[0].id
            for column in map(session.by_stage.__getitem__, later)
            if column and not _on_demand(session, column[0].stage)
        ),
        "",
    )


def _on_demand(session: Session, stage: str) -> bool:
    known = session.stage_by_id.get(stage)
    return known is not None and known.rhythm is Rhythm.ON_DEMAND
