"""One activity in words, to be read aloud or by a screen reader: a fact a line, no signs."""

from collections.abc import Iterable, Iterator

from offwall.model.process import role_labels, stage_name
from offwall.model.process.names import LinkedRecords, next_label, routes
from offwall.model.records import Activity, Session
from offwall.model.review.progress import unfinished
from offwall.model.tables.sheet import CODE_MEANS

NOBODY = "nobody yet"


def read_aloud(session: Session, activity: Activity) -> tuple[str, ...]:
    """What the wall says of an activity. What it does not say is left out, but for the lead."""
    return tuple(_lines(session, activity))


def _lines(session: Session, activity: Activity) -> Iterator[str]:
    yield f"{session.ref_by_id[activity.id]}, in {stage_name(session, activity)}:"
    yield activity.text
    labels = role_labels(session)

    def named(*codes: str) -> list[str]:
        return [labels.get(code, code) for code in codes if code]

    yield f"Lead, who is responsible: {(named(activity.lead) or [NOBODY])[0]}"
    yield from _said("Also responsible", named(*activity.also))
    yield f"Accountable: {(named(activity.accountable) or [NOBODY])[0]}"
    yield from _said("Consulted", named(*activity.consulted))
    yield from _said("Informed", named(*activity.informed))
    yield from _said("Decision", [activity.decision])
    for answer, goal in routes(session, activity):
        yield f"Answer {answer or 'without words'}: {_goal(session, goal)}"
    if then := next_label(session, activity):
        yield f"Then: {_goal(session, then)}"
    yield from _said("Documents", activity.documents)
    yield from _said("Timescale", [activity.timescale])
    yield from _said("Note", [activity.note])
    linked = LinkedRecords(session)
    for issue in linked.issues(activity.id):
        kind = CODE_MEANS[issue.code] if issue.code else "no code"
        yield f"Issue, {kind}: {issue.text or 'no words yet'}"
    for action in linked.actions(activity.id):
        yield f"Action: {action.text}"
    yield from _said("Not agreed", [activity.open_point])
    yield from _said("Still to fill", unfinished(activity))


def _goal(session: Session, goal: str) -> str:
    """Where a way leads: a ref with its words, the end, or words not yet matched."""
    reached = session.activity_by_id.get(session.id_by_ref.get(goal, ""))
    return f"{goal}, {reached.text}" if reached else goal


def _said(label: str, texts: Iterable[str]) -> Iterator[str]:
    if found := ", ".join(filter(None, texts)):
        yield f"{label}: {found}"
