"""What the map says to the questions of process mapping; a proposal counted again plainly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import (
    Activity,
    Improve,
    Issue,
    IssueCode,
    Rhythm,
    Route,
    Session,
    Stage,
)
from offwall.model.records.text import EditError
from offwall.model.store.presets.catalogues import challenge_questions
from offwall.model.topics.improvement import (
    LONG,
    ImprovementEvidence,
    ProcessFigures,
    as_is,
    compare_figures,
    next_improve,
    note_activity,
    process_figures,
    set_improve,
    side_by_side,
    to_be,
)


def wall(*leads: str, rhythm: Rhythm = Rhythm.ONCE) -> Session:
    """A stage of activities a0, a1 ... with these leads."""
    activities = tuple(
        Activity(f"a-{n}", "S1", f"Step {n}", lead=lead) for n, lead in enumerate(leads)
    )
    return Session(stages=(Stage("S1", "One", rhythm=rhythm),), activities=activities)


def changed(session: Session, place: int, **values: object) -> Session:
    activities = list(session.activities)
    activities[place] = replace(activities[place], **values)  # type: ignore[arg-type]
    return replace(session, activities=tuple(activities))


def test_a_long_run_is_four_with_one_lead_and_not_three() -> None:
    three, four = wall("cm", "cm", "cm", "pro"), wall("cm", "cm", "cm", "cm", "pro")
    assert "needed" not in ImprovementEvidence(three).of("a-0")
    said = ImprovementEvidence(four)
    for n in range(LONG):
        assert said.of(f"a-{n}")["needed"] == "S1.01 to S1.04: 4 in a row that cm leads"
    assert "needed" not in said.of("a-4")
    assert "needed" not in ImprovementEvidence(wall("", "", "", "")).of("a-0")


def test_there_and_back_is_said_of_the_one_between() -> None:
    said = ImprovementEvidence(wall("cm", "fin", "cm", "cm"))
    assert said.of("a-1")["earlier"] == "S1.01 to S1.03: from cm to fin and back"
    assert said.tells("a-1")
    assert "earlier" not in said.of("a-0")
    assert "earlier" not in said.of("a-2")
    assert "earlier" not in ImprovementEvidence(wall("cm", "", "cm")).of("a-1")
    assert "earlier" not in ImprovementEvidence(wall("cm", "fin", "pro")).of("a-1")


def test_a_loop_is_said_where_it_turns_and_on_the_way() -> None:
    routes = (Route("Yes", to="end"), Route("[/ No", to="a-1"))
    session = changed(wall("a", "b", "c", "d"), 3, decision="Done?", routes=routes)
    said = ImprovementEvidence(session)
    assert said.of("a-3")["loop"] == "“[/ No” leads back to S1.02"
    assert said.of("a-1")["loop"] == said.of("a-2")["loop"] == "done again after “[/ No” at S1.04"
    assert "loop" not in said.of("a-0")
    assert said.tells("a-3")
    assert not said.tells("a-1")


def test_the_tightest_loop_is_the_one_that_is_told() -> None:
    session = changed(wall(*"abcd"), 2, routes=(Route("Again", to="a-1"), Route("On")))
    session = changed(session, 3, routes=(Route("All", to="a-0"), Route("On", to="end")))
    said = ImprovementEvidence(session)
    assert said.of("a-1")["loop"] == "done again after “Again” at S1.03"
    assert said.of("a-0")["loop"] == "done again after “All” at S1.04"


def test_a_cycle_that_returns_by_design_is_no_loop_to_stop() -> None:
    assert all(
        "loop" not in ImprovementEvidence(wall(*"ab", rhythm=Rhythm.CYCLE)).of(f"a-{n}")
        for n in (0, 1)
    )
    itself = changed(wall("a", "b"), 0, routes=(Route("Again", to="a-0"), Route("On")))
    assert ImprovementEvidence(itself).of("a-0")["loop"] == "“Again” leads back to S1.01"


def test_what_comes_before_out_and_when() -> None:
    session = changed(wall("cm", "fin", "fin", "pro"), 0, documents=("Form",), timescale="5 days")
    session = changed(session, 2, decision="Valid?", then="end")
    session = replace(session, issues=(Issue("i-1", "Late", IssueCode.TIME, activity="a-1"),))
    said = ImprovementEvidence(session)
    assert said.of("a-0")["value"] == "comes out: Form"
    assert said.of("a-0")["planning"] == "timescale: 5 days"
    assert said.of("a-1")["value"] == "no document and no decision is recorded"
    assert said.of("a-1")["planning"] == "time risk: Late"
    assert said.of("a-1")["same-time"].startswith("S1.01 before it has another lead, cm")
    assert "same-time" not in said.of("a-2")
    assert said.of("a-3")["same-time"] == "S1.03 before it does not lead to it"
    assert said.of("nowhere") == {}


@pytest.mark.parametrize("name", ["contract-management", "brackets", "empty", "cup-of-coffee"])
def test_every_sample_is_read(name: str) -> None:
    session = store.read_session(sample_sessions.path(name))
    said = ImprovementEvidence(session)
    abouts = {question.about for question in challenge_questions()}
    assert all(set(said.of(one.id)) <= abouts for one in session.activities)


def counted_again(session: Session, left_out: Improve) -> ProcessFigures:
    """Steps, decisions and hand-offs of a process in one stage without routes, step by step."""
    left = [one for one in session.activities if one.improve != left_out]
    changes = 0
    for n in range(1, len(left)):
        if left[n - 1].lead and left[n].lead and left[n - 1].lead != left[n].lead:
            changes += 1
    asked = [one for one in left if one.decision or one.decided_by or one.limit]
    return ProcessFigures(len(left), len(asked), changes)


STEP = st.tuples(
    st.sampled_from(["", "cm", "fin", "pro"]),
    st.sampled_from([None, *Improve]),
    st.sampled_from(["", "Valid?"]),
    st.sampled_from(["", "to £5k"]),
)


@given(st.lists(STEP, max_size=12))
def test_the_figures_are_those_of_a_plain_count(
    steps: list[tuple[str, Improve | None, str, str]],
) -> None:
    session = wall(*(lead for lead, *_ in steps))
    for place, (_, improve, decision, limit) in enumerate(steps):
        session = changed(session, place, improve=improve, decision=decision, limit=limit)
    assert process_figures(as_is(session)) == counted_again(session, Improve.NEW)
    assert process_figures(to_be(session)) == counted_again(session, Improve.DROP)


def test_two_answers_to_one_activity_are_one_hand_off() -> None:
    routes = (Route("A", to="a-1"), Route("B", to="a-1"))
    assert process_figures(as_is(changed(wall("cm", "fin"), 0, routes=routes))).hand_offs == 1


def test_what_a_proposal_saves_is_said_and_nothing_is_said_without_a_wall() -> None:
    assert "after part 2" in compare_figures(Session())
    assert side_by_side(Session()) == ""
    session = wall("cm", "fin", "cm")
    assert "nothing is marked" in compare_figures(session)
    session = changed(session, 1, improve=Improve.DROP)
    assert compare_figures(session).endswith("saves 1 step, 2 hand-offs")
    assert side_by_side(session) == "3 steps -> 2, 0 decisions, 2 hand-offs -> 0"
    session = changed(wall("cm", "fin", "cm"), 1, improve=Improve.NEW)
    assert compare_figures(session).endswith("adds 1 step, 2 hand-offs")


def test_tiers_of_a_name_like_a_mark_change_nothing() -> None:
    session = wall("cm", "fin")
    stage = replace(session.stages[0], tiers=(("drop", "no"), ("new", "no")))
    assert process_figures(to_be(replace(session, stages=(stage,)))).steps == 2


def test_a_mark_is_set_and_goes_round() -> None:
    session = wall("cm")
    seen = []
    for _ in range(5):
        session = next_improve(session, "a-0")
        seen.append(session.activities[0].improve)
    assert seen == [*Improve, None]
    marked = set_improve(session, "a-0", "drop")
    assert marked.activities[0].improve is Improve.DROP
    assert set_improve(marked, "a-0", "") == session
    for wrong in ("Drop", "[/", "0"):
        with pytest.raises(EditError, match="keep, change, drop and new"):
            set_improve(session, "a-0", wrong)
    with pytest.raises(EditError, match="no longer"):
        set_improve(session, "a-9", "drop")
    assert note_activity(session, "a-0", " [/ =1+1 ").activities[0].note == "[/ =1+1"
