"""What differs between two sessions comes out as data and goes back in."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.changes import PLACE, UndoHistory, apply, diff
from offwall.model.records.session import Activity, Board, Role, Session, Stage, Workshop

NAMES = [f"a-{number}" for number in range(8)]
ORDERS = st.lists(st.sampled_from(NAMES), unique=True)
TEXTS = st.sampled_from(["Check", "[PO]", "=1+1", "\u05e9\u05dc\u05d5\u05dd"])


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    order = draw(ORDERS)
    return Session(
        workshop=Workshop(title=draw(TEXTS)),
        stages=(Stage("S1", "Set up"),),
        roles=tuple(Role(code, draw(TEXTS)) for code in draw(st.lists(TEXTS, unique=True))),
        activities=tuple(Activity(name, "S1", draw(TEXTS)) for name in order),
        board=draw(st.sampled_from([None, Board("Board"), Board("Panel", chair="cm")])),
    )


@given(sessions(), sessions())
def test_applying_the_difference_gives_the_new_session(old: Session, new: Session) -> None:
    assert apply(old, diff(old, new)) == new


@given(sessions())
def test_a_session_does_not_differ_from_itself(session: Session) -> None:
    assert diff(session, session) == ()


@given(ORDERS, ORDERS)
def test_as_few_records_move_as_can(first: list[str], second: list[str]) -> None:
    common = set(first) & set(second)
    old = Session(activities=tuple(Activity(name, "S1", "x") for name in first if name in common))
    new = Session(activities=tuple(Activity(name, "S1", "x") for name in second if name in common))
    moves = [change for change in diff(old, new) if change.field == PLACE]
    assert len(moves) <= max(0, len(common) - 1)


def test_one_move_is_one_change() -> None:
    old = Session(activities=tuple(Activity(name, "S1", name) for name in NAMES))
    new = replace(old, activities=(*old.activities[1:], old.activities[0]))
    (change,) = diff(old, new)
    assert (change.key, change.field, change.after) == ("a-0", PLACE, "a-7")


def test_changes_of_two_recorders_both_hold() -> None:
    base = Session(activities=(Activity("a-1", "S1", "One"), Activity("a-2", "S1", "Two")))
    ours = replace(base, activities=(replace(base.activities[0], lead="cm"), base.activities[1]))
    theirs = replace(base, activities=(base.activities[0], replace(base.activities[1], lead="hos")))
    both = apply(theirs, diff(base, ours))
    assert [activity.lead for activity in both.activities] == ["cm", "hos"]


def test_a_record_that_is_there_is_not_added_twice_and_a_lost_one_is_passed_over() -> None:
    old, new = Session(), Session(roles=(Role("cm", "Contract Manager"),))
    added = diff(old, new)
    assert apply(new, added) == new
    assert apply(old, diff(new, replace(new, roles=(Role("cm", "CM"),)))) == old


def test_undo_and_redo_walk_the_same_values() -> None:
    first = Session()
    history = UndoHistory(first).do("Add a role", lambda s: replace(s, roles=(Role("cm", "C"),)))
    assert history.undoable == "Add a role"
    assert history.undo().session == first
    assert history.undo().redoable == "Add a role"
    assert history.undo().redo() == history
    assert history.undo().undo() == history.undo()
    assert history.do("Nothing", lambda s: s) is history


def test_undo_never_takes_back_what_somebody_else_wrote() -> None:
    def theirs(session: Session) -> Session:
        return replace(session, workshop=replace(session.workshop, recorder="B"))

    history = UndoHistory(Session()).do("Role", lambda s: replace(s, roles=(Role("cm", "C"),)))
    assert history.everywhere(theirs).undo().session == theirs(Session())
