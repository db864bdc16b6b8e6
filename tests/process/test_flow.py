from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.process.graph import (
    EdgeKind,
    edges,
    edges_by_activity,
    hand_offs,
    is_dead_end,
    loops,
    reach,
    reachable,
    reversed_graph,
    start_activity,
    strong_components,
    unreachable,
    unreached_heads,
)
from offwall.model.process.walk import WalkEnd, read_through, tier_view, treatment
from offwall.model.records.session import (
    END,
    Activity,
    Rhythm,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
)
from offwall.model.review.checks import findings
from offwall.model.store.toml.load import loads
from tests.strategies import sessions

SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))


def wall(*columns: tuple[Rhythm, int], **changes: dict[str, object]) -> Session:
    """Stages S1, S2, ... of so many activities, named s1a, s1b, ...; some of them changed."""
    stages = tuple(
        Stage(f"S{n}", f"Stage {n}", rhythm=rhythm) for n, (rhythm, _) in enumerate(columns, 1)
    )
    activities = [
        Activity(f"s{n}{'abcdefgh'[place]}", f"S{n}", f"Step {n} {place}")
        for n, (_, size) in enumerate(columns, 1)
        for place in range(size)
    ]
    made = tuple(replace(one, **changes.get(one.id, {})) for one in activities)  # type: ignore[arg-type]
    return Session(stages=stages, activities=made)


def ways(session: Session, known: str) -> list[tuple[str, str, str]]:
    found = edges(session, session.activity_by_id[known])
    return [(edge.label, edge.to or edge.words, edge.kind.value) for edge in found]


def open_words(session: Session) -> list[str]:
    every = edges_by_activity(session).values()
    return [edge.words for ways in every for edge in ways if edge.kind is EdgeKind.OPEN]


def dead_ends(session: Session) -> list[str]:
    return [known for known, ways in edges_by_activity(session).items() if is_dead_end(ways)]


def walk_ids(session: Session, answers: Sequence[int] = (), first: str = "") -> tuple[str, ...]:
    """The ids that one comes through from ``first`` (else the start), perhaps up to `END`."""
    reading = read_through(session, answers, first)
    path = tuple(step.activity.id for step in reading.steps)
    return (*path, END) if reading.stop is WalkEnd.END else path


def ids(found: tuple[Activity, ...]) -> list[str]:
    return [activity.id for activity in found]


ONCE, CYCLE, ASKED = Rhythm.ONCE, Rhythm.CYCLE, Rhythm.ON_DEMAND


def test_a_stage_done_once_falls_through_over_empty_and_on_demand_stages_to_the_end() -> None:
    session = wall((ONCE, 2), (ONCE, 0), (ASKED, 1), (ONCE, 1), (ASKED, 1))
    assert ways(session, "s1a") == [("", "s1b", "next")]
    assert ways(session, "s1b") == [("", "s4a", "next")]
    assert ways(session, "s4a") == [("", END, "next")]
    assert ways(session, "s3a") == [("", "", "leave")]


def test_a_cycle_returns_to_its_own_first_activity() -> None:
    session = wall((ONCE, 1), (CYCLE, 3), (ONCE, 1))
    assert ways(session, "s2c") == [("", "s2a", "return")]
    assert ways(wall((CYCLE, 1)), "s1a") == [("", "s1a", "return")]


def test_routes_come_before_then_and_then_before_the_next() -> None:
    routes = (
        Route("Yes"),
        Route("No", "s1a"),
        Route("Later", "", "plan"),
        Route("Never", END),
        Route("Gone", "a-x"),
    )
    session = wall((ONCE, 3), s1b={"routes": routes, "then": "s1a"}, s1a={"then": "s1c"})
    assert ways(session, "s1a") == [("", "s1c", "then")]
    assert ways(session, "s1b") == [
        ("Yes", "s1c", "route"),
        ("No", "s1a", "route"),
        ("Later", "plan", "open"),
        ("Never", END, "route"),
        ("Gone", "a-x", "missing"),
    ]
    assert open_words(session) == ["plan"]


def test_an_answer_without_target_leaves_a_stage_on_demand_and_begins_a_cycle_again() -> None:
    asked = (Route("Done"), Route("Again", "s2a"))
    session = wall((ONCE, 1), (ASKED, 2), s2b={"routes": asked})
    assert ways(session, "s2b") == [("Done", "", "leave"), ("Again", "s2a", "route")]
    session = wall((CYCLE, 2), s1b={"routes": asked[:1]})
    assert ways(session, "s1b") == [("Done", "s1a", "route")]


def test_the_start_is_the_first_that_is_not_on_demand() -> None:
    assert start_activity(Session()) == ""
    assert start_activity(wall((ONCE, 0), (ASKED, 1), (CYCLE, 1))) == "s3a"
    assert start_activity(wall((ASKED, 1))) == "s1a"


def test_what_is_jumped_over_is_unreachable_and_each_part_is_told_once() -> None:
    session = wall((ONCE, 4), (ASKED, 3), s1a={"then": "s1d"})
    assert reachable(session) == {"s1a", "s1d"}
    assert ids(unreachable(session)) == ["s1b", "s1c", "s2a", "s2b", "s2c"]
    assert [(one.id, more) for one, more in unreached_heads(session)] == [("s1b", 1), ("s2a", 2)]


def test_a_stage_on_demand_is_reached_by_a_route() -> None:
    change = (Route("Yes", "s2a"), Route("No"))
    assert unreachable(wall((ONCE, 2), (ASKED, 2), s1a={"routes": change})) == ()


def test_a_cycle_goes_round_beside_the_stage_after_it_and_says_so_when_nothing_leads_out() -> None:
    session = wall((ONCE, 1), (CYCLE, 2), (ONCE, 1))
    assert unreachable(session) == ()
    assert [ids(loop) for loop in loops(session)] == [["s2a", "s2b"]]
    out = wall(
        (ONCE, 1), (CYCLE, 2), (ONCE, 1), s2a={"routes": (Route("On"), Route("Over", "s3a"))}
    )
    assert loops(out) == ()


@pytest.mark.parametrize("way", [Route("x", END), Route("x", "", "somewhere"), Route("x", "s2a")])
def test_a_loop_with_a_way_out_is_none(way: Route) -> None:
    back = (Route("Back", "s1a"), way)
    assert loops(wall((ONCE, 2), (ASKED, 1), s1b={"routes": back})) == ()


def test_a_jump_back_without_a_way_out_is_a_loop() -> None:
    session = wall((ONCE, 4), s1c={"then": "s1b"})
    assert [ids(loop) for loop in loops(session)] == [["s1b", "s1c"]]
    assert [ids(loop) for loop in loops(wall((ONCE, 2), s1a={"then": "s1a"}))] == [["s1a"]]


def test_a_dead_end_leads_to_nothing_known() -> None:
    session = wall(
        (ONCE, 3),
        s1a={"then": "a-gone"},
        s1b={"routes": (Route("Yes", "", "there"), Route("No", "", "here"))},
        s1c={"routes": (Route("Yes", "", "there"), Route("No"))},
    )
    assert dead_ends(session) == ["s1a", "s1b"]


def test_a_jump_to_words_is_an_open_target_and_one_to_an_id_that_is_gone_is_missing() -> None:
    session = wall((ONCE, 2), s1a={"then": "mobilisation plan"}, s1b={"then": "a-gone"})
    assert ways(session, "s1a") == [("", "mobilisation plan", "open")]
    assert ways(session, "s1b") == [("", "a-gone", "missing")]
    assert open_words(session) == ["mobilisation plan"]


def test_hand_offs_count_changes_of_lead_and_two_answers_to_one_place_once() -> None:
    both = (Route("Yes", "s1c"), Route("No", "s1c"))
    session = wall(
        (ONCE, 5),
        s1a={"lead": "cm"},
        s1b={"lead": "cm", "routes": both},
        s1c={"lead": "fin"},
        s1d={"lead": ""},
        s1e={"lead": "cm"},
    )
    assert hand_offs(session) == {("cm", "fin"): 1}


def test_a_walk_takes_the_answers_in_turn_and_stops_where_it_must() -> None:
    good = (Route("Yes"), Route("No", "s1a"))
    session = wall((ONCE, 3), s1b={"routes": good})
    assert walk_ids(session, (1, 0)) == ("s1a", "s1b", "s1a", "s1b", "s1c", END)
    assert walk_ids(session) == ("s1a", "s1b")
    assert walk_ids(session, (9,)) == ("s1a", "s1b")
    assert walk_ids(session, first="s1c") == ("s1c", END)
    assert walk_ids(session, first="a-gone") == ()
    assert walk_ids(wall((CYCLE, 2))) == ("s1a", "s1b")
    assert walk_ids(Session()) == ()


NO = (("bronze", Treatment.NO),)


def test_an_activity_is_treated_as_it_says_else_as_its_stage_says_else_fully() -> None:
    light = (("bronze", Treatment.LIGHT),)
    session = wall((ONCE, 2), (ONCE, 1), s1a={"tiers": NO})
    session = replace(session, stages=(replace(session.stages[0], tiers=light), session.stages[1]))
    found = [treatment(session, one, "bronze") for one in session.activities]
    assert found == [Treatment.NO, Treatment.LIGHT, Treatment.YES]
    assert treatment(session, session.activities[0], "gold") is Treatment.YES
    view = tier_view(session, "bronze")
    assert (ids(view.kept), ids(view.hidden)) == (["s1b", "s2a"], ["s1a"])
    assert (view.light, view.first) == ({"s1b"}, "s1b")


def test_hidden_steps_are_bridged_and_a_hidden_decision_is_not_asked() -> None:
    routes = (Route("Yes", "s1b"), Route("No", "s1d"))
    session = wall(
        (ONCE, 5),
        s1a={"routes": routes},
        s1b={"tiers": NO},
        s1c={"tiers": NO, "routes": (Route("Lost", "", "words"), Route("On", "s1e"))},
    )
    view = tier_view(session, "bronze")
    assert [(edge.label, edge.to) for edge in view.edges["s1a"]] == [("Yes", "s1e"), ("No", "s1d")]


def test_of_a_hidden_decision_s_answers_the_first_that_leads_to_anything_holds() -> None:
    def bridged(*routes: Route) -> tuple[str, str]:
        session = wall((ONCE, 4), s1b={"tiers": NO, "routes": routes})
        (edge,) = tier_view(session, "bronze").edges["s1a"]
        return edge.to or edge.words, edge.kind.value

    assert bridged(Route("Yes", "s1d"), Route("No", "s1c")) == ("s1d", "next")
    assert bridged(Route("Lost", "a-gone"), Route("No", END)) == (END, "next")
    assert bridged(Route("Later", "", "plan"), Route("Lost", "a-gone")) == ("plan", "open")


def test_a_tier_has_its_own_answers_and_asks_nothing_that_has_one_outcome() -> None:
    tiers = (Tier("gold", "Gold"), Tier("silver", "Silver"), Tier("bronze", "Bronze"))
    routes = (
        Route("Gold or silver", "s1b"),
        Route("Bronze contracts", "s1c"),
        Route("No gold standard", "s1d"),
    )
    same = (Route("Yes", "s1e"), Route("No", "s1e"))
    session = wall((ONCE, 5), s1a={"routes": routes}, s1b={"routes": same})
    session = replace(session, tiers=tiers)
    bronze, gold = tier_view(session, "bronze").edges, tier_view(session, "gold").edges
    assert [edge.label for edge in bronze["s1a"]] == ["Bronze contracts", "No gold standard"]
    assert [edge.label for edge in gold["s1a"]] == ["Gold or silver", "No gold standard"]
    assert [(edge.label, edge.to) for edge in bronze["s1b"]] == [("", "s1e")]
    # Where all answers name other tiers, none is left out: it is not known what holds.
    only = replace(session, tiers=(Tier("x", "X"), *tiers[:1]))
    short = wall((ONCE, 3), s1a={"routes": (Route("Gold", "s1b"), Route("gold tier", "s1c"))})
    assert len(tier_view(replace(short, tiers=only.tiers), "x").edges["s1a"]) == 2


def test_a_step_that_a_tier_leads_past_is_told() -> None:
    routes = (Route("Met", "s1d"), Route("Not met", "s1c"))
    session = wall((ONCE, 4), s1b={"tiers": NO, "routes": routes}, s1c={"then": "s1d"})
    session = replace(session, tiers=(Tier("bronze", "Bronze"), Tier("gold", "Gold")))
    assert tier_view(session, "bronze").unled == {"s1c"}
    assert tier_view(session, "gold").unled == frozenset()
    (found,) = [one for one in findings(session) if one.kind == "tier leads past"]
    assert found.text.startswith("Bronze: nothing leads to S1.03;")


def test_hidden_steps_that_only_go_round_lead_nowhere_instead_of_hanging() -> None:
    session = wall((ONCE, 1), (CYCLE, 2), s2a={"tiers": NO}, s2b={"tiers": NO})
    (edge,) = tier_view(session, "bronze").edges["s1a"]
    assert (edge.to, edge.kind) == ("", EdgeKind.LEAVE)


def test_a_tier_that_keeps_nothing_ends_at_once() -> None:
    view = tier_view(wall((ONCE, 1), s1a={"tiers": NO}), "bronze")
    assert (view.kept, view.first) == ((), END)


def test_the_sample_leads_everywhere_and_bronze_is_less_than_half_of_it() -> None:
    assert (unreachable(SAMPLE), dead_ends(SAMPLE), loops(SAMPLE)) == ((), [], ())
    kept = {tier: len(tier_view(SAMPLE, tier).kept) for tier in ("gold", "silver", "bronze")}
    assert kept == {"gold": 48, "silver": 43, "bronze": 21}


@pytest.mark.slow
def test_ten_thousand_in_one_chain_need_no_deep_stack() -> None:
    size = 10_000
    chain = tuple(
        Activity(f"a{n}", "S1", "Step", tiers=NO if n % 5_000 else ()) for n in range(size)
    )
    session = Session(stages=(Stage("S1", "One"),), activities=chain)
    assert len(reachable(session)) == size
    assert loops(session) == ()
    assert tier_view(session, "bronze").edges["a0"][0].to == "a5000"
    assert len(walk_ids(session)) == size + 1


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    nodes = [f"n{number}" for number in range(draw(st.integers(0, 9)))]
    targets = st.lists(st.sampled_from(nodes), max_size=3) if nodes else st.just([])
    return {node: draw(targets) for node in nodes}


@given(graphs())
def test_components_are_the_mutually_reachable_and_come_before_what_they_lead_to(
    ways: dict[str, list[str]],
) -> None:
    found = strong_components(ways)
    assert sorted(node for part in found for node in part) == sorted(ways)
    from_each = {node: reach(ways, [node]) for node in ways}
    for place, part in enumerate(found):
        mutual = {node for node in from_each[part[0]] if part[0] in from_each[node]}
        assert set(part) == mutual
        earlier = {node for before in found[:place] for node in before}
        assert from_each[part[0]].isdisjoint(earlier)
    assert {node: sorted(to) for node, to in reversed_graph(reversed_graph(ways)).items()} == {
        node: sorted(to) for node, to in ways.items()
    }


@pytest.mark.slow
@given(sessions())
def test_any_session_can_be_asked_everything(session: Session) -> None:
    known = set(session.activity_by_id)
    every = edges_by_activity(session)
    assert set(every) == known
    assert all(found for found in every.values())
    for edge in (edge for found in every.values() for edge in found):
        assert (edge.to in known or edge.to == END) is (
            edge.kind not in (EdgeKind.LEAVE, EdgeKind.OPEN, EdgeKind.MISSING)
        )
    assert reachable(session) | {one.id for one in unreachable(session)} == known
    assert sum(more + 1 for _, more in unreached_heads(session)) == len(unreachable(session))
    assert set(walk_ids(session, [0] * 5)) <= known | {END}
    assert hand_offs(session).total() <= sum(map(len, every.values()))
    for tier in ("gold", *(tier.code for tier in session.tiers)):
        view = tier_view(session, tier)
        assert len(view.kept) + len(view.hidden) == len(session.in_order)
        left = {one.id for one in view.kept}
        assert {edge.to for found in view.edges.values() for edge in found} <= left | {END, ""}
