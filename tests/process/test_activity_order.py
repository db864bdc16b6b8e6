"""Moving activities on the wall."""

import pytest

from offwall.model.process.activities import (
    move_across_stages,
    move_to_ref,
    move_within_stage,
    remove_activity,
)
from offwall.model.records.session import Action, Activity, Issue, Route, Session, Stage
from offwall.model.records.text import EditError
from offwall.model.review.progress import confirm, next_unconfirmed, record_open_point


@pytest.fixture
def wall() -> Session:
    return Session(
        stages=(Stage("S1", "Set up"), Stage("S2", "Run"), Stage("S3", "Exit")),
        activities=(
            Activity("a", "S1", "One", lead="cm", decision="Go?", routes=(Route("yes", "c"),)),
            Activity("b", "S1", "Two"),
            Activity("c", "S3", "Three"),
        ),
        issues=(Issue("i", "Slow", activity="b"),),
        actions=(Action("n", "Speed up", activity="b"),),
    )


def refs(session: Session) -> list[str]:
    return [f"{session.ref_by_id[a.id]} {a.id}" for a in session.in_order]


def test_moving_down_swaps_with_the_next(wall: Session) -> None:
    assert refs(move_within_stage(wall, "a", 1)) == ["S1.01 b", "S1.02 a", "S3.01 c"]


def test_moving_past_the_end_says_what_to_do(wall: Session) -> None:
    with pytest.raises(EditError, match="H and L"):
        move_within_stage(wall, "b", 1)


def test_moving_across_an_empty_stage_keeps_the_file_in_wall_order(wall: Session) -> None:
    moved = move_across_stages(wall, "a", 1)
    assert refs(moved) == ["S1.01 b", "S2.01 a", "S3.01 c"]
    assert [activity.id for activity in moved.activities] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("S3.01", ["S1.01 b", "S3.01 a", "S3.02 c"]),
        ("s3", ["S1.01 b", "S3.01 c", "S3.02 a"]),
        ("3.1", ["S1.01 b", "S3.01 a", "S3.02 c"]),
        ("S1.99", ["S1.01 b", "S1.02 a", "S3.01 c"]),
    ],
)
def test_moving_to_a_ref(wall: Session, ref: str, expected: list[str]) -> None:
    assert refs(move_to_ref(wall, "a", ref)) == expected


@pytest.mark.parametrize(
    "ref", ["", "S9.01", "9.1", "3", "S1.x", "S1.0", "S1.-1", "[PO]", "S1." + "9" * 5000]
)
def test_a_ref_that_is_no_place_is_refused(wall: Session, ref: str) -> None:
    with pytest.raises(EditError):
        move_to_ref(wall, "a", ref)


def test_routes_follow_an_activity_that_moves(wall: Session) -> None:
    assert move_to_ref(wall, "c", "S1.01").activity_by_id["a"].routes[0].to == "c"


def test_removing_keeps_issues_and_actions_with_where_they_were(wall: Session) -> None:
    left = remove_activity(wall, "b")
    assert refs(left) == ["S1.01 a", "S3.01 c"]
    assert (left.issues[0].activity, left.issues[0].near) == ("", "Two")
    assert (left.actions[0].activity, left.actions[0].near) == ("", "Two")
    with pytest.raises(EditError, match="Undo"):
        remove_activity(left, "b")


def test_confirming_needs_a_lead_for_the_lead(wall: Session) -> None:
    assert confirm(wall, "a").activity_by_id["a"].confirmed
    assert not confirm(wall, "b").activity_by_id["b"].lead_confirmed
    assert confirm(wall, "b", carried_lead="hos").activity_by_id["b"].confirmed


def test_an_open_point_is_walked_past_until_it_is_settled(wall: Session) -> None:
    said = record_open_point(wall, "b", "  Procurement or\nhead of service? ")
    assert said.activity_by_id["b"].open_point == "Procurement or head of service?"
    following = next_unconfirmed(said, "a")
    assert following is not None
    assert following.id == "c"
    assert confirm(said, "b").activity_by_id["b"].open_point == ""
    with pytest.raises(EditError):
        record_open_point(wall, "a", " ")


def test_all_reviewed_leaves_nothing_to_go_to(wall: Session) -> None:
    for activity in ("a", "b", "c"):
        wall = confirm(wall, activity, carried_lead="cm")
    assert next_unconfirmed(wall, "a") is None
