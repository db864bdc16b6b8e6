"""Which meeting an action must reach, by the calendar and by England's rules."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.actions.deadlines import (
    clear_days_before,
    deadline_for,
    decides,
    describe_deadline,
    papers_due,
    working_days_before,
)
from offwall.model.records.session import (
    Action,
    Government,
    Meeting,
    Notice,
    Session,
    Workshop,
)
from offwall.model.store.toml.load import loads
from tests.strategies import EXAMPLES, HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)
FEBRUARY, MAY = dt.date(2027, 2, 9), dt.date(2027, 5, 20)
CABINET = Meeting("m-1", "Cabinet", FEBRUARY, dt.date(2027, 1, 26))
COUNCIL = Meeting("m-2", "Full Council", MAY)
SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))


def action(approval: str, due: dt.date | None = None) -> Action:
    return Action("n-1", "Do it", approval=approval, due=due)


def said(session: Session, approval: str, due: dt.date | None, today: dt.date = TODAY) -> str:
    found = deadline_for(session, action(approval, due), today)
    return describe_deadline(found) if found else ""


def test_clear_days_count_neither_the_day_of_the_notice_nor_that_of_the_meeting() -> None:
    # 12 January to 8 February are 28 days between.
    assert clear_days_before(FEBRUARY, 28) == dt.date(2027, 1, 11)
    assert clear_days_before(FEBRUARY, 0) == dt.date(2027, 2, 8)
    assert clear_days_before(dt.date(1, 1, 5), 28) is None


def test_five_clear_working_days_leave_out_weekends_and_days_that_are_closed() -> None:
    assert working_days_before(FEBRUARY, Notice()) == dt.date(2027, 2, 1)
    # Easter Monday 2027 is 29 March, Good Friday the 26th.
    easter = Notice(closed=(dt.date(2027, 3, 26), dt.date(2027, 3, 29)))
    assert working_days_before(dt.date(2027, 4, 1), easter) == dt.date(2027, 3, 22)
    assert working_days_before(dt.date(2027, 4, 1), Notice()) == dt.date(2027, 3, 24)
    assert working_days_before(dt.date(1, 1, 2), Notice()) is None


@given(st.dates(dt.date(1900, 1, 1)), st.integers(0, 60), st.lists(st.dates(), max_size=3))
def test_so_many_working_days_lie_between(date: dt.date, days: int, closed: list[dt.date]) -> None:
    notice = Notice(agenda_days=days, closed=tuple(closed))
    day = working_days_before(date, notice)
    assert day is not None
    between = [day + dt.timedelta(step) for step in range(1, (date - day).days)]
    assert sum(one.weekday() < 5 and one not in closed for one in between) == days
    assert day.weekday() < 5
    assert day not in closed


def test_papers_are_due_as_the_meeting_says_or_when_its_agenda_is_published() -> None:
    assert papers_due(CABINET, Notice()) == dt.date(2027, 1, 26)
    assert papers_due(COUNCIL, Notice()) == dt.date(2027, 5, 12)
    assert papers_due(COUNCIL, Notice(agenda_days=2)) == dt.date(2027, 5, 17)
    assert papers_due(Meeting("m", "Cabinet"), Notice()) is None


@pytest.mark.parametrize(
    ("body", "approval", "expected"),
    [
        ("Cabinet", "cabinet or committee", True),
        ("Planning Committee", "cabinet or committee", True),
        ("Full Council", "whole council", True),
        ("Sampleshire Borough Council", "full council", True),
        ("Senior management team", "Senior Management  Team", True),
        ("Full Council", "cabinet or committee", False),
        ("Council Cabinet", "whole council", False),
        ("Cabinet", "cabinet member", False),
        ("Cabinet", "", False),
        ("", "cabinet", False),
        ("Contract Assurance Board", "Transport Board", False),
    ],
)
def test_a_body_gives_the_approval_that_is_its_own(
    body: str, approval: str, expected: bool
) -> None:
    assert decides(body, approval) is expected


def test_the_last_meeting_by_the_target_date_is_the_one_to_reach() -> None:
    march = Meeting("m-3", "Cabinet", dt.date(2027, 3, 9))
    session = Session(meetings=(march, CABINET, COUNCIL))
    assert said(session, "cabinet or committee", dt.date(2027, 3, 8)) == (
        "Must reach Cabinet on Tue 9 Feb 2027: papers due Tue 26 Jan 2027. "
        "If it is a key decision: on the forward plan by Mon 11 Jan 2027."
    )
    found = deadline_for(session, action("cabinet or committee", dt.date(2027, 3, 9)), TODAY)
    assert found is not None
    assert found.meeting is march
    # Nobody gave a date: the first that serves.
    found = deadline_for(session, action("cabinet or committee"), TODAY)
    assert found is not None
    assert found.meeting is CABINET


def test_a_date_that_no_meeting_reaches_says_so_and_names_the_next() -> None:
    session = Session(meetings=(CABINET, COUNCIL))
    assert said(session, "whole council", dt.date(2027, 3, 1)) == (
        "No meeting reaches Mon 1 Mar 2027; the next is Full Council on Thu 20 May 2027: "
        "papers due Wed 12 May 2027."
    )


def test_a_meeting_whose_papers_were_due_before_today_no_longer_serves() -> None:
    session = Session(meetings=(CABINET,))
    late = dt.date(2027, 1, 27)
    assert said(session, "cabinet or committee", MAY, late) == (
        "No meeting listed for cabinet or committee can still be reached: set up (0) adds one."
    )
    assert "Too late for the forward plan (Mon 11 Jan 2027)" in said(
        session, "cabinet or committee", MAY, dt.date(2027, 1, 20)
    )
    # A workbook has no today: it says what was planned.
    found = deadline_for(session, action("cabinet or committee", MAY), None)
    assert found is not None
    assert found.meeting is CABINET


def test_no_meeting_listed_says_what_to_do() -> None:
    assert said(Session(), "whole council", MAY) == (
        "No meeting is listed for whole council: set up (0) adds one."
    )
    undated = Session(meetings=(Meeting("m", "Full Council"),))
    assert "can still be reached" in said(undated, "whole council", MAY)


def test_one_member_needs_no_meeting_and_officers_need_nothing() -> None:
    session = Session(meetings=(CABINET, COUNCIL))
    assert said(session, "cabinet member", FEBRUARY) == (
        "No meeting: cabinet member decides alone. "
        "If it is a key decision: on the forward plan by Mon 11 Jan 2027."
    )
    assert said(session, "cabinet member", None) == "No meeting: cabinet member decides alone."
    for approval in ("", "team", "director", "[PO]"):
        assert deadline_for(session, action(approval, MAY), TODAY) is None


def test_the_council_s_own_notice_and_ladder_count() -> None:
    session = Session(
        workshop=Workshop(approvals=("manager", "Executive", "Council")),
        meetings=(Meeting("m", "Executive", FEBRUARY),),
        notice=Notice(forward_plan_days=10, agenda_days=3),
    )
    found = deadline_for(session, action("Executive", MAY), TODAY)
    assert found is None or found.meeting is not None
    assert said(session, "Executive", MAY) == (
        "Must reach Executive on Tue 9 Feb 2027: papers due Wed 3 Feb 2027. "
        "If it is a key decision: on the forward plan by Fri 29 Jan 2027."
    )


def test_in_the_sample_the_two_that_a_meeting_approves_reach_it() -> None:
    found = {one.text[:5]: deadline_for(SAMPLE, one, TODAY) for one in SAMPLE.actions}
    needed = {text: one for text, one in found.items() if one}
    assert {text: one.meeting.body for text, one in needed.items() if one.meeting} == {
        "Draft": "Senior management team",
        "Raise": "Full Council",
    }
    assert all(one.serves for one in needed.values())
    raised = needed["Raise"]
    assert raised.announced_by is None  # the council is not its executive


@pytest.mark.slow
@given(sessions(), st.none() | st.dates())
@settings(max_examples=max(1, EXAMPLES // 4))
def test_any_session_gets_an_answer(session: Session, today: dt.date | None) -> None:
    rungs = (*session.approvals, *HOSTILE[:4])
    for one in session.actions:
        for approval in (one.approval, *rungs):
            found = deadline_for(session, replace(one, approval=approval), today)
            if found:
                assert describe_deadline(found).endswith(".")
                if found.meeting and today:
                    assert found.meeting.date is not None
                    assert found.meeting.date >= today


@pytest.mark.parametrize(
    ("government", "announced"),
    [
        (None, dt.date(2027, 1, 11)),
        (Government.CABINET, dt.date(2027, 1, 11)),
        (Government.MAYOR, dt.date(2027, 1, 11)),
        (Government.COMMITTEES, None),
    ],
)
def test_only_an_executive_announces_key_decisions(
    government: Government | None, announced: dt.date | None
) -> None:
    session = Session(workshop=Workshop(government=government), meetings=(CABINET,))
    found = deadline_for(session, action("cabinet or committee", FEBRUARY), TODAY)
    assert found
    assert (found.meeting, found.announced_by) == (CABINET, announced)


def test_an_elected_mayor_decides_alone_and_announces_it() -> None:
    workshop = Workshop(government=Government.MAYOR, approvals=("director", "the mayor"))
    session = Session(workshop=workshop)
    found = deadline_for(session, action("the mayor", FEBRUARY), TODAY)
    assert found
    assert (found.alone, found.announced_by) == (True, dt.date(2027, 1, 11))
