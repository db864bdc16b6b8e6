"""Where things lead: answers, targets, what is never reached and what never ends."""

from collections.abc import Iterator

from model.checks.finding import Finding, error, notice, quoted, ref
from model.flow import Edge, Way, edges, is_dead_end, loops, unreached_heads
from model.session import Activity, Session

THEN = "then"
"""What a finding is about where no answer leads on, but the activity's ``then``."""


def routes(session: Session) -> Iterator[Finding]:
    """What is wrong with decisions, their targets, and the process as a whole."""
    for activity in session.in_order:
        yield from routes_at(session, activity)
    yield from _whole(session)


def routes_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What is wrong with the decision of one activity, and with where it leads."""
    yield from _answers(session, activity)
    ways = edges(session, activity)
    for number, edge in enumerate(ways):
        yield from _target(session, activity, edge, number)
    if is_dead_end(ways):
        yield notice(
            "dead end",
            activity.id,
            f"{ref(session, activity)} leads nowhere and is not the end; say what comes next, or "
            "that the process ends.",
        )


def _target(session: Session, activity: Activity, edge: Edge, number: int) -> Iterator[Finding]:
    where = ref(session, activity)
    told = f" (answer {quoted(edge.label)})" if edge.label else ""
    about = str(number) if activity.routes else THEN
    if edge.kind is Way.MISSING:
        text = f"{where} leads{told} to an activity that is not there any more; choose another."
        yield error("missing target", activity.id, text, about)
    elif edge.kind is Way.OPEN:
        text = (
            f"{where} leads{told} to {quoted(edge.words)}, which matches no activity yet; match it "
            "or add the activity."
        )
        yield notice("open target", activity.id, text, about)


def _answers(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if activity.decision and len(activity.routes) < 2:
        count = "one answer" if activity.routes else "no answers"
        yield error(
            "too few answers",
            activity.id,
            f"{where} asks {quoted(activity.decision)} and has {count}; a decision needs two.",
        )
    if activity.routes and not activity.decision:
        text = f"{where} has answers without a question; say what is decided."
        yield notice("no question", activity.id, text)


def _whole(session: Session) -> Iterator[Finding]:
    for activity, more in unreached_heads(session):
        after = f", nor can {more} after it" if more else ""
        yield notice(
            "unreachable",
            activity.id,
            f"{ref(session, activity)} cannot be reached from the start{after}; let a route or a "
            "jump lead to it.",
        )
    for loop in loops(session):
        first, last = ref(session, loop[0]), ref(session, loop[-1])
        part = f"{first} goes" if len(loop) == 1 else f"{first} to {last} go"
        yield notice(
            "endless loop",
            loop[0].id,
            f"{part} round with no way out; give a decision an answer that leads on.",
        )
