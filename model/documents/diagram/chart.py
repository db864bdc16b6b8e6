"""What is to be drawn of a session: its steps, and where they lead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from offwall.model.process import Edge, role_labels, stage_name
from offwall.model.process.graph import edges_by_activity, start_activity, unreached_heads
from offwall.model.process.names import LinkedRecords, target_label
from offwall.model.process.walk import tier_view
from offwall.model.records import Activity, Session, line_of
from offwall.model.records.fields import NO_TIER, ActivityId, StageId, TierCode
from offwall.model.tables.process import shown_letters

NOBODY = "Nobody yet"
"""The lane of what no role leads."""


@dataclass(frozen=True, slots=True)
class ChartStep:
    """One activity as it is drawn: ``remark`` is what is not settled about it, ``unled`` whether
    nothing leads to it.
    """

    id: str
    ref: str
    stage: StageId
    lane: str
    activity: Activity
    codes: str
    people: tuple[str, ...]
    remark: str
    ways: tuple[Edge, ...]
    unled: bool


@dataclass(frozen=True)
class Chart:
    """The steps of a session, or of one tier of it, and what they are called.

    ``lanes`` are the lanes' names by the code of the role that leads; ``stages`` the stages' by id;
    ``start`` and ``end`` what stands at the process's, with its scope where that is said.
    """

    steps: tuple[ChartStep, ...]
    first: str
    lanes: Mapping[str, str]
    stages: Mapping[str, str]
    refs: Mapping[str, str]
    start: str = "Start"
    end: str = "End"

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of the steps whose ways are answers."""
        return frozenset(step.id for step in self.steps if step.activity.routes)

    def goal(self, edge: Edge) -> str:
        """Where a way leads, in a word."""
        return target_label(self.refs, edge)


def chart(session: Session, tier: TierCode = NO_TIER) -> Chart:
    """The session's steps; with a tier, those that it keeps, and hidden ones bridged."""
    labels, linked = role_labels(session), LinkedRecords(session)
    if tier:
        view = tier_view(session, tier)
        ways, first, light = view.edges, view.first, view.light
        kept = tuple(_without_question(one, ways[one.id]) for one in view.kept)
        unled = view.unled
    else:
        kept, ways, light = session.in_order, edges_by_activity(session), frozenset[ActivityId]()
        first, unled = (
            start_activity(session),
            frozenset(one.id for one, _ in unreached_heads(session)),
        )
    return Chart(
        steps=tuple(
            ChartStep(
                id=one.id,
                ref=session.ref_by_id[one.id],
                stage=one.stage,
                lane=one.lead,
                activity=one,
                codes=_codes(linked, one.id),
                people=_people_of_step(one, labels),
                remark=_remark(one, light=one.id in light, unled=one.id in unled),
                ways=tuple(ways[one.id]),
                unled=one.id in unled,
            )
            for one in kept
        ),
        first=first,
        lanes={**labels, "": NOBODY},
        stages={one.stage: f"{one.stage} {stage_name(session, one)}" for one in kept},
        refs=session.ref_by_id,
        start=_bounded("Start", session.workshop.starts),
        end=_bounded("End", session.workshop.ends),
    )


def _bounded(mark: str, said: str) -> str:
    return f"{mark}: {line_of(said)}" if line_of(said) else mark


def _without_question(activity: Activity, ways: tuple[Edge, ...]) -> Activity:
    """An activity whose decision has one outcome left decides nothing any more."""
    if len(ways) == 1 and len(activity.routes) > 1 and not ways[0].label:
        return replace(activity, decision="", routes=())
    return activity


def _codes(linked: LinkedRecords, known: ActivityId) -> str:
    return "".join(dict.fromkeys(one.code for one in linked.issues(known) if one.code))


def _people_of_step(activity: Activity, labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{said} {labels[code]}" for code, said in shown_letters(activity).items())


def _remark(activity: Activity, *, light: bool, unled: bool) -> str:
    said = {
        "light": light,
        "to confirm": not activity.confirmed,
        "open point": bool(activity.open_point),
        "nothing leads here": unled,
    }
    return ", ".join(word for word, holds in said.items() if holds)
