import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.actions.ranking import (
    ORDER,
    ApprovalLevel,
    Band,
    approval_level,
    band,
    rank,
    why_ranked,
)
from offwall.model.records.session import DEFAULT_APPROVALS, Action, ActionKind, Session, Workshop
from offwall.model.store.toml.load import loads

SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))


def action(impact: int | None, effort: int | None, approval: str = "", **more: object) -> Action:
    return Action("n", "Do it", impact=impact, effort=effort, approval=approval, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("impact", "effort", "approval", "expected"),
    [
        (3, 2, "director", Band.QUICK_WIN),
        (5, 1, "", Band.QUICK_WIN),
        (3, 2, "cabinet member", Band.PLAN),
        (2, 1, "team", Band.PLAN),
        (5, 3, "team", Band.PLAN),
        (5, 4, "cabinet member", Band.PLAN),
        (5, 1, "cabinet or committee", Band.SIGNIFICANT),
        (5, 1, "Full  Council", Band.SIGNIFICANT),
        (1, 5, "team", Band.SIGNIFICANT),
        (5, 1, "[/", Band.QUICK_WIN),
        (None, 5, "whole council", Band.UNSCORED),
        (5, None, "", Band.UNSCORED),
    ],
)
def test_the_band_follows_impact_effort_and_approval(
    impact: int | None, effort: int | None, approval: str, expected: Band
) -> None:
    assert band(action(impact, effort, approval), DEFAULT_APPROVALS) is expected


def test_a_council_s_own_ladder_says_who_sits_above_whom() -> None:
    ladder = ("manager", "executive member", "Policy Committee", "Secretary of State")
    found = [approval_level(rung, ladder) for rung in (*ladder, "", "cabinet", "town clerk")]
    assert approval_level("elected mayor", ladder) is ApprovalLevel.MEMBER
    assert approval_level("mayor and cabinet", ladder) is ApprovalLevel.BODY
    assert found == [
        ApprovalLevel.OFFICER,
        ApprovalLevel.MEMBER,
        ApprovalLevel.BODY,
        ApprovalLevel.BODY,
        ApprovalLevel.OFFICER,
        ApprovalLevel.BODY,
        ApprovalLevel.OFFICER,
    ]
    assert approval_level("full council", ("team", "Whole Council")) is ApprovalLevel.BODY


def session_of(*actions: Action) -> Session:
    numbered = [Action(**{**vars_of(one), "id": f"n{at}"}) for at, one in enumerate(actions)]
    return Session(actions=tuple(numbered))


def vars_of(one: Action) -> dict[str, object]:
    return {name: getattr(one, name) for name in Action.__slots__}


def ranked(session: Session) -> list[str]:
    return [one.id for one in rank(session)]


def test_rank_goes_by_band_then_votes_then_worth_then_the_file() -> None:
    session = session_of(
        action(None, None, votes=9),
        action(5, 5),
        action(3, 3),
        action(4, 2),
        action(5, 1),
        action(3, 2, votes=1),
        action(4, 2),
        action(5, 1, kind=ActionKind.NEXT_STEP),
    )
    assert ranked(session) == ["n5", "n4", "n3", "n6", "n2", "n1", "n0"]


def test_the_group_s_own_move_wins() -> None:
    session = session_of(action(5, 1), action(4, 1), action(3, 3, place=1), action(1, 5, place=99))
    assert ranked(session) == ["n2", "n0", "n1", "n3"]
    two = session_of(action(3, 3, place=2), action(5, 1, place=2), action(4, 1), action(4, 2))
    assert ranked(two) == ["n2", "n1", "n0", "n3"]
    low = session_of(action(5, 1), action(1, 5, place=-4))
    assert ranked(low) == ["n1", "n0"]


def test_why_is_a_sentence_that_names_what_counted() -> None:
    session = Session(workshop=Workshop(approvals=("[PO]", "cabinet")))
    assert why_ranked(session, action(5, 1, "[PO]", votes=1)) == (
        "Quick win: impact 5, effort 1, approval by [PO]; 1 vote."
    )
    assert why_ranked(session, action(None, 2)) == "Unscored: impact not scored yet; 0 votes."
    assert why_ranked(session, action(None, None, place=3)).endswith(
        "The group moved it to place 3."
    )
    assert "no approval named" in why_ranked(session, action(5, 1))


def test_the_sample_has_quick_wins_first_and_the_council_s_last() -> None:
    bands = [band(one, SAMPLE.approvals) for one in rank(SAMPLE)]
    assert [bands.count(each) for each in ORDER] == [6, 3, 1, 0]
    assert bands == sorted(bands, key=ORDER.index)
    assert rank(SAMPLE)[-1].approval == "Full Council"


scored = st.builds(
    action,
    st.none() | st.integers(1, 5),
    st.none() | st.integers(1, 5),
    st.sampled_from([*DEFAULT_APPROVALS, "", "=1+1"]),
    votes=st.integers(0, 9),
    place=st.none() | st.integers(-1, 9),
)


@given(st.lists(scored, max_size=8))
def test_rank_keeps_every_action_and_puts_each_move_where_it_was_asked_for(
    actions: list[Action],
) -> None:
    session = session_of(*actions)
    found = rank(session)
    assert sorted(one.id for one in found) == sorted(one.id for one in session.actions)
    asked = [one.place for one in found if one.place is not None]
    for at, one in enumerate(found, 1):
        if one.place is not None and asked.count(one.place) == 1 and len(asked) == 1:
            assert at == min(max(one.place, 1), len(found))
    unmoved = [ORDER.index(band(one, session.approvals)) for one in found if one.place is None]
    assert unmoved == sorted(unmoved)
