"""An issue is explored and closed where it stands; minutes count for the topic at work."""

import pytest

from offwall.model.records.session import Issue, IssueStatus, Session, Topic
from offwall.model.records.text import EditError
from offwall.model.setup.workshop import add_minutes
from offwall.model.topics.topics import write_issue

TWO = Session(issues=(Issue("i-1", "[PO] late"), Issue("i-2", "Other", status=IssueStatus.CLOSED)))


def status(session: Session, place: int = 0) -> IssueStatus:
    return session.issues[place].status


def test_notes_take_it_up_and_an_outcome_closes_it() -> None:
    session = write_issue(TWO, "i-1", "notes", "Why\n[/ =1+1", seed="s")
    (topic,) = session.topics
    assert (topic.kind, topic.issue, topic.notes) == ("issue", "i-1", "Why\n[/ =1+1")
    assert status(session) is IssueStatus.EXPLORED
    session = write_issue(session, "i-1", "outcome", "Settled", seed="other")
    assert [(one.id, one.outcome) for one in session.topics] == [(topic.id, "Settled")]
    assert status(session) is IssueStatus.CLOSED
    session = write_issue(session, "i-1", "notes", "More", seed="s")
    assert status(session) is IssueStatus.CLOSED
    session = write_issue(session, "i-1", "outcome", " \n", seed="s")
    assert (session.topics[0].outcome, status(session)) == ("", IssueStatus.EXPLORED)


def test_each_issue_has_a_topic_of_its_own_and_a_closed_one_stays_closed() -> None:
    session = write_issue(TWO, "i-1", "notes", "a", seed="s")
    session = write_issue(session, "i-2", "notes", "b", seed="t")
    assert [one.issue for one in session.topics] == ["i-1", "i-2"]
    assert status(session, 1) is IssueStatus.CLOSED


def test_the_same_seed_gives_the_same_session_and_what_is_gone_is_said() -> None:
    first, second = (write_issue(TWO, "i-1", "notes", "a", seed="s") for _ in range(2))
    assert first == second
    with pytest.raises(EditError, match="no longer"):
        write_issue(TWO, "i-9", "notes", "a", seed="s")
    with pytest.raises(EditError, match="A topic has no"):
        write_issue(TWO, "i-1", "text", "a", seed="s")


def test_minutes_go_to_the_part_and_to_one_topic() -> None:
    session = Session(topics=(Topic("t-1", "issue"), Topic("", "own"), Topic("t-3", "own")))
    session = add_minutes(add_minutes(session, "topic", 2, "t-3"), "topic", 1)
    assert session.clock.topic.used == 3
    assert [one.minutes for one in session.topics] == [0, 0, 2]
    assert add_minutes(session, "topic", 1, "gone").topics == session.topics
