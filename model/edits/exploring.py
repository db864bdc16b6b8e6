"""Explore an issue: its causes and options are the notes of its topic, and an outcome closes it."""

from model.edits.records import by_key, updated
from model.edits.topics import new_topic_id, open_topic, topic_of, write_topic
from model.session import Issue, IssueStatus, Session


def write_issue(session: Session, issue: str, field: str, text: str, *, seed: str) -> Session:
    """Write the ``notes`` or the ``outcome`` of an issue's topic, which is taken up for that.

    Notes make it explored; an outcome closes it, and no outcome opens it again. Raises `EditError`
    where the issue is no longer there.
    """
    by_key(session, "issues", issue)
    topic = topic_of(session, "issue", issue)
    if topic is None:
        session = open_topic(session, "issue", seed=seed, issue=issue)
    known = topic.id if topic else new_topic_id(seed)
    session = write_topic(session, known, field, text)
    written = by_key(session, "topics", known)
    return _with_status(session, issue, bool(written.outcome), field == "outcome")


def _with_status(session: Session, issue: str, settled: bool, closing: bool) -> Session:
    found: Issue = by_key(session, "issues", issue)
    status = found.status
    if closing and settled:
        status = IssueStatus.CLOSED
    elif status is IssueStatus.OPEN or (closing and not settled):
        status = IssueStatus.EXPLORED
    return updated(session, "issues", found, status=status)
