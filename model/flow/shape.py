"""What the whole process looks like: what is reached, what goes round, who hands over to whom."""

from collections import Counter
from collections.abc import Iterable

from model.flow.digraph import components, reach
from model.flow.ways import Edge, Way, first_after, graph
from model.session import Activity, Rhythm, Session

Edges = dict[str, tuple[Edge, ...]]


def start(session: Session) -> str:
    """The id of the activity that the process begins with; empty while there is none.

    It is the first of the first stage that is not entered on demand; where every stage is, the
    first on the wall.
    """
    firsts = [column[0] for column in session.by_stage.values() if column]
    for activity in firsts:
        stage = session.stage_by_id.get(activity.stage)
        if stage is None or stage.rhythm is not Rhythm.ON_DEMAND:
            return activity.id
    return firsts[0].id if firsts else ""


def reachable(session: Session) -> frozenset[str]:
    """The ids of the activities that the process can come to.

    A cycle runs on while what follows it begins, so that to reach a cycle is to reach the stage
    after it, too.
    """
    return frozenset(reach(_onward(session), [start(session)]))


def unreachable(session: Session) -> tuple[Activity, ...]:
    """The activities that nothing leads to from the start, as the wall reads."""
    reached = reachable(session)
    return tuple(activity for activity in session.in_order if activity.id not in reached)


def unreached_heads(session: Session) -> tuple[tuple[Activity, int], ...]:
    """Of what cannot be reached, where each part begins, and how many follow it alone.

    One missing route can cut off a whole stage; telling its first activity tells it all.
    """
    ways = _onward(session)
    left = {activity.id for activity in unreachable(session)}
    within = {node: [to for to in ways[node] if to in left] for node in ways if node in left}
    order = {activity.id: place for place, activity in enumerate(session.in_order)}
    counted: set[str] = set()
    heads = []
    # A part comes before what it leads to, so whatever was counted already is not a beginning.
    for part in components(within):
        if counted.isdisjoint(part):
            found = reach(within, part, counted)
            counted |= found
            head = min(part, key=order.__getitem__)
            heads.append((session.activity_by_id[head], len(found) - 1))
    return tuple(sorted(heads, key=lambda pair: order[pair[0].id]))


def dead_ends(session: Session) -> tuple[Activity, ...]:
    """The activities after which there is nowhere to go, though they are not the end."""
    return tuple(
        session.activity_by_id[known] for known, ways in graph(session).items() if is_dead_end(ways)
    )


def is_dead_end(ways: Iterable[Edge]) -> bool:
    """Whether not one of the ways out of an activity leads anywhere."""
    return all(edge.kind in (Way.OPEN, Way.MISSING) for edge in ways)


def loops(session: Session) -> tuple[tuple[Activity, ...], ...]:
    """The parts that go round and that nothing leads out of, each as the wall reads.

    A way whose target is not known yet counts as a way out: it is told for itself.
    """
    every = graph(session)
    order = {activity.id: place for place, activity in enumerate(session.in_order)}
    found = []
    for part in components(_targets(every)):
        inside = set(part)
        if all(edge.to in inside for node in part for edge in every[node]):
            found.append(sorted(part, key=order.__getitem__))
    found.sort(key=lambda part: order[part[0]])
    return tuple(tuple(session.activity_by_id[node] for node in part) for part in found)


def hand_offs(session: Session) -> Counter[tuple[str, str]]:
    """How often the work goes from one lead to another: (role that hands over, role that takes).

    Two answers that lead to the same activity are one hand-off.
    """
    leads = {activity.id: activity.lead for activity in session.activities}
    pairs = {(edge.source, edge.to) for ways in graph(session).values() for edge in ways}
    changes = ((leads[source], leads.get(to, "")) for source, to in pairs)
    return Counter((giver, taker) for giver, taker in changes if giver and taker and giver != taker)


def open_targets(session: Session) -> tuple[Edge, ...]:
    """The routes that lead to words which match no activity yet, as the wall reads."""
    every = graph(session).values()
    return tuple(edge for ways in every for edge in ways if edge.kind is Way.OPEN)


def _targets(every: Edges) -> dict[str, list[str]]:
    return {node: [edge.to for edge in ways if edge.to in every] for node, ways in every.items()}


def _onward(session: Session) -> dict[str, list[str]]:
    """What leads to what, with the step from a cycle to the stage that begins beside it."""
    ways = _targets(graph(session))
    for stage, column in session.by_stage.items():
        known = session.stage_by_id.get(stage)
        if column and known and known.rhythm is Rhythm.CYCLE:
            after = first_after(session, stage)
            ways[column[0].id].extend([after] if after else [])
    return ways
