"""Issues: what should improve, and what was parked for later."""

from dataclasses import replace

from offwall.model.records import (
    EditError,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    by_key,
    updated,
)
from offwall.model.records.ids import NO_ACTIVITY, NO_ISSUE, ActivityId, IssueId
from offwall.model.records.record_kind import Ask, Reading, RecordKind, needed


def _read_code(_: Reading, letter: str) -> IssueCode | None:
    """The code of a letter; none for none. Raises `EditError` for any other letter."""
    wanted = letter.strip().upper()
    if not wanted:
        return None
    try:
        return IssueCode(wanted)
    except ValueError:
        raise EditError(
            f"{letter.strip()} is no issue code. D is a gap in documentation, G in governance, "
            "T a time risk, R a risk in the process; it may stay empty."
        ) from None


def _gone(session: Session, gone: Issue) -> Session:
    """Actions and topics that came of an issue stay and forget it."""
    return replace(
        session,
        actions=tuple(
            replace(action, issue=NO_ISSUE) if action.issue == gone.id else action
            for action in session.actions
        ),
        topics=tuple(
            replace(topic, issue=NO_ISSUE) if topic.issue == gone.id else topic
            for topic in session.topics
        ),
    )


ISSUES = RecordKind(
    collection="issues",
    noun="issue",
    letter="i",
    blank=lambda _: Issue(NO_ISSUE, ""),
    asks=(
        Ask(
            "text",
            "Issue",
            "What is wrong, in a sentence.",
            read=needed("Say in a few words what the issue is."),
        ),
        Ask(
            "code",
            "Code",
            "D documentation, G governance, T time, R risk; may stay empty.",
            read=_read_code,
            chosen=True,
        ),
        Ask("near", "Where", "A ref such as S2.04, or words such as handover; may stay empty."),
        Ask(
            "raised_by",
            "Raised by",
            "A name or a team.",
            choices=lambda session: [person.name for person in session.people],
        ),
    ),
    gone=_gone,
)


def park(
    session: Session,
    text: str,
    *,
    seed: str,
    raised_by: str = "",
    activity: ActivityId = NO_ACTIVITY,
) -> Session:
    """Park a thought, so that the group can go on. Raises `EditError` without words."""
    said = {"text": text, "raised_by": raised_by}
    return ISSUES.add(session, said, seed=seed, activity=activity, parked=True)


def set_parked(session: Session, issue: IssueId, parked: bool) -> Session:
    """Park an issue, or take it up again."""
    return updated(session, "issues", by_key(session, "issues", issue), parked=parked)


def set_issue_status(session: Session, issue: IssueId, status: IssueStatus) -> Session:
    """Say how far an issue is: open, explored, closed."""
    return updated(session, "issues", by_key(session, "issues", issue), status=status)
