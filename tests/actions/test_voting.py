"""Dot votes by number, and what a place in the ranking is explained by."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.actions.ranking import (
    cast_votes,
    clear_votes,
    dots_left,
    numbered_improvements,
    rank,
    set_voting,
    usual_approval,
    votes_cast,
    why_behind,
)
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Session,
    Voting,
    Workshop,
)
from offwall.model.records.text import EditError
from tests.strategies import EXAMPLES, HOSTILE, sessions


def action(number: int, **more: object) -> Action:
    fields: dict[str, object] = {"impact": 4, "effort": 2, **more}
    return Action(f"n-{number}", f"Do {number}", **fields)  # type: ignore[arg-type]


THREE = Session(
    actions=(
        action(1),
        Action("n-step", "A next step", kind=ActionKind.NEXT_STEP),
        action(2),
        action(3),
    )
)


def votes(session: Session) -> list[int]:
    return [one.votes for one in numbered_improvements(session).values()]


def order(session: Session) -> list[str]:
    return [one.id for one in rank(session)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1", [1, 0, 0]),
        ("1 3", [1, 0, 1]),
        ("2,2, 3", [0, 2, 1]),
        ("3x12", [0, 0, 12]),
        ("3X2 -3", [0, 0, 1]),
    ],
)
def test_votes_go_by_number_among_the_improvements(said: str, expected: list[int]) -> None:
    assert votes(cast_votes(THREE, said)) == expected


@pytest.mark.parametrize("said", ["", " ", "4", "0", "1 4", "-2", "1x1000", "٣", "1.5", *HOSTILE])
def test_what_is_no_vote_is_refused_as_a_whole(said: str) -> None:
    with pytest.raises(EditError) as refused:
        cast_votes(THREE, said)
    assert str(refused.value).endswith(".")


def test_what_is_done_or_dropped_takes_no_vote_and_keeps_its_number() -> None:
    done = replace(THREE, actions=(action(1, status=ActionStatus.DONE), *THREE.actions[1:]))
    with pytest.raises(EditError, match=r"1 is done: Do 1\. Vote for another\."):
        cast_votes(done, "1")
    assert votes(cast_votes(done, "2")) == [0, 1, 0]


def test_no_more_dots_are_given_than_there_are() -> None:
    session = cast_votes(set_voting(THREE, "2", " 2 "), "1 2 3")
    assert (votes_cast(session), dots_left(session)) == (3, 1)
    with pytest.raises(EditError, match="The dots left are 1, and these are 2"):
        cast_votes(session, "1 2")
    # Taking one back and giving it to another is one breath.
    assert votes(cast_votes(session, "-1 2 3")) == [0, 2, 2]
    fewer = set_voting(session, "1", "1")
    assert dots_left(fewer) == -2
    assert votes(cast_votes(fewer, "-1")) == [0, 1, 1]
    assert set_voting(session, "", "").voting == Voting()
    assert votes(clear_votes(session)) == [0, 0, 0]


def test_with_nothing_to_vote_for_it_says_what_to_do() -> None:
    with pytest.raises(EditError, match="There is no action to vote for yet"):
        cast_votes(Session(), "1")


def test_those_that_rank_alike_stand_as_they_were_noted() -> None:
    assert order(THREE) == ["n-1", "n-2", "n-3"]
    assert order(cast_votes(THREE, "3")) == ["n-3", "n-1", "n-2"]


def test_each_place_says_what_put_it_there() -> None:
    ladder = [
        action(1, votes=2),
        action(2, votes=1, impact=5),
        action(3, votes=1),
        action(4, votes=1),
        action(5, votes=1),
        action(6, effort=4),
        action(7, approval="Full Council"),
        action(8, impact=None, effort=None),
    ]
    session = Session(actions=tuple(ladder))
    assert [(key, said) for key, said in why_behind(session).items()] == [
        ("n-1", "First: a quick win, impact 4 for effort 2."),
        ("n-2", "Behind 1: fewer votes, 1 to 2."),
        ("n-3", "Behind 2: impact less effort is 2, not 3."),
        ("n-4", "Behind 3: the same score, noted later."),
        ("n-5", "Behind 4: the same score, noted later."),
        ("n-6", "Behind 5: a plan comes after a quick win."),
        ("n-7", "Behind 6: a significant change comes after a plan."),
        ("n-8", "Behind 7: this one is not scored yet."),
    ]
    moved = replace(session, actions=(*ladder[:-1], replace(ladder[-1], place=2)))
    assert why_behind(moved)["n-8"] == "Behind 1: the group moved this one here."
    assert why_behind(moved)["n-2"] == "Behind 2: the group moved that one there."
    assert why_behind(Session()) == {}


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("Amend the  CONSTITUTION", "Full Council"),
        ("Raise delegation in contract procedure rules", "Full Council"),
        ("Standing orders: allow e-signatures", "Full Council"),
        ("Update the scheme of delegation", "Full Council"),
        ("Reconstitution of the board", ""),
        ("Share the checklist", ""),
        ("", ""),
    ],
)
def test_words_that_change_the_council_s_own_rules_prompt_for_it(text: str, usual: str) -> None:
    assert usual_approval(Session(), text) == usual
    full = Session(workshop=Workshop(approvals=("team", "Full Council")))
    assert usual_approval(full, text) == ("Full Council" if usual else "")
    assert usual_approval(Session(workshop=Workshop(approvals=("team",))), text) == ""


@given(sessions(), st.text("0123456789x- ,[", max_size=12))
@settings(max_examples=max(1, EXAMPLES // 3))
def test_whatever_is_called_out_votes_stay_votes(session: Session, said: str) -> None:
    reasons = why_behind(session)
    assert list(reasons) == order(session)
    try:
        voted = cast_votes(session, said)
    except EditError:
        return
    assert replace(clear_votes(voted), actions=()) == replace(session, actions=())
    assert all(one.votes >= 0 for one in voted.actions)
