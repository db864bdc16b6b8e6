"""What others wrote is put onto every value of the history, however far that is from theirs."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from offwall.model.records.changes import UndoHistory, apply, diff
from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store.merge import merge
from offwall.model.store.versions import rebase_onto
from tests.store.test_merge import FEW, edited, keys, threes

WALL = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=tuple(Activity(f"a-{number}", "S1", f"Step {number}") for number in range(4)),
)


@pytest.mark.slow
@settings(FEW, max_examples=FEW.max_examples // 2)
@given(threes())
def test_it_says_what_a_merge_says(three: tuple[Session, Session, Session]) -> None:
    sent, value, merged = three
    # A document without a name cannot be told from the first place, which is a matter of order.
    assume(apply(sent, diff(sent, merged)) == merged)
    change = rebase_onto(sent, merged)
    assert change(sent) == merged
    assert change(value) == merge(sent, value, merged).session


def test_undo_takes_back_ones_own_and_nothing_of_theirs() -> None:
    history = UndoHistory(WALL)
    history = history.do("lead", lambda session: edited(session, "a-0", lead="cm"))
    history = history.do(
        "new", lambda session: replace(session, activities=(*session.activities, NEW))
    )
    sent = history.session
    theirs = edited(
        edited(edited(sent, "a-0", note="theirs"), "a-1", text="Theirs"), "a-9", lead="x"
    )
    history = history.everywhere(rebase_onto(sent, theirs))
    assert history.session == theirs
    # They changed the one that was made: taking the making back would take theirs back.
    assert history.undo().session == theirs
    first = history.undo().undo().session
    assert first == edited(theirs, "a-0", lead="")
    assert history.undo().undo().redo().redo().session == theirs


NEW = Activity("a-9", "S1", "New")


def test_what_they_put_beside_ours_stays_in_its_place_when_ours_is_undone() -> None:
    history = UndoHistory(WALL).do("new", lambda session: _with(session, 2, NEW))
    sent = history.session
    theirs = _with(sent, 3, Activity("a-8", "S1", "Theirs, behind the new one"))
    history = history.everywhere(rebase_onto(sent, theirs))
    assert keys(history.session) == "019823"
    assert keys(history.undo().session) == "01823"


def _with(session: Session, place: int, activity: Activity) -> Session:
    activities = list(session.activities)
    activities.insert(place, activity)
    return replace(session, activities=tuple(activities))


def test_a_stage_that_an_earlier_value_needs_stays_there() -> None:
    history = UndoHistory(edited(WALL, "a-3", stage="S2"))
    history = history.do("move", lambda session: edited(session, "a-3", stage="S1"))
    gone = replace(history.session, stages=WALL.stages[:1])
    history = history.everywhere(rebase_onto(history.session, gone))
    assert [stage.id for stage in history.session.stages] == ["S1"]
    assert [stage.id for stage in history.undo().session.stages] == ["S1", "S2"]
