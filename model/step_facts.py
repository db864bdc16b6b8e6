"""What the session says beside a next step of the catalogue: how much there is of it to do."""

from collections.abc import Iterator

from model.checks.completeness import LIVE
from model.edits.answers import counted
from model.lacking import lacking
from model.ranking import Level, approval_level
from model.session import Action, ActionKind, Group, IssueStatus, Session

MAPPING = "Complete the rest of the mapping and RACI templates"
SECOND = "Hold a second session to review improvements"
THORNY = "Resolve the thorny issue that was left open"
GATHER = "Pull the issues and actions of the two days together in one list"
FEEDBACK = "Send feedback and next steps to participants and corporate colleagues"
SENIOR = "Arrange to present the findings and brief senior management, with recommendations"
PHOTO = "Keep a photo of the process map with this file"
"""Entries of the catalogue that the session can say more about."""


def facts(session: Session, step: str) -> str:
    """What the session adds to the step of that text; empty where it has nothing to add."""
    found = _FACTS.get(step)
    return ", ".join(found(session)) if found else ""


def _improvements(session: Session) -> list[Action]:
    kind = ActionKind.IMPROVEMENT
    return [action for action in session.actions if action.kind is kind and action.status in LIVE]


def _to_review(session: Session) -> Iterator[str]:
    if found := _improvements(session):
        yield counted(len(found), "improvement")
    if points := sum(bool(activity.open_point) for activity in session.activities):
        yield counted(points, "open point")


def _to_gather(session: Session) -> Iterator[str]:
    answered = {action.issue for action in session.actions}
    issues = [issue for issue in session.issues if issue.status is not IssueStatus.CLOSED]
    without = sum(issue.id not in answered for issue in issues)
    if without:
        yield f"{without} of {counted(len(issues), 'issue')} without an action"
    unscored = sum(one.impact is None or one.effort is None for one in _improvements(session))
    if unscored:
        yield f"{counted(unscored, 'action')} without a score"


def _to_tell(session: Session) -> Iterator[str]:
    there = sum(person.group in (Group.CORE, Group.PARTICIPANT) for person in session.people)
    corporate = sum(person.group is Group.CORPORATE for person in session.people)
    if there:
        yield f"{counted(there, 'person', 'people')} who took part"
        named = counted(corporate, "corporate colleague")
        yield named if corporate else "no corporate colleague is listed yet"


def _to_decide(session: Session) -> Iterator[str]:
    levels = (approval_level(one.approval, session.approvals) for one in _improvements(session))
    if members := sum(level > Level.OFFICER for level in levels):
        yield f"{counted(members, 'action')} for members to approve"


_FACTS = {
    MAPPING: lacking,
    SECOND: _to_review,
    GATHER: _to_gather,
    FEEDBACK: _to_tell,
    SENIOR: _to_decide,
}
