"""What is to be drawn of a session: steps in the wall's order, their ways, lanes and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from model.flow import Edge, Way, graph, start, tier_view
from model.session import END, Activity, Session
from model.tables.leads import BACK
from model.tables.linked import Linked
from model.tables.names import role_labels, stage_name
from model.tables.raci import shown_letters

NOBODY = "Nobody yet"
"""The lane of what no role leads."""


@dataclass(frozen=True, slots=True)
class Step:
    """One activity as it is drawn."""

    id: str
    ref: str
    stage: str
    lane: str
    activity: Activity
    codes: str
    people: tuple[str, ...]
    remark: str
    ways: tuple[Edge, ...]


@dataclass(frozen=True)
class Chart:
    """The steps of a session, or of one tier of it, and what they are called.

    ``lanes`` are the lanes' names by the code of the role that leads; ``stages`` the stages' by id.
    """

    steps: tuple[Step, ...]
    first: str
    lanes: Mapping[str, str]
    stages: Mapping[str, str]
    refs: Mapping[str, str]

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of the steps whose ways are answers."""
        return frozenset(step.id for step in self.steps if step.activity.routes)

    def goal(self, edge: Edge) -> str:
        """Where a way leads, in a word."""
        if edge.kind is Way.LEAVE:
            return BACK
        if edge.kind in (Way.OPEN, Way.MISSING):
            return f"{edge.words} ({edge.kind})"
        return edge.to if edge.to == END else self.refs[edge.to]


def chart(session: Session, tier: str = "") -> Chart:
    """The session's steps; with a tier, those that it keeps, and hidden ones bridged."""
    labels, linked = role_labels(session), Linked(session)
    if tier:
        view = tier_view(session, tier)
        kept, ways, first, light = view.kept, view.edges, view.first, view.light
    else:
        kept, ways, light = session.in_order, graph(session), frozenset[str]()
        first = start(session)
    return Chart(
        steps=tuple(
            Step(
                id=one.id,
                ref=session.ref_by_id[one.id],
                stage=one.stage,
                lane=one.lead,
                activity=one,
                codes=_codes(linked, one.id),
                people=_people(one, labels),
                remark=_remark(one, light=one.id in light),
                ways=tuple(ways[one.id]),
            )
            for one in kept
        ),
        first=first,
        lanes={**labels, "": NOBODY},
        stages={one.stage: f"{one.stage} {stage_name(session, one)}" for one in kept},
        refs=session.ref_by_id,
    )


def _codes(linked: Linked, known: str) -> str:
    return "".join(dict.fromkeys(one.code for one in linked.issues(known) if one.code))


def _people(activity: Activity, labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{said} {labels[code]}" for code, said in shown_letters(activity).items())


def _remark(activity: Activity, *, light: bool) -> str:
    said = ["light"] if light else []
    return ", ".join([*said, "open point"] if activity.open_point else said)
