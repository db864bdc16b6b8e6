"""Routes in words: where a way out of an activity leads, and what a walk asks there."""

from offwall.model.process import Edge, EdgeKind, TierView
from offwall.model.process.walk import ProcessWalk, WalkEnd
from offwall.model.records import END, Session
from offwall.model.records.fields import ActivityId, TierCode
from offwall.model.records.text import counted
from offwall.model.records.uses import role_name

ROUTE_WORDS = {EdgeKind.RETURN: "Round again", EdgeKind.LEAVE: "Done", EdgeKind.NEXT: "On"}
"""What a way is called that is no answer, where there are several."""

NO_TIERS = "There are no tiers yet. Agree them in part 1: press q, then 1, and choose tiering."


def route_text(session: Session, edge: Edge) -> str:
    """An answer and where it leads: ``Yes -> S3.05 Agree the plan``."""
    return f"{answer_text(edge)} -> {route_place(session, edge)}".strip()


def answer_text(edge: Edge) -> str:
    """What leads that way: the answer, or what is done there."""
    return edge.label or ROUTE_WORDS.get(edge.kind, "")


def route_place(session: Session, edge: Edge) -> str:
    """Where a way leads: ``S3.05 Agree the plan``, the end, or words."""
    if activity := session.activity_by_id.get(edge.to):
        return f"{session.ref_by_id[activity.id]} {activity.text}"
    if edge.to == END:
        return "the end"
    if edge.kind is EdgeKind.LEAVE:
        return "back to whoever asked for it"
    return f"({edge.words})" if edge.kind is EdgeKind.OPEN else "(removed)"


def route_nowhere(edge: Edge) -> str:
    """The sentence for a way that no activity lies at the end of, and what to do about it."""
    said = f"“{edge.label}”" if edge.label else "it"
    if edge.to == END:
        return f"{said} ends the process."
    if edge.kind is EdgeKind.LEAVE:
        return "the stage is on demand: from here one goes back to whoever asked for it."
    if edge.kind is EdgeKind.OPEN:
        return f"{said} leads to “{edge.words}”, which is no activity yet. Type one, or e aims it."
    return f"{said} leads to an activity that was removed. Press e and aim it elsewhere."


def tier_route_text(session: Session, view: TierView, activity: ActivityId) -> str:
    """Where an activity leads for one tier, hidden steps bridged: ``Bronze: Yes -> S3.05``."""
    name = session.tier_name(view.tier)
    if activity not in view.edges:
        return f"{name}: left out"
    light = " light," if activity in view.light else ""
    ways = ", ".join(
        f"{edge.label} -> {_route_ref(session, edge)}"
        if edge.label
        else f"then {_route_ref(session, edge)}"
        for edge in view.edges[activity]
    )
    return f"{name}:{light} {ways}"


def _route_ref(session: Session, edge: Edge) -> str:
    return session.ref_by_id.get(edge.to) or route_place(session, edge)


# What a walk says: how far it has come, what it asks, and why it ends where it ends.

ENDLESS_LOOP = (
    "Nothing on the way asks a question: a loop with no way out. Give one of them an answer."
)


def walk_summary(session: Session, reading: ProcessWalk, tier: TierCode) -> str:
    """Where the walk began, and what it counted so far."""
    if not reading.steps:
        return ""
    begun = session.ref_by_id[reading.steps[0].activity.id]
    place = f"{session.tier_name(tier)}, from" if tier else "From"
    counts = [
        counted(len(reading.steps), "step"),
        counted(reading.hand_offs, "hand-off") + " (»)",
        counted(reading.rounds, "loop"),
    ]
    return f"{place} {begun}: {', '.join(counts)}"


def walk_question(session: Session, reading: ProcessWalk) -> str:
    """The question that the walk stands at, or why it goes no further."""
    if not reading.steps:
        return ""
    step = reading.steps[-1]
    ref = session.ref_by_id[step.activity.id]
    if reading.stop is WalkEnd.ASKED:
        before = f"You were here before ({ordinal(step.time)} time): " if step.time > 1 else ""
        return before + _question_text(session, reading)
    if step.taken is None:
        return ""
    if reading.stop is WalkEnd.END:
        return f"The end, after {ref}."
    if reading.stop is WalkEnd.ROUND:
        return f"{ref} leads back to {route_place(session, step.taken)}. {ENDLESS_LOOP}"
    return f"Dead end at {ref}: {route_nowhere(step.taken)}"


def _question_text(session: Session, reading: ProcessWalk) -> str:
    activity = reading.steps[-1].activity
    ref = session.ref_by_id[activity.id]
    if reading.steps[-1].ways[0].kind is EdgeKind.RETURN:
        return f"{ref} is the last of a cycle: round again, or on?"
    who = activity.decided_by or activity.accountable
    decides = f" ({role_name(session, who)} decides)" if who else ""
    return f"{ref} {activity.decision or activity.text}{decides}"


def ordinal(number: int) -> str:
    """A number as the time that it is: ``2nd``."""
    special = {1: "st", 2: "nd", 3: "rd"}
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else special.get(number % 10, 'th')}"
