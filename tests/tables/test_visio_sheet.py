"""The Visio sheet, read as Data Visualizer reads it: a row a shape, lists matched by position."""

import pytest
from hypothesis import given

from offwall import sample_sessions
from offwall.model.process.graph import edges
from offwall.model.records.session import END, Activity, Rhythm, Role, Route, Session, Stage
from offwall.model.store.toml.load import loads
from offwall.model.tables.sheet import CellValue
from offwall.model.tables.visio import VISIO_SHEET
from tests.documents.drawn import processes

TYPES = {"Process", "Decision", "Start", "End", "Off-page reference"}
"""Of the types that Visio's flow charts know, those that a process of a council has."""


def sample(name: str) -> Session:
    return loads(sample_sessions.path(name).read_text("utf-8"))


def listed(value: CellValue) -> list[str]:
    """A cell as Visio takes it apart: at every comma."""
    return str(value).split(",") if value else []


def connectors(session: Session) -> list[tuple[str, str, str]]:
    """Each connector as Visio would draw it: from, to, label."""
    found = []
    for row in VISIO_SHEET.of(session).records():
        onward = listed(row["next"])
        labels = str(row["label"]).split(",") if onward else []
        assert len(labels) == len(onward) or not any(labels)
        found += [
            (str(row["step"]), to, label)
            for to, label in zip(onward, labels or [""] * len(onward), strict=True)
        ]
    return found


@pytest.mark.parametrize("name", ["contract-management", "cup-of-coffee", "brackets"])
def test_the_sheet_draws_what_the_session_says(name: str) -> None:
    session = sample(name)
    drawn = connectors(session)
    for activity in session.activities:
        ref = session.ref_by_id[activity.id]
        out = {to: label for source, to, label in drawn if source == ref}
        if activity.decision or len(activity.routes) > 1:
            assert out == {f"{ref} decides": ""}
            out = {to: label for source, to, label in drawn if source == f"{ref} decides"}
        if not activity.routes:
            assert len(out) == 1
            continue
        answers = [" ".join(one.answer.replace(",", " ").split()) for one in activity.routes]
        assert " or ".join(out.values()).count(" or ") == " or ".join(answers).count(" or ")
        for route, answer in zip(activity.routes, answers, strict=True):
            (to,) = [to for to, label in out.items() if answer in (label, *label.split(" or "))]
            if route.to == END:
                assert to == "End"
            elif route.to in session.activity_by_id:
                assert to == session.ref_by_id[route.to]
            elif route.to or route.to_words:
                assert to.startswith("Open ")


def test_a_comma_in_an_answer_does_not_shift_the_ones_after_it() -> None:
    session = Session(
        stages=(Stage("S1", "One"),),
        roles=(Role("cm", "Contract Manager"),),
        activities=(
            Activity(
                "a-1",
                "S1",
                "Score it",
                lead="cm",
                decision="Which?",
                routes=(
                    Route("Gold, silver, or both", to="a-2"),
                    Route("", to="a-1"),
                    Route("Bronze", to=END),
                ),
            ),
            Activity("a-2", "S1", "Go on"),
        ),
    )
    assert connectors(session) == [
        ("Start", "S1.01", ""),
        ("S1.01", "S1.01 decides", ""),
        ("S1.01 decides", "S1.02", "Gold silver or both"),
        ("S1.01 decides", "S1.01", ""),
        ("S1.01 decides", "End", "Bronze"),
        ("S1.02", "End", ""),
    ]


def test_two_answers_to_one_target_are_one_connector() -> None:
    routes = (Route("Extend", to="a-2"), Route("Stop", to=END), Route("Re-procure", to="a-2"))
    session = Session(
        stages=(Stage("S1", "One"),),
        activities=(
            Activity("a-1", "S1", "Decide", decision="What next?", routes=routes),
            Activity("a-2", "S1", "Go on"),
        ),
    )
    assert connectors(session)[2:4] == [
        ("S1.01 decides", "S1.02", "Extend or Re-procure"),
        ("S1.01 decides", "End", "Stop"),
    ]


def test_shape_types() -> None:
    session = Session(
        stages=(Stage("S1", "One", rhythm=Rhythm.ON_DEMAND),),
        activities=(
            Activity("a-1", "S1", "Do it"),
            Activity("a-2", "S1", "Ask", decision="Well?"),
            Activity("a-3", "S1", "Part", routes=(Route("x"), Route("y", to_words="the board"))),
            Activity("a-4", "S1", "Leave"),
        ),
    )
    shapes = {row["step"]: row["shape"] for row in VISIO_SHEET.of(session).records()}
    assert shapes == {
        "Start": "Start",
        "S1.01": "Process",
        "S1.02": "Process",
        "S1.02 decides": "Decision",
        "S1.03": "Process",
        "S1.03 decides": "Decision",
        "S1.04": "Process",
        "Open 1": "Off-page reference",
        "Open 2": "Off-page reference",
        "End": "End",
    }


@given(processes())
def test_any_process_makes_a_sheet_that_visio_can_draw(session: Session) -> None:
    rows = VISIO_SHEET.of(session).records()
    steps = [str(row["step"]) for row in rows]
    assert len(set(steps)) == len(steps)
    assert steps[0] == "Start"
    assert steps[-1] == "End"
    assert not [step for step in steps if "," in step or not step.strip()]
    for row in rows:
        assert row["shape"] in TYPES
        # Visio draws no step without a lane, and none without a phase.
        assert row["function"]
        assert row["phase"]
        assert set(listed(row["next"])) <= set(steps)
    assert not listed(rows[-1]["next"])
    # Two answers that lead to one step are one way, and nothing is decided there.
    ways = [
        (one, {edge.to or edge.words for edge in edges(session, one)}) for one in session.activities
    ]
    assert len(connectors(session)) == 1 + sum(
        len(to) + bool(activity.decision or len(to) > 1) for activity, to in ways
    )
