"""What speaks for each topic, counted again plainly from the session."""

from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Board,
    Issue,
    IssueStatus,
    Session,
    Stage,
    Tier,
)
from offwall.model.review.progress import unfinished
from offwall.model.store.presets.catalogues import topic_kinds
from offwall.model.topics.topic_signs import SIGNS, first_gap, topic_signs


def test_each_topic_of_the_catalogue_but_ones_own_has_signs() -> None:
    assert set(SIGNS) == {kind.kind for kind in topic_kinds()} - {"own"}
    assert topic_signs(Session(), "own") == topic_signs(Session(), "[/") == ()


def test_a_figure_without_data_says_after_part_2() -> None:
    empty = Session(stages=(Stage("S1", "One"),))
    assert topic_signs(empty, "mapping") == (
        "nothing is recorded yet: what is missing is counted after part 2",
    )
    assert topic_signs(empty, "governance")[1] == "who decides what: after part 2"
    assert not any(text.startswith("0") for kind in SIGNS for text in topic_signs(empty, kind))


def test_issues_and_actions_are_counted() -> None:
    issues = (
        Issue("i-1", "A", parked=True),
        Issue("i-2", "B", parked=True, status=IssueStatus.CLOSED),
        Issue("i-3", "C", status=IssueStatus.EXPLORED),
    )
    actions = (
        Action("n-1", "a", issue="i-3", impact=1, effort=1, owner="cm"),
        Action("n-2", "b", impact=3),
        Action("n-3", "c", status=ActionStatus.DONE),
        Action("n-4", "d", kind=ActionKind.NEXT_STEP),
    )
    session = Session(issues=issues, actions=actions)
    assert topic_signs(session, "issue") == ("2 issues not closed, 1 parked", "1 without an action")
    assert topic_signs(session, "ranking") == ("2 actions, 1 unranked", "1 without an owner")
    closed = replace(session, issues=issues[1:2])
    assert topic_signs(closed, "issue") == ("no issue is open",)


def test_tiers_and_the_board_say_what_they_lack() -> None:
    stages = (Stage("S1", "One"), Stage("S2", "Two"))
    session = Session(
        stages=stages, tiers=(Tier("g", "Gold", value_from=1), Tier("b", "B")), board=Board("CAB")
    )
    assert topic_signs(session, "tiering") == (
        "2 tiers, 1 without a line",
        "2 stages the same for every tier",
    )
    assert topic_signs(session, "governance")[0] == "a board with no gates, no chair and no members"


@pytest.mark.parametrize("name", ["contract-management", "brackets", "cup-of-coffee", "empty"])
def test_samples_are_counted_as_a_plain_count_does(name: str) -> None:
    session = store.read_session(sample_sessions.path(name))
    live = parked = 0
    for issue in session.issues:
        if issue.status != "closed":
            live += 1
            parked += issue.parked
    if live:
        assert topic_signs(session, "issue")[0].startswith(f"{live} issue")
        assert f", {parked} parked" in topic_signs(session, "issue")[0]
    to_fill = len([one for one in session.activities if unfinished(one)])
    if to_fill:
        assert f"{to_fill} of {len(session.activities)}" in topic_signs(session, "mapping")[-1]


def test_the_first_gap_is_an_empty_stage_or_what_lacks_something() -> None:
    stages = (Stage("S1", "One"), Stage("S2", "Two"))
    whole = Activity("a-1", "S1", "Do", lead="cm", accountable="hos", documents=("Form",))
    session = Session(stages=stages, activities=(whole,))
    assert unfinished(whole) == ()
    assert first_gap(session) == ("S2", "")
    bare = Activity("a-2", "S1", "Then")
    assert first_gap(replace(session, activities=(whole, bare))) == ("S1", "a-2")
    assert first_gap(replace(session, stages=stages[:1])) == ("", "")
    assert first_gap(Session()) == ("", "")
