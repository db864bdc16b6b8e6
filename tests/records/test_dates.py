"""Dates as people say them; Thursday 10 December 2026 is today."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.dates import parse_when, say_date, short_date

TODAY = dt.date(2026, 12, 10)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("29/1", dt.date(2027, 1, 29)),
        ("10/12", TODAY),
        ("9/12", dt.date(2027, 12, 9)),
        ("29/2", dt.date(2028, 2, 29)),
        ("29/1/27", dt.date(2027, 1, 29)),
        ("29/01/2025", dt.date(2025, 1, 29)),
        ("29 Jan", dt.date(2027, 1, 29)),
        ("29 january 2027", dt.date(2027, 1, 29)),
        ("1st Sept", dt.date(2027, 9, 1)),
        ("Fri 29 Jan 2027", dt.date(2027, 1, 29)),
        ("2027-01-29", dt.date(2027, 1, 29)),
        ("2w", dt.date(2026, 12, 24)),
        ("3D", dt.date(2026, 12, 13)),
        ("1m", dt.date(2027, 1, 10)),
        ("fri", dt.date(2026, 12, 11)),
        ("Thursday", dt.date(2026, 12, 17)),
        ("wed.", dt.date(2026, 12, 16)),
        ("today", TODAY),
        (" Tomorrow ", dt.date(2026, 12, 11)),
    ],
)
def test_said(said: str, date: dt.date) -> None:
    assert parse_when(said, TODAY) == date


@pytest.mark.parametrize(
    "said",
    [
        *("", " ", "31/2", "30 Feb", "0/1", "1/13", "29/2/2027", "2027-13-01", "0000-01-01"),
        *("9999w", "9999m", "99999999999d", "fr", "friend", "29 J", "29 Janx", "mon 29 Jan 2027"),
        *("29", "29 Jan 20270", "٢٩/١", "²/1", "=1+1", "29/1/", "next week", "2027/01/29"),
    ],
)
def test_no_date(said: str) -> None:
    today = dt.date(9999, 12, 31) if said in ("9999w", "9999m") else TODAY
    assert parse_when(said, today) is None


def test_a_month_on_from_its_last_day_is_the_last_day() -> None:
    assert parse_when("1m", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert parse_when("12m", dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_saying() -> None:
    assert say_date(dt.date(2027, 1, 29)) == "Fri 29 Jan 2027"
    assert short_date(dt.date(7, 1, 2)) == "2 Jan 0007"


@given(st.dates(), st.dates())
def test_what_is_said_is_read_back(date: dt.date, today: dt.date) -> None:
    for said in (
        say_date(date),
        short_date(date),
        date.isoformat(),
        date.strftime("%d/%m/") + f"{date.year:04}",
    ):
        assert parse_when(said, today) == date


@given(st.text("0123456789/- dwmjanfeb", max_size=12), st.dates())
def test_nothing_breaks_it(said: str, today: dt.date) -> None:
    date = parse_when(said, today)
    assert date is None or isinstance(date, dt.date)
