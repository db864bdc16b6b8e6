"""The wall's columns, and what its notes say."""

from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.session import Activity, Role, Route, Session, Stage
from offwall.model.tables.wall import LANES, WallColumn, wall_columns, wall_note

STAGES = (Stage("S1", "Set up"), Stage("S2", "Run"), Stage("S3", "Leave"))


def session(*activities: Activity) -> Session:
    return Session(stages=STAGES, roles=(Role("cm", "Contract Manager"),), activities=activities)


def said(session: Session, lane: str, *, codes: str = "", names: bool = False) -> list[str]:
    parts = wall_note(session, session.activities[0], lane, codes=codes, names=names)
    return ["".join(text for text, _ in part) for part in parts]


def test_columns_stand_as_the_wall_reads_and_an_empty_stage_keeps_its_place() -> None:
    wall = session(Activity("a-3", "S3", "Third"), Activity("a-1", "S1", "First"))
    assert wall_columns(wall) == (
        WallColumn("S1", "a-1"),
        WallColumn("S2"),
        WallColumn("S3", "a-3"),
    )
    assert wall_columns(Session()) == ()


def test_only_the_activities_that_are_shown_have_columns() -> None:
    wall = session(Activity("a-1", "S1", "First"), Activity("a-3", "S3", "Third"))
    assert wall_columns(wall, {"a-3"}) == (WallColumn("S3", "a-3"),)
    assert wall_columns(wall, ()) == ()


def test_every_activity_of_a_real_wall_has_one_column(sample: Path) -> None:
    wall = store.read_session(sample)
    assert [spot.activity for spot in wall_columns(wall)] == [one.id for one in wall.in_order]
    assert all(
        spot.stage == wall.activity_by_id[spot.activity].stage for spot in wall_columns(wall)
    )


@pytest.mark.parametrize(
    ("fields", "head"),
    [
        ({}, "S1.01 !DG"),
        ({"sequence_confirmed": True}, "S1.01 place ✓ !DG"),
        ({"sequence_confirmed": True, "lead_confirmed": True}, "S1.01 ✓ !DG"),
        ({"sequence_confirmed": True, "open_point": "Who?"}, "S1.01 open !DG"),
    ],
)
def test_the_activity_says_its_ref_its_state_and_its_codes(
    fields: dict[str, object], head: str
) -> None:
    wall = session(replace(Activity("a-1", "S1", "Score [PO]"), **fields))
    assert said(wall, "activity", codes="DG") == [head, "Score [PO]"]


def test_people_go_by_code_or_by_name_and_nobody_is_said() -> None:
    wall = session(Activity("a-1", "S1", "x", lead="cm", also=("xyz",), informed=("cm",)))
    assert said(wall, "people") == ["R cm, xyz", "A nobody yet", "I cm"]
    named = ["R Contract Manager, xyz", "A nobody yet", "I Contract Manager"]
    assert said(wall, "people", names=True) == named
    assert said(session(Activity("a-1", "S1", "x")), "people")[0] == "R nobody yet"


def test_a_decision_says_where_each_answer_leads() -> None:
    routes = (
        Route("yes"),
        Route("no", to="a-3"),
        Route("perhaps", to_words="mobilisation plan"),
        Route("gone", to="a-9"),
        Route("stop", to="end"),
    )
    wall = session(
        Activity("a-1", "S1", "x", decision="Which?", routes=routes),
        Activity("a-3", "S3", "y"),
    )
    assert said(wall, "decision") == [
        "? Which?",
        "yes -> S3.01",
        "no -> S3.01",
        "perhaps -> mobilisation plan (open)",
        "gone -> a removed activity",
        "stop -> end",
    ]
    looks = [part[-1][1] for part in wall_note(wall, wall.activities[0], "decision")]
    assert looks == ["", "", "", "open", "wrong", ""]


def test_a_decision_without_answers_says_so_and_a_jump_stands_in_the_same_lane() -> None:
    asked = Activity("a-1", "S1", "x", decision="Which?")
    assert said(session(asked), "decision") == ["? Which?", "no answers yet"]
    assert said(session(Activity("a-1", "S1", "x", then="end")), "decision") == ["-> end"]
    assert said(session(Activity("a-1", "S1", "x")), "decision") == []


def test_documents_stand_one_a_part() -> None:
    wall = session(Activity("a-1", "S1", "x", documents=("=1+1", "Risk log")))
    assert said(wall, "documents") == ["+ =1+1", "+ Risk log"]


def test_hostile_text_is_said_as_it_is(brackets: Path) -> None:
    wall = store.read_session(brackets)
    for activity in wall.activities:
        parts = {lane: wall_note(wall, activity, lane) for lane in LANES}
        assert parts["activity"][1] == ((activity.text, ""),)
        assert [part[0][0] for part in parts["documents"]] == [f"+ {d}" for d in activity.documents]
