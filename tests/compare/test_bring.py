"""What the other day found comes here once, with where it is from; what is here stays."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings

from offwall import sample_sessions
from offwall.model.compare.bring import bring_session
from offwall.model.records.session import (
    Action,
    ActionKind,
    Activity,
    Issue,
    IssueCode,
    IssueStatus,
    Person,
    Role,
    Session,
    Stage,
    Word,
)
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, sessions

SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))
BRACKETS = loads(sample_sessions.path("brackets").read_text(encoding="utf-8"))

HERE = Session(
    people=(Person("p-here", "Jane  Doe"),),
    stages=(Stage("S1", "Begin"),),
    roles=(Role("cm", "Contract Manager", ("CM",)), Role("pro", "Procurement")),
    words=(Word("contract register", ("contract log",)),),
    issues=(Issue("i-here", "No  template", IssueCode.DOCUMENTATION),),
    actions=(Action("n-here", "Share the checklist", place=1, votes=2),),
)
THERE = Session(
    people=(Person("p-there", "Jane Doe"), Person("p-else", "Ann Other")),
    stages=(Stage("P1", "Tender"),),
    roles=(
        Role("man", "contract manager", ("Contracts Manager",)),
        Role("pro", "Programme Office"),
        Role("fin", "Finance"),
    ),
    words=(
        Word("Contract Register", ("contract list", "contract log")),
        Word("contract log"),
        Word("tender", ("bid",)),
    ),
    activities=(Activity("a-there", "P1", "Open the bids", lead="man"),),
    issues=(
        Issue("i-same", "no template", IssueCode.DOCUMENTATION),
        Issue("i-code", "No template", IssueCode.RISK),
        Issue("i-new", "Bids wait", activity="a-there", parked=True, raised_by="Ann"),
        Issue("i-shut", "Old", source="a survey", status=IssueStatus.CLOSED),
    ),
    actions=(
        Action("n-same", "share the CHECKLIST", votes=9),
        Action(
            "n-new",
            "Publish the pipeline",
            issue="i-same",
            activity="a-there",
            owner="man",
            helper="p-there",
            due=dt.date(2027, 1, 29),
            impact=4,
            effort=2,
            approval="director",
            needs=("legal",),
            votes=9,
            place=1,
        ),
        Action("n-own", "Ask", issue="i-new", owner="p-else", helper="the whole team"),
        Action("n-next", "Share the checklist", kind=ActionKind.NEXT_STEP, owner="pro"),
    ),
)


def test_roles_are_one_by_name_and_two_that_share_a_code_stay_two() -> None:
    found = bring_session(HERE, THERE, "procurement").session.roles
    assert [(role.code, role.name, role.also_called) for role in found] == [
        ("cm", "Contract Manager", ("CM", "Contracts Manager")),
        ("pro", "Procurement", ()),
        ("pro2", "Programme Office", ()),
        ("fin", "Finance", ()),
    ]


def test_a_code_that_is_the_same_with_a_slip_in_its_name_is_the_same_role() -> None:
    other = Session(roles=(Role("PRO", "Procurment"),))
    assert [role.code for role in bring_session(HERE, other, "x").session.roles] == ["cm", "pro"]


def test_words_are_united_and_what_is_not_said_here_is_left_out_aloud() -> None:
    brought = bring_session(HERE, THERE, "procurement")
    assert [(word.say, word.avoid) for word in brought.session.words] == [
        ("contract register", ("contract log", "contract list")),
        ("tender", ("bid",)),
    ]
    assert brought.left_out == ("Word left out: contract log, as contract register is said here.",)
    assert brought.words == 1


def test_issues_keep_what_they_say_with_their_source_and_where_they_were() -> None:
    brought = bring_session(HERE, THERE, "procurement")
    assert [one.id for one in brought.session.issues] == ["i-here", "i-code", "i-new", "i-shut"]
    parked = brought.session.issues[2]
    assert (parked.activity, parked.near, parked.parked) == ("", "Open the bids", True)
    assert (parked.source, parked.raised_by) == ("procurement", "Ann")
    assert brought.session.issues[3].source == "a survey"
    assert (brought.issues, brought.parked, brought.there) == (2, 1, 2)


def test_actions_come_with_their_scores_and_without_votes_and_places() -> None:
    session = bring_session(HERE, THERE, " procurement\n").session
    here, new, own, step = session.actions
    assert here == HERE.actions[0]
    assert new == replace(
        THERE.actions[1],
        issue="i-here",
        activity="",
        near="Open the bids",
        owner="cm",
        helper="p-here",
        votes=0,
        place=None,
        source="procurement",
    )
    assert (own.issue, own.owner, own.helper) == ("i-new", "Ann Other", "the whole team")
    assert (step.kind, step.owner) == (ActionKind.NEXT_STEP, "pro2")


def test_bringing_again_brings_nothing_even_where_it_was_edited_here_since() -> None:
    once = bring_session(HERE, THERE, "procurement").session
    assert bring_session(once, THERE, "procurement").session == once
    edited = replace(
        once,
        issues=tuple(replace(one, text=f"{one.text}!") for one in once.issues),
        actions=tuple(replace(one, text=f"{one.text}!", votes=3) for one in once.actions),
    )
    again = bring_session(edited, THERE, "procurement")
    ids = [one.id for one in again.session.actions]
    assert len(ids) == len(set(ids))
    # What was known by its words alone is new once the words differ; what was brought is not.
    assert ids[: len(once.actions)] == [one.id for one in once.actions]
    assert again.session.actions[1].votes == 3
    assert again.session.activities == ()


def test_a_copy_of_the_same_session_brings_nothing() -> None:
    for session in (SAMPLE, BRACKETS):
        brought = bring_session(session, session, "x")
        assert brought.session.issues == session.issues
        assert brought.session.actions == session.actions
        assert [role.code for role in brought.session.roles] == [r.code for r in session.roles]


@pytest.mark.slow
@given(sessions(), sessions())
@settings(max_examples=max(1, EXAMPLES // 4))
def test_anything_comes_once_and_nothing_that_is_here_goes(here: Session, there: Session) -> None:
    brought = bring_session(here, there, "day 1")
    session = brought.session
    for name in ("activities", "people", "stages", "tiers", "meetings", "board"):
        assert getattr(session, name) == getattr(here, name)
    assert session.issues[: len(here.issues)] == here.issues
    assert session.actions[: len(here.actions)] == here.actions
    for name in ("issues", "actions"):
        ids = [one.id for one in getattr(session, name)]
        assert len(ids) == len(set(ids))
    codes = [role.code for role in session.roles]
    assert len(codes) == len(set(codes))
    again = bring_session(session, there, "day 1")
    assert again.session.issues == session.issues
    assert again.session.actions == session.actions
    assert [role.code for role in again.session.roles] == codes
    assert again.session.words == session.words
    assert loads(dumps(session)) == session
