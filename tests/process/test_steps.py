import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.process.walk import ProcessWalk, WalkEnd, read_through, tier_view
from offwall.model.records.session import END, Activity, Rhythm, Route, Session, Stage, Treatment
from offwall.model.store.toml.load import loads
from tests.strategies import EXAMPLES, sessions

SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))
ONCE, CYCLE, ASKED = Rhythm.ONCE, Rhythm.CYCLE, Rhythm.ON_DEMAND
NO = (("bronze", Treatment.NO),)


def wall(stages: str, *activities: Activity) -> Session:
    """Stages by the first letters of their rhythms: ``oc`` is one done once, then a cycle."""
    rhythms = {"o": ONCE, "c": CYCLE, "d": ASKED}
    return Session(
        stages=tuple(Stage(f"S{n}", "", rhythm=rhythms[r]) for n, r in enumerate(stages, 1)),
        activities=activities,
    )


def told(reading: ProcessWalk) -> str:
    """The path as its ids and how often each was come to."""
    return " ".join(
        step.activity.id + (f"*{step.time}" if step.time > 1 else "") for step in reading.steps
    )


TASTE = wall(
    "o",
    Activity("brew", "S1", "Brew", lead="mak"),
    Activity("taste", "S1", "Taste", lead="dri", routes=(Route("Yes"), Route("No", "brew"))),
    Activity("pour", "S1", "Pour", lead="dri"),
    Activity("wash", "S1", "Wash", lead=""),
)


def test_a_question_waits_for_its_answer() -> None:
    reading = read_through(TASTE)
    assert (told(reading), reading.stop, reading.answered) == ("brew taste", WalkEnd.ASKED, 0)
    assert reading.steps[-1].taken is None
    assert [way.label for way in reading.steps[-1].ways] == ["Yes", "No"]
    for beyond in ([2], [-1]):
        assert read_through(TASTE, beyond) == reading


def test_a_way_round_is_counted_and_the_time_told() -> None:
    reading = read_through(TASTE, [1, 1, 0])
    assert told(reading) == "brew taste brew*2 taste*2 brew*3 taste*3 pour wash"
    assert (reading.stop, reading.rounds, reading.answered) == (WalkEnd.END, 2, 3)
    assert [step.taken.to for step in reading.steps if step.taken][-1] == END


def test_hand_offs_are_counted_on_the_path_and_nobody_is_no_one_to_hand_to() -> None:
    reading = read_through(TASTE, [1, 0])
    assert [reading.handed_over(place) for place in range(6)] == [
        *(False, True, True, True, False, False)
    ]
    assert reading.hand_offs == 3


def test_it_can_begin_anywhere_and_nowhere() -> None:
    assert told(read_through(TASTE, first="pour")) == "pour wash"
    for empty in (read_through(TASTE, first="a-gone"), read_through(Session())):
        assert (empty.steps, empty.stop, empty.hand_offs, empty.rounds) == (
            (),
            WalkEnd.NOTHING,
            0,
            0,
        )


def test_at_the_end_of_a_cycle_one_goes_round_or_on() -> None:
    session = wall("codo", *(Activity(f"s{n}", f"S{n}", "") for n in (1, 2, 3, 4)))
    reading = read_through(session)
    assert (told(reading), reading.stop) == ("s1", WalkEnd.ASKED)
    assert [way.to for way in reading.steps[-1].ways] == ["s1", "s2"]
    assert told(read_through(session, [0, 1])) == "s1 s1*2 s2 s4"
    assert read_through(wall("c", Activity("a", "S1", "")), [1]).stop is WalkEnd.END


def test_a_stage_on_demand_goes_back_to_the_question_that_called_it() -> None:
    session = wall(
        "od",
        Activity("ask", "S1", "Ask", routes=(Route("Change", "vary"), Route("Go on"))),
        Activity("pay", "S1", "Pay"),
        Activity("vary", "S2", "Vary"),
        Activity("sign", "S2", "Sign"),
    )
    assert told(read_through(session, [0, 1])) == "ask vary sign ask*2 pay"
    alone = read_through(session, first="vary")
    assert (told(alone), alone.stop) == ("vary sign", WalkEnd.LEAVE)


def test_a_jump_into_a_stage_on_demand_asks_nothing_so_nothing_is_gone_back_to() -> None:
    session = wall(
        "od", Activity("a", "S1", "", then="b"), Activity("c", "S1", ""), Activity("b", "S2", "")
    )
    reading = read_through(session)
    assert (told(reading), reading.stop) == ("a b", WalkEnd.LEAVE)


@pytest.mark.parametrize(
    ("then", "stop"),
    [("a", WalkEnd.ROUND), ("mobilisation plan", WalkEnd.OPEN), ("a-gone", WalkEnd.MISSING)],
)
def test_a_path_that_goes_no_further_says_why(then: str, stop: WalkEnd) -> None:
    reading = read_through(wall("o", Activity("a", "S1", ""), Activity("b", "S1", "", then=then)))
    assert (told(reading), reading.stop) == ("a b", stop)
    assert reading.steps[-1].taken


def test_a_tier_is_walked_over_what_it_leaves_out() -> None:
    session = wall(
        "co",
        Activity("a", "S1", ""),
        Activity("b", "S1", "", tiers=NO),
        Activity("c", "S1", ""),
        Activity("d", "S2", "", tiers=NO),
        Activity("e", "S2", ""),
    )
    view = tier_view(session, "bronze")
    assert told(read_through(session, [1], view=view)) == "a c e"
    assert told(read_through(session, [1])) == "a b c d e"
    nothing = tier_view(wall("o", Activity("a", "S1", "", tiers=NO)), "bronze")
    assert read_through(session, view=nothing).stop is WalkEnd.NOTHING


def test_the_sample_can_be_walked_to_its_end() -> None:
    answers: list[int] = []
    reading = read_through(SAMPLE)
    while reading.stop is WalkEnd.ASKED and len(answers) < 100:
        been = {step.activity.id for step in reading.steps}
        ways = reading.steps[-1].ways
        fresh = [n for n, way in enumerate(ways) if way.to not in been]
        answers.append(fresh[0] if fresh else len(ways) - 1)
        reading = read_through(SAMPLE, answers)
    assert reading.stop is WalkEnd.END
    assert reading.answered == len(answers)


@settings(max_examples=max(1, EXAMPLES // 4))
@given(sessions(), st.lists(st.integers(0, 3), max_size=6))
def test_any_session_can_be_walked(session: Session, answers: list[int]) -> None:
    for view in (None, tier_view(session, session.tiers[0].code) if session.tiers else None):
        reading = read_through(session, answers, view=view)
        assert bool(reading.steps) is (reading.stop is not WalkEnd.NOTHING)
        assert reading.answered <= len(answers)
        assert reading.rounds < len(reading.steps) or not reading.steps
        for step, following in zip(reading.steps, reading.steps[1:], strict=False):
            assert step.taken
            assert step.taken in step.ways
            assert step.taken.to == following.activity.id
