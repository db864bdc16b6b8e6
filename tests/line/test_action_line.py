"""The plan's line, and the actions that it makes and changes."""

import datetime as dt

import pytest

from offwall.model.actions.edit_actions import (
    action_note_of,
    add_action,
    edit_action,
    new_action_id,
)
from offwall.model.line.actions import parse_action, render_action
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.post_it import ActionPostIt
from offwall.model.records.session import Action, ActionKind, Person, Role, Session, Workshop
from offwall.model.records.text import EditError

TODAY = dt.date(2026, 12, 10)
SESSION = Session(
    roles=(Role("pro", "Procurement"),),
    people=(Person("p-1", "Jane Doe"), Person("p-2", "Ann Roe"), Person("p-3", "Ann Poe")),
    actions=(Action("n-1", "Old", owner="the core group", votes=3),),
)
WORDS = Vocabulary.of(SESSION, TODAY)
DUE = dt.date(2027, 1, 29)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            "Share Housing's checklist @jane by 29 Jan 5/1 =team",
            ActionPostIt("Share Housing's checklist", "p-1", DUE, 5, 1, "team"),
        ),
        ("=team by 29/1 @jane Share it 5/1", ActionPostIt("Share it", "p-1", DUE, 5, 1, "team")),
        ("Do it @Procurement", ActionPostIt("Do it", "pro")),
        ("Do it @Ann Poe", ActionPostIt("Do it", "p-3")),
        ("Do it @ann", ActionPostIt("Do it", "ann")),
        ("Do it @the core group", ActionPostIt("Do it", "the core group")),
        ('Do it @"all leads"', ActionPostIt("Do it", "all leads")),
        ("Do it by 5/1 5/1", ActionPostIt("Do it", "", dt.date(2027, 1, 5), 5, 1)),
        ("Do it 5/? =cabinet", ActionPostIt("Do it =cabinet", "", None, 5, None)),
        ("Do it =cabinet member", ActionPostIt("Do it", approval="cabinet member")),
        ("Do it =dir", ActionPostIt("Do it", approval="director")),
        ("Do it =hos", ActionPostIt("Do it", approval="head of service")),
        ("Do it =full council", ActionPostIt("Do it", approval="Full Council")),
        ("Sum =1+1 and 6/1 and 0/3", ActionPostIt("Sum =1+1 and 6/1 and 0/3")),
        ("Log +1 /x ?y !r ^z 10% a:b", ActionPostIt("Log +1 /x ?y !r ^z 10% a:b")),
        ("Say \\@jane \\5/1 \\=team \\by fri", ActionPostIt("Say @jane 5/1 =team by fri")),
        ("Half 3/4 then 1/2", ActionPostIt("Half 3/4 then", "", None, 1, 2)),
        ("", ActionPostIt("")),
    ],
)
def test_said(line: str, note: ActionPostIt) -> None:
    assert parse_action(line, WORDS).note == note
    assert parse_action(render_action(note, WORDS), WORDS).note == note


def test_a_session_brings_its_own_ladder() -> None:
    session = Session(workshop=Workshop(approvals=("Mayor", "Full council")))
    words = Vocabulary.of(session, TODAY)
    assert parse_action("Do =may", words).note.approval == "Mayor"
    assert parse_action("Do =whole council", words).note.approval == "Full council"
    assert parse_action("Do =team", words).note == ActionPostIt("Do =team")


def test_unknown_owners_are_said() -> None:
    assert "ann is no role or person" in parse_action("Do it @ann", WORDS).doubts[0]
    assert parse_action("Do it @jane", WORDS).doubts == ()


def test_adding() -> None:
    note = ActionPostIt("Share it", "p-1", DUE, 5, 1, "team")
    new = add_action(
        SESSION, note, seed="s", kind=ActionKind.NEXT_STEP, issue="i-1", activity="a-1"
    )
    assert new.actions == (
        *SESSION.actions,
        Action(
            new_action_id("s"),
            "Share it",
            kind=ActionKind.NEXT_STEP,
            issue="i-1",
            activity="a-1",
            owner="p-1",
            due=DUE,
            impact=5,
            effort=1,
            approval="team",
        ),
    )
    assert action_note_of(new, new_action_id("s")) == note


def test_editing_changes_only_what_differs() -> None:
    before = action_note_of(SESSION, "n-1")
    new = edit_action(SESSION, "n-1", before, ActionPostIt("Old", "the core group", DUE))
    assert new.actions == (Action("n-1", "Old", owner="the core group", votes=3, due=DUE),)
    undone = edit_action(new, "n-1", action_note_of(new, "n-1"), ActionPostIt("New"))
    assert undone.actions == (Action("n-1", "New", votes=3),)


@pytest.mark.parametrize("note", [ActionPostIt(""), ActionPostIt("x", impact=6)])
def test_what_cannot_be_kept_is_said(note: ActionPostIt) -> None:
    with pytest.raises(EditError, match=r"\.$"):
        add_action(SESSION, note, seed="s")
    with pytest.raises(EditError, match=r"\.$"):
        edit_action(SESSION, "n-1", action_note_of(SESSION, "n-1"), note)


def test_an_action_that_is_gone_is_said() -> None:
    with pytest.raises(EditError, match="no longer"):
        edit_action(SESSION, "n-9", ActionPostIt("x"), ActionPostIt("y"))


def test_what_looks_like_a_token_and_is_none_is_said() -> None:
    left = parse_action("Bad [/] by 31 Feb 9/9 =xyz", WORDS).doubts
    assert [*left] == [
        "“by 31 Feb” stays as text: there is no such date.",
        "“=xyz” stays as text: it is no one approval on the ladder.",
        "“9/9” stays as text: a score, from 1/1 to 5/5, stands once, at the end.",
    ]
    [two] = parse_action("Share data =cabinet", WORDS).doubts
    assert two.endswith("text: it may be cabinet member, or cabinet or committee.")
    for line in ("Cut waits by 10% =dir 4/2", "Be there 24/7 by fri", "A \\=b \\9/9 = by 3 people"):
        assert parse_action(line, WORDS).doubts == ()


def test_a_date_that_is_past_counts_where_an_action_has_it() -> None:
    past = dt.date(2026, 12, 1)
    note = ActionPostIt("Old", "the core group", past)
    assert parse_action(render_action(note, WORDS), WORDS).note.due is None
    session = Session(actions=(Action("n-1", "Old", owner="the core group", due=past),))
    words = Vocabulary.of(session, TODAY)
    assert parse_action(render_action(note, words), words).note == note
