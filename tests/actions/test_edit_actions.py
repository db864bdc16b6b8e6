"""Scoring, ranking, owning and dating actions; topics; where a record belongs."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.actions.edit_actions import (
    clear_place,
    move_action,
    remove_action,
    set_action_status,
    set_approval,
    set_due,
    set_score,
    set_scores,
    set_votes,
    set_who,
)
from offwall.model.actions.issues import ISSUES
from offwall.model.actions.ranking import rank
from offwall.model.process.activities import put_at
from offwall.model.records.changes import put_beside
from offwall.model.records.session import Action, ActionKind, ActionStatus, Session, Workshop
from offwall.model.records.text import EditError
from offwall.model.store.toml.load import loads
from offwall.model.topics.topics import (
    new_topic_id,
    open_topic,
    remove_topic,
    rename_topic,
    set_minutes,
    topic_of,
    write_topic,
)
from tests.strategies import HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)
SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))
ONE = Session(actions=(Action("n-1", "Share the checklist"),))
HUGE = "9" * 5000


def only(session: Session) -> Action:
    (action,) = session.actions
    return action


def test_impact_and_effort_are_set_each_and_together() -> None:
    scored = set_score(set_score(ONE, "n-1", "impact", 5), "n-1", "effort", 1)
    assert (only(scored).impact, only(scored).effort) == (5, 1)
    for said, expected in [("4/2", (4, 2)), (" 3 5 ", (3, 5)), ("21", (2, 1)), ("?/4", (None, 4))]:
        found = only(set_scores(scored, "n-1", said))
        assert (found.impact, found.effort) == expected
    assert only(set_scores(scored, "n-1", "  ")) == only(ONE)


@pytest.mark.parametrize("said", ["6/1", "0/1", "5", "5/1/1", "-1/2", "5.1", "٣/٢", *HOSTILE[:6]])
def test_what_is_no_score_is_said_and_not_kept(said: str) -> None:
    with pytest.raises(EditError, match=r"Type impact and effort, 1 to 5, such as 5/1\."):
        set_scores(ONE, "n-1", said)


@pytest.mark.parametrize(("which", "score"), [("impact", 0), ("effort", 6), ("votes", 3)])
def test_a_digit_off_the_scale_is_refused(which: str, score: int) -> None:
    with pytest.raises(EditError, match="1 for little up to 5 for much"):
        set_score(ONE, "n-1", which, score)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("29 Jan", dt.date(2027, 1, 29)),
        ("29/1", dt.date(2027, 1, 29)),
        ("2w", dt.date(2026, 12, 24)),
        ("fri", dt.date(2026, 12, 11)),
        ("", None),
        (" \n ", None),
    ],
)
def test_a_target_date_is_said_as_people_say_it(said: str, due: dt.date | None) -> None:
    dated = replace(ONE, actions=(replace(only(ONE), due=TODAY),))
    assert only(set_due(dated, "n-1", said, TODAY)).due == due


@pytest.mark.parametrize("said", ["31 Feb", "soon", HUGE, *HOSTILE[:6]])
def test_what_is_no_date_is_said_with_what_would_be(said: str) -> None:
    with pytest.raises(EditError, match=r"is no date\. Type one such as"):
        set_due(ONE, "n-1", said, TODAY)


def test_a_date_in_the_past_is_said_unless_it_stands_there_already() -> None:
    with pytest.raises(EditError, match="Wed 9 Dec 2026 is in the past"):
        set_due(ONE, "n-1", "2026-12-09", TODAY)
    late = replace(ONE, actions=(replace(only(ONE), due=dt.date(2026, 1, 1)),))
    assert set_due(late, "n-1", "1 Jan 2026", TODAY) == late


@pytest.mark.parametrize("said", ["-1", "1.5", "1000", "seven", "٣", HUGE, "[PO]"])
def test_what_is_no_number_of_votes_is_said(said: str) -> None:
    with pytest.raises(EditError, match="is no number of votes"):
        set_votes(ONE, "n-1", said)


def test_votes_owner_and_approval_come_and_go() -> None:
    assert only(set_votes(ONE, "n-1", " 12 ")).votes == 12
    assert set_votes(set_votes(ONE, "n-1", "12"), "n-1", "") == ONE
    for text in ("[PO] leads", "=1+1", "🧾 e\u0301", "é" * 500):
        assert only(set_who(ONE, "n-1", "owner", text)).owner == text
        ladder = replace(ONE, workshop=Workshop(approvals=("team", text)))
        assert only(set_approval(ladder, "n-1", text)).approval == text
        with pytest.raises(EditError, match=r"is no approval here\. Choose one of: team, head of"):
            set_approval(ONE, "n-1", text)
    assert only(set_who(ONE, "n-1", "owner", "a\x1b]0;b\nc")).owner == "a ]0;b c"
    assert set_who(set_who(ONE, "n-1", "owner", "cm"), "n-1", "owner", "") == ONE


def test_the_status_is_said_and_done_has_its_date() -> None:
    session, seen = ONE, []
    for status in (*tuple(ActionStatus)[1:], ActionStatus.OPEN):
        session = set_action_status(session, "n-1", status, TODAY)
        seen.append((only(session).status, only(session).done_on))
    assert seen == [
        (ActionStatus.DOING, None),
        (ActionStatus.DONE, TODAY),
        (ActionStatus.DROPPED, None),
        (ActionStatus.OPEN, None),
    ]


def test_an_action_that_is_gone_is_said_in_a_sentence() -> None:
    gone = remove_action(ONE, "n-1")
    assert gone.actions == ()
    for change in (remove_action, clear_place):
        with pytest.raises(EditError, match="no longer in the session"):
            change(gone, "n-1")
    with pytest.raises(EditError, match="no longer in the session"):
        move_action(gone, "n-1", 1)


def texts(actions: tuple[Action, ...]) -> list[str]:
    return [action.id for action in actions]


def test_the_groups_own_move_keeps_until_it_is_taken_back() -> None:
    before = texts(rank(SAMPLE))
    moved = move_action(SAMPLE, before[3], -1)
    assert texts(rank(moved)) == [*before[:2], before[3], before[2], *before[4:]]
    # A better score later does not move what the group has placed.
    scored = set_scores(moved, before[3], "1/5")
    assert texts(rank(scored))[2] == before[3]
    assert texts(rank(clear_place(moved, before[3]))) == before


@pytest.mark.slow
@given(sessions(), st.data())
def test_a_move_changes_two_places_and_back_again(session: Session, data: st.DataObject) -> None:
    for kind in ActionKind:
        listed = rank(session) if kind is ActionKind.IMPROVEMENT else next_steps(session)
        if len(listed) < 2 or len({one.id for one in session.actions}) < len(session.actions):
            continue
        at = data.draw(st.integers(0, len(listed) - 2))
        order = texts(listed)
        moved = move_action(session, order[at], 1)
        expected = [*order[:at], order[at + 1], order[at], *order[at + 2 :]]
        assert listed_of(moved, kind) == expected
        assert listed_of(move_action(moved, order[at], -1), kind) == order
        assert {one.text for one in moved.actions} == {one.text for one in session.actions}
        for end, by in ((order[0], -1), (order[-1], 1)):
            with pytest.raises(EditError, match="It is already the"):
                move_action(session, end, by)


def next_steps(session: Session) -> tuple[Action, ...]:
    return tuple(one for one in session.actions if one.kind is ActionKind.NEXT_STEP)


def listed_of(session: Session, kind: ActionKind) -> list[str]:
    return texts(rank(session) if kind is ActionKind.IMPROVEMENT else next_steps(session))


def test_a_topic_is_taken_up_once_and_an_own_one_as_often_as_wanted() -> None:
    session = open_topic(SAMPLE, "tiering", seed="s")
    (topic,) = session.topics
    assert (topic.id, topic.kind) == (new_topic_id("s"), "tiering")
    with pytest.raises(EditError, match="open already"):
        open_topic(session, "tiering", seed="t")
    for seed, title in (("a", "[PO]"), ("b", "=1+1")):
        session = open_topic(session, "own", seed=seed, title=title)
    assert [one.title for one in session.topics] == ["", "[PO]", "=1+1"]
    with pytest.raises(EditError, match="Say in a few words what the topic is"):
        open_topic(session, "own", seed="c", title=" \n")
    with pytest.raises(EditError, match="Say in a few words"):
        rename_topic(session, session.topics[1].id, "")
    assert remove_topic(session, topic.id).topics == session.topics[1:]


def test_each_issue_may_be_a_topic_of_its_own() -> None:
    first, second = SAMPLE.issues[:2]
    session = open_topic(SAMPLE, "issue", seed="a", issue=first.id)
    session = open_topic(session, "issue", seed="b", issue=second.id)
    assert topic_of(session, "issue", second.id) == session.topics[1]
    with pytest.raises(EditError, match="open already"):
        open_topic(session, "issue", seed="c", issue=first.id)
    with pytest.raises(EditError, match="no longer in the session"):
        open_topic(session, "issue", seed="c", issue="i-gone")


def test_notes_keep_their_lines_and_minutes_are_a_number() -> None:
    session = open_topic(Session(), "own", seed="a", title="What next?")
    key = new_topic_id("a")
    text = "- one [PO]\r\n\r\n- two =1+1  \n\t🧾 " + "é" * 500 + "\x1b[31m\n"
    written = write_topic(session, key, "notes", text)
    assert written.topics[0].notes == "- one [PO]\n\n- two =1+1\n\t🧾 " + "é" * 500 + "[31m"
    assert write_topic(written, key, "notes", "\n \n") == session
    with pytest.raises(EditError, match="notes and an outcome"):
        write_topic(session, key, "kind", "own")
    assert set_minutes(session, key, "41").topics[0].minutes == 41
    for said in ("-3", "an hour", "1441", HUGE):
        with pytest.raises(EditError, match="is no number of minutes"):
            set_minutes(session, key, said)


def test_where_is_a_ref_or_words() -> None:
    session = ISSUES.add(SAMPLE, {"text": "Nobody knows"}, seed="a")
    key, first = session.issues[-1].id, session.in_order[0]
    at = put_at(session, key, "s1.01").issues[-1]
    assert (at.activity, at.near) == (first.id, "")
    for words in ("handover", "S9.99", "end", "[PO]", ""):
        near = put_at(put_at(session, key, "S1.01"), key, words).issues[-1]
        assert (near.activity, near.near) == ("", words)


def test_a_record_goes_beside_another_or_to_the_end() -> None:
    first, second, *_, last = SAMPLE.issues
    moved = put_beside(SAMPLE, "issues", last.id, first.id)
    assert moved.issues[:3] == (first, last, second)
    assert put_beside(moved, "issues", last.id, first.id, before=True).issues[:2] == (last, first)
    assert put_beside(moved, "issues", last.id, "i-gone") == SAMPLE
