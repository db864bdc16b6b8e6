"""How a tier shortens the process: what is left, and where the ways lead then."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from offwall.model.process.graph import Edge, EdgeKind, edges_by_activity, start_activity
from offwall.model.records import Activity, Session, Treatment
from offwall.model.records.changes import once
from offwall.model.records.ids import NO_ACTIVITY, ActivityId, TierCode


@dataclass(frozen=True)
class TierView:
    """The process as one tier goes through it.

    ``kept`` and ``hidden`` are in the wall's order; ``light`` are the ids of those kept that are
    done in a lighter form; ``edges`` are the ways out of each one kept, with hidden steps bridged,
    and one alone where all answers to a decision now lead to one place; ``first`` is where the
    process begins now, or empty; ``unled`` are the ids of those kept that nothing leads to now.
    """

    tier: TierCode
    kept: tuple[Activity, ...]
    hidden: tuple[Activity, ...]
    light: frozenset[ActivityId]
    edges: Mapping[ActivityId, tuple[Edge, ...]]
    first: ActivityId
    unled: frozenset[ActivityId]


def treatment(session: Session, activity: Activity, tier: TierCode) -> Treatment:
    """How a tier treats an activity: as it says itself, else as its stage says, else yes."""
    own = dict(activity.tiers)
    if tier in own:
        return own[tier]
    stage = session.stage_by_id.get(activity.stage)
    return dict(stage.tiers).get(tier, Treatment.YES) if stage else Treatment.YES


def tier_view(session: Session, tier: TierCode) -> TierView:
    """The process without what the tier leaves out.

    A step that is left out is passed by as if it were done. A decision that is left out is not
    asked: its first answer that leads to anything holds, which is the one the group gave first.
    """
    how = {item.id: treatment(session, item, tier) for item in session.in_order}
    whole = edges_by_activity(session)
    others = _other_tiers(session, tier)
    every = {
        known: (len(ways) > 1 and tuple(edge for edge in ways if not others(edge.label))) or ways
        for known, ways in whole.items()
    }
    bridge = _Bridge(every, {known for known, way in how.items() if way is Treatment.NO})
    kept = tuple(item for item in session.in_order if how[item.id] is not Treatment.NO)
    ways = {item.id: _folded([bridge.over(edge) for edge in every[item.id]]) for item in kept}
    begin = start_activity(session)
    first = bridge.over(Edge(NO_ACTIVITY, begin, EdgeKind.NEXT)).to if begin else NO_ACTIVITY
    return TierView(
        tier,
        kept,
        tuple(item for item in session.in_order if how[item.id] is Treatment.NO),
        frozenset(known for known, way in how.items() if way is Treatment.LIGHT),
        MappingProxyType(ways),
        first,
        frozenset(ways) - _led_to(ways) - {first} - _unled(session),
    )


@once
def _unled(session: Session) -> Set[ActivityId]:
    """What nothing leads to in the whole process."""
    whole = edges_by_activity(session)
    return whole.keys() - _led_to(whole)


_JOINS = r"\b(?:or|and|tiers?|contracts?|only{})\b|[\W_]"
"""What an answer to *which tier* says beside the tiers, and beside what the process handles."""


def _other_tiers(session: Session, tier: TierCode) -> Callable[[str], bool]:
    """What says of an answer whether it is nothing but the names of other tiers."""
    said = {one.code: {one.code.casefold(), one.name.casefold()} - {""} for one in session.tiers}
    names = sorted(set().union(*said.values()), key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    own = said.get(tier, set())
    handled = filter(None, (session.workshop.thing, session.workshop.things))
    joins = re.compile(_JOINS.format("".join(f"|{re.escape(w.casefold())}s?" for w in handled)))

    def others(answer: str) -> bool:
        words = answer.casefold()
        named = set(pattern.findall(words)) - {""}
        return bool(named) and not named & own and not joins.sub("", pattern.sub("", words))

    return others


def _folded(ways: list[Edge]) -> tuple[Edge, ...]:
    """The ways; one without an answer where they were several and lead to one place."""
    if ways[0].label and len({(edge.to, edge.words) for edge in ways}) == 1:
        return (replace(ways[0], label=""),)
    return tuple(ways)


def _led_to(ways: Mapping[ActivityId, Iterable[Edge]]) -> Set[ActivityId]:
    """What a way leads to, from elsewhere than itself."""
    return {edge.to for found in ways.values() for edge in found if edge.to != edge.start}


class _Bridge:
    """Leads every way over hidden steps; each hidden step is gone through once."""

    def __init__(
        self, every: Mapping[ActivityId, tuple[Edge, ...]], hidden: set[ActivityId]
    ) -> None:
        self._every = every
        self._hidden = hidden
        self._known: dict[ActivityId, Edge] = {}

    def over(self, edge: Edge) -> Edge:
        """The same way, to where it comes out."""
        if edge.to not in self._hidden:
            return edge
        out = self._known.get(edge.to) or self._search(edge.to)
        self._known[edge.to] = out
        kind = edge.kind if out.to else out.kind
        return replace(edge, to=out.to, kind=kind, words=out.words)

    def _search(self, hidden: ActivityId) -> Edge:
        """The first way, answers in their order, that comes to what is kept or to the end."""
        seen = {hidden}
        ahead = [*reversed(self._every[hidden])]
        fallback: Edge | None = None
        while ahead:
            edge = ahead.pop()
            if not edge.to:
                fallback = fallback or edge
            elif edge.to not in self._hidden:
                return edge
            elif edge.to not in seen:
                seen.add(edge.to)
                ahead.extend(reversed(self._every[edge.to]))
        return fallback or Edge(hidden, NO_ACTIVITY, EdgeKind.LEAVE)
