"""Pointers to records that are gone."""

import re
from collections.abc import Container, Iterator

from model.checks.finding import Finding, notice, quoted
from model.ids import ALPHABET, LENGTH
from model.session import RemarkStatus, Session

ID = re.compile(f"[a-z]-[{ALPHABET}]{{{LENGTH}}}")
"""What an id looks like: where an id or words may stand, anything else is words."""

_KINDS = {
    "issues.activity": "an activity",
    "topics.issue": "an issue",
    "actions.issue": "an issue",
    "actions.activity": "an activity",
    "remarks.on": "a record",
    "board.gates": "an activity",
}
"""What each field points at, in words; a finding is about the field."""


def pointers(session: Session) -> Iterator[Finding]:
    """What issues, topics, actions, remarks and the board point at, where it is not there."""
    activities = session.activity_by_id
    issues = {issue.id for issue in session.issues}
    records = {*activities, *issues, *(action.id for action in session.actions)}
    records |= {topic.id for topic in session.topics} | {stage.id for stage in session.stages}
    for issue in session.issues:
        name = f"Issue {quoted(issue.text)}"
        yield from _lost(issue.id, name, "issues.activity", issue.activity, activities)
    for topic in session.topics:
        name = f"Topic {quoted(topic.title or topic.kind)}"
        yield from _lost(topic.id, name, "topics.issue", topic.issue, issues)
    for action in session.actions:
        name = f"Action {quoted(action.text)}"
        yield from _lost(action.id, name, "actions.issue", action.issue, issues)
        yield from _lost(action.id, name, "actions.activity", action.activity, activities)
    for remark in session.remarks:
        if remark.status is RemarkStatus.CLOSED:
            continue  # it was settled, whatever has become of what it was about
        name = f"Remark {quoted(remark.text)}"
        yield from _lost(remark.id, name, "remarks.on", remark.on, records)
    yield from _board(session)


def _lost(
    place: str, name: str, field: str, pointed: str, known: Container[str]
) -> Iterator[Finding]:
    if pointed and pointed not in known:
        text = f"{name} is about {_KINDS[field]} that is not there any more; choose another."
        yield notice("lost pointer", place, text, field)


def _board(session: Session) -> Iterator[Finding]:
    board = session.board
    if board is None:
        return
    name = f"Board {quoted(board.name)}" if board.name else "The board"
    for gate in board.gates:
        if ID.fullmatch(gate):
            yield from _lost("", name, "board.gates", gate, session.activity_by_id)
    known = {*session.role_by_code, *(person.id for person in session.people)}
    known |= {person.name for person in session.people}
    for member in dict.fromkeys((board.chair, *board.members)):
        if member and member not in known:
            text = f"{name} names {quoted(member)}, which is no role and no person; add it."
            yield notice("lost pointer", "", text)
