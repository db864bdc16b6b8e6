"""Governance: journeys in keys from the board's terms to a proposal, with and without a wall."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from offwall import sample_sessions
from offwall.model.records.session import Improve, Session
from offwall.model.store import read_session
from offwall.model.store.toml.record_tables import dumps
from offwall.model.topics.board import approval_steps
from offwall.tui.kit.messages import Go
from tests.journey import Journey, afternoon

pytestmark = pytest.mark.slow  # a tool of part 1, walked at length

STRANGE = "[PO] [/ =1+1 🧾e\u0301 ש"


def copy_of(name: str, folder: Path) -> Path:
    path = folder / f"{name}.toml"
    path.write_bytes(sample_sessions.path(name).read_bytes())
    return path


async def governance(journey: Journey) -> None:
    """Take the topic up from the catalogue, which opens its screen."""
    await journey.press("1", *"jjj", "enter")
    assert "1 Governance" in journey.seen()


async def undone(journey: Journey, before: Session, times: int) -> None:
    after = journey.session
    await journey.press(*"u" * times)
    assert journey.session == before
    await journey.press(*"U" * times)
    assert journey.session == after


async def test_from_a_session_without_one_activity(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        before = journey.session
        await governance(journey)
        assert "not agreed yet" in journey.seen()
        await journey.press("e", "tab", *STRANGE, "tab", *"Jane", "tab", *"Legal; Finance")
        await journey.press("tab", *"Quarterly", "tab", "tab", *"A second committee", "enter")
        await journey.press("n", "enter")
        assert "Say what comes to the board" in journey.seen()
        await journey.press(*"Exit plan", "enter", "n", *"exit plan", "enter", "escape")
        board = journey.on_disk().board
        assert board is not None
        assert (board.name, board.purpose) == ("Assurance Board", STRANGE)
        assert (board.chair, board.members) == ("Jane", ("Legal", "Finance"))
        assert (board.meets, board.must_not) == ("Quarterly", "A second committee")
        assert board.gates == ("Exit plan", "exit plan")
        await journey.press("x")
        assert "Removed gate: exit plan" in journey.seen()
        await journey.press("l")
        assert "after part 2" in journey.seen()
        assert " 0 steps" not in journey.seen()
        await journey.press("x", "space", "e", "l")
        assert "Limits" in journey.seen()
        assert "A second committee" in journey.seen()
        await undone(journey, before, 5)


async def test_what_terms_of_reference_need_has_a_form_of_its_own(tmp_path: Path) -> None:
    async with afternoon(copy_of("empty", tmp_path)) as journey:
        await governance(journey)
        await journey.press(*"jjjjjjj", "e", *STRANGE, "tab", *"Cabinet", "tab", *"3", "tab")
        await journey.press(*"Jane", "tab", *"Declared", "tab", *"soonish", "enter")
        assert "is no date" in journey.seen()
        await journey.press("ctrl+u", *"31 mar 2028", "enter")
        board = journey.on_disk().board
        assert board is not None
        assert (board.power, board.reports_to, board.quorum) == (STRANGE, "Cabinet", "3")
        assert (board.secretary, board.conflicts) == ("Jane", "Declared")
        assert board.review_on == dt.date(2028, 3, 31)
        await journey.press("l", "l")
        assert "Conflicts of interest" in journey.seen()


async def test_a_gate_in_words_is_on_the_wall_when_its_activity_is_typed(tmp_path: Path) -> None:
    path = copy_of("empty", tmp_path)
    path.write_text(path.read_text() + '\n[[stages]]\nid = "S1"\nname = "Award"\n')
    async with afternoon(path) as journey:
        await governance(journey)
        await journey.press("n", *"Award report", "enter")
        assert "in words" in journey.seen()
        await journey.press("q", "q", "2", "n", *"Award report ?Approve", "enter", "escape")
        (typed,) = journey.session.activities
        journey.app.post_message(Go("governance"))
        await journey.settle()
        assert "S1.01 Award report" in journey.seen()
        assert "on the wall" in journey.seen()
        await journey.press("l")
        await journey.settle()
        assert "who?" in journey.seen()
        (step,) = approval_steps(journey.on_disk())
        assert (step.activity.id, step.gate) == (typed.id, True)


async def test_the_board_of_the_sample_gets_two_gates(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await governance(journey)
        before = journey.session
        assert before.board
        await journey.press("n", *"S3.06", "enter", "n", *"S3.06", "enter")
        assert "S3.06 comes to the board already." in journey.seen()
        await journey.press(*["backspace"] * 5, *"Award report", "enter", "K")
        known = before.id_by_ref["S3.06"]
        board = journey.on_disk().board
        assert board
        assert board.gates == (*before.board.gates, "Award report", known)
        assert "S3.06 Escalate continuing" in journey.seen()
        assert "in words" in journey.seen()
        await journey.press("e", *["backspace"] * 20, *"s1.03", "enter", "G", "x", "K")
        board = journey.session.board
        assert board
        first, second = before.board.gates
        assert board.gates == (first, before.id_by_ref["S1.03"], second)
        await undone(journey, before, 6)


async def test_who_decides_at_what_limit_and_how_long_it_waits(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await governance(journey)
        before = journey.session
        await journey.press("l", "e", *"nobody at all", "enter")
        assert "No role is called nobody at all" in journey.seen()
        await journey.press(
            *["backspace"] * 13, *"sro", "tab", *"to £500k", "tab", *"10 days", "enter"
        )
        one = journey.on_disk().activity_by_id[before.id_by_ref["S1.03"]]
        assert (one.decided_by, one.limit, one.timescale) == ("sro", "to £500k", "10 days")
        assert "Senior Responsible Officer decides · to £500k · 10 days" in journey.seen()
        await journey.press("space")
        assert "S1.03 comes to the board" in journey.seen()
        board = journey.session.board
        assert board
        assert board.gates[-1] == one.id
        await journey.press("space")
        assert journey.session.board == before.board
        await undone(journey, before, 3)


async def test_nothing_is_left_out_where_marks_are_not_recorded(own_sample: Path) -> None:
    text = own_sample.read_text("utf-8").replace(', "marks"]', "]")
    lines = (line for line in text.splitlines() if not line.startswith("improve = "))
    own_sample.write_text("\n".join(lines) + "\n", "utf-8")
    async with afternoon(own_sample) as journey:
        await governance(journey)
        await journey.press("l")
        before = journey.session
        assert "Leave out" not in journey.seen()
        assert "Proposed" not in journey.seen()
        await journey.press("x")
        assert journey.session is before


async def test_a_proposed_route_beside_todays(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        await governance(journey)
        before = journey.session
        await journey.press("l")
        assert "nothing is marked to drop" in journey.seen()
        await journey.press("x")
        dropped = journey.session.activity_by_id[before.id_by_ref["S1.03"]]
        assert dropped.improve is Improve.DROP
        assert "Proposed  not there" in journey.seen()
        assert "saves 1 step, 1 decision" in journey.seen()
        await journey.press("x")
        assert journey.session == before
        await undone(journey, before, 2)


async def test_a_gate_whose_activity_is_gone_is_said_without_its_code(tmp_path: Path) -> None:
    path = copy_of("contract-management", tmp_path)
    full = read_session(path)
    assert full.board is not None
    board = replace(full.board, gates=("a-wt8t5hkw",))
    path.write_text(dumps(replace(full, board=board)), "utf-8")
    async with afternoon(path) as journey:
        journey.app.post_message(Go("governance"))
        await journey.settle()
        await journey.press("G")
        assert "not there    something that was removed" in journey.seen()
        assert "a-wt8t5hkw" not in journey.seen()


async def test_it_fits_a_small_terminal_and_a_large_one(own_sample: Path) -> None:
    for size in ((60, 20), (120, 40), (200, 50)):
        async with afternoon(own_sample, size=size) as journey:
            await governance(journey)
            await journey.press("e")
            assert "Must not be" in journey.seen()
            await journey.press("escape", "l")
            await journey.settle()  # what was hidden gets its columns with its first size
            assert "Which tier is it?" in journey.seen()
            await journey.press("q", "g", "j", "x")


async def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    async with afternoon(copy_of("brackets", tmp_path)) as journey:
        journey.app.post_message(Go("governance"))
        await journey.settle()
        assert "1 Governance" in journey.seen()
        before = journey.session
        await journey.press(*"jjjjjjjj", "e", "enter", "l", *"jjjj", "e", "enter", "l", "j")
        assert journey.session == before
        await journey.settle()  # what was hidden is measured when it is shown
        await journey.press("G")
        await journey.settle()
        assert "Limits" in journey.seen()
        await journey.press("h", "g", "space", "x")
        steps = approval_steps(journey.session)
        assert steps[0].gate
        assert steps[0].activity.improve is Improve.DROP
        await undone(journey, before, 2)
