"""Where things lead: answers, targets, what is never reached and what never ends."""

from collections.abc import Iterator

from model.checks.finding import Finding, error, notice, quoted, ref
from model.flow import Way, dead_ends, graph, loops, unreached_heads
from model.session import Activity, Session


def routes(session: Session) -> Iterator[Finding]:
    """What is wrong with decisions, their targets, and the process as a whole."""
    every = graph(session)
    for activity in session.in_order:
        yield from _answers(session, activity)
        for edge in every[activity.id]:
            told = f" (answer {quoted(edge.label)})" if edge.label else ""
            if edge.kind is Way.MISSING:
                yield error(
                    "missing target",
                    activity.id,
                    f"{ref(session, activity)} leads{told} to an activity that is not there any "
                    "more; choose another.",
                )
            elif edge.kind is Way.OPEN:
                yield notice(
                    "open target",
                    activity.id,
                    f"{ref(session, activity)} leads{told} to {quoted(edge.words)}, which matches "
                    "no activity yet; match it or add the activity.",
                )
    yield from _whole(session)


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
    for activity in dead_ends(session):
        yield notice(
            "dead end",
            activity.id,
            f"{ref(session, activity)} leads nowhere and is not the end; say what comes next, or "
            "that the process ends.",
        )
    for loop in loops(session):
        first, last = ref(session, loop[0]), ref(session, loop[-1])
        part = f"{first} goes" if len(loop) == 1 else f"{first} to {last} go"
        yield notice(
            "endless loop",
            loop[0].id,
            f"{part} round with no way out; give a decision an answer that leads on.",
        )
