"""Topics of part 1: taken up, written, timed, and an issue explored until its outcome closes it."""

from offwall.model.records import (
    EditError,
    IssueStatus,
    Session,
    by_key,
    derive,
    line_of,
    updated,
    without,
)
from offwall.model.records.changes import added
from offwall.model.records.fields import NO_ISSUE, IssueId
from offwall.model.records.session import Topic
from offwall.model.records.text import block_of, number_from

SEVERAL_KINDS = ("issue", "own")
"""Kinds of which there may be several: one an issue, and any number of the group's own."""


def new_topic_id(seed: str) -> str:
    """The id of the topic that `open_topic` makes with this seed."""
    return derive(seed, "t")


def topic_of(session: Session, kind: str, issue: IssueId = NO_ISSUE) -> Topic | None:
    """The topic of a kind, where it is opened already; for an issue, the one that explores it."""
    if kind == "own":
        return None
    for topic in session.topics:
        if topic.kind == kind and (kind not in SEVERAL_KINDS or topic.issue == issue):
            return topic
    return None


def open_topic(
    session: Session, kind: str, *, seed: str, title: str = "", issue: IssueId = NO_ISSUE
) -> Session:
    """Take a topic of the catalogue up.

    Raises `EditError` where it is taken up already, where an issue's is not there, or where one
    of the group's own has no title.
    """
    if topic_of(session, kind, issue):
        raise EditError("That topic is open already. Enter on it writes its notes.")
    if kind == "issue":
        by_key(session, "issues", issue)
    needed = "Say in a few words what the topic is." if kind == "own" else ""
    topic = Topic(new_topic_id(seed), kind, title=line_of(title, needed), issue=issue)
    return added(session, "topics", topic)


def write_topic(session: Session, topic: str, field: str, text: str) -> Session:
    """Write a topic's ``notes`` or ``outcome``, as many lines as it takes.

    Raises `EditError` for another field.
    """
    if field not in ("notes", "outcome"):
        raise EditError(f"A topic has no {field}; it has notes and an outcome.")
    return updated(session, "topics", by_key(session, "topics", topic), **{field: block_of(text)})


def rename_topic(session: Session, topic: str, title: str) -> Session:
    """Call a topic something else; nothing gives one of the catalogue its own title back."""
    found: Topic = by_key(session, "topics", topic)
    needed = "Say in a few words what the topic is." if found.kind == "own" else ""
    return updated(session, "topics", found, title=line_of(title, needed))


def set_minutes(session: Session, topic: str, minutes: str) -> Session:
    """Say how long a topic took. Raises `EditError` unless it is a whole number of minutes."""
    number = number_from(minutes, 0, 24 * 60, "number of minutes. Type one such as 45.")
    return updated(session, "topics", by_key(session, "topics", topic), minutes=number or 0)


def remove_topic(session: Session, topic: str) -> Session:
    """Take a topic away, with its notes and outcome."""
    return without(session, "topics", by_key(session, "topics", topic))


def close_issue(session: Session, issue: IssueId, outcome: str, *, seed: str) -> Session:
    """Write the outcome of an issue's topic, which is taken up for that; none opens it again.

    Raises `EditError` where the issue is no longer there.
    """
    by_key(session, "issues", issue)
    topic = topic_of(session, "issue", issue)
    if topic is None:
        session = open_topic(session, "issue", seed=seed, issue=issue)
    known = topic.id if topic else new_topic_id(seed)
    session = write_topic(session, known, "outcome", outcome)
    settled = by_key(session, "topics", known).outcome
    status = IssueStatus.CLOSED if settled else IssueStatus.EXPLORED
    return updated(session, "issues", by_key(session, "issues", issue), status=status)
