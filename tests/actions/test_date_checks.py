"""Dates that cannot all hold are told to the facilitator, with what to do about each."""

import datetime as dt
from dataclasses import replace

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions.date_checks import all_findings, check_dates, working_days_after
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Meeting,
    Session,
    Workshop,
)

HELD = dt.date(2026, 12, 10)
CABINET = Meeting("m-1", "Cabinet", dt.date(2027, 2, 9), dt.date(2027, 1, 26))
BASE = Session(workshop=Workshop(date=HELD), meetings=(CABINET,))
PROPOSAL = Action(
    "n-1", "Set up a board", due=dt.date(2027, 3, 31), approval="cabinet or committee"
)


def step(text: str, due: dt.date) -> Action:
    return Action("n-2", text, ActionKind.NEXT_STEP, due=due)


def told(*actions: Action, session: Session = BASE) -> list[str]:
    return [one.text for one in check_dates(replace(session, actions=actions))]


def test_dates_that_fit_are_not_told() -> None:
    fits = (
        PROPOSAL,
        step("Brief senior management", dt.date(2027, 1, 20)),
        replace(step("Send feedback", dt.date(2026, 12, 24)), id="n-3"),
    )
    assert told(*fits) == []


def test_a_decision_comes_after_senior_management_is_briefed() -> None:
    late = step("Brief senior management", dt.date(2027, 2, 10))
    assert told(PROPOSAL, replace(PROPOSAL, id="n-9"), late) == [
        "Cabinet (9 Feb 2027, papers due 26 Jan 2027) comes before senior management is briefed "
        "(10 Feb 2027); brief them first, or take a later meeting."
    ]
    # Papers that are due before they are briefed are too early; without a decision nothing is.
    assert len(told(PROPOSAL, replace(late, due=dt.date(2027, 1, 27)))) == 1
    assert told(late) == []


def test_feedback_goes_out_within_ten_working_days() -> None:
    (said,) = told(step("Send feedback to participants", dt.date(2026, 12, 30)))
    assert said.endswith("working days after the workshop; send it by 24 Dec 2026.")
    # Weekends and bank holidays do not count.
    assert working_days_after(BASE, dt.date(2026, 12, 24), 1) == dt.date(2026, 12, 29)


def test_nobody_acts_before_call_in_has_ended() -> None:
    (said,) = told(replace(PROPOSAL, due=dt.date(2027, 2, 12)))
    assert "before the call-in of Cabinet's decision ends (about 16 Feb 2027)" in said
    council = replace(CABINET, body="Full Council")
    action = replace(PROPOSAL, due=dt.date(2027, 2, 12), approval="Full Council")
    assert told(action, session=replace(BASE, meetings=(council,))) == []


def test_dates_in_an_order_that_cannot_be() -> None:
    backwards = replace(CABINET, papers_by=dt.date(2027, 2, 10))
    early = replace(PROPOSAL, due=dt.date(2027, 2, 1))
    before = step("Call them", dt.date(2026, 12, 1))
    found = told(early, before, session=replace(BASE, meetings=(backwards,)))
    assert [text.split(",")[0] for text in found] == [
        "Papers for “Cabinet” are due on 10 Feb 2027",
        "Action “Set up a board” is due on 1 Feb 2027",
        "Action “Call them” is due on 1 Dec 2026",
    ]
    done = replace(before, status=ActionStatus.DONE)
    assert told(done) == []


def test_they_are_among_the_findings_and_in_no_paper() -> None:
    sample = store.read_session(sample_sessions.path("contract-management"))
    found = [one.text for one in all_findings(sample) if one.kind.endswith("dates")]
    assert len(found) == 1
    for audience in Audience:
        said = str(report(sample, audience, HELD))
        assert not [text for text in found if text in said]
        assert "before senior management is briefed" not in said
