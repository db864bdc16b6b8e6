"""What the grid of tiers says in words: of a tier, of a stage, of an activity."""

from collections import Counter

from model.edits.answers import brief, counted
from model.flow import treatment
from model.session import Activity, Session, Stage, Tier, Treatment
from model.tier_costs import AFTER, Cost, cost, stage_treatments
from model.tiering import called

SAID = {
    Treatment.YES: "done in full",
    Treatment.LIGHT: "done lightly",
    Treatment.NO: "left out",
}
NONE_YET = "none yet"
"""What stands for a figure of which the whole process has nothing yet."""


def of_tier(session: Session, tier: Tier) -> str:
    """What a tier goes through: ``Bronze: 21 of 48 activities, 3 light; stages: ...``."""
    found = cost(session, tier.code)
    activities = f"activities {AFTER}"
    if found:
        every = counted(len(session.activities), "activity", "activities")
        activities = f"{found.activities} of {every}"
        activities += f", {found.light} light" if found.light else ""
    return f"{brief(called(tier))}: {activities}; stages: {stages_in_words(session, tier)}"


def stages_in_words(session: Session, tier: Tier) -> str:
    """How a tier treats the stages: ``5 in full, 2 light, 1 left out``."""
    counts = stage_treatments(session, tier.code)
    words = {Treatment.YES: "in full", Treatment.LIGHT: "light", Treatment.NO: "left out"}
    return ", ".join(f"{counts[how]} {said}" for how, said in words.items() if counts[how])


def of_stage(session: Session, stage: Stage, tier: Tier) -> str:
    """How a tier treats a stage, and which of its activities say otherwise."""
    own = dict(stage.tiers).get(tier.code)
    said = f"{SAID[own]}, as said here" if own else "done in full, as nothing is said"
    line = f"{brief(called(tier))}, {stage.id} {brief(stage.name)}: {said}."
    column = session.by_stage[stage.id]
    if not column:
        return f"{line} Activities typed later inherit it."
    others = Counter(
        how for one in column if (how := dict(one.tiers).get(tier.code)) and how is not own
    )
    line += f" {counted(len(column) - others.total(), 'activity', 'activities')} so"
    return line + "".join(f", {number} {SAID[how]}" for how, number in others.items()) + "."


def of_activity(session: Session, activity: Activity, tier: Tier) -> str:
    """How a tier treats an activity, and where that comes from."""
    how = treatment(session, activity, tier.code)
    source = _source(session, activity, tier)
    ref = session.ref_by_id[activity.id]
    return f"{brief(called(tier))}, {ref}: {SAID[how]}, {source}. {activity.text}"


def _source(session: Session, activity: Activity, tier: Tier) -> str:
    """Where it comes from how a tier treats an activity."""
    if tier.code in dict(activity.tiers):
        return "as said here"
    stage = session.stage_by_id.get(activity.stage)
    said = stage is not None and tier.code in dict(stage.tiers)
    return f"as its stage {activity.stage} says" if said else "as nothing is said"


def figures(found: Cost, whole: Cost) -> tuple[str, ...]:
    """A row of figures; what the whole process has none of yet says so."""
    names = ("activities", "light", "decisions", "documents", "hand_offs", "roles")
    return tuple(
        str(getattr(found, name)) if name == "light" or getattr(whole, name) else NONE_YET
        for name in names
    )
