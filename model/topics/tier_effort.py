"""What each tier costs: how much of the process it goes through, and what the lightest skips."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from offwall.model.process.graph import hand_offs, handed_over
from offwall.model.process.raci import raci_letters
from offwall.model.process.tier_view import tier_view
from offwall.model.records import Activity, Issue, IssueCode, IssueStatus, Session, Treatment
from offwall.model.records.ids import NO_TIER, TierCode
from offwall.model.topics.tiers import heaviest_first

RISKS = (IssueCode.RISK, IssueCode.TIME)
"""The codes on the wall that say that something is at risk."""

AFTER = "after part 2"
"""What stands for a figure while no activity is recorded."""


@dataclass(frozen=True, slots=True)
class EffortFigures:
    """How much there is to do: figures of the whole process, or of what a tier goes through.

    ``documents`` counts names, each once; ``hand_offs`` how often the work goes from one lead to
    another; ``roles`` those with any part in it, who decides included.
    """

    activities: int
    light: int
    decisions: int
    documents: int
    hand_offs: int
    roles: int


def tier_effort(session: Session, tier: TierCode = NO_TIER) -> EffortFigures | None:
    """What a tier costs, or the whole process without one; None while nothing is recorded."""
    if not session.activities:
        return None
    if not tier:
        return _counted(session.in_order, 0, sum(hand_offs(session).values()))
    view = tier_view(session, tier)
    handed = handed_over(view.edges, view.kept)
    return _counted(view.kept, len(view.light), sum(handed.values()))


def _counted(kept: Iterable[Activity], light: int, handed_over: int) -> EffortFigures:
    found = tuple(kept)
    documents = {name.casefold() for one in found for name in one.documents}
    roles = {code for one in found for code in (*raci_letters(one), one.decided_by) if code}
    decisions = sum(bool(one.decision or one.routes) for one in found)
    return EffortFigures(len(found), light, decisions, len(documents), handed_over, len(roles))


def stage_treatments(session: Session, tier: TierCode) -> Counter[Treatment]:
    """How many stages a tier does in full, lightly, and not at all."""
    return Counter(dict(stage.tiers).get(tier, Treatment.YES) for stage in session.stages)


def skipped_risks(session: Session) -> tuple[tuple[Activity, Issue], ...]:
    """The activities that the lightest tier leaves out, each with an open issue of a risk code."""
    order = heaviest_first(session.tiers)
    if not order:
        return ()
    left_out = tier_view(session, order[-1].code).hidden
    risks = [
        issue
        for issue in session.issues
        if issue.code in RISKS and issue.status is not IssueStatus.CLOSED
    ]
    return tuple(
        (activity, issue)
        for activity in left_out
        for issue in risks
        if issue.activity == activity.id
    )
