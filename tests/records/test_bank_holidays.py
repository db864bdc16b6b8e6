"""Bank holidays of the three nations, against the dates that gov.uk lists."""

import datetime as dt
import subprocess
import sys

import pytest

from offwall.model.actions.deadlines import deadline_for, working_days_before
from offwall.model.records.dates import bank_holiday, day_off, working_day
from offwall.model.records.session import Action, Meeting, Nation, Notice, Session, Workshop
from offwall.model.records.text import EditError
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store.toml.load import SessionFileError, loads
from offwall.model.store.toml.record_tables import dumps

ENGLAND, SCOTLAND, ULSTER = Nation
TODAY = dt.date(2026, 12, 10)

GOV_UK_2027 = {
    ENGLAND: "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12",
    SCOTLAND: "1/1 4/1 26/3 3/5 31/5 2/8 30/11 27/12 28/12",
    ULSTER: "1/1 17/3 26/3 29/3 3/5 31/5 12/7 30/8 27/12 28/12",
}
"""As www.gov.uk/bank-holidays has them for 2027: substitute days where a day is at a weekend."""


@pytest.mark.parametrize("nation", Nation)
def test_the_days_of_2027_are_gov_uk_s(nation: Nation) -> None:
    year = (dt.date(2027, 1, 1) + dt.timedelta(day) for day in range(365))
    free = [day for day in year if bank_holiday(day, nation) and day.weekday() < 5]
    assert " ".join(f"{day.day}/{day.month}" for day in free) == GOV_UK_2027[nation]


def test_a_day_off_says_why() -> None:
    assert day_off(dt.date(2027, 5, 3), ENGLAND) == (
        "a bank holiday in England and Wales: " + bank_holiday(dt.date(2027, 5, 3), ENGLAND)
    )
    assert day_off(dt.date(2027, 3, 29), ENGLAND).endswith("Easter Monday")
    assert day_off(dt.date(2027, 3, 29), SCOTLAND) == ""
    assert day_off(dt.date(2026, 12, 28), ENGLAND).endswith("Boxing Day (substitute day)")
    assert day_off(dt.date(2027, 1, 30), ENGLAND) == "a Saturday"


def test_the_next_working_day_is_none_that_is_off() -> None:
    assert working_day(dt.date(2026, 12, 11), ENGLAND) == dt.date(2026, 12, 11)
    assert working_day(dt.date(2026, 12, 12), ENGLAND) == dt.date(2026, 12, 14)
    assert working_day(dt.date(2026, 12, 25), ENGLAND) == dt.date(2026, 12, 29)
    assert working_day(dt.date(2027, 1, 1), SCOTLAND) == dt.date(2027, 1, 5)
    assert working_day(dt.date.max, ENGLAND) == dt.date.max
    assert working_day(dt.date.min, ULSTER) == dt.date.min


def test_a_calendar_that_ends_on_a_day_off_leaves_the_date() -> None:
    last = max(day for day in _last_week() if day.weekday() < 5)
    assert working_day(last, ENGLAND) == last


def _last_week() -> list[dt.date]:
    return [dt.date.max - dt.timedelta(days) for days in range(7)]


def test_the_session_says_whose_and_is_england_s_and_wales_s_without() -> None:
    assert Session().nation is ENGLAND
    session = loads('format = 1\n[workshop]\nholidays = "Northern Ireland"\n')
    assert session.nation is ULSTER
    assert loads(dumps(session)) == session
    assert "holidays" not in dumps(Session(workshop=Workshop(title="A")))


def test_another_nation_in_the_file_is_a_sentence() -> None:
    with pytest.raises(
        SessionFileError, match=r'one of "England and Wales", "Scotland"'
    ) as refused:
        loads('[workshop]\nholidays = "Atlantis"\n')
    assert "Atlantis" in str(refused.value)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("scot", SCOTLAND), ("N", ULSTER), ("wales", ENGLAND), ("england and wales", ENGLAND)],
)
def test_it_is_said_by_the_start_of_a_word(said: str, kept: Nation) -> None:
    session = WORKSHOP.change(Session(), {"holidays": said}, today=TODAY)
    assert session.workshop.holidays is kept
    assert WORKSHOP.change(session, {"holidays": " "}, today=TODAY) == Session()


@pytest.mark.parametrize("said", ["France", "[PO]", "=1+1", "ab", "\x1b]0;x", "x" * 5000])
def test_what_is_no_nation_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(EditError, match="Type the start of one: England and Wales") as refused:
        WORKSHOP.change(Session(), {"holidays": said}, today=TODAY)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_papers_are_due_so_many_days_before_on_which_people_work() -> None:
    after_easter = dt.date(2027, 4, 6)  # Good Friday is 26 March, Easter Monday 29 March
    assert working_days_before(after_easter, Notice(), None) == dt.date(2027, 3, 29)
    assert working_days_before(after_easter, Notice(), ENGLAND) == dt.date(2027, 3, 25)
    assert working_days_before(after_easter, Notice(), SCOTLAND) == dt.date(2027, 3, 29)
    closed = Notice(closed=(dt.date(2027, 3, 30),))
    assert working_days_before(after_easter, closed, ENGLAND) == dt.date(2027, 3, 24)


def test_an_action_s_papers_keep_the_session_s_bank_holidays() -> None:
    meeting = Meeting("m", "Cabinet", date=dt.date(2027, 4, 6))
    action = Action("n", "Do", approval="cabinet or committee", due=dt.date(2027, 4, 30))
    for nation, day in ((ENGLAND, 25), (SCOTLAND, 29)):
        session = Session(
            workshop=Workshop(holidays=nation), meetings=(meeting,), actions=(action,)
        )
        found = deadline_for(session, action, TODAY)
        assert found
        assert found.papers_by == dt.date(2027, 3, day)


@pytest.mark.slow
def test_the_other_countries_are_not_loaded_and_can_be() -> None:
    """All of them take a tenth of a second of the first opening of part 3, and eight megabytes."""
    program = (
        "import datetime, sys;"
        "from offwall.model.records.dates import Nation, bank_holiday;"
        "print(bank_holiday(datetime.date(2027, 8, 2), Nation.SCOTLAND));"
        "assert not [name for name in sys.modules if name.endswith('.france')];"
        "import holidays; print(holidays.country_holidays('FR', years=2027)['2027-07-14'])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout.decode().split("\n")[:2] == ["Summer Bank Holiday", "National Day"]
