"""An issue is explored and closed where it stands; minutes count for the topic at work."""

import pytest

from offwall.model.actions.issues import EXPLORING, LEAVE, options_from, say_option
from offwall.model.records.fields import Table
from offwall.model.records.session import Issue, IssueStatus, Option, Session, Topic
from offwall.model.records.text import EditError
from offwall.model.setup.workshop import add_minutes
from offwall.model.topics.topics import close_issue, write_topic

TWO = Session(issues=(Issue("i-1", "[PO] late"), Issue("i-2", "Other", status=IssueStatus.CLOSED)))


def status(session: Session, place: int = 0) -> IssueStatus:
    return session.issues[place].status


def test_an_outcome_closes_it_and_none_opens_it_again() -> None:
    session = close_issue(TWO, "i-1", "Settled\n[/ =1+1", seed="s")
    (topic,) = session.topics
    assert (topic.kind, topic.issue, topic.outcome) == ("issue", "i-1", "Settled\n[/ =1+1")
    assert status(session) is IssueStatus.CLOSED
    session = close_issue(session, "i-1", " \n", seed="other")
    assert [(one.id, one.outcome) for one in session.topics] == [(topic.id, "")]
    assert status(session) is IssueStatus.EXPLORED


def test_the_same_seed_gives_the_same_session_and_what_is_gone_is_said() -> None:
    first, second = (close_issue(TWO, "i-1", "a", seed="s") for _ in range(2))
    assert first == second
    assert [one.issue for one in close_issue(first, "i-2", "b", seed="t").topics] == ["i-1", "i-2"]
    with pytest.raises(EditError, match="no longer"):
        close_issue(TWO, "i-9", "a", seed="s")
    with pytest.raises(EditError, match="A topic has no"):
        write_topic(first, first.topics[0].id, "text", "a")


def explored(session: Session, issue: str = "i-1", **said: str) -> Session:
    return EXPLORING.change(session, issue, said)


def test_four_fields_explore_it_and_to_leave_it_comes_first() -> None:
    session = explored(
        TWO,
        causes="No form [PO]",
        options="One form; for: quick; against: a click\nLeave as it is. Against: =1+1, it waits",
        preferred="one form",
        decides="Cabinet",
    )
    issue = session.issues[0]
    assert (issue.causes, issue.preferred, issue.decides) == ("No form [PO]", "one form", "Cabinet")
    assert issue.options == (
        Option(LEAVE, "", "=1+1, it waits"),
        Option("One form", "quick", "a click"),
    )
    assert issue.status is IssueStatus.EXPLORED
    assert explored(session, preferred="2").issues[0].preferred == "One form"
    shown = {ask.name: ask.show(session, getattr(issue, ask.name)) for ask in EXPLORING.asks}
    assert explored(session, **shown) == session


def test_a_closed_one_stays_closed_and_nothing_said_is_nothing() -> None:
    assert status(explored(TWO, "i-2", causes="So"), 1) is IssueStatus.CLOSED
    assert explored(TWO, causes=" ", options=LEAVE, preferred="", decides="") == TWO
    with pytest.raises(EditError, match="no longer"):
        explored(TWO, "i-9", causes="So")


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("Wait", Option("Wait")),
        ("Wait for: it is cheap", Option("Wait", "it is cheap")),
        ("Wait; for: a; for: b; against: c", Option("Wait", "a; b", "c")),
        ("for: nobody works more", Option(LEAVE, "nobody works more")),
        ("Housing - north | south", Option("Housing - north")),
    ],
)
def test_a_line_is_an_option_with_what_speaks_for_and_against(line: str, option: Option) -> None:
    assert option in options_from(line)


def test_an_option_as_it_was_stays_to_the_letter() -> None:
    odd = Option("Two\nlines; ", "for: all;", "", Table((("x", 1),)))
    known = (Option(LEAVE, "a"), odd)
    assert options_from("\n".join(map(say_option, known)), known) == known
    (_, changed) = options_from("One; for: b", (odd, Option("One", "a", "", odd.extra)))
    assert (changed.speaks_for, changed.extra) == ("b", odd.extra)


def test_minutes_go_to_the_part_and_to_one_topic() -> None:
    session = Session(topics=(Topic("t-1", "issue"), Topic("", "own"), Topic("t-3", "own")))
    session = add_minutes(add_minutes(session, "topic", 2, "t-3"), "topic", 1)
    assert session.clock.topic.used == 3
    assert [one.minutes for one in session.topics] == [0, 0, 2]
    assert add_minutes(session, "topic", 1, "gone").topics == session.topics
