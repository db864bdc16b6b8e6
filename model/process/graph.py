"""The process as a graph: where each activity leads, what is reached, who hands over.

Nodes are activity ids; every walk takes time that grows with the size alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from offwall.model.records import END, Activity, Session
from offwall.model.records.changes import once
from offwall.model.records.fields import NO_ACTIVITY, NO_ROLE, ActivityId, RoleCode, StageId
from offwall.model.records.session import Rhythm, Route

# What a directed graph tells of itself, in time that grows with its size alone.
#
# A graph is a mapping from each node to the nodes that it leads to; every node has an entry.
# Nothing here recurses: a map of 10,000 activities in one chain is deeper than Python's stack.

Node = TypeVar("Node", bound=str)
AdjacencyGraph = Mapping[Node, Sequence[Node]]


def reach(
    ways: AdjacencyGraph[Node], first: Iterable[Node], past: Set[Node] = frozenset()
) -> set[Node]:
    """All nodes that can be come to from ``first``, those included, without entering ``past``."""
    found = {node for node in first if node in ways}
    ahead = list(found)
    while ahead:
        for node in ways[ahead.pop()]:
            if node not in found and node not in past:
                found.add(node)
                ahead.append(node)
    return found


def reversed_graph(ways: AdjacencyGraph[Node]) -> dict[Node, list[Node]]:
    """The same graph with every way turned round."""
    back: dict[Node, list[Node]] = {node: [] for node in ways}
    for node, targets in ways.items():
        for target in targets:
            back[target].append(node)
    return back


def strong_components(ways: AdjacencyGraph[Node]) -> list[list[Node]]:
    """Groups of nodes that lead to one another, each node in one group (Kosaraju's way).

    A group comes before the groups that it leads to.
    """
    back = reversed_graph(ways)
    taken: set[Node] = set()
    groups = []
    for node in reversed(list(_finished(ways))):
        if node in taken:
            continue
        group = [node]
        taken.add(node)
        for member in group:  # it grows while it is read
            fresh = [other for other in dict.fromkeys(back[member]) if other not in taken]
            taken.update(fresh)
            group.extend(fresh)
        groups.append(group)
    return groups


def _finished(ways: AdjacencyGraph[Node]) -> Iterator[Node]:
    """The nodes in the order in which a depth-first search is done with them."""
    seen: set[Node] = set()
    for first in ways:
        if first in seen:
            continue
        seen.add(first)
        path = [(first, iter(ways[first]))]
        while path:
            node, rest = path[-1]
            ahead = next((other for other in rest if other not in seen), None)
            if ahead is None:
                path.pop()
                yield node
            else:
                seen.add(ahead)
                path.append((ahead, iter(ways[ahead])))


# Where each activity leads.
#
# A decision's routes come first, else ``then``, else the next activity of the stage; at the stage's
# end its rhythm says: *once* falls through to the next stage that has activities and is not entered
# on demand, *cycle* returns to its own first activity, *on demand* goes back to where it was called
# from.

_ID = re.compile(r"a-\S+")
"""How an activity's id begins. ``then`` may hold an id or words; anything else is words."""


class EdgeKind(StrEnum):
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

    start: ActivityId
    to: ActivityId
    kind: EdgeKind
    label: str = ""
    words: str = ""


def edges(session: Session, activity: Activity) -> tuple[Edge, ...]:
    """The ways out of an activity, in the order of its answers; at least one."""
    if activity.routes:
        return tuple(_route(session, activity, route) for route in activity.routes)
    if not activity.then:
        return (_following(session, activity),)
    edge = _aim(session, activity.id, ActivityId(activity.then), EdgeKind.THEN)
    if edge.kind is EdgeKind.MISSING and not _ID.fullmatch(activity.then):
        return (Edge(activity.id, NO_ACTIVITY, EdgeKind.OPEN, words=activity.then),)
    return (edge,)


@once
def edges_by_activity(session: Session) -> dict[ActivityId, tuple[Edge, ...]]:
    """The ways out of every activity, under its id, as the wall reads."""
    return {activity.id: edges(session, activity) for activity in session.in_order}


def _route(session: Session, activity: Activity, route: Route) -> Edge:
    if route.to:
        return _aim(session, activity.id, route.to, EdgeKind.ROUTE, route.answer)
    if route.to_words:
        return Edge(activity.id, NO_ACTIVITY, EdgeKind.OPEN, route.answer, route.to_words)
    following = _following(session, activity)
    kind = following.kind if following.kind is EdgeKind.LEAVE else EdgeKind.ROUTE
    return Edge(activity.id, following.to, kind, route.answer)


def _aim(
    session: Session, start: ActivityId, target: ActivityId, kind: EdgeKind, label: str = ""
) -> Edge:
    if target == END or target in session.activity_by_id:
        return Edge(start, target, kind, label)
    return Edge(start, NO_ACTIVITY, EdgeKind.MISSING, label, target)


def _following(session: Session, activity: Activity) -> Edge:
    """Where the activity leads when it says nothing of it."""
    column = session.by_stage.get(activity.stage, ())
    # The ref already counts the place within the stage.
    place = int(session.ref_by_id.get(activity.id, ".0").rpartition(".")[2])
    if place < len(column):
        return Edge(activity.id, column[place].id, EdgeKind.NEXT)
    stage = session.stage_by_id.get(activity.stage)
    rhythm = stage.rhythm if stage else Rhythm.ONCE
    if rhythm is Rhythm.CYCLE and column:
        return Edge(activity.id, column[0].id, EdgeKind.RETURN)
    if rhythm is Rhythm.ON_DEMAND:
        return Edge(activity.id, NO_ACTIVITY, EdgeKind.LEAVE)
    return Edge(activity.id, first_after(session, activity.stage) or END, EdgeKind.NEXT)


def first_after(session: Session, stage: StageId) -> ActivityId:
    """The first activity of the next stage that one falls into; empty after the last."""
    stages = list(session.by_stage)
    later = stages[stages.index(stage) + 1 :] if stage in session.by_stage else []
    fallen_into = (session.by_stage[one] for one in later if not _on_demand(session, one))
    return next((column[0].id for column in fallen_into if column), NO_ACTIVITY)


def _on_demand(session: Session, stage: StageId) -> bool:
    known = session.stage_by_id.get(stage)
    return known is not None and known.rhythm is Rhythm.ON_DEMAND


# What the whole process looks like: what is reached, what goes round, who hands over to whom.


def start_activity(session: Session) -> ActivityId:
    """The id of the activity that the process begins with; empty while there is none.

    It is the first of the first stage that is not entered on demand; where every stage is, the
    first on the wall.
    """
    firsts = [column[0] for column in session.by_stage.values() if column]
    begun = [one for one in firsts if not _on_demand(session, one.stage)] or firsts
    return begun[0].id if begun else NO_ACTIVITY


def reachable(session: Session) -> frozenset[ActivityId]:
    """The ids of the activities that the process can come to.

    A cycle runs on while what follows it begins, so that to reach a cycle is to reach the stage
    after it, too.
    """
    return frozenset(reach(onward(session), [start_activity(session)]))


def unreachable(session: Session) -> tuple[Activity, ...]:
    """The activities that nothing leads to from the start, as the wall reads."""
    reached = reachable(session)
    return tuple(activity for activity in session.in_order if activity.id not in reached)


def unreached_heads(session: Session) -> tuple[tuple[Activity, int], ...]:
    """Of what cannot be reached, where each part begins, and how many follow it alone."""
    ways = onward(session)
    left = {activity.id for activity in unreachable(session)}
    within = {node: [to for to in ways[node] if to in left] for node in ways if node in left}
    order = {activity.id: place for place, activity in enumerate(session.in_order)}
    counted: set[ActivityId] = set()
    heads = []
    # A part comes before what it leads to, so whatever was counted already is not a beginning.
    for part in strong_components(within):
        if counted.isdisjoint(part):
            found = reach(within, part, counted)
            counted |= found
            head = min(part, key=order.__getitem__)
            heads.append((session.activity_by_id[head], len(found) - 1))
    return tuple(sorted(heads, key=lambda pair: order[pair[0].id]))


def is_dead_end(ways: Iterable[Edge]) -> bool:
    """Whether not one of the ways out of an activity leads anywhere."""
    return all(edge.kind in (EdgeKind.OPEN, EdgeKind.MISSING) for edge in ways)


def loops(session: Session) -> tuple[tuple[Activity, ...], ...]:
    """The parts that go round and that nothing leads out of, each as the wall reads.

    A way whose target is not known yet counts as a way out: it is told for itself.
    """
    every = edges_by_activity(session)
    order = {activity.id: place for place, activity in enumerate(session.in_order)}
    parts = map(set, strong_components(_targets(every)))
    closed = (part for part in parts if all(one.to in part for node in part for one in every[node]))
    found = sorted(sorted(order[node] for node in part) for part in closed)
    return tuple(tuple(session.in_order[place] for place in part) for part in found)


HandOffs = Counter[tuple[RoleCode, RoleCode]]


def hand_offs(session: Session) -> HandOffs:
    """How often the work goes from one lead to another: (role that hands over, role that takes).

    Two answers that lead to the same activity are one hand-off.
    """
    return handed_over(edges_by_activity(session), session.activities)


def handed_over(every: Mapping[ActivityId, Iterable[Edge]], kept: Iterable[Activity]) -> HandOffs:
    """The same of some activities, with the ways between them."""
    leads = {activity.id: activity.lead for activity in kept}
    pairs = {(edge.start, edge.to) for ways in every.values() for edge in ways}
    changes = ((leads[start], leads.get(to, NO_ROLE)) for start, to in pairs)
    return Counter((giver, taker) for giver, taker in changes if giver and taker and giver != taker)


def _targets(every: Mapping[ActivityId, tuple[Edge, ...]]) -> dict[ActivityId, list[ActivityId]]:
    return {node: [edge.to for edge in ways if edge.to in every] for node, ways in every.items()}


def onward(session: Session) -> dict[ActivityId, list[ActivityId]]:
    """What leads to what, with the step from a cycle to the stage that begins beside it."""
    ways = _targets(edges_by_activity(session))
    for stage, column in session.by_stage.items():
        known = session.stage_by_id.get(stage)
        if column and known and known.rhythm is Rhythm.CYCLE:
            after = first_after(session, stage)
            ways[column[0].id].extend([after] if after else [])
    return ways


# Where answers lead back while others go on.


class WaysBack(NamedTuple):
    """Of an activity, the ``targets`` of its answers that lead back, what is ``again`` gone
    through then, itself too, and the ``detour`` that stands on the way back alone.
    """

    targets: frozenset[ActivityId]
    again: frozenset[ActivityId]
    detour: frozenset[ActivityId]


@once
def ways_back(session: Session) -> dict[ActivityId, WaysBack]:
    """The activities of which some answers lead back and others go on, as the wall reads.

    An answer leads back to what stands before it on the wall, or to itself, at once or by way of
    activities that only it leads to. That a stage begins again, as a cycle does, is none.
    """
    every = edges_by_activity(session)
    order = [*every]
    place = {node: at for at, node in enumerate(order)}
    ways = {
        node: [one.to for one in out if one.to in place and one.kind is not EdgeKind.RETURN]
        for node, out in every.items()
    }
    before, found = reversed_graph(ways), dict[ActivityId, WaysBack]()
    for activity in session.in_order:
        targets, again, detour = set[ActivityId](), {activity.id}, set[ActivityId]()
        for route, edge in zip(activity.routes, every[activity.id], strict=False):
            passed, to = list[ActivityId](), edge.to
            while place.get(to, -1) > place[activity.id] and len(every[to]) == len(before[to]) == 1:
                passed.append(to)
                to = next(iter(ways[to]), END)
            if not 0 <= place.get(to, -1) <= place[activity.id] or not (route.to or passed):
                continue
            if round_ := _round(ways, order[: place[activity.id] + 1], place[to]):
                targets.add(edge.to)
                again |= round_
                detour.update(passed)
        if targets and any(edge.to not in targets for edge in every[activity.id]):
            found[activity.id] = WaysBack(*map(frozenset, (targets, again, detour)))
    return found


def _round(
    ways: AdjacencyGraph[ActivityId], before: Sequence[ActivityId], place: int
) -> set[ActivityId]:
    """What is on the ways from a place to the last: of what stands between, else of all before."""
    for first in (place, 0):
        between = set(before[first:])
        within = {node: [to for to in ways[node] if to in between] for node in between}
        if before[-1] in (found := reach(within, [before[place]])):
            return found & reach(reversed_graph(within), [before[-1]])
    return set()
