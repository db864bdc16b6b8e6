"""Dates as people say them; Thursday 10 December 2026 is today."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.dates import parse_when, read_when, say_date, short_date

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


PHRASES = tomllib.loads((Path(__file__).parents[1] / "line/date_phrases.toml").read_text("utf-8"))
SUNDAY = dt.date(2026, 11, 29)
MEETINGS = {
    "cabinet": (dt.date(2027, 2, 9), dt.date(2027, 1, 26)),
    "full council": (dt.date(2027, 2, 24), dt.date(2027, 2, 15)),
}


@pytest.mark.parametrize("entry", PHRASES["phrases"], ids=lambda entry: str(entry["said"]))
def test_a_phrase_is_read_whole_or_the_doubt_is_said(entry: dict[str, Any]) -> None:
    words = entry["said"].split()
    found = read_when(words, SUNDAY, MEETINGS)
    if found.doubt or not found.date:
        assert found.doubt
        assert "doubt" in entry or entry.get("or") == "doubt"
    else:
        assert found.words == len(words)
        assert found.date in (entry.get("due"), *entry.get("or_due", ()))
        assert all(word in found.means for word in entry.get("says", ()))


@pytest.mark.parametrize(
    ("said", "today", "doubt"),
    [
        ("next Friday", dt.date(2026, 12, 2), "Fri 4 Dec 2026 or Fri 11 Dec 2026"),
        ("Mon 5 Jan", SUNDAY, "5 Jan 2027 is a Tuesday"),
        ("w/c 5 Jan", SUNDAY, "5 Jan 2027 is a Tuesday"),
        ("5 Jan 27 people", SUNDAY, "27 may be the year"),
        ("Jan 27", SUNDAY, "27 may be the day"),
        ("5m", SUNDAY, "months, or millions"),
        ("1 Jan 2025", SUNDAY, "1 Jan 2025 is past"),
        ("Friday or Monday", SUNDAY, "no date that is understood"),
        ("before Cabinet agrees it", SUNDAY, "what follows"),
        ("3rd parties", SUNDAY, "what follows"),
    ],
)
def test_a_doubt_says_what_does_not_agree(said: str, today: dt.date, doubt: str) -> None:
    assert doubt in read_when(said.split(), today, MEETINGS).doubt


@pytest.mark.parametrize(
    ("said", "words", "date"),
    [
        ("5 Jan 20 people", 2, dt.date(2027, 1, 5)),
        ("4 Dec; chase weekly", 2, dt.date(2026, 12, 4)),
        ("Friday and tell the schools", 1, dt.date(2026, 12, 4)),
        ("next Monday @cm", 2, dt.date(2026, 11, 30)),
        ("the gate", 0, None),
        ("email to members", 0, None),
        ("", 0, None),
    ],
)
def test_a_date_ends_where_the_words_go_on(said: str, words: int, date: dt.date | None) -> None:
    found = read_when(said.split(), SUNDAY, MEETINGS)
    assert (found.words, found.date, found.doubt) == (words, date, "")
