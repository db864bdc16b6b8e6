"""How far the review has come; the times are handed in, as the model has no clock."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.session import Activity, Session, Stage
from offwall.model.review.progress import (
    StageCount,
    StageCounter,
    confirm,
    done_by,
    next_to_fill,
    pace,
    record_open_point,
    settled,
    timed,
    unconfirm,
)
from tests.strategies import EXAMPLES, sessions

NOON = dt.datetime(2026, 12, 10, 14, 0, tzinfo=dt.UTC)
FULL = Activity("a1", "S1", "One", lead="cm", accountable="hos", documents=("Form",))
AGREED = replace(FULL, sequence_confirmed=True, lead_confirmed=True)


def wall(*activities: Activity) -> Session:
    stages = (Stage("S1", "One"), Stage("S2", "Two"))
    named = (replace(each, id=f"a{n}") for n, each in enumerate(activities, 1))
    return Session(stages=stages, activities=tuple(named))


def minutes(*at: float) -> list[dt.datetime]:
    return [NOON + dt.timedelta(minutes=each) for each in at]


def test_the_counts_of_a_stage_and_of_all() -> None:
    session = wall(
        AGREED,
        FULL,
        replace(AGREED, lead="", lead_confirmed=False),
        replace(AGREED, lead_confirmed=False, open_point="[PO]?"),
        replace(FULL, stage="S2", documents=()),
    )
    counting = StageCounter()
    assert counting.of(session, "S1") == StageCount(4, 3, 1, 1, 2, 2)
    assert counting.of(session, "S2") == StageCount(1, 0, 0, 0, 0, 1)
    assert counting.total(session) == StageCount(5, 3, 1, 1, 2, 3)
    assert StageCounter().total(Session()) == StageCount()


def test_a_count_follows_every_change() -> None:
    counting, session = StageCounter(), wall(FULL, FULL)
    assert counting.of(session, "S1").confirmed == 0
    session = confirm(session, "a2")
    assert counting.of(session, "S1").confirmed == 1
    session = replace(session, activities=session.activities[1:])
    assert counting.of(session, "S1") == StageCount(1, 1, 1, 0, 0, 0)


@settings(max_examples=max(1, EXAMPLES // 4))
@given(sessions())
def test_counting_again_says_what_counting_anew_says(session: Session) -> None:
    counting = StageCounter()
    counting.total(session)
    changed = session
    for activity in session.activities[:2]:
        changed = unconfirm(confirm(changed, activity.id), session.activities[0].id)
    total = counting.total(changed)
    assert total == StageCounter().total(changed)
    assert total.activities == len(changed.activities)
    assert total.confirmed <= total.read <= total.activities
    assert total.to_go == sum(not settled(each) for each in changed.activities)


def test_the_walk_goes_on_round_and_stops_where_nothing_lacks() -> None:
    session = wall(FULL, replace(FULL, lead=""), FULL, replace(FULL, open_point="Who?"))

    def after(known: str) -> str:
        found = next_to_fill(session, known)
        return found.id if found else ""

    assert [after(known) for known in ("", "a1", "a2", "a3", "a4", "gone")] == [
        *("a2", "a2", "a4", "a4", "a2", "a2"),
    ]
    assert next_to_fill(session, "", {"a1", "a4"}) == session.activities[3]
    assert next_to_fill(wall(FULL, FULL), "a1") is None
    assert next_to_fill(wall(replace(FULL, lead="")), "a1")
    assert next_to_fill(Session(), "") is None


@pytest.mark.parametrize(
    ("at", "takes"),
    [
        ((), None),
        ((0,), None),
        ((0, 2), None),
        ((0, 2, 6), 3.0),
        ((6, 0, 2), 3.0),
        ((0, 2, 32, 36), 3.0),
        ((0, 5, 10), 5.0),
        ((0, 5.1, 10.2), None),
        ((0, 2, 30), None),
        ((0, 0, 0), 0.0),
    ],
)
def test_a_pace_needs_three_and_a_break_stops_its_clock(
    at: tuple[float, ...], takes: float | None
) -> None:
    each = pace(minutes(*at))
    assert each == (None if takes is None else dt.timedelta(minutes=takes))


def test_when_it_will_be_done() -> None:
    so_far = minutes(0, 2, 4)
    assert done_by(so_far, 12, *minutes(6)) == minutes(30)[0]
    assert done_by(so_far, 0, NOON) is None
    assert done_by(so_far[:2], 12, NOON) is None


def test_confirming_and_saying_what_is_open_are_timed_and_looking_again_is_not() -> None:
    one, two, three = minutes(1, 2, 3)
    new = wall(FULL, FULL, FULL)
    old, new = new, confirm(new, "a1")
    times = timed({}, old, new, one)
    old, new = new, record_open_point(new, "a2", "Who?")
    times = timed(times, old, new, two)
    assert times == {"a1": one, "a2": two}
    # To settle what was open is no new activity.
    assert timed(times, new, confirm(new, "a2"), three) == times
    assert timed(times, new, unconfirm(new, "a1"), three) == {"a2": two}


def test_what_comes_already_confirmed_says_nothing_of_the_pace() -> None:
    assert timed({}, Session(), wall(AGREED, AGREED), NOON) == {}
    session = wall(AGREED)
    assert timed({"a1": NOON}, session, replace(session), NOON) == {"a1": NOON}


@given(st.lists(st.datetimes(timezones=st.just(dt.UTC)), max_size=8), st.integers(0, 99))
def test_any_times_make_a_pace_within_a_break_or_none(at: list[dt.datetime], to_go: int) -> None:
    each = pace(at)
    assert each is None or dt.timedelta() <= each <= dt.timedelta(minutes=5)
    done = done_by(at, to_go, NOON)
    assert (done is None) == (each is None or not to_go)
    assert done is None or done >= NOON
