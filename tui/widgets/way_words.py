"""Where a way leads, in words."""

from model.flow import Edge, TierView, Way
from model.session import END, Session

AGAIN = {Way.RETURN: "Round again", Way.LEAVE: "Done", Way.NEXT: "On"}
"""What a way is called that is no answer, where there are several."""


def way(session: Session, edge: Edge) -> str:
    """An answer and where it leads: ``Yes -> S3.05 Agree the plan``."""
    return f"{answer(edge)} -> {place_of(session, edge)}".strip()


def answer(edge: Edge) -> str:
    """What leads that way: the answer, or what is done there."""
    return edge.label or AGAIN.get(edge.kind, "")


def place_of(session: Session, edge: Edge) -> str:
    """Where a way leads: ``S3.05 Agree the plan``, the end, or words."""
    if activity := session.activity_by_id.get(edge.to):
        return f"{session.ref_by_id[activity.id]} {activity.text}"
    if edge.to == END:
        return "the end"
    if edge.kind is Way.LEAVE:
        return "back to whoever asked for it"
    return f"({edge.words})" if edge.kind is Way.OPEN else "(removed)"


def nowhere(edge: Edge) -> str:
    """The sentence for a way that no activity lies at the end of, and what to do about it."""
    said = f"“{edge.label}”" if edge.label else "it"
    if edge.to == END:
        return f"{said} ends the process."
    if edge.kind is Way.LEAVE:
        return "the stage is on demand: from here one goes back to whoever asked for it."
    if edge.kind is Way.OPEN:
        return f"{said} leads to “{edge.words}”, which is no activity yet. Type one, or e aims it."
    return f"{said} leads to an activity that was removed. Press e and aim it elsewhere."


def tier_name(session: Session, code: str) -> str:
    """What a tier is called."""
    return next((tier.name for tier in session.tiers if tier.code == code), "") or code


def in_tier(session: Session, view: TierView, activity: str) -> str:
    """Where an activity leads for one tier, hidden steps bridged: ``Bronze: Yes -> S3.05``."""
    name = tier_name(session, view.tier)
    if activity not in view.edges:
        return f"{name}: left out"
    light = " light," if activity in view.light else ""
    ways = ", ".join(
        f"{edge.label} -> {_ref(session, edge)}" if edge.label else f"then {_ref(session, edge)}"
        for edge in view.edges[activity]
    )
    return f"{name}:{light} {ways}"


def _ref(session: Session, edge: Edge) -> str:
    return session.ref_by_id.get(edge.to) or place_of(session, edge)
