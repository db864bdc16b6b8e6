"""The one list of what is still open: everything that the other lists say, under its part."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions.plan import live, missing_in_action
from offwall.model.documents.close_down import OpenSection, PhotoStates, close_down_list, count_open
from offwall.model.records.fields import NO_ROLE
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Board,
    Clash,
    Group,
    Improve,
    Issue,
    IssueStatus,
    Person,
    Photo,
    Remark,
    RemarkStatus,
    Role,
    Session,
    Stage,
    Topic,
    Workshop,
)
from offwall.model.review.checks import FindingLevel, findings
from offwall.model.review.progress import settled
from offwall.model.review.second_session import LeftOverKind, left_over, second_session
from offwall.model.setup.photos import PhotoFileState, PhotoStatus
from offwall.model.store.presets.catalogues import next_steps

TODAY = dt.date(2026, 12, 10)
ALL = [store.read_session(sample_sessions.path(name)) for name in sample_sessions.NAMES]
SAMPLE = store.read_session(sample_sessions.path("contract-management"))
CATALOGUE = next_steps()


def said(session: Session, section: OpenSection, states: PhotoStates | None = None) -> list[str]:
    return [one.text for one in close_down_list(session, TODAY, (), states).get(section, ())]


def kinds(session: Session, today: dt.date = TODAY) -> dict[str, int]:
    found = close_down_list(session, today, CATALOGUE)
    every = [one.kind for findings in found.values() for one in findings]
    return {kind: every.count(kind) for kind in dict.fromkeys(every)}


@pytest.mark.parametrize("session", ALL, ids=sample_sessions.NAMES)
def test_nothing_that_the_checks_and_the_plan_find_is_left_out(session: Session) -> None:
    found = close_down_list(session, TODAY, CATALOGUE)
    listed = {one for said in found.values() for one in said}
    for finding in findings(session):
        waits = finding.kind == "unconfirmed"
        point = waits and bool(session.activity_by_id[finding.place].open_point)
        in_one_line = waits or finding.kind in ("no owner", "no date")
        assert in_one_line or (finding in listed) is not point
    waiting = sum(not settled(activity) for activity in session.activities)
    assert bool(waiting) is (OpenSection.WAITING in found)
    if waiting > 1:
        assert found[OpenSection.WAITING][0].text.startswith(f"{waiting:,} activities are not")
    for action in live(session.actions):
        if missing_in_action(action):
            assert any(one.place == action.id for one in found[OpenSection.PLAN])
    assert count_open(found) == len(listed) == sum(map(len, found.values()))


@pytest.mark.parametrize("session", ALL, ids=sample_sessions.NAMES)
def test_only_errors_stand_under_errors_and_every_line_is_a_sentence(session: Session) -> None:
    found = close_down_list(session, TODAY, CATALOGUE)
    for section, lines in found.items():
        for one in lines:
            assert one.text[-1] in ".!?"
            if section is not OpenSection.PHOTOS:
                assert (section is OpenSection.ERRORS) is (one.level is FindingLevel.ERROR)
    assert list(found) == [section for section in OpenSection if section in found]


def test_many_of_a_kind_to_put_right_are_one_line_and_few_are_each_one() -> None:
    for gone, lines in ((3, 3), (4, 1)):
        some = [one.id for one in SAMPLE.activities[:gone]]
        bare = tuple(
            replace(one, accountable=NO_ROLE) if one.id in some else one
            for one in SAMPLE.activities
        )
        found = close_down_list(replace(SAMPLE, activities=bare), TODAY)[OpenSection.ERRORS]
        assert [one.place for one in found] == some[:lines]
        assert ("accountable, and 3 more like it; say who" in found[0].text) is (lines == 1)


def test_what_the_sample_still_has_open() -> None:
    assert kinds(SAMPLE) == {
        "too many": 3,
        "offered": 1,
        "to file": 1,
        "open point": 1,
        "issue": 4,
        "time risk": 2,
        "no template": 2,
        "unconfirmed": 1,
        "dates": 1,
        "tier leads past": 1,
    }
    assert kinds(SAMPLE, dt.date(2027, 1, 12))["action"] == 2


def test_a_closed_down_session_has_nothing_open() -> None:
    done = Session(
        workshop=Workshop(starts="It is awarded", ends="It is closed"),
        people=(Person("p-1", "Jane", group=Group.CORE),),
        stages=(Stage("S1", "One"),),
        roles=(Role("cm", "Contract Manager"),),
        photos=(Photo("f-1", path="wall.jpg"),),
    )
    activity = Activity(
        "a-1",
        "S1",
        "Sign",
        lead="cm",
        accountable="cm",
        then="end",
        sequence_confirmed=True,
        lead_confirmed=True,
    )
    action = Action("n-1", "Tell", ActionKind.NEXT_STEP, owner="p-1", due=dt.date(2027, 1, 4))
    assert close_down_list(replace(done, activities=(activity,), actions=(action,)), TODAY) == {}


def test_the_plan_says_who_has_nothing_what_is_late_and_what_is_not_scored() -> None:
    late = Action("n-1", "Late", owner="fin", due=dt.date(2026, 12, 1))
    session = Session(people=(Person("p-1", "[PO]", group=Group.CORE),), actions=(late,))
    assert said(session, OpenSection.PLAN) == [
        "Overdue and no score: action “Late”; say it in the plan.",
        "“[PO]” of the core group has no action; see whether one is theirs.",
    ]
    over = replace(session, actions=(replace(late, status=ActionStatus.DROPPED),))
    assert said(over, OpenSection.PLAN) == [
        "No action is to be done; take next steps over into the plan."
    ]


def test_photos_to_be_filed_missing_changed_or_none() -> None:
    session = replace(SAMPLE, photos=())
    assert said(session, OpenSection.PHOTOS) == [
        "No photo of the wall is listed; list it, or who has it."
    ]
    one, two = Photo("f-1", taken_by="Jane"), Photo("f-2", path="wall.jpg")
    session = replace(SAMPLE, photos=(one, two))
    waits = "Photo “taken by Jane” is still to be filed; name its file when it is here."
    assert said(session, OpenSection.PHOTOS) == [waits]
    for state in (PhotoFileState.MISSING, PhotoFileState.CHANGED, PhotoFileState.UNUSABLE):
        states = {"f-2": PhotoStatus(state, "wall.jpg is not here.")}
        assert said(session, OpenSection.PHOTOS, states) == [waits, "wall.jpg is not here."]
    assert said(session, OpenSection.PHOTOS, {"f-2": PhotoStatus(PhotoFileState.FILED)}) == [waits]


def test_two_who_differ_stand_apart() -> None:
    session = replace(SAMPLE, clashes=(Clash("x-1", "workshop", "", "title", "Other"),))
    assert len(said(session, OpenSection.CLASHES)) == 1


def test_topics_issues_remarks_and_the_board() -> None:
    session = Session(
        topics=(Topic("t-1", "tiering"), Topic("t-2", "issue", "Grants", outcome="Agreed")),
        issues=(
            Issue("i-1", "Open"),
            Issue("i-2", "Parked", parked=True),
            Issue("i-3", "Closed", parked=True, status=IssueStatus.CLOSED),
            Issue("i-4", "Answered", parked=True),
            Issue("i-5", "Given up", status=IssueStatus.EXPLORED),
        ),
        actions=(
            Action("n-1", "Answer", issue="i-4"),
            Action("n-2", "Nothing", issue="i-5", status=ActionStatus.DROPPED),
        ),
        remarks=(
            Remark("r-1", "i-1", "Not so", "J. Doe"),
            Remark("r-2", "i-1", "So", status=RemarkStatus.CLOSED),
        ),
        board=Board("CAB", purpose="See", members=("pro",), meets="Monthly", sees="All"),
    )
    assert said(session, OpenSection.TOPICS) == [
        "Topic “How tiering changes the process” has no outcome; write down what came of it.",
        "Parked issue “Parked” is open and has no action; make one of it, or close it.",
        "Issue “Open” is open and has no action; make one of it, or close it.",
        "Issue “Given up” is open and has no action; make one of it, or close it.",
        "Remark by “J. Doe” waits: “Not so”; take it over, or close it.",
        "The board's terms of reference do not say yet: whether it decides or advises, whom it "
        "reports to, its chair, its secretary, its quorum, what comes to it, conflicts of "
        "interest and its review date.",
    ]


def test_stages_without_anything_and_no_stages_at_all() -> None:
    assert said(Session(), OpenSection.RECORD) == [
        "No stage is named; name those that run across the wall."
    ]
    bare = Session(stages=(Stage("S1", "One"), Stage("S2", "Two")))
    assert said(bare, OpenSection.RECORD)[1] == (
        "Nothing is recorded in S2; record it, or take the stage away."
    )


def test_a_second_session_has_open_what_is_left_over_from_the_first() -> None:
    first, *others = SAMPLE.activities
    marked = replace(SAMPLE, activities=(replace(first, improve=Improve.CHANGE), *others))
    second = second_session(marked, seed="s")
    waiting = [one for one in left_over(second, TODAY) if one.kind is LeftOverKind.ACTIVITY]
    assert waiting[0].id == first.id
    assert all(one.record.open_point for one in waiting[1:])
    assert said(second, OpenSection.RECORD)[-1] == (
        "S1.01 was marked last time, to change or to drop; say what came of it."
    )
    assert kinds(second)["unconfirmed"] == 1
