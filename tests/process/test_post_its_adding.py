"""Keeping lines: what a new activity gets, what adding changes, and where routes lead."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.line.parse import parse, parse_lines
from offwall.model.line.pasted import read_pasted
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.activities import find_target
from offwall.model.process.keep_post_its import (
    AddedPostIts,
    add_loose_records,
    add_post_it,
    add_post_its,
    add_to_activity,
    new_activity_id,
)
from offwall.model.process.post_it import PostIt
from offwall.model.records.session import (
    END,
    Activity,
    Issue,
    IssueCode,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
)
from offwall.model.records.text import EditError
from tests.strategies import HOSTILE

TODAY = dt.date(2026, 12, 10)
SESSION = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "Run"), Stage("S3", "End")),
    roles=(Role("cm", "Contract Manager"), Role("hos", "Head of Service"), Role("fin", "Finance")),
    tiers=(Tier("gold", "Gold"), Tier("silver", "Silver")),
    activities=(
        Activity("a-1", "S1", "Appoint the manager", lead="cm", accountable="hos", also=("fin",)),
        Activity("a-2", "S1", "Hold the meeting"),
        Activity("a-3", "S3", "Close the contract"),
    ),
)


def said(line: str, session: Session = SESSION, adding_to: str = "") -> PostIt:
    return parse(line, Vocabulary.of(session, TODAY, adding_to)).note


def kept(line: str, session: Session = SESSION, stage: str = "S1", **options: str) -> Session:
    return add_post_it(session, said(line, session), stage=stage, seed="s", **options)


def adding(line: str, activity: str, session: Session = SESSION) -> Activity:
    new = add_to_activity(session, activity, said(line, session, activity), "s")
    return new.activity_by_id[activity]


def pasted(*lines: str, session: Session = SESSION, adding_to: str = "") -> AddedPostIts:
    parsed = parse_lines(read_pasted("\n".join(lines)).lines, session, TODAY, adding_to)
    notes = [(line.note, line.way) for line in parsed]
    return add_post_its(session, notes, stage="S1", seed="s", adding_to=adding_to)


def new_in(added: AddedPostIts) -> list[str]:
    made = dict.fromkeys(filter(None, added.activities))
    return [one for one in made if one not in SESSION.activity_by_id]


def the_new(session: Session) -> Activity:
    return session.activity_by_id[new_activity_id("s")]


def test_a_line_makes_all_that_it_says() -> None:
    new = kept(
        "Score it @cm,fin a:hos c:fin i:cm ?Which tier >gold >none=end +Card +card !g no rule "
        "*Pilot it @fin by 2w ^who pays? %gold=light w:in May n:see file"
    )
    made = the_new(new)
    assert made == Activity(
        made.id,
        "S1",
        "Score it",
        lead="cm",
        also=("fin",),
        accountable="hos",
        consulted=("fin",),
        informed=("cm",),
        decision="Which tier",
        routes=(Route("gold"), Route("none", to=END)),
        documents=("Card",),
        timescale="in May",
        note="see file",
        tiers=(("gold", Treatment.LIGHT),),
    )
    issue, parked = new.issues
    assert (issue.text, issue.code, issue.activity) == ("no rule", IssueCode.GOVERNANCE, made.id)
    assert (parked.text, parked.parked, parked.code) == ("who pays?", True, None)
    (action,) = new.actions
    assert (action.text, action.owner, action.due) == ("Pilot it", "fin", dt.date(2026, 12, 24))
    assert action.activity == made.id
    assert new.roles == SESSION.roles


@pytest.mark.parametrize(
    ("line", "options", "order"),
    [
        ("New", {}, ["a-1", "a-2", "new", "a-3"]),
        ("New", {"after": "a-1"}, ["a-1", "new", "a-2", "a-3"]),
        ("New", {"after": "a-2"}, ["a-1", "a-2", "new", "a-3"]),
        ("New", {"before": "a-1"}, ["new", "a-1", "a-2", "a-3"]),
        ("New", {"before": "a-2"}, ["a-1", "new", "a-2", "a-3"]),
        ("New", {"after": "a-3"}, ["a-1", "a-2", "a-3", "new"]),
        ("New /S2", {"after": "a-1"}, ["a-1", "a-2", "new", "a-3"]),
        ("New /S3", {}, ["a-1", "a-2", "a-3", "new"]),
    ],
)
def test_where_it_goes(line: str, options: dict[str, str], order: list[str]) -> None:
    new = kept(line, **options)
    names = {new_activity_id("s"): "new"}
    assert [names.get(found.id, found.id) for found in new.in_order] == order


def test_people_carried_over_give_way_to_what_is_said() -> None:
    carried = {"lead": "cm", "accountable": "hos"}
    assert (the_new(kept("New", **carried)).lead) == "cm"
    assert (the_new(kept("New", **carried)).accountable) == "hos"
    assert the_new(kept("New @fin a:cm", **carried)).lead == "fin"
    assert the_new(kept("New @? a:?", **carried)).lead == ""
    assert the_new(kept("New @? a:?", **carried)).accountable == ""
    assert the_new(kept("New r:cm,fin", **carried)).also == ("fin",)
    assert the_new(kept("New")).lead == ""


def test_ditto_is_the_people_of_the_note_before() -> None:
    made = the_new(kept('New " c:cm', after="a-1"))
    assert (made.lead, made.also, made.accountable) == ("cm", ("fin",), "hos")
    assert made.consulted == ("cm",)
    assert the_new(kept('New @hos "', after="a-1")).lead == "hos"
    assert adding('"', "a-2").accountable == "hos"
    one = Session(stages=SESSION.stages, roles=SESSION.roles, activities=SESSION.activities[:1])
    assert the_new(kept('New /S3 "', one)).lead == "cm"
    over = the_new(kept('New "', after="a-1", lead="hos", accountable="cm"))
    assert (over.lead, over.accountable) == ("cm", "hos")
    assert adding('"', "a-1").lead == "cm"


def test_a_role_that_nobody_knew_is_made_once() -> None:
    new = kept("New @xyz c:xyz,Comms i:XYZ a:hos")
    assert new.roles[3:] == (Role("xyz", "Xyz"), Role("comms", "Comms"))
    made = the_new(new)
    assert (made.lead, made.consulted, made.informed) == ("xyz", ("xyz", "comms"), ("xyz",))
    assert made.text == "New"
    sponsor = kept('New @"Contract (main) sponsor"').roles[-1]
    assert sponsor == Role("contract-main-sponsor", "Contract (main) Sponsor")


def test_a_new_role_never_takes_the_code_of_another() -> None:
    session = Session(stages=SESSION.stages, roles=(Role("a-b", "Alpha Beta"),))
    assert kept("New @a_b", session).roles[-1] == Role("a-b-2", "A_b")


def test_an_issue_without_words_gets_what_its_code_means() -> None:
    assert [issue.text for issue in kept("New !dt").issues] == ["Gap in documentation", "Time risk"]


def test_one_tier_only() -> None:
    assert the_new(kept("New %gold")).tiers == (
        ("gold", Treatment.YES),
        ("silver", Treatment.NO),
    )


def test_what_adding_replaces_and_what_it_adds() -> None:
    session = kept("Old @cm a:hos c:fin ?Ok >yes=end >no +Form !r late *Ask @cm w:May n:x %gold=no")
    old = the_new(session)
    line = (
        "@fin,hos a:cm c:cm,fin ?Sure >No=end >maybe +form +Card !r late !g rule *Ask *Tell w:June "
        "n:y %silver=light /S2 ^later"
    )
    new = add_to_activity(session, old.id, said(line, session, old.id), "t")
    assert new.activity_by_id[old.id] == Activity(
        old.id,
        "S2",
        "Old",
        lead="fin",
        also=("hos",),
        accountable="cm",
        consulted=("fin", "cm"),
        decision="Sure",
        routes=(Route("yes", to=END), Route("no", to=END), Route("maybe")),
        documents=("Form", "Card"),
        timescale="June",
        note="y",
        tiers=(("gold", Treatment.NO), ("silver", Treatment.LIGHT)),
    )
    assert [issue.text for issue in new.issues] == ["late", "rule", "later"]
    assert [action.text for action in new.actions] == ["Ask", "Tell"]


def test_adding_leaves_what_it_does_not_say() -> None:
    assert adding("+Form", "a-1").lead == "cm"
    assert adding("@hos", "a-1").also == ("fin",)
    assert adding("@fin", "a-1").also == ()
    assert adding("@?", "a-1").lead == ""
    assert adding("c:cm", "a-1").consulted == ("cm",)  # a finding, not an error


def test_what_stands_alone_belongs_to_no_activity() -> None:
    new = add_loose_records(SESSION, said("^who pays? *Ask @fin"), "s")
    assert new.activities == SESSION.activities
    assert (new.issues[0].text, new.issues[0].activity) == ("who pays?", "")
    assert (new.actions[0].text, new.actions[0].activity) == ("Ask", "")


def test_lines_in_a_row() -> None:
    added = pasted(
        "Hold kick-off meeting @cm a:hos ?Ready >yes >no=mobilisation plan +Agenda",
        "+Risk log",
        '- Second " @xyz',
        "1. Third /S2",
        "Fourth",
        "^park it",
        "w:in May",
    )
    first, second, third, fourth = (added.session.activity_by_id[made] for made in new_in(added))
    assert first.documents == ("Agenda", "Risk log")
    assert first.routes == (Route("yes"), Route("no", to_words="mobilisation plan"))
    assert (second.lead, second.accountable, second.stage) == ("xyz", "hos", "S1")
    assert (third.lead, third.stage, fourth.stage) == ("", "S2", "S2")
    assert fourth.timescale == "in May"
    assert added.roles == ("xyz",)
    assert added.activities == (
        *(first.id, first.id, second.id, third.id, fourth.id, "", fourth.id),
    )
    assert new_in(added)[0] == new_activity_id("s")
    assert [found.text for found in added.session.by_stage["S1"]][-2:] == [first.text, "Second"]


def test_a_target_means_the_screen_first_and_then_what_the_lines_made() -> None:
    added = pasted("New ?Ok >a=S1.02 >b=s1.04 >c=S1.09 >d=a-3 >e=END >f=close the CONTRACT", "Next")
    first, following = (added.session.activity_by_id[made] for made in new_in(added))
    assert [(route.to, route.to_words) for route in first.routes] == [
        *(("a-2", ""), (following.id, ""), ("", "S1.09")),
        *(("a-3", ""), (END, ""), ("a-3", "")),
    ]


def test_a_ref_may_go_without_its_letter_and_in_its_own_stage_without_the_stage() -> None:
    made = the_new(kept("New ?Ok >a=3.1 >b=2 >c=3.9 >d=9.1 >e=12 >f=£5 >g=1.5 days", after="a-2"))
    assert [(route.to, route.to_words) for route in made.routes] == [
        *(("a-3", ""), ("a-2", ""), ("", "S3.09"), ("", "9.1"), ("", "S1.12")),
        *(("", "£5"), ("", "1.5 days")),
    ]
    assert adding("?Ok >a=1", "a-2").routes == (Route("a", to="a-1"),)


def test_a_ref_is_whose_it_was_when_it_was_typed() -> None:
    made = the_new(kept("New ?Ok >no=S1.02 >=S1.01", before="a-1"))
    assert (made.routes[0].to, made.then) == ("a-2", "a-1")


def test_words_find_the_activity_when_it_arrives() -> None:
    waiting = kept("New ?Ok >no=mobilisation plan >=Mobilisation plan")
    assert the_new(waiting).routes[0].to_words == "mobilisation plan"
    come = add_post_it(waiting, PostIt("Mobilisation plan, agreed"), stage="S2", seed="t")
    assert the_new(come).routes == (Route("no", to=new_activity_id("t")),)
    assert the_new(come).then == new_activity_id("t")
    other = add_post_it(waiting, PostIt("Mobilisation planning"), stage="S2", seed="t")
    assert the_new(other) == the_new(waiting)


def test_words_that_two_activities_begin_with_match_neither() -> None:
    session = kept("Hold the line")
    assert find_target(session, "hold the") == ""
    assert find_target(session, "Hold the Meeting") == "a-2"
    assert find_target(session, "hold  the line") == new_activity_id("s")
    assert find_target(session, "") == ""
    assert find_target(session, "End") == END


@pytest.mark.parametrize(
    ("line", "stage", "problem"),
    [("", "S1", "needs words"), ("@cm", "S1", "needs words"), ("New", "S9", "no stage S9")],
)
def test_what_cannot_be_a_new_activity_is_said(line: str, stage: str, problem: str) -> None:
    with pytest.raises(EditError, match=problem):
        kept(line, stage=stage)


def test_what_cannot_be_added_is_said() -> None:
    with pytest.raises(EditError, match="no longer"):
        add_to_activity(SESSION, "a-9", PostIt(lead="cm"), "s")
    with pytest.raises(EditError, match=r"Line 1: .*there is none yet"):
        pasted("+Form")
    with pytest.raises(EditError, match="already kept"):
        add_post_it(kept("New"), PostIt("New"), stage="S1", seed="s")


def test_the_same_edit_gives_the_same_session() -> None:
    assert kept("New @xyz !r *do it ^x") == kept("New @xyz !r *do it ^x")
    before = SESSION.activities
    kept("New")
    assert SESSION.activities is before


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=6))
def test_any_lines_are_kept(lines: list[str]) -> None:
    added = pasted("First", *lines)
    assert len(added.session.activities) == len(SESSION.activities) + len(new_in(added))
    assert all(found.text for found in added.session.activities)
    assert all(issue.text for issue in added.session.issues)
    assert all(action.text for action in added.session.actions)
    again = pasted("First", *lines)
    assert again == added


def test_an_issue_there_already_keeps_its_record() -> None:
    session = Session(
        stages=SESSION.stages,
        activities=SESSION.activities,
        issues=(Issue("i-1", "late", code=IssueCode.RISK, activity="a-1", raised_by="Jo"),),
    )
    new = add_to_activity(session, "a-1", said("!r late", session), "s")
    assert new.issues == session.issues
