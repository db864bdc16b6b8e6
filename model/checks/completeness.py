"""What is still to fill, to agree or to give to somebody."""

from collections.abc import Iterator

from model.checks.finding import Finding, notice, quoted, ref
from model.flow import Way, edges
from model.session import Action, ActionStatus, Activity, Issue, IssueCode, IssueStatus, Session

LIVE = (ActionStatus.OPEN, ActionStatus.DOING)
"""Actions that still need an owner and a date."""


def unfinished(session: Session, activity: Activity) -> tuple[str, ...]:
    """What of an activity is still to fill, in a word or two each; for lists."""
    answers = len(activity.routes)
    still = {
        "no lead": not activity.lead,
        "no accountable": not activity.accountable,
        "no answers": bool(activity.decision) and answers == 0,
        "one answer": bool(activity.decision) and answers == 1,
        "open target": any(edge.kind is Way.OPEN for edge in edges(session, activity)),
        "no document": not activity.documents,
    }
    return tuple(words for words, missing in still.items() if missing)


def completeness(session: Session) -> Iterator[Finding]:
    """What is not agreed, and what lacks a template, a timescale, an owner or a date."""
    for activity in session.in_order:
        yield from _agreed(session, activity)
    for issue in session.issues:
        yield from _time(session, issue)
    for document in session.documents:
        if document.template.strip().casefold() == "no":
            yield notice(
                "no template",
                document.name,
                f"Document {quoted(document.name)} has no template; agree who drafts one.",
            )
    for action in session.actions:
        if action.status in LIVE:
            yield from _carried(action)


def completeness_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What of one activity is not agreed, and whether its time risk has a timescale."""
    yield from _agreed(session, activity)
    for issue in session.issues:
        if issue.activity == activity.id:
            yield from _time(session, issue)


def _agreed(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if activity.open_point:
        yield notice(
            "open point",
            activity.id,
            f"{where} has an open point: {quoted(activity.open_point)}; settle it, or give it "
            "to somebody.",
        )
    if not activity.confirmed:
        parts = (
            ("its sequence", activity.sequence_confirmed),
            ("its lead", activity.lead_confirmed),
        )
        missing = " and ".join(part for part, done in parts if not done)
        text = f"{where} is not confirmed: {missing}; read it to the group."
        yield notice("unconfirmed", activity.id, text)


def _time(session: Session, issue: Issue) -> Iterator[Finding]:
    activity = session.activity_by_id.get(issue.activity)
    live = issue.code is IssueCode.TIME and issue.status is not IssueStatus.CLOSED
    if activity and live and not activity.timescale:
        yield notice(
            "time risk",
            activity.id,
            f"{ref(session, activity)} has a time risk ({quoted(issue.text)}) and no "
            "timescale; say within when.",
        )


def _carried(action: Action) -> Iterator[Finding]:
    if not action.owner:
        text = f"Action {quoted(action.text)} has no owner; say who does it."
        yield notice("no owner", action.id, text)
    if action.due is None:
        text = f"Action {quoted(action.text)} has no target date; say by when."
        yield notice("no date", action.id, text)
