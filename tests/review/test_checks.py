import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from offwall import sample_sessions
from offwall.model.records.session import (
    END,
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Board,
    Document,
    Issue,
    IssueCode,
    IssueStatus,
    Person,
    Remark,
    RemarkStatus,
    Rhythm,
    Role,
    Route,
    Session,
    Stage,
    Topic,
    Word,
    Workshop,
)
from offwall.model.review.checks import Finding, FindingLevel, findings, findings_at
from offwall.model.review.progress import as_printed, unfinished
from offwall.model.store.toml.load import loads
from tests.steps import steps
from tests.strategies import sessions

ROLES = (Role("cm", "Contract Manager"), Role("hos", "Head of Service"))
GOOD = Activity(
    "a1",
    "S1",
    "Check the invoice",
    lead="cm",
    accountable="hos",
    sequence_confirmed=True,
    lead_confirmed=True,
)
CLEAN = Session(
    workshop=Workshop(also_record=("timescales",)),
    stages=(Stage("S1", "One"),),
    roles=ROLES,
    activities=(GOOD,),
)


def with_activity(**changes: object) -> Session:
    return replace(CLEAN, activities=(replace(GOOD, **changes),))  # type: ignore[arg-type]


def with_roles(*more: Role, **changes: object) -> Session:
    session = with_activity(**changes)
    return replace(session, roles=(*ROLES, *more))


def found(session: Session) -> list[tuple[str, str, str]]:
    return [(one.level.value, one.kind, one.place) for one in findings(session)]


def only(session: Session) -> Finding:
    (one,) = findings(session)
    return one


def test_a_complete_session_and_an_empty_one_have_no_findings() -> None:
    assert findings(CLEAN) == ()
    assert findings(Session()) == ()


YES, NO = Route("Yes"), Route("No", END)


@pytest.mark.parametrize(
    ("session", "kind", "text"),
    [
        (with_activity(lead=""), "no lead", "S1.01 has no lead; say who does it."),
        (
            with_activity(accountable=""),
            "no accountable",
            "S1.01 has nobody accountable; say who answers for it.",
        ),
        (
            with_activity(consulted=("[/",)),
            "unknown role",
            "S1.01 names “[/” (consulted), which is no role; add the role or choose another.",
        ),
        (
            with_activity(then="a-gone"),
            "missing target",
            "S1.01 leads to an activity that is not there any more; choose another.",
        ),
        (
            with_activity(decision="Right?"),
            "too few answers",
            "S1.01 asks “Right?” and has no answers; a decision needs two.",
        ),
        (
            with_activity(decision="Right?", routes=(YES,)),
            "too few answers",
            "S1.01 asks “Right?” and has one answer; a decision needs two.",
        ),
    ],
)
def test_errors(session: Session, kind: str, text: str) -> None:
    errors = [one for one in findings(session) if one.level is FindingLevel.ERROR]
    assert [(one.kind, one.place, one.text) for one in errors] == [(kind, "a1", text)]


def test_an_unknown_role_is_an_error_wherever_an_activity_or_a_stage_names_one() -> None:
    for name in ("lead", "accountable", "decided_by"):
        session = with_activity(decision="?", routes=(YES, NO), **{name: "xyz"})
        assert ("error", "unknown role", "a1") in found(session)
    for name in ("also", "consulted", "informed"):
        assert ("error", "unknown role", "a1") in found(with_activity(**{name: ("xyz", "xyz")}))
    stage = replace(CLEAN, stages=(Stage("S1", "One", accountable="=1+1"),))
    assert only(stage).text.startswith("S1 offers “=1+1” as accountable")


def test_a_role_that_is_nowhere_in_the_session_is_told_once_for_each_part_it_plays() -> None:
    session = with_activity(consulted=("xyz", "xyz"), informed=("xyz",))
    assert found(session).count(("error", "unknown role", "a1")) == 2


FIVE = tuple(Role(f"r{n}", f"Role {n}") for n in range(5))


@pytest.mark.parametrize(
    ("session", "kind", "place", "begins"),
    [
        (
            with_activity(consulted=("cm",)),
            "lead also told",
            "a1",
            "S1.01 has “Contract Manager” both as lead and as consulted",
        ),
        (with_activity(informed=("cm",)), "lead also told", "a1", "S1.01 has “Contract Manager”"),
        (
            with_roles(*FIVE, consulted=tuple(role.code for role in FIVE)),
            "many consulted",
            "a1",
            "S1.01 consults 5 roles",
        ),
        (with_activity(open_point="Who?"), "open point", "a1", "S1.01 has an open point: “Who?”"),
        (
            with_activity(lead_confirmed=False),
            "unconfirmed",
            "a1",
            "S1.01 is not confirmed: its lead;",
        ),
        (
            with_activity(lead_confirmed=False, sequence_confirmed=False),
            "unconfirmed",
            "a1",
            "S1.01 is not confirmed: its sequence and its lead;",
        ),
        (
            with_activity(decision="OK?", routes=(NO, Route("Yes", "", "[/ plan"))),
            "open target",
            "a1",
            "S1.01 leads (answer “Yes”) to “[/ plan”, which matches no activity yet",
        ),
        (with_activity(routes=(YES, NO)), "no question", "a1", "S1.01 has answers without"),
        (with_roles(Role("fin", "Finance")), "unused role", "fin", "Role “Finance” has nothing"),
        (
            replace(CLEAN, documents=(Document("Plan", template="No"),)),
            "no template",
            "Plan",
            "Document “Plan” has no template",
        ),
        (
            replace(CLEAN, stages=(Stage("S1", "One", rhythm=Rhythm.CYCLE),)),
            "endless loop",
            "a1",
            "S1.01 goes round with no way out",
        ),
        (
            replace(CLEAN, issues=(Issue("i1", "Late", IssueCode.TIME, "a1"),)),
            "time risk",
            "a1",
            "S1.01 has a time risk (“Late”) and no timescale",
        ),
        (
            replace(CLEAN, issues=(Issue("i1", "Late", activity="a-gone"),)),
            "lost pointer",
            "i1",
            "Issue “Late” is about an activity that is not there",
        ),
        (
            replace(CLEAN, topics=(Topic("t1", "issue", issue="i-gone"),)),
            "lost pointer",
            "t1",
            "Topic “issue” is about an issue",
        ),
        (
            replace(CLEAN, remarks=(Remark("k1", "a-gone", "Hm"),)),
            "lost pointer",
            "k1",
            "Remark “Hm” is about a record",
        ),
        (
            replace(CLEAN, board=Board("CAB", chair="xyz", members=("cm",))),
            "lost pointer",
            "",
            "Board “CAB” names “xyz”",
        ),
        (
            replace(CLEAN, board=Board(gates=("a-7f3k2m9p", "contracts over £5m"))),
            "lost pointer",
            "",
            "The board is about an activity",
        ),
    ],
)
def test_notices(session: Session, kind: str, place: str, begins: str) -> None:
    one = only(session)
    assert (one.level, one.kind, one.place) == (FindingLevel.NOTICE, kind, place)
    assert one.text.startswith(begins)
    assert one.text.endswith(".")


def test_four_consulted_are_not_too_many() -> None:
    session = with_roles(*FIVE[:4], consulted=tuple(role.code for role in FIVE[:4]))
    assert findings(session) == ()


def test_what_cannot_be_reached_is_one_notice_for_each_part() -> None:
    more = tuple(replace(GOOD, id=f"a{n}") for n in (2, 3, 4))
    session = replace(CLEAN, activities=(replace(GOOD, then="a4"), *more))
    assert only(session).text.startswith(
        "S1.02 cannot be reached from the start, nor can 1 after it;"
    )


def test_a_dead_end_is_told_beside_the_target_that_is_gone() -> None:
    assert found(with_activity(then="a-gone")) == [
        ("error", "missing target", "a1"),
        ("notice", "dead end", "a1"),
    ]


def test_a_loop_of_several_names_its_first_and_last() -> None:
    session = replace(CLEAN, activities=(GOOD, replace(GOOD, id="a2", then="a1")))
    assert only(session).text.startswith("S1.01 to S1.02 go round with no way out")


def test_one_answer_that_stands_twice_is_told_once_whatever_its_capitals() -> None:
    routes = tuple(Route(said, END) for said in ("Yes", "yes ", "No"))
    told = only(with_activity(decision="Ready?", decided_by="cm", routes=routes, then=""))
    assert (told.kind, told.about) == ("answer twice", "yes")
    assert "has the answer “yes” twice" in told.text


def test_two_roles_with_one_name_are_told_whatever_the_capitals() -> None:
    twice = with_roles(Role("cm2", "contract  manager"), informed=("cm2",))
    assert only(twice).text.startswith("Roles cm and cm2 are both called “contract manager”")


def test_actions_need_an_owner_and_a_date_until_they_are_done() -> None:
    for kind in ActionKind:
        session = replace(CLEAN, actions=(Action("n1", "=1+1", kind),))
        assert [one.kind for one in findings(session)] == ["no owner", "no date"]
        assert findings(session)[0].text == "Action “=1+1” has no owner; say who does it."
    for status in (ActionStatus.DONE, ActionStatus.DROPPED):
        assert findings(replace(CLEAN, actions=(Action("n1", "x", status=status),))) == ()


def test_an_action_s_pointers_are_followed() -> None:
    lost = Action("n1", "x", issue="i-gone", activity="a-gone", status=ActionStatus.DONE)
    assert [one.kind for one in findings(replace(CLEAN, actions=(lost,)))] == ["lost pointer"] * 2


def test_a_remark_about_what_is_gone_is_told_until_it_is_closed() -> None:
    remark = Remark("r1", "a-gone", "Who pays?", "J. Doe")
    told = findings(replace(CLEAN, remarks=(remark,)))
    assert [(one.kind, one.about) for one in told] == [("lost pointer", "remarks.on")]
    closed = replace(remark, status=RemarkStatus.CLOSED)
    assert findings(replace(CLEAN, remarks=(closed,))) == ()


def test_a_time_risk_with_a_timescale_or_closed_is_none() -> None:
    risk = Issue("i1", "Late", IssueCode.TIME, "a1")
    assert findings(replace(with_activity(timescale="5 days"), issues=(risk,))) == ()
    closed = replace(risk, status=IssueStatus.CLOSED)
    assert findings(replace(CLEAN, issues=(closed,))) == ()


def test_a_role_is_used_by_a_board_an_action_a_document_or_a_stage() -> None:
    fin = replace(CLEAN, roles=(*ROLES, Role("fin", "Finance")))
    assert found(fin) == [("notice", "unused role", "fin")]
    for used in (
        {"board": Board(members=("fin",))},
        {"documents": (Document("Plan", owner="fin"),)},
        {"stages": (Stage("S1", "One", accountable="fin"),)},
    ):
        assert findings(replace(fin, **used)) == ()  # type: ignore[arg-type]
    owned = Action("n1", "x", owner="fin", status=ActionStatus.DONE)
    assert findings(replace(fin, actions=(owned,))) == ()


def test_a_board_may_name_people() -> None:
    people = (Person("p1", "Jane Doe"),)
    session = replace(CLEAN, people=people, board=Board(chair="p1", members=("Jane Doe",)))
    assert findings(session) == ()


def test_a_word_to_avoid_is_found_whole_in_any_case_but_not_within_the_word_to_say() -> None:
    words = (Word("contract register", ("Register", "[PO]", "c++")), Word("", ("CAB",)))

    def says(text: str) -> list[str]:
        session = replace(with_activity(text=text), words=words)
        return [one.text for one in findings(session)]

    assert says("Enter it on the contract register") == []
    assert says("Unregistered scab") == []
    assert says("Look at the REGISTER, the register and the cab") == [
        "S1.01 says “register”; say “contract register”.",
        "S1.01 says “cab”; choose another word.",
    ]
    assert says("Send [po] in C++") == [
        "S1.01 says “[po]”; say “contract register”.",
        "S1.01 says “c++”; say “contract register”.",
    ]


def test_words_are_looked_for_in_questions_answers_documents_issues_and_actions() -> None:
    session = replace(
        with_activity(
            decision="Log it?", routes=(Route("log"), NO), documents=("The log",), text="log"
        ),
        words=(Word("register", ("log", "")),),
        issues=(Issue("i1", "The log is lost"),),
        actions=(Action("n1", "Find the log", status=ActionStatus.DONE),),
    )
    assert [(one.kind, one.place) for one in findings(session)] == [
        ("word to avoid", "a1"),
        ("word to avoid", "i1"),
        ("word to avoid", "n1"),
    ]


def test_a_word_to_avoid_is_found_in_all_that_people_wrote_and_in_the_plural() -> None:
    session = replace(
        with_activity(note="The logs", limit="as the log says"),
        words=(Word("register", ("log",)),),
        stages=(Stage("S1", "One", about="Keep a log"),),
        topics=(Topic("t1", "own", outcome="No log"),),
    )
    told = [(one.place, one.about) for one in findings(session)]
    assert told == [("a1", "log"), ("S1", "log"), ("t1", "log")]


def test_findings_come_errors_first_then_as_the_wall_reads_and_stay_short() -> None:
    long = "é" * 500
    session = replace(
        CLEAN,
        activities=(
            replace(GOOD, id="a2", open_point=long),
            replace(GOOD, lead="", open_point="[red]x\nyy"),
        ),
    )
    assert found(session) == [
        ("error", "no lead", "a1"),
        ("notice", "open point", "a2"),
        ("notice", "open point", "a1"),
    ]
    assert max(len(one.text) for one in findings(session)) < 160
    assert "“[red]x yy”" in findings(session)[2].text


def test_unfinished_names_what_is_still_to_fill() -> None:
    assert unfinished(GOOD) == ()
    bare = Activity("a1", "S1", "x", decision="OK?", open_point="Who?")
    assert unfinished(bare) == ("no lead", "no accountable", "open point")
    # What only some activities need is found by the checks, and left uncounted here.
    assert unfinished(replace(GOOD, routes=(Route("Yes", "", "there"),), documents=())) == ()


def test_the_samples_have_no_errors() -> None:
    for name in sample_sessions.NAMES:
        session = loads(sample_sessions.path(name).read_text(encoding="utf-8"))
        errors = [one.text for one in findings(session) if one.level is FindingLevel.ERROR]
        assert errors == [], name


@pytest.mark.slow
@given(sessions())
def test_no_session_makes_the_checks_raise(session: Session) -> None:
    found = findings(session)
    for one in found:
        assert one.kind
        assert one.text.endswith(".")
    alone = {one for activity in session.in_order for one in findings_at(session, activity)}
    assert alone <= set(found)
    of_one = {"no lead", "no accountable", "too few answers", "open target", "open point"}
    assert of_one.isdisjoint(one.kind for one in set(found) - alone)
    for activity in session.activities:
        assert all(unfinished(activity))


@pytest.mark.slow
def test_ten_times_as_much_takes_ten_times_the_steps() -> None:
    def session(size: int) -> Session:
        activities = tuple(replace(GOOD, id=f"a{n}", open_point="?") for n in range(size))
        issues = tuple(Issue(f"i{n}", "Late", IssueCode.TIME, f"a{n}") for n in range(size))
        return replace(CLEAN, activities=activities, issues=issues, words=(Word("say", ("not",)),))

    few, many = session(100), session(1_000)
    assert len(findings(many)) == 2_000
    # A quadratic check would take a hundred times the steps. What was asked before is known.
    assert findings(many) is findings(many)
    new = replace(many)
    assert steps(lambda: findings(new)) < 15 * steps(lambda: findings(few))


def test_what_a_line_could_not_take_is_a_finding_and_in_no_paper() -> None:
    said, due = "Ask @jnae about it =cabinet", dt.date(2027, 1, 5)
    action = Action("n1", said, owner="core group", due=due)
    found = findings(replace(CLEAN, actions=(action,)))
    assert [(one.kind, one.about) for one in found] == [
        ("not read", "@jnae"),
        ("not read", "=cabinet"),
    ]
    assert "could not be read" in found[0].text
    assert as_printed(action.text) == "Ask about it"
    assert as_printed("Mail jane@council.example, 2 = 2, @ home") == (
        "Mail jane@council.example, 2 = 2, @ home"
    )
    assert as_printed("@all") == "@all"
