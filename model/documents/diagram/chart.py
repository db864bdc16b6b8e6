"""What is to be drawn of a session: its steps, and where they lead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from offwall.model.documents.diagram.shapes import Facts, drawable_text
from offwall.model.process import Edge, role_labels, stage_name
from offwall.model.process.graph import edges_by_activity, start_activity, unreached_heads
from offwall.model.process.names import LinkedRecords, target_label
from offwall.model.process.walk import tier_view
from offwall.model.records import Activity, Session, line_of
from offwall.model.records.fields import NO_TIER, ActivityId, StageId, TierCode
from offwall.model.tables.process import shown_letters

NOBODY = "Nobody yet"
"""The lane of what no role leads."""

TINTS = 12
"""Colours of tabs; with more roles than that some share one, and the names tell them apart."""


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

    # What a shape of the step is about, and all of it in words.

    def decision_told(self) -> tuple[Facts, str]:
        """Of its decision."""
        asked = self.activity
        facts = (("of", self.id), ("text", drawable_text(asked.decision)))
        return facts, drawable_text(f"Decision at {self.ref}: {asked.decision} {asked.limit}")

    def document_told(self, name: str) -> tuple[Facts, str]:
        """Of one of its documents."""
        facts = (("of", self.id), ("name", drawable_text(name)))
        return facts, drawable_text(f"Document of {self.ref}: {name}")


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

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The ids of the steps."""
        return frozenset(step.id for step in self.steps)

    @cached_property
    def tints(self) -> dict[str, str]:
        """The number of the colour of each role that leads; every role keeps its own."""
        return {code: str(at % TINTS) for at, code in enumerate(self.lanes) if code}

    def goal(self, edge: Edge) -> str:
        """Where a way leads, in a word."""
        return target_label(self.refs, edge)

    def told(self, step: ChartStep) -> tuple[Facts, str]:
        """What the shape of a step is about, and all of it in words."""
        facts = (("id", step.id), ("ref", step.ref), ("text", drawable_text(step.activity.text)))
        said = (
            f"{step.ref} {step.activity.text}",
            f"lead: {self.lanes.get(step.lane, step.lane)}",
            f"issues: {step.codes}" if step.codes else "",
            step.remark,
        )
        return facts, drawable_text("; ".join(filter(None, said)))

    def way_told(self, edge: Edge) -> tuple[Facts, str]:
        """What a line or a chip is about, to count by, and all of it in words."""
        facts: Facts = (("from", edge.start), ("to", edge.to), ("way", edge.kind))
        if edge.start in self.answered:
            facts += (("answer", drawable_text(edge.label)),)
        said = f"{self.refs[edge.start]} to {self.goal(edge)}"
        return facts, drawable_text(said + (f": {edge.label}" if edge.label else ""))


def chart(session: Session, tier: TierCode = NO_TIER) -> Chart:
    """The session's steps; with a tier, those that it keeps, and hidden ones bridged."""
    labels, linked = role_labels(session), LinkedRecords(session)
    if tier:
        view = tier_view(session, tier)
        ways, first, light, unled = view.edges, view.first, view.light, view.unled
        kept = tuple(_without_question(one, ways[one.id]) for one in view.kept)
    else:
        kept, ways, light = session.in_order, edges_by_activity(session), frozenset[ActivityId]()
        first = start_activity(session)
        unled = frozenset(one.id for one, _ in unreached_heads(session))
    return Chart(
        steps=tuple(
            ChartStep(
                id=one.id,
                ref=session.ref_by_id[one.id],
                stage=one.stage,
                lane=one.lead,
                activity=one,
                codes="".join(dict.fromkeys(o.code for o in linked.issues(one.id) if o.code)),
                people=tuple(f"{said} {labels[o]}" for o, said in shown_letters(one).items()),
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


def _bounded(mark: str, text: str) -> str:
    return f"{mark}: {line_of(text)}" if line_of(text) else mark


def _without_question(activity: Activity, ways: tuple[Edge, ...]) -> Activity:
    """An activity whose decision has one outcome left decides nothing any more."""
    if len(ways) == 1 and len(activity.routes) > 1 and not ways[0].label:
        return replace(activity, decision="", routes=())
    return activity


def _remark(activity: Activity, *, light: bool, unled: bool) -> str:
    said = {
        "light": light,
        "to confirm": not activity.confirmed,
        "open point": bool(activity.open_point),
        "nothing leads here": unled,
    }
    return ", ".join(word for word, holds in said.items() if holds)
