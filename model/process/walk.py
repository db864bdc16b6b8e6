"""How the process is gone through: as a tier shortens it, and read step by step, an answer at each
fork, as a group does to try its own map.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from offwall.model.process.graph import (
    Edge,
    EdgeKind,
    edges,
    edges_by_activity,
    first_after,
    start_activity,
)
from offwall.model.records import END, Activity, Session, Treatment
from offwall.model.records.changes import once
from offwall.model.records.fields import NO_ACTIVITY, ActivityId, TierCode
from offwall.model.records.session import Rhythm

# How a tier shortens the process: what is left, and where the ways lead then.


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
    over = _bridge(every, {known for known, way in how.items() if way is Treatment.NO})
    kept = tuple(item for item in session.in_order if how[item.id] is not Treatment.NO)
    ways = {item.id: _folded(list(map(over, every[item.id]))) for item in kept}
    begin = start_activity(session)
    first = over(Edge(NO_ACTIVITY, begin, EdgeKind.NEXT)).to if begin else NO_ACTIVITY
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
    said = {
        tier.code: {tier.code.casefold(), tier.name.casefold()} - {""} for tier in session.tiers
    }
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


def _bridge(
    every: Mapping[ActivityId, tuple[Edge, ...]], hidden: set[ActivityId]
) -> Callable[[Edge], Edge]:
    """What leads a way over hidden steps, to where it comes out; each is gone through once."""

    @cache
    def search(step: ActivityId) -> Edge:
        """The first way, answers in their order, that comes to what is kept or to the end."""
        seen, ahead = {step}, [*reversed(every[step])]
        fallback: Edge | None = None
        while ahead:
            edge = ahead.pop()
            if not edge.to:
                fallback = fallback or edge
            elif edge.to not in hidden:
                return edge
            elif edge.to not in seen:
                seen.add(edge.to)
                ahead.extend(reversed(every[edge.to]))
        return fallback or Edge(step, NO_ACTIVITY, EdgeKind.LEAVE)

    def over(edge: Edge) -> Edge:
        if edge.to not in hidden:
            return edge
        out = search(edge.to)
        return replace(edge, to=out.to, kind=edge.kind if out.to else out.kind, words=out.words)

    return over


# The process read step by step.


class WalkEnd(StrEnum):
    """Why a reading stands where it stands."""

    ASKED = "asked"  # an answer is wanted
    END = "end"
    OPEN = "open"  # the way on is words that match no activity yet
    MISSING = "missing"  # the way on was removed
    LEAVE = "leave"  # a stage on demand is done, and nothing in the reading called it
    ROUND = "round"  # it goes round, and no question on the way leads out
    NOTHING = "nothing"  # there is nothing to read


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One activity that the reading comes through.

    ``time`` counts how often it has been here, this time included; ``ways`` lead on from it, and
    ``taken`` is the one of them that was taken, if any was.
    """

    activity: Activity
    time: int
    ways: tuple[Edge, ...]
    taken: Edge | None = None


@dataclass(frozen=True, slots=True)
class ProcessWalk:
    """A path through the process as far as the answers lead."""

    steps: tuple[WalkStep, ...]
    stop: WalkEnd

    @property
    def hand_offs(self) -> int:
        """How often the work went from one lead to another."""
        return sum(map(self.handed_over, range(len(self.steps))))

    @property
    def answered(self) -> int:
        """How many answers were taken."""
        return sum(len(step.ways) > 1 and step.taken is not None for step in self.steps)

    def handed_over(self, place: int) -> bool:
        """Whether the step at a place, from 0, has another lead than the one before."""
        taker = self.steps[place].activity.lead
        giver = self.steps[place - 1].activity.lead if place else ""
        return bool(giver and taker and giver != taker)

    @property
    def rounds(self) -> int:
        """How often the reading came back to where it had been."""
        times = [step.time for step in self.steps]
        return sum(now > before for before, now in pairwise(times) if now > 1)


def read_through(
    session: Session, answers: Iterable[int] = (), first: str = "", view: TierView | None = None
) -> ProcessWalk:
    """Read from ``first``, else from the start, taking ``answers``, counted from 0, at the forks.

    At the end of a cycle one is asked whether to go round again; a stage on demand goes back to
    the question that called it. ``view`` reads the process as its tier goes through it.
    """
    left = iter(answers)
    at = first or (view.first if view else start_activity(session))
    steps: list[WalkStep] = []
    times: Counter[str] = Counter()
    since_fork: set[str] = set()
    while at in session.activity_by_id and at not in since_fork:
        times[at] += 1
        since_fork.add(at)
        ways = _ways(session, session.activity_by_id[at], steps, view)
        steps.append(WalkStep(session.activity_by_id[at], times[at], ways))
        answer = 0
        if len(ways) > 1:
            answer = next(left, -1)
            since_fork.clear()
        if not 0 <= answer < len(ways):
            return ProcessWalk(tuple(steps), WalkEnd.ASKED)
        steps[-1] = replace(steps[-1], taken=ways[answer])
        at = ways[answer].to
    if taken := steps[-1].taken if steps else None:
        stop = WalkEnd.ROUND if at else WalkEnd(taken.kind.value)
        return ProcessWalk(tuple(steps), WalkEnd.END if at == END else stop)
    return ProcessWalk((), WalkEnd.NOTHING)


def _ways(
    session: Session, activity: Activity, before: Sequence[WalkStep], view: TierView | None
) -> tuple[Edge, ...]:
    ways = view.edges.get(activity.id) if view else None
    ways = edges(session, activity) if ways is None else ways
    if len(ways) == 1 and ways[0].kind is EdgeKind.RETURN:
        return (*ways, Edge(activity.id, _onward(session, activity, view), EdgeKind.NEXT))
    return tuple(
        replace(way, to=_caller(activity, before)) if way.kind is EdgeKind.LEAVE else way
        for way in ways
    )


def _caller(activity: Activity, before: Sequence[WalkStep]) -> ActivityId:
    """The question that led into the stage; empty where none did."""
    for step in reversed(before):
        if step.activity.stage != activity.stage:
            return step.activity.id if len(step.ways) > 1 else NO_ACTIVITY
    return NO_ACTIVITY


def _onward(session: Session, activity: Activity, view: TierView | None) -> ActivityId:
    """Where one goes when a cycle has gone round often enough."""
    if view is None:
        return first_after(session, activity.stage) or END
    stages = list(session.by_stage)
    later = stages[stages.index(activity.stage) + 1 :]
    fallen_into = {
        stage
        for stage in later
        if stage in session.stage_by_id
        and session.stage_by_id[stage].rhythm is not Rhythm.ON_DEMAND
    }
    return next((item.id for item in view.kept if item.stage in fallen_into), END)
