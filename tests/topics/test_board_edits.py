"""The board's terms, its gates in words and on the wall, and who decides: model and table."""

import datetime as dt
from dataclasses import replace

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import Activity, Board, Improve, Person, Role, Session, Stage
from offwall.model.records.text import EditError
from offwall.model.tables.topics import BOARD_SHEET
from offwall.model.topics.board import (
    BOARD,
    DECIDERS,
    GATES,
    approval_steps,
    gate_activities,
    terms_of_reference,
    toggle_gate,
)

WALL = Session(
    stages=(Stage("S1", "One"),),
    roles=(Role("cm", "Contract Manager"), Role("fin", "Finance"), Role("fin2", "Finance lead")),
    people=(Person("p-1", "Jane Doe"),),
    activities=(
        Activity("a-1", "S1", "Score the contract", accountable="cm", decision="Which tier?"),
        Activity("a-2", "S1", "Pay", accountable="cm"),
        Activity("a-3", "S1", "Vary", decided_by="fin", limit="to £5k", timescale="5 days"),
    ),
)
EMPTY = dict.fromkeys((ask.name for ask in BOARD.asks if ask.name != "review_on"), "")
TODAY = dt.date(2026, 12, 10)


def add_gate(session: Session, words: str, beside: str = "") -> Session:
    return GATES.add(session, {"text": words}, beside=beside)


def gates(session: Session) -> tuple[str, ...]:
    return session.board.gates if session.board else ()


def test_terms_are_roles_people_and_words() -> None:
    said = EMPTY | {
        "chair": "jane doe",
        "members": "cm; Finance; The [PO]; cm;",
        "must_not": "=1+1",
    }
    session = BOARD.change(WALL, said)
    board = session.board
    assert board == Board(
        "Assurance Board",
        chair="p-1",
        members=("cm", "fin", "The [PO]"),
        must_not="=1+1",
    )
    assert BOARD.change(session, BOARD.shown(session), today=TODAY) == session


def test_what_terms_of_reference_need_stands_in_terms_and_sheet() -> None:
    said = {
        "power": "Advises",
        "reports_to": "Leadership team",
        "quorum": "3",
        "secretary": "jane doe",
        "conflicts": "Declared; no part in it",
        "review_on": "31 mar 2028",
    }
    session = BOARD.change(WALL, EMPTY | {"members": "cm"} | said, today=TODAY)
    session = replace(session, people=(*session.people, Person("p-2", "Al Ba", role="cm")))
    terms = {term.heading: term.lines for term in terms_of_reference(session)}
    assert terms["Power"] == ("Advises",)
    assert terms["Secretary"] == ("Jane Doe",)
    assert terms["Members"] == ("Contract Manager (Al Ba)",)
    assert terms["Review date"] == ("31 March 2028",)
    rows = {row["item"]: row for row in BOARD_SHEET.of(session).records()}
    assert rows["Secretary"]["says"] == "Jane Doe"
    assert rows["Review"]["date"] == dt.date(2028, 3, 31)
    assert rows["Conflicts of interest"]["says"] == "Declared; no part in it"
    with pytest.raises(EditError, match="is no date"):
        BOARD.change(WALL, {"review_on": "soonish"}, today=TODAY)


def test_a_member_that_may_be_several_roles_is_asked_about() -> None:
    with pytest.raises(EditError, match="Type the code"):
        BOARD.change(WALL, EMPTY | {"members": "f"})


def test_terms_that_were_not_touched_stay_to_the_letter() -> None:
    for name in ("brackets", "contract-management"):
        session = store.read_session(sample_sessions.path(name))
        assert session.board
        assert BOARD.change(session, BOARD.shown(session), today=TODAY) == session


def test_gates_are_added_changed_moved_and_removed() -> None:
    session = add_gate(add_gate(Session(), "Exit plan"), "[/ words")
    assert gates(session) == ("Exit plan", "[/ words")
    assert gates(add_gate(session, "Middle", "Exit plan")) == ("Exit plan", "Middle", "[/ words")
    assert gates(GATES.move(session, "[/ words", -1)) == ("[/ words", "Exit plan")
    assert gates(GATES.change(session, "Exit plan", {"text": "Entry"})) == ("Entry", "[/ words")
    assert gates(GATES.remove(session, "Exit plan")) == ("[/ words",)
    for wrong in ("", "  \n", "Exit plan"):
        with pytest.raises(EditError):
            add_gate(session, wrong)
    with pytest.raises(EditError, match="already the last"):
        GATES.move(session, "[/ words", 1)
    with pytest.raises(EditError, match="no longer"):
        GATES.remove(session, "gone")


def test_words_mean_the_activity_as_soon_as_it_is_typed() -> None:
    session = add_gate(replace(WALL, activities=()), "score the contract")
    assert gate_activities(session) == {"score the contract": ""}
    assert approval_steps(session) == ()
    typed = replace(session, activities=WALL.activities)
    assert gate_activities(typed) == {"score the contract": "a-1"}
    assert [step.activity.id for step in approval_steps(typed) if step.gate] == ["a-1"]
    with pytest.raises(EditError, match=r"S1\.01 comes to the board already"):
        add_gate(typed, "S1.01")
    assert gates(toggle_gate(typed, "a-1")) == ()
    assert gates(toggle_gate(toggle_gate(typed, "a-1"), "a-1")) == ("a-1",)


def test_every_step_at_which_somebody_decides_is_listed() -> None:
    steps = approval_steps(WALL)
    assert [(step.activity.id, step.decider, step.gate) for step in steps] == [
        ("a-1", "cm", False),
        ("a-3", "fin", False),
    ]
    gated = add_gate(WALL, "Pay")
    assert [step.gate for step in approval_steps(gated)] == [False, True, False]


@pytest.mark.parametrize("name", ["contract-management", "brackets", "empty"])
def test_the_steps_of_a_sample_are_those_of_a_plain_count(name: str) -> None:
    session = store.read_session(sample_sessions.path(name))
    plain = 0
    for one in session.activities:
        gate = session.board is not None and one.id in session.board.gates
        if one.decision != "" or one.decided_by != "" or one.limit != "" or gate:
            plain += 1
    assert len(approval_steps(session)) == plain


def test_who_decides_is_set_or_left_to_the_accountable() -> None:
    session = DECIDERS.change(WALL, "a-1", {"decided_by": "Contract", "limit": " to  £1m "})
    one = session.activity_by_id["a-1"]
    assert (one.decided_by, one.limit) == ("cm", "to £1m")
    with pytest.raises(EditError, match="No role is called"):
        DECIDERS.change(WALL, "a-1", {"decided_by": "nobody"})
    with pytest.raises(EditError, match="no longer"):
        DECIDERS.change(WALL, "a-9", {"limit": ""})


def test_the_terms_say_what_is_agreed_and_have_a_place_for_what_is_not() -> None:
    session = BOARD.change(WALL, EMPTY | {"purpose": "Assure", "members": "fin"})
    session = add_gate(session, "S1.01")
    terms = terms_of_reference(session)
    said = {term.heading: term.lines for term in terms}
    assert said["Purpose"] == ("Assure",)
    assert said["Members"] == ("Finance",)
    assert said["What comes to it"] == ("S1.01 Score the contract (Contract Manager decides)",)
    assert said["What others decide"] == ("S1.03 Vary (Finance decides, to £5k)",)
    assert said["Chair"] == said["Limits"] == ()
    assert not any(term.agreed for term in terms_of_reference(Session()))


def test_the_sheet_says_what_it_must_not_become_its_gates_and_the_proposal() -> None:
    session = BOARD.change(WALL, EMPTY | {"must_not": "A second committee"})
    session = add_gate(session, "vary")
    rows = [(row["item"], row["says"]) for row in BOARD_SHEET.of(session).records()]
    assert ("Must not become", "A second committee") in rows
    assert ("Gate", "S1.03 Vary") in rows
    assert all(item != "Proposal" for item, _ in rows)
    first = replace(session.activities[0], improve=Improve.DROP)
    marked = replace(session, activities=(first, *session.activities[1:]))
    (said,) = (row["says"] for row in BOARD_SHEET.of(marked).records() if row["item"] == "Proposal")
    assert str(said).endswith("saves 1 step, 1 decision")
