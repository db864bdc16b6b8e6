"""The process read step by step, an answer at each fork: what a group does to try its own map."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from offwall.model.process.graph import Edge, EdgeKind, edges, first_after, start_activity
from offwall.model.process.tier_view import TierView
from offwall.model.records import END, Activity, Session
from offwall.model.records.ids import NO_ACTIVITY, ActivityId
from offwall.model.records.session import Rhythm


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
    return ProcessWalk(tuple(steps), _stop(steps, at))


def _stop(steps: Sequence[WalkStep], at: str) -> WalkEnd:
    taken = steps[-1].taken if steps else None
    if taken is None:
        return WalkEnd.NOTHING
    if at:
        return WalkEnd.END if at == END else WalkEnd.ROUND
    return WalkEnd(taken.kind.value)


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
