"""Where each activity leads, in the words that people read."""

from model.flow import Edge, Way, edges
from model.session import END, Activity, Session
from model.tables.names import LIST

BACK = "back"
"""Where a stage on demand leads when it is done: to whoever asked for it."""


def goal(session: Session, edge: Edge) -> str:
    """Where one way leads: a ref, ``end``, ``back``, or words marked as not yet matched."""
    if edge.kind is Way.LEAVE:
        return BACK
    if edge.kind in (Way.OPEN, Way.MISSING):
        return f"{edge.words} ({edge.kind})"
    return edge.to if edge.to == END else session.ref_by_id[edge.to]


def routes(session: Session, activity: Activity) -> tuple[tuple[str, str], ...]:
    """The answers to an activity's decision and where each leads; none without routes."""
    ways = edges(session, activity) if activity.routes else ()
    return tuple((edge.label, goal(session, edge)) for edge in ways)


def routes_text(session: Session, activity: Activity) -> str:
    """The routes in one cell: ``Gold or silver > S1.04; Bronze > S2.01``."""
    return LIST.join(f"{answer} > {to}".strip() for answer, to in routes(session, activity))


def onward(session: Session, activity: Activity) -> str:
    """Where an activity without routes leads; empty where it has routes, which say it."""
    if activity.routes:
        return ""
    return LIST.join(goal(session, edge) for edge in edges(session, activity))
