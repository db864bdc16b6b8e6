"""Calendars, read back by vobject, which did not write them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings

from offwall.model.actions.edit_actions import set_due
from offwall.model.documents.calendar import calendars
from offwall.model.records.changes import UndoHistory
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Earlier,
    Government,
    Issue,
    Meeting,
    Nation,
    Person,
    Session,
    Workshop,
)
from tests.strategies import EXAMPLES, HOSTILE, sessions

NOW = dt.datetime(2026, 12, 10, 16, 30, tzinfo=ZoneInfo("Europe/London"))
DUE = dt.date(2027, 1, 29)
SECOND = Action(
    "n-2", "Hold a second session to review improvements", ActionKind.NEXT_STEP, due=DUE
)


def of(*actions: Action, **values: Any) -> Session:
    workshop = Workshop("w-1", "Contract map", marking="OFFICIAL", date=dt.date(2026, 12, 10))
    return Session(workshop=workshop, actions=actions, **values)


def entries(content: bytes) -> dict[str, Any]:
    """The entries of a calendar under their UIDs, each there once."""
    calendar = vobject.readOne(content.decode("utf-8"))
    found = {event.uid.value: event for event in calendar.contents.get("vevent", [])}
    assert len(found) == len(calendar.contents.get("vevent", []))
    return found


def only(session: Session, now: dt.datetime = NOW) -> Any:
    (event,) = entries(calendars(session, now=now)[0][1]).values()
    return event


def sequence(session: Session, now: dt.datetime) -> int:
    return int(only(session, now).sequence.value)


def test_all_target_dates_of_the_sample(session_of: Callable[[str], Session]) -> None:
    session = session_of("contract-management")
    files = dict(calendars(session, now=NOW))
    found = entries(files["calendar.ics"])
    days = {event.summary.value: event.dtstart for event in found.values()}
    for action in session.actions:
        assert days[action.text].value == action.due
        assert days[action.text].params["VALUE"] == ["DATE"]
    meetings = {f"{one.body} meets": one.date for one in session.meetings}
    assert all(days[title].value == date for title, date in meetings.items())
    papers = sum(title.startswith("Papers due for ") for title in days)
    notices = sum("notice in the forward plan" in title for title in days)
    assert (papers, notices, len(meetings)) == (2, 0, 3)
    assert days["Review the terms of the Contract Assurance Board"].value == dt.date(2028, 3, 31)
    assert len(found) == len(session.actions) + papers + len(meetings) + 2
    assert files.keys() == {
        "calendar.ics",
        *(
            f"calendar-{name}.ics"
            for name in (
                *("Contract-Manager", "Head-of-Service", "Senior-Responsible-Officer"),
                *("Procurement", "Finance", "Legal"),
            )
        ),
    }


def test_an_owner_s_file_has_that_owner_s_dates_and_the_second_session(
    session_of: Callable[[str], Session],
) -> None:
    session = session_of("contract-management")
    files = dict(calendars(session, now=NOW))
    found = entries(files["calendar-Finance.ics"]).values()
    assert {event.summary.value for event in found} == {
        "Second session: Contract management process map",
        *(action.text for action in session.actions if action.owner == "fin"),
    }
    said = [event.description.value for event in found if "-session" not in event.uid.value]
    assert all("Owner: Finance (Owen Price)\n" in text for text in said)


CABINET = Meeting("m-1", "Cabinet", dt.date(2027, 2, 9), dt.date(2027, 1, 26))
TERMS = Action(
    *("n-1", "Draft terms of reference"),
    owner="Raj",
    due=dt.date(2027, 3, 31),
    approval="cabinet or committee",
    needs=("Section 151",),
    issue="i-1",
)
WHY = Issue("i-1", "Terms and membership are unclear")


def test_what_goes_to_a_meeting_has_its_papers_its_notice_and_the_meeting_in_both_diaries() -> None:
    other = Action("n-2", "Share it", owner="Mo", due=DUE)
    session = of(TERMS, other, meetings=(CABINET,), issues=(WHY,))
    files = dict(calendars(session, now=NOW))
    expected = {
        "n-1": (dt.date(2027, 3, 31), "Draft terms of reference"),
        "n-1-papers": (dt.date(2027, 1, 26), "Papers due for Cabinet: Draft terms of reference"),
        "n-1-notice": (
            dt.date(2027, 1, 11),
            "If this is a key decision, notice in the forward plan: Draft terms of reference",
        ),
        "m-1-meeting": (dt.date(2027, 2, 9), "Cabinet meets"),
    }
    for name, more in (("calendar.ics", {"n-2"}), ("calendar-Raj.ics", set())):
        found = entries(files[name])
        assert found.keys() == {f"{uid}@w-1.offwall" for uid in {*expected, *more}}
        for uid, said in expected.items():
            event = found[f"{uid}@w-1.offwall"]
            assert (event.dtstart.value, event.summary.value) == said
        papers = found["n-1-papers@w-1.offwall"].description.value.split("\n")
        assert "Approval: Cabinet or committee. Also to agree: Section 151" in papers
        assert "Why: Terms and membership are unclear" in papers
        assert any("papers due 26 Jan 2027" in line for line in papers)
        meets = found["m-1-meeting@w-1.offwall"].description.value.split("\n")
        assert meets[:2] == ["To decide: Draft terms of reference", "Papers due: Tue 26 Jan 2027"]
    assert entries(files["calendar-Mo.ics"]).keys() == {"n-2@w-1.offwall"}


def test_a_council_of_committees_has_no_forward_plan() -> None:
    session = of(TERMS, meetings=(CABINET,))
    ours = replace(session.workshop, government=Government.COMMITTEES)
    found = entries(calendars(replace(session, workshop=ours), now=NOW)[0][1])
    assert found.keys() == {f"{uid}@w-1.offwall" for uid in ("n-1", "n-1-papers", "m-1-meeting")}


def test_an_entry_reminds_in_the_morning_a_week_and_a_day_before() -> None:
    alarms = only(of(Action("n-1", "Share it", due=DUE))).valarm_list
    midnight = dt.datetime.combine(DUE, dt.time(), dt.UTC)
    assert [(one.action.value, one.description.value) for one in alarms] == [
        ("DISPLAY", "In a week: Share it"),
        ("DISPLAY", "Tomorrow: Share it"),
    ]
    assert [midnight + one.trigger.value for one in alarms] == [
        dt.datetime(2027, 1, 22, 9, tzinfo=dt.UTC),
        dt.datetime(2027, 1, 28, 9, tzinfo=dt.UTC),
    ]
    done = only(of(Action("n-1", "Share it", due=DUE, status=ActionStatus.DONE)))
    assert "valarm" not in done.contents


def test_a_meeting_alone_makes_a_calendar_and_one_without_a_date_none() -> None:
    (name, content), *others = calendars(of(meetings=(CABINET,)), now=NOW)
    assert (name, others) == ("calendar.ics", [])
    assert list(entries(content)) == ["m-1-meeting@w-1.offwall"]
    assert calendars(of(meetings=(Meeting("m-1", "Cabinet"),)), now=NOW) == ()


def test_an_entry_lasts_the_day_and_leaves_it_free() -> None:
    event = only(of(Action("n-1", "Share it", owner="Raj", due=DUE)))
    assert (event.dtstart.value, event.dtend.value) == (DUE, DUE + dt.timedelta(1))
    assert (event.transp.value, event.status.value) == ("TRANSPARENT", "CONFIRMED")
    assert event.uid.value == "n-1@w-1.offwall"
    assert event.dtstamp.value == dt.datetime(2026, 12, 10, 16, 30, tzinfo=dt.UTC)
    assert event.description.value.split("\n") == [
        *("Owner: Raj", "Status: open", "From: Contract map, Thu 10 Dec 2026", "Marking: OFFICIAL")
    ]


def test_a_target_date_on_a_bank_holiday_says_so() -> None:
    session = of(Action("n-1", "Share it", due=dt.date(2027, 11, 30)))
    assert "Mind" not in only(session).description.value
    scots = replace(session, workshop=replace(session.workshop, holidays=Nation.SCOTLAND))
    assert "Mind: the target date is a bank holiday in Scotland" in only(scots).description.value


@pytest.mark.parametrize(
    ("status", "summary", "said"),
    [
        (ActionStatus.DOING, "Share it", "CONFIRMED"),
        (ActionStatus.DONE, "Done: Share it", "CONFIRMED"),
        (ActionStatus.DROPPED, "Dropped: Share it", "CANCELLED"),
    ],
)
def test_what_is_done_says_so_and_what_is_dropped_is_cancelled(
    status: ActionStatus, summary: str, said: str
) -> None:
    event = only(of(Action("n-1", "Share it", due=DUE, status=status, done_on=DUE)))
    assert (event.summary.value, event.status.value) == (summary, said)
    assert "Done on: Fri 29 Jan 2027" in event.description.value


def test_a_helper_s_file_has_it_too() -> None:
    files = dict(calendars(of(Action("n-1", "Do", owner="Raj", helper="Mo", due=DUE)), now=NOW))
    assert list(files) == ["calendar.ics", "calendar-Raj.ics", "calendar-Mo.ics"]
    assert entries(files["calendar-Mo.ics"]).keys() == entries(files["calendar.ics"]).keys()


def test_the_second_session_is_an_afternoon_in_london_for_everybody() -> None:
    files = calendars(of(SECOND, Action("n-1", "Do", owner="Raj", due=DUE)), now=NOW)
    assert [name for name, _ in files] == ["calendar.ics", "calendar-Raj.ics"]
    for _, content in files:
        event = entries(content)["n-2-session@w-1.offwall"]
        assert event.dtstart.value.isoformat() == "2027-01-29T13:00:00+00:00"
        assert event.dtend.value.isoformat() == "2027-01-29T16:30:00+00:00"
        assert event.status.value == "TENTATIVE"
        assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_summer_time_counts_where_the_second_session_is_in_summer() -> None:
    for day, hours in ((dt.date(2027, 3, 27), 0), (dt.date(2027, 3, 28), 1), (DUE, 0)):
        files = calendars(of(replace(SECOND, due=day)), now=NOW)
        event = entries(files[0][1])["n-2-session@w-1.offwall"]
        assert event.dtstart.value.utcoffset() == dt.timedelta(hours=hours)
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in files[0][1]


def test_a_second_session_that_is_dropped_is_cancelled_for_everybody() -> None:
    files = calendars(of(replace(SECOND, status=ActionStatus.DROPPED)), now=NOW)
    found = entries(files[0][1])
    assert {event.status.value for event in found.values()} == {"CANCELLED"}
    assert {event.transp.value for event in found.values()} == {"TRANSPARENT"}


def test_the_same_session_at_the_same_time_gives_the_same_bytes(
    session_of: Callable[[str], Session],
) -> None:
    session = session_of("contract-management")
    elsewhere = NOW.astimezone(ZoneInfo("Asia/Tokyo")).replace(microsecond=5)
    assert calendars(session, now=NOW) == calendars(session, now=elsewhere)


def test_the_sequence_rises_from_file_to_file_after_an_undo_too() -> None:
    first = of(Action("n-1", "Share it", due=DUE))
    history = UndoHistory(first).do("By", lambda s: set_due(s, "n-1", "5/2", dt.date(2026, 12, 10)))
    numbers = [
        sequence(session, NOW + dt.timedelta(seconds=passed))
        for passed, session in enumerate((first, history.session, history.undo().session))
    ]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("year", [1, 1999, 2019, 2088, 9999])
def test_a_clock_that_is_wrong_gives_a_number_that_can_be_read(year: int) -> None:
    when = dt.datetime(year, 6, 1, tzinfo=dt.UTC)
    assert 0 <= sequence(of(Action("n-1", "Do", due=DUE)), when) <= 2**31 - 1


def test_a_uid_stays_whatever_changes_and_in_the_second_session() -> None:
    first = of(Action("n-1", "Share it", due=DUE))
    other = replace(first.actions[0], text="Share all", owner="Raj", due=dt.date(2027, 2, 1))
    later = replace(first, actions=(other,))
    again = replace(
        later,
        workshop=replace(later.workshop, id="w-2"),
        earlier=Earlier(workshop="w-1"),
    )
    uids = {only(session).uid.value for session in (first, later, again)}
    assert uids == {"n-1@w-1.offwall"}


def test_without_a_date_there_is_nothing_to_write() -> None:
    assert calendars(Session(), now=NOW) == ()
    assert calendars(of(Action("n-1", "Some day", owner="Raj")), now=NOW) == ()
    files = calendars(of(Action("n-1", "Do", due=DUE), Action("n-2", "x", owner="R")), now=NOW)
    assert [name for name, _ in files] == ["calendar.ics"]


@pytest.mark.parametrize("due", [dt.date.min, dt.date.max, dt.date(2099, 7, 1)])
def test_the_ends_of_the_calendar_can_be_written(due: dt.date) -> None:
    content = calendars(of(replace(SECOND, due=due)), now=NOW)[0][1].decode()
    assert f"DTSTART;VALUE=DATE:{due.year:04}{due:%m%d}\r\n" in content
    assert f"DTSTART;TZID=Europe/London:{due.year:04}{due:%m%d}T130000\r\n" in content
    assert "BEGIN:VTIMEZONE" in content


MEAN = (
    *HOSTILE,
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:planted",
    "a;b,c\\d\\n",
    "\x1b]0;title\x07",
    "\u202egnp.exe",
    "👩‍👩‍👧 Ω ü é",
    "x" * 5000,
    "../../etc/passwd",
)


@pytest.mark.parametrize("text", MEAN)
def test_hostile_words_stay_words_in_one_entry(text: str) -> None:
    action = Action("n-1", f"Do {text} now", owner=text, helper=text, due=DUE)
    people = (Person("p", text, role=text),)
    files = calendars(
        replace(of(action, people=people), workshop=Workshop("w-1", text, marking=text)), now=NOW
    )
    for name, content in files:
        (event,) = entries(content).values()
        assert event.summary.value.split() == f"Do {text} now".translate(PLAIN).split()
        assert event.uid.value == "n-1@w-1.offwall"
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert "/" not in name
        assert "\\" not in name
        assert not name.startswith(".")


PLAIN = {
    **dict.fromkeys((*range(32), *range(127, 160)), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
}
"""Controls are spaces; marks that turn the direction of what follows are gone."""


@pytest.mark.slow
@settings(max_examples=max(1, EXAMPLES // 4))
@given(sessions())
def test_any_session_s_calendars_can_be_read(session: Session) -> None:
    files = calendars(session, now=NOW)
    dated = [action for action in session.actions if action.due]
    assert bool(files) or not dated
    for _, content in files:
        events = vobject.readOne(content.decode()).contents.get("vevent", [])
        assert all(event.uid.value for event in events)
    for _, content in files[:1]:
        days = content.count(b"DTSTART;VALUE=DATE:")
        assert days >= len(dated) + sum(one.date is not None for one in session.meetings)


def test_the_names_of_the_files_differ_on_any_disk() -> None:
    actions = (Action(f"n-{n}", "Do", owner=who, due=DUE) for n, who in enumerate(("Ann!", "ANN?")))
    names = [name for name, _ in calendars(of(*actions), now=NOW)]
    assert names == ["calendar.ics", "calendar-Ann.ics", "calendar-ANN-2.ics"]
