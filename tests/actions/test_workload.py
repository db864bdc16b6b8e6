"""How the actions are spread, against a count that is made another way."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.actions.plan import EVEN_SHARES, TOO_MANY, OwnerLoad, people_there, workload
from offwall.model.records.session import Action, ActionStatus, Group, Person, Role, Session
from offwall.model.store.toml.load import loads
from tests.strategies import EXAMPLES, HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)  # a Thursday
PEOPLE = (
    Person("p-1", "Amira Khan", role="cm", group=Group.PARTICIPANT),
    Person("p-2", "Ruth Adeyemi", role="pro", group=Group.CORE),
    Person("p-3", "Raj Patel", role="Driver"),
    Person("p-4", "The Director", role="dir", group=Group.SENIOR),
)
ROLES = (Role("cm", "Contract Manager"), Role("pro", "Procurement"), Role("dir", "Director"))


def of(*actions: Action) -> Session:
    return Session(people=PEOPLE, roles=ROLES, actions=actions)


def load_of(session: Session, key: str) -> OwnerLoad:
    found = [load for load in workload(session, TODAY).loads if load.key == key]
    assert len(found) == 1
    return found[0]


def owned(*owners: str) -> Session:
    return of(*(Action(f"n{n}", f"Do {n}", owner=owner) for n, owner in enumerate(owners)))


def test_the_core_group_comes_first_and_who_must_only_hear_was_not_there() -> None:
    assert [person.id for person in people_there(of())] == ["p-2", "p-1", "p-3"]


def test_what_one_carries_is_one_s_own_and_one_s_role_s_by_any_name() -> None:
    session = owned("p-2", "pro", "PRO", "Ruth Adeyemi", "ruth", "Procurement", "driver", "cm")
    assert len(load_of(session, "p-2").actions) == 6
    assert [action.id for action in load_of(session, "p-1").actions] == ["n7"]
    assert [action.id for action in load_of(session, "p-3").actions] == ["n6"]


def test_who_was_not_there_and_a_group_stand_under_themselves_and_nobody_comes_last() -> None:
    session = owned("dir", "p-4", "core group", "", "Core Group")
    others = [load for load in workload(session, TODAY).loads if not load.there]
    assert [(load.key, len(load.actions)) for load in others] == [
        ("dir", 1),
        ("p-4", 1),
        ("core group", 2),
        ("", 1),
    ]
    assert [load.name for load in others] == ["Director", "The Director", "core group", ""]


def test_who_has_none_neither_carries_nor_helps() -> None:
    session = of(
        Action("1", "Do", owner="p-1", helper="Raj"),
        Action("2", "Done", owner="p-2", status=ActionStatus.DONE),
        Action("3", "Dropped", owner="p-2", helper="p-2", status=ActionStatus.DROPPED),
    )
    assert load_of(session, "p-2").has_none
    assert not load_of(session, "p-1").has_none
    assert not load_of(session, "p-3").has_none
    assert load_of(session, "p-3").helps == 1


@pytest.mark.parametrize(
    ("mine", "others", "too_many"),
    [(3, 0, False), (4, 0, True), (4, 1, True), (4, 2, False), (5, 2, True), (8, 4, False)],
)
def test_too_many_is_four_and_over_twice_the_even_share_of_three_people(
    mine: int, others: int, too_many: bool
) -> None:
    session = owned(*["p-2"] * mine, *["p-1"] * others)
    assert load_of(session, "p-2").too_many is too_many
    assert workload(session, TODAY).share == (mine + others) / 3


def test_a_week_goes_from_monday_to_sunday() -> None:
    days = ("2027-01-11", "2027-01-17", "2027-01-18", "2026-12-06", "2026-12-07")
    session = of(
        *(Action(day, day, due=dt.date.fromisoformat(day)) for day in days), Action("x", "Some day")
    )
    found = workload(session, TODAY)
    assert [(week.monday.isoformat(), len(week.actions)) for week in found.weeks] == [
        ("2026-11-30", 1),
        ("2026-12-07", 1),
        ("2027-01-11", 2),
        ("2027-01-18", 1),
    ]
    assert [week.overdue for week in found.weeks] == [True, False, False, False]
    assert [action.id for action in found.undated] == ["x"]


def test_too_much_in_one_week_is_said() -> None:
    far = [Action(f"f{n}", "x", due=TODAY + dt.timedelta(14 + 7 * n)) for n in range(3)]
    near = [Action(f"n{n}", "x", due=TODAY) for n in range(5)]
    weeks = workload(of(*near[:4], *far), TODAY).weeks
    assert [week.too_many for week in weeks] == [True, False, False, False]
    assert not any(week.too_many for week in workload(of(*near[:4], *far[:1]), TODAY).weeks)


def test_the_ends_of_the_calendar_are_weeks_too() -> None:
    session = of(Action("1", "x", due=dt.date.min), Action("2", "y", due=dt.date.max))
    assert [week.monday for week in workload(session, dt.date.min).weeks] == [
        dt.date.min,
        dt.date(9999, 12, 27),
    ]


def test_nobody_and_nothing_is_no_fault() -> None:
    nothing = workload(Session(), TODAY)
    assert (nothing.loads, nothing.weeks, nothing.share) == ((), (), 0)
    assert workload(owned("p-2") and Session(actions=owned("").actions), TODAY).share == 1


def test_the_sample_by_a_count_of_its_text() -> None:
    """The owners and the weeks counted in the file's lines, without the model."""
    text = sample_sessions.path("contract-management").read_text(encoding="utf-8")
    blocks = text.split("[[actions]]")[1:]
    owners = Counter(block.split('owner = "')[1].split('"')[0] for block in blocks)
    dates = (block.split("due = ")[1].split("\n")[0] for block in blocks)
    weeks = Counter(dt.date.fromisoformat(date).isocalendar()[:2] for date in dates)
    session = loads(text)
    found = workload(session, TODAY)
    for person in people_there(session):
        assert len(load_of(session, person.id).actions) == owners[person.role]
    assert {week.monday.isocalendar()[:2]: len(week.actions) for week in found.weeks} == weeks


@pytest.mark.slow
@settings(max_examples=max(1, EXAMPLES // 2))
@given(sessions(), st.dates())
def test_every_live_action_is_in_one_week_or_none_and_with_somebody(
    session: Session, today: dt.date
) -> None:
    found = workload(session, today)
    open_ones = [a for a in session.actions if a.status in ("open", "doing")]
    dated = [action for week in found.weeks for action in week.actions]
    assert sorted(map(id, (*dated, *found.undated))) == sorted(map(id, open_ones))
    assert {id(a) for load in found.loads for a in load.actions} == set(map(id, open_ones))
    for week in found.weeks:
        assert all(a.due and 0 <= (a.due - week.monday).days < 7 for a in week.actions)
    for load in found.loads:
        many = len(load.actions) >= TOO_MANY and len(load.actions) > EVEN_SHARES * found.share
        assert load.too_many is (load.there and many)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_owner_is_an_owner(text: str) -> None:
    session = owned(text, text)
    (load,) = [one for one in workload(session, TODAY).loads if one.actions]
    assert len(load.actions) == 2
