"""What a walk says: how far it has come, what it asks, and why it ends where it ends."""

from model.flow import Reading, Stop, Way
from model.raci import role_name
from model.session import Session
from tui.text import count
from tui.widgets.way_words import nowhere, place_of, tier_name

LOOP = "Nothing on the way asks a question: a loop with no way out. Give one of them an answer."


def summary(session: Session, reading: Reading, tier: str) -> str:
    """Where the walk began, and what it counted so far."""
    if not reading.steps:
        return ""
    begun = session.ref_by_id[reading.steps[0].activity.id]
    name = f"{tier_name(session, tier)}, " if tier else ""
    counts = [
        count(len(reading.steps), "step"),
        count(reading.hand_offs, "hand-off") + " (»)",
        count(reading.rounds, "loop"),
    ]
    return f"{name}from {begun}: {', '.join(counts)}"


def asked(session: Session, reading: Reading) -> str:
    """The question that the walk stands at, or why it goes no further."""
    if not reading.steps:
        return ""
    step = reading.steps[-1]
    ref = session.ref_by_id[step.activity.id]
    if reading.stop is Stop.ASKED:
        before = f"You were here before ({nth(step.time)} time): " if step.time > 1 else ""
        return before + _question(session, reading)
    if step.taken is None:
        return ""
    if reading.stop is Stop.END:
        return f"The end, after {ref}."
    if reading.stop is Stop.ROUND:
        return f"{ref} leads back to {place_of(session, step.taken)}. {LOOP}"
    return f"Dead end at {ref}: {nowhere(step.taken)}"


def _question(session: Session, reading: Reading) -> str:
    activity = reading.steps[-1].activity
    ref = session.ref_by_id[activity.id]
    if reading.steps[-1].ways[0].kind is Way.RETURN:
        return f"{ref} is the last of a cycle: round again, or on?"
    who = activity.decided_by or activity.accountable
    decides = f" ({role_name(session, who)} decides)" if who else ""
    return f"{ref} {activity.decision or activity.text}{decides}"


def nth(number: int) -> str:
    """A number as the time that it is: ``2nd``."""
    special = {1: "st", 2: "nd", 3: "rd"}
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else special.get(number % 10, 'th')}"
