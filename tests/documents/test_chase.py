"""Weeks after the workshop: what is done, overdue and due soon, and who is reminded of it."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.actions.facts import Facts
from offwall.model.documents.chase import Chase, chase, chase_mails, chase_report, unheard
from offwall.model.records.session import (
    Action,
    ActionStatus,
    Group,
    Meeting,
    Person,
    Role,
    Session,
    Workshop,
)

SAMPLE = store.read_session(sample_sessions.path("contract-management"))
TODAY = dt.date(2027, 1, 10)
DAY = dt.timedelta(1)

JANE = Person("p-1", "Jane Doe", "cm", group=Group.CORE)
LEE = Person("p-2", "Lee Roe", group=Group.SENIOR)
BASE = Session(
    workshop=Workshop(process="Contracts", date=dt.date(2026, 12, 10), facilitator="A. F"),
    people=(JANE, LEE),
    roles=(Role("cm", "Contract Manager"), Role("fin", "Finance")),
)


def with_actions(*actions: Action) -> Facts:
    numbered = tuple(replace(one, id=f"n-{number}") for number, one in enumerate(actions))
    return Facts(replace(BASE, actions=numbered), TODAY)


def words(found: Chase) -> dict[str, list[str]]:
    return {
        name: [one.text for one in getattr(found, name)]
        for name in ("done", "overdue", "soon", "later", "undated")
    }


def test_a_day_before_is_overdue_and_fourteen_days_are_soon() -> None:
    dues = (("yesterday", -1), ("today", 0), ("last", 14), ("beyond", 15))
    facts = with_actions(*(Action("", text, due=TODAY + days * DAY) for text, days in dues))
    assert words(chase(facts)) == {
        "done": [],
        "overdue": ["yesterday"],
        "soon": ["today", "last"],
        "later": ["beyond"],
        "undated": [],
    }


def test_papers_that_are_due_soon_are_due_soon_though_the_target_is_far() -> None:
    meeting = Meeting("m-1", "Cabinet", TODAY + 25 * DAY, TODAY + 5 * DAY)
    tell = Action("", "Decide", owner="cm", due=TODAY + 60 * DAY, approval="cabinet")
    facts = with_actions(tell)
    assert words(chase(facts))["later"] == ["Decide"]
    held = Facts(replace(facts.session, meetings=(meeting,)), TODAY)
    assert words(chase(held))["soon"] == ["Decide"]


def test_done_is_done_whatever_its_date_and_dropped_is_nowhere() -> None:
    late = TODAY - 9 * DAY
    facts = with_actions(
        Action("", "Done", owner="cm", due=late, status=ActionStatus.DONE, done_on=late),
        Action("", "Dropped", owner="cm", due=late, status=ActionStatus.DROPPED),
    )
    assert words(chase(facts)) == {
        "done": ["Done"],
        "overdue": [],
        "soon": [],
        "later": [],
        "undated": [],
    }
    assert chase_mails(facts) == ()
    assert "of 1 action: 1 done." in chase_report(facts).text


@pytest.mark.parametrize("week", range(0, 53, 4))
def test_over_a_year_each_action_is_in_one_list_and_each_owner_is_told_of_theirs(week: int) -> None:
    facts = Facts(SAMPLE, dt.date(2026, 12, 10) + 7 * week * DAY)
    found = chase(facts)
    every = [*found.done, *found.overdue, *found.soon, *found.later, *found.undated]
    assert sorted(one.id for one in every) == sorted(
        one.id for one in SAMPLE.actions if one.status is not ActionStatus.DROPPED
    )
    assert {one.text for one in found.overdue} == {
        one.text for one in SAMPLE.actions if one.due and one.due < facts.today
    }
    letters = "\n".join(mail.text for mail in chase_mails(facts))
    for one in (*found.overdue, *found.soon):
        assert one.text.rstrip(".") in letters
    for one in found.later:
        assert one.text.rstrip(".") not in letters


def test_a_mail_has_its_owner_s_alone_and_the_report_has_all() -> None:
    due = TODAY - DAY
    facts = with_actions(
        Action("", "Tell HR", owner="cm", due=due),
        Action("", "Pay", owner="fin", due=due, status=ActionStatus.DOING),
        Action("", "Think", owner=""),
    )
    (mail,) = chase_mails(facts)
    assert (mail.name, mail.to) == ("Jane Doe", ("Jane Doe",))
    assert "Tell HR" in mail.text
    assert "this date has gone by" in mail.text
    assert "Pay" not in mail.text
    assert unheard(facts) == ("fin",)
    report = chase_report(facts)
    assert report.to == ("Lee Roe",)
    assert "On 10 January 2027, of 3 actions: 2 overdue and 1 without a date." in report.text
    assert "Finance. By 9 Jan 2027; 1 day overdue; already begun." in report.text
    assert "1 of these needs an owner." in report.text


def test_with_no_action_the_report_says_so() -> None:
    assert "no action is recorded" in chase_report(with_actions()).text
