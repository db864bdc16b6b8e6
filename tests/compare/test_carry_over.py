"""What a second session goes through first, and the changes that settle it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from offwall.model.compare.carry_over import (
    ChangesSince,
    accept_remark,
    close_remark,
    postpone,
    settle_action,
    settle_activity,
    settle_issue,
    settle_mark,
)
from offwall.model.records.session import (
    Action,
    ActionStatus,
    Activity,
    Improve,
    Issue,
    IssueStatus,
    Remark,
    RemarkStatus,
    Session,
    Stage,
    Workshop,
)
from offwall.model.records.text import EditError
from offwall.model.review.progress import was_confirmed
from offwall.model.review.second_session import LeftOverKind, left_over, next_to_go, second_session
from offwall.model.topics.improvement import set_improve

TODAY = dt.date(2027, 3, 1)
YESTERDAY, TOMORROW = dt.date(2027, 2, 28), dt.date(2027, 3, 2)
FIRST = Session(
    workshop=Workshop("w-1", date=dt.date(2026, 12, 10)),
    stages=(Stage("S1", "Begin"),),
    activities=(
        Activity("a-1", "S1", "Keep", improve=Improve.KEEP),
        Activity("a-2", "S1", "Drop", improve=Improve.DROP, note="Why?"),
        Activity(
            *("a-3", "S1", "Change", "cm"),
            improve=Improve.CHANGE,
            sequence_confirmed=True,
            lead_confirmed=True,
            open_point="Who?",
        ),
    ),
    actions=(
        Action("n-late", "Late", due=YESTERDAY),
        Action("n-later", "Later", due=dt.date(2027, 1, 4), status=ActionStatus.DOING),
        Action("n-today", "Today", due=TODAY),
        Action("n-done", "Done", due=YESTERDAY, status=ActionStatus.DONE),
        Action("n-never", "No date"),
    ),
    remarks=(
        Remark("r-1", "a-2", "Housing [PO] needs it =1+1", "J. Doe"),
        Remark("r-2", "", "Thanks"),
        Remark("r-3", "a-1", "Old", status=RemarkStatus.CLOSED),
    ),
)
SECOND = second_session(FIRST, seed="s")
ORDER = ["n-later", "n-late", "n-today", "n-never", "r-1", "r-2", "a-2", "a-3"]

Change = Callable[[Session], Session]
SETTLED: list[tuple[str, Change]] = [
    ("n-late", lambda s: settle_action(s, "n-late", "open", TODAY)),
    ("n-late", lambda s: settle_action(s, "n-late", "doing", TODAY)),
    ("n-late", lambda s: settle_action(s, "n-late", "done", TODAY)),
    ("n-late", lambda s: postpone(s, "n-late", "2w", TODAY)),
    ("r-1", lambda s: accept_remark(s, "r-1", seed="s")),
    ("r-2", lambda s: close_remark(s, "r-2")),
    ("a-2", lambda s: settle_mark(s, "a-2", "keep")),
    ("a-3", lambda s: settle_activity(s, "a-3")),
]


def listed(session: Session) -> list[str]:
    return [one.id for one in left_over(session, TODAY)]


def waiting(session: Session) -> list[str]:
    return [one.id for one in left_over(session, TODAY) if not one.gone_through]


def test_a_session_that_follows_no_other_has_nothing_left_over() -> None:
    assert left_over(FIRST, TODAY) == ()
    with pytest.raises(EditError, match="follows no other"):
        settle_mark(FIRST, "a-2", "keep")


def test_actions_overdue_first_then_open_remarks_then_what_is_to_change_or_drop() -> None:
    assert listed(SECOND) == waiting(SECOND) == ORDER
    kinds = [one.kind for one in left_over(SECOND, TODAY)]
    assert (
        kinds == [LeftOverKind.ACTION] * 4 + [LeftOverKind.REMARK] * 2 + [LeftOverKind.ACTIVITY] * 2
    )


@pytest.mark.parametrize(("key", "change"), SETTLED)
def test_what_is_settled_stays_listed_and_waits_no_more(key: str, change: Change) -> None:
    new = change(SECOND)
    # Another date may give an action another place.
    assert set(listed(new)) == set(ORDER)
    assert set(waiting(new)) == set(ORDER) - {key}


def test_the_same_answer_twice_is_one() -> None:
    once = settle_mark(SECOND, "a-2", "keep")
    assert settle_mark(once, "a-2", "keep") == once


def test_the_next_that_waits_comes_round_to_the_start() -> None:
    new = settle_action(SECOND, "n-late", "open", TODAY)
    found = left_over(new, TODAY)
    assert next_to_go(found, "n-later") == "n-today"
    assert next_to_go(found, "a-3") == next_to_go(found, "") == "n-later"
    for key, change in (
        ("n-later", "done"),
        ("n-late", "doing"),
        ("n-today", "open"),
        ("n-never", "open"),
    ):
        new = settle_action(new, key, change, TODAY)
    for key in ("r-1", "r-2"):
        new = close_remark(new, key)
    for key in ("a-2", "a-3"):
        new = settle_mark(new, key, "keep")
    assert next_to_go(left_over(new, TODAY), "r-1") == ""


def test_done_has_its_day_and_open_again_has_none() -> None:
    done = settle_action(SECOND, "n-late", "done", TODAY)
    assert (done.actions[0].status, done.actions[0].done_on) == (ActionStatus.DONE, TODAY)
    again = settle_action(done, "n-late", "open", TODAY)
    assert (again.actions[0].status, again.actions[0].done_on) == (ActionStatus.OPEN, None)


def test_another_date_must_be_one_to_come() -> None:
    new = postpone(SECOND, "n-late", "tomorrow", TODAY)
    assert new.actions[0].due == TOMORROW
    for said in ("", "  ", "soonish", "28/2/2027"):
        with pytest.raises(EditError):
            postpone(SECOND, "n-late", said, TODAY)


def test_an_accepted_remark_goes_into_the_note_or_is_parked() -> None:
    new = accept_remark(SECOND, "r-1", seed="s")
    assert new.activity_by_id["a-2"].note == "Why?; Housing [PO] needs it =1+1 (J. Doe)"
    assert new.remarks[0].status is RemarkStatus.CLOSED
    parked = accept_remark(SECOND, "r-2", seed="s")
    assert (parked.issues[0].text, parked.issues[0].parked) == ("Thanks", True)
    assert accept_remark(SECOND, "r-2", seed="s") == parked
    assert close_remark(SECOND, "r-2").issues == ()


def test_a_mark_confirms_nothing_and_keeps_the_open_point() -> None:
    kept = settle_mark(SECOND, "a-3", "keep").activity_by_id["a-3"]
    assert (kept.improve, kept.open_point, kept.sequence_confirmed) == (Improve.KEEP, "Who?", False)
    assert was_confirmed(kept) == "was confirmed on 10 Dec 2026"
    agreed = settle_activity(SECOND, "a-3").activity_by_id["a-3"]
    assert (agreed.improve, agreed.confirmed) == (Improve.CHANGE, True)
    assert was_confirmed(agreed) == ""


def test_what_is_marked_today_is_not_left_over_and_what_is_unmarked_is_no_more() -> None:
    new = set_improve(set_improve(SECOND, "a-1", "drop"), "a-3", "keep")
    assert [key for key in waiting(new) if key.startswith("a-")] == ["a-2", "a-3"]
    agreed = settle_activity(new, "a-3")
    assert "a-3" not in waiting(agreed)


def test_issues_that_are_not_closed_are_left_over_and_new_ones_are_not() -> None:
    issues = (Issue("i-1", "Nobody owns it"), Issue("i-2", "Old", status=IssueStatus.CLOSED))
    new = second_session(replace(FIRST, issues=issues), seed="s")
    new = replace(new, issues=(*new.issues, Issue("i-3", "Today's")))
    assert [key for key in waiting(new) if key.startswith("i-")] == ["i-1"]
    closed = settle_issue(new, "i-1", "closed")
    assert closed.issues[0].status is IssueStatus.CLOSED
    assert "i-1" in listed(closed)
    assert "i-1" not in waiting(closed)


def test_a_session_of_an_earlier_offwall_lists_what_is_overdue() -> None:
    old = replace(SECOND, earlier=replace(SECOND.earlier, left=()))
    assert listed(old) == ["n-later", "n-late", "r-1", "r-2", "a-2", "a-3"]


def test_what_is_gone_cannot_be_settled() -> None:
    with pytest.raises(EditError, match="no longer"):
        close_remark(replace(SECOND, remarks=()), "r-1")


def test_what_changed_since_starts_from_how_the_second_session_began() -> None:
    since = ChangesSince(FIRST)
    assert [since.of(SECOND, one.kind, one.id) for one in left_over(SECOND, TODAY)] == [""] * 8
    new = settle_action(settle_activity(SECOND, "a-3"), "n-late", "done", TODAY)
    assert (
        since.of(new, "activities", "a-3")
        == "note: “Settled: Who?”; no open point now (was “Who?”); confirmed"
    )
    assert since.of(new, "actions", "n-late") == (
        "status now done (was open); done on: Mon 1 Mar 2027"
    )


def test_all_that_changed_since_leaves_out_that_a_second_session_began() -> None:
    since = ChangesSince(FIRST)
    assert since.all(SECOND) == ()
    new = settle_mark(SECOND, "a-2", "keep")
    (section,) = since.all(new)
    assert [one.text for one in section.sentences] == ["S1.02 “Drop”: mark now keep (was drop)."]
    assert since.all(new) is since.all(new)
