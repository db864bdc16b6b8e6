"""What was kept last, told from two values of a session."""

from dataclasses import replace

from offwall.model.compare.log import RecentChanges, at_first
from offwall.model.records.session import Action, Activity, Issue, Session, Stage, Topic
from offwall.model.setup.workshop import add_minutes


def a_session() -> Session:
    activities = (
        Activity("a-one", "S1", "One", sequence_confirmed=True, lead_confirmed=True),
        Activity("a-two", "S1", "Two"),
        Activity("a-three", "S2", "Three"),
    )
    return Session(
        stages=(Stage("S1", "First"), Stage("S2", "Second")),
        activities=activities,
        issues=(Issue("i-one", "Late", activity="a-one"),),
        actions=(Action("n-one", "Do it"), Action("n-two", "Do that", activity="a-three")),
        topics=(Topic("t-one", "tiering"),),
    )


BEFORE = a_session()
HERE = RecentChanges("a-one", "n-one", "t-one")


def with_activity(place: int, **fields: object) -> Session:
    changed = list(BEFORE.activities)
    changed[place] = replace(changed[place], **fields)  # type: ignore[arg-type]
    return replace(BEFORE, activities=tuple(changed))


def test_a_changed_activity() -> None:
    after = HERE.after(BEFORE, with_activity(1, text="Two, better"))
    assert after == RecentChanges("a-two", "n-one", "t-one")


def test_a_new_one_counts_more_than_what_changed_with_it() -> None:
    changed = with_activity(2, then="a-new")
    changed = replace(changed, activities=(Activity("a-new", "S1", "New"), *changed.activities))
    assert HERE.after(BEFORE, changed).activity == "a-new"


def test_of_a_paste_the_last() -> None:
    pasted = tuple(Activity(f"a-{number}", "S1", f"Line {number}") for number in range(4))
    after = HERE.after(BEFORE, replace(BEFORE, activities=BEFORE.activities + pasted))
    assert after.activity == "a-3"


def test_one_that_was_moved() -> None:
    first, second, third = BEFORE.activities
    moved = replace(BEFORE, activities=(second, first, third))
    assert RecentChanges("a-three").after(BEFORE, moved).activity in ("a-one", "a-two")
    assert HERE.after(BEFORE, with_activity(2, stage="S1")).activity == "a-three"


def test_behind_what_was_removed_stands_the_one_before_it() -> None:
    removed = replace(BEFORE, activities=BEFORE.activities[:2])
    assert RecentChanges("a-three").after(BEFORE, removed).activity == "a-two"
    assert RecentChanges("a-one").after(BEFORE, replace(BEFORE, activities=())).activity == "a-one"


def test_what_hangs_on_an_activity_leads_to_it() -> None:
    issue = replace(BEFORE.issues[0], text="Very late")
    assert (
        RecentChanges("a-two").after(BEFORE, replace(BEFORE, issues=(issue,))).activity == "a-one"
    )
    action = replace(BEFORE.actions[1], owner="cm")
    after = HERE.after(BEFORE, replace(BEFORE, actions=(BEFORE.actions[0], action)))
    assert after == RecentChanges("a-three", "n-two", "t-one")


def test_an_action_and_a_topic() -> None:
    actions = (*BEFORE.actions, Action("n-new", "More"))
    assert HERE.after(BEFORE, replace(BEFORE, actions=actions)) == replace(HERE, action="n-new")
    topic = replace(BEFORE.topics[0], outcome="Three tiers")
    assert RecentChanges().after(BEFORE, replace(BEFORE, topics=(topic,))) == RecentChanges(
        topic="t-one"
    )


def test_a_minute_that_passed_moves_nothing() -> None:
    assert HERE.after(BEFORE, add_minutes(BEFORE, "record", 1, "")) == HERE
    assert HERE.after(BEFORE, BEFORE) == HERE


def test_at_first_it_is_where_the_work_is() -> None:
    assert at_first(BEFORE) == RecentChanges("a-two", "n-two", "t-one")
    settled = tuple(
        replace(activity, sequence_confirmed=True, lead_confirmed=True)
        for activity in BEFORE.activities
    )
    assert at_first(replace(BEFORE, activities=settled)).activity == "a-three"
    assert at_first(Session()) == RecentChanges()
