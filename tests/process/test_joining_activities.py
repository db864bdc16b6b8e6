"""Two activities become one and one becomes two, and nothing that was typed is lost."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from offwall.model.line.parse import parse
from offwall.model.line.render import render
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.activities import activity_above
from offwall.model.process.graph import EdgeKind, edges, edges_by_activity
from offwall.model.process.join_activities import join_activities, split_activity, split_id
from offwall.model.process.post_it import post_it_of
from offwall.model.records.fields import Table
from offwall.model.records.session import (
    END,
    Action,
    Activity,
    Board,
    Improve,
    Issue,
    IssueCode,
    Remark,
    Rhythm,
    Role,
    Route,
    Session,
    Stage,
    Topic,
    Treatment,
)
from offwall.model.records.text import EditError
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, HOSTILE

QUICK = settings(max_examples=max(1, EXAMPLES // 4))
"""A wall on which everything leads to everything takes long to draw."""

IDS = [f"a-{number}" for number in range(1, 6)]
ROLES = ["cm", "hos", "pro", "fin", "[/"]
WORDS = ["Sign the form", "SIGN  the form", "Pay @cm", "[PO]", "=1+1", "🧾", "é" * 500]

pointers_to = st.sampled_from([*IDS, "", "", END, "a-gone"])
some_roles = st.lists(st.sampled_from(ROLES), max_size=3, unique=True).map(tuple)
a_role = st.sampled_from(["", *ROLES])
a_text = st.sampled_from(WORDS)
a_word = st.sampled_from(["", "", *HOSTILE[:6]])
tiers = st.dictionaries(st.sampled_from(["gold", "bronze"]), st.sampled_from(Treatment))
some_tiers = tiers.map(lambda found: tuple(found.items()))


@st.composite
def routes(draw: st.DrawFn) -> Route:
    to = draw(pointers_to)
    words = "" if to else draw(st.sampled_from(["", "mobilisation plan", "[/"]))
    return Route(draw(st.sampled_from(["yes", "Yes", "no", "[PO]"])), to, words)


def activities(known: str) -> st.SearchStrategy[Activity]:
    return st.builds(
        Activity,
        id=st.just(known),
        stage=st.sampled_from(["S1", "S1", "S2"]),
        text=a_text,
        lead=a_role,
        also=some_roles,
        accountable=a_role,
        consulted=some_roles,
        informed=some_roles,
        decision=st.sampled_from(["", "Valid?", "valid?", "[PO]?"]),
        decided_by=a_role,
        limit=a_word,
        routes=st.lists(routes(), max_size=3).map(tuple),
        then=st.one_of(st.just(""), pointers_to, st.just("mobilisation plan")),
        documents=st.lists(st.sampled_from(["Form", "form", "[/", "Plan"]), max_size=3).map(tuple),
        timescale=a_word,
        note=a_word,
        sequence_confirmed=st.booleans(),
        lead_confirmed=st.booleans(),
        open_point=a_word,
        improve=st.none() | st.sampled_from(Improve),
        tiers=some_tiers,
    )


def issues(known: str) -> st.SearchStrategy[Issue]:
    code = st.none() | st.sampled_from(IssueCode)
    return st.builds(Issue, st.just(known), a_text, code, activity=pointers_to)


@st.composite
def walls(draw: st.DrawFn) -> Session:
    """A small wall on which everything points to everything."""
    to_issue = st.sampled_from(["", "i-1", "i-2", "i-3", "i-gone"])
    on = st.sampled_from([*IDS, "i-1", "n-1", "a-gone"])
    return Session(
        stages=(
            Stage("S1", "Set up", rhythm=draw(st.sampled_from(Rhythm)), tiers=draw(some_tiers)),
            Stage("S2", "Run"),
        ),
        roles=tuple(Role(code, draw(a_word)) for code in ROLES[:4]),
        activities=tuple(draw(activities(known)) for known in draw(st.permutations(IDS))),
        issues=tuple(draw(issues(f"i-{n}")) for n in (1, 2, 3)),
        actions=tuple(
            Action(f"n-{n}", draw(a_text), issue=draw(to_issue), activity=draw(pointers_to))
            for n in (1, 2)
        ),
        topics=(Topic("t-1", "issue", issue=draw(to_issue)),),
        remarks=tuple(Remark(f"r-{n}", draw(on), "Ask [PO]") for n in (1, 2)),
        board=draw(st.none() | st.builds(Board, gates=st.lists(on, max_size=3).map(tuple))),
    )


def pointers(session: Session) -> Iterator[str]:
    for activity in session.activities:
        yield activity.then
        yield from (route.to for route in activity.routes)
    for record in (*session.issues, *session.actions):
        yield record.activity
    yield from (record.issue for record in (*session.actions, *session.topics))
    yield from (remark.on for remark in session.remarks)
    yield from session.board.gates if session.board else ()


def lost(session: Session) -> set[str]:
    """Pointers that lead nowhere."""
    records = (*session.activities, *session.issues, *session.actions)
    return set(pointers(session)) - {record.id for record in records} - {"", END}


def folded(*texts: str) -> set[str]:
    return {" ".join(text.split()).casefold() for text in texts if text.strip()}


def named(activity: Activity) -> set[str]:
    people = (activity.lead, activity.accountable, activity.decided_by)
    return {*people, *activity.also, *activity.consulted, *activity.informed} - {""}


def joinable(session: Session) -> tuple[Activity, Activity]:
    """The first two on one stage."""
    for lower in session.in_order:
        if upper := activity_above(session, lower):
            return upper, lower
    raise AssertionError("five activities on two stages")


def with_activity(session: Session, known: str, **values: object) -> Session:
    activities = (
        replace(each, **values) if each.id == known else each  # type: ignore[arg-type]
        for each in session.activities
    )
    return replace(session, activities=tuple(activities))


@QUICK
@given(walls())
def test_nothing_points_to_what_is_gone_and_refs_follow(wall: Session) -> None:
    upper, lower = joinable(wall)
    after = join_activities(wall, lower.id)
    assert lower.id not in set(pointers(after))
    assert lost(after) <= lost(wall)
    order = [activity.id for activity in wall.in_order if activity is not lower]
    assert [activity.id for activity in after.in_order] == order
    assert after.ref_by_id[upper.id] == wall.ref_by_id[upper.id]


@QUICK
@given(walls())
def test_joining_keeps_all_that_was_typed(wall: Session) -> None:
    upper, lower = joinable(wall)
    one = join_activities(wall, lower.id).activity_by_id[upper.id]
    words = " ".join(" ".join((one.note, one.open_point)).split()).casefold()
    assert one.text == upper.text
    for text in folded(lower.text) - folded(upper.text):
        assert text in words
    for code in named(upper) | named(lower):
        assert code in named(one) or code in words
    documents = {name.casefold() for name in (*upper.documents, *lower.documents)}
    assert {name.casefold() for name in one.documents} == documents
    assert len(one.documents) <= len(upper.documents) + len(lower.documents)
    for each in (upper, lower):
        assert folded(each.decision) <= folded(one.decision) or each.decision.casefold() in words
        assert folded(each.timescale) <= {one.timescale.strip().casefold()} or (
            " ".join(each.timescale.split()).casefold()
            in " ".join(one.timescale.split()).casefold()
        )
        for text in folded(each.limit, each.note, each.open_point, each.improve or ""):
            assert text in words or text in folded(one.limit, one.improve or "")
        assert folded(*(r.answer for r in each.routes)) <= folded(*(r.answer for r in one.routes))
        assert {r.to_words for r in each.routes} <= {r.to_words for r in one.routes} | {""}


@QUICK
@given(walls())
def test_every_issue_and_action_stays_but_one_of_two_that_say_the_same(wall: Session) -> None:
    upper, lower = joinable(wall)
    after = join_activities(wall, lower.id)

    def said(session: Session) -> set[tuple[object, ...]]:
        at = {lower.id: upper.id}
        return {
            *(
                (each.code, each.text, at.get(each.activity, each.activity))
                for each in session.issues
            ),
            *((each.text, at.get(each.activity, each.activity)) for each in session.actions),
        }

    assert said(after) == said(wall)
    assert len(after.topics) == len(wall.topics)
    assert len(after.remarks) == len(wall.remarks)
    apart = [each for each in wall.issues if each.activity != lower.id]
    assert set(apart) <= set(after.issues)


@QUICK
@given(walls())
def test_the_others_change_in_nothing_but_where_they_lead(wall: Session) -> None:
    upper, lower = joinable(wall)
    after = join_activities(wall, lower.id)
    for was in wall.activities:
        if was not in (upper, lower):
            now = after.activity_by_id[was.id]
            assert replace(now, routes=(), then="") == replace(was, routes=(), then="")


@QUICK
@given(walls(), st.booleans())
def test_the_process_goes_where_it_went(wall: Session, upper_decides: bool) -> None:
    upper, lower = joinable(wall)
    # One of the two decides at most, and the upper leads to the lower: else they were no one step.
    wall = with_activity(wall, lower.id if upper_decides else upper.id, routes=())
    wall = with_activity(wall, upper.id, then="", text="Like no other")
    upper, lower = wall.activity_by_id[upper.id], wall.activity_by_id[lower.id]

    def led(session: Session, activity: Activity) -> list[tuple[str, str]]:
        at = {lower.id: upper.id}
        return [(at.get(edge.to, edge.to), edge.words) for edge in edges(session, activity)]

    after = join_activities(wall, lower.id)
    expected = led(wall, lower)
    if upper.routes:
        ways = edges(wall, upper)
        expected = [
            led(wall, lower)[0] if edge.to == lower.id else way
            for edge, way in zip(ways, led(wall, upper), strict=True)
        ]
    assert set(led(after, after.activity_by_id[upper.id])) == set(expected)


@QUICK
@given(walls())
def test_what_is_joined_can_be_filed_and_edited_by_its_line(wall: Session) -> None:
    upper, lower = joinable(wall)
    after = join_activities(wall, lower.id)
    assert loads(dumps(after)) == after
    note = post_it_of(after, upper.id)
    vocabulary = Vocabulary.of(after, dt.date(2026, 12, 10), upper.id)
    assert parse(render(note, vocabulary), vocabulary).note == note


@QUICK
@given(walls(), a_text, a_text, st.sampled_from(IDS))
def test_splitting_keeps_all_and_leads_on_through_both(
    wall: Session, first: str, second: str, known: str
) -> None:
    old = wall.activity_by_id[known]
    after = split_activity(wall, known, first, f"{second} afterwards", seed="s")
    one, two = after.activity_by_id[known], after.activity_by_id[split_id("s")]
    assert lost(after) == lost(wall)
    assert activity_above(after, two) == one
    assert [each.id for each in after.in_order if each is not two] == [
        each.id for each in wall.in_order
    ]
    assert [(e.to, e.kind) for e in edges(after, one)] == [(two.id, EdgeKind.NEXT)]
    assert edges(after, two) == tuple(replace(e, start=two.id) for e in edges(wall, old))
    rest = {"text": "", "decision": "", "decided_by": "", "limit": "", "routes": (), "then": ""}
    assert replace(one, **rest) == replace(old, **rest)
    assert (two.lead, two.accountable, two.tiers) == (old.lead, old.accountable, old.tiers)
    assert (two.decision, two.routes, two.then) == (old.decision, old.routes, old.then)
    assert (two.sequence_confirmed, two.lead_confirmed) == (False, False)
    assert (after.issues, after.actions, after.remarks) == (wall.issues, wall.actions, wall.remarks)


@QUICK
@given(walls())
def test_joining_what_was_split_gives_it_back_but_for_the_note(wall: Session) -> None:
    old = wall.in_order[0]
    assume(not old.routes or old.decision)
    two = split_activity(wall, old.id, old.text, "And then", seed="s")
    one = join_activities(two, split_id("s")).activity_by_id[old.id]
    assert folded(*one.note.split("; ")) >= folded("Also worded: And then")
    assert (one.lead, one.accountable, one.decision) == (old.lead, old.accountable, old.decision)
    assert {(r.to, r.to_words) for r in one.routes} == {(r.to, r.to_words) for r in old.routes}
    assert (one.then, one.tiers) == (old.then, old.tiers)


@pytest.fixture
def wall() -> Session:
    """Two post-its that say the same, found twice; one before and one after."""
    return Session(
        stages=(Stage("S1", "Set up", tiers=(("bronze", Treatment.LIGHT),)), Stage("S2", "Run")),
        roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service"), Role("dir", "")),
        activities=(
            Activity("z", "S1", "Begin", decision="Now?", routes=(Route("no", "b"), Route("go"))),
            Activity("a", "S1", "Sign the form", lead="cm", accountable="hos", informed=("fin",)),
            Activity("b", "S1", "Sign", lead="pro", accountable="dir", consulted=("cm",), then="c"),
            Activity("c", "S2", "Pay"),
        ),
    )


def test_the_upper_keeps_its_words_and_the_lower_s_are_in_the_note(wall: Session) -> None:
    one = join_activities(wall, "b").activity_by_id["a"]
    assert (one.text, one.lead, one.also) == ("Sign the form", "cm", ("pro",))
    assert one.note == "Also worded: Sign"
    assert one.open_point == "Accountable: Head of Service (hos) or dir?"
    assert (one.accountable, one.consulted, one.informed) == ("hos", (), ("fin",))
    assert one.then == "c"


def test_the_routes_of_others_follow(wall: Session) -> None:
    assert join_activities(wall, "b").activity_by_id["z"].routes == (Route("no", "a"), Route("go"))


def test_case_and_space_alone_are_not_noted(wall: Session) -> None:
    again = with_activity(wall, "b", text="SIGN  the form", accountable="hos")
    one = join_activities(again, "b").activity_by_id["a"]
    assert (one.note, one.open_point) == ("", "")


def test_a_lead_that_is_new_is_to_be_confirmed_again(wall: Session) -> None:
    agreed = wall
    for known in ("a", "b"):
        agreed = with_activity(
            agreed, known, accountable="hos", sequence_confirmed=True, lead_confirmed=True
        )
    one = join_activities(agreed, "b").activity_by_id["a"]
    assert (one.sequence_confirmed, one.lead_confirmed) == (True, False)
    same = join_activities(with_activity(agreed, "b", lead="cm"), "b").activity_by_id["a"]
    assert same.confirmed
    half = join_activities(with_activity(agreed, "b", lead="cm", sequence_confirmed=False), "b")
    assert (half.activity_by_id["a"].sequence_confirmed, half.activity_by_id["a"].confirmed) == (
        False,
        False,
    )


def test_two_decisions_give_one_with_the_answers_of_both(wall: Session) -> None:
    both = with_activity(
        wall, "a", decision="Valid?", routes=(Route("yes", "b"), Route("no", END)), limit="£5k"
    )
    both = with_activity(
        both,
        "b",
        decision="Approved?",
        decided_by="hos",
        limit="£9k",
        routes=(Route("Yes"), Route("never", "b"), Route("no", "a")),
    )
    one = join_activities(both, "b").activity_by_id["a"]
    assert one.decision == "Valid?"
    assert one.routes == (
        Route("yes"),
        Route("no", END),
        Route("never", "a"),
        Route("no", "a"),
    )
    assert (one.decided_by, one.limit) == ("", "£5k")
    assert one.note == (
        "Also worded: Sign; Also asked: Approved?; Also decided by: Head of Service (hos); "
        "Also limited: £9k"
    )


def test_an_answer_that_fell_to_the_lower_leads_where_that_led(wall: Session) -> None:
    asked = with_activity(wall, "a", decision="Valid?", routes=(Route("yes"), Route("no", END)))
    assert join_activities(asked, "b").activity_by_id["a"].routes == (
        Route("yes", "c"),
        Route("no", END),
    )
    later = with_activity(asked, "b", then="mobilisation plan")
    routes = join_activities(later, "b").activity_by_id["a"].routes
    assert routes[0] == Route("yes", to_words="mobilisation plan")


def test_back_to_the_lower_is_back_to_the_one_that_is_left(wall: Session) -> None:
    again = with_activity(wall, "a", decision="Valid?", routes=(Route("no", "a"), Route("go", "c")))
    again = with_activity(again, "b", routes=(Route("No", "b"), Route("stop", END)), then="")
    one = join_activities(again, "b").activity_by_id["a"]
    assert one.routes == (Route("no", "a"), Route("go", "c"), Route("stop", END))


def test_what_each_marks_and_where_each_jumps_is_said(wall: Session) -> None:
    marked = with_activity(wall, "a", improve=Improve.KEEP, then=END)
    marked = with_activity(marked, "b", text="Sign the form", improve=Improve.DROP)
    one = join_activities(marked, "b").activity_by_id["a"]
    assert (one.improve, one.then) == (Improve.KEEP, END)
    assert one.note == "Also leads to: Pay; Also marked: drop"


def test_the_stricter_treatment_of_a_tier_wins(wall: Session) -> None:
    no, light, yes = Treatment.NO, Treatment.LIGHT, Treatment.YES
    tiered = with_activity(wall, "a", tiers=(("bronze", no), ("gold", no), ("silver", light)))
    tiered = with_activity(tiered, "b", tiers=(("silver", yes),))
    # bronze is light by the stage, gold is yes where nothing is said
    one = join_activities(tiered, "b").activity_by_id["a"]
    assert dict(one.tiers) == {"bronze": light, "gold": yes, "silver": yes}


def test_one_of_two_issues_that_say_the_same_is_left_and_all_lead_to_it(wall: Session) -> None:
    twice = replace(
        wall,
        issues=(
            Issue("i-1", "Slow", IssueCode.TIME, activity="a"),
            Issue("i-2", "Slow", IssueCode.TIME, activity="b"),
            Issue("i-3", "Slow", IssueCode.RISK, activity="b"),
        ),
        actions=(Action("n-1", "Speed up", issue="i-2", activity="b"),),
        topics=(Topic("t-1", "issue", issue="i-2"),),
        remarks=(Remark("r-1", "i-2", "Yes"), Remark("r-2", "b", "No")),
        board=Board(gates=("b", "a", "the board")),
    )
    after = join_activities(twice, "b")
    assert [(issue.id, issue.activity) for issue in after.issues] == [("i-1", "a"), ("i-3", "a")]
    assert (after.actions[0].issue, after.actions[0].activity) == ("i-1", "a")
    assert after.topics[0].issue == "i-1"
    assert [remark.on for remark in after.remarks] == ["i-1", "a"]
    assert after.board is not None
    assert after.board.gates == ("a", "the board")


def test_words_that_meant_both_of_two_alike_mean_the_one_that_is_left(wall: Session) -> None:
    vague = with_activity(wall, "b", text="sign the form")
    vague = with_activity(vague, "c", then="sign the form")
    assert join_activities(vague, "b").activity_by_id["c"].then == "a"


def test_words_that_meant_one_of_two_are_not_taken_for_the_other(wall: Session) -> None:
    vague = with_activity(wall, "c", text="Sign here", then="sign")
    vague = with_activity(vague, "b", text="Sign there")
    vague = with_activity(vague, "a", text="Do")
    assert join_activities(vague, "b").activity_by_id["c"].then == "sign"


def test_what_a_newer_version_wrote_is_kept(wall: Session) -> None:
    newer = with_activity(wall, "b", extra=Table.of({"cost": 5, "mood": "good"}))
    newer = with_activity(newer, "a", extra=Table.of({"cost": 7}))
    assert join_activities(newer, "b").activity_by_id["a"].extra.thaw() == {
        "cost": 7,
        "mood": "good",
    }


@pytest.mark.parametrize(("known", "said"), [("z", "first of its stage"), ("gone", "Undo")])
def test_what_cannot_be_joined_is_refused(wall: Session, known: str, said: str) -> None:
    with pytest.raises(EditError, match=said):
        join_activities(wall, known)


def test_the_first_of_a_later_stage_is_not_joined_across(wall: Session) -> None:
    with pytest.raises(EditError, match="none above"):
        join_activities(wall, "c")


@pytest.mark.parametrize(
    ("known", "first", "second", "said"),
    [
        ("a", "Sign", " \n", "second one"),
        ("a", "\x00", "Send", "first one"),
        ("gone", "Sign", "Send", "Undo"),
    ],
)
def test_a_split_without_words_is_refused(
    wall: Session, known: str, first: str, second: str, said: str
) -> None:
    with pytest.raises(EditError, match=said):
        split_activity(wall, known, first, second, seed="s")


def test_the_second_takes_the_decision_and_answers_still_lead_to_the_first(wall: Session) -> None:
    asked = with_activity(
        wall, "a", decision="Valid?", decided_by="dir", limit="£5k", routes=(Route("no", "a"),)
    )
    asked = with_activity(asked, "z", then="a")
    after = split_activity(asked, "a", "Read  the form\x07", "Sign it", seed="s")
    one, two = after.activity_by_id["a"], after.activity_by_id[split_id("s")]
    assert (one.text, one.decision, one.routes) == ("Read the form", "", ())
    assert (two.text, two.decided_by, two.limit) == ("Sign it", "dir", "£5k")
    assert two.routes == (Route("no", "a"),)
    assert after.activity_by_id["z"].then == "a"
    assert [after.ref_by_id[known] for known in ("a", two.id, "b")] == ["S1.02", "S1.03", "S1.04"]


def test_a_route_in_words_finds_the_second_when_it_is_there(wall: Session) -> None:
    waiting = with_activity(wall, "c", then="file it")
    after = split_activity(waiting, "a", "Sign", "File it", seed="s")
    assert after.activity_by_id["c"].then == split_id("s")
    assert EdgeKind.MISSING not in {
        edge.kind for ways in edges_by_activity(after).values() for edge in ways
    }
